"""Long statements that can be stopped."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager

from app.domain.errors import UserError
from app.domain.progress import Cancelled, Progress
from app.storage.connection import FileDatabase

_STEPS = 20_000
"""Steps of SQLite's machine between two looks at whether to stop: about a millisecond."""


@contextmanager
def watched(db: FileDatabase, progress: Progress) -> Generator[None]:
    """Let `progress` stop the statements inside: what it raises comes out here."""
    stopped: list[Cancelled] = []

    def look() -> int:
        try:
            progress(0, 0)
        except Cancelled as cancelled:
            stopped.append(cancelled)
        return len(stopped)

    db.conn.set_progress_handler(look, _STEPS)
    try:
        yield
    except (sqlite3.OperationalError, UserError) as error:
        if stopped:
            raise stopped[0] from error
        raise
    finally:
        db.conn.set_progress_handler(None, 0)


def attached(path: str) -> sqlite3.Connection:
    """Return a database of the program's own, which is gone when it is closed, with a project file beside it.

    The file is read only, under the name `file`. Nothing of it is trusted.
    """
    connection = sqlite3.connect("", uri=True, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        connection.execute("PRAGMA mmap_size = 0")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("ATTACH ? AS file", (f"{path}?mode=ro",))
    except BaseException:
        connection.close()
        raise
    return connection
