"""From the rows of a table to a codebook: paths become a tree, and every refusal names its row."""

from collections.abc import Callable, Iterator, Sequence, Set
from functools import partial
from typing import Any, TypeVar

from pydantic import ValidationError

from app.domain.codebook import Attribute, AttributeKind, Code, Codebook
from app.domain.errors import UserError
from app.exchange.codebook_cells import BETWEEN, default_of, flag, number, path_cell, split
from app.exchange.codebook_identities import Identities
from app.exchange.codebook_model import DEEPEST, PALETTE, problem_in_words, too_deep
from app.exchange.codebook_rows import Row

Made = TypeVar("Made")
_Key = tuple[str, ...]

_KINDS = {
    **{kind.value: kind for kind in AttributeKind},
    "ordered": AttributeKind.ORDERED,
    "ordinal": AttributeKind.ORDERED,
    "multiple": AttributeKind.MULTIPLE,
    "yes / no": AttributeKind.YES_NO,
    "yesno": AttributeKind.YES_NO,
    "boolean": AttributeKind.YES_NO,
}


class _Place:
    """One code on its way: where it stands, the row that describes it, if any, and what is asked on it."""

    def __init__(self, path: _Key) -> None:
        self.path = path
        self.row: Row | None = None
        self.below: list[_Key] = []
        self.questions: list[Row] = []


class TableReader:
    """Makes one codebook of rows; `columns` are those that the file has, `known` keeps what others would say."""

    def __init__(self, columns: Set[str], identities: Identities, known: Codebook) -> None:
        self._columns, self._identities = columns, identities
        self._known, self._codes = known, {code.id: code for code in known.codes}
        asked = [*(each for code in known.codes for each in code.attributes), *known.variables]
        self._questions = {each.id: each for each in asked}
        self._places: dict[_Key, _Place] = {}
        self._layers: list[_Key] = []
        self.notes: list[str] = []

    def codebook(self, rows: Sequence[Row]) -> Codebook:
        """Return the codebook; UserError that names the first row in which something is wrong."""
        self._identities.claim(row.bare("id") for row in rows)
        head = [row for row in rows if row.sort == "codebook"]
        if len(head) > 1:
            raise UserError(f"row {head[1].number}: the codebook has a row already, row {head[0].number}.")
        for row in rows:
            if row.sort == "code":
                self._put(row)
        for row in rows:
            if row.sort == "attribute":
                self._asked_on(row).questions.append(row)
        codes = tuple(self._made(self._layers, None))
        variables = tuple(self._question(row, ()) for row in rows if row.sort == "variable")
        version = 1
        if head and head[0].bare("version"):
            version = _in_row(head[0], lambda: int(number(head[0].bare("version"))))
        name = head[0].cell("name") if head else self._known.name
        try:
            return Codebook(name=name, version=version, codes=codes, variables=variables)
        except ValidationError as error:
            raise UserError(problem_in_words(error)) from error

    def _put(self, row: Row) -> None:
        """Note a code at its path; UserError if there is one already."""
        if not row.path or not all(row.path):
            raise UserError(f"row {row.number}: this code has no name.")
        if len(row.path) > DEEPEST:
            raise too_deep()
        place = self._place(row.path)
        if place.row is not None:
            raise UserError(
                f"row {row.number}: “{path_cell(row.path)}” stands in row {place.row.number} already."
            )
        place.row = row

    def _place(self, path: _Key) -> _Place:
        """Return the place at a path, with places for all that is above it."""
        key = _key(path)
        if key not in self._places:
            self._places[key] = _Place(path)
            if len(path) == 1:
                self._layers.append(key)
            else:
                self._place(path[:-1]).below.append(key)
        return self._places[key]

    def _asked_on(self, row: Row) -> _Place:
        path = row.path if row.bare("path") else row.path[:-1]
        place = self._places.get(_key(path))
        if place is None:
            raise UserError(
                f"row {row.number}: there is no code “{path_cell(path)}” for the attribute “{row.bare('name')}”."
            )
        return place

    def _made(self, keys: Sequence[_Key], parent: Code | None) -> Iterator[Code]:
        """Yield codes with everything below them, in the order of the file."""
        for at, key in enumerate(keys):
            place = self._places[key]
            row = place.row or Row(0, {})
            name = place.path[-1]
            if place.row is None:
                self.notes.append(f"“{path_cell(place.path)}” has no row of its own and was made")
            elif row.bare("name") not in ("", name.strip()):
                name = row.bare("name")
                self.notes.append(
                    f"row {row.number}: “{path_cell(place.path)}” has the name “{name}”, which counts"
                )
            spare = parent.colour if parent else PALETTE[at % len(PALETTE)]
            code = _in_row(row, partial(self._code, place, row, name, parent, spare))
            yield code
            yield from self._made(place.below, code)

    def _code(self, place: _Place, row: Row, name: str, parent: Code | None, spare: str) -> Code:
        code_id = self._identities.code(row.bare("id"), place.path)
        known = self._codes.get(code_id)
        texts = {
            "colour": row.bare("colour"),
            "shortcut": row.bare("shortcut"),
            "definition": row.cell("definition"),
            "when": row.cell("when"),
            "when_not": row.cell("when not"),
            "examples": split(row.cell("examples"), "\n"),
            "exclusive": flag(row.cell("exclusive")),
        }
        kept = {
            field: getattr(known, field)
            for field in texts
            if known and field.replace("_", " ") not in self._columns
        }
        said: dict[str, Any] = {**texts, **kept}
        said["colour"] = said["colour"] or self._identities.colour(code_id, spare)
        return Code(
            id=code_id,
            name=name,
            parent=parent.id if parent else None,
            attributes=tuple(self._question(each, place.path) for each in place.questions),
            **said,
        )

    def _question(self, row: Row, path: _Key) -> Attribute:
        return _in_row(row, partial(self._attribute, row, path))

    def _attribute(self, row: Row, path: _Key) -> Attribute:
        name = row.cell("name")
        if not name:
            raise UserError("this attribute has no name")
        question_id = self._identities.question(row.bare("id"), path, name)
        known = self._questions.get(question_id)
        kind = known.kind if known and "kind" not in self._columns else _kind(row)
        choices = split(row.cell("choices"), BETWEEN)
        said: dict[str, Any] = {
            "required": flag(row.cell("required")),
            "default": default_of(kind, row.cells.get("default", ""), choices),
            "help": row.cell("help"),
            "choices": choices,
            "targets": split(row.cell("targets"), BETWEEN),
        }
        kept = {field: getattr(known, field) for field in said if known and field not in self._columns}
        return Attribute(id=question_id, name=name, kind=kind, **{**said, **kept})


def _kind(row: Row) -> AttributeKind:
    kind = _KINDS.get(" ".join(row.bare("kind").casefold().split()))
    if kind is None:
        known = ", ".join(each.value for each in AttributeKind)
        raise UserError(f"“{row.bare('kind')}” is no kind of attribute; these are: {known}")
    return kind


def _key(path: _Key) -> _Key:
    return tuple(name.casefold() for name in path)


def _in_row(row: Row, make: Callable[[], Made]) -> Made:
    """Return what is made; UserError that names the row where it cannot be."""
    try:
        return make()
    except ValidationError as error:
        reason = problem_in_words(error)
    except UserError as error:
        reason = str(error)
    if reason.startswith("row "):
        raise UserError(reason)
    raise UserError(f"row {row.number}: {reason.rstrip('.')}.")
