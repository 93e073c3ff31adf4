"""Coefficients for units that are given: article variables, or any table of units x coders.

Every coefficient is worked out from sums that add up over articles, so that intervals cost little.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from itertools import combinations
from math import lcm
from typing import Any, NamedTuple

from app.agreement.coincidences import Alpha, Pair
from app.agreement.distances import Metric
from app.agreement.figures import NO_VARIATION, NOBODY_TWICE, Figure, ratio

Row = Sequence[Hashable | None]
"""One unit: a value for each coder; None where a coder gave none."""

ONE_CATEGORY = "there is only one category"


class PairTable(NamedTuple):
    """Two coders on the units that both coded: how many, how many alike, and how often each took each value."""

    units: int
    alike: int
    first: Sequence[int]
    second: Sequence[int]


class RatingSums:
    """Sums of a table of ratings: one row of integers for each article.

    `articles` has for each article its units, each with a value for every coder. What is put into one article is drawn
    together; for article variables, and tables from elsewhere, that is one unit. Fractions are kept whole by a factor.
    """

    def __init__(self, articles: Sequence[Sequence[Row]], metric: Metric = Metric.NOMINAL) -> None:
        # Equal units are counted once each, with how often they occur: there are few different ones.
        counted = [Counter(map(tuple, units)) for units in articles or [[]]]
        rows = list({row for units in counted for row in units})
        used = {value for row in rows for value in row if value is not None}
        self.values: list[Any] = sorted(used, key=_sortable)
        self.coders = max((len(row) for row in rows), default=0)
        self._numbers = {value: number for number, value in enumerate(self.values)}
        counts = {len(_given(row)) for row in rows} - {0}
        self.factor = lcm(*(count * max(1, count - 1) for count in counts)) if counts else 1
        self._coder_pairs = list(combinations(range(self.coders), 2))
        self._pairs = self._occurring(rows)
        self._alpha = Alpha(self.values, metric)
        # Without an article there still are sums, all of them 0: two coders of three may have none in common.
        self.rows = [self._sum_up(units) for units in counted]

    def total(self) -> list[int]:
        """Return the sums over all articles."""
        return [sum(column) for column in zip(*self.rows, strict=True)]

    def _occurring(self, rows: Sequence[Row]) -> list[Pair]:
        found = {
            pair
            for row in rows
            for pair in combinations(sorted(self._numbers[value] for value in _given(row)), 2)
        }
        return sorted(found)

    def _sum_up(self, units: Mapping[tuple[Hashable | None, ...], int]) -> list[int]:
        """Lay out: units, pairable units, agreement, pairable values; shares; coincidences; tables of two coders."""
        head = [0] * 4
        shares = [0] * len(self.values)
        pairs: Counter[Pair] = Counter()
        for row, times in units.items():
            numbers = sorted(self._numbers[value] for value in _given(row))
            count = len(numbers)
            if not count:
                continue
            head[0] += times
            for number in numbers:
                shares[number] += times * self.factor // count
            if count < 2:
                continue
            head[1] += times
            head[3] += times * count
            each = times * self.factor // (count - 1)
            for one, other in combinations(numbers, 2):
                pairs[one, other] += 2 * each if one == other else each
                head[2] += 2 * (each // count) if one == other else 0
        tables = [number for pair in self._coder_pairs for number in self._table(units, *pair)]
        return [*head, *shares, *(pairs[pair] for pair in self._pairs), *tables]

    def _table(self, units: Mapping[tuple[Hashable | None, ...], int], first: int, second: int) -> list[int]:
        ones, others = [0] * len(self.values), [0] * len(self.values)
        both = alike = 0
        for row, times in units.items():
            if row[first] is None or row[second] is None:
                continue
            one, other = self._numbers[row[first]], self._numbers[row[second]]
            both += times
            alike += times if one == other else 0
            ones[one] += times
            others[other] += times
        return [both, alike, *ones, *others]

    def units(self, total: Sequence[int]) -> int:
        """Return how many units were coded by two coders or more."""
        return total[1]

    def alpha(self, total: Sequence[int]) -> Figure:
        """Return Krippendorff's alpha with the metric of these sums; see `coincidences.Alpha`.

        o_ck counts pairs of values within a unit, each weighing 1 / (values in the unit - 1). Units with fewer than two
        values are dropped before margins are taken. Values must be numbers for ordinal, interval and ratio.
        """
        start = 4 + len(self.values)
        counts = total[start : start + len(self._pairs)]
        return self._alpha.of(
            {pair: count / self.factor for pair, count in zip(self._pairs, counts, strict=True)}
        )

    def percent_agreement(self, total: Sequence[int]) -> Figure:
        """Return the mean over units of the share of pairs of coders who agree, 0 to 1.

        Σ_c n_uc (n_uc - 1) / (m_u (m_u - 1)), averaged over units with two values or more. Source: Fleiss (1971),
        Psychological Bulletin 76:378; with missing values Gwet (2014), Handbook of Inter-Rater Reliability, 2.
        """
        return ratio(total[2] / self.factor, total[1], NOBODY_TWICE)

    def fleiss_kappa(self, total: Sequence[int]) -> Figure:
        """Return Fleiss' kappa, in Gwet's form for missing values: (p_a - p_e) / (1 - p_e) with p_e = Σ π_k².

        π_k is the mean over units of the share of coders who took k; units with one value count there, as in Gwet's
        own irrCAC. Sources: Fleiss (1971); Gwet (2014), chapter 2.
        """
        agreed = self.percent_agreement(total).value
        if agreed is None:
            return Figure(None, NOBODY_TWICE)
        return _corrected(agreed, sum(share * share for share in self._shares(total)))

    def ac1(self, total: Sequence[int], categories: int = 0) -> Figure:
        """Return Gwet's AC1: (p_a - p_e) / (1 - p_e) with p_e = Σ π_k (1 - π_k) / (q - 1).

        q is the number of categories in the codebook, `categories`; those in the data where that is 0 or less than
        those in the data. Undefined for one category. Source: Gwet (2008), British Journal of Mathematical and
        Statistical Psychology 61:29-48.
        """
        agreed = self.percent_agreement(total).value
        if agreed is None:
            return Figure(None, NOBODY_TWICE)
        many = max(categories, len(self.values))
        if many < 2:
            return Figure(None, ONE_CATEGORY)
        return _corrected(agreed, sum(share * (1 - share) for share in self._shares(total)) / (many - 1))

    def _shares(self, total: Sequence[int]) -> list[float]:
        return [share / self.factor / total[0] for share in total[4 : 4 + len(self.values)]]

    def table(self, total: Sequence[int], first: int, second: int) -> PairTable:
        """Return what two coders, by their columns, did on the units that both coded."""
        width = 2 + 2 * len(self.values)
        at = self._coder_pairs.index((min(first, second), max(first, second)))
        start = 4 + len(self.values) + len(self._pairs) + at * width
        units, alike, *margins = total[start : start + width]
        half = len(self.values)
        return PairTable(units, alike, margins[:half], margins[half:])

    def cohen_kappa(self, total: Sequence[int], first: int, second: int) -> Figure:
        """Return Cohen's kappa of two coders: (p_o - p_e) / (1 - p_e) with p_e = Σ_k p_1k p_2k on units of both.

        Source: Cohen (1960), Educational and Psychological Measurement 20:37-46.
        """
        table = self.table(total, first, second)
        if not table.units:
            return Figure(None, NOBODY_TWICE)
        pairs = zip(table.first, table.second, strict=True)
        expected = sum(one * other for one, other in pairs) / table.units**2
        return _corrected(table.alike / table.units, expected)

    def mean_cohen_kappa(self, total: Sequence[int]) -> Figure:
        """Return the mean of Cohen's kappa over the pairs of coders for whom it is defined (Light 1971)."""
        each = [self.cohen_kappa(total, *pair) for pair in self._coder_pairs]
        known = [figure.value for figure in each if figure.value is not None]
        if known:
            return Figure(sum(known) / len(known))
        return Figure(None, next((figure.reason for figure in each), NOBODY_TWICE))


def _given(row: Row) -> list[Hashable]:
    return [value for value in row if value is not None]


def _corrected(agreed: float, expected: float) -> Figure:
    if 1 - expected <= 1e-12:
        return Figure(None, NO_VARIATION)
    return Figure((agreed - expected) / (1 - expected))


def _sortable(value: Any) -> tuple[int, Any]:
    """Order numbers by size, texts by themselves, sets by their members."""
    if isinstance(value, (int, float)):
        return 0, value
    return (1, value) if isinstance(value, str) else (2, sorted(map(str, value)))
