"""A text counted in whole words instead of characters."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from app.domain.segmentation import words

Place = tuple[int, int]


class WordScale:
    """Counts places of a text in whole words: those that a range touches. A text without words counts as one."""

    def __init__(self, text: str) -> None:
        self.words = words(text) or [(0, max(1, len(text)))]
        self._starts = [start for start, _end in self.words]
        self._ends = [end for _start, end in self.words]
        self.length = len(self.words)

    def place(self, start: int, end: int) -> Place:
        """Return the words that a range of code points touches; where there are none, the next word or the last."""
        first = min(bisect_right(self._ends, start), self.length - 1)
        return first, max(bisect_left(self._starts, end), first + 1)

    def places(self, ranges: Sequence[Place]) -> tuple[Place, ...]:
        """Return ranges of code points in words, those that share a word made one."""
        return joined_places([self.place(*each) for each in ranges])


def joined_places(places: Sequence[Place]) -> tuple[Place, ...]:
    """Return places in order, those that share a word made one."""
    joined = [places[0]]
    for start, end in places[1:]:
        if start < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(joined)
