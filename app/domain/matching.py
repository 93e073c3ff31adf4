"""Matching what somebody begins to type against names; case and accents are ignored.

Positions are code points of the name, ranges half-open.
"""

import unicodedata
from enum import IntEnum
from typing import NamedTuple

_LONGEST = 100
"""Letters of what was typed that are looked at."""


class Fit(IntEnum):
    """How well a name fits what was typed, the best first."""

    NAME_BEGINS = 0
    WORD_BEGINS = 1
    WORDS_BEGIN_IN_ORDER = 2
    WORDS_BEGIN = 3
    INSIDE = 4


class Match(NamedTuple):
    """A name that fits: matches compare as better before worse.

    `first` is the position where the fit begins, `length` that of the name; `at` holds the positions of every
    letter that was typed.
    """

    fit: Fit
    first: int
    length: int
    at: tuple[int, ...]


class Folded(NamedTuple):
    """A text without case and accents, each run of white space one space, none at the beginning.

    `at` is the position that each letter came from.
    """

    text: str
    at: tuple[int, ...] | range


def fold(text: str) -> Folded:
    """Return a text as it is compared."""
    if text.isascii() and text == " ".join(text.split()):
        return Folded(text.lower(), range(len(text)))
    letters: list[str] = []
    at: list[int] = []
    for position, character in enumerate(text):
        for letter in unicodedata.normalize("NFKD", character.casefold()).casefold():
            if letter.isspace():
                if not letters or letters[-1] == " ":
                    continue
                letter = " "
            if not unicodedata.combining(letter):
                letters.append(letter)
                at.append(position)
    return Folded("".join(letters), tuple(at))


class Typed:
    """What somebody has typed so far. Every further letter narrows what it matches."""

    def __init__(self, text: str) -> None:
        self._words = fold(text).text[:_LONGEST].split()
        self._whole = " ".join(self._words)
        self._letters = "".join(self._words)

    @property
    def empty(self) -> bool:
        """Whether nothing but white space was typed, which fits every name."""
        return not self._words

    def match(self, name: str) -> Match | None:
        """Return how a name fits, or None if it does not."""
        folded = fold(name)
        text = folded.text
        found = self._as_a_whole(text)
        if found is None or found[0] is Fit.INSIDE:
            found = self._by_beginnings(text) or self._in_any_order(text) or found
        if found is None:
            return None
        fit, positions = found
        at = tuple(dict.fromkeys(folded.at[position] for position in positions))
        return Match(fit, at[0] if at else 0, len(name), at)

    def _as_a_whole(self, text: str) -> tuple[Fit, list[int]] | None:
        whole = self._whole
        if text.startswith(whole):
            return Fit.NAME_BEGINS, _letters_of(whole, 0)
        anywhere = found = text.find(whole)
        while found >= 0:
            if _begins_word(text, found):
                return Fit.WORD_BEGINS, _letters_of(whole, found)
            found = text.find(whole, found + 1)
        return (Fit.INSIDE, _letters_of(whole, anywhere)) if anywhere >= 0 else None

    def _by_beginnings(self, text: str) -> tuple[Fit, list[int]] | None:
        """Spread the letters over beginnings of words from left to right: "fl" and "forla" fit "forced labour"."""
        rest = iter(text)
        if not all(letter in rest for letter in self._letters):
            return None
        letters = self._letters
        breaks = {len("".join(self._words[:count])) for count in range(1, len(self._words))}
        starts = [place for place in range(len(text)) if _begins_word(text, place)]
        seen: set[tuple[int, int]] = set()
        path: list[tuple[int, int]] = []
        waiting = [(0, place) for place in reversed(starts) if text[place] == letters[0]]
        while waiting:
            number, place = state = waiting.pop()
            if state in seen:
                continue
            seen.add(state)
            del path[number:]
            path.append(state)
            following = number + 1
            if following == len(letters):
                return Fit.WORDS_BEGIN_IN_ORDER, [each for _number, each in path]
            nexts = [each for each in reversed(starts) if each > place]
            if following not in breaks and place + 1 < len(text):
                nexts.append(place + 1)
            waiting += [(following, each) for each in nexts if text[each] == letters[following]]
        return None

    def _in_any_order(self, text: str) -> tuple[Fit, list[int]] | None:
        """Find a word that begins with each of the words typed: "labour fo" fits "forced labour"."""
        positions: list[int] = []
        for word in self._words:
            found = text.find(word)
            while found > 0 and not _begins_word(text, found):
                found = text.find(word, found + 1)
            if found < 0:
                return None
            positions += range(found, found + len(word))
        return Fit.WORDS_BEGIN, sorted(set(positions))


def _begins_word(text: str, place: int) -> bool:
    return not text[place].isspace() and (place == 0 or not text[place - 1].isalnum())


def _letters_of(words: str, start: int) -> list[int]:
    return [start + place for place, letter in enumerate(words) if letter != " "]
