"""The status bar: saved, counts, position, who is coding; sentences that come and go."""

from datetime import datetime

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QStatusBar

from app.domain.ids import ArticleId
from app.ui.bridge import Bridge, Notice

_REFUSAL_SHOWN = 8_000
_NEWS_SHOWN = 5_000


class StatusBar(QStatusBar):
    """Tells how things are."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._length = self._offset = 0
        self._saved, self._place, self._coder = QLabel(), QLabel(), QLabel()
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
        self._coder.setText(f"Coder: {project.coder.name}" if project.coder else "No coder")
        self._saved.setText("Read only" if project.read_only else "Everything saved")

    @Slot()
    def _on_project_closed(self) -> None:
        for label in (self._saved, self._place, self._coder):
            label.clear()

    @Slot(object)
    def _on_project_changed(self, notice: Notice) -> None:
        if not notice.changes.nothing:
            self._saved.setText(f"Saved {datetime.now().astimezone():%H:%M:%S}")
            self.showMessage(notice.words, _NEWS_SHOWN)

    @Slot(object)
    def _on_article_opened(self, article_id: ArticleId | None) -> None:
        project = self._bridge.project
        if project is None or article_id is None:
            self._place.clear()
        else:
            self._length = project.article(article_id).length
            self._on_caret_moved(self._offset)

    @Slot(int)
    def _on_caret_moved(self, offset: int) -> None:
        self._offset = offset
        self._place.setText(f"Character {offset:,} of {self._length:,}")
