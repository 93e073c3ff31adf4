"""The lines of one brat file put together: each annotation with what is said of it, still in the file's words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.domain.spans import Span
from app.exchange.brat_lines import AnnLines, Event, Reference, Remark, TextBound, parse
from app.exchange.brat_offsets import Counting, counting_for

MEMO = "AnnotatorNotes"


class Mark(NamedTuple):
    """One annotation of a file: an event with its trigger, or a text-bound that is no trigger.

    `traits` has the value of each attribute by its type, empty for one that is merely there; `links` are role or
    relation and what is at the other end, in order; `remarks` are the notes, and `references` what is meant outside.
    """

    key: str
    type: str
    spans: tuple[Span, ...]
    traits: dict[str, str]
    links: list[tuple[str, str]]
    remarks: list[Remark]
    references: list[Reference]


class Marks(NamedTuple):
    """What one file holds: its annotations in order, how it counts, and what had to be left out."""

    marks: tuple[Mark, ...]
    counting: str
    problems: tuple[str, ...]


def marks_of(ann: str, raw: str) -> Marks:
    """Put an annotation file together, whose text was decoded to `raw` and nothing else."""
    lines = parse(ann)
    counting = counting_for(raw, lines.bounds)
    return _Assembly(lines, counting).marks()


class _Assembly:
    """Takes the lines kind by kind, each of which needs those before."""

    def __init__(self, lines: AnnLines, counting: Counting) -> None:
        self._lines, self._counting = lines, counting
        self._types = {bound.id: bound.type for bound in lines.bounds}
        self._marks: dict[str, Mark] = {}
        self._known: dict[str, str] = {}
        """The annotation that an id of the file stands for: an event stands for its trigger too."""
        self._about: dict[str, tuple[str, str]] = {}
        """What notes on a relation or attribute are about: the annotation that it is of, and its type."""
        self._problems = list(lines.problems)

    def marks(self) -> Marks:
        """Return everything that holds."""
        placed = {bound.id: spans for bound in self._lines.bounds if (spans := self._placed(bound))}
        events = [event for event in self._lines.events if self._is_event(event, placed)]
        self._add_marks(placed, events)
        for event in events:
            for role, target in event.roles:
                self._link(event.line, event.id, event.id, role, target)
        for relation in self._lines.relations:
            first, *others = relation.ends
            for target in others:
                linked = self._link(relation.line, relation.id, first, relation.type, target)
                if linked and relation.id != "*":
                    self._about[relation.id] = first, relation.type
        self._add_traits()
        self._add_remarks()
        marks = tuple(self._marks.values())
        return Marks(marks, self._counting.name, tuple(self._problems))

    def _placed(self, bound: TextBound) -> tuple[Span, ...]:
        spans = self._counting.place(bound)
        where = f"line {bound.line}: {bound.id}"
        if not spans:
            self._problems.append(f"{where} does not fit the text: its words do not stand where it says")
        elif bound.more and self._counting.place(bound._replace(more=())):
            some = (
                "the line after it does" if len(bound.more) == 1 else f"{len(bound.more)} lines after it do"
            )
            self._problems.append(f"{where} stays, but {some} not begin as a line of brat does")
        return spans

    def _is_event(self, event: Event, placed: Mapping[str, tuple[Span, ...]]) -> bool:
        kind = self._types.get(event.trigger)
        where = f"line {event.line}: {event.id}"
        if kind is None:
            self._problems.append(f"{where} has the trigger {event.trigger}, which is not there")
        elif kind != event.type:
            self._problems.append(f"{where} is of the type {event.type}, but its trigger is of {kind}")
        elif event.trigger not in placed:
            self._problems.append(f"{where} goes with its trigger {event.trigger}")
        else:
            return True
        return False

    def _add_marks(self, placed: Mapping[str, tuple[Span, ...]], events: Sequence[Event]) -> None:
        triggered = Counter(event.trigger for event in events)
        for bound in self._lines.bounds:
            if bound.id in placed and bound.id not in triggered:
                self._marks[bound.id] = Mark(bound.id, bound.type, placed[bound.id], {}, [], [], [])
                self._known[bound.id] = bound.id
        for event in events:
            self._marks[event.id] = Mark(event.id, event.type, placed[event.trigger], {}, [], [], [])
            self._known[event.id] = event.id
            if triggered[event.trigger] == 1:
                self._known[event.trigger] = event.id

    def _mark(self, line: int, key: str, target: str) -> Mark | None:
        found = self._known.get(target)
        if found is None:
            self._problems.append(
                f"line {line}: {key} is on {target}, which is not there, was left out or stands for several events"
            )
        return self._marks[found] if found else None

    def _link(self, line: int, key: str, first: str, role: str, target: str) -> bool:
        """Add a link, if both ends are there; tell whether they are."""
        one, other = self._mark(line, key, first), self._mark(line, key, target)
        if one is other and one is not None:
            self._problems.append(f"line {line}: {key} links {first} to itself")
        elif one and other:
            one.links.append((role, other.key))
            return True
        return False

    def _add_traits(self) -> None:
        for trait in self._lines.traits:
            mark = self._mark(trait.line, trait.id, trait.target)
            if mark is None:
                continue
            if mark.traits.setdefault(trait.type, trait.value) != trait.value:
                self._problems.append(
                    f"line {trait.line}: {trait.id} gives {trait.target} another {trait.type} than before"
                )
            self._about[trait.id] = mark.key, trait.type

    def _add_remarks(self) -> None:
        for remark in self._lines.remarks:
            target, about = self._about.get(remark.target, (remark.target, ""))
            mark = self._mark(remark.line, remark.id, target)
            if mark:
                mark.remarks.append(remark._replace(type=about or remark.type))
        for reference in self._lines.references:
            mark = self._mark(reference.line, reference.id, reference.target)
            if mark:
                mark.references.append(reference)
