"""A whole project as JSON Lines and back: everything that the project file holds, its history included."""

import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from app.domain.annotations import Annotation
from app.domain.articles import Article, text_hash
from app.domain.codebook import Codebook
from app.domain.coders import Coder
from app.domain.entities import Entity
from app.domain.errors import UserError
from app.domain.progress import Progress, unheard
from app.domain.reviews import Review
from app.domain.values import Value
from app.exchange.formats import Contents, ExportOptions, Written

_FORMAT = "rubricator"
_VERSION = 1
_LONGEST_HEAD = 10_000


class _Record(Value):
    """One line."""


class HeadRecord(_Record):
    """The first line: what the file is, and the project as a whole."""

    type: Literal["project"] = "project"
    format: Literal["rubricator"] = "rubricator"
    version: int = _VERSION
    id: str
    name: str
    created_at: str
    granularity: str
    program: str


class CodebookRecord(_Record):
    """The codebook."""

    type: Literal["codebook"] = "codebook"
    codebook: Codebook


class CoderRecord(_Record):
    """A coder."""

    type: Literal["coder"] = "coder"
    coder: Coder


class EntityRecord(_Record):
    """An entity."""

    type: Literal["entity"] = "entity"
    entity: Entity


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


class StepRecord(_Record):
    """A step of the history with its row images."""

    type: Literal["step"] = "step"
    step: Mapping[str, Any]


Record = (
    HeadRecord
    | CodebookRecord
    | CoderRecord
    | EntityRecord
    | TextRecord
    | ArticleRecord
    | AnnotationRecord
    | QuarantinedRecord
    | ReviewRecord
    | StepRecord
)

_TYPES: Mapping[str, type[_Record]] = {
    "project": HeadRecord,
    "codebook": CodebookRecord,
    "coder": CoderRecord,
    "entity": EntityRecord,
    "text": TextRecord,
    "article": ArticleRecord,
    "annotation": AnnotationRecord,
    "quarantined": QuarantinedRecord,
    "review": ReviewRecord,
    "step": StepRecord,
}


class ProjectJsonl:
    """Writes every value of a project as one JSON object a line."""

    name = "jsonl"
    title = "JSON Lines with everything (one file)"
    makes_folder = False
    extension = ".jsonl"

    def write(self, contents: Contents, target: Path, options: ExportOptions, progress: Progress) -> Written:
        """Write the file, which appears when it is whole; its records are counted by type."""
        if options.coders:
            raise UserError(
                "JSON Lines always hold everybody's work. Leave the choice of coders out, or take csv."
            )
        if target.exists() and not looks_like_project(target):
            raise UserError(f"{target} is there already and is not an export of ours. Choose another name.")
        counts: dict[str, int] = {}
        handle, staging = -1, ""
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, staging = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
            with open(handle, "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123 - a handle, not a path
                for record in _records(contents, progress):
                    file.write(json.dumps(record.model_dump(mode="json"), ensure_ascii=False) + "\n")
                    kind = str(record.type)
                    counts[kind] = counts.get(kind, 0) + 1
            Path(staging).chmod(0o644)
            Path(staging).replace(target)
        except OSError as error:
            raise UserError(f"The export to {target} failed: {error.strerror or error}.") from error
        finally:
            if staging and Path(staging).exists():
                os.unlink(staging)  # noqa: PTH108
        return Written(counts, counts.get("quarantined", 0))


def looks_like_project(path: Path) -> bool:
    """Tell by its first line whether a file is a project written by `ProjectJsonl`."""
    try:
        with path.open("rb") as file:
            head: Any = json.loads(file.readline(_LONGEST_HEAD))
    except (OSError, ValueError):
        return False
    if not isinstance(head, dict):
        return False
    found: dict[str, Any] = head  # pyright: ignore[reportUnknownVariableType]
    return found.get("format") == _FORMAT and found.get("type") == "project"


def read_project(path: Path, progress: Progress = unheard) -> Iterator[Record]:
    """Yield every record of a project, the head first, each checked by itself and against the texts before it.

    Raises UserError that names the line for anything that is not as `ProjectJsonl` writes it.
    """
    size = max(1, path.stat().st_size)
    done = 0
    before: ArticleRecord | None = None
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                record = _parsed(path, number, line)
                if (number == 1) != isinstance(record, HeadRecord):
                    raise UserError(f"{path.name}, line {number}: the project comes first, and once.")
                _check_text(path, number, record, before)
                before = record if isinstance(record, ArticleRecord) else before
                yield record
                done += len(line)
                progress(min(done, size), size)
    except OSError as error:
        raise UserError(f"{path.name} cannot be read: {error.strerror}.") from error


def _records(contents: Contents, progress: Progress) -> Iterator[Record]:
    yield HeadRecord.model_validate(contents.head)
    yield CodebookRecord(codebook=contents.codebook())
    for coder in contents.coders():
        yield CoderRecord(coder=coder)
    for entity in contents.entities():
        yield EntityRecord(entity=entity)
    for sha256, text in contents.loose_texts():
        yield TextRecord(sha256=sha256, text=text)
    total = contents.article_count()
    for at, article in enumerate(contents.articles()):
        progress(at, total)
        text = contents.text(article)
        yield ArticleRecord(article=article, text=text)
        for annotation in contents.annotations(article.id):
            if annotation.fits(text):
                yield AnnotationRecord(annotation=annotation)
            else:
                yield QuarantinedRecord(annotation=annotation)
    for review in contents.reviews():
        yield ReviewRecord(review=review)
    for step in contents.history():
        yield StepRecord(step=step)
    progress(total, total)


def _parsed(path: Path, number: int, line: bytes) -> Record:
    try:
        raw: Any = json.loads(line)
        kind = _TYPES[raw["type"]]
        if raw["type"] == "project" and raw.get("version", 0) > _VERSION:
            raise UserError(
                f"{path.name} was written by a newer Rubricator. Install the newest version to read it."
            )
        return kind.model_validate(raw)  # type: ignore[return-value]
    except ValidationError as error:
        first = error.errors()[0]
        where = " > ".join(str(part) for part in first["loc"])
        raise UserError(f"{path.name}, line {number}: {where}: {first['msg']}.") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UserError(f"{path.name}, line {number} is not a line of a project export.") from error


def _check_text(path: Path, number: int, record: Record, before: ArticleRecord | None) -> None:
    """Texts must have their hash, and quotes must stand in the article before them."""
    if isinstance(record, ArticleRecord):
        article = record.article
        if text_hash(record.text) != article.sha256 or len(record.text) != article.length:
            raise UserError(
                f"{path.name}, line {number}: the text of “{article.title}” does not fit its hash."
            )
    elif isinstance(record, TextRecord) and text_hash(record.text) != record.sha256:
        raise UserError(f"{path.name}, line {number}: the text does not fit its hash.")
    elif isinstance(record, AnnotationRecord | QuarantinedRecord):
        annotation = record.annotation
        if before is None or annotation.article_id != before.article.id:
            raise UserError(
                f"{path.name}, line {number}: annotation {annotation.id} does not follow its article."
            )
        if isinstance(record, AnnotationRecord) and not annotation.fits(before.text):
            raise UserError(
                f"{path.name}, line {number}: the quote of annotation {annotation.id} does not fit the text."
            )
