"""The articles as a table model: ids of all, and rows that are read page by page as they come into sight."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont

from app.domain.catalogue import ArticleRow, Column, Sorting, cell, head_of
from app.domain.dates import ADVICE, is_date
from app.domain.ids import ArticleId

AnyIndex = QModelIndex | QPersistentModelIndex
Look = Callable[[Sequence[ArticleId]], list[ArticleRow]]

_PAGE = 64
_MOST_KEPT = 4_096
_NUMBERS = (Column.NUMBER, Column.ANNOTATIONS, Column.LENGTH)


class CatalogueModel(QAbstractTableModel):
    """One row an article, in the order that was asked for; `look` reads rows."""

    sorting_changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._ids: Sequence[ArticleId] = ()
        self._places: Mapping[ArticleId, int] = {}
        self._rows: dict[ArticleId, ArticleRow] = {}
        self._columns: Sequence[str] = ()
        self._slant = QFont()
        self._slant.setItalic(True)
        self.sorting = Sorting()

    def set_ids(self, ids: Sequence[ArticleId], places: Mapping[ArticleId, int]) -> None:
        """Show other articles, each with its number in the coder's order."""
        self.beginResetModel()
        self._ids, self._places = ids, places
        self.endResetModel()

    def set_columns(self, columns: Sequence[str]) -> None:
        """Show other columns."""
        self.beginResetModel()
        self._columns = tuple(columns)
        self.endResetModel()

    def forget(self, article_ids: frozenset[ArticleId] | None = None) -> None:
        """Read some articles anew, or all, when they are looked at next."""
        if article_ids is None:
            self._rows.clear()
        for article_id in article_ids or ():
            self._rows.pop(article_id, None)
        if self._ids and self._columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(self._columns) - 1))

    def ids(self) -> Sequence[ArticleId]:
        """The articles that are shown, in order."""
        return self._ids

    def columns(self) -> Sequence[str]:
        """The columns that are shown."""
        return self._columns

    def place(self, article_id: ArticleId) -> int:
        """Return the number of an article in the coder's order, from 1; 0 if that is not known yet."""
        return self._places.get(article_id, 0)

    def row_at(self, row: int) -> ArticleRow | None:
        """Return the article of a row, None beyond the ends or where it is gone."""
        if not 0 <= row < len(self._ids):
            return None
        found = self._rows.get(self._ids[row])
        if found is None:
            self._read(row)
            found = self._rows.get(self._ids[row])
        return found

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """The number of articles that are shown."""
        return 0 if parent is not None and parent.isValid() else len(self._ids)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        """The number of columns that are shown."""
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell says, and how."""
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.FontRole):
            return None
        row = self.row_at(index.row())
        if row is None:
            return None
        text = cell(row, column, self.place(row.id))
        odd = column == Column.DATE and text and not is_date(text)
        if role == Qt.ItemDataRole.FontRole:
            return self._slant if odd else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{text} cannot be put in order as a date. {ADVICE}" if odd else text
        return f"{int(text):,}" if column in _NUMBERS else text

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """What a column holds."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return head_of(self._columns[section])
        return _alignment(self._columns[section]) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for the rows in the order of a column; they come when they are there."""
        if 0 <= column < len(self._columns):
            wished = Sorting(self._columns[column], order is Qt.SortOrder.DescendingOrder)
            if wished != self.sorting:
                self.sorting = wished
                self.sorting_changed.emit()

    def _read(self, row: int) -> None:
        if len(self._rows) > _MOST_KEPT:
            self._rows.clear()
        start = row - row % _PAGE
        self._rows.update((each.id, each) for each in self._look(self._ids[start : start + _PAGE]))


def _alignment(column: str) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
