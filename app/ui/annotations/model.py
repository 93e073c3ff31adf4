"""The annotations of the open article as a list model, in text order."""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from app.domain.annotations import Passage
from app.domain.counting import counted
from app.domain.ids import AnnotationId, CodeId, CoderId

AnyIndex = QModelIndex | QPersistentModelIndex

ENTRY_ROLE = Qt.ItemDataRole.UserRole + 1
_LONGEST_QUOTE = 160


class Place(NamedTuple):
    """One annotation and where it is. `spans` are code points.

    Places sort by `order`: where the first fragment starts, the longer first, as passages come from the file.
    """

    order: tuple[int, int, AnnotationId]
    spans: tuple[tuple[int, int], ...]
    id: AnnotationId
    code_id: CodeId
    coder_id: CoderId

    @property
    def start(self) -> int:
        """Where the first fragment starts."""
        return self.spans[0][0]


class Entry(NamedTuple):
    """One annotation as the list shows it; `lacking` counts its required questions that are open."""

    code: str
    colour: str
    quote: str
    coder: str
    answers: tuple[tuple[str, str], ...] = ()
    lacking: int = 0

    @property
    def open_in_words(self) -> str:
        """What is still to be answered; nothing if nothing is."""
        return f"{counted(self.lacking, 'question')} open" if self.lacking else ""


class AnnotationModel(QAbstractListModel):
    """One row an annotation; what it says is worked out when it is looked at."""

    def __init__(self, look: Callable[[Place], Entry]) -> None:
        super().__init__()
        self._look = look
        self._places: list[Place] = []
        self._by_id: dict[AnnotationId, Place] = {}

    def set_places(self, places: Iterable[Place]) -> None:
        """Show other annotations."""
        self.beginResetModel()
        self._places = sorted(places)
        self._by_id = {place.id: place for place in self._places}
        self.endResetModel()

    def replace(self, annotation_id: AnnotationId, place: Place | None) -> None:
        """Show one annotation where it is now; None where it is gone."""
        row = self.row_of(annotation_id)
        if row >= 0 and place is not None and place == self._places[row]:
            self.dataChanged.emit(self.index(row), self.index(row))
            return
        if row >= 0:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._places[row], self._by_id[annotation_id]
            self.endRemoveRows()
        if place is not None:
            row = bisect_left(self._places, place)
            self.beginInsertRows(QModelIndex(), row, row)
            self._places.insert(row, place)
            self._by_id[place.id] = place
            self.endInsertRows()

    def row_of(self, annotation_id: AnnotationId | None) -> int:
        """Return the row of an annotation, -1 if it is not there."""
        place = None if annotation_id is None else self._by_id.get(annotation_id)
        return -1 if place is None else bisect_left(self._places, place)

    def row_from(self, offset: int) -> int:
        """Return the first row that starts at or after a code point."""
        return bisect_left(self._places, offset, key=lambda place: place.start)

    def id_at(self, row: int) -> AnnotationId | None:
        """Return the annotation of a row, None beyond the ends."""
        return self._places[row].id if 0 <= row < len(self._places) else None

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """The number of annotations."""
        return 0 if parent is not None and parent.isValid() else len(self._places)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What the delegate paints and a screen reader says."""
        wanted = (
            *(Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole),
            *(Qt.ItemDataRole.ToolTipRole, ENTRY_ROLE),
        )
        if role not in wanted or not 0 <= index.row() < len(self._places):
            return None
        entry = self._look(self._places[index.row()])
        if role == ENTRY_ROLE:
            return entry
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{entry.code}{f' ({entry.coder})' if entry.coder else ''}\n{entry.quote}"
        who = f" by {entry.coder}" if entry.coder else ""
        answers = "".join(f", {name}: {answer}" for name, answer in entry.answers)
        lacking = f", {entry.open_in_words}" if entry.lacking else ""
        return f"{entry.code}{who}: {entry.quote}{answers}{lacking}"


def places_of(passages: Iterable[Passage]) -> list[Place]:
    """Return annotations with their fragments in text order."""
    places: list[Place] = []
    at: dict[AnnotationId, int] = {}
    for start, end, annotation_id, code_id, coder_id in passages:
        if annotation_id in at:
            place = places[at[annotation_id]]
            places[at[annotation_id]] = place._replace(spans=(*place.spans, (start, end)))
        else:
            at[annotation_id] = len(places)
            order = (start, -end, annotation_id)
            places.append(Place(order, ((start, end),), annotation_id, code_id, coder_id))
    return places


def one_line(pieces: Iterable[str]) -> str:
    """Return a quote in one line, cut where nobody would read on."""
    return " ".join(" … ".join(piece[:_LONGEST_QUOTE] for piece in pieces).split())[:_LONGEST_QUOTE]
