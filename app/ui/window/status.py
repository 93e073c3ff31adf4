"""The status bar: saved, counts, position, who is coding; sentences that come and go."""

from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QLabel, QStatusBar

from app.domain.ids import ArticleId
from app.ui.bridge import Bridge, Notice

_REFUSAL_SHOWN = 8_000
_NEWS_SHOWN = 5_000


class StillLabel(QLabel):
    """Words in a room that does not follow them: otherwise each of them has the whole window laid out anew."""

    def __init__(self) -> None:
        super().__init__()
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._longest = ""

    def show_words(self, words: str, longest: str = "") -> None:
        """Show some words where there is room for `longest`, the most that may come to stand here."""
        if (longest or words) != self._longest:
            self._longest = longest or words
            self._fit()
        self.setText(words)

    def changeEvent(self, event: QEvent) -> None:
        """Make the room fit another font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        # What a style sheet puts around the words, only the size hint knows.
        words = self.text()
        self.setText(self._longest)
        self.setFixedSize(self.sizeHint())
        self.setText(words)


class StatusBar(QStatusBar):
    """Tells how things are."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._length = self._offset = 0
        self._saved, self._place, self._coder = StillLabel(), StillLabel(), StillLabel()
        self._saved.setObjectName("saved")
        self._coder.setObjectName("coder")
        for label in (self._saved, self._place, self._coder):
            self.addPermanentWidget(label)
        self.setSizeGripEnabled(False)
        bridge.refused.connect(self._on_refused)
        bridge.told.connect(self._on_told)
        bridge.project_opened.connect(self._on_project_opened)
        bridge.project_closed.connect(self._on_project_closed)
        bridge.project_changed.connect(self._on_project_changed)
        bridge.caret_moved.connect(self._on_caret_moved)
        bridge.article_opened.connect(self._on_article_opened)

    @Slot(str)
    def _on_refused(self, sentence: str) -> None:
        self.showMessage(sentence, _REFUSAL_SHOWN)

    @Slot(str)
    def _on_told(self, sentence: str) -> None:
        self.showMessage(sentence, _NEWS_SHOWN)

    @Slot()
    def _on_project_opened(self) -> None:
        project = self._bridge.project
        if project is None:
            return
        self._coder.show_words(f"Coder: {project.coder.name}" if project.coder else "No coder")
        if project.read_only:
            self._saved.show_words("Read only")
        else:
            self._saved.show_words("Everything saved")

    @Slot()
    def _on_project_closed(self) -> None:
        for label in (self._saved, self._place, self._coder):
            label.show_words("")

    @Slot(object)
    def _on_project_changed(self, notice: Notice) -> None:
        if not notice.changes.nothing:
            self._saved.show_words(f"Saved {datetime.now().astimezone():%H:%M:%S}", "Everything saved")
            self.showMessage(notice.words, _NEWS_SHOWN)

    @Slot(object)
    def _on_article_opened(self, article_id: ArticleId | None) -> None:
        project = self._bridge.project
        if project is None or article_id is None:
            self._place.show_words("")
        else:
            self._length = project.article(article_id).length
            self._on_caret_moved(self._offset)

    @Slot(int)
    def _on_caret_moved(self, offset: int) -> None:
        self._offset = offset
        whole = f"of {self._length:,}"
        self._place.show_words(f"Character {offset:,} {whole}", f"Character {self._length:,} {whole}")
