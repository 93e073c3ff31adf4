"""A site in words: what each coder marked there, and what each answered to every question."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from app.domain.answers import in_words
from app.domain.codebook import Attribute, Codebook
from app.domain.comparing import CodedSpan, Given, LinkedTo
from app.domain.counting import counted
from app.domain.ids import AnnotationId, CoderId
from app.domain.side_by_side import Site, answer_of, same_answer
from app.project.differences import NO_ANSWER, both_ends
from app.project.scope import shorten

_LONGEST = 90

Spans = Mapping[AnnotationId, CodedSpan]


class Compared(NamedTuple):
    """One thing that coders said, and who said what: answers in words, each with those who gave it."""

    question: str
    answers: tuple[tuple[str, tuple[CoderId, ...]], ...]

    @property
    def differs(self) -> bool:
        """Whether not all said the same."""
        return len(self.answers) > 1


def said(site: Site, codebook: Codebook) -> dict[CoderId, str]:
    """Return what each coder marked: codes, and how far the edges are from those of the first who marked anything."""
    model = next((mine[0] for mine in site.spans.values() if len(mine) == 1), None)
    return {coder_id: _marked(site, mine, model, codebook) for coder_id, mine in site.spans.items()}


def compared(site: Site, codebook: Codebook, spans: Spans) -> list[Compared]:
    """Return codes, words and every answered question, grouped by what was said.

    Questions on which coders differ come first, otherwise they are in the order of the codebook.
    `spans` are all annotations of the article that may be linked to.
    """
    rows = [
        Compared(
            "code", _grouped((coder, _codes(site, mine, codebook)) for coder, mine in site.spans.items())
        ),
        Compared("words", _wording(site)),
    ]
    answered: list[Compared] = []
    for question in _questions(site, codebook):
        asked = [
            (coder_id, span)
            for coder_id, mine in site.spans.items()
            for span in mine
            if question in codebook.questions(span.code)
        ]
        if any(answer_of(span, question.id) is not None for _coder, span in asked):
            answered.append(_answers(question, asked, spans))
    return [*rows, *sorted(answered, key=lambda row: not row.differs)]


def answer_in_words(answer: Given | LinkedTo | None, spans: Spans) -> str:
    """Return an answer as people read it; a link by the words that it leads to."""
    match answer:
        case None:
            return NO_ANSWER
        case LinkedTo(annotations=annotations, names=names):
            quotes = [
                f"“{shorten(spans[each].quote)}”" if each in spans else "an annotation that is gone"
                for each in annotations
            ]
            return ", ".join([*quotes, *sorted(names)])
        case frozenset():
            return ", ".join(sorted(answer))
        case _:
            return in_words(answer)


def _answers(question: Attribute, asked: Sequence[tuple[CoderId, CodedSpan]], spans: Spans) -> Compared:
    where = {annotation_id: span.fragments for annotation_id, span in spans.items()}
    groups: list[tuple[Given | LinkedTo | None, list[CoderId]]] = []
    for coder_id, span in asked:
        answer = answer_of(span, question.id)
        for known, coders in groups:
            if same_answer(known, answer, where):
                coders.append(coder_id)
                break
        else:
            groups.append((answer, [coder_id]))
    return Compared(
        question.name,
        tuple((answer_in_words(answer, spans), tuple(dict.fromkeys(coders))) for answer, coders in groups),
    )


def _questions(site: Site, codebook: Codebook) -> list[Attribute]:
    asked = [question for code in site.codes for question in codebook.questions(code)]
    order = [each.id for code in codebook.codes for each in code.attributes]
    return sorted({each.id: each for each in asked}.values(), key=lambda each: order.index(each.id))


def _grouped(said: Iterable[tuple[CoderId, str]]) -> tuple[tuple[str, tuple[CoderId, ...]], ...]:
    groups: dict[str, tuple[CoderId, ...]] = {}
    for coder_id, words in said:
        groups[words] = (*groups.get(words, ()), coder_id)
    return tuple(groups.items())


def _wording(site: Site) -> tuple[tuple[str, tuple[CoderId, ...]], ...]:
    """Return the words that were marked, apart where they differ only in what is cut out of a long quote."""
    groups: dict[tuple[str, ...], list[CoderId]] = {}
    for coder_id, mine in site.spans.items():
        if mine:
            groups.setdefault(tuple(span.quote for span in mine), []).append(coder_id)
    return tuple(
        (", ".join(f"“{both_ends(quote, _LONGEST)}”" for quote in quotes), tuple(coders))
        for quotes, coders in groups.items()
    )


def _codes(site: Site, spans: Sequence[CodedSpan], codebook: Codebook) -> str:
    if not spans:
        return "nothing else" if site.besides else "nothing"
    counted = Counter(codebook.code(span.code).name for span in spans)
    return ", ".join(name if count == 1 else f"{count} × {name}" for name, count in counted.items())


def _marked(site: Site, spans: Sequence[CodedSpan], model: CodedSpan | None, codebook: Codebook) -> str:
    parts = [_codes(site, spans, codebook)]
    if len(spans) == 1:
        pieces = len(spans[0].fragments)
        if pieces > 1:
            parts.append(f"in {pieces} fragments")
        if model is not None and len(model.fragments) == pieces:
            parts.append(_edges(spans[0], model))
    return ", ".join(part for part in parts if part)


def _edges(span: CodedSpan, model: CodedSpan) -> str:
    """Say how an annotation lies beside another; nothing if on the same words."""
    earlier = model.fragments[0][0] - span.fragments[0][0]
    further = span.fragments[-1][1] - model.fragments[-1][1]
    if not earlier and not further and span.fragments != model.fragments:
        return "other edges inside"
    if not earlier:
        return f"{_characters(further)} {'longer' if further > 0 else 'shorter'}" if further else ""
    start = "earlier" if earlier > 0 else "later"
    if not further:
        return f"starts {_characters(earlier)} {start}"
    end = "later" if further > 0 else "earlier"
    return f"starts {abs(earlier):,} {start}, ends {abs(further):,} {end}"


def _characters(count: int) -> str:
    return counted(abs(count), "character")
