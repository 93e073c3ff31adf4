"""Tables as text: CSV and TSV with one article a row."""

import csv
import io
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path

from app.domain.articles import LONGEST_TEXT
from app.domain.errors import UserError
from app.domain.progress import Progress
from app.exchange.encodings import decode, read_bytes
from app.exchange.formats import Reading, ReadOptions
from app.exchange.table_rows import read_rows

_LARGEST = 180_000_000
_SAMPLE = 200_000
_SAMPLE_ROWS = 30
_SEPARATORS = (",", ";", "\t", "|")
_SEPARATOR_WORDS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_END = "\0end of the table\0"


class DelimitedTable:
    """Reads a table whose separator is found by looking; quotes and line breaks in fields as RFC 4180 has them."""

    takes_mapping = True
    takes_encoding = True

    def __init__(self, name: str, title: str, extensions: tuple[str, ...]) -> None:
        self.name, self.title, self.extensions = name, title, extensions

    def read(self, path: Path, options: ReadOptions, progress: Progress) -> Reading:
        """Read one article a row; rows without a text or with too many cells are left out and said."""
        text, found = decode(read_bytes(path, _LARGEST), options.encoding)
        text = text.removeprefix("\ufeff")
        separator, text = separator_of(text)
        csv.field_size_limit(4 * LONGEST_TEXT)
        records = records_of(text, separator)
        _line, header = next(records, (0, list[str]()))
        lines = text.count("\n") + 1
        rows = read_rows(
            header,
            ((number, cells, min(line, lines)) for number, (line, cells) in enumerate(records, start=2)),
            options.columns,
            lambda done: progress(done, lines),
        )
        notes = (f"{_SEPARATOR_WORDS[separator]} between columns", *rows.notes)
        return rows.reading(encoding=found, notes=notes)


def records_of(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield every record with the line where it starts.

    Raises UserError if a quote is opened and never closed: the rest of the file would be one cell.
    """
    lines = chain(io.StringIO(text, newline=""), [] if text.endswith(("\n", "\r")) else ["\n"], [_END])
    reader = csv.reader(lines, delimiter=separator)
    start = 1
    try:
        for cells in reader:
            if cells == [_END]:
                return
            if cells and cells[-1].endswith(_END):
                raise UserError(f"a quotation mark is opened in line {start} and never closed.")
            yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        raise UserError(f"line {reader.line_num} cannot be read as a table ({error}).") from error


def separator_of(text: str) -> tuple[str, str]:
    """Return the separator, and the text without the line with which Excel names it."""
    first, _break, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == len("sep=") + 1:
        named = first.strip()[-1]
        return (named, rest) if named in _SEPARATORS else (",", rest)
    scores = {separator: _score(text[:_SAMPLE], separator) for separator in _SEPARATORS}
    return max(_SEPARATORS, key=lambda separator: scores[separator]), text


def _score(sample: str, separator: str) -> tuple[float, int]:
    """Rate a separator: how many rows have as many cells as the header, and how many those are."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
    try:
        rows = [row for row in islice(reader, _SAMPLE_ROWS) if row]
    except csv.Error:
        return 0.0, 0
    if not rows or len(rows[0]) < 2:
        return 0.0, 1
    complete = rows[:-1] if len(rows) > 2 else rows
    alike = sum(len(row) == len(rows[0]) for row in complete) / len(complete)
    return round(alike, 1), len(rows[0])
