"""Dates as newspapers and databases print them, to ISO 8601."""

import re
from datetime import date
from unicodedata import normalize

_MONTHS = (
    (
        "january jan januar januari janvier janv enero ene gennaio gen janeiro styczeń stycznia leden ledna januarie "
        "ianuarie ocak января січня",
        1,
    ),
    (
        "february feb februar februari février fevrier févr febrero febbraio fevereiro luty lutego únor února "
        "februarie şubat февраля лютого",
        2,
    ),
    (
        "march mar märz maerz mär mars maart mrt marzo março marzec marca březen března martie mart марта березня",
        3,
    ),
    (
        "april apr avril avr abril abr aprile kwiecień kwietnia duben dubna aprilie nisan апреля квітня",
        4,
    ),
    ("may mai mei mayo maggio mag maio maj maja květen května mayıs мая травня", 5),
    ("june jun juni juin junio giugno giu junho czerwiec czerwca červen června iunie haziran июня червня", 6),
    (
        "july jul juli juillet juil julio luglio lug julho lipiec lipca červenec července iulie temmuz июля липня",
        7,
    ),
    (
        "august aug augustus augusti août aout agosto ago sierpień sierpnia srpen srpna ağustos августа серпня",
        8,
    ),
    (
        "september sep sept septembre septiembre settembre sett setembro wrzesień września září septembrie eylül "
        "сентября вересня",
        9,
    ),
    (
        "october oct oktober okt octobre octubre ottobre ott outubro październik października říjen října octombrie "
        "ekim октября жовтня",
        10,
    ),
    (
        "november nov novembre noviembre novembro listopad listopada listopadu noiembrie kasım ноября листопада",
        11,
    ),
    (
        "december dec dezember dez décembre déc diciembre dic dicembre dezembro grudzień grudnia prosinec prosince "
        "decembrie aralık декабря грудня",
        12,
    ),
)
_MONTH = {name: number for names, number in _MONTHS for name in names.split()}
_OTHER_MONTH = "listopada"
"""November in Polish, which puts no dot after the day; October in Croatian, which does."""

_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})(?!\d)")
_HAN = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_BETWEEN = r"(?:\s+|-|/)"
_DAY_FIRST = re.compile(
    rf"\b(\d{{1,2}})(st|nd|rd|th|er|\.|º|ª|°)?{_BETWEEN}(?:de\s+)?([^\W\d_]{{3,12}})\.?,?{_BETWEEN}(?:de\s+|del\s+)?"
    r"(\d{4})\b"
)
_MONTH_FIRST = re.compile(r"\b([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_MONTH_ALONE = re.compile(r"([^\W\d_]{3,12})\.?,?\s+(?:de\s+|del\s+)?(\d{4})")


def iso_date(words: str) -> str:
    """Return the first date in some words as yyyy-mm-dd; nothing if there is none with day, month and year.

    Dates of figures alone are read only where the year leads: 3/4/2024 is two days.
    """
    for pattern in (_ISO, _HAN):
        if found := pattern.search(words):
            return checked_date(int(found[1]), int(found[2]), int(found[3]))
    plain = normalize("NFC", words.casefold())
    for found in _MONTH_FIRST.finditer(plain):
        if number := _MONTH.get(found[1]):
            return checked_date(int(found[3]), number, int(found[2]))
    for found in _DAY_FIRST.finditer(plain):
        if number := _MONTH.get(found[3]):
            if found[3] == _OTHER_MONTH and found[2]:
                return ""
            return checked_date(int(found[4]), number, int(found[1]))
    return ""


def month_date(words: str) -> str:
    """Return words that are a month and a year, and nothing else, as yyyy-mm; nothing if they are not."""
    found = _MONTH_ALONE.fullmatch(normalize("NFC", words.casefold()))
    number = _MONTH.get(found[1], 0) if found else 0
    return f"{found[2]}-{number:02}" if found and number and found[1] != _OTHER_MONTH else ""


def checked_date(year: int, month: int, day: int) -> str:
    """Return yyyy-mm-dd; nothing if there is no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
