"""A whole project as JSON Lines and back: everything that the project file holds, its history included."""

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from app.domain.articles import text_hash
from app.domain.errors import UserError
from app.domain.progress import Progress, unheard
from app.exchange.formats import Contents, ExportOptions, Written
from app.exchange.project_records import (
    TYPES,
    VERSION,
    AnnotationRecord,
    ArticleRecord,
    CodebookRecord,
    CoderRecord,
    EndRecord,
    EntityRecord,
    HeadRecord,
    OrderingRecord,
    PacketRecord,
    QuarantinedRecord,
    Record,
    ReviewRecord,
    SampleRecord,
    StampRecord,
    Step,
    StepRecord,
    TextRecord,
    VersionRecord,
    VisitRecord,
    WordsRecord,
)
from app.exchange.project_references import References

_FORMAT = "rubricator"
_LONGEST_HEAD = 10_000


class ProjectJsonl:
    """Writes every value of a project as one JSON object a line."""

    name = "jsonl"
    title = "JSON Lines with everything (one file)"
    about = "One file with everything, history included; importing it makes an equal project."
    has_tables = False
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
                    file.write(_line(record))
                    counts[record.type] = counts.get(record.type, 0) + 1
                file.write(_line(EndRecord(counts=counts)))
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
    except (OSError, ValueError, RecursionError):
        return False
    if not isinstance(head, dict):
        return False
    found: dict[str, Any] = head  # pyright: ignore[reportUnknownVariableType]
    return found.get("format") == _FORMAT and found.get("type") == "project"


def read_project(path: Path, progress: Progress = unheard) -> Iterator[Record]:
    """Yield every record of a project but the end, the head first, each checked against those before it.

    Raises UserError that names the line for anything that is not as `ProjectJsonl` writes it.
    """
    size = max(1, path.stat().st_size)
    done = 0
    before: ArticleRecord | None = None
    references = References()
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                record = _parsed(path, number, line)
                if (number == 1) != isinstance(record, HeadRecord):
                    raise UserError(f"{path.name}, line {number}: the project comes first, and once.")
                _check_text(path, number, record, before)
                if fault := references.fault(record):
                    raise UserError(f"{path.name}, line {number}: {fault}.")
                before = record if isinstance(record, ArticleRecord) else before
                if not isinstance(record, EndRecord):
                    yield record
                done += len(line)
                progress(min(done, size), size)
        if not references.ended:
            raise UserError(f"{path.name} is incomplete: its end is missing. Export the project again.")
    except OSError as error:
        raise UserError(f"{path.name} cannot be read: {error.strerror}.") from error


def _records(contents: Contents, progress: Progress) -> Iterator[Record]:
    yield HeadRecord.model_validate(contents.head)
    yield CodebookRecord(codebook=contents.codebook())
    for version, codebook in contents.versions():
        yield VersionRecord(at=version.at, coder_id=version.coder_id, note=version.note, codebook=codebook)
    for coder in contents.coders():
        yield CoderRecord(coder=coder)
    for entity in contents.entities():
        yield EntityRecord(entity=entity)
    if terms := contents.words():
        yield WordsRecord(terms=terms)
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
    for visit in contents.loose_visits():
        yield VisitRecord(visit=visit)
    if ordering := contents.ordering():
        yield OrderingRecord(ordering=ordering)
    for sample in contents.samples():
        yield SampleRecord(sample=sample)
    if packet := contents.packet():
        yield PacketRecord.model_validate(packet)
    for stamp in contents.stamps():
        yield StampRecord.model_validate(stamp)
    for step in contents.history():
        yield StepRecord(step=Step.model_validate(step))
    progress(total, total)


def _line(record: Record) -> str:
    return json.dumps(record.model_dump(mode="json"), ensure_ascii=False) + "\n"


def _parsed(path: Path, number: int, line: bytes) -> Record:
    try:
        raw: Any = json.loads(line.decode("utf-8"))
        if b"\\u" in line:
            # A lone surrogate is no text that any file could hold; this raises for one.
            json.dumps(raw, ensure_ascii=False).encode("utf-8")
        kind = TYPES[raw["type"]]
        if raw["type"] == "project" and raw.get("version", 0) > VERSION:
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
