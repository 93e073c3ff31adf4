"""Copies of a project file by SQLite's online backup: safe at any moment, even while a step is written."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from app.domain.errors import UserError
from app.storage.connection import connect, failing_in_words, journal_of, replace_file

_PAGES_AT_ONCE = 2_000
_KEEP_NEWEST = 10
_KEEP_DAYS = 14
_KEEP_WEEKS = 26


def copy_database(source: Path, target: Path, progress: Callable[[int, int], None] | None = None) -> None:
    """Write a complete copy of the project `source` to `target`, which is replaced only once it is whole.

    `progress` is told pages done and pages in all, and may raise to stop; then nothing is left behind.
    """
    partial = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        journal_of(partial).unlink(missing_ok=True)
        with failing_in_words(target):
            _copy(source, partial, progress)
        replace_file(partial, target)
    except OSError as error:
        raise UserError(f"The copy {target.name} cannot be written: {error.strerror}.") from error
    finally:
        with suppress(OSError):
            partial.unlink()


def _copy(source: Path, partial: Path, progress: Callable[[int, int], None] | None) -> None:
    def tell(_status: int, remaining: int, total: int) -> None:
        if progress is not None:
            progress(total - remaining, total)

    reader = connect(source, read_only=True)
    try:
        writer = sqlite3.connect(partial)
        try:
            reader.conn.backup(writer, pages=_PAGES_AT_ONCE, progress=tell)
        finally:
            writer.close()
    finally:
        reader.close()


def to_thin_out(moments: Sequence[datetime], now: datetime) -> list[datetime]:
    """Return the moments whose backups may go.

    Kept are the newest ten, the last of each day for two weeks and the last of each week for half a year.
    """
    newest_first = sorted(moments, reverse=True)
    keep = set(newest_first[:_KEEP_NEWEST])
    days: set[object] = set()
    weeks: set[object] = set()
    for moment in newest_first:
        age = now - moment
        if age <= timedelta(days=_KEEP_DAYS) and moment.date() not in days:
            days.add(moment.date())
            keep.add(moment)
        week = moment.isocalendar()[:2]
        if age <= timedelta(weeks=_KEEP_WEEKS) and week not in weeks:
            weeks.add(week)
            keep.add(moment)
    return [moment for moment in newest_first if moment not in keep]
