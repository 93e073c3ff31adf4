"""Dates as newspapers and databases print them, to ISO 8601."""

import re
from datetime import date

_MONTHS = (
    ("january jan januar januari janvier enero ene gennaio gen janeiro", 1),
    ("february feb februar februari février fevrier févr febrero febbraio fevereiro", 2),
    ("march mar märz maerz mär maart mars marzo março", 3),
    ("april apr avril abril aprile", 4),
    ("may mai mei mayo maggio maio", 5),
    ("june jun juni juin junio giugno junho", 6),
    ("july jul juli juillet julio luglio julho", 7),
    ("august aug augustus août aout agosto", 8),
    ("september sep sept septembre septiembre settembre setembro", 9),
    ("october oct oktober okt octobre octubre ottobre outubro", 10),
    ("november nov novembre noviembre novembro", 11),
    ("december dec dezember dez décembre diciembre dicembre dezembro", 12),
)
_MONTH = {name: number for names, number in _MONTHS for name in names.split()}

_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})(?!\d)")
_HAN = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_DAY_FIRST = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th|\.)?\s+(?:de\s+)?([^\W\d_]{3,12})\.?,?\s+(?:de\s+)?(\d{4})\b"
)
_MONTH_FIRST = re.compile(r"\b([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")


def iso_date(words: str) -> str:
    """Return the first date in some words as yyyy-mm-dd; nothing if there is none with day, month and year.

    Dates of figures alone are read only where the year leads: 3/4/2024 is two days.
    """
    for pattern in (_ISO, _HAN):
        if found := pattern.search(words):
            return _checked(int(found[1]), int(found[2]), int(found[3]))
    for pattern, day, month in ((_MONTH_FIRST, 2, 1), (_DAY_FIRST, 1, 2)):
        for found in pattern.finditer(words.casefold()):
            if number := _MONTH.get(found[month]):
                return _checked(int(found[3]), number, int(found[day]))
    return ""


def _checked(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
