"""One article, several coders: the places where they annotated, and whether they did the same there.

A site is compared within one layer, because layers overlap freely and say nothing about each other.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from app.domain.comparing import CodedSpan, DifferenceKind, Given, LinkedTo, Place
from app.domain.ids import AnnotationId, AttributeId, CodeId, CoderId

_APART = (DifferenceKind.MISSED, DifferenceKind.CODE, DifferenceKind.EDGES)


class Site(NamedTuple):
    """One place of an article where coders annotated with codes of one layer; code points, half-open.

    `spans` has every coder who is compared, in order, with nothing for whoever marked nothing here. `kind` is how
    they differ, None where they do not. `besides` tells that all agree on something else that this overlaps.
    """

    start: int
    end: int
    layer: CodeId
    spans: Mapping[CoderId, tuple[CodedSpan, ...]]
    kind: DifferenceKind | None
    besides: bool = False

    @property
    def agreed(self) -> bool:
        """Whether everybody marked the same words with the same codes, whatever was answered on them."""
        return self.kind not in _APART

    @property
    def codes(self) -> frozenset[CodeId]:
        """The codes that somebody applied here."""
        return frozenset(span.code for spans in self.spans.values() for span in spans)


class _Taken(NamedTuple):
    coder_id: CoderId
    span: CodedSpan


def sites(
    codings: Mapping[CoderId, Sequence[CodedSpan]], layers: Mapping[CodeId, CodeId], tolerance: int = 0
) -> list[Site]:
    """Return the sites of an article in text order; none for fewer than two coders.

    What everybody marked alike, each edge within `tolerance` code points of everybody else's, is a site of its own.
    All else that overlaps, directly or through others, is one site together.
    """
    if len(codings) < 2:
        return []
    by_layer: defaultdict[CodeId, list[_Taken]] = defaultdict(list)
    for coder_id, spans in codings.items():
        for span in spans:
            by_layer[layers[span.code]].append(_Taken(coder_id, span))
    where = {span.id: span.fragments for spans in codings.values() for span in spans}
    found: list[Site] = []
    for layer, taken in by_layer.items():
        for group in _clusters(taken):
            alike = _alike(group, sorted(codings), tolerance)
            found += [_site(each, layer, codings, where) for each in alike]
            used = {each.span.id for together in alike for each in together}
            rest = [each for each in group if each.span.id not in used]
            found += [_site(each, layer, codings, where, besides=bool(alike)) for each in _clusters(rest)]
    return sorted(found, key=lambda site: (site.start, site.end, site.layer))


def _site(
    taken: Iterable[_Taken],
    layer: CodeId,
    codings: Iterable[CoderId],
    where: Mapping[AnnotationId, Sequence[Place]],
    *,
    besides: bool | None = None,
) -> Site:
    """Return what was taken together as a site; without `besides` all marked the same, and answers are compared."""
    spans: dict[CoderId, tuple[CodedSpan, ...]] = dict.fromkeys(codings, ())
    for coder_id, span in sorted(taken, key=lambda each: (each.span.fragments, each.span.id)):
        spans[coder_id] += (span,)
    every = [span for mine in spans.values() for span in mine]
    kind = _answers_differ(every, where) if besides is None else _how_apart(list(spans.values()))
    start = min(span.fragments[0][0] for span in every)
    end = max(span.fragments[-1][1] for span in every)
    return Site(start, end, layer, spans, kind, besides=bool(besides))


def _how_apart(spans: Sequence[tuple[CodedSpan, ...]]) -> DifferenceKind:
    if not all(spans):
        return DifferenceKind.MISSED
    if len({frozenset(span.code for span in mine) for mine in spans}) > 1:
        return DifferenceKind.CODE
    return DifferenceKind.EDGES


def _answers_differ(
    spans: Sequence[CodedSpan], where: Mapping[AnnotationId, Sequence[Place]]
) -> DifferenceKind | None:
    for question in {question for span in spans for question in (*span.answers, *span.links)}:
        first, *others = (answer_of(span, question) for span in spans)
        if not all(same_answer(first, other, where) for other in others):
            linked = any(question in span.links for span in spans)
            return DifferenceKind.TARGET if linked else DifferenceKind.ANSWER
    return None


def answer_of(span: CodedSpan, question: AttributeId) -> Given | LinkedTo | None:
    """Return what was answered to a question on an annotation; None for nothing."""
    return span.links.get(question, span.answers.get(question))


def same_answer(
    one: Given | LinkedTo | None,
    other: Given | LinkedTo | None,
    where: Mapping[AnnotationId, Sequence[Place]],
) -> bool:
    """Tell whether two answers are the same. Links to annotations are if those overlap: each coder made their own.

    `where` has the fragments of annotations, in code points.
    """
    if not isinstance(one, LinkedTo) or not isinstance(other, LinkedTo):
        return one == other
    if one.names != other.names or bool(one.annotations) != bool(other.annotations):
        return False
    ways = ((one.annotations, other.annotations), (other.annotations, one.annotations))
    return all(
        any(_overlap(where.get(mine, ()), where.get(theirs, ())) for theirs in others)
        for ours, others in ways
        for mine in ours
    )


def _overlap(one: Sequence[Place], other: Sequence[Place]) -> bool:
    return any(start < stop and begin < end for start, end in one for begin, stop in other)


def _clusters(taken: Sequence[_Taken]) -> Iterator[list[_Taken]]:
    """Yield what hangs together by overlapping fragments; in text order, if fragments are."""
    leader = list(range(len(taken)))

    def lead(at: int) -> int:
        while leader[at] != at:
            leader[at] = leader[leader[at]]
            at = leader[at]
        return at

    reach, last = -1, 0
    for start, end, at in sorted(
        (start, end, at) for at, each in enumerate(taken) for start, end in each.span.fragments
    ):
        if start < reach:
            leader[lead(at)] = lead(last)
        if end > reach:
            reach, last = end, at
    groups: defaultdict[int, list[_Taken]] = defaultdict(list)
    for at, each in enumerate(taken):
        groups[lead(at)].append(each)
    yield from groups.values()


def _alike(group: Sequence[_Taken], coders: Sequence[CoderId], tolerance: int) -> list[list[_Taken]]:
    """Return what every coder marked alike: one annotation of each, all with one code and edges that fit."""
    shelves: defaultdict[tuple[CoderId, CodeId, int], list[CodedSpan]] = defaultdict(list)
    ordered = sorted(group, key=lambda each: (each.span.fragments, each.span.id))
    for each in ordered:
        shelves[each.coder_id, each.span.code, len(each.span.fragments)].append(each.span)
    used: set[AnnotationId] = set()
    found: list[list[_Taken]] = []
    for each in ordered:
        if each.coder_id != coders[0]:
            continue
        together = [each]
        for coder_id in coders[1:]:
            shelf = shelves[coder_id, each.span.code, len(each.span.fragments)]
            fitting = _fitting(shelf, [one.span for one in together], used, tolerance)
            if fitting is None:
                break
            together.append(_Taken(coder_id, fitting))
        else:
            used.update(one.span.id for one in together)
            found.append(together)
    return found


def _fitting(
    shelf: Sequence[CodedSpan], others: Sequence[CodedSpan], used: set[AnnotationId], tolerance: int
) -> CodedSpan | None:
    """Return the span that is nearest to the first of the others and near enough to all, None if none is."""
    first = others[0]
    begin = bisect_left(shelf, first.fragments[0][0] - tolerance, key=lambda span: span.fragments[0][0])
    best: tuple[int, AnnotationId, CodedSpan] | None = None
    for at in range(begin, len(shelf)):
        span = shelf[at]
        if span.fragments[0][0] > first.fragments[0][0] + tolerance:
            break
        if span.id in used or any(_distance(span, other)[0] > tolerance for other in others):
            continue
        candidate = (_distance(span, first)[1], span.id, span)
        if best is None or candidate[:2] < best[:2]:
            best = candidate
    return best[2] if best else None


def _distance(one: CodedSpan, other: CodedSpan) -> tuple[int, int]:
    """Return how far edges of two spans with as many fragments are apart: the most, and in all."""
    apart = [
        abs(mine - theirs)
        for ours, others in zip(one.fragments, other.fragments, strict=True)
        for mine, theirs in zip(ours, others, strict=True)
    ]
    return max(apart), sum(apart)
