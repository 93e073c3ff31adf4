"""Annotations: one coder's application of one code to one or more spans."""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple, Self

from pydantic import Field, model_validator

from app.domain.answers import Answer
from app.domain.ids import AnnotationId, ArticleId, AttributeId, CodeId, CoderId
from app.domain.spans import Span
from app.domain.values import Value


class Fragment(Value):
    """One span of an annotation with the quote that stood there when it was made."""

    span: Span
    quote: str


class Annotation(Value):
    """One code on one or more fragments of one article by one coder.

    Fragments are in text order and do not touch. `codebook_version` is the one it was made under;
    `consensus` tells an adjudicated annotation from a coder's independent one.
    """

    id: AnnotationId
    article_id: ArticleId
    coder_id: CoderId
    code_id: CodeId
    fragments: tuple[Fragment, ...] = Field(min_length=1)
    answers: Mapping[AttributeId, Answer] = Field(default_factory=dict[AttributeId, Answer])
    memo: str = ""
    discuss: bool = False
    consensus: bool = False
    codebook_version: int
    created_at: str
    updated_at: str

    @model_validator(mode="after")
    def _fragments_are_in_order(self) -> Self:
        spans = [fragment.span for fragment in self.fragments]
        if any(before.end >= after.start for before, after in pairwise(spans)):
            raise ValueError("fragments are in text order and do not touch")
        return self

    def fits(self, text: str) -> bool:
        """Tell whether every quote is what the text says at its place."""
        return all(fragment.span.quote(text) == fragment.quote for fragment in self.fragments)

    @property
    def start(self) -> int:
        """Where the first fragment starts, in code points."""
        return self.fragments[0].span.start

    @property
    def end(self) -> int:
        """Where the last fragment ends, in code points."""
        return self.fragments[-1].span.end


def told_apart(annotations: Iterable[Annotation], text: str) -> tuple[list[Annotation], list[Annotation]]:
    """Return the annotations that fit the text and, apart from them, those to be kept in quarantine."""
    fitting: list[Annotation] = []
    misfits: list[Annotation] = []
    for annotation in annotations:
        (fitting if annotation.fits(text) else misfits).append(annotation)
    return fitting, misfits


class Passage(NamedTuple):
    """One fragment as the reader needs it: a light tuple, for articles with ten thousand of them."""

    start: int
    end: int
    annotation_id: AnnotationId
    code_id: CodeId
    coder_id: CoderId
