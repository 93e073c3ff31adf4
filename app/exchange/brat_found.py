"""A codebook made of the types that occur in brat files, and annotations in its terms."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from app.domain.answers import AnnotationTarget, Answer, Target
from app.domain.codebook import Attribute, AttributeKind, Code, Codebook
from app.domain.editing import COLOURS
from app.domain.entities import Entity
from app.domain.ids import AnnotationId, AttributeId, CodeId
from app.exchange.brat_conf import Configuration
from app.exchange.brat_marks import Mark
from app.exchange.brat_terms import Understood, memo_of
from app.exchange.codebook_model import MOST_ENTRIES, too_many

_NUMBER = re.compile(r"\d+$")
_TRAIT, _LINK = "A", "R"


class FoundTerms:
    """Understands marks by making the codebook of what it has been shown."""

    def __init__(self, configuration: Configuration) -> None:
        self._configuration = configuration
        self._paths: dict[tuple[str, ...], CodeId] = {}
        self._values: dict[tuple[str, str, str], dict[str, None]] = {}
        """By layer, sort and name of a question: the values that occur."""
        self.entities: tuple[Entity, ...] = ()

    def show(self, marks: Iterable[Mark]) -> None:
        """Take in what occurs; every mark is shown before the first is understood."""
        for mark in marks:
            path = self._path(mark.type)
            for depth in range(1, len(path) + 1):
                # No type holds a space, so no two paths make one id.
                self._paths.setdefault(path[:depth], CodeId(f"type:{' '.join(path[:depth])}"))
            for name, value in mark.traits.items():
                known = self._values.setdefault((path[0], _TRAIT, name), {})
                known.update(dict.fromkeys([value] if value else []))
            for role, _target in mark.links:
                self._values.setdefault((path[0], _LINK, self._role(role)), {})

    def codebook(self, name: str) -> Codebook:
        """Return the codes and questions that occur; names that differ in case only are numbered.

        Raises UserError if they are more than a codebook can be.
        """
        if len(self._paths) + len(self._values) > MOST_ENTRIES:
            raise too_many()
        codes: list[Code] = []
        names: dict[tuple[tuple[str, ...], str], int] = {}
        for path, code_id in self._paths.items():
            above, last = path[:-1], path[-1]
            parent = self._paths[above] if above else None
            count = names[above, last.casefold()] = names.get((above, last.casefold()), 0) + 1
            codes.append(
                Code(
                    id=code_id,
                    name=_numbered(last, count),
                    parent=parent,
                    colour=COLOURS[len(codes) % len(COLOURS)],
                    attributes=() if parent else tuple(self._attributes(path[0])),
                )
            )
        return Codebook(name=name[:200], codes=tuple(codes))

    def understand(self, mark: Mark, known_as: Callable[[str], AnnotationId]) -> Understood:
        """Return a mark in the terms of the codebook; `known_as` gives the id of one."""
        path = self._path(mark.type)
        answers: dict[AttributeId, Answer] = {}
        problems: list[str] = []
        for name, value in mark.traits.items():
            if not value and next(self._listed(path[0], name), None) is not None:
                problems.append(f"{mark.key} has {name} without a value")
            elif "|" in value:
                problems.append(f"{mark.key} has {name} with a “|”, which no choice can hold")
            else:
                answers[_question(path[0], _TRAIT, name)] = value or True
        targets: dict[AttributeId, list[Target]] = {}
        for role, target in mark.links:
            listed = targets.setdefault(_question(path[0], _LINK, self._role(role)), [])
            one = AnnotationTarget(annotation=known_as(target))
            if one not in listed:
                listed.append(one)
        answers.update({attribute_id: tuple(listed) for attribute_id, listed in targets.items()})
        return Understood(
            self._paths[path], answers, memo_of(mark.remarks, mark.references), problems=tuple(problems)
        )

    def _path(self, kind: str) -> tuple[str, ...]:
        return self._configuration.paths.get(kind, (kind,))

    def _role(self, role: str) -> str:
        """A number after a role says only that it is there again, unless the configuration has it so."""
        return role if role in self._configuration.roles else _NUMBER.sub("", role) or role

    def _listed(self, layer: str, name: str) -> Iterator[str]:
        """Yield the values that the configuration has and those that occur; some may come twice."""
        for each in chain(self._configuration.values.get(name, ()), self._values[layer, _TRAIT, name]):
            if "|" not in each:
                yield each

    def _attributes(self, layer: str) -> Iterable[Attribute]:
        names: dict[str, int] = {}
        for of_layer, sort, name in self._values:
            if of_layer != layer:
                continue
            count = names[name.casefold()] = names.get(name.casefold(), 0) + 1
            choices = tuple(dict.fromkeys(self._listed(layer, name))) if sort == _TRAIT else ()
            kind = AttributeKind.CHOICE if choices else AttributeKind.YES_NO
            yield Attribute(
                id=_question(layer, sort, name),
                name=_numbered(name, count),
                kind=AttributeKind.LINK if sort == _LINK else kind,
                choices=choices,
            )


def _question(layer: str, sort: str, name: str) -> AttributeId:
    return AttributeId(f"{layer} {sort} {name}")


def _numbered(name: str, count: int) -> str:
    ending = f" ({count})" if count > 1 else ""
    return name[: 100 - len(ending)] + ending
