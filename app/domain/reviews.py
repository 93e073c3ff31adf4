"""Reviews: one coder's state for one article."""

from collections.abc import Mapping
from enum import StrEnum

from pydantic import Field

from app.domain.answers import Plain
from app.domain.ids import ArticleId, AttributeId, CoderId
from app.domain.values import Value


class ReviewState(StrEnum):
    """How far a coder is with an article."""

    NOT_OPENED = "not opened"
    IN_PROGRESS = "in progress"
    DONE = "done"


class Review(Value):
    """One coder's state for one article.

    `nothing_found` is true for an article that is done without a single annotation. `seconds` is the time spent,
    `offset` the code point at which the coder left off; neither is part of the undo history.
    """

    article_id: ArticleId
    coder_id: CoderId
    state: ReviewState = ReviewState.NOT_OPENED
    nothing_found: bool = False
    done_at: str = ""
    notes: str = ""
    variables: Mapping[AttributeId, Plain] = Field(default_factory=dict[AttributeId, Plain])
    opened_at: str = ""
    seconds: float = 0.0
    offset: int = 0
