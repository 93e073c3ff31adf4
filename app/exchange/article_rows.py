"""Rows to articles: which column holds what, and what becomes of the rest."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from app.domain.articles import Draft, canonical, is_whole, legible, title_from
from app.domain.counting import counted
from app.domain.errors import UserError
from app.exchange.column_dates import Dated, with_dates
from app.exchange.formats import Table

FIELDS = ("title", "text", "source", "date", "url", "author", "id")
"""What a column can be mapped to; `id` becomes the article's reference."""

_COMMON_NAMES: Mapping[str, Sequence[str]] = {
    "text": [
        "text",
        "fulltext",
        "body",
        "content",
        "article",
        "articletext",
        "articlebody",
        "bodytext",
        "maintext",
        "plaintext",
        "rawtext",
        "contenttext",
        "story",
        "paragraph",
        "document",
        "doctext",
        "inhalt",
        "volltext",
        "artikeltext",
        "texte",
        "contenu",
        "corps",
        "texto",
        "contenido",
        "cuerpo",
    ],
    "title": [
        "title",
        "headline",
        "heading",
        "subject",
        "articletitle",
        "header",
        "titel",
        "überschrift",
        "titre",
        "titulo",
        "título",
        "titular",
    ],
    "source": [
        "source",
        "outlet",
        "publisher",
        "publication",
        "newspaper",
        "medium",
        "media",
        "sourcename",
        "site",
        "domain",
        "journal",
        "quelle",
        "zeitung",
        "journalname",
        "fuente",
        "periodico",
        "periódico",
        "medio",
    ],
    "date": [
        "date",
        "published",
        "publisheddate",
        "publicationdate",
        "pubdate",
        "publishdate",
        "publishedat",
        "datepublished",
        "datetime",
        "timestamp",
        "created",
        "createdat",
        "day",
        "datum",
        "veröffentlicht",
        "fecha",
    ],
    "url": [
        "url",
        "link",
        "href",
        "weburl",
        "articleurl",
        "permalink",
        "uri",
        "webaddress",
        "adresse",
        "lien",
        "enlace",
    ],
    "author": [
        "author",
        "authors",
        "byline",
        "writer",
        "creator",
        "reporter",
        "autor",
        "autorin",
        "verfasser",
        "auteur",
        "autores",
    ],
    "id": [
        "id",
        "articleid",
        "docid",
        "documentid",
        "uid",
        "identifier",
        "key",
        "guid",
        "number",
        "nr",
        "articlenumber",
        "accessionnumber",
    ],
}

_NOT_A_LETTER = re.compile(r"[\W_]+")


_SHOWN_ROWS = 6
_SHOWN_CELL = 200


class RowReader:
    """Turns rows of named cells into drafts, counting what the canonical text changed."""

    def __init__(self, names: Sequence[str], wished: Mapping[str, str]) -> None:
        """Map `names`, the columns there are; `wished` maps fields to columns and overrides what is guessed.

        Raises UserError for an unknown field or column.
        """
        self._names = names
        self._columns = _mapped(names, wished)
        taken = set(self._columns.values())
        self._rest = [name for name in names if name not in taken]
        self._changed: Counter[str] = Counter()
        self._shown: list[tuple[str, ...]] = []

    def show(self, cells: Mapping[str, str]) -> None:
        """Remember a row for the preview, if it is one of the first."""
        if len(self._shown) < _SHOWN_ROWS:
            self._shown.append(tuple(legible(cells.get(name, "")[:_SHOWN_CELL]) for name in self._names))

    @property
    def lacks_text(self) -> bool:
        """Whether no column is the text: then no row can be an article."""
        return "text" not in self._columns

    def draft(self, cells: Mapping[str, str]) -> Draft:
        """Return the article of a row; raises UserError if it has no text."""
        text, changed = canonical(cells.get(self._columns["text"], ""))
        if not text.strip():
            raise UserError("there is no text")
        for change in changed:
            count, _space, what = change.partition(" ")
            # “3 line ends turned to LF” in one text and “1 line end …” in the next are the same.
            plural = what.replace("line end ", "line ends ").replace("NUL character ", "NUL characters ")
            amount, kind = (int(count), plural) if count.isdigit() else (1, change)
            self._changed[kind] += amount
        values = {
            field: " ".join(cells.get(column, "").split())
            for field, column in self._columns.items()
            if field != "text"
        }
        title = values.pop("title", "") or title_from(text)
        reference = values.pop("id", "")
        metadata = {name: cells[name] for name in self._rest if cells.get(name)}
        for column, value in (*values.items(), ("title", title), ("id", reference), *metadata.items()):
            if not (is_whole(column) and is_whole(value)):
                raise UserError(f"“{legible(column)}” holds half of a character (a lone surrogate)")
        return Draft(text=text, title=title, reference=reference, metadata=metadata, **values)

    def with_dates(self, drafts: Sequence[Draft]) -> Dated:
        """Return the articles of all rows with their dates as ISO 8601 where they are certain."""
        column = self._columns.get("date", "")
        return with_dates(drafts, column) if column else Dated(tuple(drafts), (), ())

    def table(self) -> Table:
        """Return the columns as they were taken, with the rows that were shown."""
        return Table(
            columns=tuple(legible(name) for name in self._names),
            rows=tuple(self._shown),
            mapping=self._columns,
        )

    def lack(self) -> str:
        """Return the sentence for a table of which no column is the text."""
        return (
            f"no column holds the text. The columns are {_listed(self._names)}; "
            "say which one it is, under Columns or with --map text=COLUMN."
        )

    def notes(self) -> tuple[str, ...]:
        """Return in words how columns were taken and what was changed in all texts together."""
        columns = ", ".join(f"{field} from “{column}”" for field, column in self._columns.items())
        changes = [
            f"{kind} in {counted(count, 'text')}" if "dropped" in kind else _sum(count, kind)
            for kind, count in self._changed.items()
        ]
        return (columns, *changes)


def distinct(names: Sequence[str]) -> list[str]:
    """Return column names of which none is empty and no two are equal."""
    seen: Counter[str] = Counter()
    found: list[str] = []
    for at, raw in enumerate(names, start=1):
        name = raw.strip().removeprefix("\ufeff").strip() or f"column {at}"
        seen[name] += 1
        while name in found:
            name = f"{raw.strip() or f'column {at}'} ({seen[name]})"
            seen[name] += 1
        found.append(name)
    return found


def _mapped(names: Sequence[str], wished: Mapping[str, str]) -> dict[str, str]:
    for field, column in wished.items():
        if field not in FIELDS:
            raise UserError(f"“{field}” is not a field of an article; these are: {', '.join(FIELDS)}.")
        if column and column not in names:
            raise UserError(f"there is no column “{column}”, only {_listed(names)}.")
    columns: dict[str, str] = dict(wished)
    by_plain_name: dict[str, str] = {}
    for name in names:
        by_plain_name.setdefault(_NOT_A_LETTER.sub("", name.casefold()), name)
    for field in FIELDS:
        candidates = [by_plain_name[common] for common in _COMMON_NAMES[field] if common in by_plain_name]
        free = [name for name in candidates if name not in columns.values()]
        if field not in columns and free:
            columns[field] = free[0]
    return {field: columns[field] for field in FIELDS if columns.get(field)}


def _sum(count: int, kind: str) -> str:
    """Return how often something was changed; `kind` begins with its plural."""
    return (
        f"1 {kind.replace('ends', 'end').replace('characters', 'character')}"
        if count == 1
        else f"{count} {kind}"
    )


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(f"“{name}”" for name in names[:20])
    return shown + (f" and {len(names) - 20} more" if len(names) > 20 else "")
