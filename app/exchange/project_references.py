"""How the records of a project's JSON Lines hold together: nothing twice, nothing that points nowhere."""

from collections import Counter
from collections.abc import Hashable, Iterable

from app.domain.annotations import Annotation
from app.domain.answers import AnnotationTarget, EntityTarget
from app.domain.codebook import Codebook
from app.domain.counting import counted
from app.domain.ids import AnnotationId, AttributeId, CodeId, EntityId
from app.domain.reviews import Review, ReviewState
from app.exchange.project_records import (
    AnnotationRecord,
    ArticleRecord,
    CodebookRecord,
    CoderRecord,
    EndRecord,
    EntityRecord,
    QuarantinedRecord,
    Record,
    ReviewRecord,
    SampleRecord,
    StampRecord,
    StepRecord,
    TextRecord,
    VersionRecord,
    VisitRecord,
)


class References:
    """What was read of a project so far. `ended` tells whether the last record was the end."""

    def __init__(self) -> None:
        self.ended = False
        self._counts: Counter[str] = Counter()
        self._seen: set[tuple[str, Hashable]] = set()
        self._version = 0
        self._newest = 0
        self._codes: frozenset[CodeId] = frozenset()
        self._attributes: frozenset[AttributeId] = frozenset()
        self._variables: frozenset[AttributeId] = frozenset()
        self._linked: set[AnnotationId] = set()

    def fault(self, record: Record) -> str:
        """Take the next record; return what does not fit those before it, or nothing."""
        if self.ended:
            return "something follows the end"
        if isinstance(record, EndRecord):
            self.ended = True
            return self._fault_of_end(record)
        self._counts[record.type] += 1
        name, key = _identity(record)
        if (name, key) in self._seen:
            return f"{name} {key} is there twice"
        self._seen.add((name, key))
        match record:
            case CodebookRecord():
                self._note(record.codebook)
            case VersionRecord():
                self._newest = max(self._newest, record.codebook.version)
            case AnnotationRecord() | QuarantinedRecord():
                return self._fault_of_annotation(record.annotation)
            case ReviewRecord():
                return self._fault_of_review(record.review)
            case StepRecord():
                of = record.step.of
                return "" if of is None else self._missing("step", of)
            case _:
                pass
        return ""

    def _note(self, codebook: Codebook) -> None:
        self._version = codebook.version
        self._codes = frozenset(code.id for code in codebook.codes)
        self._attributes = frozenset(each.id for code in codebook.codes for each in code.attributes)
        self._variables = frozenset(each.id for each in codebook.variables)

    def _fault_of_annotation(self, annotation: Annotation) -> str:
        if annotation.code_id not in self._codes:
            return f"the codebook has no code {annotation.code_id}"
        unknown = _first(each for each in annotation.answers if each not in self._attributes)
        if unknown:
            return f"no code has an attribute {unknown}"
        for answer in annotation.answers.values():
            for target in answer if isinstance(answer, tuple) else ():
                if isinstance(target, AnnotationTarget):
                    self._linked.add(target.annotation)
                elif isinstance(target, EntityTarget) and self._missing("entity", target.entity):
                    return self._missing("entity", target.entity)
        return self._missing("coder", annotation.coder_id)

    def _fault_of_review(self, review: Review) -> str:
        unknown = _first(each for each in review.variables if each not in self._variables)
        if unknown:
            return f"the codebook has no article variable {unknown}"
        # Who only looked need not be a coder of the project yet.
        judged = review.state is ReviewState.DONE or review.notes or review.variables
        return self._missing("article", review.article_id) or (
            self._missing("coder", review.coder_id) if judged else ""
        )

    def _fault_of_end(self, end: EndRecord) -> str:
        lost = _first(sorted(each for each in self._linked if self._missing("annotation", each)))
        if lost:
            return f"a link leads to annotation {lost}, which is missing"
        if not self._counts["codebook"]:
            return "there is no codebook"
        if self._counts["version"] and self._newest != self._version:
            return f"version {self._version} of the codebook is not the newest that is kept"
        for kind in sorted({*end.counts, *self._counts}):
            if end.counts.get(kind, 0) != self._counts[kind]:
                return (
                    f"the end counts {counted(end.counts.get(kind, 0), 'record')} of type {kind}, "
                    f"but there are {self._counts[kind]}"
                )
        return ""

    def _missing(self, name: str, key: Hashable) -> str:
        return "" if (name, key) in self._seen else f"there is no {name} {key}"


def _identity(record: Record) -> tuple[str, Hashable]:
    """Return what must be there only once."""
    match record:
        case VersionRecord():
            return "version", record.codebook.version
        case CoderRecord():
            return "coder", record.coder.id
        case EntityRecord():
            return "entity", record.entity.id
        case TextRecord():
            return "text", record.sha256
        case ArticleRecord():
            return "article", record.article.id
        case AnnotationRecord() | QuarantinedRecord():
            return "annotation", record.annotation.id
        case ReviewRecord():
            return "review of", f"{record.review.article_id} by {record.review.coder_id}"
        case VisitRecord():
            return "visit to", f"{record.visit.article_id} by {record.visit.coder_id}"
        case SampleRecord():
            return "sample", record.sample.id
        case StampRecord():
            return "stamp of", f"{record.kind} {record.key}"
        case StepRecord():
            return "step", record.step.number
        case _:
            return record.type, "of the project"


def _first(ids: Iterable[AttributeId | AnnotationId | EntityId]) -> str:
    return next(iter(ids), "")
