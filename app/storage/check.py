"""Verifying every part of a project file."""

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from app.domain.annotations import Annotation
from app.domain.articles import text_hash
from app.domain.codebook import Codebook
from app.domain.errors import UserError
from app.domain.ids import AnnotationId, ArticleId
from app.storage.columns import columns_of
from app.storage.connection import FileDatabase, connect
from app.storage.project_file import ProjectFile
from app.storage.schema import GUARDED, JOURNALLED, LEDGER
from app.storage.soundness import DAMAGE, is_sound, rows_of

_MOST_NAMED = 20


def problems(path: Path, program: str) -> Iterator[str]:
    """Yield a sentence for everything that is wrong with a project file; nothing is written.

    Raises UserError if there is no such file.
    """
    if not path.is_file():
        raise UserError(f"There is no file {path}. Check the name and the folder.")
    found: list[str] = []
    for look in (_of_bytes, _of_keys, _of_rows):
        try:
            db = connect(path, read_only=True)
            try:
                found += look(db)
            finally:
                db.close()
        except DAMAGE as error:
            found.append(f"The file cannot be read to its end: {_in_short(error)}")
    yield from dict.fromkeys(found)
    try:
        file = ProjectFile.open(path, program=program, read_only=True)
    except DAMAGE as error:
        if not found:
            yield _in_short(error)
        return
    try:
        yield from _of_contents(file)
    except DAMAGE as error:
        yield f"What the file says does not hold together: {_in_short(error)}"
    finally:
        file.close()


def _of_bytes(db: FileDatabase) -> list[str]:
    rows = [" ".join(str(row[0]).split()) for row in db.execute(f"PRAGMA integrity_check({_MOST_NAMED})")]
    return [] if rows == ["ok"] else [f"The file is damaged: {row}." for row in rows]


def _of_keys(db: FileDatabase) -> list[str]:
    rows = list(db.execute("PRAGMA foreign_key_check"))
    named = [f"A row of {row[0]} points to a row of {row[2]} that is missing." for row in rows]
    return _cut(named)


def _of_rows(db: FileDatabase) -> list[str]:
    """Look at every row by itself."""
    # What is wrong with a text is said with the title of its article.
    tables = [table for table in (*JOURNALLED, *GUARDED, *LEDGER) if table != "text"]
    found: list[str] = []
    columns = columns_of(db)
    for table in tables:
        try:
            bad = sum(not is_sound(table, row, columns) for row in rows_of(db, table))
        except DAMAGE as error:
            found.append(f"The table {table} cannot be read to its end: {_in_short(error)}")
            continue
        if bad:
            found.append(f"{bad} {'row' if bad == 1 else 'rows'} of {table} cannot be what was written.")
    return found


def _of_contents(file: ProjectFile) -> Iterator[str]:
    yield from _cut(f"Annotation {each} has no fragment." for each in file.annotations.without_fragments())
    codebook = file.codebooks.read()
    kept = [each.number for each in file.versions.read()]
    if codebook.version != max(kept, default=0):
        yield f"Version {codebook.version} of the codebook is not kept as the newest."
    for article in file.articles:
        try:
            text = file.articles.text(article.sha256)
        except DAMAGE:
            yield f"The text of “{article.title}” is missing."
            continue
        if text_hash(text) != article.sha256 or len(text) != article.length:
            yield f"The text of “{article.title}” is not what was imported."
        for annotation_id, start, end, quote in file.annotations.quotes(article.id):
            if text[start:end] != quote:
                yield f"The quote of annotation {annotation_id} does not fit the text at {start} to {end}."
        yield from _cut(_of_annotations(file, article.id, codebook))
    for sha256, text in file.articles.texts_without_article():
        if text_hash(text) != sha256:
            yield "A text that only the history still needs is not what was imported."
    for _review in file.reviews:
        pass
    for _step in file.journal.dump():
        pass


def _of_annotations(file: ProjectFile, article_id: ArticleId, codebook: Codebook) -> Iterator[str]:
    for annotation_id, found in each_annotation(file, article_id):
        if found is None:
            yield f"Annotation {annotation_id} cannot be read."
        elif not answers_fit(found, codebook):
            yield f"Annotation {annotation_id} answers a question that its codebook does not ask."


def each_annotation(
    file: ProjectFile, article_id: ArticleId
) -> Iterator[tuple[AnnotationId, Annotation | None]]:
    """Yield the annotations of an article by id; None for one that cannot be read but has fragments."""
    try:
        yield from [(each.id, each) for each in file.annotations.of_article(article_id)]
    except DAMAGE:
        for annotation_id in file.annotations.ids(article_id):
            yield annotation_id, _tried(file.annotations.get, annotation_id)


def answers_fit(annotation: Annotation, codebook: Codebook) -> bool:
    """Tell whether every answer of an annotation is one to an attribute of some code."""
    asked = {attribute.id for code in codebook.codes for attribute in code.attributes}
    return asked.issuperset(annotation.answers)


def _tried(
    get: Callable[[AnnotationId], Annotation | None], annotation_id: AnnotationId
) -> Annotation | None:
    try:
        return get(annotation_id)
    except DAMAGE:
        return None


def _cut(sentences: Iterator[str] | list[str]) -> list[str]:
    several = iter(sentences)
    named = list(islice(several, _MOST_NAMED))
    more = sum(1 for _sentence in several)
    return [*named, f"And {more} more of this kind."] if more else named


def _in_short(error: BaseException) -> str:
    """Return the first line of what went wrong; a person can do nothing with the rest."""
    return str(error).partition("\n")[0] or type(error).__name__


def misfits(path: Path, program: str) -> frozenset[AnnotationId]:
    """Return the annotations whose quote is not what the text says at their place.

    Reads article by article, so that whoever writes to the file meanwhile never waits long.
    """
    found: set[AnnotationId] = set()
    file = ProjectFile.open(path, program=program, read_only=True)
    try:
        for article_id, _title, sha256 in file.articles.hashes():
            quotes = file.annotations.quotes(article_id)
            text = file.articles.text(sha256) if quotes else ""
            found.update(each for each, start, end, quote in quotes if text[start:end] != quote)
    finally:
        file.close()
    return frozenset(found)
