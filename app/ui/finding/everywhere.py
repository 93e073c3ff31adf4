"""Find in all articles: a query, and every hit in its context as it is found."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.counting import counted
from app.domain.errors import UserError
from app.domain.progress import Progress
from app.domain.searching import Query, Searcher
from app.project.finding import MOST_HITS, Findings, Hit, find_everywhere
from app.ui.hits import HitDelegate, HitModel
from app.ui.rows import RowsView
from app.ui.search import Search
from app.ui.theme import Theme

_EMPTY = "Type words and press Enter: every place where they stand in this project is listed here."


class FindEverywhereDialog(QDialog):
    """Looks through one project. It stays as it is while hidden, so that one hit after another can be visited."""

    hit_chosen = Signal(object)
    """The `Hit` that the coder wants to see in its article."""

    def __init__(self, path: Path, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._model = HitModel()
        self._delegate = HitDelegate(theme)
        self._list = RowsView("hits", "Hits", self._model, self._delegate)
        self._found: list[Hit] = []
        self._search = Search(self)
        self.setWindowTitle("Find in all articles")
        self.resize(720, 520)
        self._field = QLineEdit()
        self._field.setObjectName("everywhere-field")
        self._field.setAccessibleName("Find in all articles")
        self._field.setPlaceholderText("Find in all articles")
        self._case = QCheckBox("Match &case")
        self._whole = QCheckBox("&Whole words")
        self._regular = QCheckBox("&Regular expression")
        self._go = QPushButton("&Find")
        self._stop = QPushButton("&Stop")
        self._close = QPushButton("Close")
        # Enter in the list opens a hit, so no button may claim it.
        for button in (self._go, self._stop, self._close):
            button.setAutoDefault(False)
        self._words = QLabel(_EMPTY)
        self._words.setObjectName("everywhere-words")
        self._words.setWordWrap(True)
        self._lay_out()
        self._stop.setEnabled(False)
        self._field.returnPressed.connect(self.look)
        self._go.clicked.connect(self.look)
        self._stop.clicked.connect(self._on_stop_clicked)
        self._close.clicked.connect(self.reject)
        self._list.activated.connect(self._on_activated)
        self._search.advanced.connect(self._show_found)
        self._search.ended.connect(self._on_search_ended)
        self._search.failed.connect(self._on_search_failed)

    def _lay_out(self) -> None:
        asked = QHBoxLayout()
        asked.addWidget(self._field, 1)
        asked.addWidget(self._go)
        options = QHBoxLayout()
        options.setSpacing(16)
        for box in (self._case, self._whole, self._regular):
            options.addWidget(box)
        options.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self._words, 1)
        foot.addWidget(self._stop)
        foot.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addLayout(asked)
        layout.addLayout(options)
        layout.addWidget(self._list, 1)
        layout.addLayout(foot)

    def set_theme(self, theme: Theme) -> None:
        """Change colours with the rest of the window."""
        self._delegate.theme = theme
        self._list.viewport().update()

    def ask(self, words: str) -> None:
        """Show the dialog; look for these words at once, if there are any."""
        self.show()
        self.activateWindow()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if words and words != self._field.text():
            self._regular.setChecked(False)
            self._field.setText(words)
            self.look()
        self._field.selectAll()

    @Slot()
    def look(self) -> None:
        """Look for the words in every article."""
        query = Query(
            words=self._field.text(),
            whole_words=self._whole.isChecked(),
            match_case=self._case.isChecked(),
            regular=self._regular.isChecked(),
        )
        self._search.stop()
        self._model.clear()
        # A list of its own for each search: the one before may still be adding to its own.
        self._found = []
        try:
            Searcher(query)
        except UserError as error:
            self._on_search_failed(str(error))
            return
        if not query.words.strip():
            self._words.setText(_EMPTY)
            return
        self._search.start(partial(_look_through, self._path, query, self._found))
        self._stop.setEnabled(True)
        self._words.setText("Looking…")

    def wait(self) -> None:
        """Let a search that is going on come to its end."""
        self._search.wait()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Lead from the field down into the list."""
        if event.key() == Qt.Key.Key_Down and self._field.hasFocus() and self._model.rowCount():
            self._list.setFocus(Qt.FocusReason.TabFocusReason)
            if not self._list.currentIndex().isValid():
                self._list.show_row(0)
        else:
            super().keyPressEvent(event)

    @Slot()
    def _show_found(self) -> None:
        self._model.add(self._found[self._model.rowCount() :])
        if self._search.busy:
            self._words.setText(f"Looking… {counted(self._model.rowCount(), 'hit')} so far")

    @Slot(object)
    def _on_search_ended(self, findings: Findings) -> None:
        self._show_found()
        self._stop.setEnabled(False)
        if not findings.hits:
            self._words.setText(f"No article has “{self._field.text()}” in its text.")
        elif findings.complete:
            self._words.setText(f"{counted(findings.hits, 'hit')} in {counted(findings.articles, 'article')}")
        else:
            self._words.setText(f"The first {MOST_HITS:,} hits, in {counted(findings.articles, 'article')}")

    @Slot(str)
    def _on_search_failed(self, sentence: str) -> None:
        self._stop.setEnabled(False)
        self._words.setText(sentence)

    @Slot()
    def _on_stop_clicked(self) -> None:
        self._search.stop()
        self._show_found()
        self._stop.setEnabled(False)
        self._words.setText(f"Stopped after {counted(self._model.rowCount(), 'hit')}")

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        hit = self._model.hit_at(index.row())
        if hit is not None:
            self.hit_chosen.emit(hit)


def _look_through(path: Path, query: Query, found: list[Hit], progress: Progress) -> Findings:
    return find_everywhere(path, query, found.append, progress)
