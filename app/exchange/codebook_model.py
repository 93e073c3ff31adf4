"""A codebook as files write it: sub-codes inside their codes, ids where there are any, everything else by default.

YAML and JSON hold just this, and their schema is made from it.
"""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Annotated, Any

from pydantic import Field, ValidationError

from app.domain.answers import Plain, in_words
from app.domain.codebook import WITH_CHOICES, Attribute, AttributeKind, Code, Codebook
from app.domain.errors import UserError
from app.domain.values import Value
from app.exchange.codebook_identities import Identities

SCHEMA_NAME = "rubricator-codebook.schema.json"
"""What files call their schema: a file that lies beside them, if at all."""

MOST_ENTRIES = 3_000
"""Codes and questions together; real codebooks have some hundreds."""

DEEPEST = 50
"""Levels of sub-codes; real codebooks have up to five."""

_MOST_PARTS = 500_000

PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7A5195", "#8C564B")
"""What codes without a colour of their own are given in turn."""

_UUID = "^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})?$"
# The domain checks these too, and says it in words; here they are for editors that know the schema.
_ID: dict[str, Any] = {"pattern": _UUID}
_NAME: dict[str, Any] = {"minLength": 1, "maxLength": 100}
_COLOUR: dict[str, Any] = {"pattern": "^(#[0-9a-fA-F]{6})?$"}
_SHORTCUT: dict[str, Any] = {"pattern": "^[a-zA-Z0-9]{0,3}$"}

_Words = Annotated[str, Field(coerce_numbers_to_str=True)]
"""Text, which people write without quotation marks also where it is a number: choices from 1 to 5."""


class QuestionEntry(Value):
    """An attribute of a code, or an article variable: a typed question."""

    id: str = Field(
        default="",
        description="A UUID by which the question stays the same however it is renamed. Leave it out for a new "
        "question; keep it for one that has been answered.",
        json_schema_extra=_ID,
    )
    name: _Words = Field(
        description="What the question is called; different from the others of the same code.",
        json_schema_extra=_NAME,
    )
    kind: AttributeKind = Field(description="What kind of answer it takes.")
    required: bool = Field(
        default=False, description="Whether an annotation is incomplete without an answer."
    )
    default: str | bool | float | tuple[str, ...] | None = Field(
        default=None,
        description="The answer that a new annotation begins with: text, yes or no, a number, an ISO date, one "
        "of the choices or, for a multiple choice, a list of them. Entities and links have none.",
    )
    help: str = Field(default="", description="A sentence for the coder, shown beside the question.")
    choices: tuple[_Words, ...] = Field(
        default=(),
        description="The answers of a choice, ordered choice or multiple choice, in order; an ordered choice "
        "runs from low to high. None may hold “|”.",
    )
    targets: tuple[_Words, ...] = Field(
        default=(),
        description="For a link: the names of the layers whose annotations it may point to. Empty means any.",
    )


class CodeEntry(Value):
    """A code, with its sub-codes inside. At the top of the file it is a layer."""

    id: str = Field(
        default="",
        description="A UUID by which the code stays the same however it is renamed or moved. Leave it out for a "
        "new code; keep it for one that has been applied.",
        json_schema_extra=_ID,
    )
    name: _Words = Field(
        description="What the code is called; different from the codes beside it.", json_schema_extra=_NAME
    )
    colour: str = Field(
        default="",
        description="Its colour, such as #0072B2. Without one, a sub-code takes that of the code above it, and "
        "a layer one of eight in turn.",
        json_schema_extra=_COLOUR,
    )
    shortcut: str = Field(
        default="",
        description="The key that applies it: one letter or digit, or up to three that are typed one after the "
        "other. No shortcut may begin another.",
        json_schema_extra=_SHORTCUT,
    )
    definition: str = Field(default="", description="What the code means.")
    when: str = Field(default="", description="When to use it.")
    when_not: str = Field(default="", description="When not to use it, and what to use instead.")
    examples: tuple[_Words, ...] = Field(
        default=(), description="Words from articles that were coded rightly."
    )
    exclusive: bool = Field(
        default=False,
        description="For a layer: whether one coder's annotations within it may not overlap.",
    )
    attributes: tuple[QuestionEntry, ...] = Field(
        default=(), description="What is asked on this code and on every code below it."
    )
    codes: tuple["CodeEntry", ...] = Field(default=(), description="The sub-codes, in order.")


class CodebookEntry(Value):
    """A codebook of Rubricator."""

    schema_name: str = Field(
        default="",
        alias="$schema",
        description="Where an editor finds this schema; Rubricator takes no notice.",
    )
    name: str = Field(default="", description="What the codebook is called.")
    version: int = Field(
        default=1, ge=1, description="Counts the changes; a project goes on counting from its own."
    )
    codes: tuple[CodeEntry, ...] = Field(default=(), description="The layers, in order.")
    variables: tuple[QuestionEntry, ...] = Field(
        default=(), description="The article variables: what is asked on every article."
    )


def codebook_schema() -> dict[str, Any]:
    """Return the JSON Schema of codebook files."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:rubricator:codebook",
        **CodebookEntry.model_json_schema(),
        "title": "Rubricator codebook",
    }


def from_raw(raw: Any, identities: Identities) -> Codebook:
    """Return the codebook that plain values describe; UserError says where in them something is wrong."""
    if not isinstance(raw, dict):
        raise UserError("this is not a codebook: it should have a name and a list of codes.")
    _check_size(raw)  # pyright: ignore[reportUnknownArgumentType]
    try:
        entry = CodebookEntry.model_validate(raw)
    except ValidationError as error:
        raise UserError(problem_in_words(error)) from error
    return from_entry(entry, identities)


def from_entry(entry: CodebookEntry, identities: Identities) -> Codebook:
    """Return the codebook of an entry; colours that it does not give are taken in turn."""
    given = list(_given_ids(entry))
    if len(given) > MOST_ENTRIES:
        raise too_many()
    identities.claim(given)
    codes = tuple(_codes(entry.codes, "codes", (), None, identities))
    variables = tuple(
        _attribute(question, f"variables > {at}", (), identities)
        for at, question in enumerate(entry.variables, start=1)
    )
    try:
        return Codebook(name=entry.name, version=entry.version, codes=codes, variables=variables)
    except ValidationError as error:
        raise UserError(problem_in_words(error)) from error


def to_raw(codebook: Codebook) -> dict[str, Any]:
    """Return a codebook as plain values, without what is empty; `from_raw` makes an equal codebook of them."""
    return {
        "name": codebook.name,
        "version": codebook.version,
        "codes": [_raw_code(codebook, code) for code in codebook.layers()],
        "variables": [_raw_question(variable) for variable in codebook.variables],
    }


def too_many() -> UserError:
    """The refusal of a file that holds more than anybody codes with."""
    return UserError(f"this is far too large for a codebook: more than {MOST_ENTRIES:,} codes and questions.")


def too_deep() -> UserError:
    """The refusal of a file with more levels than anybody codes with."""
    return UserError("this is nested far too deeply for a codebook.")


def problem_in_words(error: ValidationError, place: str = "") -> str:
    """Return the first thing that is wrong as a sentence with its place, lists counted from 1."""
    first = error.errors()[0]
    parts = [str(part + 1 if isinstance(part, int) else part) for part in first["loc"]]
    where = " > ".join(part for part in (place, *parts) if part)
    match first["type"]:
        case "extra_forbidden":
            meant = _meant(first["loc"])
            return f"{where}: a codebook has nothing of this name{meant}; see “rubricator codebook schema”."
        case "missing":
            return f"{where}: this is missing."
        case "string_too_short":
            return f"{where}: this is empty."
        case "string_too_long":
            return f"{where}: this is longer than {first.get('ctx', {}).get('max_length', 'so many')} characters."
        case "string_unicode":
            return f"{where}: this holds half of a character (a lone surrogate). Write it whole."
        case _:
            message = first["msg"].removeprefix("Value error, ")
            return f"{where}: {message}." if where else f"{message}."


def _meant(loc: Sequence[int | str]) -> str:
    """Return in words which name may be meant at a place where an unknown one stands; nothing if none is near."""
    above = [part for part in loc[:-1] if isinstance(part, str)]
    entry = {"codes": CodeEntry}.get(above[-1], QuestionEntry) if above else CodebookEntry
    near = get_close_matches(str(loc[-1]).casefold(), entry.model_fields, n=1)
    return f", perhaps “{near[0]}” is meant" if near else ""


def _check_size(raw: Any) -> None:
    """Raise UserError for more or deeper than a codebook holds: aliases in YAML make much out of little."""
    waiting: list[tuple[Any, int]] = [(raw, 0)]
    seen = 0
    while waiting:
        value, depth = waiting.pop()
        seen += 1
        if seen > _MOST_PARTS:
            raise UserError("this is far too large for a codebook.")
        if depth > 2 * DEEPEST + 4:
            raise too_deep()
        if isinstance(value, dict):
            waiting.extend((each, depth + 1) for each in value.values())  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        elif isinstance(value, list):
            waiting.extend((each, depth + 1) for each in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]


def _given_ids(entry: CodebookEntry) -> Iterator[str]:
    yield from (variable.id for variable in entry.variables)
    waiting = list(entry.codes)
    while waiting:
        code = waiting.pop()
        yield code.id
        yield from (attribute.id for attribute in code.attributes)
        waiting.extend(code.codes)


def _codes(
    entries: tuple[CodeEntry, ...],
    place: str,
    above: tuple[str, ...],
    parent: Code | None,
    identities: Identities,
) -> Iterator[Code]:
    for at, entry in enumerate(entries, start=1):
        here, path = f"{place} > {at}", (*above, entry.name)
        spare = parent.colour if parent else PALETTE[(at - 1) % len(PALETTE)]
        code_id = identities.code(entry.id, path)
        try:
            code = Code(
                id=code_id,
                colour=entry.colour or identities.colour(code_id, spare),
                parent=parent.id if parent else None,
                attributes=tuple(
                    _attribute(question, f"{here} > attributes > {number}", path, identities)
                    for number, question in enumerate(entry.attributes, start=1)
                ),
                **entry.model_dump(exclude={"id", "colour", "attributes", "codes"}),
            )
        except ValidationError as error:
            raise UserError(problem_in_words(error, here)) from error
        yield code
        yield from _codes(entry.codes, f"{here} > codes", path, code, identities)


def _attribute(
    question: QuestionEntry, place: str, path: tuple[str, ...], identities: Identities
) -> Attribute:
    try:
        return Attribute(
            id=identities.question(question.id, path, question.name),
            default=_default(question),
            **question.model_dump(exclude={"id", "default"}),
        )
    except ValidationError as error:
        raise UserError(problem_in_words(error, place)) from error


def _default(question: QuestionEntry) -> Plain | None:
    """Return the default as the kind of question has it, where it was written as people write it."""
    given = question.default
    if question.kind is AttributeKind.YES_NO and isinstance(given, str):
        return {"yes": True, "no": False}.get(given.lower(), given)
    if question.kind in WITH_CHOICES and isinstance(given, float):
        return in_words(given)
    return given


def _raw_code(codebook: Codebook, code: Code) -> dict[str, Any]:
    raw = _filled(code.model_dump(mode="json", exclude={"parent", "attributes"}))
    if code.attributes:
        raw["attributes"] = [_raw_question(attribute) for attribute in code.attributes]
    if below := [child for child in codebook.codes if child.parent == code.id]:
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


def arranged(codebook: Codebook) -> Codebook:
    """Return the codebook with every code right before its sub-codes, as files have them."""
    return codebook.model_copy(update={"codes": tuple(code for _depth, code in codebook.walk())})
