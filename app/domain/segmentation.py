"""Words and sentences of a text, for snapping selections and for moving by them.

Scripts without spaces (Chinese, Japanese, Thai and their kin) have no words that can be found by rule alone:
there every character with its marks stands for itself, so that snapping never drags in half a sentence. Otherwise a
word is letters, digits, marks and joiners, as in Unicode's rules for text segmentation (UAX 29), with runs of katakana
(WB13), numbers with their separators (WB11, WB12) and, unlike there, words with hyphens.
All offsets are code points; ranges are half-open.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from unicodedata import category

from app.domain.spans import trim


class Granularity(StrEnum):
    """What a selection is fitted to. Only `ANY` leaves a choice: words, or characters while Alt is held."""

    ANY = "any"
    CHARACTER = "character"
    WORD = "word"
    SENTENCE = "sentence"


UNSPACED = (
    "\u0e01-\u0e4f\u0e5a-\u0ecf\u0eda-\u0eff\u1000-\u103f\u104a-\u109f\u1780-\u17df"
    "\u1950-\u19cf\u1a20-\u1a7f\ua9e0-\ua9ef\uaa60-\uaa7f"
    "\u3005-\u3007\u3021-\u3029\u3040-\u309a\u309d-\u309f\u3105-\u312f\u31a0-\u31bf"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
"""Thai, Lao, Myanmar, Khmer and their kin, hiragana and Han; the digits of the former are digits like others."""

_UNSPACED_CHARACTER = re.compile(f"[{UNSPACED}]")
_KATAKANA = (
    "\u3031-\u3035\u309b\u309c\u30a0-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u32d0-\u32fe\u3300-\u3357\uff66-\uff9f"
)
_STACKER = "\u1039\u17d2"
"""Signs after which the next consonant is written below, in Myanmar and Khmer."""

_FURTHER_MARKS = "\u00ad\u05f3\u0e33\u0eb3\u200c\u200d\u2060"
"""Characters that go with the letter before them though they are no marks: joiners, soft hyphens, geresh, am."""

_MARKS_END = 0x20000
"""Above it there are only the variation selectors."""

_CLOSERS = "\"'”’»)\\]」』"
_SENTENCE_END = re.compile(rf"[.!?…؟۔]+[{_CLOSERS}]*(?=\s)|[。！？]+[{_CLOSERS}]*|\n")

_REACH = 2_000
"""How far from an offset a word or the start of its line is looked for; longer words are cut there."""


@cache
def _word_pattern() -> re.Pattern[str]:
    """Return what a word is, made when the first one is looked for: asking for all marks takes some milliseconds."""
    extend = extending()
    letters = rf"[^\W{UNSPACED}{_KATAKANA}](?:[^\W{UNSPACED}{_KATAKANA}]|[{extend}])*"
    numeric = "(?<=\\d)[,٫٬](?=\\d)"
    hebrew = '(?<=[א-ת])["״](?=[א-ת])'
    unspaced = rf"[{UNSPACED}][{extend}]*"
    return re.compile(
        rf"{letters}(?:(?:['’.·‧\-‑]|{numeric}|{hebrew}){letters})*"
        rf"|[{_KATAKANA}][{_KATAKANA}{extend}]*"
        rf"|{unspaced}(?:(?<=[{_STACKER}]){unspaced})*"
    )


@cache
def extending() -> str:
    """Return what goes with the letter before it, as the inside of a character class."""
    return _marks() + _FURTHER_MARKS


def _marks() -> str:
    """Return all marks of Unicode (vowel signs, accents, points) as ranges of a character class."""
    marked = [point for point in range(0x300, _MARKS_END) if category(chr(point))[0] == "M"]
    return "".join(f"{chr(start)}-{chr(end)}" for start, end in _runs(marked)) + "\U000e0100-\U000e01ef"


def _runs(points: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of each run of successive numbers."""
    start = before = points[0]
    for point in points[1:]:
        if point != before + 1:
            yield start, before
            start = point
        before = point
    yield start, before


def _words_around(text: str, offset: int) -> Iterator[tuple[int, int]]:
    """Yield the words of the neighbourhood of `offset`, beginning at a line or a space if there is one."""
    low = max(0, offset - _REACH)
    line = text.rfind("\n", low, offset)
    if line < 0 and low:
        line = text.find(" ", low, offset)
    start = line + 1 if line >= 0 else low
    for match in _word_pattern().finditer(text, start, min(len(text), offset + _REACH)):
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


def words(text: str) -> list[tuple[int, int]]:
    """Return every word of a text in order; what lies between them belongs to none."""
    return [match.span() for match in _word_pattern().finditer(text)]


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
    """Return the sentence that holds `offset`, without the white space around it.

    In the white space at the end of a paragraph that is its last sentence; in an empty line it is empty.
    """
    start = text.rfind("\n", 0, offset) + 1
    line_end = text.find("\n", offset)
    end = len(text) if line_end < 0 else line_end
    if not text[offset:end].strip():
        written = text[start:offset].rstrip()
        if not written:
            return offset, offset
        offset = start + len(written) - 1
    for match in _SENTENCE_END.finditer(text, start):
        after = match.start() if match.group() == "\n" else match.end()
        if after > offset:
            end = after
            break
        if match.end() <= offset:
            start = match.end()
    return trim(text, start, end)


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
