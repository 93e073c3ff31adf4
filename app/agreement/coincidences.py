"""Krippendorff's alpha from coincidences, whatever they were counted in: units, or characters."""

from collections.abc import Mapping, Sequence
from operator import mul
from typing import Any

from app.agreement.distances import Metric, distances
from app.agreement.figures import NO_VARIATION, NOBODY_TWICE, Figure, chance_corrected

Pair = tuple[int, int]
"""Two values by their numbers, the smaller first."""


class Alpha:
    """Alpha for one set of values and one metric; made once, asked of many sums.

    Definition: alpha = 1 - (n - 1) · Σ o_ck δ²_ck / Σ n_c n_k δ²_ck over all c, k, with o_ck the coincidences of values
    c and k, n_c their margins and n the sum of those. Source: Krippendorff (2019), Content Analysis, 4th ed., 12.3.
    For the ordinal metric the values must be in their order. Undefined without pairs and without variation.
    """

    def __init__(self, values: Sequence[Any], metric: Metric) -> None:
        self._values = values
        self._metric = metric
        fixed = metric not in (Metric.ORDINAL, Metric.NOMINAL)
        self._fixed = distances(values, metric, [0.0] * len(values)) if fixed else []
        self._below = _below(self._fixed)

    def of(self, pairs: Mapping[Pair, float]) -> Figure:
        """Return alpha; `pairs` has o_ck once for each unordered pair that occurs, in units or characters."""
        margins = [0.0] * len(self._values)
        for (one, other), count in pairs.items():
            margins[one] += count
            if one != other:
                margins[other] += count
        if self._metric is Metric.NOMINAL:
            differing = sum(count for (one, other), count in pairs.items() if one != other)
            return self.against(2 * differing, margins)
        apart = self._fixed or distances(self._values, self._metric, margins)
        observed = 2 * sum(count * apart[one][other] for (one, other), count in pairs.items())
        return self.against(observed, margins)

    def against(self, observed: float, margins: Sequence[float]) -> Figure:
        """Return alpha where Σ o_ck δ²_ck is known; `margins` has n_c, both in units or characters."""
        total = sum(margins)
        if total <= 1:
            return Figure(None, NOBODY_TWICE)
        return chance_corrected((total - 1) * observed, self._expected(margins, total), NO_VARIATION)

    def _expected(self, margins: Sequence[float], total: float) -> float:
        if sum(1 for each in margins if each) < 2:
            return 0.0
        if self._metric is Metric.NOMINAL:
            return total * total - sum([each * each for each in margins])
        below = self._below or _below(distances(self._values, self._metric, margins))
        return 2 * sum(
            [
                count * sum(map(mul, margins, each))
                for count, each in zip(margins, below, strict=True)
                if count
            ]
        )


def _below(apart: Sequence[Sequence[float]]) -> list[Sequence[float]]:
    """Return the distances of every value from those before it: each pair once."""
    return [row[:value] for value, row in enumerate(apart)]
