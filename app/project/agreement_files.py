"""Tables of what coders did, from anywhere: units by coders, or spans. What cannot be read is said by its line."""

from collections.abc import Iterator
from math import isfinite
from pathlib import Path
from typing import NamedTuple

from app.agreement.continua import Continuum, Unit
from app.agreement.distances import Metric
from app.domain.errors import UserError
from app.exchange.delimited import records_of, separator_of
from app.exchange.encodings import decode, read_bytes

_LARGEST = 180_000_000
_MISSING = ("", "NA")
_UNIT = "unit"
_COLUMNS = ("doc", "doc_length", "coder", "start", "end", "code")

Value = str | int | float


class Ratings(NamedTuple):
    """Units by coders: a row of values for each unit, None where a coder gave none; `problems` are rows left out."""

    coders: tuple[str, ...]
    units: list[list[Value | None]]
    problems: tuple[str, ...]


class Spans(NamedTuple):
    """Articles with the units of every coder who has done them; `problems` are rows left out, a sentence each."""

    articles: dict[str, Continuum]
    problems: tuple[str, ...]


def read_ratings(path: Path, metric: Metric) -> Ratings:
    """Read a table with units in rows and coders in columns; the first column is the unit if it is headed so.

    Empty cells and NA are missing. Raises UserError if the file cannot be read or holds no two coders.
    """
    header, records, comma = _table(path)
    named = header[0].strip().casefold() == _UNIT
    coders = tuple(name.strip() for name in header[1 if named else 0 :])
    if len(coders) < 2 or len(set(coders)) < len(coders) or "" in coders:
        raise UserError(
            f"{path.name} needs a header that names two coders or more, each once, with one column each."
        )
    units: list[list[Value | None]] = []
    problems: list[str] = []
    seen: set[str] = set()
    for line, cells in records:
        name = cells[0].strip() if named else ""
        try:
            if len(cells) > len(header):
                raise ValueError(f"{_cells(len(cells))}, but {len(header)} columns")
            if name and name in seen:
                raise ValueError(f"the unit “{name}” stands further up already")
            row = [_value(cell.strip(), metric, comma) for cell in cells[1 if named else 0 :]]
        except ValueError as error:
            problems.append(f"Line {line} is left out: {error}.")
            continue
        seen.add(name)
        units.append(row + [None] * (len(coders) - len(row)))
    if not units:
        raise UserError(f"{path.name} has no unit that can be read." + _first(problems))
    return Ratings(coders, units, tuple(problems))


def read_spans(path: Path) -> Spans:
    """Read a table of spans with the columns doc, doc_length, coder, start, end, code, in any order.

    Offsets are half-open code points. A row with an empty start says that the coder has done the text and found
    nothing. Raises UserError if the file cannot be read or lacks a column.
    """
    header, records, _comma = _table(path)
    names = [name.strip().casefold() for name in header]
    lacking = [name for name in _COLUMNS if name not in names]
    if lacking:
        raise UserError(f"{path.name} lacks the column {lacking[0]}; it needs {', '.join(_COLUMNS)}.")
    places = [names.index(name) for name in _COLUMNS]
    lengths: dict[str, int] = {}
    found: dict[str, dict[str, list[Unit]]] = {}
    problems: list[str] = []
    for line, cells in records:
        try:
            if len(cells) > len(header):
                raise ValueError(f"{_cells(len(cells))}, but {len(header)} columns")
            row = [cells[at].strip() if at < len(cells) else "" for at in places]
            doc, length, coder, unit = _span(row, lengths)
        except ValueError as error:
            problems.append(f"Line {line} is left out: {error}.")
            continue
        lengths[doc] = length
        units = found.setdefault(doc, {}).setdefault(coder, [])
        if unit:
            units.append(unit)
    if not found:
        raise UserError(f"{path.name} has no row that can be read." + _first(problems))
    return Spans({doc: Continuum(lengths[doc], coders) for doc, coders in found.items()}, tuple(problems))


def _table(path: Path) -> tuple[list[str], Iterator[tuple[int, list[str]]], bool]:
    """Return the header, the other rows with their lines, and whether a comma may stand in a number."""
    try:
        text, _encoding = decode(read_bytes(path, _LARGEST))
        separator, table = separator_of(text.removeprefix("\ufeff"))
        records = [
            (line, cells) for line, cells in records_of(table, separator) if any(map(str.strip, cells))
        ]
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}.") from error
    except UserError as error:
        raise UserError(f"{path.name}: {error}") from error
    if not records:
        raise UserError(f"{path.name} is empty.")
    above = text.count("\n") - table.count("\n")  # The line that names the separator.
    return records[0][1], ((line + above, cells) for line, cells in records[1:]), separator != ","


def _cells(count: int) -> str:
    return "there is 1 cell" if count == 1 else f"there are {count} cells"


def _value(cell: str, metric: Metric, comma: bool) -> Value | None:
    if cell in _MISSING:
        return None
    if metric is Metric.NOMINAL:
        return cell
    try:
        number = float(cell.replace(",", ".") if comma else cell)
    except ValueError:
        raise ValueError(f"“{cell}” is no number, which {metric} values must be") from None
    if not isfinite(number):
        raise ValueError(f"“{cell}” is no number, which {metric} values must be")
    if metric is Metric.RATIO and number < 0:
        raise ValueError(f"“{cell}” is below 0, which ratio values cannot be")
    return int(number) if number.is_integer() else number


def _span(row: list[str], lengths: dict[str, int]) -> tuple[str, int, str, Unit | None]:
    """Return the text, its length, the coder and the unit of a row; ValueError says what is wrong with it."""
    doc, given, coder, start, end, code = row
    if not doc or not coder:
        raise ValueError(f"no {'coder' if doc else 'doc'} is named")
    length = _whole(given, "doc_length")
    if lengths.get(doc, length) != length:
        raise ValueError(f"“{doc}” has a length of {length} here and of {lengths[doc]} further up")
    if not length:
        raise ValueError(f"“{doc}” has no length")
    if start in _MISSING:
        return doc, length, coder, None
    unit = (_whole(start, "start"), _whole(end, "end"), code)
    if unit[0] >= unit[1]:
        raise ValueError(f"the span ends at {unit[1]}, not after its start at {unit[0]}")
    if unit[1] > length:
        raise ValueError(f"the span ends at {unit[1]}, beyond the length of {length}")
    if not code:
        raise ValueError("the span has no code")
    return doc, length, coder, unit


def _whole(cell: str, name: str) -> int:
    if not cell.isascii() or not cell.isdigit() or len(cell) > 9:
        raise ValueError(f"{name} is “{cell}”, not a whole number")
    return int(cell)


def _first(problems: list[str]) -> str:
    return f" {problems[0]}" if problems else ""
