"""Letters in the place of coders, and numbers in that of annotations, so that neither tells who it was."""

from collections.abc import Mapping
from itertools import combinations, count, product
from string import ascii_uppercase

from app.domain.comparing import Agreement, CodedSpan, Coding, Corpus, LinkedTo
from app.domain.ids import AnnotationId, AttributeId, CoderId


def letters(corpus: Corpus) -> dict[CoderId, str]:
    """Return a letter for each coder, in the order of their ids, which says nothing about names."""
    ordered = sorted(corpus.coders)
    length = next(length for length in count(1) if len(ascii_uppercase) ** length >= len(ordered))
    named = dict(zip(ordered, map("".join, product(ascii_uppercase, repeat=length)), strict=False))
    return {coder: named[coder] for coder in corpus.coders}


def anonymous(corpus: Corpus) -> Corpus:
    """Return the corpus with letters for coders, by name and id, and numbers for annotations."""
    names = letters(corpus)
    ids: dict[AnnotationId, AnnotationId] = {}
    return corpus._replace(
        coders={CoderId(letter): letter for letter in names.values()},
        articles=tuple(
            article._replace(
                codings={
                    CoderId(names[coder]): _numbered(coding, ids) for coder, coding in article.codings.items()
                }
            )
            for article in corpus.articles
        ),
        left_out=tuple(each for each in corpus.left_out if each.coder_id is None),
    )


def anonymous_agreement(corpus: Corpus, agreement: Agreement) -> Agreement:
    """Return the results of a corpus with letters for coders; what was left out of somebody's work is counted."""
    names = letters(corpus)
    pairs = {
        f"{corpus.coders[one]}~{corpus.coders[other]}": f"{names[one]}~{names[other]}"
        for one, other in combinations(corpus.coders, 2)
    }
    told = [each for each in corpus.left_out if each.coder_id is None]
    problems = [each.in_words() for each in told]
    if silent := len(corpus.left_out) - len(told):
        about = "sentences that name coders are" if silent > 1 else "sentence that names a coder is"
        problems.append(f"{silent} {about} not told here.")
    return agreement.model_copy(
        update={
            "results": tuple(
                each.model_copy(update={"coders": pairs.get(each.coders, each.coders)})
                for each in agreement.results
            ),
            "settings": {**agreement.settings, "coders": list(names.values())},
            "problems": tuple(problems),
        }
    )


def _numbered(coding: Coding, ids: dict[AnnotationId, AnnotationId]) -> Coding:
    return coding._replace(spans=tuple(_span(span, ids) for span in coding.spans))


def _span(span: CodedSpan, ids: dict[AnnotationId, AnnotationId]) -> CodedSpan:
    links: Mapping[AttributeId, LinkedTo] = {
        question: linked._replace(annotations=tuple(_number(each, ids) for each in linked.annotations))
        for question, linked in span.links.items()
    }
    return span._replace(id=_number(span.id, ids), links=links)


def _number(annotation_id: AnnotationId, ids: dict[AnnotationId, AnnotationId]) -> AnnotationId:
    return ids.setdefault(annotation_id, AnnotationId(f"s{len(ids) + 1}"))
