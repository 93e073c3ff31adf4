"""The table of articles: several rows can be selected, and stay so when rows come, go and move."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QSettings,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QTableView

from app.domain.catalogue import Column, cell, extra_column, head_of
from app.domain.ids import ArticleId
from app.ui.catalogue.model import CatalogueModel
from app.ui.rows import select_rows, selected_rows, show_whole_rows

_WIDTHS: Mapping[str, int] = {
    Column.NUMBER: 72,
    Column.TITLE: 344,
    Column.SOURCE: 160,
    Column.DATE: 112,
    Column.STATE: 160,
    Column.ANNOTATIONS: 112,
    Column.LENGTH: 104,
    Column.URL: 240,
}
_USUAL_WIDTH = 144
_HIDDEN = (Column.AUTHOR, Column.URL, Column.REFERENCE, Column.IMPORTED)
_EXTRAS_SHOWN = 3
"""Fields of the metadata that are shown before anybody has chosen columns."""


class TableView(QTableView):
    """Shows the model; a click on a head orders by it, Enter or a double click asks to open the article."""

    chosen = Signal()
    """Other rows are selected."""
    opened = Signal(object)
    """The `ArticleId` of an article that is to be opened."""

    def __init__(self, model: CatalogueModel, store: QSettings) -> None:
        super().__init__()
        self._articles, self._store = model, store
        self._extras: Sequence[str] = ()
        self._kept: frozenset[ArticleId] = frozenset()
        self._scrolled = 0
        self._arranging = False
        show_whole_rows(self, "catalogue", "Articles")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().lineSpacing() + 12)
        model.modelAboutToBeReset.connect(self._remember)
        self.setModel(model)
        model.modelReset.connect(self._restore)
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        # Qt would look through every selected row to paint a head.
        heads.setSelectionModel(QItemSelectionModel(model, heads))
        self.show_columns()
        heads.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        heads.sectionResized.connect(self._on_section_resized)
        self.doubleClicked.connect(self._open)

    def selected(self) -> list[ArticleId]:
        """Return the selected articles from top to bottom."""
        ids = self._articles.ids()
        return [ids[row] for row in selected_rows(self) if row < len(ids)]

    def every_column(self) -> list[str]:
        """Return all columns that there are, shown or not."""
        return [*Column, *map(extra_column, self._extras)]

    def set_extras(self, extras: Sequence[str]) -> None:
        """Say which fields the metadata has; each is a column."""
        if tuple(extras) != tuple(self._extras):
            self._extras = tuple(extras)
            self.show_columns()

    def show_column(self, column: str, *, show: bool) -> None:
        """Show or hide a column, now and the next time."""
        wishes = self._noted("shown")
        self._store.setValue("articles/shown", json.dumps({**wishes, column: show}))
        self.show_columns()

    def show_columns(self) -> None:
        """Show the columns that were chosen, as wide as they were left."""
        wishes, widths = self._noted("shown"), self._noted("widths")
        usual = {each: each not in _HIDDEN for each in Column}
        usual |= {extra_column(key): at < _EXTRAS_SHOWN for at, key in enumerate(self._extras)}
        shown = [each for each in self.every_column() if wishes.get(each, usual[each])]
        self._arranging = True
        self._articles.set_columns(shown)
        heads = self.horizontalHeader()
        for at, column in enumerate(shown):
            heads.resizeSection(at, int(widths.get(column, _WIDTHS.get(column, _USUAL_WIDTH))))
        sorting = self._articles.sorting
        way = Qt.SortOrder.DescendingOrder if sorting.downwards else Qt.SortOrder.AscendingOrder
        heads.setSortIndicator(shown.index(sorting.column) if sorting.column in shown else -1, way)
        self._arranging = False

    def copy(self) -> None:
        """Copy the selected rows as text with tabs, under the heads of their columns."""
        model, columns = self._articles, self._articles.columns()
        lines = ["\t".join(map(head_of, columns))]
        for row in selected_rows(self):
            found = model.row_at(row)
            if found is not None:
                cells = (cell(found, column, model.place(found.id)) for column in columns)
                lines.append("\t".join(" ".join(each.split()) for each in cells))
        QGuiApplication.clipboard().setText("\n".join(lines) + "\n")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the article; the keys for copying copy rows."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell that other rows are selected."""
        super().selectionChanged(selected, deselected)
        self.chosen.emit()

    @Slot()
    def _open(self) -> None:
        row = self._articles.row_at(self.currentIndex().row())
        if row is not None:
            self.opened.emit(row.id)

    @Slot(int, int, int)
    def _on_section_resized(self, section: int, _before: int, width: int) -> None:
        columns = self._articles.columns()
        if not self._arranging and width and section < len(columns):
            widths = {**self._noted("widths"), columns[section]: width}
            self._store.setValue("articles/widths", json.dumps(widths))

    @Slot()
    def _remember(self) -> None:
        self._kept = frozenset(self.selected())
        self._scrolled = self.verticalScrollBar().value()

    @Slot()
    def _restore(self) -> None:
        """Select again what is still there."""
        if self._kept and self._articles.columns():
            rows = [row for row, each in enumerate(self._articles.ids()) if each in self._kept]
            select_rows(self, rows, rows[0] if rows else -1)
        self.verticalScrollBar().setValue(self._scrolled)
        self.chosen.emit()

    def _noted(self, what: str) -> dict[str, Any]:
        """Return what is remembered of columns; a file that somebody has changed counts for nothing."""
        try:
            noted: Any = json.loads(str(self._store.value(f"articles/{what}", "{}")))
        except ValueError:
            return {}
        return noted if isinstance(noted, dict) else {}
