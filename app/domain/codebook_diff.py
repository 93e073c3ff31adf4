"""How two versions of a codebook differ, in words."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from app.domain.answers import in_words
from app.domain.codebook import Attribute, AttributeKind, Code, Codebook
from app.domain.ids import AttributeId, CodeId


class About(StrEnum):
    """What a difference is about: what a code is called and where it stands, what it means, asks, looks like."""

    PLACE = "place"
    MEANING = "meaning"
    QUESTION = "question"
    LOOK = "look"


class Difference(NamedTuple):
    """One sentence on one code or question; what is about a question names no code."""

    words: str
    about: About
    code_id: CodeId | None = None
    attribute_id: AttributeId | None = None


_MOST_EDITS, _ALIKE = 4, 0.5
"""Up to how many places, and from which share of equal words on, a text counts as the old one rewritten."""

_TEXTS = (("definition", "definition"), ("when", "“when to use”"), ("when_not", "“when not”"))


def differences(before: Codebook, after: Codebook) -> tuple[Difference, ...]:
    """Return what changed from one codebook to another, in the order of the later one; versions do not count."""
    found: list[Difference] = []
    if before.name != after.name:
        words = f"The codebook is now called “{after.name}”; it was “{before.name}”."
        found.append(Difference(words, About.LOOK))
    old = {code.id: code for code in before.codes}
    for _depth, code in after.walk():
        if code.id not in old:
            words = f"{_kind(code)} “{code.name}” was added{_below(after, code)}."
            found.append(Difference(words, About.PLACE, code.id))
        else:
            found += _of_code(before, after, old[code.id], code)
        found += _of_questions(before, after, code.attributes)
    kept = {code.id for code in after.codes}
    for _depth, code in before.walk():
        if code.id not in kept:
            found.append(Difference(f"{_kind(code)} “{code.name}” was removed.", About.PLACE, code.id))
    found += _of_questions(before, after, after.variables)
    found += _of_gone_questions(before, after)
    found += _of_order(before, after)
    return tuple(found)


def concerning(
    found: Sequence[Difference], before: Codebook, after: Codebook, code_id: CodeId
) -> tuple[Difference, ...]:
    """Return those differences by which a judgement made with a code might be another now.

    They are its definition, when to use it and when not, its examples, its name, its place, and what is asked
    on it. Colours, shortcuts and the order are none.
    """
    paths: set[CodeId] = set()
    asked: set[AttributeId] = set()
    for codebook in (before, after):
        if any(code.id == code_id for code in codebook.codes):
            paths.update(code.id for code in codebook.path(code_id))
            asked.update(each.id for each in codebook.questions(code_id))
    return tuple(
        each
        for each in found
        if (each.about is About.PLACE and each.code_id in paths)
        or (each.about is About.MEANING and each.code_id == code_id)
        or (each.about is About.QUESTION and each.attribute_id in asked)
    )


def described(attribute: Attribute) -> str:
    """Return the kind of a question with its choices, as people read it."""
    return f"{attribute.kind}: {', '.join(attribute.choices)}" if attribute.choices else str(attribute.kind)


def _kind(code: Code) -> str:
    return "Layer" if code.parent is None else "Code"


def _below(codebook: Codebook, code: Code) -> str:
    return f" below “{codebook.code(code.parent).name}”" if code.parent else ""


def _of_code(before: Codebook, after: Codebook, old: Code, new: Code) -> Iterator[Difference]:
    if old.name != new.name:
        yield Difference(f"“{old.name}” is now called “{new.name}”.", About.PLACE, new.id)
    if old.parent != new.parent:
        source = _below(before, old) or " as a layer"
        place = f"stands{_below(after, new)}" if new.parent else "is a layer"
        yield Difference(f"“{new.name}” now {place}; it stood{source}.", About.PLACE, new.id)
    for field, name in _TEXTS:
        one, other = getattr(old, field), getattr(new, field)
        if one != other:
            yield Difference(_text_changed(f"{name} of “{new.name}”", one, other), About.MEANING, new.id)
    for example in new.examples:
        if example not in old.examples:
            yield Difference(f"An example of “{new.name}” was added: “{example}”.", About.MEANING, new.id)
    for example in old.examples:
        if example not in new.examples:
            yield Difference(f"An example of “{new.name}” was removed: “{example}”.", About.MEANING, new.id)
    if old.exclusive != new.exclusive and new.parent is None:
        words = "now exclude each other" if new.exclusive else "no longer exclude each other"
        yield Difference(f"Codes of “{new.name}” {words}.", About.LOOK, new.id)
    if old.colour != new.colour:
        words = f"The colour of “{new.name}” is now {new.colour}; it was {old.colour}."
        yield Difference(words, About.LOOK, new.id)
    if old.shortcut != new.shortcut:
        one, other = (f"“{each.upper()}”" if each else "none" for each in (old.shortcut, new.shortcut))
        yield Difference(f"The shortcut of “{new.name}” is now {other}; it was {one}.", About.LOOK, new.id)


def _text_changed(what: str, old: str, new: str) -> str:
    if not old:
        return f"The {what} was written: {_quoted(new)}"
    if not new:
        return f"The {what} was removed; it was {_quoted(old)}"
    return f"The {what} changed: {_rewritten(old.split(), new.split()) or f'it was “{old}”, now it is {_quoted(new)}'}"


def _rewritten(old: Sequence[str], new: Sequence[str]) -> str:
    """Say which words changed, where most stayed; empty where most changed, and for white space."""
    from difflib import SequenceMatcher  # Loaded where texts are compared, not whenever the program starts.

    compared = SequenceMatcher(None, old, new, autojunk=False)
    edits = [each for each in compared.get_opcodes() if each[0] != "equal"]
    if not edits or len(edits) > _MOST_EDITS or compared.ratio() < _ALIKE:
        return ""
    parts: list[str] = []
    for kind, one, two, three, four in edits:
        before, after = " ".join(old[one:two]), " ".join(new[three:four])
        if kind == "replace":
            parts.append(f"“{before}” became “{after}”")
        else:
            parts.append(f"“{after}” was added" if kind == "insert" else f"“{before}” was removed")
    return "; ".join(parts) + "."


def _quoted(text: str) -> str:
    return f"“{text}”" if text.endswith((".", "!", "?")) else f"“{text}”."


def _of_questions(before: Codebook, after: Codebook, questions: Sequence[Attribute]) -> Iterator[Difference]:
    for new in questions:
        old, source = _find(before, new.id)
        _same, place = _find(after, new.id)
        if old is None:
            if place is None:
                words = f"The article variable “{new.name}” ({described(new)}) was added."
            else:
                words = f"“{place.name}” now asks for “{new.name}” ({described(new)})."
            yield Difference(words, About.QUESTION, None, new.id)
            continue
        if (source and source.id) != (place and place.id):
            words = f"“{new.name}” is now asked {_where(place)}; it was {_where(source)}."
            yield Difference(words, About.QUESTION, None, new.id)
        yield from _of_question(_with_names_of(after, before, old), new, f"“{new.name}” {_of(place)}")


def _with_names_of(after: Codebook, before: Codebook, old: Attribute) -> Attribute:
    """Return a question whose targets are named as they are now: a layer that is renamed is no other layer."""
    ids = {layer.name: layer.id for layer in before.layers()}
    names = {layer.id: layer.name for layer in after.layers()}
    targets = tuple(names.get(ids[each], each) if each in ids else each for each in old.targets)
    return old if targets == old.targets else old.model_copy(update={"targets": targets})


def _of_question(old: Attribute, new: Attribute, name: str) -> Iterator[Difference]:
    def difference(words: str, about: About = About.QUESTION) -> Difference:
        return Difference(words, about, None, new.id)

    if old.name != new.name:
        yield difference(f"{name} was called “{old.name}” before.")
    if old.kind is not new.kind:
        yield difference(f"{name} is now of the kind {described(new)}; it was {described(old)}.")
    elif old.choices != new.choices:
        yield difference(_choices_changed(old, new, name))
    if old.help != new.help:
        yield difference(_text_changed(f"help for {name}", old.help, new.help))
    if old.required != new.required:
        yield difference(f"{name} is {'now' if new.required else 'no longer'} required.")
    if old.targets != new.targets:
        some = " or ".join(new.targets) or "anything"
        yield difference(
            f"{name} now links to {some}; it linked to {' or '.join(old.targets) or 'anything'}."
        )
    if old.default != new.default:
        one, other = (
            "none" if each is None else f"“{in_words(each)}”" for each in (old.default, new.default)
        )
        yield difference(f"The default of {name} is now {other}; it was {one}.", About.LOOK)


def _choices_changed(old: Attribute, new: Attribute, name: str) -> str:
    added = [f"“{each}”" for each in new.choices if each not in old.choices]
    gone = [f"“{each}”" for each in old.choices if each not in new.choices]
    parts: list[str] = []
    if added:
        parts.append(f"has {'a new choice' if len(added) == 1 else 'new choices'}: {', '.join(added)}")
    if gone:
        parts.append(f"no longer has {', '.join(gone)}")
    kept = [each for each in old.choices if each in new.choices]
    if kept != [each for each in new.choices if each in kept]:
        word = "runs" if new.kind is AttributeKind.ORDERED else "lists its choices"
        parts.append(f"{word} in another order: {', '.join(new.choices)}")
    return f"{name} {', and '.join(parts)}."


def _of_gone_questions(before: Codebook, after: Codebook) -> Iterator[Difference]:
    for code in before.codes:
        for each in code.attributes:
            if _find(after, each.id)[0] is None:
                words = f"“{code.name}” no longer asks for “{each.name}”."
                yield Difference(words, About.QUESTION, None, each.id)
    for each in before.variables:
        if _find(after, each.id)[0] is None:
            words = f"The article variable “{each.name}” was removed."
            yield Difference(words, About.QUESTION, None, each.id)


def _of_order(before: Codebook, after: Codebook) -> Iterator[Difference]:
    """Yield where codes or questions that stayed together stand in another order."""
    for parent in (None, *(code.id for code in after.codes)):
        children = [[code.id for code in each.codes if code.parent == parent] for each in (before, after)]
        if _reordered(*children):
            where = "The layers" if parent is None else f"The codes below “{after.code(parent).name}”"
            words = f"{where} stand in another order."
            yield Difference(words, About.LOOK, parent)
    known = {code.id: code for code in before.codes}
    for code in after.codes:
        if code.id in known and _reordered(_ids(known[code.id].attributes), _ids(code.attributes)):
            yield Difference(f"The questions on “{code.name}” stand in another order.", About.LOOK, code.id)
    if _reordered(_ids(before.variables), _ids(after.variables)):
        yield Difference("The article variables stand in another order.", About.LOOK)


def _ids(questions: Sequence[Attribute]) -> list[str]:
    return [each.id for each in questions]


def _reordered(old: Sequence[str], new: Sequence[str]) -> bool:
    return [each for each in old if each in new] != [each for each in new if each in old]


def _find(codebook: Codebook, attribute_id: AttributeId) -> tuple[Attribute | None, Code | None]:
    """Return a question with its code, which an article variable has not."""
    for code in codebook.codes:
        for each in code.attributes:
            if each.id == attribute_id:
                return each, code
    return next((each for each in codebook.variables if each.id == attribute_id), None), None


def _of(code: Code | None) -> str:
    return f"of “{code.name}”" if code else "(article variable)"


def _where(code: Code | None) -> str:
    return f"on “{code.name}”" if code else "on articles"
