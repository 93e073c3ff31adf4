"""Moving the edges of an annotation: what its spans are afterwards. Offsets are code points."""

import unicodedata
from collections.abc import Sequence
from enum import StrEnum

from app.domain.errors import UserError
from app.domain.segmentation import next_sentence, next_word, next_word_end, previous_sentence, previous_word
from app.domain.spans import Span, tidy

_JOINERS = "\u200c\u200d\ufe0e\ufe0f"


class Unit(StrEnum):
    """How far an edge moves at once."""

    CHARACTER = "character"
    WORD = "word"
    SENTENCE = "sentence"


def move_edge(
    text: str, spans: Sequence[Span], index: int, unit: Unit, *, at_end: bool, outward: bool
) -> tuple[Span, ...]:
    """Return spans in text order with the start or the end of one of them moved by one unit.

    A fragment that grows into another joins it. Raises UserError where the text ends or where nothing of
    that fragment would be left.
    """
    span = spans[index]
    if at_end:
        end = _further(text, span.end, unit) if outward else _back(text, span.end, unit)
        start = span.start
    else:
        start = _before(text, span.start, unit) if outward else _next(text, span.start, unit)
        end = span.end
    if (start, end) == (span.start, span.end):
        raise UserError("The text goes no further.")
    if start >= end:
        raise UserError(
            "Nothing would be left of this passage. Delete the annotation or the fragment instead."
        )
    moved = Span(start=start, end=end)
    return tidy((*spans[:index], moved, *spans[index + 1 :]))


def fragment_at(spans: Sequence[Span], offset: int) -> int | None:
    """Return which span holds or touches a code point, or None."""
    return next((at for at, span in enumerate(spans) if span.start <= offset <= span.end), None)


def without_fragment(spans: Sequence[Span], offset: int) -> tuple[Span, ...]:
    """Return the spans without the one at a code point, or else without the last.

    Raises UserError if there is only one.
    """
    if len(spans) < 2:
        raise UserError("This is the only fragment. Delete the annotation instead.")
    gone = fragment_at(spans, offset)
    return tuple(span for at, span in enumerate(spans) if at != (len(spans) - 1 if gone is None else gone))


def _further(text: str, end: int, unit: Unit) -> int:
    """Where the end goes that moves to the right."""
    match unit:
        case Unit.CHARACTER:
            return _character_after(text, end)
        case Unit.WORD:
            return next_word_end(text, end)
        case Unit.SENTENCE:
            at = next_sentence(text, end)
            return _trimmed(text, next_sentence(text, at) if at == end else at, end)


def _back(text: str, end: int, unit: Unit) -> int:
    """Where the end goes that moves to the left."""
    match unit:
        case Unit.CHARACTER:
            return _character_before(text, end)
        case Unit.WORD:
            return _trimmed(text, previous_word(text, end), 0)
        case Unit.SENTENCE:
            return _trimmed(text, previous_sentence(text, end), 0)


def _before(text: str, start: int, unit: Unit) -> int:
    """Where the start goes that moves to the left."""
    match unit:
        case Unit.CHARACTER:
            return _character_before(text, start)
        case Unit.WORD:
            at = previous_word(text, start)
            while at < start and text[at].isspace():
                at += 1
            return at if at < start else max(0, start - 1)
        case Unit.SENTENCE:
            return previous_sentence(text, start)


def _next(text: str, start: int, unit: Unit) -> int:
    """Where the start goes that moves to the right."""
    match unit:
        case Unit.CHARACTER:
            return _character_after(text, start)
        case Unit.WORD:
            return next_word(text, start)
        case Unit.SENTENCE:
            return next_sentence(text, start)


def _trimmed(text: str, end: int, least: int) -> int:
    while end > least and text[end - 1].isspace():
        end -= 1
    return end


def _character_after(text: str, offset: int) -> int:
    """One character as people see it: a letter with its accents."""
    at = min(len(text), offset + 1)
    while at < len(text) and _belongs_to_the_one_before(text[at]):
        at += 1
    return at


def _character_before(text: str, offset: int) -> int:
    at = max(0, offset - 1)
    while at > 0 and _belongs_to_the_one_before(text[at]):
        at -= 1
    return at


def _belongs_to_the_one_before(char: str) -> bool:
    return bool(unicodedata.combining(char)) or char in _JOINERS
