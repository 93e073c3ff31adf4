"""Searching texts by words: what somebody typed, and how texts are cut so that every script can be found.

Between spaces lie words in most scripts. Chinese, Japanese, Thai and their kin have none, and Korean hangs particles
on its words; there every character is a word of its own, and a word that is looked for is a phrase of them.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from app.domain.errors import UserError
from app.domain.searching import Folded
from app.domain.segmentation import UNSPACED

CUT, OPEN, CLOSE = "\x1f", "\x02", "\x03"
"""What is put beside characters that stand for themselves, and around what was found: no letters, rare in texts."""

_ALONE = (
    f"{UNSPACED}\u3031-\u3035\u309b\u309c\u30a0-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
    "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"
)
"""Scripts without spaces, katakana and hangul."""

_STANDS_ALONE = re.compile(f"([{_ALONE}])")
_OURS = str.maketrans(dict.fromkeys((CUT, OPEN, CLOSE, "\0"), " "))
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_TERM = re.compile(r'(?P<no>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))(?P<more>\*?)')
_WORDS = re.compile(r"[LNM]|Co")


class Term(NamedTuple):
    """One thing that is looked for: words that follow each other; with `prefix`, the last may go on."""

    words: str
    prefix: bool = False


class Wanted(NamedTuple):
    """What texts must hold, all of it, and what they must not."""

    terms: tuple[Term, ...]
    none: tuple[Term, ...]


def wanted(typed: str) -> Wanted:
    """Return what somebody looks for: words, “an exact phrase”, -not, begin*. Nothing that is typed is an error.

    UserError only where nothing is said that texts should hold.
    """
    terms: list[Term] = []
    none: list[Term] = []
    for match in _TERM.finditer(typed.translate(_OURS).translate(_QUOTES)):
        words = match["phrase"] if match["word"] is None else match["word"].rstrip("*")
        more = bool(match["more"]) or (match["word"] or "").endswith("*")
        if any(_WORDS.match(unicodedata.category(char)) for char in words):
            (none if match["no"] else terms).append(Term(words, more))
    if not terms:
        raise UserError(
            "Add a word that the articles should have: -word only leaves articles out."
            if none
            else "Type a word to look for."
        )
    return Wanted(tuple(terms), tuple(none))


def cut(text: str) -> str:
    """Return the text with its case folded and a mark on both sides of every character that stands for itself.

    SQLite folds one letter to one, and would not find ß by SS as finding in a text does.
    """
    return _STANDS_ALONE.sub(rf"{CUT}\1{CUT}", text.translate(_OURS).casefold())


def found(marked: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of `text`, in code points, that lie between the marks in what `cut` made of it."""
    plain = Folded(text.translate(_OURS))
    folded = plain.text
    at = start = 0
    for char in marked:
        if char == OPEN:
            start = at
        elif char == CLOSE:
            place = plain.unfold(start, at) if at > start else None
            if place is not None:
                yield place
        elif at < len(folded) and char == folded[at]:
            at += 1
