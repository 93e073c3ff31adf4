"""Groups that save most, where each unit can be in one of them only: the best packing, and the proof that it is.

A linear programme over groups, solved by the simplex method, gives every unit a price; where no group saves more than
the prices of its units, no packing saves more than all prices together. Mostly the programme takes whole groups, and
what they save is just that. Where it takes shares of groups, `settled` finds the best packing among those groups that
lose little against the prices. Sources: Dantzig (1963), Linear Programming and Extensions; for groups made only when
prices call for them Gilmore & Gomory (1961), Operations Research 9:849-859.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

NOTHING = 1e-10
"""Differences of savings up to this are those of rounding."""


class TooDense(Exception):
    """So many units lie over each other that the best alignment would take too long to be proved."""


class Effort:
    """Steps of about a microsecond that may be taken, counted and not timed: the same on every computer."""

    def __init__(self, steps: int) -> None:
        self._left = steps

    def take(self, steps: int) -> None:
        """Count steps; TooDense where there are no more."""
        self._left -= steps
        if self._left < 0:
            raise TooDense


class Together(NamedTuple):
    """Units by their numbers, in order, and what it saves to align them beside leaving each alone."""

    units: tuple[int, ...]
    saving: float

    def gain(self, prices: Sequence[float]) -> float:
        """Return what the group saves beyond the prices of its units."""
        return self.saving - sum([prices[unit] for unit in self.units])


class Programme:
    """The linear programme: shares of groups that save most, each unit used up once; groups may be added any time.

    `prices` has the price of every unit. Kept is the inverse of the basis, by columns that hold what is not zero, with
    the rows of each: units far apart in the text have nothing to do with each other, so little is not.
    """

    def __init__(self, many: int, effort: Effort) -> None:
        self._effort = effort
        self.prices = [0.0] * many
        self._pool = [Together((unit,), 0.0) for unit in range(many)]
        self._taken = list(self._pool)
        self._columns: list[dict[int, float]] = [{row: 1.0} for row in range(many)]
        self._rows = [{row} for row in range(many)]
        # A little more than one of each unit, never equally much: so the method cannot go round in circles.
        self._amounts = [1.0 + 1e-7 * (row * 7919 % 1009 + 1) for row in range(many)]

    def add(self, groups: Sequence[Together]) -> None:
        """Take up more groups, and find prices at which none saves more than its units cost."""
        self._pool += sorted(groups, key=lambda each: -each.saving / len(each.units))
        prices, better = self.prices, True
        while better:
            better = False
            self._effort.take(len(self._pool) // 3)
            for each in self._pool:
                gain = each.saving
                for unit in each.units:
                    gain -= prices[unit]
                if gain > NOTHING / 10:
                    self._enter(each, gain)
                    better = True

    def _enter(self, group: Together, gain: float) -> None:
        """Bring a group into the basis, in place of the one that is used up first."""
        effect: dict[int, float] = defaultdict(float)
        for unit in group.units:
            for row, value in self._columns[unit].items():
                effect[row] += value
        shares = [(self._amounts[row] / value, row) for row, value in effect.items() if value > 1e-7]
        share, out = min(shares)
        pivot = effect.pop(out)
        change = [(row, value) for row, value in effect.items() if abs(value) > NOTHING]
        for row, value in change:
            self._amounts[row] -= value * share
        self._effort.take(10 + len(change) * len(self._rows[out]) // 8)
        self._amounts[out], self._taken[out] = share, group
        for unit in self._rows[out]:
            factor = self._columns[unit][out] / pivot
            self.prices[unit] += gain * factor
            self._columns[unit][out] = factor
            self._take_away(unit, factor, change)

    def _take_away(self, unit: int, factor: float, change: Sequence[tuple[int, float]]) -> None:
        column = self._columns[unit]
        for row, value in change:
            if row not in column:
                column[row] = -value * factor
                self._rows[row].add(unit)
                continue
            left = column[row] - value * factor
            if -NOTHING < left < NOTHING:
                del column[row]
                self._rows[row].discard(unit)
            else:
                column[row] = left

    def whole(self) -> list[Together]:
        """Return the groups that are taken whole; no two of them share a unit."""
        found: list[Together] = []
        used: set[int] = set()
        for row, group in enumerate(self._taken):
            share = sum([self._columns[unit][row] for unit in self._rows[row]])
            if len(group.units) > 1 and share > 1 - 1e-6 and used.isdisjoint(group.units):
                used.update(group.units)
                found.append(group)
        return found


def loss(chosen: Sequence[Together], prices: Sequence[float]) -> float:
    """Return how much less groups save than all prices together, which is the most that any packing can save."""
    return sum(prices) - sum([each.saving for each in chosen])


def settled(
    close: Sequence[Together], prices: Sequence[float], most: float, effort: Effort
) -> list[Together] | None:
    """Return the packing that loses least against the prices; None if every one loses more than `most` at one place.

    `close` are all groups that lose no more than `most`. Each connected part is settled by itself.
    """
    chosen: list[Together] = []
    for part in _connected(close):
        best = _walked(part, prices, most, effort)
        if best is None:
            return None
        chosen += best
    return chosen


class _Way(NamedTuple):
    lost: float
    chosen: tuple[int, ...]


def _walked(
    part: Sequence[Together], prices: Sequence[float], most: float, effort: Effort
) -> list[Together] | None:
    """Walk along the text; of all ways that have taken the same units of those still ahead only the best goes on."""
    numbers = sorted({unit for each in part for unit in each.units})
    place = {unit: at for at, unit in enumerate(numbers)}
    begins: dict[int, list[tuple[int, int, float]]] = defaultdict(list)
    for number, each in enumerate(part):
        mask = sum(1 << place[unit] for unit in each.units)
        begins[each.units[0]].append((number, mask, -each.gain(prices)))
    ways = {0: _Way(0.0, ())}
    for at, unit in enumerate(numbers):
        bit = 1 << at
        onwards: dict[int, _Way] = {}
        effort.take(len(ways) * (1 + len(begins[unit])) // 3)
        for taken, way in ways.items():
            if taken & bit:
                _keep(onwards, taken ^ bit, way, most)
                continue
            _keep(onwards, taken, _Way(way.lost + prices[unit], way.chosen), most)
            for number, mask, lost in begins[unit]:
                if not taken & mask:
                    _keep(onwards, (taken | mask) ^ bit, _Way(way.lost + lost, (*way.chosen, number)), most)
        ways = onwards
    return [part[number] for number in ways[0].chosen] if ways else None


def _keep(ways: dict[int, _Way], taken: int, way: _Way, most: float) -> None:
    known = ways.get(taken)
    if way.lost <= most and (known is None or way.lost < known.lost):
        ways[taken] = way


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
