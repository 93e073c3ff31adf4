"""Changing a codebook: each change a pure function that returns one that holds together, or raises UserError."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from pydantic import ValidationError

from app.domain.answers import check_defaults
from app.domain.codebook import Attribute, Code, Codebook
from app.domain.errors import UserError
from app.domain.ids import AttributeId, CodeId
from app.domain.values import Value

COLOURS = (
    *("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"),
    *("#882255", "#117733", "#44AA99", "#999933", "#AA4499", "#332288", "#661100", "#6699CC", "#777777"),
)
"""What codes are given in turn and offered first: told apart also by those who see few colours."""

V = TypeVar("V", bound=Value)


def with_values(value: V, **values: object) -> V:
    """Return a code or attribute with other values, checked anew; UserError says what is wrong with them."""
    try:
        return type(value)(**{**dict(value), **values})
    except ValidationError as error:
        raise UserError(_in_words(error)) from None


def next_colour(codebook: Codebook, parent: CodeId | None) -> str:
    """Return the colour for a new code: that of its parent or, for layers, the first that layers use least."""
    if parent is not None:
        return codebook.code(parent).colour
    used = [code.colour for code in codebook.codes if code.parent is None]
    return min(COLOURS, key=used.count)


def family(codebook: Codebook, code_id: CodeId) -> tuple[CodeId, ...]:
    """Return a code and every code below it, in order."""
    return (code_id, *(code.id for _depth, code in codebook.walk(code_id)))


def owner(codebook: Codebook, attribute_id: AttributeId) -> CodeId | None:
    """Return the code that an attribute belongs to, None for an article variable; UserError if it is gone."""
    for code in codebook.codes:
        if any(each.id == attribute_id for each in code.attributes):
            return code.id
    if any(each.id == attribute_id for each in codebook.variables):
        return None
    raise UserError("This attribute is no longer in the codebook.")


def named(codebook: Codebook, name: str) -> Codebook:
    """Return the codebook under another name."""
    return codebook.model_copy(update={"name": " ".join(name.split())})


def with_code(codebook: Codebook, code: Code, after: CodeId | None = None) -> Codebook:
    """Return the codebook with a new code, or with other values for one that it has.

    A new one comes `after` a code of the same parent or, without one, last below its parent. One that is known
    keeps its place and its attributes, which are changed by themselves.
    """
    code = with_values(code, name=" ".join(code.name.split()))
    _check_shortcut(codebook, code)
    known = next((each for each in codebook.codes if each.id == code.id), None)
    if known is None:
        _check_there(codebook, code.parent)
        siblings = [each.id for each in codebook.codes if each.parent == code.parent]
        at = siblings.index(after) + 1 if after and after in siblings else len(siblings)
        return _rebuilt(codebook, [*codebook.codes, code], {code.parent: [*siblings[:at], code.id]})
    code = code.model_copy(update={"parent": known.parent, "attributes": known.attributes})
    codes = [code if each.id == code.id else each for each in codebook.codes]
    if known.parent is None:
        codes = _retargeted(codes, known.name, code.name)
    return _rebuilt(codebook, codes)


def with_code_moved(
    codebook: Codebook, code_id: CodeId, parent: CodeId | None, before: CodeId | None = None
) -> Codebook:
    """Return the codebook with a code and all below it elsewhere: below `parent`, ahead of `before` or last.

    A layer that goes below another is exclusive no longer, and what linked to it links to that one.
    """
    _check_there(codebook, code_id, parent)
    if parent is not None and parent in family(codebook, code_id):
        raise UserError("A code cannot go below itself.")
    code = codebook.code(code_id)
    siblings = [each.id for each in codebook.codes if each.parent == parent and each.id != code_id]
    at = siblings.index(before) if before and before in siblings else len(siblings)
    update: dict[str, object] = {"parent": parent, "exclusive": code.exclusive and parent is None}
    codes = [each.model_copy(update=update) if each.id == code_id else each for each in codebook.codes]
    if code.parent is None and parent is not None:
        codes = _retargeted(codes, code.name, codebook.layer(parent).name)
    return _rebuilt(codebook, codes, {parent: [*siblings[:at], code_id, *siblings[at:]]})


def without_code(codebook: Codebook, code_id: CodeId) -> Codebook:
    """Return the codebook without a code and all below it; UserError if something links to that layer."""
    _check_there(codebook, code_id)
    gone = family(codebook, code_id)
    codes = [each for each in codebook.codes if each.id not in gone]
    name = codebook.code(code_id).name
    for each in codes:
        for attribute in each.attributes:
            if codebook.code(code_id).parent is None and name in attribute.targets:
                raise UserError(
                    f"“{attribute.name}” of “{each.name}” links to “{name}”. Let it link to something else first."
                )
    return _rebuilt(codebook, codes)


def with_code_merged(codebook: Codebook, code_id: CodeId, into: CodeId) -> Codebook:
    """Return the codebook with one code less: those below it come below the other, which takes over links to it.

    The attributes of the code go with it; what becomes of answers is for the project to say.
    """
    _check_there(codebook, code_id, into)
    if code_id == into:
        raise UserError("A code cannot be merged into itself.")
    if into in family(codebook, code_id):
        raise UserError("A code cannot be merged into one below it. Move that one out first.")
    code = codebook.code(code_id)
    codes = [
        each.model_copy(update={"parent": into}) if each.parent == code_id else each
        for each in codebook.codes
        if each.id != code_id
    ]
    if code.parent is None:
        codes = _retargeted(codes, code.name, codebook.layer(into).name)
    return _rebuilt(codebook, codes)


def with_attribute(
    codebook: Codebook, code_id: CodeId | None, attribute: Attribute, after: AttributeId | None = None
) -> Codebook:
    """Return the codebook with a new attribute, or with other values for one that it has, which keeps its place.

    Without a code it is an article variable. A new one comes `after` another of the same code, or last.
    """
    _check_there(codebook, code_id)
    attribute = with_values(attribute, name=" ".join(attribute.name.split()))
    asked = list(_own(codebook, code_id))
    known = next((at for at, each in enumerate(asked) if each.id == attribute.id), None)
    if known is None:
        at = next((at for at, each in enumerate(asked) if each.id == after), len(asked) - 1)
        asked.insert(at + 1, attribute)
    else:
        asked[known] = attribute
    return _asking(codebook, {code_id: asked})


def with_attribute_moved(
    codebook: Codebook,
    attribute_id: AttributeId,
    code_id: CodeId | None,
    before: AttributeId | None = None,
) -> Codebook:
    """Return the codebook with an attribute ahead of another, or last, on the same or another code."""
    _check_there(codebook, code_id)
    source = owner(codebook, attribute_id)
    attribute = codebook.attribute(attribute_id)
    left = [each for each in _own(codebook, source) if each.id != attribute_id]
    asked = left if source == code_id else list(_own(codebook, code_id))
    at = next((at for at, each in enumerate(asked) if each.id == before), len(asked))
    asked.insert(at, attribute)
    return _asking(codebook, {source: left, code_id: asked})


def without_attribute(codebook: Codebook, attribute_id: AttributeId) -> Codebook:
    """Return the codebook without an attribute or article variable."""
    code_id = owner(codebook, attribute_id)
    return _asking(codebook, {code_id: [each for each in _own(codebook, code_id) if each.id != attribute_id]})


def counterpart(asked: Attribute, questions: Iterable[Attribute]) -> Attribute | None:
    """Return the question that takes over the answers of another: itself, or one of the same name and kind."""
    wanted = asked.name.casefold(), asked.kind
    alike = None
    for each in questions:
        if each.id == asked.id:
            return each
        if (each.name.casefold(), each.kind) == wanted:
            alike = each
    return alike


def _own(codebook: Codebook, code_id: CodeId | None) -> tuple[Attribute, ...]:
    return codebook.variables if code_id is None else codebook.code(code_id).attributes


def _check_there(codebook: Codebook, *code_ids: CodeId | None) -> None:
    known = {code.id for code in codebook.codes}
    if not known.issuperset(code_id for code_id in code_ids if code_id is not None):
        raise UserError("This code is no longer in the codebook.")


def _check_shortcut(codebook: Codebook, code: Code) -> None:
    """Raise UserError that names the code which has the shortcut, whichever of the two comes first."""
    key = code.shortcut
    for other in codebook.codes:
        if not key or not other.shortcut or other.id == code.id:
            continue
        if key == other.shortcut:
            raise UserError(f"The key “{key.upper()}” is taken by “{other.name}”.")
        if key.startswith(other.shortcut) or other.shortcut.startswith(key):
            short, long = sorted((key.upper(), other.shortcut.upper()), key=len)
            raise UserError(
                f"“{short}” and “{long}” begin alike, and “{other.name}” has one of them as its key."
            )


def _retargeted(codes: Iterable[Code], name: str, new: str) -> list[Code]:
    """Let what links to one layer link to another, or to the same one under its new name."""

    def anew(attribute: Attribute) -> Attribute:
        targets = dict.fromkeys(new if each == name else each for each in attribute.targets)
        return attribute.model_copy(update={"targets": tuple(targets)})

    return [
        code.model_copy(update={"attributes": tuple(map(anew, code.attributes))})
        if any(name in each.targets for each in code.attributes)
        else code
        for code in codes
    ]


def _asking(codebook: Codebook, asked: Mapping[CodeId | None, Sequence[Attribute]]) -> Codebook:
    codes = [
        code.model_copy(update={"attributes": tuple(asked[code.id])}) if code.id in asked else code
        for code in codebook.codes
    ]
    return _rebuilt(codebook, codes, variables=tuple(asked.get(None, codebook.variables)))


def _rebuilt(
    codebook: Codebook,
    codes: Sequence[Code],
    order: Mapping[CodeId | None, Sequence[CodeId]] | None = None,
    variables: tuple[Attribute, ...] | None = None,
) -> Codebook:
    """Return a codebook that was checked, its codes in the order of the tree; `order` tells first children."""
    below: dict[CodeId | None, list[Code]] = {}
    for code in codes:
        below.setdefault(code.parent, []).append(code)
    for parent, first in (order or {}).items():
        places = {code_id: at for at, code_id in enumerate(first)}
        below.get(parent, []).sort(key=lambda code: places.get(code.id, len(places)))
    inner: list[Code] = []
    waiting = list(reversed(below.get(None, [])))
    while waiting:
        code = waiting.pop()
        inner.append(code)
        waiting.extend(reversed(below.get(code.id, [])))
    try:
        made = Codebook(
            name=codebook.name,
            version=codebook.version,
            codes=tuple(inner),
            variables=codebook.variables if variables is None else variables,
        )
    except ValidationError as error:
        raise UserError(_in_words(error)) from None
    check_defaults(made)
    return made


def _in_words(error: ValidationError) -> str:
    """Return the first thing that is wrong as a sentence."""
    first = error.errors()[0]
    if first["type"] == "string_too_short":
        return "A name is needed."
    if first["type"] == "string_too_long":
        return "A name has at most 100 characters."
    words = first["msg"].removeprefix("Value error, ")
    return f"{words[:1].upper()}{words[1:]}."
