"""Whether a row of a project file can be what a program of ours wrote."""

import json
import math
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import TypeAdapter

from app.domain.answers import Plain
from app.domain.articles import Article, text_hash
from app.domain.codebook import Attribute, Code
from app.domain.coders import Coder
from app.domain.entities import Entity
from app.domain.errors import UserError
from app.domain.reviews import Review
from app.storage.annotations import plain
from app.storage.codebooks import attribute_of, code_of
from app.storage.columns import Columns, from_json, texts
from app.storage.connection import FileDatabase
from app.storage.samples import ordering_of, sample_of
from app.storage.versions import published

DAMAGE = (sqlite3.Error, UserError, ValueError, TypeError, LookupError, ArithmeticError, RecursionError)
"""What reading bytes that somebody or something has changed may raise."""

Row = dict[str, Any]

_NO_TEXT = re.compile("[\ud800-\udfff]")
_IMAGE: TypeAdapter[dict[str, str | int | float | None]] = TypeAdapter(dict[str, str | int | float | None])
_PLAIN: TypeAdapter[Plain] = TypeAdapter(Plain)


def rows_of(db: FileDatabase, table: str, way: str = "") -> Iterator[Row]:
    """Yield the rows of a table, in the order or by the `way` that is given in SQL.

    Bytes that are no UTF-8 come as lone surrogates instead of an error.

    Raises one of `DAMAGE` where the table cannot be read further.
    """
    db.conn.text_factory = _escaped
    try:
        yield from db.rows(f'SELECT * FROM "{table}" {way}')
    finally:
        db.conn.text_factory = str


def is_sound(table: str, row: Row, columns: Columns) -> bool:
    """Tell whether a row by itself is as it should be; how rows hold together is not looked at.

    `columns` are those of `columns_of`: the history may name no other.
    """
    if any(isinstance(value, str) and _NO_TEXT.search(value) for value in row.values()):
        return False
    try:
        _CHECKS.get(table, _pass)(row)
        return table != "step_row" or _fits_columns(row, columns)
    except DAMAGE:
        return False


def legible(row: Row) -> Row:
    """Return the row with a replacement character for every byte that is no text."""
    return {
        name: value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        if isinstance(value, str)
        else value
        for name, value in row.items()
    }


def _escaped(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")


def _pass(_row: Row) -> None:
    pass


def _project(row: Row) -> None:
    if row["codebook_version"] < 1:
        raise ValueError("codebooks count from 1")


def _text(row: Row) -> None:
    if text_hash(row["content"]) != row["sha256"]:
        raise ValueError("the text does not fit its hash")


def _coder(row: Row) -> Coder:
    return Coder(**row)


def _article(row: Row) -> Article:
    return Article.model_validate({**row, "metadata": _clean_json(row["metadata"])})


def _entity(row: Row) -> Entity:
    _clean_json(row["aliases"])
    return Entity.model_validate({**row, "aliases": texts(row["aliases"])})


def _code(row: Row) -> Code:
    _clean_json(row["examples"])
    return code_of(row, ())


def _attribute(row: Row) -> Attribute:
    for column in ("choices", "targets", "standard"):
        _clean_json(row[column])
    return attribute_of(row)


def _sample(row: Row) -> None:
    for column in ("strata", "articles"):
        _clean_json(row[column])
    sample_of(row)


def _ordering(row: Row) -> None:
    _clean_json(row["arrived"])
    ordering_of(row)


def _stamp(row: Row) -> None:
    if not isinstance(_clean_json(row["held"]), list):
        raise ValueError("what is held back is a list")


def _answer(row: Row) -> None:
    _clean_json(row["content"])
    value = _PLAIN.validate_python(plain(row["content"]))
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("an answer is a number that there is")


def _visit(row: Row) -> Review:
    if not math.isfinite(row["seconds"]):
        raise ValueError("time is finite")
    return Review(**row)


def _codebook_version(row: Row) -> None:
    _clean_json(row["content"])
    if published(row["content"]).version != row["version"] or row["version"] < 1:
        raise ValueError("a version is kept under its number")


def _fits_columns(row: Row, columns: Columns) -> bool:
    """Tell whether both images of a row of the history are objects with columns of its table."""
    sides = [_clean_json(side) for side in (row["before"], row["after"]) if side is not None]
    return all(columns[row["table"]].issuperset(_IMAGE.validate_python(side)) for side in sides)


def _clean_json(text: str) -> Any:
    """Return what a column of JSON holds; ValueError also where it could not be written out again."""
    value = from_json(text)
    json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    return value


_CHECKS: Mapping[str, Callable[[Row], object]] = {
    "project": _project,
    "text": _text,
    "coder": _coder,
    "article": _article,
    "entity": _entity,
    "code": _code,
    "attribute": _attribute,
    "answer": _answer,
    "variable": _answer,
    "visit": _visit,
    "codebook_version": _codebook_version,
    "sample": _sample,
    "ordering": _ordering,
    "stamp": _stamp,
}
