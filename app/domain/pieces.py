"""A text as the pieces that are laid out and searched one by one: its paragraphs, the longest of them cut."""

from collections.abc import Iterator
from typing import NamedTuple

_LONGEST = 4_000
"""Code points of a piece: laying it out takes a few milliseconds, whatever the paragraph's length."""


class Piece(NamedTuple):
    """A piece of the text: `[start, end)` in code points, and whether a line break follows it."""

    start: int
    end: int
    ends_paragraph: bool


def pieces(text: str) -> Iterator[Piece]:
    """Yield the pieces in order; their ranges, with the line breaks between, make up the whole text."""
    start = 0
    while True:
        line_end = text.find("\n", start)
        end = len(text) if line_end < 0 else line_end
        while end - start > _LONGEST:
            cut = _place_to_cut(text, start, start + _LONGEST)
            yield Piece(start, cut, ends_paragraph=False)
            start = cut
        yield Piece(start, end, ends_paragraph=True)
        if line_end < 0:
            return
        start = end + 1


def _place_to_cut(text: str, start: int, latest: int) -> int:
    """Cut after a space; where there is none, between characters that do not belong together."""
    space = text.rfind(" ", start + _LONGEST // 2, latest)
    if space >= 0:
        return space + 1
    cut = latest
    while cut > start + 1 and not text[cut].isalnum():
        cut -= 1
    return cut
