"""An article as the pieces that are laid out one by one: its paragraphs, the longest of them cut."""

from bisect import bisect_right

from app.domain.offsets import OffsetMap
from app.domain.pieces import Piece, pieces

_BEYOND = 1 << 62


class Blocks:
    """The pieces of one text in order; their ranges, with the line breaks between, make up the whole text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._blocks = list(pieces(text))
        self._starts = [block.start for block in self._blocks]
        self._maps: dict[int, OffsetMap] = {}

    def __len__(self) -> int:
        return len(self._blocks)

    def __getitem__(self, index: int) -> Piece:
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
