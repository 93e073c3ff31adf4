"""Confidence intervals by drawing articles anew, with replacement, from sums that add up over articles.

Resampling whole articles keeps what lies together in a text together; resampling characters or spans would take them
for independent. Sources: Efron & Tibshirani (1993), chapter 13 (percentile interval); Zapf et al. (2016), BMC Medical
Research Methodology 16:93, on why not Krippendorff's own bootstrap from the coincidence matrix.
"""

import random
import struct
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

ROUNDS = 2000
SEED = 1
UNSURE_BELOW = 20
"""Articles: with fewer, the interval is known to be too narrow (90 % instead of 95 % with 20)."""

LEAST = 2
"""Articles: one alone cannot be drawn differently."""

_FIELDS = {
    4: "I",
    8: "Q",
}  # Bytes for each sum; squares of lengths of long texts outgrow eight and take two of eight.


class Interval(NamedTuple):
    """What redrawing told: the middle 95 %, and the share of rounds below the two bands.

    `undefined` counts rounds in which there was no coefficient; shares are of those in which there was one.
    """

    low: float
    high: float
    rounds: int
    undefined: int
    below_667: float
    below_800: float


def bootstrap(
    sums: Sequence[Sequence[int]],
    compute: Callable[[Sequence[int]], Sequence[float | None]],
    rounds: int = ROUNDS,
    seed: int = SEED,
) -> list[Interval | None]:
    """Return an interval for each coefficient that `compute` makes of added sums.

    `sums` has one row of non-negative integers for each article. None where fewer than two articles or no defined
    round leave nothing to say. The same seed draws the same articles, whatever is computed of them.
    """
    if len(sums) < LEAST or rounds < 1:
        return [None] * len(compute([sum(column) for column in zip(*sums, strict=True)])) if sums else []
    computed = [compute(total) for total in _redrawn(sums, rounds, seed)]
    return [_interval(values) for values in zip(*computed, strict=True)]


def _redrawn(sums: Sequence[Sequence[int]], rounds: int, seed: int) -> Iterator[list[int]]:
    """Yield the sums over as many articles as there are, drawn with replacement.

    All sums of an article are laid side by side in one long integer, so that adding articles is adding integers.
    """
    width = len(sums[0])
    most = max(map(max, sums), default=0) * len(sums) if width else 0
    field = next((size for size in _FIELDS if most < 1 << 8 * size), 16)
    packed = [sum(value << (8 * field * at) for at, value in enumerate(row)) for row in sums]
    chance = random.Random(seed)
    layout = struct.Struct(f"<{width}{_FIELDS[field]}" if field in _FIELDS else f"<{2 * width}Q")
    for _round in range(rounds):
        drawn = sum(chance.choices(packed, k=len(packed))).to_bytes(width * field, "little")
        parts = layout.unpack(drawn)
        if field in _FIELDS:
            yield list(parts)
        else:
            halves = zip(parts[::2], parts[1::2], strict=True)
            yield [low | high << 64 if high else low for low, high in halves]


def _interval(values: Sequence[float | None]) -> Interval | None:
    known = sorted(value for value in values if value is not None)
    if not known:
        return None
    return Interval(
        low=percentile(known, 0.025),
        high=percentile(known, 0.975),
        rounds=len(values),
        undefined=len(values) - len(known),
        below_667=sum(value < 0.667 for value in known) / len(known),
        below_800=sum(value < 0.8 for value in known) / len(known),
    )


def percentile(ordered: Sequence[float], share: float) -> float:
    """Return the value below which a share of ordered values lies, between two of them in proportion (type 7)."""
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
