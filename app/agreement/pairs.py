"""The u-alpha family for every pair of coders, and for every article: what stands behind the one number for all.

What `unitizing.UnitSums` would say of two coders alone, without cutting a text anew for every pair.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate, combinations, pairwise
from operator import mul
from typing import NamedTuple

from app.agreement.coincidences import Pair
from app.agreement.continua import Continuum, Runs, codes_of, runs_of
from app.agreement.distances import Metric
from app.agreement.figures import NOBODY_TWICE, OVERLAPPING
from app.agreement.unitizing import Coefficients, Lengths, UnitSums, family


class PairFamily(NamedTuple):
    """The u-alpha family of two coders over the articles that both have done."""

    one: str
    other: str
    articles: int
    figures: Coefficients


class _Line(NamedTuple):
    """One coder in one article: the set of codes and the characters marked up to each run, units, and their squares."""

    sets: Sequence[int]
    marked: Sequence[int]
    units: Sequence[tuple[int, int, int]]
    own: Sequence[tuple[int, int]]
    exclusive: bool


class _Sums:
    """What adds up over articles for one pair of coders, in code points and their squares."""

    def __init__(self, many: int) -> None:
        self.articles = 0
        self.exclusive = True
        self._both: dict[Pair, int] = defaultdict(int)
        self._own = [0] * (many + 1)
        self._shared = [0] * many

    def add(self, lengths: Sequence[int], one: _Line, other: _Line) -> None:
        self.articles += 1
        self.exclusive = self.exclusive and one.exclusive and other.exclusive
        both = self._both
        for pair, length in zip(zip(one.sets, other.sets, strict=True), lengths, strict=True):
            both[pair] += length
        for mine, theirs in ((one, other), (other, one)):
            for code, square in mine.own:
                self._own[code] += square
            for first, after, code in mine.units:
                self._shared[code] += (theirs.marked[after] - theirs.marked[first]) ** 2

    def figures(self, codes: Sequence[str], metric: Metric) -> Coefficients:
        if not self.articles:
            return Coefficients.undefined(codes, NOBODY_TWICE)
        if not self.exclusive:
            return Coefficients.undefined(codes, OVERLAPPING)
        gap = len(codes)
        margins = [0.0] * (gap + 1)
        shared: dict[Pair, float] = defaultdict(float)
        for sets, length in self._both.items():
            # A single code is one bit, the gap none.
            one, other = sorted(each.bit_length() - 1 if each else gap for each in sets)
            margins[one] += length
            margins[other] += length
            if other < gap:
                shared[one, other] += 2 * length if one == other else length
        both_gap = 2.0 * self._both[0, 0]
        return family(Lengths(margins, self._own, both_gap, shared, self._shared), codes, metric)


def by_pair(
    articles: Sequence[Continuum], codes: Sequence[str] = (), metric: Metric = Metric.NOMINAL
) -> list[PairFamily]:
    """Return the u-alpha family of every pair of coders, in the order of their names.

    Every article is cut once for all pairs. `codes` and `metric` as in `unitizing.UnitSums`. Where a coder of a pair
    has different codes on one character the family of this pair is undefined; that of others is not.
    """
    names = list(codes) or codes_of(articles)
    numbers = {code: number for number, code in enumerate(names)}
    coders = sorted({coder for each in articles for coder in each.coders})
    sums = {pair: _Sums(len(names)) for pair in combinations(coders, 2)}
    for article in articles:
        if len(article.coders) > 1:
            runs = runs_of(article, numbers)
            lines = dict(zip(article.coders, _lines(runs, len(names)), strict=True))
            for one, other in combinations(sorted(lines), 2):
                sums[one, other].add(runs.lengths, lines[one], lines[other])
    return [PairFamily(*pair, each.articles, each.figures(names, metric)) for pair, each in sums.items()]


def _lines(runs: Runs, gap: int) -> list[_Line]:
    """Return every coder of an article; `gap` is the number that stands for what is not marked."""
    places = [0, *accumulate(runs.lengths)]
    lines: list[_Line] = []
    for sets, units in zip(runs.rows, runs.units, strict=True):
        marked = [0, *accumulate(map(mul, runs.lengths, map(bool, sets)))]
        own = [(code, (places[after] - places[first]) ** 2) for first, after, code in units]
        own.append((gap, places[-1] - marked[-1]))
        exclusive = all(before[1] <= after[0] for before, after in pairwise(units))
        lines.append(_Line(sets, marked, units, own, exclusive))
    return lines


def by_article(
    articles: Sequence[Continuum], codes: Sequence[str] = (), metric: Metric = Metric.NOMINAL
) -> list[Coefficients]:
    """Return the u-alpha family of every article by itself, in their order.

    For looking at, not for averaging: the figure for all articles is that of their added sums. Undefined for articles
    that fewer than two coders have done, and where in this article different codes overlap within a coder.
    """
    names = list(codes) or codes_of(articles)
    found: list[Coefficients] = []
    for article in articles:
        sums = UnitSums([article], names)
        found.append(sums.coefficients(sums.total(), metric))
    return found
