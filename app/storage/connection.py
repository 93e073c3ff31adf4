"""Connections to project files: how they are opened, guarded against hostile files, and how they fail."""

import sqlite3
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.domain.errors import UserError

_LONGEST_VALUE = 256 * 1024 * 1024
"""Bytes of one value or row: above the longest article, far below what would exhaust memory."""

_BUSY_SECONDS = 5.0

_ADVICE = {
    "SQLITE_READONLY_DBMOVED": "{name} was replaced by another program meanwhile. Close it and open it again.",
    "SQLITE_FULL": "The disk is full. Make room and try again; everything saved before is safe.",
    "SQLITE_READONLY": "{name} cannot be written here. Copy it to a folder of your own and open the copy.",
    "SQLITE_CANTOPEN": "{name} cannot be opened or written here. Check that the folder exists and is yours.",
    "SQLITE_BUSY": "Another program is writing to {name}. Close it there and try again.",
    "SQLITE_LOCKED": "Another program is writing to {name}. Close it there and try again.",
    "SQLITE_CORRUPT": "{name} is damaged. Restore a backup, or run “rubricator check” on it.",
    "SQLITE_NOTADB": "{name} is not a Rubricator project.",
    "SQLITE_PERM": "{name} may not be opened by you. Ask its owner, or copy it to a folder of your own.",
    "SQLITE_IOERR": "The disk failed while working on {name}. Everything saved before is safe; check the disk.",
    "SQLITE_TOOBIG": "{name} holds something far too large to be ours; it was not opened.",
    "SQLITE_PROTOCOL": "Another program is writing to {name}. Close it there and try again.",
}


@contextmanager
def failing_in_words(path: Path) -> Generator[None]:
    """Turn what SQLite says of the disk, the file or another program into a UserError; bugs stay bugs."""
    try:
        yield
    except sqlite3.Error as error:
        raise in_words(error, path) from error


def in_words(error: sqlite3.Error, path: Path) -> Exception:
    """Return what to raise for an error of SQLite: a sentence where a person can do something, else itself."""
    code = getattr(error, "sqlite_errorname", "") or ""
    for known, advice in _ADVICE.items():
        if code == known or code.startswith(known + "_"):
            return UserError(advice.format(name=path.name))
    return error


class FileDatabase:
    """A connection that fails in words about its file."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.conn = connection
        self._path = path

    def close(self) -> None:
        """Close the connection; a transaction that is open is rolled back."""
        self.conn.close()

    def execute(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> sqlite3.Cursor:
        """Run one statement; what the disk or another program does wrong becomes a UserError."""
        try:
            return self.conn.execute(sql, parameters)
        except sqlite3.Error as error:
            raise in_words(error, self._path) from error

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[dict[str, Any]]:
        """Run one query and yield its rows by column."""
        cursor = self.execute(sql, parameters)
        names = [column[0] for column in cursor.description]
        for row in cursor:
            yield dict(zip(names, row, strict=True))


def connect(path: Path, *, read_only: bool) -> FileDatabase:
    """Open the file as it is; it must exist. Nothing in it is trusted and nothing is written by opening it."""
    uri = f"{path.resolve().as_uri()}?mode={'ro' if read_only else 'rw'}"
    connection = sqlite3.connect(
        uri, uri=True, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        connection.execute("PRAGMA mmap_size = 0")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA cache_size = -16000")
        return FileDatabase(connection, path)
    except BaseException:
        connection.close()
        raise


def save_durably(db: FileDatabase) -> None:
    """Set the way of writing: a rollback journal that is gone after each step, flushed to the disk each time.

    So the one file is complete between steps. A file that somebody turned to a write-ahead log is turned back.
    """
    db.execute("PRAGMA journal_mode = DELETE")
    db.execute("PRAGMA synchronous = FULL")
