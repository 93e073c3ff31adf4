"""The word list: terms whose letters are coloured wherever they stand. Nothing of it is kept on articles.

Ranges are half-open code points of the piece of text that was searched. A term crosses no line break, and in a
paragraph so long that it is laid out in pieces, none of their edges.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, Protocol

from pydantic import Field, field_validator

from app.domain.errors import UserError
from app.domain.ids import TermId
from app.domain.segmentation import UNSPACED, extending
from app.domain.values import Value

MOST_TERMS = 500
LONGEST_TERM = 500

TERM_COLOURS = ("#D55E00", "#0072B2", "#009E73", "#CC79A7", "#AA4499", "#882255", "#117733", "#999933")
"""What new terms are given in turn: told apart also by those who see few colours."""

_COLOUR = re.compile("#[0-9A-Fa-f]{6}")
_LETTER = rf"[^\W{UNSPACED}]"

_PATIENCE, _LEAST_PATIENCE = 0.03, 0.002
"""Seconds of work on one term in one piece: fifty times what a sound expression takes.

It halves with each term that is given up, down to the second number, so that a list full of bad ones cannot
hold up whoever looks at the text.
"""


class Term(Value):
    """One entry of the word list: a text, or a regular expression, and the colour `#rrggbb` of its letters.

    With `whole_words` no letter or digit may touch it on either side.
    """

    id: TermId
    pattern: str = Field(min_length=1, max_length=LONGEST_TERM)
    regular: bool = False
    whole_words: bool = True
    match_case: bool = False
    colour: str
    on: bool = True

    @field_validator("pattern")
    @classmethod
    def _is_one_line(cls, value: str) -> str:
        if not value.strip() or not {"\n", "\r", "\0"}.isdisjoint(value):
            raise ValueError("a term is one line that is not empty")
        return value

    @field_validator("colour")
    @classmethod
    def _is_a_colour(cls, value: str) -> str:
        if not _COLOUR.fullmatch(value):
            raise ValueError(f"“{value}” is not a colour like #0072B2")
        return value.upper()


class Hit(NamedTuple):
    """Where a term stands: `[start, end)`, and the number of the term in its list."""

    start: int
    end: int
    term: int


class _Expression(Protocol):
    """What is used of a compiled expression."""

    def finditer(self, string: str, *, timeout: float | None) -> Iterator[Any]:
        """Yield matches from left to right; TimeoutError after so many seconds of work, never if that is None."""
        ...


def check_term(term: Term) -> None:
    """Raise UserError that says why and where if the expression of a term is broken."""
    _compiled(term)


class Matcher:
    """Finds the terms of a list that are on. Those whose expression is broken are never found.

    A term that takes too long in one piece of text is given up from then on and noted in `given_up`.
    """

    def __init__(self, terms: Sequence[Term]) -> None:
        self._patience = _PATIENCE
        self._expressions: dict[int, _Expression] = {}
        self._regular = {number for number, term in enumerate(terms) if term.regular}
        self.given_up: set[int] = set()
        for number, term in enumerate(terms):
            if term.on:
                try:
                    self._expressions[number] = _compiled(term)
                except UserError:
                    self.given_up.add(number)

    def ranges(self, term: int, text: str) -> list[tuple[int, int]]:
        """Return where a term stands in a piece of text, in order and apart from each other."""
        expression = self._expressions.get(term)
        if expression is None:
            return []
        patience = self._patience if term in self._regular else None
        try:
            found = [match.span() for match in expression.finditer(text, timeout=patience)]
        except (TimeoutError, MemoryError):
            del self._expressions[term]
            self.given_up.add(term)
            self._patience = max(self._patience / 2, _LEAST_PATIENCE)
            return []
        return [(start, end) for start, end in found if start < end]

    def hits(self, text: str) -> list[Hit]:
        """Return what is coloured in a piece of text, in order; where terms overlap, the first of the list wins."""
        free: list[Hit] = []
        for number in sorted(self._expressions):
            taken = sorted(free)
            for start, end in self.ranges(number, text):
                free.extend(Hit(*part, number) for part in _left_over(start, end, taken))
        return sorted(free)


def _left_over(start: int, end: int, taken: Sequence[Hit]) -> Iterator[tuple[int, int]]:
    """Yield the parts of a range that none of the taken ones, which come in order, covers."""
    at = max(0, bisect_right(taken, (start,)) - 1)
    while at < len(taken) and taken[at].start < end:
        hit = taken[at]
        if hit.end > start:
            if start < hit.start:
                yield start, hit.start
            start = hit.end
        at += 1
    if start < end:
        yield start, end


def _compiled(term: Term) -> _Expression:
    # Loading it takes a while, and most projects have no word list.
    import regex

    engine: Any = regex
    pattern: str = term.pattern if term.regular else engine.escape(term.pattern)
    flags = engine.VERSION0 | engine.UNICODE | (0 if term.match_case else engine.IGNORECASE)
    if not (term.regular or term.match_case):
        flags |= engine.FULLCASE  # As finding in a text has it: ß is SS.
    try:
        if term.regular or not term.whole_words:
            # By itself first, so that a broken one is told by its own characters.
            plain = engine.compile(pattern, flags)
            if not term.whole_words:
                return plain
        return engine.compile(_as_whole_words(pattern), flags)
    except engine.error as error:
        raise UserError(_why(term.pattern, error.msg, error.pos)) from error
    except RecursionError as error:
        raise UserError(f"The expression “{term.pattern}” is too complicated. Make it simpler.") from error


def _why(pattern: str, message: str, position: int | None) -> str:
    """Say what is wrong with an expression, and at which of its characters."""
    where = "at its end"
    if position is not None and position < len(pattern):
        where = f"at character {position + 1}, before “{pattern[position:][:10]}”"
    return f"The expression “{pattern}” is broken {where}: {message}. Correct it there."


def _as_whole_words(pattern: str) -> str:
    """Scripts without spaces have no whole words that can be found by rule; there a neighbour is no hindrance."""
    return rf"(?<!{_LETTER})(?:{pattern})(?!{_LETTER}|[{extending()}])"
