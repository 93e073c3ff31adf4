"""The verbs of a project, each as one frozen command. Offsets are half-open code points."""

from collections.abc import Mapping

from pydantic import Field

from app.domain.answers import Answer, Plain
from app.domain.articles import Draft
from app.domain.codebook import Codebook
from app.domain.coders import Coder
from app.domain.entities import Entity, LinkKey
from app.domain.ids import AnnotationId, ArticleId, AttributeId, CodeId, EntityId
from app.domain.segmentation import Granularity
from app.domain.spans import Span
from app.domain.values import Value
from app.domain.words import MOST_TERMS, Term


class Command(Value):
    """A wish to change the project; `Project.apply` grants it whole or not at all."""


class AddAnnotation(Command):
    """Apply a code to one or more spans of an article, as the coder at work.

    `id` lets the caller know the new annotation beforehand.
    """

    id: AnnotationId
    article_id: ArticleId
    code_id: CodeId
    spans: tuple[Span, ...]
    answers: Mapping[AttributeId, Answer] = Field(default_factory=dict[AttributeId, Answer])
    memo: str = ""
    discuss: bool = False


class Occurrence(Value):
    """One place where a code is to be applied; `id` is that of the new annotation."""

    id: AnnotationId
    article_id: ArticleId
    span: Span


class CodeOccurrences(Command):
    """Apply one code in many places, as the coder at work.

    Left out are places that are coded so already or where the code's layer excludes it, and articles marked done.
    """

    code_id: CodeId
    occurrences: tuple[Occurrence, ...]


class RemoveAnnotations(Command):
    """Delete annotations; links to them go too."""

    ids: tuple[AnnotationId, ...]


class ChangeCode(Command):
    """Give an annotation another code; answers that the new code does not ask for are dropped."""

    id: AnnotationId
    code_id: CodeId


class ChangeSpans(Command):
    """Give an annotation other fragments; answers and links stay."""

    id: AnnotationId
    spans: tuple[Span, ...]


class SetAnswer(Command):
    """Answer one attribute of an annotation; None leaves it open."""

    id: AnnotationId
    attribute_id: AttributeId
    answer: Answer | None


class SetMemo(Command):
    """Write the memo of an annotation."""

    id: AnnotationId
    memo: str


class SetDiscuss(Command):
    """Set or clear the "discuss" flag of an annotation."""

    id: AnnotationId
    discuss: bool


class MarkDone(Command):
    """Say that the coder at work is done with an article, or is not; done without annotations is "nothing found".

    While required questions are open, it takes a `reason` to be done.
    """

    article_id: ArticleId
    done: bool = True
    reason: str = ""


class SetNotes(Command):
    """Write the notes of the coder at work on an article."""

    article_id: ArticleId
    notes: str


class SetVariable(Command):
    """Answer an article variable as the coder at work; None leaves it open."""

    article_id: ArticleId
    attribute_id: AttributeId
    value: Plain | None


class ImportArticles(Command):
    """Add articles after the last one; texts that the project has already are left out."""

    drafts: tuple[Draft, ...]


class SaveEntity(Command):
    """Add an entity to the register or change it.

    `keep_name` makes the name that a renamed entity had one of its aliases.
    """

    entity: Entity
    keep_name: bool = False


class RemoveEntities(Command):
    """Take entities that no annotation links to out of the register."""

    ids: tuple[EntityId, ...]


class MergeEntities(Command):
    """Make several entities one: `survivor` keeps its name and takes the names and links of the others."""

    survivor: EntityId
    others: tuple[EntityId, ...]


class SplitEntity(Command):
    """Move some of the links to an entity to another one, which is added if it is not in the register yet."""

    id: EntityId
    links: tuple[LinkKey, ...]
    to: EntityId | Entity


class SaveCoder(Command):
    """Add a coder or change the name."""

    coder: Coder


class ReplaceCodebook(Command):
    """Make this the codebook; codes that annotations use must still be in it."""

    codebook: Codebook


class SetGranularity(Command):
    """Say what every selection in this project is fitted to."""

    granularity: Granularity


class RenameProject(Command):
    """Give the project another name."""

    name: str = Field(min_length=1, max_length=200)


class SetWords(Command):
    """Make this the word list; the first terms win where several stand in one place."""

    terms: tuple[Term, ...] = Field(max_length=MOST_TERMS)


class MergeFiles(Command):
    """Take over what returned files of the same study hold that is newer; paths as text."""

    paths: tuple[str, ...] = Field(min_length=1)
