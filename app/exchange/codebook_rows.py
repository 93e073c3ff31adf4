"""The rows of a codebook table: which column holds what, and where in the file a row stands."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from app.domain.errors import UserError
from app.exchange.codebook_cells import path_names, unguarded
from app.exchange.codebook_model import MOST_ENTRIES, too_many
from app.exchange.delimited import records_of, separator_of
from app.exchange.encodings import decode

COLUMNS = (
    *("row", "path", "name", "colour", "shortcut", "definition", "when", "when not", "examples", "exclusive"),
    *("kind", "required", "default", "help", "choices", "targets", "id", "version"),
)
"""The header, in the order in which we write it."""

_ALSO: Mapping[str, Sequence[str]] = {
    "row": ("kindofrow", "rowtype"),
    "path": ("codepath", "fullpath"),
    "name": ("code", "codename", "label", "tag", "category", "title"),
    "colour": ("color", "codecolor", "codecolour"),
    "shortcut": ("key", "hotkey"),
    "definition": ("description", "meaning", "codedescription"),
    "when": ("whentouse", "inclusion", "include", "inclusioncriteria"),
    "when not": ("whennottouse", "exclusion", "exclude", "exclusioncriteria"),
    "examples": ("example", "quotes", "typicalexamples"),
    "kind": ("attributekind", "answertype"),
    "default": ("defaultvalue",),
    "help": ("hint",),
    "choices": ("options", "values", "answers"),
    "targets": ("target", "linksto"),
    "id": ("guid", "uuid", "codeid"),
    "parent": ("above", "parentcode", "broader"),
}
"""What people call these columns; `parent` stands for a path without its last name."""

_NOT_A_LETTER = re.compile(r"[\W_]+")
_MARK = b"\xef\xbb\xbf"
OURS = _MARK + ",".join(COLUMNS).encode() + b"\r\n"
"""How a file begins that we wrote and no spreadsheet has saved since."""


class Row(NamedTuple):
    """One row with its number, as a spreadsheet counts them, and its cells by column."""

    number: int
    cells: Mapping[str, str]

    def cell(self, column: str) -> str:
        """Return what stands in a column, as it was before it was guarded; nothing if there is no such column."""
        return unguarded(self.cells.get(column, ""))

    def bare(self, column: str) -> str:
        """Return it without the spaces around it."""
        return self.cell(column).strip()

    @property
    def path(self) -> tuple[str, ...]:
        """The path in this row: its own, or that of its parent with its name; nothing for neither."""
        if self.bare("path"):
            return path_names(self.cell("path"))
        above = path_names(self.cell("parent")) if self.bare("parent") else ()
        return (*above, self.bare("name")) if self.bare("name") else above

    @property
    def sort(self) -> str:
        """What the row is about: codebook, code, attribute or variable; found out where no column says it."""
        said = self.bare("row").casefold()
        if said in ("codebook", "code", "attribute", "variable"):
            return said
        if said in ("layer", "sub-code", "subcode", ""):
            asked = said == "" and self.bare("kind")
            return "code" if not asked else "attribute" if self.bare("path") else "variable"
        raise UserError(
            f"row {self.number}: “{said}” is no kind of row; these are: codebook, code, attribute, variable."
        )


class Rows(NamedTuple):
    """A table that was read: its rows, the columns that it has, those left aside, and what was noticed."""

    rows: tuple[Row, ...]
    columns: frozenset[str]
    notes: tuple[str, ...]


def read_rows(data: bytes) -> Rows:
    """Read a table; UserError with the line or row where it is none, or not one of a codebook."""
    csv.field_size_limit(max(csv.field_size_limit(), len(data)))
    notes: list[str] = []
    ours = data.startswith(OURS)
    if ours:
        # What we wrote needs no guess, whatever stands in the cells.
        text, separator, skipped = _utf_8(data), ",", 0
    else:
        decoded = decode(data)
        separator, text = separator_of(whole := decoded.text.removeprefix("\ufeff"))
        skipped = 1 if text != whole else 0
        notes.append(f"read as {decoded.encoding}")
    records = records_of(text, separator)
    _line, header = next(records, (0, list[str]()))
    columns = _columns(header, notes)
    if not columns.keys() & {"path", "name"}:
        raise UserError("this is not a table of codes: it needs a column “path” or “name”.")
    rows = tuple(_rows(records, columns, len(header), 2 + skipped))
    if not ours:
        rows = tuple(_tidy(row) for row in rows)
    if not rows:
        raise UserError("this table has no row with a code.")
    return Rows(rows, frozenset(columns), tuple(notes))


def _utf_8(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise UserError(
            f"this is not UTF-8 text, from line {line} on. Save it as UTF-8 and try again."
        ) from error


def _columns(header: Sequence[str], notes: list[str]) -> dict[str, int]:
    """Return where each column of ours stands; what is called by its own name goes before other names for it."""
    plain = [_NOT_A_LETTER.sub("", each.casefold()) for each in header]
    found: dict[str, int] = {}
    for column in (*COLUMNS, "parent"):
        for name in (column.replace(" ", ""), *_ALSO.get(column, ())):
            if name in plain and column not in found and plain.index(name) not in found.values():
                found[column] = plain.index(name)
    aside = [each.strip() for at, each in enumerate(header) if each.strip() and at not in found.values()]
    if aside:
        notes.append(f"columns left aside: {', '.join(aside)}")
    return found


def _rows(
    records: Iterator[tuple[int, list[str]]], columns: Mapping[str, int], width: int, first: int
) -> Iterator[Row]:
    count = 0
    for number, (_line, cells) in enumerate(records, start=first):
        if not any(cell.strip() for cell in cells):
            continue
        if any(cell.strip() for cell in cells[width:]):
            raise UserError(f"row {number} has {len(cells)} cells, but there are {width} columns.")
        count += 1
        if count > MOST_ENTRIES + 1:
            raise too_many()
        yield Row(number, {name: cells[at] for name, at in columns.items() if at < len(cells)})


def _tidy(row: Row) -> Row:
    """Return a row without the spaces that people leave around words; paths say which spaces count.

    A name such as “Actor > State”, with nothing else to say where the code stands, is its path.
    """
    cells = {name: cell if name == "path" else cell.strip() for name, cell in row.cells.items()}
    placed = any(row.bare(column) for column in ("path", "parent", "kind"))
    if not placed and " > " in row.cell("name") and all(path_names(row.cell("name"))):
        cells["path"] = cells.pop("name")
    return Row(row.number, cells)
