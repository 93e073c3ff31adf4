"""Answers to the codebook's questions: what is a valid value of which kind of attribute."""

import math
from typing import Literal

from app.domain.codebook import Attribute, AttributeKind, Codebook
from app.domain.dates import is_date
from app.domain.errors import UserError
from app.domain.ids import AnnotationId, EntityId
from app.domain.values import Value

NOT_IN_TEXT = "not in this text"
"""The answer that a link leads nowhere in the article, in words."""


class AnnotationTarget(Value):
    """A link to an annotation of the same article."""

    annotation: AnnotationId


class EntityTarget(Value):
    """A link to an entity of the register."""

    entity: EntityId


class NotInText(Value):
    """The answer "not in this text"."""

    absent: Literal[True] = True


Target = AnnotationTarget | EntityTarget | NotInText
Plain = str | bool | float | tuple[str, ...]
"""An answer that holds something itself: text, choice or date; yes or no; number; several choices."""

Answer = Plain | tuple[Target, ...]


def check_plain(attribute: Attribute, value: object) -> Plain:
    """Return `value` as an answer to the attribute; raises UserError with the reason if it is none."""
    match attribute.kind:
        case AttributeKind.YES_NO:
            if isinstance(value, bool):
                return value
            raise _refusal(attribute, value, "yes or no")
        case AttributeKind.NUMBER:
            if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
                return float(value)
            raise _refusal(attribute, value, "a number")
        case AttributeKind.DATE:
            return _check_date(attribute, value)
        case AttributeKind.CHOICE | AttributeKind.ORDERED:
            if isinstance(value, str) and value in attribute.choices:
                return value
            raise _refusal(attribute, value, "one of " + ", ".join(attribute.choices))
        case AttributeKind.MULTIPLE:
            return _check_several(attribute, value)
        case AttributeKind.TEXT:
            if isinstance(value, str) and value.strip():
                return value
            raise _refusal(attribute, value, "a text")
        case AttributeKind.ENTITY | AttributeKind.LINK:
            raise _refusal(attribute, value, "an entity or a link")


def check_defaults(codebook: Codebook) -> None:
    """Raise UserError where a default is no answer to its question: every use of the code would fail on it."""
    questions = [attribute for code in codebook.codes for attribute in code.attributes]
    for attribute in (*questions, *codebook.variables):
        if attribute.default is not None:
            try:
                check_plain(attribute, attribute.default)
            except UserError as error:
                raise UserError(f"The default of “{attribute.name}” is no answer to it: {error}") from None


def check_targets(attribute: Attribute, value: object) -> tuple[Target, ...]:
    """Return `value` as the targets of a link or entity attribute; raises UserError if it is none.

    Whether the annotations and entities exist is for the project to say.
    """
    wanted = "an entity" if attribute.kind is AttributeKind.ENTITY else "a link"
    items = _items(value)
    if not items:
        raise _refusal(attribute, value, wanted)
    targets: list[Target] = []
    for item in items:
        if not isinstance(item, AnnotationTarget | EntityTarget | NotInText):
            raise _refusal(attribute, value, wanted)
        if attribute.kind is AttributeKind.ENTITY and not isinstance(item, EntityTarget):
            raise _refusal(attribute, value, wanted)
        if item not in targets:
            targets.append(item)
    if NotInText() in targets and len(targets) > 1:
        raise UserError(f"“{attribute.name}” cannot be “not in this text” and a link at once.")
    return tuple(targets)


def in_words(answer: Answer) -> str:
    """Return a plain answer as people read it; targets have no words of their own."""
    match answer:
        case bool():
            return "yes" if answer else "no"
        case float() | int():
            return str(int(answer)) if float(answer).is_integer() else repr(float(answer))
        case tuple():
            return ", ".join(item for item in answer if isinstance(item, str))
        case _:
            return answer


def _check_date(attribute: Attribute, value: object) -> str:
    """Dates are ISO 8601, whole or cut to the month or the year, as articles often leave the day open."""
    if isinstance(value, str) and is_date(value):
        return value
    raise _refusal(attribute, value, "a date such as 2026-05-31, 2026-05 or 2026")


def _check_several(attribute: Attribute, value: object) -> tuple[str, ...]:
    chosen = _items(value)
    if chosen and set(chosen) <= set(attribute.choices):
        return tuple(choice for choice in attribute.choices if choice in chosen)
    raise _refusal(attribute, value, "some of " + ", ".join(attribute.choices))


def _items(value: object) -> tuple[object, ...]:
    """Return the items of a list or tuple; nothing for anything else."""
    return tuple(value) if isinstance(value, tuple | list) else ()  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


def _refusal(attribute: Attribute, value: object, wanted: str) -> UserError:
    return UserError(f"“{attribute.name}” takes {wanted}, not “{value}”.")
