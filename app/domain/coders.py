"""Coders: the people who annotate."""

from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import sha256

from pydantic import Field

from app.domain.ids import CoderId
from app.domain.values import Value


class Coder(Value):
    """One person: the id tells coders apart, the name is for people and may change or repeat."""

    id: CoderId
    name: str = Field(min_length=1, max_length=200)


def distinct_names(coders: Iterable[Coder]) -> Mapping[CoderId, str]:
    """Return a name for each coder that no other one has, in the order given: two people with one name stay two."""
    listed = list(coders)
    times = Counter(coder.name for coder in listed)
    return {
        coder.id: coder.name if times[coder.name] == 1 else f"{coder.name} ({coder.id[-8:]})"
        for coder in listed
    }


def initials(coders: Iterable[Coder]) -> Mapping[CoderId, str]:
    """Return a few characters for each coder that no other one has: initials, longer or numbered where needed.

    They depend on who is in the project and on nothing else, not on the order either.
    """
    short: dict[CoderId, str] = {}
    taken: set[str] = set()
    for coder in sorted(coders, key=lambda each: (each.name.casefold(), each.id)):
        if coder.id not in short:
            short[coder.id] = _shortest(coder.name, taken)
            taken.add(short[coder.id].casefold())
    return short


def letters(coders: Iterable[Coder], seed: str) -> Mapping[CoderId, str]:
    """Return A, B, … for the coders, in an order that tells nobody who is who.

    It depends on the seed and the ids alone, never on names: A is not the first by name.
    """
    order = sorted({each.id for each in coders}, key=lambda each: sha256(f"{seed} {each}".encode()).digest())
    return {coder_id: _letter(number) for number, coder_id in enumerate(order)}


def _letter(number: int) -> str:
    """Count A to Z, then AA, AB and so on."""
    before = _letter(number // 26 - 1) if number >= 26 else ""
    return before + chr(ord("A") + number % 26)


def _shortest(name: str, taken: set[str]) -> str:
    words = name.split() or ["?"]
    first = "".join(word[0] for word in words[:3]).upper()
    # "coder 1" and "coder 2" differ in what stands last; "Ana" and "Anton" in what comes next.
    longer = [words[0][:length].capitalize() for length in range(2, 5)]
    numbered = (f"{first}{number}" for number in range(2, len(taken) + 3))
    return next(each for each in (first, *longer, *numbered) if each.casefold() not in taken)
