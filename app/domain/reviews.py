"""Reviews: one coder's state for one article."""

from collections.abc import Container, Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from pydantic import Field

from app.domain.answers import Plain
from app.domain.codebook import Attribute
from app.domain.ids import AnnotationId, ArticleId, AttributeId, CoderId
from app.domain.values import Value


class ReviewState(StrEnum):
    """How far a coder is with an article."""

    NOT_OPENED = "not opened"
    IN_PROGRESS = "in progress"
    DONE = "done"


class Review(Value):
    """One coder's state for one article.

    `nothing_found` is true for an article that is done and has no annotation of this coder; `reason` says why it is
    done although required questions are open. `seconds` is the time spent, `offset` the code point at which the coder
    left off; neither is part of the undo history.
    """

    article_id: ArticleId
    coder_id: CoderId
    state: ReviewState = ReviewState.NOT_OPENED
    nothing_found: bool = False
    done_at: str = ""
    reason: str = ""
    notes: str = ""
    variables: Mapping[AttributeId, Plain] = Field(default_factory=dict[AttributeId, Plain])
    opened_at: str = ""
    seconds: float = 0.0
    offset: int = 0


def still_open(asked: Iterable[Attribute], answered: Container[AttributeId]) -> list[Attribute]:
    """Return the required ones among questions that have no answer."""
    return [each for each in asked if each.required and each.id not in answered]


def done_in_words(state: ReviewState, *, nothing_found: bool, lacking: int) -> str:
    """Return a state with what has to be known besides; `lacking` counts the required questions that are open."""
    parts = [state.value, "nothing found" if nothing_found else ""]
    return ", ".join(filter(None, (*parts, open_in_words(lacking) if state is ReviewState.DONE else "")))


def open_in_words(lacking: int) -> str:
    """Return a number of open questions in words; nothing for none."""
    return f"{lacking:,} question{'' if lacking == 1 else 's'} open" if lacking else ""


class OpenQuestion(NamedTuple):
    """A required question without an answer: on an annotation or, where that is None, on the article.

    `code` is the name of the annotation's code, `quote` what it is on; both are empty for the article.
    """

    annotation_id: AnnotationId | None
    attribute_id: AttributeId
    attribute: str
    code: str = ""
    quote: str = ""
