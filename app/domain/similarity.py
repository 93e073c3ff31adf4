"""How alike two texts are: the share of short runs of words that they have in common.

A text is cut into shingles: every run of three words, or of five characters where a script writes without spaces.
Jaccard's measure is the share that two texts have in common of all that either has. Case, punctuation and white
space make no difference. After Broder, “On the resemblance and containment of documents”, 1997, of which the sketch
is too: the smallest hashes of a text stand for all of them, so that likely pairs are found without comparing all.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from hashlib import blake2b
from typing import NamedTuple

from app.domain.spans import Span

ALIKE = 0.5
"""From this share in common on, two texts are worth a look."""

CONTAINED = 0.8
"""From this share of the shorter text on, too, if it is not very short."""

_LEAST_CONTAINED = 40
_WORDS_IN_SHINGLE = 3
_SIGNS_IN_SHINGLE = 5
_SKETCH = 64
"""Hashes in a sketch: of two texts that are half alike, 32 are expected in both, and fewer than 8 hardly ever."""

_LEAST_SHARED = 4
_MOST_COMPARED = 24
"""Of the texts with one and the same hash, so many of the latest are looked at. Where a footer stands below every text
these say nothing of likeness, so that a hash weighs less the more texts have it."""

_MOST_LIKELY = 8
_SIGN = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TOKEN = re.compile(rf"[{_SIGN}]|[^\W_{_SIGN}]+")
_SPACELESS = re.compile(rf"[{_SIGN}]")


class Alikeness(NamedTuple):
    """`share`: what two texts have in common of all that either has. `contained`: of the one with less. 0 to 1."""

    share: float
    contained: float

    @property
    def percent(self) -> int:
        """The share in whole percent; 100 only where nothing differs but case, punctuation and white space."""
        return int(self.share * 100)


class Shingler:
    """Cuts texts into shingles, as numbers that are the same on every day."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def shingles(self, text: str) -> frozenset[int]:
        """Return the shingles of a text; of one that is shorter than a shingle, one that is the whole."""
        folded = text.casefold()
        words = _TOKEN.findall(folded)
        return frozenset(self._runs(words, _length(folded, len(words))))

    def in_order(self, text: str) -> tuple[list[tuple[int, int]], list[int], int]:
        """Return the ranges of the words of a text, the shingle that begins at each, and the words in a shingle."""
        spans = [found.span() for found in _TOKEN.finditer(text)]
        # Each word folded by itself: folding the text would move what stands behind a ß.
        words = [text[start:end].casefold() for start, end in spans]
        length = _length(text, len(words))
        return spans, list(self._runs(words, length)), length

    def _runs(self, words: list[str], length: int) -> Iterable[int]:
        # The hash of a tuple of numbers is no secret of this run, as that of a string would be.
        known = self._numbers
        numbers = [known.get(word) or self._number(word) for word in words]
        length = max(1, min(length, len(numbers)))
        return map(hash, zip(*(numbers[at:] for at in range(length)), strict=False))

    def _number(self, word: str) -> int:
        number = (
            int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=7).digest(), "little") or 1
        )
        self._numbers[word] = number
        return number


def _length(text: str, words: int) -> int:
    """Return how many words make a shingle: more where most are single signs of a script without spaces."""
    signs = 0 if text.isascii() else len(_SPACELESS.findall(text))
    return _SIGNS_IN_SHINGLE if signs * 2 > words else _WORDS_IN_SHINGLE


def alikeness(one: frozenset[int], other: frozenset[int]) -> Alikeness:
    """Return how alike two texts are by their shingles; two without any word are the same."""
    if one == other:
        return Alikeness(1.0, 1.0)
    if not one or not other:
        return Alikeness(0.0, 0.0)
    shared = len(one & other)
    return Alikeness(shared / (len(one) + len(other) - shared), shared / min(len(one), len(other)))


def is_near(found: Alikeness, one: frozenset[int], other: frozenset[int]) -> bool:
    """Tell whether two texts are so alike that somebody should decide."""
    long_enough = min(len(one), len(other)) >= _LEAST_CONTAINED
    return found.share >= ALIKE or (long_enough and found.contained >= CONTAINED)


class Sketches:
    """Texts by the smallest hashes of their shingles: which of those before may be alike to this one?"""

    def __init__(self) -> None:
        # Most hashes are those of one text; a list for each would be a burden on memory and on its collector.
        self._first: dict[int, int] = {}
        self._more: dict[int, list[int]] = {}
        self._sizes: dict[int, int] = {}

    def meet(self, number: int, shingles: frozenset[int]) -> list[int]:
        """Remember a text under a number; returns the numbers of those before that may be alike.

        The likeliest come first, and no more than a few of them."""
        shared: Counter[int] = Counter()
        weights: defaultdict[int, float] = defaultdict(float)
        sketch = sorted(shingles)[:_SKETCH]
        for each in sketch:
            if self._first.setdefault(each, number) != number:
                holders = self._more.setdefault(each, [self._first[each]])
                latest = holders[-_MOST_COMPARED:]
                shared.update(latest)
                for holder in latest:
                    weights[holder] += 1 / len(holders)
                holders.append(number)
        size = self._sizes[number] = len(shingles)
        least = min(_LEAST_SHARED, max(1, len(sketch) // 4))  # Rules out nearly all without a closer look.
        likely = sorted(
            (-weights[each], -count, each)
            for each, count in shared.items()
            if count >= least and _may_be_near(count, size, self._sizes[each])
        )
        return [each for _weight, _count, each in likely[:_MOST_LIKELY]]


def _may_be_near(shared: int, one: int, other: int) -> bool:
    """Tell by the hashes that two sketches share, and the sizes of the texts, whether measuring is worth it.

    Half of what is looked for is asked of the estimate, which is missed less than once in ten thousand times.
    """
    share = min(1.0, shared / max(1, min(_SKETCH, one + other - shared)))
    contained = share * (one + other) / ((1 + share) * max(1, min(one, other)))
    return share >= ALIKE / 2 or (shared >= _LEAST_SHARED and contained >= CONTAINED / 2)


def unshared(text: str, other: str) -> list[Span]:
    """Return the ranges of a text, in code points, whose words stand in no shingle that the other has too."""
    shingler = Shingler()
    spans, runs, length = shingler.in_order(text)
    there = frozenset(shingler.in_order(other)[1])
    length = min(length, max(1, len(spans)))
    covered = [False] * len(spans)
    for at, run in enumerate(runs):
        if run in there:
            covered[at : at + length] = [True] * len(covered[at : at + length])
    found: list[tuple[int, int]] = []
    last = -2
    for at, (start, end) in enumerate(spans):
        if not covered[at]:
            if last == at - 1:
                found[-1] = (found[-1][0], end)
            else:
                found.append((start, end))
            last = at
    return [Span(start=start, end=end) for start, end in found]
