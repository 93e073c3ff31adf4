"""Rows that lost a part, made whole again where that takes no guess about anybody's judgement."""

from app.domain.articles import text_hash
from app.domain.codebook import AttributeKind, Codebook
from app.domain.ids import CoderId
from app.domain.versions import Version
from app.storage.codebooks import Codebooks
from app.storage.columns import Columns, to_json, update
from app.storage.connection import FileDatabase
from app.storage.soundness import DAMAGE, Row, is_sound
from app.storage.versions import Versions

_COLOUR = "#7A5195"

_SPARE: dict[str, tuple[Row, ...]] = {
    "project": ({"codebook_version": 1},),
    "coder": ({"name": "?"},),
    "article": ({"metadata": "{}"},),
    "entity": ({"aliases": "[]"}, {"name": "?"}),
    "code": ({"examples": "[]"}, {"colour": _COLOUR}, {"shortcut": ""}, {"name": "?"}),
    "codebook_version": ({"note": ""}, {"at": ""}, {"coder_id": ""}),
    "sample": ({"strata": "[]"}, {"drawn_from": ""}, {"name": "?"}),
    "attribute": (
        {"standard": "null"},
        {"targets": "[]"},
        {"name": "?"},
        {"kind": AttributeKind.CHOICE.value},
        {"kind": AttributeKind.TEXT.value, "choices": "[]"},
    ),
}
"""What may stand in for columns that cannot be read, to be tried in turn."""


def mended_row(table: str, row: Row, columns: Columns) -> Row | None:
    """Return a row that can be read with as little changed as will do, or None if nothing will."""
    if table == "text":
        return {**row, "sha256": text_hash(row["content"])} if isinstance(row["content"], str) else None
    if is_sound(table, row, columns):
        return row
    spare = _SPARE.get(table, ())
    for values in spare:
        if is_sound(table, {**row, **values}, columns):
            return {**row, **values}
    for values in spare:
        row = {**row, **values}
        if is_sound(table, row, columns):
            return row
    return None


def mend_codebook(db: FileDatabase) -> int:
    """Make the codes and attributes a codebook; returns how many codes had to be changed for it.

    Codes whose parent is lost become layers. Names that are twice get a number, shortcuts that collide go.
    """
    before = {row["id"]: row for row in db.rows("SELECT * FROM code")}
    db.execute("UPDATE code SET parent = NULL WHERE parent NOT IN (SELECT id FROM code)")
    if _reads(db) is None:
        for code_id in _circling({row["id"]: row["parent"] for row in db.rows("SELECT * FROM code")}):
            update(db, "code", {"id": code_id}, {"parent": None})
        _put_in_order(db)
    if _reads(db) is None:
        _number_names(db)
    return sum(before[row["id"]] != row for row in db.rows("SELECT * FROM code"))


def keep_version(db: FileDatabase) -> None:
    """Let the newest version be that of the codebook, which stands for it where what was published is lost."""
    codebook, versions = Codebooks(db).read(), Versions(db)
    kept = [each.number for each in versions.read()]
    newest = max((codebook.version, *kept))
    update(db, "project", {"one": 1}, {"codebook_version": newest})
    if newest not in kept:
        versions.write(Version(newest, "", CoderId(""), ""), codebook)


def _reads(db: FileDatabase) -> Codebook | None:
    try:
        return Codebooks(db).read()
    except DAMAGE:
        return None


def _circling(parents: dict[str, str | None]) -> list[str]:
    """Return the codes that never come to a layer when their parents are followed."""
    found: list[str] = []
    for code_id in parents:
        at: str | None = code_id
        for _step in parents:
            at = parents[at] if at is not None else None
        if at is not None:
            found.append(code_id)
    return found


def _put_in_order(db: FileDatabase) -> None:
    """Let every code come after its parent."""
    rows = list(db.rows("SELECT * FROM code ORDER BY position, id"))
    placed: list[Row] = []
    known: set[str | None] = {None}
    while len(placed) < len(rows):
        for row in rows:
            if row["parent"] in known and row["id"] not in known:
                placed.append(row)
                known.add(row["id"])
    for at, row in enumerate(placed):
        exclusive = row["exclusive"] if row["parent"] is None else 0
        update(db, "code", {"id": row["id"]}, {"position": at, "exclusive": exclusive})


def _number_names(db: FileDatabase) -> None:
    """Give codes and attributes names that nothing else has, and drop what refers to names and keys."""
    for table in ("code", "attribute"):
        taken: set[str] = set()
        for row in list(db.rows(f"SELECT * FROM {table} ORDER BY position, id")):
            name, number = str(row["name"]), 1
            while name.casefold() in taken:
                number += 1
                name = f"{row['name'][:90]} ({number})"
            taken.add(name.casefold())
            values: Row = {"shortcut": ""} if table == "code" else {"targets": to_json([])}
            update(db, table, {"id": row["id"]}, {"name": name, **values})
