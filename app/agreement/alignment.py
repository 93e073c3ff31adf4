"""The best alignment of the units of several coders, exactly: which unit goes with which, and what it costs.

Source: Mathet, Widlöcher & Métivier (2015), The Unified and Holistic Method Gamma, Computational Linguistics 41:437.
d_pos = ((|start difference| + |end difference|) / (sum of lengths))², d_cat = 1 where codes differ, and
d = alpha · d_pos + beta · d_cat; a place left empty costs 1. A unitary alignment has one unit or nothing of each coder
and costs the mean of d over the pairs of coders; an alignment takes every unit once.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from app.agreement.continua import Unit
from app.agreement.matching import assignment

ALPHA, BETA = 3.0, 1.0


class Placed(NamedTuple):
    """A unit with the number of its coder, in the order of places in the text."""

    start: int
    end: int
    code: str
    coder: int


class Together(NamedTuple):
    """Units that may be aligned, by their numbers, and what that saves beside leaving each alone."""

    units: tuple[int, ...]
    saving: float


class Alignment(NamedTuple):
    """The best alignment: groups of units, those that stand alone left out, and its disorder.

    The disorder is the sum of the costs of unitary alignments by the mean number of units of a coder.
    """

    groups: list[tuple[Placed, ...]]
    disorder: float


def dissimilarity(
    one: Unit | Placed, other: Unit | Placed, alpha: float = ALPHA, beta: float = BETA
) -> float:
    """Return d of two units: 0 for the same place and code, without an upper bound for places far apart."""
    lengths = one[1] - one[0] + other[1] - other[0]
    apart = (abs(one[0] - other[0]) + abs(one[1] - other[1])) / lengths
    return alpha * apart * apart + (beta if one[2] != other[2] else 0.0)


def align(coders: Sequence[Sequence[Unit]], alpha: float = ALPHA, beta: float = BETA) -> Alignment:
    """Return the alignment of least disorder of the units of two coders or more; there must be a unit.

    Only groups that beat every split of themselves in two are looked at, and groups far apart are solved by themselves;
    neither can lose the best alignment. Two coders take the time of an assignment, more may take much longer.
    """
    units = sorted(Placed(*unit, coder) for coder, each in enumerate(coders) for unit in each)
    groups: list[tuple[Placed, ...]] = []
    saved = 0.0
    for part in _connected(_candidates(units, len(coders), alpha, beta)):
        chosen = _pairs_of(part) if len(coders) == 2 else _packed(part)
        groups += [tuple(units[number] for number in each.units) for each in chosen]
        saved += sum(each.saving for each in chosen)
    return Alignment(sorted(groups), max(0.0, len(units) - saved) * len(coders) / len(units))


def _candidates(units: Sequence[Placed], many: int, alpha: float, beta: float) -> list[Together]:
    """Return every group of units of different coders that may be in the best alignment.

    With n coders and C pairs of them, a group is of use only if no split in two parts is cheaper, and splitting saves
    what is between the parts less (C + size · size). So no unit of a group is further from all others together than
    C + n - 1.
    """
    pairs = many * (many - 1) / 2
    most = pairs + many - 1
    near = _near(units, most, alpha, beta)
    found: list[Together] = []
    waiting: list[tuple[tuple[int, ...], list[float]]] = [((number,), [0.0]) for number in range(len(units))]
    while waiting:
        group, sums = waiting.pop()
        for number in near[group[-1]]:
            if any(units[each].coder == units[number].coder or number not in near[each] for each in group):
                continue
            added = [near[each][number] for each in group]
            longer = [before + more for before, more in zip(sums, added, strict=True)] + [sum(added)]
            if max(longer) > most:
                continue
            size = len(group) + 1
            waiting.append(((*group, number), longer))
            saving = size - (sum(longer) / 2 + pairs - size * (size - 1) / 2) / pairs
            if saving > 1e-12 and max(longer) <= pairs + size - 1:
                found.append(Together((*group, number), saving))
    return found


def _near(units: Sequence[Placed], most: float, alpha: float, beta: float) -> list[dict[int, float]]:
    """Return for each unit those further on, by other coders, that are no further from it than `most`."""
    longest = max(unit.end - unit.start for unit in units)
    # From the difference of starts alone: alpha · (distance / lengths)² is more than `most`.
    reach = (most / alpha) ** 0.5 if alpha else float("inf")
    found: list[dict[int, float]] = []
    for number, unit in enumerate(units):
        far = unit.start + reach * (unit.end - unit.start + longest)
        close: dict[int, float] = {}
        for place in range(number + 1, len(units)):
            other = units[place]
            if other.start > far:
                break
            if other.coder != unit.coder:
                apart = dissimilarity(unit, other, alpha, beta)
                if apart <= most:
                    close[place] = apart
        found.append(close)
    return found


def _connected(found: Sequence[Together]) -> Iterator[list[Together]]:
    """Yield groups that share units, directly or by way of others, together."""
    of_unit: dict[int, list[int]] = defaultdict(list)
    for number, each in enumerate(found):
        for unit in each.units:
            of_unit[unit].append(number)
    seen: set[int] = set()
    for number in range(len(found)):
        if number in seen:
            continue
        seen.add(number)
        part: list[int] = []
        waiting = [number]
        while waiting:
            part.append(waiting.pop())
            for unit in found[part[-1]].units:
                for near in of_unit.pop(unit, ()):
                    if near not in seen:
                        seen.add(near)
                        waiting.append(near)
        yield [found[each] for each in sorted(part)]


def _pairs_of(part: Sequence[Together]) -> list[Together]:
    """Return the pairs of two coders that save most, each unit once."""
    if len(part) == 1:
        return list(part)
    sides = _two_sides(part)
    firsts = sorted({number for number in sides if sides[number]})
    others = sorted({number for number in sides if not sides[number]})
    by_pair = {(each.units if sides[each.units[0]] else each.units[::-1]): each for each in part}
    costs = [
        [-by_pair[one, other].saving if (one, other) in by_pair else 0.0 for other in others]
        for one in firsts
    ]
    chosen = [(firsts[row], others[column]) for row, column in assignment(costs)]
    return [by_pair[pair] for pair in chosen if pair in by_pair]


def _two_sides(part: Sequence[Together]) -> dict[int, bool]:
    """Tell the units of one coder from those of the other: ends of a pair are never of one."""
    beside: dict[int, list[int]] = defaultdict(list)
    for one, other in (each.units for each in part):
        beside[one].append(other)
        beside[other].append(one)
    start = part[0].units[0]
    sides, waiting = {start: True}, [start]
    while waiting:
        unit = waiting.pop()
        for other in beside[unit]:
            if other not in sides:
                sides[other] = not sides[unit]
                waiting.append(other)
    return sides


class _State(NamedTuple):
    saved: float
    chosen: tuple[int, ...]


def _packed(part: Sequence[Together]) -> list[Together]:
    """Return the groups that save most, each unit once.

    Walks along the text; of all ways that have taken the same units of those still ahead only the best goes on, and
    none that could not beat a first, greedy choice even if every unit ahead saved the most that it has part in.
    """
    numbers = sorted({unit for each in part for unit in each.units})
    place = {unit: at for at, unit in enumerate(numbers)}
    begins: dict[int, list[tuple[int, int]]] = defaultdict(list)
    share = [0.0] * len(numbers)
    for number, each in enumerate(part):
        places = [place[unit] for unit in each.units]
        begins[min(places)].append((number, sum(1 << at for at in places)))
        for at in places:
            share[at] = max(share[at], each.saving / len(places))
    enough = _greedy(part) - 1e-9
    states: dict[int, _State] = {0: _State(0.0, ())}
    for at in range(len(numbers)):
        bit, ahead = 1 << at, sum(share[at + 1 :])
        onwards: dict[int, _State] = {}
        for taken, state in states.items():
            ways = [(taken & ~bit, state)]
            if not taken & bit:
                for number, mask in begins[at]:
                    if not taken & mask:
                        more = _State(state.saved + part[number].saving, (*state.chosen, number))
                        ways.append(((taken | mask) & ~bit, more))
            for mask, way in ways:
                spent = sum(share[later] for later in _bits(mask))
                known = onwards.get(mask)
                if way.saved + ahead - spent >= enough and (known is None or way.saved > known.saved):
                    onwards[mask] = way
        states = onwards
    best = max(states.values(), key=lambda state: state.saved)
    return [part[number] for number in best.chosen]


def _greedy(part: Sequence[Together]) -> float:
    """Return what is saved by taking the groups that save most for each unit first."""
    taken: set[int] = set()
    saved = 0.0
    for each in sorted(part, key=lambda each: -each.saving / len(each.units)):
        if taken.isdisjoint(each.units):
            taken.update(each.units)
            saved += each.saving
    return saved


def _bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def disorder_of(group: Sequence[Placed], many: int, alpha: float = ALPHA, beta: float = BETA) -> float:
    """Return the cost of one unitary alignment of `many` coders: the mean over their pairs, 1 for each empty place."""
    pairs = many * (many - 1) / 2
    known = sum(dissimilarity(one, other, alpha, beta) for one, other in combinations(group, 2))
    return (known + pairs - len(group) * (len(group) - 1) / 2) / pairs
