"""Moments in time, as the project writes them: ISO 8601 in UTC with milliseconds."""

from datetime import UTC, datetime


def now() -> str:
    """Return this moment, for example `2026-11-23T08:15:30.123Z`."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse(moment: str) -> datetime:
    """Return a moment written by `now` as an aware datetime; raises ValueError on any other text."""
    return datetime.fromisoformat(moment)
