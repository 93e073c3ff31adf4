"""Finding words in all texts, the best articles first, with the words around each hit."""

from collections.abc import Container
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.counting import counted
from app.domain.ids import ArticleId
from app.domain.progress import Progress
from app.project.catalogue import HITS_OF_ONE, TextSearch
from app.project.finding import Findings, Hit
from app.ui.filter_field import FilterField
from app.ui.hits import HitDelegate, HitModel
from app.ui.rows import RowsView
from app.ui.search import Search
from app.ui.theme import Theme

_HINT = "Find words in the texts: aid convoy, “exact phrase”, -without, begin*"


class TextsPanel(QWidget):
    """A field for words and, while there are any, the list of hits below it."""

    hit_chosen = Signal(object)
    """The `Hit` that is to be seen in its article."""
    began = Signal()
    """There is a list of hits now, which needs room."""

    def __init__(self, texts: TextSearch, theme: Theme) -> None:
        super().__init__()
        self._texts = texts
        self._only: Container[ArticleId] | None = None
        self._model = HitModel()
        self._delegate = HitDelegate(theme)
        self._list = RowsView("text-hits", "Hits in the texts", self._model, self._delegate)
        self._found: list[Hit] = []
        self._search = Search(self)
        self.field = FilterField("text-search", "Find words in the texts", _HINT)
        self._told = QLabel()
        self._told.setObjectName("text-told")
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        head = QHBoxLayout()
        head.setContentsMargins(8, 8, 8, 8)
        head.setSpacing(8)
        head.addWidget(self.field, 1)
        head.addWidget(self._told)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._list, 1)
        self._list.hide()
        self.field.textChanged.connect(self.look)
        self.field.returnPressed.connect(self._on_entered)
        self._list.activated.connect(self._on_activated)
        self._search.advanced.connect(self._show_found)
        self._search.ended.connect(self._on_ended)
        self._search.failed.connect(self._told.setText)

    def set_theme(self, theme: Theme) -> None:
        """Change colours with the rest of the program."""
        self._delegate.theme = theme
        self._list.viewport().update()

    def look_in(self, only: Container[ArticleId] | None) -> None:
        """Look only in some articles, or in all."""
        self._only = only
        if self.field.text().strip():
            self.look()

    def wait(self) -> None:
        """Let a search that is going on come to its end; for closing."""
        self._search.wait()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Lead from the field down into the list."""
        if event.key() == Qt.Key.Key_Down and self.field.hasFocus():
            self._on_entered()
        else:
            super().keyPressEvent(event)

    @Slot()
    def look(self) -> None:
        """Look for what stands in the field now."""
        typed = self.field.text()
        # A list of its own for each search: the one before may still be adding to its own.
        self._found = []
        if not typed.strip():
            self._search.stop()
            self._model.clear()
            self._told.clear()
            self._list.hide()
            return
        if not self._model.rowCount():
            self._told.setText("Looking…")
        if self._list.isHidden():
            self._list.show()
            self.began.emit()
        self._search.start(partial(_look, self._texts, typed, self._only, self._found))

    @Slot()
    def _show_found(self) -> None:
        found = self._found
        if self._texts.read is not None:
            done, total = self._texts.read
            self._told.setText(f"Reading the texts… {100 * done // max(1, total)} %")
        elif found:
            self._show(found)
            self._told.setText(f"{counted(len(found), 'hit')} so far")

    def _show(self, found: list[Hit]) -> None:
        """Show what was found; the list of the search before stays until there is something else."""
        count = self._model.rowCount()
        if count and self._model.hit_at(0) is not found[0]:
            self._model.clear()
            count = 0
        self._model.add(found[count:])

    @Slot(object)
    def _on_ended(self, findings: Findings) -> None:
        if self._found:
            self._show(self._found)
        else:
            self._model.clear()
        articles = counted(findings.articles, "article")
        if not findings.articles:
            where = "of these articles" if self._only is not None else "in the project"
            self._told.setText(f"No text {where} has all of that.")
        elif not findings.complete:
            self._told.setText(f"The best {articles}")
        elif findings.skipped:
            self._told.setText(f"{articles}, the first {HITS_OF_ONE} hits of each")
        else:
            self._told.setText(articles)

    @Slot()
    def _on_entered(self) -> None:
        if self._model.rowCount():
            self._list.setFocus(Qt.FocusReason.TabFocusReason)
            if not self._list.currentIndex().isValid():
                self._list.show_row(0)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        hit = self._model.hit_at(index.row())
        if hit is not None:
            self.hit_chosen.emit(hit)


def _look(
    texts: TextSearch,
    typed: str,
    only: Container[ArticleId] | None,
    found: list[Hit],
    progress: Progress,
) -> Findings:
    return texts.look(typed, only, found.append, progress)
