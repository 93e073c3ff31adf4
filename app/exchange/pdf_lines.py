"""Lines of printed pages to paragraphs, by where they stand."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

HYPHEN = "\ufffe"
"""What PDFium sets where a hyphen divides a word at the end of a line."""

_EDGE = 2
"""Lines at the top and at the bottom of a page among which running heads stand."""

_FEWEST_PAGES = 3
_SHARE = 0.4
"""A head on every other page is one too."""

_DIGITS = re.compile(r"\d+")
_ENDS = re.compile(r"[.!?:;…。！？]['\"”’»)\]]*$")
_GAP = 1.35
_INDENT = 0.7
_SHORT = 0.8
_OTHER_SIZE = 0.2
_SHOWN = 40
_MOST_TOLD = 4


class Line(NamedTuple):
    """A line of a page, in points from the left and from below; all zero where its place is not known.

    `right` and `bottom` are those of its last character: where a word was divided, PDFium makes one line of two.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    height: float


def without_running_heads(pages: Sequence[Sequence[Line]]) -> tuple[list[list[Line]], tuple[str, ...]]:
    """Return the pages without lines that repeat at their edges, numbers aside, and in words what was dropped."""
    places: dict[str, set[int]] = defaultdict(set)
    for number, lines in enumerate(pages):
        for at in _edges(lines):
            places[_pattern(lines[at].text)].add(number)
    filled = sum(1 for lines in pages if lines)
    least = max(_FEWEST_PAGES, filled * _SHARE)
    running = {pattern for pattern, found in places.items() if len(found) >= least}
    kept: list[list[Line]] = []
    dropped: Counter[str] = Counter()
    for lines in pages:
        edges = {at for at in _edges(lines) if _pattern(lines[at].text) in running}
        dropped.update(_pattern(lines[at].text) for at in edges)
        kept.append([line for at, line in enumerate(lines) if at not in edges])
    told = [
        f"“{pattern[:_SHOWN]}” at the edge of {count} pages dropped"
        for pattern, count in dropped.most_common(_MOST_TOLD)
    ]
    return kept, tuple(told)


def _edges(lines: Sequence[Line]) -> set[int]:
    count = len(lines)
    return {*range(min(_EDGE, count)), *range(max(0, count - _EDGE), count)}


def _pattern(text: str) -> str:
    return _DIGITS.sub("#", " ".join(text.split()))


def paragraphs(pages: Sequence[Sequence[Line]]) -> list[str]:
    """Join the lines of each page to paragraphs, also over the end of a page where a sentence goes on."""
    found: list[str] = []
    for lines in pages:
        for at, paragraph in enumerate(_of_page(lines)):
            goes_on = at == 0 and found and not _ENDS.search(found[-1]) and paragraph[:1].islower()
            if goes_on:
                found[-1] = _joined(found[-1], paragraph)
            else:
                found.append(paragraph)
    return found


def _of_page(lines: Sequence[Line]) -> list[str]:
    if not lines:
        return []
    falling = [step for one, other in pairwise(lines) if (step := _step(one, other)) > 0]
    leading = median(falling) if falling else 0.0
    edge = max(line.right for line in lines)
    found = [lines[0].text]
    for before, line in pairwise(lines):
        if _begins(before, line, leading, edge):
            found.append(line.text)
        else:
            found[-1] = _joined(found[-1], line.text)
    return found


def _begins(before: Line, line: Line, leading: float, edge: float) -> bool:
    """Tell whether a line begins a paragraph: after a gap, indented, in another size, or after a short last line."""
    ended = bool(_ENDS.search(before.text))
    if not line.height or not before.height:
        return ended
    step = _step(before, line)
    if step < 0:
        return ended  # The next column, or what the page shows further up.
    return (
        step > _GAP * leading > 0
        or abs(line.height - before.height) > _OTHER_SIZE * before.height
        or (ended and line.left - before.left > _INDENT * line.height)
        or (ended and before.right < _SHORT * edge)
    )


def _step(before: Line, line: Line) -> float:
    """Return how far the beginning of a line stands below the end of the one before, in points."""
    return before.bottom - (line.top - line.height)


def _joined(one: str, other: str) -> str:
    """Join two lines with a space; scripts that write without spaces, and divided words, go without."""
    if not one or one[-1] == HYPHEN or (_without_spaces(one[-1]) and _without_spaces(other[:1])):
        return one + other
    if one[-1] == "\u00ad":
        return one[:-1] + HYPHEN + other
    return f"{one} {other}"


def _without_spaces(letter: str) -> bool:
    return "\u3000" <= letter <= "\u9fff" or "\uff00" <= letter <= "\uffef"
