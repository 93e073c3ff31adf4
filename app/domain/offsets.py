"""Three ways to count one text: Unicode code points, UTF-16 code units and UTF-8 bytes.

Code points are the unit of the whole program. UTF-16 is what Qt, JavaScript and Java count; bytes are what
some corpus tools count. Nothing here ever guesses: an offset inside a character has no counterpart and raises.
"""

from bisect import bisect_right
from collections.abc import Sequence

_FIRST_ASTRAL = 0x10000


class OffsetMap:
    """The code point, UTF-16 and byte offsets of one text, each convertible into the others.

    Building it costs one pass over the text and memory for its non-ASCII characters only.
    """

    __slots__ = ("_byte_steps", "_length", "_utf16_steps")

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._utf16_steps: list[tuple[int, int]] = []
        self._byte_steps: list[tuple[int, int]] = []
        if not text.isascii():
            self._measure(text)

    def _measure(self, text: str) -> None:
        """Note where each run of equally wide characters ends, and the surplus units up to there."""
        utf16, byte = 0, 0
        for index, char in enumerate(text):
            point = ord(char)
            if point < 0x80:
                continue
            byte += 1 if point < 0x800 else 2 if point < _FIRST_ASTRAL else 3
            self._byte_steps.append((index + 1, byte))
            if point >= _FIRST_ASTRAL:
                utf16 += 1
                self._utf16_steps.append((index + 1, utf16))

    @property
    def length(self) -> int:
        """The length of the text in code points."""
        return self._length

    @property
    def utf16_length(self) -> int:
        """The length of the text in UTF-16 code units."""
        return self.to_utf16(self._length)

    @property
    def byte_length(self) -> int:
        """The length of the text in UTF-8 bytes."""
        return self.to_byte(self._length)

    def in_units(self, start: int, end: int) -> tuple[int, int, int, int, int, int]:
        """Return a range in code points, UTF-16 units and bytes, start and end of each."""
        if not self._byte_steps and 0 <= start <= end <= self._length:
            return start, end, start, end, start, end
        return (
            *(start, end, self.to_utf16(start), self.to_utf16(end)),
            *(self.to_byte(start), self.to_byte(end)),
        )

    def to_utf16(self, offset: int) -> int:
        """Return the UTF-16 offset of a code point offset; IndexError outside `0..length`."""
        return self._widen(offset, self._utf16_steps)

    def to_byte(self, offset: int) -> int:
        """Return the byte offset of a code point offset; IndexError outside `0..length`."""
        return self._widen(offset, self._byte_steps)

    def from_utf16(self, offset: int) -> int:
        """Return the code point offset of a UTF-16 offset.

        Raises ValueError inside a surrogate pair and IndexError outside the text.
        """
        return self._narrow(offset, self._utf16_steps, "a surrogate pair")

    def from_byte(self, offset: int) -> int:
        """Return the code point offset of a byte offset.

        Raises ValueError inside a character and IndexError outside the text.
        """
        return self._narrow(offset, self._byte_steps, "a character")

    def _widen(self, offset: int, steps: Sequence[tuple[int, int]]) -> int:
        if not 0 <= offset <= self._length:
            raise IndexError(f"offset {offset} is outside the text of {self._length} code points")
        at = bisect_right(steps, (offset, 1 << 62))
        return offset + (steps[at - 1][1] if at else 0)

    def _narrow(self, offset: int, steps: Sequence[tuple[int, int]], inside: str) -> int:
        total = self._widen(self._length, steps)
        if not 0 <= offset <= total:
            raise IndexError(f"offset {offset} is outside the text of {total} units")
        at = bisect_right(steps, offset, key=lambda step: step[0] + step[1])
        result = offset - (steps[at - 1][1] if at else 0)
        if at < len(steps) and result >= steps[at][0]:
            raise ValueError(f"offset {offset} lies inside {inside}")
        return result
