"""An article as the pieces that are laid out one by one: its paragraphs, the longest of them cut."""

from bisect import bisect_right
from typing import NamedTuple

from PySide6.QtCore import QTextBoundaryFinder

from app.domain.offsets import OffsetMap

_LONGEST = 4_000
"""Code points of a piece: laying it out takes a few milliseconds, whatever the paragraph's length."""


_BEYOND = 1 << 62


class Block(NamedTuple):
    """A piece of the text: `[start, end)` in code points, and whether a line break follows it."""

    start: int
    end: int
    ends_paragraph: bool


class Blocks:
    """The pieces of one text in order; their ranges, with the line breaks between, make up the whole text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._blocks = _cut(text)
        self._starts = [block.start for block in self._blocks]
        self._maps: dict[int, OffsetMap] = {}

    def __len__(self) -> int:
        return len(self._blocks)

    def __getitem__(self, index: int) -> Block:
        return self._blocks[index]

    def text_of(self, index: int) -> str:
        """Return the text of a piece."""
        block = self._blocks[index]
        return self.text[block.start : block.end]

    def at(self, offset: int, *, trailing: bool = False) -> int:
        """Return the piece that holds a code point; a line break belongs to the piece before it.

        `trailing` means the piece that ends there, if a paragraph is cut at that place.
        """
        index = max(0, bisect_right(self._starts, offset) - 1)
        if trailing and index and self._blocks[index - 1].end == offset:
            return index - 1
        return index

    def start_after(self, index: int) -> int:
        """Return where the next piece starts; beyond every text after the last one."""
        return self._starts[index + 1] if index + 1 < len(self._starts) else _BEYOND

    def to_local(self, index: int, offset: int) -> int:
        """Return a code point of the text as a UTF-16 position in a piece, cut to its bounds."""
        block = self._blocks[index]
        return self._map(index).to_utf16(min(max(offset, block.start), block.end) - block.start)

    def to_offset(self, index: int, position: int) -> int:
        """Return a UTF-16 position in a piece as a code point of the text.

        Qt may report a position between two surrogates; then the start of that character is meant.
        """
        mapped = self._map(index)
        position = min(max(position, 0), mapped.utf16_length)
        try:
            local = mapped.from_utf16(position)
        except ValueError:
            local = mapped.from_utf16(position - 1)
        return self._blocks[index].start + local

    def _map(self, index: int) -> OffsetMap:
        if index not in self._maps:
            self._maps[index] = OffsetMap(self.text_of(index))
        return self._maps[index]


def _cut(text: str) -> list[Block]:
    blocks: list[Block] = []
    start = 0
    while True:
        line_end = text.find("\n", start)
        end = len(text) if line_end < 0 else line_end
        while end - start > _LONGEST:
            cut = _place_to_cut(text, start, start + _LONGEST)
            blocks.append(Block(start, cut, ends_paragraph=False))
            start = cut
        blocks.append(Block(start, end, ends_paragraph=True))
        if line_end < 0:
            return blocks
        start = end + 1


def _place_to_cut(text: str, start: int, latest: int) -> int:
    """Cut after a space; where there is none, in the middle of anything but a character as people see it.

    The piece has at least half of the longest length, so that no line becomes thousands of pieces.
    """
    least = start + _LONGEST // 2
    space = text.rfind(" ", least, latest)
    cut = latest if space < 0 else space + 1
    if text[cut - 1 : cut + 1].isascii():
        return cut
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, text[start : cut + 1])
    units = text[start:cut].encode("utf-16-le")
    finder.setPosition(len(units) // 2)
    if not finder.isAtBoundary():
        finder.toPreviousBoundary()
    found = start + len(units[: 2 * finder.position()].decode("utf-16-le"))
    # Marks without end, as in a jest, are one character to Unicode.
    return found if found >= least else cut
