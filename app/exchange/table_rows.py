"""The rows of a table to articles, whatever kind of file the table came in."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from app.domain.articles import Draft
from app.domain.errors import UserError
from app.exchange.article_rows import RowReader, distinct
from app.exchange.formats import NoArticles, Reading, Table

_TOLD_EVERY = 500
_SHOWN_FROM = 20


def _unheard(_done: int) -> None:
    """Hear nothing of how far it is."""


def _columns(count: int) -> str:
    return "there is 1 column" if count == 1 else f"there are {count:,} columns"


class TableRows(NamedTuple):
    """What the rows gave, before the format says the rest; `refusal` is a sentence if it was nothing.

    `lacks_text` tells whether that is because no column is the text.
    """

    drafts: tuple[Draft, ...]
    problems: tuple[str, ...]
    notes: tuple[str, ...]
    table: Table
    refusal: str
    lacks_text: bool

    def reading(
        self, encoding: str, notes: tuple[str, ...], sheets: Mapping[str, object] | None = None
    ) -> Reading:
        """Return the reading of the file; `sheets` has what the table knows of sheets. Raises NoArticles."""
        table = self.table.model_copy(update=sheets) if sheets else self.table
        if self.refusal:
            raise NoArticles(self.refusal, table, encoding)
        return Reading(
            drafts=self.drafts, encoding=encoding, notes=notes, problems=self.problems, table=table
        )


def read_rows(
    header: Sequence[str],
    rows: Iterable[tuple[int, Sequence[str], int]],
    columns: Mapping[str, str],
    told: Callable[[int], None] = _unheard,
) -> TableRows:
    """Read one article a row: its number for people, its cells, and how far in the file it stands.

    `told` hears the last now and then. Raises UserError if `columns` names what there is not.
    """
    names = distinct(header)
    reader = RowReader(names, columns)
    drafts: list[Draft] = []
    problems: list[str] = []
    for count, (number, cells, done) in enumerate(rows):
        if count % _TOLD_EVERY == _TOLD_EVERY - 1:
            told(done)
        if not any(cells):
            continue
        if len(cells) > len(names):
            problems.append(f"row {number} has {len(cells)} cells, but {_columns(len(names))}")
            continue
        row = dict(zip(names, cells, strict=False))
        reader.show(row)
        if reader.lacks_text:
            if count == _SHOWN_FROM:
                break
            continue
        try:
            drafts.append(reader.draft(row))
        except UserError as error:
            problems.append(f"row {number}: {str(error).rstrip('.')}")
    return _told(reader, drafts, problems)


def _told(reader: RowReader, drafts: list[Draft], problems: list[str]) -> TableRows:
    refusal = ""
    if reader.lacks_text:
        refusal = reader.lack()
    elif not drafts:
        refusal = "no row holds an article" + (f": {problems[0]}." if problems else ".")
    dated = reader.with_dates(drafts)
    return TableRows(
        dated.drafts,
        (*dated.problems, *problems),
        (*reader.notes(), *dated.notes),
        reader.table(),
        refusal,
        reader.lacks_text,
    )
