"""Where a range of a brat file lies in the canonical text, held against the words that the file says stand there.

brat counts the code points of the text as Python reads it. Files of other tools count line ends of two
characters as one, UTF-16 units or bytes; nothing in a file says which, so the quotes decide.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from app.domain.offsets import OffsetMap
from app.domain.spans import Span, tidy
from app.exchange.brat_lines import TextBound

_DROPPED = re.compile("\\A\ufeff|\r(?=\n)|\0")
_LINE_END = re.compile("\r\n?|\n")


class Counting(NamedTuple):
    """One way to count a text: what it is called, the text that is counted, and how an offset becomes code points.

    `dropped` are the places of what the canonical text does not have.
    """

    name: str
    text: str
    point: Callable[[int], int]
    dropped: tuple[int, ...]

    def place(self, bound: TextBound) -> tuple[Span, ...]:
        """Return the spans of a line in the canonical text; nothing where the words there are not its quote."""
        try:
            ranges = [(self.point(start), self.point(end)) for start, end in bound.ranges]
        except (ValueError, IndexError):
            return ()
        if any(not 0 <= start < end <= len(self.text) for start, end in ranges):
            return ()
        words = " ".join(self.text[start:end] for start, end in ranges)
        quotes = {bound.quote, "\n".join((bound.quote, *bound.more))}
        if not quotes & {words, _LINE_END.sub(" ", words), _LINE_END.sub("\n", words)}:
            return ()
        places = [(self._canonical(start), self._canonical(end)) for start, end in ranges]
        return tidy(Span(start=start, end=end) for start, end in places if start < end)

    def _canonical(self, offset: int) -> int:
        return offset - bisect_left(self.dropped, offset)


def counting_for(raw: str, bounds: Sequence[TextBound]) -> Counting:
    """Return the way of counting that fits all quotes; where none does, that which fits most, the likeliest first.

    One broken line must not make a whole file count otherwise than it does.
    """
    tried: list[tuple[int, Counting]] = []
    for way in _countings(raw):
        fitting = sum(bool(way.place(bound)) for bound in bounds)
        if fitting == len(bounds):
            return way
        tried.append((fitting, way))
    return max(tried, key=lambda pair: pair[0])[1]


def _countings(raw: str) -> Iterator[Counting]:
    """Yield the ways to count a text that differ for it, the likeliest first."""
    texts = {raw: "", raw.replace("\r\n", "\n"): ", line ends as one", raw.removeprefix("\ufeff"): ""}
    texts.setdefault(raw.removeprefix("\ufeff").replace("\r\n", "\n"), ", line ends as one")
    dropped = {text: tuple(match.start() for match in _DROPPED.finditer(text)) for text in texts}
    for text, about in texts.items():
        yield Counting(f"code points{about}", text, int, dropped[text])
    if raw.isascii():
        return
    for text, about in texts.items():
        offsets = OffsetMap(text)
        yield Counting(f"UTF-16 units{about}", text, offsets.from_utf16, dropped[text])
        yield Counting(f"bytes{about}", text, offsets.from_byte, dropped[text])
