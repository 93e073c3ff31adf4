"""Excel workbooks: one article a row, of one sheet."""

import re
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

from app.domain.counting import counted
from app.domain.errors import UserError
from app.domain.progress import Progress
from app.exchange.formats import NoArticles, Reading, ReadOptions, Table
from app.exchange.office import DAMAGED, check_part, opened, part, unescaped
from app.exchange.table_rows import read_rows

_KIND = "Excel workbook (.xlsx)"
_MOST_CELLS = 2_000
"""Columns; what lies further to the right is left out."""

_MOST_ROWS = 1_048_576
"""As in Excel. openpyxl makes up every row that is missing before one with a high number."""

_MOST_MERGED = 20_000
_LOOKED_AT = 20
_SHEETS_SAID = 20
_CHUNK = 1 << 20
_OVERLAP = 4_096
_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s+ref=\"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})\"")
_NEVER_WORKED_OUT = re.compile(
    rb"<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*+"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?+\s*+</(?:\w+:)?c>"
)
"""Nothing in it runs over the next tag or gives back white space: else a made file keeps it at work for hours."""

_LARGEST_STRINGS = 180_000_000
_MOST_STRING_TAGS = 4_000_000
"""openpyxl keeps all texts of a workbook in memory; they may be as long as those of a table, and a run of one takes a
quarter of a kilobyte."""

_LARGEST_PART = 30_000_000
_MOST_PART_TAGS = 600_000
"""Of styles and whatever else openpyxl reads as a whole. Excel itself ends at 64,000 formats of cells."""

_TYPES = "[Content_Types].xml"
_BOOK_TYPE = ".main+xml"
_STRINGS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
_ALWAYS_WHOLE = (
    "xl/workbook.xml",
    "xl/styles.xml",
    "xl/theme/theme1.xml",
    "docProps/core.xml",
    "docProps/custom.xml",
)

_EXACT = 10**15
"""From here on Excel keeps no single units."""


class Workbook:
    """Reads one sheet of a workbook as it shows: dates, numbers without .0, what formulas came to."""

    name = "xlsx"
    title = "Excel workbook"
    extensions = (".xlsx", ".xlsm")
    takes_mapping = True
    takes_encoding = False

    def read(self, path: Path, options: ReadOptions, progress: Progress) -> Reading:
        """Read one article a row of the sheet that is chosen, or of the first that shows and holds texts."""
        with opened(path, _KIND) as archive:
            try:
                _check_parts(archive, progress)
                return _read(path, archive, options, progress)
            except DAMAGED as error:
                raise UserError(f"this is no {_KIND}, or it is damaged.") from error


def _check_parts(archive: ZipFile, progress: Progress) -> None:
    """Raise UserError for a workbook that would fill the memory: openpyxl reads only sheets piece by piece.

    A part is what the list of types says it is, whatever its name.
    """
    listed = archive.NameToInfo.get(_TYPES)
    if listed is None:
        return
    check_part(archive, listed, _LARGEST_PART, _MOST_PART_TAGS, progress)
    strings: set[str] = set()
    whole: set[str] = set(_ALWAYS_WHOLE)
    for each in part(archive, _TYPES) or ():
        name, kind = each.get("PartName", "").lstrip("/"), each.get("ContentType", "")
        if kind == _STRINGS_TYPE:
            strings.add(name)
        elif kind.endswith(_BOOK_TYPE):
            whole.add(name)
    for entry in archive.infolist():
        if entry.filename in whole or entry.filename.endswith(".rels"):
            check_part(archive, entry, _LARGEST_PART, _MOST_PART_TAGS, progress)
        elif entry.filename in strings:
            check_part(archive, entry, _LARGEST_STRINGS, _MOST_STRING_TAGS, progress)


class _Sheets(NamedTuple):
    """The sheets of a workbook; `passed` is one that shows and is filled, but holds no column of texts.

    `more` are those that would give articles too, where nobody has chosen a sheet.
    """

    names: tuple[str, ...]
    hidden: tuple[str, ...]
    chosen: str
    rest: bool
    passed: str = ""
    more: tuple[str, ...] = ()

    def left(self) -> tuple[str, ...]:
        """Return the sentence on sheets with articles that are not taken; nothing without any."""
        if not self.more:
            return ()
        shown = ", ".join(f"“{name}”" for name in self.more[:_SHEETS_SAID])
        if extra := self.more[_SHEETS_SAID:]:
            shown += f" and {len(extra)} more"
        one = len(self.more) == 1
        noun, verb, each = ("sheet", "holds", "it") if one else ("sheets", "hold", "each")
        return (
            f"the {noun} {shown} {verb} texts too, which are not taken; choose {each} and import once more",
        )

    def others(self) -> str:
        """Return the sentence on the other sheets, for one of which no column is the text; nothing without any."""
        others = [f"“{name}”" for name in self.names if name != self.chosen]
        if not others:
            return ""
        shown = ", ".join(others[:_SHEETS_SAID]) + (
            f" and {len(others) - _SHEETS_SAID} more" if others[_SHEETS_SAID:] else ""
        )
        verb, noun = ("is", "sheet") if len(others) == 1 else ("are", "sheets")
        way = "on the command line: --sheet NAME"
        return f" This is the sheet “{self.chosen}”; the other {noun} {verb} {shown} ({way})."


def _read(path: Path, archive: ZipFile, options: ReadOptions, progress: Progress) -> Reading:
    with _workbook(path) as book:
        sheets = _sheets(book, options)
        known: dict[str, object] = {"sheets": sheets.names, "hidden": sheets.hidden, "sheet": sheets.chosen}
        raw = _raw(archive, sheets.chosen, progress)
        sheet = book[sheets.chosen]
        total = max(1, int(sheet.max_row or 1))
        sheet.reset_dimensions()
        rows = _filled(_cells(sheet), raw.merged)
        above, header, data = _header(rows)
        if not header:
            table = Table(columns=()).model_copy(update=known)
            raise NoArticles(f"the sheet “{sheets.chosen}” is empty.", table)
        width = len(header)
        found = read_rows(
            header,
            ((number, _trimmed(cells, width), number) for number, cells in data),
            options.columns,
            lambda done: progress(min(done, total), total),
        )
        if found.lacks_text:
            found = found._replace(refusal=found.refusal + sheets.others())
        notes = (*_notes(sheets, above, raw), *found.notes)
        found = found._replace(problems=(*sheets.left(), *found.problems))
        return found.reading(encoding="", notes=notes, sheets=known)


@contextmanager
def _workbook(path: Path) -> Generator[Any]:
    import warnings

    import openpyxl

    with warnings.catch_warnings():
        # It warns of styles and extensions that no text depends on.
        warnings.simplefilter("ignore")
        load: Any = openpyxl.load_workbook
        book = load(path, read_only=True, data_only=True, keep_links=False)
    try:
        yield book
    finally:
        book.close()


def _sheets(book: Any, options: ReadOptions) -> _Sheets:
    wanted = options.sheet
    sheets = list(book.worksheets)
    names = tuple(str(each.title) for each in sheets)
    hidden = tuple(str(each.title) for each in sheets if each.sheet_state != "visible")
    if not names:
        raise UserError("the workbook holds no sheet with rows.")
    if wanted:
        if wanted not in names:
            listed = ", ".join(f"“{name}”" for name in names)
            raise UserError(f"there is no sheet “{wanted}”, only {listed}.")
        return _Sheets(names, hidden, wanted, rest=False)
    shown = [each for each in names if each not in hidden] or list(names)
    filled = [name for name in shown if _has_rows(book[name])] or shown[:1]
    chosen = next((name for name in filled if _has_texts(book[name], options.columns)), filled[0])
    passed = "" if chosen == filled[0] else filled[0]
    below = filled[filled.index(chosen) + 1 :]
    more = tuple(name for name in below if _has_texts(book[name], options.columns))
    return _Sheets(names, hidden, chosen, rest=len(names) > 1, passed=passed, more=more)


def _has_rows(sheet: Any) -> bool:
    return any(
        any(cell is not None for cell in row) for row in islice(sheet.iter_rows(values_only=True), _LOOKED_AT)
    )


def _has_texts(sheet: Any, columns: Mapping[str, str]) -> bool:
    """Tell whether one of the columns is the text, and it holds any: a sheet of explanations has none."""
    _above, header, data = _header(_cells(sheet))
    try:
        found = read_rows(
            header, ((at, cells[: len(header)], at) for at, cells in islice(data, _LOOKED_AT)), columns
        )
    except UserError:
        # The columns that were named are in another sheet.
        return False
    return bool(found.drafts)


def _cells(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        if number > _MOST_ROWS:
            raise UserError(
                f"a row of the sheet “{sheet.title}” has a number above {_MOST_ROWS:,}, where Excel ends; "
                "save it anew in Excel, or as several sheets."
            )
        yield number, [_shown(value) for value in row[:_MOST_CELLS]]


def _shown(value: object) -> str:
    """Return a cell as text: dates in ISO 8601, whole numbers without a fraction."""
    match value:
        case None:
            return ""
        case str():
            return unescaped(value)
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < _EXACT else f"{value:.15g}"
        case datetime():
            plain = value.replace(microsecond=0)
            return plain.date().isoformat() if plain.time() == time() else plain.isoformat()
        case date():
            return value.isoformat()
        case time():
            return value.replace(microsecond=0).isoformat()
        case timedelta():
            return str(value)
        case _:
            return str(value)


class _Raw(NamedTuple):
    """What openpyxl does not tell of a sheet that it streams.

    `merged` has, for a cell as row from 1 and column from 0, the cell whose value it shares. `open_formulas`
    counts formulas that no program has worked out yet.
    """

    merged: Mapping[tuple[int, int], tuple[int, int]]
    open_formulas: int


def _raw(archive: ZipFile, sheet: str, progress: Progress) -> _Raw:
    """Look through the XML of a sheet for merged cells and formulas without a value."""
    name = _part_of(archive, sheet)
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    formulas = 0
    if name not in archive.namelist():
        return _Raw(merged, 0)
    size = max(1, archive.getinfo(name).file_size)
    with archive.open(name) as file:
        kept = b""
        while chunk := file.read(_CHUNK):
            progress(0, size)  # Nothing is read of it yet, but whoever waits can stop.
            data = kept + chunk
            end = 0
            for hit in _NEVER_WORKED_OUT.finditer(data):
                formulas, end = formulas + 1, hit.end()
            for hit in _MERGED.finditer(data):
                end = max(end, hit.end())
                if len(merged) < _MOST_MERGED:
                    _merge(merged, hit)
            kept = data[max(end, len(data) - _OVERLAP) :]
    return _Raw(merged, formulas)


def _merge(merged: dict[tuple[int, int], tuple[int, int]], hit: re.Match[bytes]) -> None:
    """Note the cells of a merged area below its first row: a source that is written once for ten articles.

    Beside the first cell nothing is filled in: a title that runs over all columns is no row of titles.
    """
    column = _column(hit[1])
    top, bottom = int(hit[2]), int(hit[4])
    for row in range(top + 1, min(bottom, top + _MOST_MERGED) + 1):
        merged[row, column] = (top, column)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _part_of(archive: ZipFile, sheet: str) -> str:
    """Return the name of the part of the archive in which a sheet is."""
    book, links = part(archive, "xl/workbook.xml"), part(archive, "xl/_rels/workbook.xml.rels")
    if book is None or links is None:
        return ""
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for each in book.iter():
        if each.tag.endswith("}sheet") and each.get("name") == sheet:
            target = targets.get(each.get(_RELATED), "")
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return ""


def _filled(
    rows: Iterator[tuple[int, list[str]]], merged: Mapping[tuple[int, int], tuple[int, int]]
) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows with merged cells filled in, where the row holds anything of its own."""
    firsts = set(merged.values())
    columns = sorted({column for _row, column in merged})
    values: dict[tuple[int, int], str] = {}
    for number, cells in rows:
        own = any(cells)
        for column in columns:
            value = cells[column] if column < len(cells) else ""
            if (number, column) in firsts:
                values[number, column] = value
            elif own and not value and (number, column) in merged:
                cells.extend([""] * (column + 1 - len(cells)))
                cells[column] = values.get(merged[number, column], "")
        yield number, cells


def _header(
    rows: Iterator[tuple[int, list[str]]],
) -> tuple[int, list[str], Iterator[tuple[int, list[str]]]]:
    """Return how many filled rows stand above the header, the header, and the rows below it.

    A title above a table fills one cell; the header is the first row that fills more, if there is one.
    """
    first = list(islice(rows, _LOOKED_AT))
    filled = [at for at, (_number, cells) in enumerate(first) if any(cells)]
    if not filled:
        first = [row for row in [next((row for row in rows if any(row[1])), None)] if row]
        filled = [0] if first else []
    wide = [at for at in filled if sum(1 for cell in first[at][1] if cell) > 1]
    if not filled:
        return 0, [], iter(())
    at = wide[0] if wide else filled[0]
    header = first[at][1]
    while header and not header[-1]:
        header = header[:-1]
    return filled.index(at), header, chain(first[at + 1 :], rows)


def _trimmed(cells: Sequence[str], width: int) -> Sequence[str]:
    """Return the cells without empty ones beyond the header."""
    end = len(cells)
    while end > width and not cells[end - 1]:
        end -= 1
    return cells[:end]


def _notes(sheets: _Sheets, above: int, raw: _Raw) -> Iterator[str]:
    several = f" of {len(sheets.names)}" if sheets.rest else ""
    why = f", because “{sheets.passed}” has no column of texts" if sheets.passed else ""
    yield f"sheet “{sheets.chosen}”{several}{why}"
    if sheets.hidden:
        yield f"hidden: {', '.join(f'“{name}”' for name in sheets.hidden)}"
    if above:
        yield f"{counted(above, 'row')} above the header left out"
    if raw.merged:
        yield "merged cells filled downwards"
    if raw.open_formulas:
        many = raw.open_formulas > 1
        some = f"{raw.open_formulas:,} formulas were" if many else "1 formula was"
        yield f"{some} never worked out and count{'' if many else 's'} as empty; open and save the workbook in Excel"
