"""The lines of a brat `.ann` file, each by itself: what is none is a problem with its number, and stays out."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from app.domain.articles import legible

_LONGEST_SHOWN = 60


class TextBound(NamedTuple):
    """A `T` line: a type on one or more ranges, with the words that stand there.

    `more` are lines that follow without an id: what some tools leave of a quote with a line end in it.
    """

    line: int
    id: str
    type: str
    ranges: tuple[tuple[int, int], ...]
    quote: str
    more: tuple[str, ...] = ()


class Event(NamedTuple):
    """An `E` line: the trigger, and who takes part in which role."""

    line: int
    id: str
    type: str
    trigger: str
    roles: tuple[tuple[str, str], ...]


class Relation(NamedTuple):
    """An `R` line, or a `*` line without an id: from the first of several to the others."""

    line: int
    id: str
    type: str
    ends: tuple[str, ...]


class Trait(NamedTuple):
    """An `A` or `M` line; the value is empty for one that is there or is not."""

    line: int
    id: str
    type: str
    target: str
    value: str


class Remark(NamedTuple):
    """A `#` line: a note of some type on something."""

    line: int
    id: str
    type: str
    target: str
    text: str


class Reference(NamedTuple):
    """An `N` line: something outside that is meant, by database and key, with its name there."""

    line: int
    id: str
    type: str
    target: str
    key: str
    name: str


Record = TextBound | Event | Relation | Trait | Remark | Reference


class AnnLines(NamedTuple):
    """What a file holds, each list in the order of its lines, and a sentence for every line that is broken."""

    bounds: tuple[TextBound, ...]
    events: tuple[Event, ...]
    relations: tuple[Relation, ...]
    traits: tuple[Trait, ...]
    remarks: tuple[Remark, ...]
    references: tuple[Reference, ...]
    problems: tuple[str, ...]


_KINDS = (TextBound, Event, Relation, Trait, Remark, Reference)

_NAME = r"(\S{1,100})"
_RANGE = "[0-9]{1,9} [0-9]{1,9}"
_BOUND = re.compile(rf"(T\S+)\t{_NAME} ({_RANGE}(?:;{_RANGE})*)\t(.*)", re.DOTALL)
_EVENT = re.compile(r"(E\S+)\t([^\s:]{1,100}):(\S+)((?: [^\s:]{1,100}:\S+)*)")
_RELATION = re.compile(rf"(R\S+)\t{_NAME} [^\s:]+:(\S+) [^\s:]+:(\S+)")
_EQUIVALENCE = re.compile(rf"(\*)\t{_NAME}((?: \S+){{2,}})")
_TRAIT = re.compile(rf"([AM]\S+)\t{_NAME} (\S+)(?: (\S.*))?")
_REMARK = re.compile(rf"(#\S*)\t{_NAME} (\S+)(?:\t(.*))?", re.DOTALL)
_REFERENCE = re.compile(rf"(N\S+)\t{_NAME} (\S+) (\S+)(?:\t(.*))?", re.DOTALL)
_BEGINNING = re.compile(r"[TERAMN]\S*\t|#\S*\t|\*\t")


def parse(text: str) -> AnnLines:
    """Return the records of a file; UTF-8, lines end in LF or CR LF."""
    found: list[Record] = []
    problems: list[str] = []
    seen: set[str] = set()
    rest: dict[int, list[str]] = {}
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        line = line.removesuffix("\r")
        last = found[-1] if found else None
        if not _BEGINNING.match(line):
            more = rest.setdefault(last.line, []) if isinstance(last, TextBound) else []
            if isinstance(last, TextBound) and last.line + len(more) + 1 == number:
                more.append(line)
            elif line.strip():
                problems.append(f"line {number}: {_shown(line)} does not begin as a line of brat does")
            continue
        record = _record(number, line)
        if record is None:
            problems.append(f"line {number}: {_shown(line)} is not written as brat writes it")
        elif record.id in seen:
            problems.append(f"line {number}: {record.id} is there already")
        else:
            found.append(record)
            seen.update({record.id} - {"*", "#"})
    found = [_with_rest(each, rest) if isinstance(each, TextBound) else each for each in found]
    lists = (tuple(each for each in found if type(each) is kind) for kind in _KINDS)
    return AnnLines(*lists, problems=tuple(problems))  # pyright: ignore[reportArgumentType]


def _with_rest(bound: TextBound, rest: Mapping[int, list[str]]) -> TextBound:
    """Return a text-bound with the lines after it; blank ones at their end are lines of the file, not of a quote."""
    more = rest.get(bound.line, [])
    while more and not more[-1].strip():
        more.pop()
    return bound._replace(more=tuple(more))


def _record(number: int, line: str) -> Record | None:
    """Return the record of a line; None if it is none. White space at its end belongs to quotes and notes only."""
    bare = line.rstrip()
    for pattern, make in _MAKERS.items():
        match = pattern.fullmatch(line if pattern.flags & re.DOTALL else bare)
        if match:
            return make(number, *(group or "" for group in match.groups()))
    return None


def _bound(number: int, key: str, kind: str, ranges: str, quote: str) -> TextBound:
    pairs = (pair.split(" ") for pair in ranges.split(";"))
    return TextBound(number, key, kind, tuple((int(start), int(end)) for start, end in pairs), quote)


def _event(number: int, key: str, kind: str, trigger: str, roles: str) -> Event:
    return Event(number, key, kind, trigger, tuple(_pairs(roles)))


def _pairs(roles: str) -> Iterator[tuple[str, str]]:
    for each in roles.split():
        role, _colon, target = each.partition(":")
        yield role, target


def _equivalence(number: int, key: str, kind: str, members: str) -> Relation:
    return Relation(number, key, kind, tuple(members.split()))


def _relation(number: int, key: str, kind: str, first: str, second: str) -> Relation:
    return Relation(number, key, kind, (first, second))


_MAKERS: Mapping[re.Pattern[str], Callable[..., Record]] = {
    _BOUND: _bound,
    _EVENT: _event,
    _RELATION: _relation,
    _EQUIVALENCE: _equivalence,
    _TRAIT: Trait,
    _REMARK: Remark,
    _REFERENCE: Reference,
}


def _shown(line: str) -> str:
    line = legible(line.replace("\t", " "))
    return f"“{line[:_LONGEST_SHOWN]}{'…' if len(line) > _LONGEST_SHOWN else ''}”"
