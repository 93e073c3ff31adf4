"""Saving what can be saved of a damaged project file."""

import sqlite3
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from app.domain.errors import UserError
from app.domain.times import now
from app.storage.check import answers_fit, each_annotation, problems
from app.storage.columns import columns_of, from_json, insert, to_json, update
from app.storage.connection import FileDatabase, connect, replace_file
from app.storage.mending import keep_version, mend_codebook, mended_row
from app.storage.project_file import ProjectFile
from app.storage.schema import GUARDED, JOURNALLED, LEDGER
from app.storage.soundness import DAMAGE, Row, is_sound, legible, rows_of

_WORDS = {
    "project": ("project", "projects"),
    "coder": ("coder", "coders"),
    "article": ("article", "articles"),
    "code": ("code", "codes"),
    "attribute": ("attribute", "attributes"),
    "entity": ("entity", "entities"),
    "annotation": ("annotation", "annotations"),
    "fragment": ("fragment", "fragments"),
    "answer": ("answer", "answers"),
    "link": ("link", "links"),
    "review": ("review", "reviews"),
    "variable": ("answer to an article variable", "answers to article variables"),
    "codebook_version": ("version of the codebook", "versions of the codebook"),
    "term": ("term of the word list", "terms of the word list"),
    "sample": ("sample", "samples"),
    "ordering": ("order of the articles", "orders of the articles"),
    "packet": ("note whose copy this is", "notes whose copy this is"),
    "stamp": ("note of a merge", "notes of merges"),
    "text": ("text", "texts"),
    "visit": ("visit", "visits"),
    "step": ("step of the history", "steps of the history"),
    "step_row": ("row of the history", "rows of the history"),
}


ALTERED = "text altered outside Rubricator"
"""The field of metadata that says so for good."""


class Salvaged(NamedTuple):
    """What became of what a damaged file held: how many rows of which table are lost, or were mended.

    `unread` are tables of which more may be lost than could be counted. `altered` are the titles of articles whose text
    is not the one that was imported: it is kept as it stands now, and the metadata of the article says so.
    """

    lost: Mapping[str, int]
    mended: Mapping[str, int]
    unread: tuple[str, ...]
    altered: tuple[str, ...]

    def in_words(self) -> str:
        """Return a few sentences for people."""
        said = [f"Lost: {_listed(self.lost)}." if self.lost else "Nothing that could be counted was lost."]
        if self.mended:
            said.append(f"Mended: {_listed(self.mended)}.")
        if self.altered:
            named = ", ".join(f"“{title}”" for title in self.altered)
            said.append(
                f"Not the text that was imported, but kept as it stands, with a note in the metadata: {named}."
            )
        if self.unread:
            said.append(f"Possibly lost beyond that: {', '.join(_WORDS[table][1] for table in self.unread)}.")
        said.append("Steps from before the repair cannot be undone.")
        return " ".join(said)


def salvage(source: Path, target: Path, name: str, program: str) -> Salvaged:
    """Copy what can still be read to a new project file, which appears when it is whole and sound.

    Rows whose parents are lost are lost too. Raises UserError where too little can be read.
    """
    partial = target.with_name(target.name + ".salvage")
    too_little = UserError(f"Too little of {source.name} can be read to mend it. Restore a backup.")
    try:
        partial.unlink(missing_ok=True)
        ProjectFile.create(partial, name=name, program=program).close()
        salvaged = _filled(source, partial, too_little)
        if next(problems(partial, program), ""):
            raise too_little
        replace_file(partial, target)
    except OSError as error:
        raise UserError(f"{target.name} cannot be written: {error.strerror}.") from error
    finally:
        partial.unlink(missing_ok=True)
    return salvaged


def _filled(source: Path, partial: Path, too_little: UserError) -> Salvaged:
    try:
        reader = connect(source, read_only=True)
    except DAMAGE as error:
        raise too_little from error
    writer = connect(partial, read_only=False)
    try:
        writer.execute("PRAGMA foreign_keys = OFF")
        writer.execute("BEGIN IMMEDIATE")
        own = dict(next(writer.rows("SELECT * FROM project")))
        for table in ("project", "codebook_version"):
            writer.execute(f"DELETE FROM {table}")
        work = _Salvage(reader, writer)
        there = {str(row[0]) for row in reader.execute("SELECT name FROM sqlite_master")}
        for table in (*JOURNALLED, *GUARDED, *LEDGER):
            # An older file lacks what came later, and nothing of that is lost.
            if table in there:
                work.copy(table)
        work.mend(own)
        if not any(writer.execute("SELECT 1 FROM text UNION SELECT 1 FROM code").fetchall()):
            raise too_little
        writer.execute("COMMIT")
        return work.result()
    except sqlite3.Error as error:
        raise too_little from error
    finally:
        reader.close()
        writer.close()


class _Salvage:
    """One damaged file on its way into a new one, row by row."""

    def __init__(self, reader: FileDatabase, writer: FileDatabase) -> None:
        self._reader, self._writer = reader, writer
        self._columns = columns_of(writer)
        self._seen: Counter[str] = Counter()
        self._mended: Counter[str] = Counter()
        self._unread: list[str] = []
        self._rehashed: dict[str, str] = {}
        self._altered: list[str] = []

    def copy(self, table: str) -> None:
        """Copy a table from its start as far as it can be read, then from its end, then past its index."""
        info = list(self._writer.execute(f'PRAGMA table_info("{table}")'))
        names, keys = [row[1] for row in info], [row[1] for row in info if row[5]]
        known: set[tuple[object, ...]] = set()
        ways = [", ".join(f'"{key}" {direction}' for key in keys) for direction in ("ASC", "DESC")]
        for way in (f"ORDER BY {ways[0]}", f"ORDER BY {ways[1]}", "NOT INDEXED"):
            try:
                for row in rows_of(self._reader, table, way):
                    key = tuple(row[each] for each in keys)
                    if key not in known:
                        known.add(key)
                        # What came later to a table, an older file lacks.
                        self._enter(table, {each: row[each] for each in names if each in row})
                break
            except DAMAGE:
                continue
        else:
            self._unread.append(table)
        self._seen[table] = max(len(known), self._counted(table))

    def mend(self, own: Row) -> None:
        """Make what was copied hold together: the project row, the codebook, texts, annotations, the history."""
        if not self._count("project"):
            insert(self._writer, "project", [own])
        self._note_altered()
        for sha256, text in list(self._writer.execute("SELECT sha256, content FROM text")):
            update(self._writer, "article", {"sha256": sha256}, {"length": len(text)})
        self._mended["code"] += mend_codebook(self._writer)
        keep_version(self._writer)
        self._drop_orphans()
        self._writer.execute(
            "UPDATE fragment SET article_id = (SELECT article_id FROM annotation WHERE id = annotation_id)"
        )
        self._writer.execute(
            "DELETE FROM variable WHERE attribute_id IN (SELECT id FROM attribute WHERE code_id IS NOT NULL)"
        )
        self._drop_annotations()
        self._drop_orphans()
        self._writer.execute("UPDATE step SET state = 'dropped'")

    def result(self) -> Salvaged:
        """Return what was lost and mended, by table."""
        lost = {table: seen - self._count(table) for table, seen in self._seen.items()}
        return Salvaged(
            {table: count for table, count in lost.items() if count > 0},
            +self._mended,
            tuple(self._unread),
            tuple(self._altered),
        )

    def _note_altered(self) -> None:
        """Lead articles to the texts as they stand, and note in their metadata that this is not what was imported.

        Otherwise a text that somebody changed behind the program's back would pass for sound from now on.
        """
        for old, new in self._rehashed.items():
            for article_id, title, metadata in list(
                self._writer.execute("SELECT id, title, metadata FROM article WHERE sha256 = ?", (old,))
            ):
                noted = {**from_json(metadata), ALTERED: f"found {now()}; SHA-256 was {old}"}
                update(
                    self._writer, "article", {"id": article_id}, {"sha256": new, "metadata": to_json(noted)}
                )
                self._altered.append(title)

    def _enter(self, table: str, row: Row) -> None:
        sound = row if is_sound(table, row, self._columns) else mended_row(table, legible(row), self._columns)
        if sound is None:
            return
        if table == "text" and sound["sha256"] != row["sha256"]:
            self._rehashed[row["sha256"]] = sound["sha256"]
        try:
            insert(self._writer, table, [sound])
        except DAMAGE:
            return
        if sound is not row and table != "text":
            self._mended[table] += 1

    def _counted(self, table: str) -> int:
        try:
            return int(self._reader.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])
        except DAMAGE:
            return 0

    def _count(self, table: str) -> int:
        return int(self._writer.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])

    def _drop_annotations(self) -> None:
        """Drop annotations that cannot be read, lie nowhere or do not fit the text, which would be a guess."""
        file = ProjectFile(Path(), self._writer, read_only=False, journalled=False)
        codebook = file.codebooks.read()
        gone = file.annotations.without_fragments()
        for article in list(file.articles):
            text = file.articles.text(article.sha256)
            for annotation_id, found in list(each_annotation(file, article.id)):
                if found is None or not (found.fits(text) and answers_fit(found, codebook)):
                    gone.append(annotation_id)
        file.annotations.remove(gone)

    def _drop_orphans(self) -> None:
        """Delete rows that point nowhere, until none is left; a code or step whose parent is lost stays."""
        self._writer.execute("UPDATE step SET of = NULL WHERE of NOT IN (SELECT number FROM step)")
        while broken := list(self._writer.execute("PRAGMA foreign_key_check")):
            for table, parent, number in {(row[0], row[2], row[3]) for row in broken}:
                keys = self._writer.execute(f'PRAGMA foreign_key_list("{table}")')
                column, parent_column = next((row[3], row[4]) for row in keys if row[0] == number)
                columns = self._writer.execute(f'PRAGMA table_info("{parent}")')
                parent_key = parent_column or next(row[1] for row in columns if row[5])
                self._writer.execute(
                    f'DELETE FROM "{table}" WHERE "{column}" IS NOT NULL '
                    f'AND "{column}" NOT IN (SELECT "{parent_key}" FROM "{parent}")'
                )


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {_WORDS[table][count != 1]}" for table, count in counts.items())
