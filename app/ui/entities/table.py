"""The table of entities: several rows can be selected, and stay so when rows come, go and move."""

from PySide6.QtCore import QItemSelection, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from app.domain.entities import EntityLine
from app.domain.ids import EntityId
from app.ui.entities.model import ALIASES, ARTICLES, COUNTRY, HEADS, MENTIONS, NAME, TYPE, EntityModel
from app.ui.rows import select_rows, selected_rows, show_whole_rows

_WIDTHS = {NAME: 248, TYPE: 176, COUNTRY: 96, MENTIONS: 88, ARTICLES: 80}


class EntityTable(QTableView):
    """Shows the model; a click on a head orders by it, Enter or a double click asks to edit."""

    chosen = Signal()
    """Other rows are selected, or another one is the current one."""
    edit_requested = Signal()

    def __init__(self, model: EntityModel) -> None:
        super().__init__()
        self._entities = model
        self._kept: list[EntityId] = []
        self._at: EntityId | None = None
        self._scrolled = 0
        show_whole_rows(self, "entities", "Entities")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().lineSpacing() + 12)
        model.modelAboutToBeReset.connect(self._remember)
        self.setModel(model)
        model.modelReset.connect(self._restore)
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        for column in range(len(HEADS)):
            heads.resizeSection(column, _WIDTHS.get(column, 160))
        heads.setSectionResizeMode(ALIASES, QHeaderView.ResizeMode.Stretch)
        self.setSortingEnabled(True)
        self.sortByColumn(NAME, Qt.SortOrder.AscendingOrder)
        self.doubleClicked.connect(self.edit_requested)

    def current(self) -> EntityLine | None:
        """Return the entity whose row is the current one."""
        index = self.currentIndex()
        return self._entities.line_at(index.row()) if self.selectionModel().isSelected(index) else None

    def selected(self) -> list[EntityLine]:
        """Return the selected entities from top to bottom."""
        lines = [self._entities.line_at(row) for row in selected_rows(self)]
        return [line for line in lines if line is not None]

    def select(self, entity_id: EntityId) -> None:
        """Select one entity, if it is shown, and bring it into sight."""
        row = self._entities.row_of(entity_id)
        if row >= 0:
            self.selectRow(row)
            self.scrollTo(self._entities.index(row, NAME))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter asks to edit."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current() is not None:
            self.edit_requested.emit()
        else:
            super().keyPressEvent(event)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell that other rows are selected."""
        super().selectionChanged(selected, deselected)
        self.chosen.emit()

    @Slot()
    def _remember(self) -> None:
        line = self.current()
        self._at = line.entity.id if line else None
        self._kept = [each.entity.id for each in self.selected()]
        self._scrolled = self.verticalScrollBar().value()

    @Slot()
    def _restore(self) -> None:
        """Select again what is still there."""
        row_of = self._entities.row_of
        rows = sorted(row for row in map(row_of, self._kept) if row >= 0)
        at = row_of(self._at)
        select_rows(self, rows, at if at in rows else rows[0] if rows else -1)
        self.verticalScrollBar().setValue(self._scrolled)
        self.chosen.emit()
