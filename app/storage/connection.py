"""Connections to project files: how they are opened, guarded against hostile files, and how they fail."""

import sqlite3
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from app.domain.errors import UserError

_LONGEST_VALUE = 256 * 1024 * 1024
"""Bytes of one value or row: above the longest article, far below what would exhaust memory."""

_BUSY_SECONDS = 5.0

_ADVICE = {
    "SQLITE_READONLY_DBMOVED": "{name} was replaced by another program meanwhile. Close it and open it again.",
    "SQLITE_FULL": "The disk is full. Make room and try again; everything saved before is safe.",
    "SQLITE_READONLY_ROLLBACK": "A step of {name} was interrupted and cannot be taken back here. Copy it and "
    "{name}-journal together to a folder of your own and open it there.",
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


def _damaged(path: Path) -> UserError:
    """Return the sentence for a file whose schema SQLite cannot even quote, because it is no text any more."""
    return UserError(_ADVICE["SQLITE_CORRUPT"].format(name=path.name))


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
        except UnicodeDecodeError as error:
            raise _damaged(self._path) from error

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[dict[str, Any]]:
        """Run one query and yield its rows by column."""
        cursor = self.execute(sql, parameters)
        names = [column[0] for column in cursor.description]
        for row in cursor:
            yield dict(zip(names, row, strict=True))


def connect(path: Path, *, read_only: bool) -> FileDatabase:
    """Open the file as it is; it must exist. Nothing in it is trusted and nothing is written by opening it.

    But a step in whose middle a program was killed is taken back first, which a reader could not do.
    """
    if read_only and journal_of(path).exists():
        _take_back(path)
    connection = _connection(path, "ro" if read_only else "rw")
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
    except UnicodeDecodeError as error:
        connection.close()
        raise _damaged(path) from error
    except BaseException:
        connection.close()
        raise


def journal_of(path: Path) -> Path:
    """Return where SQLite keeps what a step that is being written would have to put back."""
    whole = path.resolve()
    return whole.with_name(whole.name + "-journal")


def replace_file(partial: Path, path: Path) -> None:
    """Put a whole file in the place of `path`; a journal left there belongs to another file and goes first.

    Else SQLite would roll the new file back to pages of the old one.
    """
    journal_of(path).unlink(missing_ok=True)
    partial.replace(path)


def _take_back(path: Path) -> None:
    """Let SQLite roll back a step that was interrupted, where the file may be written."""
    with suppress(sqlite3.Error):  # What stands against it is said by whoever reads the file next.
        connection = _connection(path, "rw")
        try:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA user_version").fetchone()
        finally:
            connection.close()


def _connection(path: Path, mode: str) -> sqlite3.Connection:
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    return sqlite3.connect(
        uri, uri=True, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )


def save_durably(db: FileDatabase) -> None:
    """Set the way of writing: a rollback journal that is gone after each step, flushed to the disk each time.

    So the one file is complete between steps. A file that somebody turned to a write-ahead log is turned back.
    """
    db.execute("PRAGMA journal_mode = DELETE")
    db.execute("PRAGMA synchronous = FULL")
