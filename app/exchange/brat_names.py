"""Names that brat allows for codes, questions and choices, and what each of them means in the project."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from pydantic import Field

from app.domain.codebook import POINTING, WITH_CHOICES, Attribute, AttributeKind, Codebook
from app.domain.ids import AttributeId, CodeId
from app.domain.values import Value
from app.exchange.brat_marks import MEMO

_FOREIGN = re.compile(r"[^A-Za-z0-9_-]+")
_LONGEST = 60
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{at}" for port in ("com", "lpt") for at in range(10))}
)

AS_NOTE = frozenset({AttributeKind.NUMBER, AttributeKind.DATE, AttributeKind.TEXT})
"""Kinds whose answers brat has no values for; they are notes of a type of their own."""

_OVERLAPS = "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"
"""Without this line brat calls annotations that overlap a mistake, and layers overlap freely."""

_YES_NO = {"yes": True, "no": False}


class Term(Value):
    """What a brat name other than a type means: a question, and for some a choice of it or “not in this text”."""

    attribute: AttributeId
    values: Mapping[str, str | bool] = Field(default_factory=dict[str, str | bool])
    choice: str | None = None
    absent: bool = False


class BratNames(Value):
    """The table of names that goes with an export; `discuss` is the attribute that stands for the flag."""

    types: Mapping[str, CodeId]
    terms: Mapping[str, Term]
    discuss: str

    def type_of(self) -> Mapping[CodeId, str]:
        """Return the type of each code."""
        return {code_id: name for name, code_id in self.types.items()}


def names_for(codebook: Codebook) -> BratNames:
    """Name every code and question of a codebook as brat allows, none twice."""
    types: dict[str, CodeId] = {}
    for code in codebook.codes:
        types[free_name(code.name, types, fallback="code")] = code.id
    terms: dict[str, Term] = {}
    for code in codebook.codes:
        for attribute in code.attributes:
            _add_terms(attribute, terms)
    return BratNames(types=types, terms=terms, discuss=_question_name("Discuss", terms))


def _add_terms(attribute: Attribute, terms: dict[str, Term]) -> None:
    if attribute.kind is AttributeKind.MULTIPLE:
        for choice in attribute.choices:
            name = _question_name(f"{attribute.name}_{choice}", terms)
            terms[name] = Term(attribute=attribute.id, choice=choice)
        return
    values: dict[str, str | bool] = dict(_YES_NO) if attribute.kind is AttributeKind.YES_NO else {}
    if attribute.kind in WITH_CHOICES:
        for choice in attribute.choices:
            values[free_name(choice, values, fallback="choice")] = choice
    name = _question_name(attribute.name, terms)
    terms[name] = Term(attribute=attribute.id, values=values)
    if attribute.kind is AttributeKind.LINK:
        terms[_question_name(f"{name}_not_in_text", terms)] = Term(attribute=attribute.id, absent=True)


def _question_name(name: str, terms: Iterable[str]) -> str:
    """Return a free name for a question; memos have one of brat's own."""
    return free_name(name, (*terms, MEMO), fallback="question")


def free_name(name: str, taken: Iterable[str], fallback: str) -> str:
    """Return a name in letters, digits, hyphens and underscores that is not taken, whatever the case.

    `fallback` stands for a name in another script. Names that Windows keeps for devices are taken.
    """
    plain = "".join(each for each in unicodedata.normalize("NFKD", name) if not unicodedata.combining(each))
    safe = _FOREIGN.sub("_", plain).strip("_")[:_LONGEST] or fallback
    known = {*_DEVICES, *(each.casefold() for each in taken)}
    number, free = 2, safe
    while free.casefold() in known:
        free, number = f"{safe}_{number}", number + 1
    return free


def annotation_conf(codebook: Codebook, names: BratNames) -> str:
    """Return the configuration that makes brat offer the codes and questions of a codebook."""
    type_of = names.type_of()
    relations: list[str] = [_OVERLAPS]
    attributes: list[str] = [f"{names.discuss}\tArg:<ENTITY>"]
    for name, term in names.terms.items():
        attribute = codebook.attribute(term.attribute)
        at = "|".join(type_of[each] for each in _asked_on(codebook, term.attribute))
        if attribute.kind is AttributeKind.LINK and not term.absent:
            relations.append(f"{name}\tArg1:{at}, Arg2:{_targets(codebook, attribute, type_of)}")
        elif attribute.kind not in AS_NOTE and (attribute.kind not in POINTING or term.absent):
            values = f", Value:{'|'.join(term.values)}" if term.values else ""
            attributes.append(f"{name}\tArg:{at}{values}")
    tree = ["\t" * depth + type_of[code.id] for depth, code in codebook.walk()]
    sections = {"entities": tree, "relations": relations, "events": [], "attributes": attributes}
    return "\n".join("\n".join((f"[{name}]", *lines, "")) for name, lines in sections.items())


def visual_conf(codebook: Codebook, names: BratNames) -> str:
    """Return the configuration that makes brat show codes and questions under their names, codes in their colours."""
    type_of = names.type_of()
    codes = [(type_of[code.id], code) for code in codebook.codes]
    labels = [_label(name, code.name) for name, code in codes]
    for name, term in names.terms.items():
        asked = codebook.attribute(term.attribute).name
        about = f": {term.choice}" if term.choice is not None else ": not in this text" if term.absent else ""
        labels.append(_label(name, f"{asked}{about}"))
    drawing = [f"{name}\tbgColor:{code.colour}" for name, code in codes]
    return "\n".join(("[labels]", *labels, "", "[drawing]", *drawing, ""))


def _label(name: str, words: str) -> str:
    return f"{name} | {' '.join(words.replace('|', '/').split())}"


def _asked_on(codebook: Codebook, attribute_id: AttributeId) -> Sequence[CodeId]:
    return [
        code.id
        for code in codebook.codes
        if any(each.id == attribute_id for each in codebook.questions(code.id))
    ]


def _targets(codebook: Codebook, attribute: Attribute, type_of: Mapping[CodeId, str]) -> str:
    wanted = [code for code in codebook.codes if codebook.layer(code.id).name in attribute.targets]
    return "|".join(type_of[code.id] for code in wanted) or "<ENTITY>"


def escaped(text: str) -> str:
    """Return a text in one line without tabs, as `unescaped` takes it back."""
    return "".join(_ESCAPES.get(each, each) for each in text)


def unescaped(line: str) -> str:
    """Return what was escaped; a backslash before anything else is one that somebody typed."""
    return _ESCAPED.sub(lambda match: _BACK[match.group()], line)


_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_BACK = {escape: letter for letter, escape in _ESCAPES.items()}
_ESCAPED = re.compile("|".join(re.escape(each) for each in _BACK))


def stem(number: int, count: int, title: str) -> str:
    """Return the file name of an article: its number, so that the order stays, and its title."""
    return f"{number:0{len(str(count))}d}-{free_name(title, (), fallback='article')[:40].rstrip('_')}"
