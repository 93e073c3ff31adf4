"""A coefficient, or the reason why there is none."""

from typing import NamedTuple

NOBODY_TWICE = "nothing was coded by two coders"
NO_VARIATION = "nothing varies: all values are the same"
NOBODY_MARKED = "nobody marked anything"
ALL_MARKED = "everything was marked by everybody"
OVERLAPPING = "different codes overlap within a coder; see the codes one by one and alpha_characters"
ANSWERS_OVERLAP = "spans with different answers overlap within a coder; see alpha on matched spans"


class Figure(NamedTuple):
    """The value of a coefficient; None where it is undefined, with the reason in words.

    `coverage` is the share of all pairs of characters that the value rests on, 0 to 1; None where that has no meaning.
    """

    value: float | None
    reason: str = ""
    coverage: float | None = None


def ratio(part: float, whole: float, reason: str) -> Figure:
    """Return a share, or why there is nothing to take a share of."""
    return Figure(part / whole) if whole else Figure(None, reason)


def chance_corrected(
    observed: float, expected: float, reason: str, coverage: float | None = None, scale: float = 1.0
) -> Figure:
    """Return 1 - observed / expected disagreement; undefined for `reason` where none could be expected.

    Differences of sums as large as `scale` leave a rest where there should be nothing: it counts as nothing.
    """
    if expected <= 1e-12 * scale:
        return Figure(None, reason, coverage)
    return Figure(1 - observed / expected, "", coverage)
