"""The records of a project's JSON Lines, each checked by itself."""

from collections.abc import Mapping
from typing import Literal

from app.domain.annotations import Annotation
from app.domain.articles import Article
from app.domain.codebook import Codebook
from app.domain.coders import Coder
from app.domain.entities import Entity
from app.domain.ordering import Ordering
from app.domain.reviews import Review
from app.domain.sampling import Sample
from app.domain.values import Value
from app.domain.words import Term

VERSION = 1
"""The version of the format that this program writes."""


class _Record(Value):
    """One line."""


class HeadRecord(_Record):
    """The first line: what the file is, and the project as a whole."""

    type: Literal["project"] = "project"
    format: Literal["rubricator"] = "rubricator"
    version: int = VERSION
    id: str
    name: str
    created_at: str
    granularity: str
    program: str


class CodebookRecord(_Record):
    """The codebook."""

    type: Literal["codebook"] = "codebook"
    codebook: Codebook


class VersionRecord(_Record):
    """A published version of the codebook; it has the number of the codebook in it."""

    type: Literal["version"] = "version"
    at: str
    coder_id: str
    note: str
    codebook: Codebook


class CoderRecord(_Record):
    """A coder."""

    type: Literal["coder"] = "coder"
    coder: Coder


class EntityRecord(_Record):
    """An entity."""

    type: Literal["entity"] = "entity"
    entity: Entity


class WordsRecord(_Record):
    """The word list; a project without one has no such line."""

    type: Literal["words"] = "words"
    terms: tuple[Term, ...]


class TextRecord(_Record):
    """A text that only the history still needs."""

    type: Literal["text"] = "text"
    sha256: str
    text: str


class ArticleRecord(_Record):
    """An article with its text."""

    type: Literal["article"] = "article"
    article: Article
    text: str


class AnnotationRecord(_Record):
    """An annotation, after its article."""

    type: Literal["annotation"] = "annotation"
    annotation: Annotation


class QuarantinedRecord(_Record):
    """An annotation, after its article, whose quotes do not fit the text."""

    type: Literal["quarantined"] = "quarantined"
    annotation: Annotation


class ReviewRecord(_Record):
    """A review."""

    type: Literal["review"] = "review"
    review: Review


class VisitRecord(_Record):
    """Time and position in an article that is gone; it may come back with a redo."""

    type: Literal["visit"] = "visit"
    visit: Review


class OrderingRecord(_Record):
    """The order that articles are in; a project in which it was never changed has no such line."""

    type: Literal["ordering"] = "ordering"
    ordering: Ordering


class SampleRecord(_Record):
    """A sample of articles, some of which may be gone."""

    type: Literal["sample"] = "sample"
    sample: Sample


class PacketRecord(_Record):
    """Whose copy the file is; a project that is no copy for a coder has no such line."""

    type: Literal["packet"] = "packet"
    id: str
    coder_id: str
    made_at: str


class StampRecord(_Record):
    """Who wrote a record last, for one that came with a merge."""

    type: Literal["stamp"] = "stamp"
    kind: str
    key: str
    at: str
    step_id: str
    digest: str
    held: tuple[Mapping[str, str | int | None], ...]


class Image(Value):
    """One row before and after a step; None where it did not exist."""

    table: str
    before: Mapping[str, str | int | float | None] | None
    after: Mapping[str, str | int | float | None] | None


class Step(Value):
    """A step of the history with its row images."""

    number: int
    id: str
    at: str
    coder_id: str
    name: str
    kind: Literal["do", "undo", "redo"]
    state: Literal["done", "undone", "dropped"]
    of: int | None
    rows: tuple[Image, ...]


class StepRecord(_Record):
    """A step of the history with its row images."""

    type: Literal["step"] = "step"
    step: Step


class EndRecord(_Record):
    """The last line: how many records of each type stand before it, so that a cut is seen."""

    type: Literal["end"] = "end"
    counts: Mapping[str, int]


Record = (
    HeadRecord
    | CodebookRecord
    | VersionRecord
    | CoderRecord
    | EntityRecord
    | WordsRecord
    | TextRecord
    | ArticleRecord
    | AnnotationRecord
    | QuarantinedRecord
    | ReviewRecord
    | VisitRecord
    | OrderingRecord
    | SampleRecord
    | PacketRecord
    | StampRecord
    | StepRecord
    | EndRecord
)

TYPES: Mapping[str, type[Record]] = {
    "project": HeadRecord,
    "codebook": CodebookRecord,
    "version": VersionRecord,
    "coder": CoderRecord,
    "entity": EntityRecord,
    "words": WordsRecord,
    "text": TextRecord,
    "article": ArticleRecord,
    "annotation": AnnotationRecord,
    "quarantined": QuarantinedRecord,
    "review": ReviewRecord,
    "visit": VisitRecord,
    "ordering": OrderingRecord,
    "sample": SampleRecord,
    "packet": PacketRecord,
    "stamp": StampRecord,
    "step": StepRecord,
    "end": EndRecord,
}
