"""Which lane of a line an annotation is drawn in: as few as can be, or those of each coder together."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from app.domain.ids import AnnotationId, CodeId, CoderId
from app.domain.painting import stack_lanes, stack_lanes_by_owner


class Tie(NamedTuple):
    """A fragment of an annotation in this piece: UTF-16 positions, and whether it begins here."""

    start: int
    end: int
    annotation_id: AnnotationId
    code_id: CodeId
    coder_id: CoderId
    begins: bool


class Group(NamedTuple):
    """The lanes of one coder on a line: the first of them, and how many."""

    coder_id: CoderId
    first: int
    lanes: int


class Laned(NamedTuple):
    """The lanes of one line: one for each tie of the piece, which counts only where that is on the line.

    `room` is how many of them need room. `groups` are the coders who have something here; none if lanes
    are not grouped.
    """

    lanes: Sequence[int]
    room: int
    groups: Sequence[Group] = ()


class Lanes(Protocol):
    """A way of giving lanes to what is annotated in a piece."""

    def lay(self, ties: Sequence[Tie], lines: Sequence[tuple[int, int]]) -> list[Laned]:
        """Return the lanes of each line; lines are ranges in the positions of ties."""
        ...


class TightLanes:
    """Every annotation has one lane throughout a piece, and there are as few as can be."""

    def lay(self, ties: Sequence[Tie], lines: Sequence[tuple[int, int]]) -> list[Laned]:
        """Return the lanes of each line."""
        lanes = stack_lanes_by_owner(_keyed(ties), [tie.coder_id for tie in ties])
        both = list(zip(ties, lanes, strict=True))
        return [
            Laned(
                lanes,
                1 + max((lane for tie, lane in both if tie.start < end and start < tie.end), default=-1),
            )
            for start, end in lines
        ]


class LanesByCoder:
    """Coders in one order on every line. Who has nothing on a line takes no room there."""

    def __init__(self, order: Sequence[CoderId]) -> None:
        self._order = {coder_id: number for number, coder_id in enumerate(order)}

    def lay(self, ties: Sequence[Tie], lines: Sequence[tuple[int, int]]) -> list[Laned]:
        """Return the lanes of each line."""
        hulls: dict[AnnotationId, tuple[int, int]] = {}
        for tie in ties:
            low, high = hulls.get(tie.annotation_id, (tie.start, tie.end))
            hulls[tie.annotation_id] = min(low, tie.start), max(high, tie.end)
        coders = sorted({tie.coder_id for tie in ties}, key=lambda each: (self._order.get(each, -1), each))
        stacks: list[tuple[CoderId, dict[int, int]]] = []
        for coder_id in coders:
            mine = [at for at, tie in enumerate(ties) if tie.coder_id == coder_id]
            stacks.append(
                (coder_id, dict(zip(mine, stack_lanes(_keyed([ties[at] for at in mine])), strict=True)))
            )
        reaches = [hulls[tie.annotation_id] for tie in ties]
        return [_line(reaches, stacks, line) for line in lines]


def _line(
    reaches: Sequence[tuple[int, int]],
    stacks: Sequence[tuple[CoderId, dict[int, int]]],
    line: tuple[int, int],
) -> Laned:
    """Put the lanes that a line needs close together, coder by coder."""
    start, end = line
    lanes = [0] * len(reaches)
    groups: list[Group] = []
    first = 0
    for coder_id, stack in stacks:
        here = [at for at in stack if reaches[at][0] < end and start < reaches[at][1]]
        if not here:
            continue
        ranks = {lane: rank for rank, lane in enumerate(sorted({stack[at] for at in here}))}
        for at in here:
            lanes[at] = first + ranks[stack[at]]
        groups.append(Group(coder_id, first, len(ranks)))
        first += len(ranks)
    return Laned(lanes, first, groups)


def _keyed(ties: Sequence[Tie]) -> list[tuple[int, int, AnnotationId]]:
    return [(tie.start, tie.end, tie.annotation_id) for tie in ties]
