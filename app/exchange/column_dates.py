"""The dates in one column of a table, to ISO 8601: what is certain is read, and what is not stays as it is.

In 04/05/2026 either figure may be the day. A figure above 12 can be no month, and people write one column one way,
so that a single such row decides for all that are written with the same sign; dots stand after days.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from app.domain.articles import Draft
from app.domain.counting import counted
from app.domain.dates import is_date
from app.exchange.dates import checked_date, iso_date, month_date

_SHOWN = 3
_LONGEST = 40
_LONGEST_DATE = 70
_TIME = r"(?P<time>(?:T|,?\s+(?:at\s+|um\s+|à\s+)?)\d{1,2}[:.h]\d{2}.{0,30})?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])\s?(\d{{1,2}})\2\s?(\d{{1,2}})\.?{_TIME}", re.ASCII)
_SOLID = re.compile(r"((?:1[5-9]|20)\d{2})(\d{2})(\d{2})", re.ASCII)
_YEAR_LAST = re.compile(rf"(\d{{1,2}})([-/.])\s?(\d{{1,2}})\2\s?(\d{{4}}){_TIME}", re.ASCII)
_MONTH_OF_YEAR = re.compile(r"(\d{1,2})[./](\d{4})", re.ASCII)
_MIDNIGHT = re.compile(r"(?:T|,?\s+)(?:00?:00(?::00(?:\.0+)?)?\s*(?:Z|\+00:?00)?|12:00:00 AM)", re.ASCII)


class Dated(NamedTuple):
    """Articles with their dates read, and in words what was read and what was not."""

    drafts: tuple[Draft, ...]
    notes: tuple[str, ...]
    problems: tuple[str, ...]


class _Figures(NamedTuple):
    """A date of which the year is last; either of the others may be the day."""

    first: int
    sign: str
    second: int
    year: int

    @property
    def day_leads(self) -> bool | None:
        """Whether the first figure is surely the day; None where it may be either."""
        if self.sign == ".":
            return True
        if (self.first > 12) == (self.second > 12):
            return None
        return self.first > 12

    def date(self, *, day_leads: bool | None) -> str:
        """Return the date as yyyy-mm-dd, nothing if it is none or not certain."""
        if day_leads is None and self.first != self.second:
            return ""
        day, month = (self.first, self.second) if day_leads else (self.second, self.first)
        return checked_date(self.year, month, day)


def with_dates(drafts: Sequence[Draft], column: str) -> Dated:
    """Return the articles of one table, of which `column` holds the dates, with these as ISO 8601 where certain.

    A time of day beside a date is kept under the name of the column.
    """
    known = _read({draft.date for draft in drafts})
    dated: list[Draft] = []
    changed: list[str] = []
    unread: list[str] = []
    for draft in drafts:
        said, read = draft.date, known[draft.date]
        if not read:
            unread.extend([said] if said else ())
            dated.append(draft)
        elif read == said:
            dated.append(draft)
        else:
            changed.append(said)
            dated.append(draft.model_copy(update={"date": read, "metadata": _with_time(draft, column)}))
    return Dated(tuple(dated), tuple(_notes(changed, known)), tuple(_problems(unread)))


def _notes(changed: Sequence[str], known: Mapping[str, str]) -> Iterator[str]:
    if changed:
        yield f"{counted(len(changed), 'date')} read, such as {_quoted(changed[0])} as {known[changed[0]]}"


def _problems(unread: Sequence[str]) -> Iterator[str]:
    """Yield the sentence on dates that stay as they are."""
    if not unread:
        return
    kinds = list(dict.fromkeys(unread))
    shown = ", ".join(map(_quoted, kinds[:_SHOWN])) + ("…" if kinds[_SHOWN:] else "")
    are = "is" if len(unread) == 1 else "are"
    why = " (what is day and what is month is not certain)" if any(map(_figures, kinds)) else ""
    yield f"{counted(len(unread), 'date')} could not be read and {are} kept as written: {shown}{why}"


def _read(cells: Iterable[str]) -> dict[str, str]:
    """Return for every cell its date, empty where it is none or not certain."""
    figures = {cell: _figures(cell) for cell in cells}
    votes: dict[str, set[bool]] = {}
    for each in figures.values():
        if each is not None and each.day_leads is not None:
            votes.setdefault(each.sign, set()).add(each.day_leads)
    found: dict[str, str] = {}
    for cell, each in figures.items():
        if each is None:
            found[cell] = _plain(cell)
            continue
        decided = votes.get(each.sign, set[bool]())
        # Where a column is written both ways, a row speaks only for itself.
        day_leads = each.day_leads if each.day_leads is not None or len(decided) != 1 else next(iter(decided))
        found[cell] = each.date(day_leads=day_leads)
    return found


def _figures(cell: str) -> _Figures | None:
    match = _YEAR_LAST.fullmatch(cell.strip())
    return _Figures(int(match[1]), match[2], int(match[3]), int(match[4])) if match else None


def _plain(cell: str) -> str:
    """Return a date that can be read by itself; nothing if it cannot."""
    cell = cell.strip()
    if is_date(cell):
        return cell
    for pattern, at in ((_YEAR_FIRST, (1, 3, 4)), (_SOLID, (1, 2, 3))):
        if match := pattern.fullmatch(cell):
            year, month, day = (int(match[group]) for group in at)
            return checked_date(year, month, day)
    if match := _MONTH_OF_YEAR.fullmatch(cell):
        return f"{match[2]}-{int(match[1]):02}" if 1 <= int(match[1]) <= 12 else ""
    if len(cell) > _LONGEST_DATE:
        return ""
    # Of two dates neither is the one.
    return month_date(cell) or (iso_date(cell) if len(re.findall(r"\d{4}", cell)) == 1 else "")


def _with_time(draft: Draft, column: str) -> dict[str, str]:
    """Return the metadata, with the cell where it says more than the day."""
    metadata = dict(draft.metadata)
    match = _YEAR_FIRST.fullmatch(draft.date.strip()) or _YEAR_LAST.fullmatch(draft.date.strip())
    time = (match["time"] or "") if match else ":" in draft.date
    if time and not (match and _MIDNIGHT.fullmatch(match["time"])):
        metadata[column] = draft.date
    return metadata


def _quoted(cell: str) -> str:
    return f"“{cell[:_LONGEST]}{'…' if cell[_LONGEST:] else ''}”"
