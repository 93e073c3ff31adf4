"""Verifying every part of a project file, and saving what can be saved of a damaged one."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from app.domain.articles import text_hash
from app.domain.errors import UserError
from app.domain.ids import AnnotationId
from app.storage.connection import FileDatabase, connect
from app.storage.project_file import ProjectFile
from app.storage.schema import JOURNALLED, LEDGER

_MOST_NAMED = 20


def problems(path: Path, program: str) -> Iterator[str]:
    """Yield a sentence for everything that is wrong with a project file; nothing is written.

    Raises UserError if there is no such file.
    """
    if not path.is_file():
        raise UserError(f"There is no file {path}. Check the name and the folder.")
    db = connect(path, read_only=True)
    try:
        found = [*_of_bytes(db), *_of_keys(db)]
    except (sqlite3.DatabaseError, UserError) as error:
        found = [f"The file cannot be read to its end: {error}"]
    finally:
        db.close()
    yield from found
    try:
        file = ProjectFile.open(path, program=program, read_only=True)
    except UserError as error:
        if not found:
            yield str(error)
        return
    try:
        yield from _of_contents(file)
    finally:
        file.close()


def _of_bytes(db: FileDatabase) -> list[str]:
    rows = [str(row[0]) for row in db.execute(f"PRAGMA integrity_check({_MOST_NAMED})")]
    return [] if rows == ["ok"] else [f"The file is damaged: {row}." for row in rows]


def _of_keys(db: FileDatabase) -> list[str]:
    rows = list(db.execute("PRAGMA foreign_key_check"))
    named = [f"A row of {row[0]} points to a row of {row[2]} that is missing." for row in rows]
    return named[:_MOST_NAMED]


def _of_contents(file: ProjectFile) -> Iterator[str]:
    for article in file.articles:
        try:
            text = file.articles.text(article.sha256)
        except UserError:
            yield f"The text of “{article.title}” is missing."
            continue
        if text_hash(text) != article.sha256 or len(text) != article.length:
            yield f"The text of “{article.title}” is not what was imported."
        for annotation_id, start, end, quote in file.annotations.quotes(article.id):
            if text[start:end] != quote:
                yield f"The quote of annotation {annotation_id} does not fit the text at {start} to {end}."
    file.codebooks.read()
    for _step in file.journal.dump():
        pass


def misfits(path: Path, program: str) -> frozenset[AnnotationId]:
    """Return the annotations whose quote is not what the text says at their place.

    Reads article by article, so that whoever writes to the file meanwhile never waits long.
    """
    found: set[AnnotationId] = set()
    file = ProjectFile.open(path, program=program, read_only=True)
    try:
        for article in list(file.articles):
            quotes = file.annotations.quotes(article.id)
            text = file.articles.text(article.sha256) if quotes else ""
            found.update(each for each, start, end, quote in quotes if text[start:end] != quote)
    finally:
        file.close()
    return frozenset(found)


def salvage(source: Path, target: Path, name: str, program: str) -> int:
    """Copy every row that can still be read to a new project file; returns how many rows were lost for sure.

    Rows whose parents are lost are lost too. The new file appears when it is whole.
    """
    partial = target.with_name(target.name + ".salvage")
    partial.unlink(missing_ok=True)
    ProjectFile.create(partial, name=name, program=program).close()
    reader, writer = connect(source, read_only=True), connect(partial, read_only=False)
    lost = 0
    try:
        writer.execute("PRAGMA foreign_keys = OFF")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM project")
        there = _tables(reader)
        for table in (*JOURNALLED, "text", "visit", *LEDGER):
            # An older file lacks what came later; nothing of that is lost.
            lost += _copy_table(reader, writer, table) if table in there else 0
        if not writer.execute("SELECT count(*) FROM project").fetchone()[0]:
            raise UserError(f"Too little of {source.name} can be read to mend it. Restore a backup.")
        lost += _drop_orphans(writer)
        writer.execute("COMMIT")
        writer.close()
        partial.replace(target)
    finally:
        reader.close()
        writer.close()
        partial.unlink(missing_ok=True)
    return lost


def _tables(reader: FileDatabase) -> set[str]:
    return {str(row[0]) for row in reader.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def _copy_table(reader: FileDatabase, writer: FileDatabase, table: str) -> int:
    """Copy a table from its start as far as it can be read, and then from its end backwards."""
    keys = ", ".join(f'"{row[1]}"' for row in writer.execute(f'PRAGMA table_info("{table}")') if row[5])
    failures = 0
    for direction in ("ASC", "DESC"):
        order = ", ".join(f"{key} {direction}" for key in keys.split(", "))
        try:
            for row in reader.execute(f'SELECT * FROM "{table}" ORDER BY {order}'):
                marks = ", ".join("?" * len(row))
                try:
                    writer.execute(f'INSERT OR IGNORE INTO "{table}" VALUES ({marks})', tuple(row))
                except sqlite3.IntegrityError:
                    failures += 1
            break
        except (sqlite3.DatabaseError, UserError):
            failures += 1
    return failures


def _drop_orphans(writer: FileDatabase) -> int:
    """Delete rows that point nowhere, until none is left."""
    dropped = 0
    while broken := list(writer.execute("PRAGMA foreign_key_check")):
        tables = {(row[0], row[2], row[3]) for row in broken}
        before = writer.conn.total_changes
        for table, parent, number in tables:
            key = next(
                row for row in writer.execute(f'PRAGMA foreign_key_list("{table}")') if row[0] == number
            )
            column = key[3]
            parent_key = key[4] or next(
                row[1] for row in writer.execute(f'PRAGMA table_info("{parent}")') if row[5]
            )
            writer.execute(
                f'DELETE FROM "{table}" WHERE "{column}" IS NOT NULL '
                f'AND "{column}" NOT IN (SELECT "{parent_key}" FROM "{parent}")'
            )
        gone = writer.conn.total_changes - before
        if not gone:
            break
        dropped += gone
    return dropped
