"""The best alignment of the units of several coders, exactly: which unit goes with which, and what it costs.

Source: Mathet, Widlöcher & Métivier (2015), The Unified and Holistic Method Gamma, Computational Linguistics 41:437.
d_pos = ((|start difference| + |end difference|) / (sum of lengths))², d_cat = 1 where codes differ, and
d = alpha · d_pos + beta · d_cat; a place left empty costs 1. A unitary alignment has one unit or nothing of each coder
and costs the mean of d over the pairs of coders; an alignment takes every unit once.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from app.agreement.continua import Unit
from app.agreement.packing import NOTHING, Effort, Programme, Together, loss, settled

ALPHA, BETA = 3.0, 1.0
STEPS = 8_000_000
"""What one alignment may take, some ten seconds, before it is given up as too dense; articles take a hundredth."""

_AT_FIRST = 2.0  # How far apart, by d, two units of a group may be before there are prices.
_OF_EACH = 100  # Groups that begin with one unit, for one set of prices; others are found with the next.
_NARROW = 0.02
_ROUNDED = 1e-7


class Placed(NamedTuple):
    """A unit with the number of its coder, in the order of places in the text."""

    start: int
    end: int
    code: str
    coder: int


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


def align(
    coders: Sequence[Sequence[Unit]], alpha: float = ALPHA, beta: float = BETA, steps: int = STEPS
) -> Alignment:
    """Return the alignment of least disorder of the units of two coders or more; there must be a unit.

    Groups are made as the prices of units call for them (see `packing`), beginning with units that lie close. The
    alignment is the best there is, up to rounding; TooDense where to prove it takes more than so many `steps`.
    """
    units = sorted(Placed(*unit, coder) for coder, each in enumerate(coders) for unit in each)
    effort = Effort(steps)
    text = _Neighbours(units, len(coders), alpha, beta, effort)
    programme = Programme(len(units), effort)
    programme.add(text.groups([0.0] * len(units), 0.0, range(len(units)), text.close, _OF_EACH))
    while found := text.better(programme.prices):
        programme.add(found)
    chosen = _proved(text, programme, effort)
    groups = [tuple(units[number] for number in each.units) for each in chosen]
    saved = sum(each.saving for each in chosen)
    return Alignment(sorted(groups), max(0.0, len(units) - saved) * len(coders) / len(units))


def _proved(text: "_Neighbours", programme: Programme, effort: Effort) -> list[Together]:
    """Return the best packing of groups, given prices at which no group saves more than its units cost."""
    prices = [max(0.0, price) for price in programme.prices]
    whole = programme.whole()
    if loss(whole, prices) <= _ROUNDED:
        return whole
    most = _NARROW
    while True:
        # A packing that loses no more than this has no group that loses more.
        found = settled(
            text.groups(prices, -most - NOTHING, range(len(prices)), text.near), prices, most, effort
        )
        if found is not None and loss(found, prices) <= most:
            return found
        most *= 3


_Ahead = Sequence[tuple[int, float]]


class _Neighbours:
    """Units with those near enough to be aligned with them, from which groups are made.

    A group saves (units - 1) + Σ (1 - d) / C over its pairs, with C pairs of coders. With n coders no unit of a useful
    group is further from any other than C + n - 1: to split it off would cost less.
    """

    def __init__(self, units: Sequence[Placed], many: int, alpha: float, beta: float, effort: Effort) -> None:
        self._pairs = many * (many - 1) / 2
        self._coders = [unit.coder for unit in units]
        self._effort = effort
        self.near = _worth(units, self._pairs, self._pairs + many - 1, alpha, beta)
        limit = (1 - _AT_FIRST) / self._pairs
        self.close = [{unit: more for unit, more in each.items() if more >= limit} for each in self.near]
        self._seen = [float("inf")] * len(units)
        self._unfinished: set[int] = set(range(len(units)))

    def better(self, prices: Sequence[float]) -> list[Together]:
        """Return groups that save more than their units cost; none only if there is none.

        Where no price has fallen since, and all groups were given, there can be no new one.
        """
        fallen = {
            unit
            for unit, (now, before) in enumerate(zip(prices, self._seen, strict=True))
            if now < before - NOTHING / 100
        }
        roots = [
            unit
            for unit, near in enumerate(self.near)
            if unit in fallen or unit in self._unfinished or not fallen.isdisjoint(near)
        ]
        self._seen = list(prices)
        self._unfinished.clear()
        return self.groups(prices, NOTHING, roots, self.near, _OF_EACH)

    def groups(
        self,
        prices: Sequence[float],
        least: float,
        firsts: Iterable[int],
        near: Sequence[Mapping[int, float]],
        most: int = STEPS,
    ) -> list[Together]:
        """Return groups by their first units that save more than `least` beyond prices, all of them near each other.

        Of each first unit at least `most` groups are looked for; those that have as many are remembered.
        """
        worth = [1 - price for price in prices]
        found: list[Together] = []
        for first in firsts:
            ahead = [(unit, worth[unit] + more) for unit, more in near[first].items()]
            grown = self._grown(first, worth[first] - 1, ahead, least, near, most)
            found += [Together(units, gain + sum([prices[unit] for unit in units])) for units, gain in grown]
            if len(grown) >= most:
                self._unfinished.add(first)
        return found

    def _grown(
        self,
        first: int,
        gain: float,
        ahead: _Ahead,
        least: float,
        near: Sequence[Mapping[int, float]],
        most: int,
    ) -> list[tuple[tuple[int, ...], float]]:
        """Return groups with what they gain beyond prices; `ahead` has what each unit further on would add.

        A group is not grown further where even the best unit of every other coder, all in one place with each other,
        would not bring it to `least`.
        """
        found: list[tuple[tuple[int, ...], float]] = []
        waiting: list[tuple[tuple[int, ...], float, _Ahead]] = [((first,), gain, ahead)]
        while waiting and len(found) < most:
            group, gain, ahead = waiting.pop()
            if gain + self._hope(ahead) <= least:
                continue
            self._effort.take(2 * len(ahead))
            for at in range(len(ahead), 0, -1):
                unit, more = ahead[at - 1]
                if gain + more > least:
                    found.append(((*group, unit), gain + more))
                beside = near[unit]
                further = [(other, each + beside[other]) for other, each in ahead[at:] if other in beside]
                if further:
                    waiting.append(((*group, unit), gain + more, further))
        return found

    def _hope(self, ahead: Sequence[tuple[int, float]]) -> float:
        """Return the most that units further on could add: the best of each coder, as close as can be."""
        best: dict[int, float] = {}
        for unit, more in ahead:
            coder = self._coders[unit]
            if coder not in best or more > best[coder]:
                best[coder] = more
        hope = added = 0.0
        for others, more in enumerate(sorted(best.values(), reverse=True)):
            # One that costs by itself may still be worth it for what it adds to each of the others.
            added += more + others / self._pairs
            if added > hope:
                hope = added
        return hope


def _worth(
    units: Sequence[Placed], pairs: float, most: float, alpha: float, beta: float
) -> list[dict[int, float]]:
    """Return for each unit those further on, by other coders, no further from it than `most`: (1 - d) / pairs."""
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
                    close[place] = (1 - apart) / pairs
        found.append(close)
    return found
