"""Words and sentences of a text, for snapping selections and for moving by them.

Scripts without spaces (Chinese, Japanese, Thai and their kin) have no words that can be found by rule alone:
there every character stands for itself, so that snapping never drags in half a sentence. Runs of katakana are
words, as in Unicode's rules for text segmentation (UAX 29, WB13).
All offsets are code points; ranges are half-open.
"""

import re
from collections.abc import Iterator
from enum import StrEnum

from app.domain.spans import trim


class Granularity(StrEnum):
    """What a selection is fitted to. Only `ANY` leaves a choice: words, or characters while Alt is held."""

    ANY = "any"
    CHARACTER = "character"
    WORD = "word"
    SENTENCE = "sentence"


UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u309f"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
EXTEND = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u200c\u200d\ufe0e\ufe0f"
_UNSPACED_CHARACTER = re.compile(f"[{UNSPACED}]")
_LETTERS = rf"[^\W{UNSPACED}](?:[^\W{UNSPACED}]|[{EXTEND}])*"
_WORD = re.compile(rf"{_LETTERS}(?:['’.\-‑]{_LETTERS})*|[{UNSPACED}][{EXTEND}]*")
_CLOSERS = "\"'”’»)\\]」』"
_SENTENCE_END = re.compile(rf"[.!?…؟۔]+[{_CLOSERS}]*(?=\s)|[。！？]+[{_CLOSERS}]*|\n")

_REACH = 2_000
"""How far from an offset a word or the start of its line is looked for; longer words are cut there."""


def _words_around(text: str, offset: int) -> Iterator[tuple[int, int]]:
    """Yield the words of the neighbourhood of `offset`, beginning at a line or a space if there is one."""
    low = max(0, offset - _REACH)
    line = text.rfind("\n", low, offset)
    if line < 0 and low:
        line = text.find(" ", low, offset)
    start = line + 1 if line >= 0 else low
    for match in _WORD.finditer(text, start, min(len(text), offset + _REACH)):
        yield match.span()


def is_unspaced(char: str) -> bool:
    """Tell whether a character belongs to a script without spaces, and so stands for itself."""
    return _UNSPACED_CHARACTER.match(char) is not None


def word_at(text: str, offset: int) -> tuple[int, int] | None:
    """Return the word that holds the character at `offset`, or else the one that ends there, or None."""
    touching = None
    for start, end in _words_around(text, offset):
        if start <= offset < end:
            return start, end
        if end == offset:
            touching = start, end
        if start > offset:
            break
    return touching


def next_word(text: str, offset: int) -> int:
    """Return where the next word after `offset` starts, or the end of the text."""
    for start, _end in _words_around(text, offset):
        if start > offset:
            return start
    return min(len(text), offset + _REACH)


def next_word_end(text: str, offset: int) -> int:
    """Return the end of the word at or after `offset`, for selecting words without what follows them."""
    for _start, end in _words_around(text, offset):
        if end > offset:
            return end
    return min(len(text), offset + _REACH)


def previous_word(text: str, offset: int) -> int:
    """Return where the word before `offset` starts; where there is none, the start of that line."""
    at = offset
    while at > 0 and text[at - 1].isspace():
        at -= 1
    found = max(text.rfind("\n", 0, at) + 1, at - _REACH)
    for start, _end in _words_around(text, at):
        if start >= at:
            break
        found = start
    return found


def sentence_at(text: str, offset: int) -> tuple[int, int]:
    """Return the sentence that holds `offset`, without the white space around it."""
    start = max(0, text.rfind("\n", 0, offset) + 1)
    end = len(text)
    for match in _SENTENCE_END.finditer(text, start):
        after = match.start() if match.group() == "\n" else match.end()
        if after > offset:
            end = after
            break
        if match.end() <= offset:
            start = match.end()
    while start < end and text[start].isspace():
        start += 1
    return start, end


def snap(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range widened to whole words where an edge falls inside one, without white space at the edges.

    The result is empty, at `start`, when the range holds nothing but white space.
    """
    start, end = trim(text, start, end)
    if start == end:
        return start, start
    first = word_at(text, start)
    if first and first[0] < start < first[1]:
        start = first[0]
    last = word_at(text, end)
    if last and last[0] < end < last[1]:
        end = last[1]
    return start, end


def fit(text: str, start: int, end: int, granularity: Granularity) -> tuple[int, int]:
    """Return a selected range as the project's granularity has it, without white space at its edges.

    Under `ANY` it stays as it was selected. Empty, at `start`, when it holds nothing but white space.
    """
    start, end = trim(text, start, end)
    if start == end or granularity in (Granularity.ANY, Granularity.CHARACTER):
        return start, end
    if granularity is Granularity.WORD:
        return snap(text, start, end)
    return trim(text, sentence_at(text, start)[0], sentence_at(text, end - 1)[1])


def next_sentence(text: str, offset: int) -> int:
    """Return where the sentence after the one at `offset` starts, or the end of the text."""
    at = sentence_at(text, offset)[1]
    at = max(at, offset)
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def previous_sentence(text: str, offset: int) -> int:
    """Return where the sentence at `offset` starts or, if that is there, the one before; 0 where there is none."""
    at = offset
    while at > 0 and text[at - 1].isspace():
        at -= 1
    if at == 0:
        return 0
    start = sentence_at(text, at - 1)[0]
    return min(start, offset)
