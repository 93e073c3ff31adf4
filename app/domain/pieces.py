"""A text as the pieces that are laid out and searched one by one: its paragraphs, the longest of them cut."""

from collections.abc import Iterator
from typing import Any, NamedTuple

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
    """Cut after a space; where there is none, in the middle of anything but a character as people see it.

    The piece has at least half of the longest length, so that no line becomes thousands of pieces.
    """
    least = start + _LONGEST // 2
    space = text.rfind(" ", least, latest)
    if space >= 0:
        return space + 1
    if text[latest - 1 : latest + 1].isascii():
        return latest
    import regex  # Loaded for the few texts that have such lines.

    engine: Any = regex
    cut = start
    for character in engine.compile(r"\X").finditer(text, start, latest + 1):
        if character.end() <= latest:
            cut = character.end()
    # Marks without end, as in a jest, are one character to Unicode and are cut somewhere.
    return cut if cut >= least else latest
