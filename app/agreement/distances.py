"""How far two values are apart, as Krippendorff's alpha takes it: 0 for equal ones, and squared where he squares it."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any


class Metric(StrEnum):
    """The level of measurement of a variable; the last two are for values that are sets."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"
    MASI = "masi"
    JACCARD = "jaccard"


def jaccard(one: frozenset[Any], other: frozenset[Any]) -> float:
    """Return 1 - shared / all; two empty sets are equal, an empty one has nothing of any other (Jaccard 1912)."""
    union = len(one | other)
    return 1 - len(one & other) / union if union else 0.0


def masi(one: frozenset[Any], other: frozenset[Any]) -> float:
    """Return 1 - J * M with Jaccard's J and M = 1 for equal sets, 2/3 subset, 1/3 overlap, 0 disjoint.

    Source: Passonneau (2006), Measuring Agreement on Set-valued Items, LREC. The thirds are exact, unlike in NLTK.
    """
    if one == other:
        return 0.0
    shared = len(one & other)
    weight = 2 / 3 if one <= other or other <= one else 1 / 3
    return 1 - shared / len(one | other) * weight


def distances(values: Sequence[Any], metric: Metric, margins: Sequence[float]) -> list[list[float]]:
    """Return the matrix of distances, values x values.

    nominal: [c != k]; interval: (c - k)²; ratio: ((c - k) / (c + k))²; ordinal, with `values` in their order and
    `margins` how often each was used: (n_c / 2 + all between + n_k / 2)². MASI and Jaccard are taken as they are, not
    squared. Sources: Krippendorff (2019), Content Analysis, 4th ed., chapter 12; for sets Passonneau (2006).
    """
    if metric is Metric.ORDINAL:
        return _ordinal(margins)
    return [[_distance(one, other, metric) for other in values] for one in values]


def _distance(one: Any, other: Any, metric: Metric) -> float:
    match metric:
        case Metric.INTERVAL:
            return float((one - other) ** 2)
        case Metric.RATIO:
            return float(((one - other) / (one + other)) ** 2) if one != other else 0.0
        case Metric.MASI:
            return masi(one, other)
        case Metric.JACCARD:
            return jaccard(one, other)
        case _:
            return float(one != other)


def _ordinal(margins: Sequence[float]) -> list[list[float]]:
    # Halfway through its own category, each value stands at one place on a line of all values that were used.
    places: list[float] = []
    before = 0.0
    for count in margins:
        places.append(before + count / 2)
        before += count
    return [[(one - other) ** 2 for other in places] for one in places]
