"""What the manifest of an agreement export says, so that its figures can be worked out again."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import ConfigDict, ValidationError, field_validator

from app.domain.comparing import Unit, Variable
from app.domain.errors import UserError
from app.domain.ids import CoderId
from app.domain.values import Value
from app.exchange.csv_folder import MANIFEST, PROGRAM
from app.exchange.formats import NO_SEPARATOR, can_separate

KIND = "agreement"
_LARGEST = 50_000_000


class Compared(Value):
    """One coder: the id, the name in the results, and the label in all other files."""

    id: CoderId
    name: str
    label: str


class Column(Value):
    """What a column of the spans holds: the answer to which variable or, for links, `spans` or `names` of it."""

    key: str
    part: Literal["", "spans", "names"] = ""


class AgreementManifest(Value):
    """The part of the manifest that says how the spans are to be read and the results were worked out.

    `columns` are those of answers by header; `labels` have the text of each label that differs from it.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    kind: Literal["agreement"] = KIND
    unit: Unit
    tolerance: int
    settings: dict[str, Any]
    coders: tuple[Compared, ...]
    variables: tuple[Variable, ...]
    columns: Mapping[str, Column]
    labels: Mapping[str, str]
    separator: str
    guarded_formulas: bool

    @field_validator("separator")
    @classmethod
    def _separates(cls, value: str) -> str:
        if not can_separate(value):
            raise ValueError(NO_SEPARATOR)
        return value


def read_manifest(folder: Path) -> AgreementManifest:
    """Return the manifest of a folder; UserError if it is not one of an agreement export of ours."""
    path = folder / MANIFEST
    try:
        if path.stat().st_size > _LARGEST:
            raise UserError(f"{path} is too large for a manifest of ours.")
        found: Any = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(found, dict) or found.get("program") != PROGRAM or found.get("kind") != KIND:  # pyright: ignore[reportUnknownMemberType]
            raise UserError(f"{folder} is not an export of agreement; choose the folder that holds one.")
        return AgreementManifest.model_validate(found)
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror or error}.") from error
    except (ValidationError, ValueError, RecursionError) as error:
        raise UserError(f"{path} is damaged or was changed; export once more.") from error
