"""Numbers on an axis, and numbers in words."""

from collections.abc import Iterable
from math import ceil, floor
from typing import NamedTuple

_STEPS = tuple(digit * 10.0**power for power in range(-1, 13) for digit in (1, 2, 5))


class Scale(NamedTuple):
    """An axis from `low` to `high`, drawn from `start` to `end` in points; `end` may lie before `start`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Return the place of a value in points."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    def ticks(self, least: float) -> list[float]:
        """Return round values that stand at least so many points apart."""
        a_unit = abs(self.end - self.start) / (self.high - self.low)
        step = next((each for each in _STEPS if each * a_unit >= least), _STEPS[-1])
        first, last = ceil(self.low / step - 1e-9), floor(self.high / step + 1e-9)
        return [round(number * step, 6) for number in range(first, last + 1)]


def bounds(values: Iterable[float | None]) -> tuple[float, float]:
    """Return where an axis begins and ends: at 0, or at the tenth below the lowest value, and at 1."""
    known = [each for each in values if each is not None]
    lowest, highest = min(known, default=0.0), max(known, default=1.0)
    # A coefficient may be above 1 by what a rounded sum is wrong.
    return min(0.0, floor(lowest * 10 + 1e-9) / 10), max(1.0, ceil(highest * 10 - 1e-6) / 10)


def tick_words(value: float) -> str:
    """Return a round value as it stands at a tick."""
    whole = f"{abs(value):,.0f}" if abs(value) >= 10 else f"{abs(value):g}"
    return ("−" if value < 0 else "") + (whole.removeprefix("0") if "." in whole else whole)
