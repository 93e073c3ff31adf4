"""A whole project brought back from its JSON Lines."""

from pathlib import Path

from app import __version__
from app.domain.ids import CoderId
from app.domain.progress import Progress, unheard
from app.domain.versions import Version
from app.exchange.project_jsonl import read_project
from app.exchange.project_records import (
    AnnotationRecord,
    ArticleRecord,
    CodebookRecord,
    CoderRecord,
    EntityRecord,
    HeadRecord,
    OrderingRecord,
    PacketRecord,
    QuarantinedRecord,
    Record,
    ReviewRecord,
    SampleRecord,
    StampRecord,
    StepRecord,
    TextRecord,
    VersionRecord,
    VisitRecord,
    WordsRecord,
)
from app.storage.packets import Packet
from app.storage.project_file import ProjectFile


def restore_project(source: Path, target: Path, progress: Progress = unheard) -> None:
    """Make a new project file that is equal to the one that `source` was written from.

    Raises UserError, leaving no file, if `target` exists or a line is not as it should be.
    """
    with ProjectFile.filling(target, program=__version__) as file:
        for record in read_project(source, progress):
            _enter(file, record)
        if not file.versions.read():
            # An export from before versions were kept.
            codebook = file.codebooks.read()
            file.versions.write(Version(codebook.version, "", CoderId(""), ""), codebook)


def _enter(file: ProjectFile, record: Record) -> None:
    match record:
        case HeadRecord():
            values = record.model_dump(include={"id", "name", "created_at", "granularity"})
            file.set_project(**values)
        case CodebookRecord():
            file.codebooks.write(record.codebook)
        case VersionRecord(codebook=codebook):
            said = Version(codebook.version, record.at, CoderId(record.coder_id), record.note)
            file.versions.write(said, codebook)
        case CoderRecord():
            file.coders.write(record.coder)
        case EntityRecord():
            file.entities.write(record.entity)
        case WordsRecord():
            file.words.write(record.terms)
        case TextRecord():
            file.articles.add_text(record.sha256, record.text)
        case ArticleRecord():
            file.articles.add_text(record.article.sha256, record.text)
            file.articles.add([record.article])
        case AnnotationRecord() | QuarantinedRecord():
            file.annotations.add([record.annotation])
        case ReviewRecord():
            _enter_review(file, record)
        case VisitRecord():
            file.reviews.write_visit(record.visit)
        case OrderingRecord():
            file.orderings.write(record.ordering)
        case SampleRecord():
            file.samples.write(record.sample)
        case PacketRecord():
            file.packets.write(Packet(record.id, CoderId(record.coder_id), record.made_at))
        case StampRecord():
            file.merged.write_stamp(record.model_dump(exclude={"type"}))
        case StepRecord():
            file.journal.load([record.step.model_dump()])
        case _:
            pass


def _enter_review(file: ProjectFile, record: ReviewRecord) -> None:
    review = record.review
    file.reviews.set_done(review)
    if review.opened_at:
        file.reviews.write_visit(review)
    for attribute_id, value in review.variables.items():
        file.reviews.set_variable(review.article_id, review.coder_id, attribute_id, value)
