"""Codebooks as YAML files that people read and write by hand."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError
from pydantic_core import PydanticSerializationError

from app.domain.answers import check_defaults
from app.domain.codebook import Attribute, AttributeKind, Code, Codebook
from app.domain.errors import UserError
from app.domain.ids import AttributeId, CodeId, is_id, new_id
from app.domain.values import Value

_LARGEST = 10_000_000
"""Bytes of a codebook file; real ones have some thousands."""


_ENDINGS = (".yaml", ".yml")
_HEAD = 64


class _Question(Value):
    """An attribute or article variable as the file writes it."""

    id: str = ""
    name: str
    kind: AttributeKind
    required: bool = False
    default: str | bool | float | tuple[str, ...] | None = None
    help: str = ""
    choices: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()


class _Entry(Value):
    """A code as the file writes it, with its sub-codes inside."""

    id: str = ""
    name: str
    colour: str = ""
    shortcut: str = ""
    definition: str = ""
    when: str = ""
    when_not: str = ""
    examples: tuple[str, ...] = ()
    exclusive: bool = False
    attributes: tuple[_Question, ...] = ()
    codes: tuple["_Entry", ...] = ()


class _File(Value):
    """A codebook file."""

    name: str = ""
    version: int = Field(default=1, ge=1)
    codes: tuple[_Entry, ...] = ()
    variables: tuple[_Question, ...] = ()


_PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7A5195", "#8C564B")


def read_codebook(path: Path) -> Codebook:
    """Read a codebook; ids that the file does not give are made anew, colours are taken in turn.

    Raises UserError that says where in the file something is wrong.
    """
    import yaml  # Loaded where a file is at hand, not whenever the program starts.

    try:
        if path.stat().st_size > _LARGEST:
            raise UserError(f"{path.name} is far too large for a codebook.")
        raw = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UserError(f"{path.name} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise UserError(f"{path.name} is not UTF-8 text. Save it as UTF-8 and try again.") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 1}" if mark else ""
        raise UserError(f"{path.name} is not valid YAML{where}.") from error
    except RecursionError as error:
        raise UserError(f"{path.name} is nested far too deeply for a codebook.") from error
    if not isinstance(raw, dict):
        raise UserError(f"{path.name} is not a codebook: it should have a name and a list of codes.")
    try:
        file = _File.model_validate(raw)
        codebook = _codebook(file)
        codebook.model_dump_json()  # Raises for half of a character, which YAML can spell but no file can keep.
        check_defaults(codebook)
    except ValidationError as error:
        raise UserError(f"{path.name}: {_first_problem(error)}") from error
    except PydanticSerializationError as error:
        raise UserError(
            f"{path.name} holds half of a character (a lone surrogate). Write it whole."
        ) from error
    except RecursionError as error:
        raise UserError(f"{path.name} is nested far too deeply for a codebook.") from error
    return codebook


def write_codebook(codebook: Codebook) -> str:
    """Return a codebook as YAML; reading it again gives an equal codebook."""
    import yaml

    raw: dict[str, Any] = {
        "name": codebook.name,
        "version": codebook.version,
        "codes": [_raw_code(codebook, code) for code in codebook.layers()],
        "variables": [_raw_question(variable) for variable in codebook.variables],
    }
    return yaml.safe_dump(raw, allow_unicode=True, sort_keys=False, width=100)


def save_codebook(codebook: Codebook, target: Path) -> None:
    """Write a codebook to a YAML file, which replaces an older one; UserError if anything else is there."""
    try:
        if target.exists() and not (target.suffix.lower() in _ENDINGS and _is_text(target)):
            raise UserError(f"{target} is there already and is not a codebook file. Choose another name.")
        target.write_text(write_codebook(codebook), encoding="utf-8", newline="\n")
    except OSError as error:
        raise UserError(f"{target} cannot be written: {error.strerror}.") from error


def _is_text(path: Path) -> bool:
    """Tell a file that people write from a database, such as a project, by its first bytes."""
    with path.open("rb") as file:
        return b"\0" not in file.read(_HEAD)


def _first_problem(error: ValidationError) -> str:
    first = error.errors()[0]
    where = " > ".join(str(part + 1 if isinstance(part, int) else part) for part in first["loc"])
    message = first["msg"].removeprefix("Value error, ")
    return f"{where}: {message}." if where else f"{message}."


def _codebook(file: _File) -> Codebook:
    return Codebook(
        name=file.name,
        version=file.version,
        codes=tuple(_codes(file.codes, None, None)),
        variables=tuple(_attribute(question) for question in file.variables),
    )


def _codes(entries: tuple[_Entry, ...], parent: CodeId | None, colour: str | None) -> Iterator[Code]:
    for at, entry in enumerate(entries):
        given = entry.colour or colour or _PALETTE[at % len(_PALETTE)]
        code = Code(
            id=CodeId(_id(entry.id)),
            parent=parent,
            colour=given,
            attributes=tuple(_attribute(question) for question in entry.attributes),
            **entry.model_dump(exclude={"id", "colour", "attributes", "codes"}),
        )
        yield code
        yield from _codes(entry.codes, code.id, given)


def _attribute(question: _Question) -> Attribute:
    return Attribute(id=AttributeId(_id(question.id)), **question.model_dump(exclude={"id"}))


def _id(given: str) -> str:
    if given and not is_id(given):
        raise UserError(f"“{given}” is not an id: leave ids out, or copy them from an export.")
    return given or new_id()


def _raw_code(codebook: Codebook, code: Code) -> dict[str, Any]:
    raw = _filled(code.model_dump(mode="json", exclude={"parent", "attributes"}))
    if code.attributes:
        raw["attributes"] = [_raw_question(attribute) for attribute in code.attributes]
    below = [child for child in codebook.codes if child.parent == code.id]
    if below:
        raw["codes"] = [_raw_code(codebook, child) for child in below]
    return raw


def _raw_question(attribute: Attribute) -> dict[str, Any]:
    return _filled(attribute.model_dump(mode="json"))


def _filled(raw: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is empty; a default of “no” or 0 is an answer and stays."""
    silent = {"required", "exclusive"}
    return {
        key: value
        for key, value in raw.items()
        if value not in ("", [], None) and not (key in silent and value is False)
    }
