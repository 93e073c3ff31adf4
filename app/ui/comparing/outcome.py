"""What the window shows of one article, worked out in a thread: nothing here knows a widget."""

from collections.abc import Mapping
from typing import NamedTuple

from app.domain.annotations import Passage
from app.domain.comparing import CodedSpan
from app.domain.ids import AnnotationId, ArticleId, CodeId, CoderId
from app.domain.progress import Progress
from app.domain.reviews import ReviewState
from app.domain.side_by_side import Site, sites
from app.project.side_by_side import Side, SideReader


class Wish(NamedTuple):
    """What is to be compared: everybody who has done the article but `hidden`, edges within `tolerance`.

    `order` is that of the coders; `layers` leads from each code to its layer.
    """

    article_id: ArticleId
    hidden: frozenset[CoderId]
    tolerance: int
    order: tuple[CoderId, ...]
    layers: Mapping[CodeId, CodeId]


class Outcome(NamedTuple):
    """The work of everybody, and the comparison of those who are `shown`. `apart` are annotations that differ."""

    sides: tuple[Side, ...]
    shown: tuple[CoderId, ...]
    passages: list[Passage]
    sites: list[Site]
    spans: Mapping[AnnotationId, CodedSpan]
    owners: Mapping[AnnotationId, CoderId]
    site_of: Mapping[AnnotationId, Site]
    apart: frozenset[AnnotationId]

    @property
    def codes(self) -> frozenset[CodeId]:
        """The codes that somebody who is shown applied."""
        return frozenset(each.code for each in self.spans.values())


NOTHING = Outcome((), (), [], [], {}, {}, {}, frozenset())


def compare(reader: SideReader, wish: Wish, known: tuple[Side, ...] | None, progress: Progress) -> Outcome:
    """Read everybody's work, unless it is `known`, and compare it."""
    sides = reader.read(wish.article_id, progress) if known is None else known
    # A code that came after the wish, while the file was read, has no layer in it; it is compared with the next wish.
    done = {
        side.coder.id: tuple(span for span in side.spans if span.code in wish.layers)
        for side in sides
        if side.state is ReviewState.DONE
    }
    shown = tuple(each for each in wish.order if each in done and each not in wish.hidden)
    codings = {coder_id: done[coder_id] for coder_id in shown}
    found = sites(codings, wish.layers, wish.tolerance)
    progress(1, 1)
    site_of = {span.id: site for site in found for spans in site.spans.values() for span in spans}
    return Outcome(
        sides=sides,
        shown=shown,
        passages=_passages(codings),
        sites=found,
        spans={span.id: span for spans in codings.values() for span in spans},
        owners={span.id: coder_id for coder_id, spans in codings.items() for span in spans},
        site_of=site_of,
        apart=frozenset(annotation_id for annotation_id, site in site_of.items() if not site.agreed),
    )


def _passages(codings: Mapping[CoderId, tuple[CodedSpan, ...]]) -> list[Passage]:
    passages = [
        Passage(start, end, span.id, span.code, coder_id)
        for coder_id, spans in codings.items()
        for span in spans
        for start, end in span.fragments
    ]
    return sorted(passages, key=lambda each: (each.start, -each.end, each.annotation_id))
