"""One project file, opened: the connection, the tables, the journal."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple, Self

from app.domain.codebook import Codebook
from app.domain.errors import UserError
from app.domain.ids import CoderId, ProjectId, new_id
from app.domain.times import now
from app.domain.versions import Version
from app.storage.annotations import Annotations
from app.storage.applied import Applied
from app.storage.articles import Articles
from app.storage.backups import copy_database
from app.storage.codebooks import Codebooks
from app.storage.columns import update
from app.storage.comparisons import Comparisons
from app.storage.connection import (
    FileDatabase,
    connect,
    failing_in_words,
    journal_of,
    replace_file,
    save_durably,
)
from app.storage.journal import Journal, OpenStep
from app.storage.mentions import Mentions
from app.storage.merged import Merged
from app.storage.packets import Packets
from app.storage.people import Coders, Entities
from app.storage.reviews import Reviews
from app.storage.samples import Orderings, Samples
from app.storage.schema import APPLICATION_ID, FILE_VERSION, JOURNALLED, LEDGER, TABLES
from app.storage.versions import Versions
from app.storage.words import Words


class ProjectRow(NamedTuple):
    """What the file says of the project as a whole. `granularity` is one of those of the domain."""

    id: ProjectId
    name: str
    created_at: str
    granularity: str


class ProjectFile:
    """An open project file. Every method may raise UserError where the disk or the file fails."""

    def __init__(self, path: Path, db: FileDatabase, *, read_only: bool, journalled: bool = True) -> None:
        self.path = path
        self.read_only = read_only
        self.applied = Applied(db)
        self.articles = Articles(db)
        self.annotations = Annotations(db)
        self.codebooks = Codebooks(db)
        self.coders = Coders(db)
        self.comparisons = Comparisons(db)
        self.entities = Entities(db)
        self.mentions = Mentions(db)
        self.merged = Merged(db)
        self.packets = Packets(db)
        self.reviews = Reviews(db)
        self.versions = Versions(db)
        self.words = Words(db)
        self.samples = Samples(db)
        self.orderings = Orderings(db)
        self.journal = Journal(db)
        self._db = db
        if not read_only and journalled:
            self.journal.watch()
        self._version = self._data_version()

    @classmethod
    def create(cls, path: Path, *, name: str, program: str) -> Self:
        """Make a new project file; UserError if something is there already or the folder cannot be written."""
        with cls.filling(path, name=name, program=program) as file:
            file.versions.write(Version(1, now(), CoderId(""), ""), Codebook())
        return cls.open(path, program=program)

    @classmethod
    @contextmanager
    def filling(cls, path: Path, *, program: str, name: str = "") -> Generator[Self]:
        """Make a new project file and write into it past the journal, which is written along with the rest.

        For bringing back a whole project. The file appears when it is whole: on any exception, or if the
        program is killed meanwhile, there is none.
        """
        with _appearing(path) as partial, failing_in_words(path):
            db = connect(partial, read_only=False)
            try:
                cls._lay_out(db, name, program)
                db.execute("BEGIN IMMEDIATE")
                db.execute("PRAGMA defer_foreign_keys = ON")
                yield cls(path, db, read_only=False, journalled=False)
                db.execute("COMMIT")
            except (sqlite3.IntegrityError, OverflowError) as error:
                raise UserError(f"{path.name} cannot be made: its parts do not fit ({error}).") from error
            finally:
                db.close()

    @classmethod
    def open(cls, path: Path, *, program: str, read_only: bool = False, backup: Path | None = None) -> Self:
        """Open a project file after a quick integrity check.

        An older file is migrated, after a copy was written to `backup` if that is given. Refused with a
        sentence: what is not a project, was written by a newer program, is damaged, or holds foreign tables.
        """
        if not path.is_file():
            raise UserError(f"There is no file {path}. Check the name and the folder.")
        with failing_in_words(path):
            db = connect(path, read_only=read_only)
            try:
                cls._examine(db, path)
                if not read_only:
                    save_durably(db)
                    cls._clear_away(db, path)
                cls._renew(db, path, program, read_only=read_only, backup=backup)
                return cls(path, db, read_only=read_only)
            except BaseException:
                db.close()
                raise

    def close(self) -> None:
        """Close the file. Nothing is left beside it."""
        self._db.close()

    def project(self) -> ProjectRow:
        """Return what the file says of the project as a whole."""
        row = self._db.execute("SELECT id, name, created_at, granularity FROM project").fetchone()
        return ProjectRow(*row)

    def set_project(self, **values: str) -> None:
        """Set columns of the project row; needs an open step."""
        update(self._db, "project", {"one": 1}, values)

    @contextmanager
    def step(self, name: str, coder_id: CoderId) -> Generator[OpenStep]:
        """Write one step: all of it or, on any exception, nothing."""
        self._check_writable()
        with failing_in_words(self.path), self.journal.step(name, coder_id) as step:
            yield step

    @contextmanager
    def quietly(self) -> Generator[None]:
        """Write traces of visits, outside the history."""
        self._check_writable()
        with failing_in_words(self.path), self.journal.quietly():
            yield

    def undo(self, coder_id: CoderId) -> OpenStep:
        """Take back the newest step."""
        self._check_writable()
        with failing_in_words(self.path):
            return self.journal.undo(coder_id)

    def redo(self, coder_id: CoderId) -> OpenStep:
        """Do again what was undone last."""
        self._check_writable()
        with failing_in_words(self.path):
            return self.journal.redo(coder_id)

    def contents(self, *, history: bool = False) -> dict[str, list[dict[str, Any]]]:
        """Return every row of every table of the project, sorted: two projects with equal contents are equal."""
        tables = (*JOURNALLED, "text", "visit", *(LEDGER if history else ()))
        rows: dict[str, list[dict[str, Any]]] = {}
        for table in tables:
            keys = (row[1] for row in self._db.execute(f'PRAGMA table_info("{table}")') if row[5])
            order = ", ".join(f'"{key}"' for key in sorted(keys))
            rows[table] = list(self._db.rows(f'SELECT * FROM "{table}" ORDER BY {order}'))
        return rows

    def _data_version(self) -> int:
        """A number that changes when another connection has written to the file."""
        return int(self._db.execute("PRAGMA data_version").fetchone()[0])

    def _check_writable(self) -> None:
        if self.read_only:
            raise UserError(f"{self.path.name} is open for reading only; nothing can be changed in it here.")
        if self._data_version() != self._version:
            # The lock keeps windows of one person apart; two people on a shared drive meet here.
            raise UserError(f"{self.path.name} was changed by another program. Close it and open it again.")

    @staticmethod
    def _lay_out(db: FileDatabase, name: str, program: str) -> None:
        save_durably(db)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        _migrate(db, program)
        db.execute(
            "INSERT INTO project VALUES (1, ?, ?, ?, 'any', '', 1, ?)", (new_id(), name, now(), program)
        )

    @staticmethod
    def _examine(db: FileDatabase, path: Path) -> None:
        """Refuse what is not ours before a single row of it is read."""
        if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise UserError(f"{path.name} is not a Rubricator project.")
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if version > FILE_VERSION:
            writer = ""
            with suppress(sqlite3.Error):
                writer = str(db.execute("SELECT program FROM project").fetchone()[0])[:40]
            raise UserError(
                f"{path.name} was written by a newer Rubricator (file version {version}; this one reads up to "
                f"{FILE_VERSION}). Install Rubricator {writer or 'in its newest version'} to open it."
            )
        for kind, name in db.execute("SELECT type, name FROM sqlite_master"):
            known = name in TABLES if kind == "table" else kind == "index"
            if not known:
                raise UserError(
                    f"{path.name} holds a {kind} “{name}” that no Rubricator project has; it was not opened."
                )
        verdict = db.execute("PRAGMA quick_check(1)").fetchone()[0]
        if verdict != "ok":
            raise UserError(f"{path.name} is damaged. Restore a backup, or run “rubricator check” on it.")

    @staticmethod
    def _clear_away(db: FileDatabase, path: Path) -> None:
        """Remove the journal of a program that was killed before it wrote to the file itself.

        SQLite has rolled back what had to be; a journal that was never needed it leaves lying until the next
        write, and a project is one file.
        """
        if journal_of(path).exists():
            version = db.execute("PRAGMA user_version").fetchone()[0]
            db.execute(f"PRAGMA user_version = {version}")

    @staticmethod
    def _renew(db: FileDatabase, path: Path, program: str, *, read_only: bool, backup: Path | None) -> None:
        if db.execute("PRAGMA user_version").fetchone()[0] == FILE_VERSION:
            return
        if read_only:
            raise UserError(
                f"{path.name} is from an older Rubricator. Open it for writing once, to renew it."
            )
        if backup is not None:
            copy_database(path, backup)
        _migrate(db, program)


def _migrate(db: FileDatabase, program: str) -> None:
    from app.storage.migrations import migrate

    migrate(db.conn, program)


@contextmanager
def _appearing(path: Path) -> Generator[Path]:
    """Yield an empty file beside `path` that takes its place at the end; UserError if something is there."""
    partial = path.with_name(path.name + ".part")
    if path.exists():
        raise UserError(f"{path.name} exists already. Open it, or choose another name.")
    try:
        journal_of(partial).unlink(missing_ok=True)
        partial.write_bytes(b"")
    except OSError as error:
        raise UserError(f"{path.name} cannot be made here: {error.strerror}.") from error
    try:
        yield partial
        replace_file(partial, path)
    finally:
        with suppress(OSError):
            partial.unlink()
