"""Which unit of one coder goes with which of another: one to one, and the best way there is."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from app.agreement.continua import Unit


class Edge(NamedTuple):
    """Two units that share a character: their places among those of either coder, and how much they are one.

    `iou` is the shared length by the length of both together, above 0 and up to 1. `same` tells whether the codes are.
    """

    one: int
    other: int
    iou: float
    same: bool


def edges(ones: Sequence[Unit], others: Sequence[Unit]) -> list[Edge]:
    """Return every pair of units of two coders that share a character; both sorted, by start and end."""
    found: list[Edge] = []
    first = 0
    for at, (start, end, code) in enumerate(ones):
        while first < len(others) and others[first][1] <= start:
            first += 1
        for place in range(first, len(others)):
            begin, stop, name = others[place]
            if begin >= end:
                break
            shared = (end if end < stop else stop) - (start if start > begin else begin)
            if shared > 0:
                union = end - start + stop - begin - shared
                found.append(Edge(at, place, shared / union, code == name))
    return found


def apart(units: Sequence[Unit]) -> bool:
    """Tell whether no two sorted units share a character."""
    return all(before[1] <= after[0] for before, after in pairwise(units))


def matched(ones: Sequence[Unit], others: Sequence[Unit], same_code: bool = True) -> list[tuple[int, int]]:
    """Return the best one-to-one pairs of overlapping units, by their places in the two lists.

    As many as can be, then those most alike by Σ IoU; of several ways that are as good the same one is always taken,
    in whatever order the units come.
    """
    first = sorted(range(len(ones)), key=lambda place: ones[place])
    second = sorted(range(len(others)), key=lambda place: others[place])
    found = edges([ones[place] for place in first], [others[place] for place in second])
    chosen = best([edge for edge in found if edge.same or not same_code])
    return [(first[edge.one], second[edge.other]) for edge in chosen]


def best(found: Sequence[Edge]) -> list[Edge]:
    """Return the pairs that can hold together: as many as can be, and among those the largest Σ IoU. Exact."""
    chosen: list[Edge] = []
    for part in _connected(found):
        chosen += part if len(part) == 1 else _assign(part, lambda edge: edge.iou)
    return sorted(chosen)


def most(found: Sequence[Edge]) -> int:
    """Return how many pairs can hold together, without asking which: by augmenting paths, shortest first."""
    near: dict[int, list[int]] = defaultdict(list)
    for edge in found:
        near[edge.one].append(edge.other)
    of_one: dict[int, int] = {}
    of_other: dict[int, int] = {}
    for one, others in near.items():
        free = next((other for other in others if other not in of_other), None)
        if free is not None:
            of_one[one], of_other[free] = free, one
    for one in near:
        if one not in of_one:
            _augment(one, near, of_one, of_other)
    return len(of_one)


def _augment(
    one: int, near: Mapping[int, Sequence[int]], of_one: dict[int, int], of_other: dict[int, int]
) -> None:
    """Give a unit a partner if others can change theirs for it."""
    came: dict[int, int] = {}
    waiting = [one]
    for each in waiting:
        for other in near[each]:
            if other in came:
                continue
            came[other] = each
            if other in of_other:
                waiting.append(of_other[other])
                continue
            at: int | None = other
            while at is not None:
                before = came[at]
                of_other[at] = before
                of_one[before], at = at, of_one.get(before)
            return


def _connected(found: Sequence[Edge]) -> Iterator[list[Edge]]:
    """Yield the edges of each connected part, in order."""
    of_one: dict[int, list[Edge]] = defaultdict(list)
    of_other: dict[int, list[Edge]] = defaultdict(list)
    for edge in found:
        of_one[edge.one].append(edge)
        of_other[edge.other].append(edge)
    seen: set[tuple[int, int]] = set()
    for edge in found:
        if edge[:2] in seen:
            continue
        part: list[Edge] = []
        waiting = [edge]
        seen.add(edge[:2])
        while waiting:
            each = waiting.pop()
            part.append(each)
            for near in (*of_one[each.one], *of_other[each.other]):
                if near[:2] not in seen:
                    seen.add(near[:2])
                    waiting.append(near)
        yield sorted(part)


def _assign(part: Sequence[Edge], worth: Callable[[Edge], float]) -> list[Edge]:
    """Return the most edges with the largest worth, each at most 1, by shortest augmenting paths over a matrix."""
    rows = sorted({edge.one for edge in part})
    columns = sorted({edge.other for edge in part})
    by_place = {(edge.one, edge.other): edge for edge in part}
    bonus = min(len(rows), len(columns)) + 1.0  # One pair more outweighs all that the others can gain.
    costs = [
        [-(bonus + worth(by_place[row, column])) if (row, column) in by_place else 0.0 for column in columns]
        for row in rows
    ]
    return [
        by_place[rows[row], columns[column]]
        for row, column in assignment(costs)
        if (rows[row], columns[column]) in by_place
    ]


def assignment(costs: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Return the cheapest one-to-one assignment of rows to columns, as pairs; the shorter side is used up.

    The Hungarian method with potentials, rows² · columns steps. Source: Kuhn (1955), Naval Research Logistics 2:83-97.
    """
    if len(costs) > len(costs[0]):
        turned = [list(column) for column in zip(*costs, strict=True)]
        return sorted((row, column) for column, row in assignment(turned))
    many = len(costs[0])
    of_row, of_column = [0.0] * (len(costs) + 1), [0.0] * (many + 1)
    taken = [0] * (many + 1)  # The row of each column, from 1; column 0 is where a new row begins.
    for row in range(1, len(costs) + 1):
        taken[0] = row
        way = _cheapest_way(costs, of_row, of_column, taken)
        at = way[0]
        while at:
            taken[at] = taken[way[at]]
            at = way[at]
    return sorted((row - 1, column - 1) for column, row in enumerate(taken) if column and row)


def _cheapest_way(
    costs: Sequence[Sequence[float]], of_row: list[float], of_column: list[float], taken: list[int]
) -> list[int]:
    """Return for each column the one before it on the way to the first free column, which stands at place 0."""
    many = len(costs[0])
    least = [float("inf")] * (many + 1)
    way, used = [0] * (many + 1), [False] * (many + 1)
    at = 0
    while taken[at]:
        used[at] = True
        row, step, near = taken[at], float("inf"), 0
        for column in range(1, many + 1):
            if used[column]:
                continue
            cost = costs[row - 1][column - 1] - of_row[row] - of_column[column]
            if cost < least[column]:
                least[column], way[column] = cost, at
            if least[column] < step:
                step, near = least[column], column
        for column in range(many + 1):
            if used[column]:
                of_row[taken[column]] += step
                of_column[column] -= step
            else:
                least[column] -= step
        at = near
    way[0] = at
    return way
