"""Values as columns hold them: JSON for what is not one number or text."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.storage.connection import FileDatabase
from app.storage.schema import JOURNALLED

Columns = Mapping[str, frozenset[str]]
"""The names of the columns of every table whose rows the history keeps."""


def columns_of(db: FileDatabase) -> Columns:
    """Return the names of the columns of every table whose rows the history keeps."""
    return {
        table: frozenset(row[1] for row in db.execute(f'PRAGMA table_info("{table}")'))
        for table in JOURNALLED
    }


def to_json(value: object) -> str:
    """Return compact JSON, readable in any script."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Any:
    """Return what `to_json` was given; arrays come back as lists."""
    return json.loads(text)


def texts(text: str) -> tuple[str, ...]:
    """Return a column that holds a list of texts."""
    return tuple(str(item) for item in json.loads(text))


def insert(db: FileDatabase, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows that all have the columns of the first."""
    first: Mapping[str, Any] | None = None
    statement = ""
    for row in rows:
        if first is None:
            first = row
            names = ", ".join(f'"{name}"' for name in row)
            statement = f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(row))})'
        db.execute(statement, list(row.values()))


def update(db: FileDatabase, table: str, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Set columns of the rows whose key columns are as given."""
    assignments = ", ".join(f'"{name}" = ?' for name in values)
    where = " AND ".join(f'"{name}" = ?' for name in key)
    db.execute(f'UPDATE "{table}" SET {assignments} WHERE {where}', [*values.values(), *key.values()])


def upsert(db: FileDatabase, table: str, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Insert one row, or set its columns if the key is there."""
    row = {**key, **values}
    names = ", ".join(f'"{name}"' for name in row)
    keys = ", ".join(f'"{name}"' for name in key)
    assignments = ", ".join(f'"{name}" = excluded."{name}"' for name in values)
    db.execute(
        f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(row))}) '
        f"ON CONFLICT ({keys}) DO UPDATE SET {assignments}",
        list(row.values()),
    )


def delete(db: FileDatabase, table: str, column: str, values: Sequence[str]) -> None:
    """Delete the rows whose column is one of the values, however many those are."""
    db.conn.executemany(f'DELETE FROM "{table}" WHERE "{column}" = ?', [(value,) for value in values])
