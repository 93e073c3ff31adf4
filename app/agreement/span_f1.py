"""F1 of spans between two coders, and its mean over pairs: 2 · pairs found / all spans of both.

Neither coder is the right one: F1 is the same both ways round. It is not corrected for chance. Source: Hripcsak &
Rothschild (2005), Journal of the American Medical Informatics Association 12:296-298; the variants after SemEval-2013
task 9. Unlike in the scripts of that task, pairs are matched in the best way there is, so that order plays no part.
"""

from collections import Counter
from collections.abc import Sequence
from enum import IntEnum
from itertools import combinations
from typing import Any

from app.agreement.continua import Continuum, Unit
from app.agreement.figures import NOBODY_MARKED, NOBODY_TWICE, Figure
from app.agreement.matching import Edge, apart, best, edges, most


class Variant(IntEnum):
    """What counts as found, by the place of its sum.

    EXACT: same start, end and code. BOUNDARY: same start and end. Both within a tolerance, if there is one. OVERLAP: a
    shared character and the same code. IOU: shared length by joint length at or over a threshold, and the same code.
    PARTIAL: 1 for the same start and end, a half for any shared character, whatever the code, as SemEval has it.
    """

    EXACT = 1
    BOUNDARY = 2
    OVERLAP = 3
    IOU = 4
    PARTIAL = 5


_WIDTH = 6  # Spans of both, then what each variant found; halves of PARTIAL are counted whole, so twice.


class SpanSums:
    """Sums of spans found: one row of integers for each article, with a stretch for each pair of coders in order.

    `partial` says whether PARTIAL is wanted: where spans of a coder overlap it takes longer than all the others.
    With a `tolerance`, in code points, EXACT and BOUNDARY take two spans that share a character for the same if neither
    boundary is further apart than that; one to one, as many as can be.
    """

    def __init__(
        self,
        articles: Sequence[Continuum],
        threshold: float = 0.5,
        partial: bool = True,
        tolerance: int = 0,
    ) -> None:
        self.coders = sorted({coder for each in articles for coder in each.coders})
        self.pairs = list(combinations(self.coders, 2))
        self._threshold = threshold
        self._partly = partial
        self._tolerance = tolerance
        self.rows = [self._sum_up(each) for each in articles if len(each.coders) > 1]

    def total(self) -> list[int]:
        """Return the sums over all articles; empty if no article was done by two coders."""
        return [sum(column) for column in zip(*self.rows, strict=True)]

    def _sum_up(self, article: Continuum) -> list[int]:
        units = {coder: sorted(units) for coder, units in article.coders.items()}
        tidy = {coder: apart(each) for coder, each in units.items()}
        row: list[int] = []
        for one, other in self.pairs:
            if one in units and other in units:
                row += self._compare(units[one], units[other], tidy[one] and tidy[other])
            else:
                row += [0] * _WIDTH
        return row

    def _compare(self, ones: Sequence[Unit], others: Sequence[Unit], tidy: bool) -> list[int]:
        found = edges(ones, others)
        coded = [edge for edge in found if edge.same]
        # A hair's breadth less, so that a half that is not exact as a fraction is still a half.
        close = [edge for edge in coded if edge.iou >= self._threshold - 1e-12]
        counted = _most if tidy else most
        if self._tolerance:
            alike = [edge for edge in found if self._alike(ones[edge.one], others[edge.other])]
            exact, boundary = counted([edge for edge in alike if edge.same]), counted(alike)
        else:
            exact = _in_common(ones, others)
            boundary = _in_common([unit[:2] for unit in ones], [unit[:2] for unit in others])
        partial = _partial(found, tidy) if self._partly else 0
        return [len(ones) + len(others), exact, boundary, counted(coded), counted(close), partial]

    def _alike(self, one: Unit, other: Unit) -> bool:
        return abs(one[0] - other[0]) <= self._tolerance and abs(one[1] - other[1]) <= self._tolerance

    def f1(self, total: Sequence[int], variant: Variant, pair: int) -> Figure:
        """Return F1 of a pair of coders by its place in `pairs`; undefined if neither marked anything."""
        start = pair * _WIDTH
        if not total[start]:
            return Figure(None, NOBODY_MARKED)
        share = 1 if variant is Variant.PARTIAL else 2
        return Figure(share * total[start + variant] / total[start])

    def mean_f1(self, total: Sequence[int], variant: Variant) -> Figure:
        """Return the mean of F1 over the pairs of coders for whom it is defined, each over all their articles."""
        if not total:
            return Figure(None, NOBODY_TWICE)
        figures = [self.f1(total, variant, pair).value for pair in range(len(self.pairs))]
        known = [value for value in figures if value is not None]
        return Figure(sum(known) / len(known)) if known else Figure(None, NOBODY_MARKED)


def _in_common(ones: Sequence[Any], others: Sequence[Any]) -> int:
    """Return how many of two lists are the same, each counted as often as both have it."""
    first, second = set(ones), set(others)
    if len(first) == len(ones) and len(second) == len(others):
        return len(first & second)
    return (Counter(ones) & Counter(others)).total()


def _most(found: Sequence[Edge]) -> int:
    """Return how many pairs can hold together, where the units of neither coder overlap.

    Then pairs never cross, and taking each as early as possible is best: it stands in the way of one other at most.
    """
    count, one, other = 0, -1, -1
    for edge in found:
        if edge.one > one and edge.other > other:
            count, one, other = count + 1, edge.one, edge.other
    return count


def _partial(found: Sequence[Edge], tidy: bool) -> int:
    """Return 2 for every exact and 1 for every other pair of the best matching, codes aside."""
    if not tidy:
        return sum(2 if edge.iou == 1 else 1 for edge in best(found))
    # The best of the edges so far, as (pairs, Σ IoU, credit): with or without the newest one.
    bests: list[tuple[int, float, int]] = [(0, 0.0, 0)]
    for at, edge in enumerate(found):
        before = at
        while before and (found[before - 1].one == edge.one or found[before - 1].other == edge.other):
            before -= 1
        pairs, alike, credit = bests[before]
        taken = (pairs + 1, alike + edge.iou, credit + (2 if edge.iou == 1 else 1))
        bests.append(taken if taken[:2] > bests[at][:2] else bests[at])
    return bests[-1][2]
