"""Tables of the page: sorted by any column, copied as text with tabs, with columns as wide as they were left."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSettings,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QTableView

from app.ui.agreement.widths import Widths
from app.ui.rows import show_whole_rows

AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_UNDEFINED = float("-inf")


class Cell(NamedTuple):
    """What stands in a table. `number` is by what it is sorted, where it is one; `hint` says more about it."""

    text: str
    number: float | None = None
    hint: str = ""

    @classmethod
    def of(cls, text: str, number: float | None, hint: str = "") -> "Cell":
        """Return a cell with a number that may be undefined, which comes before all others."""
        return cls(text, _UNDEFINED if number is None else number, hint)


class Row(NamedTuple):
    """One row; `behind` is what Enter leads to."""

    cells: tuple[Cell, ...]
    behind: object = None


class Sheet(NamedTuple):
    """A table: the names of its columns with the width each begins with, and its rows."""

    heads: tuple[tuple[str, int], ...] = ()
    rows: tuple[Row, ...] = ()

    def text(self, rows: Sequence[Row] | None = None) -> str:
        """Return rows as text with tabs below the names of the columns; all of them, if none are given."""
        lines = ["\t".join(head for head, _width in self.heads)]
        for row in self.rows if rows is None else rows:
            lines.append("\t".join(" ".join(each.text.split()) for each in row.cells))
        return "\n".join(lines) + "\n"


class SheetModel(QAbstractTableModel):
    """Shows one sheet; sorting is by numbers where there are any, else by words, ties as they came."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet = Sheet()
        self.rows: Sequence[Row] = ()
        self._sorting = (-1, Qt.SortOrder.AscendingOrder)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show another sheet, in the order that was chosen last if it has the same columns."""
        self.beginResetModel()
        if [head for head, _width in sheet.heads] != [head for head, _width in self.sheet.heads]:
            self._sorting = (-1, Qt.SortOrder.AscendingOrder)
        self.sheet = sheet
        self._order()
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """The number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """The number of columns."""
        return 0 if parent.isValid() else len(self.sheet.heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The names of the columns."""
        if orientation is Qt.Orientation.Horizontal and section < len(self.sheet.heads):
            if role == Qt.ItemDataRole.DisplayRole:
                return self.sheet.heads[section][0]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignVCenter | self._side(section))
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What stands in a cell; numbers stand on the right."""
        if index.row() >= len(self.rows):
            return None
        cell = self.rows[index.row()].cells[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell.text
            case Qt.ItemDataRole.ToolTipRole:
                return cell.hint or cell.text
            case Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignVCenter | self._side(index.column()))
            case _:
                return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a column."""
        if (column, order) != self._sorting:
            self.layoutAboutToBeChanged.emit()
            self._sorting = (column, order)
            self._order()
            self.layoutChanged.emit()

    def _side(self, column: int) -> Qt.AlignmentFlag:
        numbers = bool(self.sheet.rows) and self.sheet.rows[0].cells[column].number is not None
        return Qt.AlignmentFlag.AlignRight if numbers else Qt.AlignmentFlag.AlignLeft

    def _order(self) -> None:
        column, order = self._sorting
        self.rows = self.sheet.rows
        if 0 <= column < len(self.sheet.heads):
            downwards = order is Qt.SortOrder.DescendingOrder
            self.rows = sorted(self.rows, key=lambda row: _sort_key(row.cells[column]), reverse=downwards)


def _sort_key(cell: Cell) -> tuple[float, str]:
    return (cell.number or 0.0, "") if cell.number is not None else (0.0, cell.text.casefold())


class SheetView(QTableView):
    """Shows a sheet. Enter or a double click asks for what is behind a row."""

    behind_wanted = Signal(object)
    """The `behind` of a row."""

    def __init__(self, name: str, spoken: str, store: QSettings) -> None:
        super().__init__()
        self._widths = Widths(store, name)
        self._arranging = False
        show_whole_rows(self, f"agreement-{name}", spoken)
        self.setProperty("sheet", True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().lineSpacing() + 12)
        self.sheets = SheetModel()
        self.setModel(self.sheets)
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        heads.setSortIndicatorClearable(True)
        heads.setStretchLastSection(True)
        self.setSortingEnabled(True)
        heads.sectionResized.connect(self._on_section_resized)
        self.doubleClicked.connect(self._ask)
        copying = QAction("&Copy as text with tabs", self)
        copying.triggered.connect(self.copy)
        self.addAction(copying)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show another sheet, its first row current."""
        self._arranging = True
        self.sheets.show_sheet(sheet)
        for at, (head, width) in enumerate(sheet.heads):
            self.horizontalHeader().resizeSection(at, self._widths.of(head, width))
        self._arranging = False
        if sheet.rows:
            self.setCurrentIndex(self.sheets.index(0, 0))

    @Slot()
    def copy(self) -> None:
        """Copy the selected rows as text with tabs; all of them, if there are not several selected."""
        chosen = sorted({index.row() for index in self.selectionModel().selectedRows()})
        rows = [self.sheets.rows[row] for row in chosen] if len(chosen) > 1 else self.sheets.rows
        QGuiApplication.clipboard().setText(self.sheets.sheet.text(rows))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter leads to what is behind a row; the keys for copying copy."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _ask(self) -> None:
        row = self.currentIndex().row()
        if 0 <= row < len(self.sheets.rows) and self.sheets.rows[row].behind is not None:
            self.behind_wanted.emit(self.sheets.rows[row].behind)

    @Slot(int, int, int)
    def _on_section_resized(self, section: int, _before: int, width: int) -> None:
        heads = self.sheets.sheet.heads
        # The last column takes what the others leave, which nobody chose.
        if not self._arranging and width and section < len(heads) - 1:
            self._widths.note(heads[section][0], width)
