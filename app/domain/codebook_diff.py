"""How two versions of a codebook differ, in words."""

from collections.abc import Iterator
from typing import NamedTuple

from app.domain.codebook import Attribute, Code, Codebook
from app.domain.ids import AttributeId, CodeId


class Difference(NamedTuple):
    """One sentence on one code or question; what is about a question names no code."""

    words: str
    code_id: CodeId | None = None
    attribute_id: AttributeId | None = None


_FIELDS = {
    "definition": "definition",
    "when": "“when to use”",
    "when_not": "“when not”",
    "examples": "examples",
    "colour": "colour",
    "shortcut": "shortcut",
    "exclusive": "exclusiveness",
}
_ASKED = {
    "kind": "kind",
    "required": "“required”",
    "default": "default",
    "help": "help",
    "choices": "choices",
}


def differences(before: Codebook, after: Codebook) -> tuple[Difference, ...]:
    """Return what changed from one codebook to another; versions and the order of codes do not count."""
    return (*_of_codes(before, after), *_of_questions(before, after))


def _of_codes(before: Codebook, after: Codebook) -> Iterator[Difference]:
    if before.name != after.name:
        yield Difference(f"The codebook is now called “{after.name}”; it was “{before.name}”.")
    old = {code.id: code for code in before.codes}
    for _depth, code in after.walk():
        if code.id not in old:
            yield Difference(f"{_kind(code)} “{code.name}” was added{_below(after, code)}.", code.id)
            continue
        was = old[code.id]
        if was.name != code.name:
            yield Difference(f"“{was.name}” is now called “{code.name}”.", code.id)
        if was.parent != code.parent:
            place = f"stands{_below(after, code)}" if code.parent else "is a layer"
            yield Difference(f"“{code.name}” now {place}.", code.id)
        changed = [word for field, word in _FIELDS.items() if getattr(was, field) != getattr(code, field)]
        if changed:
            yield Difference(f"“{code.name}” has another {_listed(changed)}.", code.id)
    kept = {code.id for code in after.codes}
    for _depth, code in before.walk():
        if code.id not in kept:
            yield Difference(f"{_kind(code)} “{code.name}” was removed.", code.id)


def _of_questions(before: Codebook, after: Codebook) -> Iterator[Difference]:
    old, new = _questions(before), _questions(after)
    for each, (code, attribute) in new.items():
        place = _asks(code)
        if each not in old:
            yield Difference(f"{place} now asks for “{attribute.name}” ({attribute.kind}).", None, each)
            continue
        was_on, was = old[each]
        if was.name != attribute.name:
            yield Difference(f"{place} asks for “{attribute.name}”, called “{was.name}” before.", None, each)
        if (was_on and was_on.id) != (code and code.id):
            words = f"{place} now asks for “{attribute.name}”, in the place of {_asks(was_on)}."
            yield Difference(words, None, each)
        changed = [word for field, word in _ASKED.items() if getattr(was, field) != getattr(attribute, field)]
        if changed:
            yield Difference(f"“{attribute.name}” {_of(code)} has another {_listed(changed)}.", None, each)
        if was.targets != attribute.targets:
            some = " or ".join(attribute.targets) or "anything"
            yield Difference(f"“{attribute.name}” {_of(code)} now links to {some}.", None, each)
    for each, (code, attribute) in old.items():
        if each not in new:
            yield Difference(f"{_asks(code)} no longer asks for “{attribute.name}”.", None, each)


def _questions(codebook: Codebook) -> dict[AttributeId, tuple[Code | None, Attribute]]:
    """Return every question by id, with the code that asks it; article variables have none."""
    asked = {each.id: (code, each) for code in codebook.codes for each in code.attributes}
    return {**asked, **{each.id: (None, each) for each in codebook.variables}}


def _asks(code: Code | None) -> str:
    return f"“{code.name}”" if code else "Every article"


def _of(code: Code | None) -> str:
    return f"of “{code.name}”" if code else "(article variable)"


def _kind(code: Code) -> str:
    return "Layer" if code.parent is None else "Code"


def _below(codebook: Codebook, code: Code) -> str:
    return f" below “{codebook.code(code.parent).name}”" if code.parent else ""


def _listed(words: list[str]) -> str:
    return " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]
