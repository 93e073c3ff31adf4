"""The codebook in the project file: one row a code, one row an attribute."""

from collections.abc import Mapping
from typing import Any

from app.domain.codebook import Attribute, AttributeKind, Code, Codebook
from app.domain.ids import AttributeId, CodeId
from app.storage.columns import delete, from_json, insert, texts, to_json, update
from app.storage.connection import FileDatabase


class Codebooks:
    """Reads and writes the codebook; writing needs an open step."""

    def __init__(self, db: FileDatabase) -> None:
        self._db = db

    def read(self) -> Codebook:
        """Return the codebook as it stands."""
        name, version = self._db.execute("SELECT codebook_name, codebook_version FROM project").fetchone()
        by_code: dict[str | None, list[Attribute]] = {}
        for row in self._db.rows("SELECT * FROM attribute ORDER BY position, id"):
            by_code.setdefault(row["code_id"], []).append(attribute_of(row))
        codes = [
            code_of(row, tuple(by_code.get(row["id"], ())))
            for row in self._db.rows("SELECT * FROM code ORDER BY position, id")
        ]
        return Codebook(
            name=name, version=version, codes=tuple(codes), variables=tuple(by_code.get(None, ()))
        )

    def write(self, codebook: Codebook) -> None:
        """Make the rows those of `codebook`, touching only what differs.

        Codes and attributes that are gone are deleted; a code that annotations still use is a bug here, the
        verb asks first.
        """
        update(
            self._db,
            "project",
            {"one": 1},
            {"codebook_name": codebook.name, "codebook_version": codebook.version},
        )
        codes: dict[str, dict[str, Any]] = {
            code.id: _code_row(code, at) for at, code in enumerate(codebook.codes)
        }
        attributes: dict[str, dict[str, Any]] = {}
        for code in codebook.codes:
            for at, attribute in enumerate(code.attributes):
                attributes[attribute.id] = _attribute_row(attribute, code.id, at)
        for at, variable in enumerate(codebook.variables):
            attributes[variable.id] = _attribute_row(variable, None, at)
        # Attributes may move between codes, so codes come first in and last out.
        gone_codes = self._write_rows("code", codes)
        gone_attributes = self._write_rows("attribute", attributes)
        delete(self._db, "attribute", "id", gone_attributes)
        delete(self._db, "code", "id", gone_codes)

    def _write_rows(self, table: str, rows: Mapping[str, dict[str, Any]]) -> list[str]:
        """Insert and update; return the ids that are no longer wanted."""
        known: dict[str, dict[str, Any]] = {row["id"]: row for row in self._db.rows(f"SELECT * FROM {table}")}
        for row_id, row in rows.items():
            if row_id not in known:
                insert(self._db, table, [row])
            elif known[row_id] != row:
                update(self._db, table, {"id": row_id}, row)
        return [row_id for row_id in known if row_id not in rows]


def _code_row(code: Code, position: int) -> dict[str, Any]:
    return {
        "id": code.id,
        "position": position,
        "parent": code.parent,
        "name": code.name,
        "colour": code.colour,
        "shortcut": code.shortcut,
        "definition": code.definition,
        "when_to": code.when,
        "when_not": code.when_not,
        "examples": to_json(code.examples),
        "exclusive": int(code.exclusive),
    }


def code_of(row: dict[str, Any], attributes: tuple[Attribute, ...]) -> Code:
    """Return the code of a row."""
    return Code(
        id=CodeId(row["id"]),
        name=row["name"],
        parent=row["parent"],
        colour=row["colour"],
        shortcut=row["shortcut"],
        definition=row["definition"],
        when=row["when_to"],
        when_not=row["when_not"],
        examples=texts(row["examples"]),
        attributes=attributes,
        exclusive=bool(row["exclusive"]),
    )


def _attribute_row(attribute: Attribute, code_id: CodeId | None, position: int) -> dict[str, Any]:
    return {
        "id": attribute.id,
        "code_id": code_id,
        "position": position,
        "name": attribute.name,
        "kind": attribute.kind.value,
        "required": int(attribute.required),
        "standard": to_json(attribute.default),
        "help": attribute.help,
        "choices": to_json(attribute.choices),
        "targets": to_json(attribute.targets),
    }


def attribute_of(row: dict[str, Any]) -> Attribute:
    """Return the attribute of a row."""
    default = from_json(row["standard"])
    return Attribute(
        id=AttributeId(row["id"]),
        name=row["name"],
        kind=AttributeKind(row["kind"]),
        required=bool(row["required"]),
        default=tuple(default) if isinstance(default, list) else default,  # pyright: ignore[reportUnknownArgumentType]
        help=row["help"],
        choices=texts(row["choices"]),
        targets=texts(row["targets"]),
    )
