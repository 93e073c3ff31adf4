"""What turns the marks of brat files into annotations in the terms of a codebook."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, Protocol

from app.domain.answers import Answer
from app.domain.codebook import Codebook
from app.domain.ids import AnnotationId, AttributeId, CodeId
from app.exchange.brat_lines import Reference, Remark
from app.exchange.brat_marks import MEMO, Mark


class Understood(NamedTuple):
    """One mark in the terms of a codebook; `problems` say what of it has no place there.

    Without a code it has none at all."""

    code_id: CodeId | None
    answers: Mapping[AttributeId, Answer]
    memo: str
    discuss: bool = False
    problems: tuple[str, ...] = ()


class Terms(Protocol):
    """Understands marks; every mark is shown before the first is understood."""

    def show(self, marks: Iterable[Mark]) -> None:
        """Take in what occurs."""
        ...

    def codebook(self, name: str) -> Codebook:
        """Return the codebook; `name` is for one that has none."""
        ...

    def understand(self, mark: Mark, known_as: Callable[[str], AnnotationId]) -> Understood:
        """Return a mark in the terms of the codebook; `known_as` gives the id of one."""
        ...


def memo_of(remarks: Iterable[Remark], references: Iterable[Reference]) -> str:
    """Return notes as a memo; those of another type, and what is meant outside, are told by their type."""
    lines = [each.text if each.type == MEMO else f"{each.type}: {each.text}" for each in remarks]
    lines += [f"{each.type}: {each.key} {each.name}".rstrip() for each in references]
    return "\n".join(lines)
