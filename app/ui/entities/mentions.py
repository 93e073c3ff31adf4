"""The mentions of one entity in context: a list whose words are looked up only where they are seen."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from app.domain.entities import LinkKey, Mention
from app.domain.ids import AnnotationId
from app.project.context import Context

AnyIndex = QModelIndex | QPersistentModelIndex

SAID_ROLE = Qt.ItemDataRole.UserRole + 1


class Said(NamedTuple):
    """A mention in words: article, coder and attribute, and the quote with what stands around it."""

    head: str
    context: Context


class MentionModel(QAbstractListModel):
    """One row a mention; rows can be ticked where something may be changed."""

    def __init__(self, look: Callable[[Mention], Said]) -> None:
        super().__init__()
        self._look = look
        self._mentions: list[Mention] = []
        self._annotations: frozenset[AnnotationId] = frozenset()
        self._ticked: set[LinkKey] = set()
        self._tickable = True

    def set_mentions(self, mentions: Iterable[Mention], *, tickable: bool) -> None:
        """Show other mentions; those that stay keep their ticks."""
        self.beginResetModel()
        self._mentions, self._tickable = list(mentions), tickable
        self._annotations = frozenset(each.link.annotation_id for each in self._mentions)
        self._ticked &= {each.link for each in self._mentions}
        self.endResetModel()

    def ticked(self) -> Sequence[LinkKey]:
        """Return the ticked links from top to bottom."""
        return [each.link for each in self._mentions if each.link in self._ticked]

    def shows(self, annotation_ids: frozenset[AnnotationId]) -> bool:
        """Tell whether one of these annotations is in the list."""
        return not self._annotations.isdisjoint(annotation_ids)

    def mention_at(self, row: int) -> Mention | None:
        """Return the mention of a row, None beyond the ends."""
        return self._mentions[row] if 0 <= row < len(self._mentions) else None

    def row_of(self, link: LinkKey) -> int:
        """Return the row of a link, -1 if it is not there."""
        return next((row for row, each in enumerate(self._mentions) if each.link == link), -1)

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """The number of mentions."""
        return 0 if parent is not None and parent.isValid() else len(self._mentions)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Rows can be ticked, if anything can be changed."""
        usual = super().flags(index)
        return usual | Qt.ItemFlag.ItemIsUserCheckable if self._tickable else usual

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What the delegate paints and a screen reader says."""
        mention = self.mention_at(index.row())
        if mention is None:
            return None
        if role == Qt.ItemDataRole.CheckStateRole and self._tickable:
            return Qt.CheckState.Checked if mention.link in self._ticked else Qt.CheckState.Unchecked
        if role == SAID_ROLE:
            return self._look(mention)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            said = self._look(mention)
            return f"{said.head}: {''.join(said.context)}"
        return None

    def setData(self, index: AnyIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick a row, or take the tick away."""
        mention = self.mention_at(index.row())
        if mention is None or role != Qt.ItemDataRole.CheckStateRole:
            return False
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._ticked.add(mention.link)
        else:
            self._ticked.discard(mention.link)
        self.dataChanged.emit(index, index, [role])
        return True
