"""Annotations that are to be looked at again: where each is, and its quote among the words around it."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from app.domain.errors import UserError
from app.domain.ids import AnnotationId
from app.domain.versions import Recheck
from app.project.context import Context
from app.project.project import Project
from app.ui.context import paint_context
from app.ui.rows import RowDelegate, runs, write

_SAID_ROLE = Qt.ItemDataRole.UserRole + 1
_PAD = 7
_PIECES = 20
"""How many runs of lines are taken out one by one: a list goes through all its lines for each."""


class Said(NamedTuple):
    """One line of the list: code, article and version; and the quote."""

    head: str
    context: Context


class RecheckModel(QAbstractListModel):
    """The queue; the words of a line are looked up when it is shown."""

    def __init__(self) -> None:
        super().__init__()
        self._project: Project | None = None
        self._entries: list[Recheck] = []
        self._said: dict[Recheck, Said] = {}

    def show_queue(self, project: Project | None, entries: Sequence[Recheck]) -> None:
        """Show a queue."""
        self.beginResetModel()
        self._project, self._entries, self._said = project, list(entries), {}
        self.endResetModel()

    def take_away(self, ids: Collection[AnnotationId]) -> None:
        """Leave some out of the queue; the others stay as they are."""
        gone = [row for row, each in enumerate(self._entries) if each.annotation_id in ids]
        pieces = list(runs(gone))
        if len(pieces) > _PIECES:
            self.beginResetModel()
            self._entries = [each for each in self._entries if each.annotation_id not in ids]
            self.endResetModel()
            return
        for first, last in reversed(pieces):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._entries[first : last + 1]
            self.endRemoveRows()

    def count_above(self, row: int, ids: Collection[AnnotationId]) -> int:
        """Return how many of these lie above a line."""
        return sum(each.annotation_id in ids for each in self._entries[: max(0, row)])

    def look_again(self, ids: Collection[AnnotationId]) -> None:
        """Look up anew what some lines say."""
        self._said = {each: said for each, said in self._said.items() if each.annotation_id not in ids}

    def lists(self, ids: Collection[AnnotationId]) -> bool:
        """Tell whether all of these are listed."""
        return set(ids) <= {each.annotation_id for each in self._entries}

    def entry(self, row: int) -> Recheck | None:
        """Return a line of the queue, None if there is none."""
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Return how many there are."""
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return what a line says."""
        if not index.isValid() or role not in (_SAID_ROLE, Qt.ItemDataRole.AccessibleTextRole):
            return None
        said = self._words(self._entries[index.row()])
        return said if role == _SAID_ROLE else f"{said.head}: {said.context.quote}"

    def _words(self, entry: Recheck) -> Said:
        if entry not in self._said:
            self._said[entry] = self._look_up(entry)
        return self._said[entry]

    def _look_up(self, entry: Recheck) -> Said:
        if self._project is None:
            return Said("", Context("", "", ""))
        try:
            code = self._project.codebook().code(entry.code_id).name
            context = self._project.versions.context(entry)
        except (KeyError, UserError):
            return Said(entry.title, Context("", "", ""))
        return Said(f"{code}  ·  version {entry.version}  ·  {entry.title}", context)


class RecheckDelegate(RowDelegate):
    """Paints one annotation in two lines."""

    def height(self, metrics: QFontMetrics) -> int:
        """Two lines of text with room around."""
        return 2 * metrics.lineSpacing() + 2 * _PAD

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint place and words."""
        said: Said = index.data(_SAID_ROLE)
        painter.save()
        self.paint_ground(painter, option, marked=True)
        rect, height = QRectF(option.rect), option.fontMetrics.lineSpacing()
        room = QRectF(rect.left() + 12, rect.top() + _PAD, rect.width() - 24, height)
        write(painter, said.head, room, self.theme.quiet)
        room.translate(0, height)
        painter.setPen(self.theme.ink)
        paint_context(painter, room, said.context)
        painter.restore()
