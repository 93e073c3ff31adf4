"""The u-alpha family: agreement on what is marked, and with which code, in characters of the text.

Source: Krippendorff, Mathet, Bouvry & Widlöcher (2016), On the reliability of unitizing textual continua: Further
developments, Quality & Quantity 50:2347-2364; Krippendorff (2019), Content Analysis, 4th ed., 12.6. It is not the older
alpha_U of 1995 and 2004, which some programs still show and which its author has replaced.

Lengths are in code points. For coders i and j, values c and k, with gaps as the value φ:
l_ck = Σ over pairs of different coders of the characters with c by one and k by the other / (m - 1); l_c its margins;
A_c = Σ of squared lengths of units of c, and of plain lengths of gaps for φ.
Sums are added over articles, and each coefficient is worked out once: that is what one long text would give, because
gaps count by their plain length. The number of coders may differ between articles.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from math import lcm
from operator import mul
from typing import NamedTuple

from app.agreement.coincidences import Alpha, Pair
from app.agreement.continua import Continuum, Runs, codes_of, runs_of
from app.agreement.distances import Metric, distances, jaccard, masi
from app.agreement.figures import (
    ALL_MARKED,
    NO_VARIATION,
    NOBODY_MARKED,
    NOBODY_TWICE,
    OVERLAPPING,
    Figure,
    chance_corrected,
)

NOT_SHARED = "no character was marked with it by one coder and with anything by another"
ONE_CODE = "only one code was used where coders overlap, so nothing can be confused"
NOTHING_SHARED = "no character was marked by two coders"


_OF_SETS = {Metric.MASI: masi, Metric.JACCARD: jaccard}


class Lengths(NamedTuple):
    """Sums over articles, by the number of a code; φ is the last. In characters, or their squares for A and B."""

    margins: Sequence[float]
    own: Sequence[float]
    both_gap: float
    shared: Mapping[Pair, float]
    own_shared: Sequence[float]


class UnitSums:
    """Sums of the u-alpha family: one row of integers for each article that two coders or more have done.

    Overlapping units of one code by one coder are made one and counted in `merged`. Where different codes overlap
    within a coder the coefficients over all codes are undefined, `exclusive` is false, and each code can be taken by
    itself with `continua.only`. Fractions are kept whole by a factor.
    """

    def __init__(self, articles: Sequence[Continuum], codes: Sequence[str] = ()) -> None:
        done = [each for each in articles if len(each.coders) > 1]
        self.codes = list(codes) or codes_of(articles)
        numbers = {code: number for number, code in enumerate(self.codes)}
        self.factor = lcm(*{len(each.coders) - 1 for each in done}) if done else 1
        cut = [runs_of(each, numbers) for each in done]
        self.merged = sum(runs.merged for runs in cut)
        self.exclusive = all(runs.exclusive for runs in cut)
        self._coincidences: dict[tuple[int, ...], list[tuple[Pair, int]]] = {}
        found = [self._pairs(runs.states(), self.factor) for runs in cut]
        self._masks = sorted({mask for pairs in found for pair in pairs for mask in pair})
        self._sets = [
            frozenset(code for code in range(len(self.codes)) if mask >> code & 1) for mask in self._masks
        ]
        self._alphas: dict[Metric, Alpha] = {}
        # Where codes overlap there is no use for pairs of them, of which there can be thousands.
        self._known = sorted({pair for pairs in found for pair in pairs}) if self.exclusive else []
        apart = self._apart({pair for pairs in found for pair in pairs})
        self.rows = [
            [pairs[pair] for pair in self._known] + self._own(runs) + self._of_sets(pairs, apart)
            for pairs, runs in zip(found, cut, strict=True)
        ]

    def total(self) -> list[int]:
        """Return the sums over all articles; empty if nobody has done an article that another did."""
        return [sum(column) for column in zip(*self.rows, strict=True)]

    def _pairs(self, states: Counter[tuple[int, ...]], factor: int) -> Counter[Pair]:
        """Return l_ck for sets of codes, times the factor, once for each unordered pair."""
        found: Counter[Pair] = Counter()
        known = self._coincidences
        for state, length in states.items():
            pairs = known.get(state)
            if pairs is None:
                pairs = known[state] = _coincidences(state)
            for pair, count in pairs:
                found[pair] += length * count
        weight = factor // (len(next(iter(states), (0, 0))) - 1)
        return Counter({pair: count * weight for pair, count in found.items()})

    def _apart(self, pairs: Iterable[Pair]) -> dict[Pair, list[int]]:
        """Return how far two sets of codes are apart, by each metric of sets, kept whole by `scale`."""
        sets = dict(zip(self._masks, self._sets, strict=True))
        sizes = {len(sets[one] | sets[other]) for one, other in pairs} - {0}
        self._scale = 3 * lcm(*sizes)
        return {
            (one, other): [round(far(sets[one], sets[other]) * self._scale) for far in _OF_SETS.values()]
            for one, other in pairs
        }

    def _of_sets(self, pairs: Mapping[Pair, int], apart: Mapping[Pair, Sequence[int]]) -> list[int]:
        """Return how often each set of codes was used, and how far sets on one character are apart, all together."""
        margins = dict.fromkeys(self._masks, 0)
        far = [0] * len(_OF_SETS)
        for pair, count in pairs.items():
            one, other = pair
            margins[one] += count
            if one != other:
                margins[other] += count
                far = [before + 2 * count * more for before, more in zip(far, apart[pair], strict=True)]
        return [*margins.values(), *far]

    def _own(self, runs: Runs) -> list[int]:
        """Return A for each code and φ, and B for each code, the latter times the factor."""
        many = len(self.codes)
        own, shared = [0] * (many + 1), [0] * many
        places = [0, *accumulate(runs.lengths)]
        marked = [[0, *accumulate(map(mul, runs.lengths, map(bool, row)))] for row in runs.rows]
        for coder, units in enumerate(runs.units):
            own[many] += places[-1] - marked[coder][-1]
            others = marked[:coder] + marked[coder + 1 :]
            for first, after, code in units:
                own[code] += (places[after] - places[first]) ** 2
                for other in others:
                    shared[code] += (other[after] - other[first]) ** 2
        weight = self.factor // (len(runs.rows) - 1)
        return [*own, *(each * weight for each in shared)]

    def lengths(self, total: Sequence[int]) -> Lengths:
        """Return added sums as lengths. Meaningful only where codes exclude each other."""
        many, width = len(self.codes), len(self._known)
        margins = [0.0] * (many + 1)
        shared: dict[Pair, float] = {}
        both_gap = 0.0
        for (one, other), count in zip(self._known, total[:width], strict=True):
            length = count / self.factor
            # A single code is one bit, the gap none.
            first = one.bit_length() - 1 if one else many
            second = other.bit_length() - 1 if other else many
            margins[first] += length
            if one != other:
                margins[second] += length
            if first == second == many:
                both_gap = length
            elif many not in (first, second):
                shared[min(first, second), max(first, second)] = length
        own, after = total[width : width + many + 1], width + many + 1
        own_shared = [each / self.factor for each in total[after : after + many]]
        return Lengths(margins, own, both_gap, shared, own_shared)

    def coefficients(self, total: Sequence[int], metric: Metric = Metric.NOMINAL) -> "Coefficients":
        """Return the family for added sums; `metric` is that of cu-alpha, for codes that are numbers."""
        if not total:
            return Coefficients.undefined(self.codes, NOBODY_TWICE)
        if not self.exclusive:
            return Coefficients.undefined(self.codes, OVERLAPPING)
        return family(self.lengths(total), self.codes, metric)

    def characters(self, total: Sequence[int], metric: Metric = Metric.MASI) -> Figure:
        """Return alpha over characters whose values are sets of codes, so that codes may overlap.

        Every character of a text that m coders have done is a unit with m sets, the empty one for a gap; its pairs
        weigh 1 / (m - 1). The distance is MASI or Jaccard, not squared. See `coincidences.Alpha`; after Passonneau
        (2006), whose Table 1 shows how much the distance matters.
        """
        if not total:
            return Figure(None, NOBODY_TWICE)
        if metric not in self._alphas:
            self._alphas[metric] = Alpha(self._sets, metric)
        place = len(total) - len(_OF_SETS) + list(_OF_SETS).index(metric)
        start = len(total) - len(_OF_SETS) - len(self._masks)
        margins = [count / self.factor for count in total[start : start + len(self._masks)]]
        return self._alphas[metric].against(total[place] / self.factor / self._scale, margins)


class Coefficients(NamedTuple):
    """The u-alpha family. `by_code` has (k)u-alpha for each code.

    u: agreement on places and codes together. bar_u: on what is marked at all, whatever the code. cu: on codes where
    two coders marked the same characters. (k)u: how well one code is told from the others there.
    """

    u: Figure
    bar_u: Figure
    cu: Figure
    by_code: Mapping[str, Figure]

    @staticmethod
    def undefined(codes: Sequence[str], reason: str) -> "Coefficients":
        """Return the family where there is none of it."""
        none = Figure(None, reason)
        return Coefficients(none, none, none, dict.fromkeys(codes, none))


def family(lengths: Lengths, codes: Sequence[str], metric: Metric = Metric.NOMINAL) -> Coefficients:
    """Return the whole family for added lengths.

    u = 1 - (l - Σ l_cc) / (l - Σ e_cc) with e_ck = l (l_c l_k - [c = k] A_c) / (l² - A), sums over values and φ.
    |u = 1 - (l_φ - l_φφ) / Σ_{k != φ} e_φk.
    Undefined where nobody marked anything, or all marked everything with one code: nothing varies then.
    """
    margins, own, gap = lengths.margins, lengths.own, len(codes)
    whole = sum(margins)
    room = whole * whole - sum(own)
    if sum(margins[:gap]) == 0:
        return Coefficients.undefined(codes, NOBODY_MARKED)
    alike = lengths.both_gap + sum(count for (one, other), count in lengths.shared.items() if one == other)
    if room <= 0:
        u, bar_u = Figure(None, NO_VARIATION), Figure(None, ALL_MARKED)
    else:
        expected = whole - whole / room * sum(each * each - a for each, a in zip(margins, own, strict=True))
        u = chance_corrected(whole - alike, expected, NO_VARIATION, scale=whole)
        bar = whole / room * margins[gap] * sum(margins[:gap])
        bar_u = chance_corrected(margins[gap] - lengths.both_gap, bar, ALL_MARKED, scale=whole)
    return Coefficients(u, bar_u, *_among_codes(lengths, codes, metric, whole))


def _among_codes(
    lengths: Lengths, codes: Sequence[str], metric: Metric, whole: float
) -> tuple[Figure, dict[str, Figure]]:
    """Return cu-alpha and (k)u-alpha for each code, from what is marked by two coders at least.

    e*_ck = l* (l*_c l*_k - [c = k] B_c) / (l*² - B), with l* the lengths where both of a pair marked something.
    cu = 1 - Σ δ² l*_ck / Σ δ² e*_ck, coverage l* / l.
    (k)u = 1 - e*_k / l*_k · (l*_k - l*_kk) / (e*_k - e*_kk), coverage l*_k / l_k.
    B_c = Σ over ordered pairs of coders and units of c of (characters of the unit marked by the other)² / (m - 1). This
    term is inferred: the paper and its erratum were not at hand, and the published example is met to its three digits.
    """
    many = range(len(codes))
    margins = [0.0 for _code in many]
    for (one, other), count in lengths.shared.items():
        margins[one] += count
        if one != other:
            margins[other] += count
    total, own = sum(margins), lengths.own_shared
    room = total * total - sum(own)
    coverage = total / whole if whole else None
    reason = NOTHING_SHARED if not total else ONE_CODE
    expected = [
        [
            total * (margins[c] * margins[k] - (own[c] if c == k else 0)) / room if room > 0 else 0.0
            for k in many
        ]
        for c in many
    ]
    values: Sequence[object] = codes if metric is Metric.NOMINAL else [float(code) for code in codes]
    apart = distances(values, metric, margins)
    seen = 2 * sum(apart[one][other] * count for (one, other), count in lengths.shared.items())
    chance = sum(apart[c][k] * expected[c][k] for c in many for k in many)
    cu = chance_corrected(seen, chance, reason, coverage)
    return cu, {code: _one_code(k, lengths, margins, expected, reason) for k, code in enumerate(codes)}


def _one_code(
    k: int, lengths: Lengths, margins: Sequence[float], expected: Sequence[Sequence[float]], reason: str
) -> Figure:
    coverage = margins[k] / lengths.margins[k] if lengths.margins[k] else None
    if not margins[k]:
        return Figure(None, NOT_SHARED, coverage)
    column = sum(row[k] for row in expected)
    differing = margins[k] - lengths.shared.get((k, k), 0.0)
    return chance_corrected(
        column * differing / margins[k], column - expected[k][k], reason, coverage, scale=column
    )


def _coincidences(state: tuple[int, ...]) -> list[tuple[Pair, int]]:
    """Return how often two different coders of a run have each two sets, once for each unordered pair."""
    counts = sorted(Counter(state).items())
    found = [((mask, mask), count * (count - 1)) for mask, count in counts if count > 1]
    for number, (one, count) in enumerate(counts):
        found += [((one, other), count * more) for other, more in counts[number + 1 :]]
    return found
