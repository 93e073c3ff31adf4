"""Coded articles on their way in: what every format that brings other people's coding gives, in our own words.

An id that is a UUID is an identity and means the same thing everywhere. Any other id is a name inside the one
source, such as a coder's folder: the project gives such things ids of its own, which are the same each time.
"""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from app.domain.answers import Answer
from app.domain.articles import Draft
from app.domain.codebook import Codebook
from app.domain.coders import Coder
from app.domain.entities import Entity
from app.domain.ids import AnnotationId, ArticleId, AttributeId, CodeId, CoderId
from app.domain.spans import Span
from app.domain.values import Value

Layout = Literal["", "folders", "suffix", "one"]
"""How a source tells its coders apart: a folder each, the end of file names, or not at all; empty: as found."""


class CodedOptions(Value):
    """What may be chosen for a source of coded articles; a format takes what concerns it.

    `done` says that a coder is done with every article that the source has a file of that coder for.
    """

    layout: Layout = ""
    done: bool = False


class CodedArticle(Value):
    """An article with its canonical text; several may have the same text and are one then."""

    id: ArticleId
    draft: Draft


class CodedAnnotation(Value):
    """One annotation; spans count code points of the canonical text and were held against its quote, if it has one.

    Links lead to other annotations of the same reading by their ids there, or to its entities.
    """

    id: AnnotationId
    article_id: ArticleId
    coder_id: CoderId
    code_id: CodeId
    spans: tuple[Span, ...] = Field(min_length=1)
    answers: Mapping[AttributeId, Answer] = Field(default_factory=dict[AttributeId, Answer])
    memo: str = ""
    discuss: bool = False
    consensus: bool = False


class CodedReview(Value):
    """A coder has had an article, and is done with it or not."""

    article_id: ArticleId
    coder_id: CoderId
    done: bool


class CodedReading(Value):
    """What a source gave.

    `source` is what tells it from other sources of the format: importing it once more adds nothing. `codebook`
    holds the codes and questions that occur, and whatever else the source says of them. `notes` are things to
    know; `problems` are what was left out, each a sentence that says where and why.
    """

    source: str
    articles: tuple[CodedArticle, ...]
    coders: tuple[Coder, ...] = ()
    codebook: Codebook = Codebook()
    entities: tuple[Entity, ...] = ()
    annotations: tuple[CodedAnnotation, ...] = ()
    reviews: tuple[CodedReview, ...] = ()
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
