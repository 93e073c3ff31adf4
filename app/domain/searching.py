"""Every place where some words stand in a text. Offsets are half-open code points of the text as it is.

Case is compared by Unicode's full case folding, in which a character may become two: “Straße” is found by
“STRASSE”, and never half of a character. White space in what is looked for stands for any run of white space.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple
from unicodedata import category

from app.domain.errors import UserError
from app.domain.segmentation import is_unspaced
from app.domain.values import Value

_BEFORE, _QUOTE, _AFTER = 40, 120, 100
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_TOKEN = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<open>\((?P<atomic>\?>)?)|(?P<close>\))"
    r"|(?P<more>(?:[*+]|\{\d*,\})(?P<kept>\+)?\??)|.",
    re.DOTALL,
)
_JOINERS = "\u200c\u200d\ufe0e\ufe0f"


class Query(Value):
    """What is looked for. A `regular` query is a regular expression, held against one paragraph at a time."""

    words: str
    whole_words: bool = False
    match_case: bool = False
    regular: bool = False


class Context(NamedTuple):
    """A hit with the words around it, each in one line and cut where nobody would read on."""

    before: str
    quote: str
    after: str


class Searcher:
    """Finds one query in texts; UserError for a regular expression that is none."""

    def __init__(self, query: Query) -> None:
        self._whole_words = query.whole_words
        self._regular = query.regular
        self._folds = not query.match_case and not query.regular
        self._pattern = _compiled(query)

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the ranges that fit, in text order and apart from each other; none is empty."""
        if self._pattern is None:
            return
        folded = Folded(text) if self._folds else None
        where = folded.text if folded else text
        for low, high in _lines(text) if self._regular else ((0, len(where)),):
            at = low
            while found := self._pattern.search(where, at, high):
                hit = folded.unfold(*found.span()) if folded else found.span()
                if hit is not None and self._fits(text, *hit):
                    yield hit
                    at = found.end()
                else:
                    at = found.start() + 1
                if at > high:
                    break

    def _fits(self, text: str, start: int, end: int) -> bool:
        if start == end:
            return False
        return not self._whole_words or not (parts_word(text, start) or parts_word(text, end))


class Folded:
    """A text with its case folded (`text`), and the way back to the code points of the one that was given."""

    def __init__(self, text: str) -> None:
        self.text = text.casefold()
        self._widened: list[tuple[int, int, int]] = []
        """Where characters that became several begin and end, and how many were added up to there."""
        if len(self.text) == len(text):
            return
        added = 0
        for match in _BEYOND_ASCII.finditer(text):
            width = len(match.group().casefold())
            if width > 1:
                start = match.start() + added
                added += width - 1
                self._widened.append((start, start + width, added))

    def unfold(self, start: int, end: int) -> tuple[int, int] | None:
        """Return a range of the folded text as one of the text, or None where it would cut a character."""
        low, high = self._offset(start), self._offset(end)
        return None if low is None or high is None else (low, high)

    def _offset(self, position: int) -> int | None:
        at = bisect_right(self._widened, position, key=lambda each: each[0]) - 1
        if at < 0:
            return position
        start, end, added = self._widened[at]
        if position == start:
            return position - added + (end - start - 1)
        return position - added if position >= end else None


def parts_word(text: str, offset: int) -> bool:
    """Tell whether `offset` stands between two characters of one word.

    An apostrophe or a hyphen ends a word here, so that a name is found in its genitive too. In scripts without
    spaces every character stands for itself, and only its marks belong to it.
    """
    if not 0 < offset < len(text):
        return False
    before, after = text[offset - 1], text[offset]
    if _is_mark(after):
        return not before.isspace()
    if before == "\u200d":
        return not after.isspace()
    return _is_letter(after) and (_is_letter(before) or (_is_mark(before) and parts_word(text, offset - 1)))


def context(text: str, start: int, end: int) -> Context:
    """Return a range of a text with the words around it."""
    low, high = max(0, start - _BEFORE), min(len(text), end + _AFTER)
    before, quote, after = text[low:start], text[start:end], text[end:high]
    if low:
        before = f"…{before[max(0, before.find(' ')) :]}"
    if high < len(text):
        after = f"{after.rpartition(' ')[0] or after} …"
    if len(quote) > _QUOTE:
        quote = f"{quote[:_QUOTE]}…"
    return Context(*(_in_one_line(each) for each in (before, quote, after)))


def _compiled(query: Query) -> re.Pattern[str] | None:
    """Return what finds the query, None if there is nothing to look for."""
    if query.regular:
        if not query.words:
            return None
        if _nests_repetitions(query.words):
            raise UserError(
                "A repetition inside a repetition, as in (a+)+, may never come to an end. "
                "Begin the group with (?> or do without."
            )
        try:
            return re.compile(query.words, re.MULTILINE | (0 if query.match_case else re.IGNORECASE))
        except re.error as error:
            place = "" if error.pos is None else f" at character {error.pos + 1}"
            raise UserError(f"This is no regular expression: {error.msg}{place}.") from error
        except (OverflowError, RecursionError) as error:
            raise UserError("This regular expression is too large. Make it shorter.") from error
    words = query.words if query.match_case else query.words.casefold()
    parts = [re.escape(part) for part in words.split()]
    return re.compile(r"\s+".join(parts)) if parts else None


def _nests_repetitions(pattern: str) -> bool:
    """Tell whether a group that repeats without limit holds such a repetition, and may try every division of a text.

    A search cannot be stopped inside a paragraph, so the commonest of endless expressions are not begun at all.
    """
    repeats, atomic, just_closed = [False], [False], False
    for token in _TOKEN.finditer(pattern):
        closed, just_closed = just_closed, False
        if token["open"]:
            repeats.append(False)
            atomic.append(bool(token["atomic"]))
        elif token["close"] and len(repeats) > 1:
            just_closed = repeats.pop() and not atomic.pop()
            repeats[-1] = repeats[-1] or just_closed
        elif token["more"] and not token["kept"]:
            if closed:
                return True
            repeats[-1] = True
    return False


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield start, end
        start = end + 1
    yield start, len(text)


def _is_letter(char: str) -> bool:
    return (char.isalnum() or char == "_") and not is_unspaced(char)


def _is_mark(char: str) -> bool:
    return char in _JOINERS or category(char).startswith("M")


def _in_one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
