"""The table of all articles: its columns, what narrows it, and its rows."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from app.domain.entities import folded
from app.domain.errors import UserError
from app.domain.ids import ArticleId, CodeId, CoderId, SampleId
from app.domain.reviews import ReviewState, done_in_words
from app.domain.values import Value

_DIGITS = re.compile(r"\d+")
_EXTRA = "extra:"


class Column(StrEnum):
    """The columns that every article has; what its file said besides has columns of its own."""

    NUMBER = "number"
    TITLE = "title"
    SOURCE = "source"
    DATE = "date"
    AUTHOR = "author"
    STATE = "state"
    ANNOTATIONS = "annotations"
    LENGTH = "length"
    URL = "url"
    REFERENCE = "reference"
    IMPORTED = "imported_at"


HEADS: Mapping[str, str] = {
    Column.NUMBER: "No.",
    Column.TITLE: "Title",
    Column.SOURCE: "Outlet",
    Column.DATE: "Date",
    Column.AUTHOR: "Author",
    Column.STATE: "State",
    Column.ANNOTATIONS: "Annotations",
    Column.LENGTH: "Characters",
    Column.URL: "Address",
    Column.REFERENCE: "Id at its source",
    Column.IMPORTED: "Imported",
}


def extra_column(key: str) -> str:
    """Return the name of the column for a key of the metadata that files bring along."""
    return _EXTRA + key


def extra_key(column: str) -> str | None:
    """Return the key of the metadata that a column shows, None for one that every article has."""
    return column.removeprefix(_EXTRA) if column.startswith(_EXTRA) else None


def head_of(column: str) -> str:
    """Return what stands above a column."""
    key = extra_key(column)
    return HEADS[column] if key is None else key


class ArticleFilter(Value):
    """What narrows the table; all of it must hold.

    `text` are words in title or metadata. `date_to` holds the whole of a month or year. `coder_id` says whose
    `state`, annotations and codes are meant, nobody's in particular if it is None; given alone, it stands for
    articles with annotations of that coder. A code stands for its sub-codes too. `key` and `value` are metadata.
    """

    text: str = ""
    source: str | None = None
    date_from: str = ""
    date_to: str = ""
    state: ReviewState | None = None
    coder_id: CoderId | None = None
    code_id: CodeId | None = None
    with_code: bool = True
    key: str = ""
    value: str = ""
    sample_id: SampleId | None = None

    def words(self) -> list[str]:
        """Return the words that are looked for, as they are compared."""
        return folded(self.text).split()


class Sorting(NamedTuple):
    """The column by which rows stand in order, and whether from the end."""

    column: str = Column.NUMBER
    downwards: bool = False


class ArticleRow(NamedTuple):
    """An article as the table shows it: a light tuple. `state` is that of one coder, `annotations` are everybody's."""

    id: ArticleId
    title: str
    source: str
    date: str
    author: str
    url: str
    reference: str
    length: int
    imported_at: str
    metadata: Mapping[str, str]
    state: ReviewState
    nothing_found: bool
    annotations: int
    lacking: int


class Listing(NamedTuple):
    """The articles that a filter lets through, in order, with what the table needs to know of all.

    `places` gives the number of every article in the coder's order, from 1; `sources` and the values of each key of
    `extras` are the most frequent ones. `undated` counts what a filter by date leaves out although all else lets it
    through, because it has no date that can be compared.
    """

    ids: list[ArticleId]
    places: Mapping[ArticleId, int]
    sources: tuple[str, ...]
    extras: Mapping[str, tuple[str, ...]]
    undated: int = 0

    def left_out(self) -> str:
        """Return in words what a filter by date leaves out unseen; nothing if that is nothing."""
        return f"left out: {self.undated:,} without a readable date" if self.undated else ""


def cell(row: ArticleRow, column: str, place: int) -> str:
    """Return what a cell holds, as files get it; `place` is the number of the article in the coder's order."""
    key = extra_key(column)
    if key is not None:
        return row.metadata.get(key, "")
    match column:
        case Column.NUMBER:
            return str(place)
        case Column.STATE:
            return done_in_words(row.state, nothing_found=row.nothing_found, lacking=row.lacking)
        case _:
            return str(getattr(row, column))


def natural(text: str) -> str:
    """Return a text as it is put in order: without case and accents, and 2 before 10."""
    return _DIGITS.sub(lambda match: match.group().zfill(12), folded(text))


def known_column(name: str, extras: Mapping[str, object]) -> str:
    """Return the column that a person means by its name, its head or a key of the metadata.

    Raises UserError if there is none.
    """
    heads = {head.casefold(): column for column, head in HEADS.items()}
    wanted = name.strip().casefold()
    if name in extras:
        return extra_column(name)
    if wanted in heads or wanted in HEADS:
        return heads.get(wanted, wanted)
    for key in extras:
        if key.casefold() == wanted:
            return extra_column(key)
    known = ", ".join([*HEADS, *extras])
    raise UserError(f"There is no column “{name}”. These are there: {known}.")
