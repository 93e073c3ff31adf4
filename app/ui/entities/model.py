"""The register of entities as a table model: narrowed and ordered in Python, looked up by row."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from app.domain.entities import EntityLine, folded
from app.domain.ids import EntityId

AnyIndex = QModelIndex | QPersistentModelIndex

NAME, ALIASES, TYPE, COUNTRY, MENTIONS, ARTICLES = range(6)
HEADS = ("Name", "Aliases", "Type", "Country", "Mentions", "Articles")
_NUMBERS = (MENTIONS, ARTICLES)


class _Row(NamedTuple):
    """An entity with its texts as they are compared, folded once: `texts` stand column by column."""

    line: EntityLine
    texts: tuple[str, ...]


class EntityModel(QAbstractTableModel):
    """One row an entity, for those that fit what is looked for."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[EntityId, _Row] = {}
        self._shown: list[EntityLine] = []
        self._rows: dict[EntityId, int] = {}
        self._wanted = ""
        self._column, self._downwards = NAME, False

    def set_lines(self, lines: Iterable[EntityLine]) -> None:
        """Show other entities."""
        self._known = {line.entity.id: _row(line) for line in lines}
        self._arrange()

    def set_line(self, entity_id: EntityId, line: EntityLine | None) -> None:
        """Show one entity as it is now; None where it is gone."""
        row = self.row_of(entity_id)
        before = self.line_at(row)
        self._known.pop(entity_id, None)
        if line is not None:
            self._known[entity_id] = _row(line)
        if before and line and before.entity == line.entity and self._column not in _NUMBERS:
            self._shown[row] = line
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(HEADS) - 1))
        else:
            self._arrange()

    def set_filter(self, typed: str) -> None:
        """Show only entities with these words in a name, an alias, the type or the country."""
        self._wanted = folded(typed)
        self._arrange()

    def lines(self) -> Sequence[EntityLine]:
        """Every entity, whatever the filter shows."""
        return [row.line for row in self._known.values()]

    def line_at(self, row: int) -> EntityLine | None:
        """Return the entity of a row, None beyond the ends."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def row_of(self, entity_id: EntityId | None) -> int:
        """Return the row of an entity, -1 if it is not shown."""
        return -1 if entity_id is None else self._rows.get(entity_id, -1)

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """The number of entities that are shown."""
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        """The number of columns."""
        return 0 if parent is not None and parent.isValid() else len(HEADS)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell says."""
        line = self.line_at(index.row())
        if line is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _cell(line, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.entity.note or None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """What a column holds."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADS[section]
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a column; equal ones by name."""
        self._column, self._downwards = column, order is Qt.SortOrder.DescendingOrder
        self._arrange()

    def _arrange(self) -> None:
        self.beginResetModel()
        fitting = [row for row in self._known.values() if self._fits(row)]
        fitting.sort(key=lambda row: (row.texts[NAME], row.line.entity.id))
        fitting.sort(key=self._key, reverse=self._downwards)
        shown = [row.line for row in fitting]
        self._shown = shown
        self._rows = {line.entity.id: row for row, line in enumerate(shown)}
        self.endResetModel()

    def _fits(self, row: _Row) -> bool:
        return not self._wanted or any(self._wanted in text for text in row.texts)

    def _key(self, row: _Row) -> str | int:
        if self._column in _NUMBERS:
            return row.line.mentions if self._column == MENTIONS else row.line.articles
        return row.texts[self._column]


def _row(line: EntityLine) -> _Row:
    return _Row(line, tuple(folded(_cell(line, column)) for column in range(MENTIONS)))


def _cell(line: EntityLine, column: int) -> str:
    entity = line.entity
    return (
        *(entity.name, ", ".join(entity.aliases), entity.type, entity.country),
        *(f"{line.mentions:,}", f"{line.articles:,}"),
    )[column]


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
