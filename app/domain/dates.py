"""Dates as articles have them: ISO 8601, whole or cut to the month or the year."""

import re
from datetime import date

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", re.ASCII)

ADVICE = "Write a date as 2026-05-31 or, where the day or the month is not known, as 2026-05 or 2026."


def is_date(text: str) -> bool:
    """Tell whether a text is YYYY, YYYY-MM or YYYY-MM-DD and there is such a day."""
    match = _SHAPE.fullmatch(text)
    if match is None:
        return False
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def month_of(text: str) -> str:
    """Return YYYY-MM of a date, empty where the month is not known."""
    return text[:7] if len(text) >= 7 and is_date(text) else ""


def year_of(text: str) -> str:
    """Return YYYY of a date, empty where it is none."""
    return text[:4] if is_date(text) else ""
