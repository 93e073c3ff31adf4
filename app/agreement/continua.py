"""Texts with the units that coders marked in them, and the runs of characters on which nobody changes a mind."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

Unit = tuple[int, int, str]
"""A marked stretch: start, end, code. Half-open code points."""


class Continuum(NamedTuple):
    """One article: its length in code points, and the units of every coder who has done it.

    A coder who found nothing has an empty list and counts; one who has not done the article is not among the coders.
    """

    length: int
    coders: Mapping[str, Sequence[Unit]]


class Runs(NamedTuple):
    """An article cut at every boundary of any coder.

    `lengths` has the characters of each run; `rows` for each coder the set of codes on each run, one bit a code;
    `units` for each coder units as (first run, run after the last, code), those of one code that overlap made one.
    `merged` counts how many units that took; `exclusive` tells whether no coder has different codes on one character.
    """

    lengths: list[int]
    rows: list[list[int]]
    units: list[list[tuple[int, int, int]]]
    merged: int
    exclusive: bool

    def states(self) -> Counter[tuple[int, ...]]:
        """Return how many characters have each combination of the coders' sets of codes."""
        found: Counter[tuple[int, ...]] = Counter()
        for state, length in zip(zip(*self.rows, strict=True), self.lengths, strict=True):
            found[state] += length
        return found


def codes_of(articles: Sequence[Continuum]) -> list[str]:
    """Return every code in use, in the order of their names."""
    return sorted(
        {code for each in articles for units in each.coders.values() for _start, _end, code in units}
    )


def only(articles: Sequence[Continuum], code: str) -> list[Continuum]:
    """Return the articles with the units of one code alone: that code against everything else."""
    return [
        Continuum(
            each.length, {coder: [u for u in units if u[2] == code] for coder, units in each.coders.items()}
        )
        for each in articles
    ]


def runs_of(article: Continuum, codes: Mapping[str, int]) -> Runs:
    """Cut an article into runs; `codes` numbers the codes. Takes time in proportion to the boundaries."""
    coded: list[list[Unit]] = []
    merged = 0
    for units in article.coders.values():
        joined = _joined(units)
        merged += len(units) - len(joined)
        coded.append(joined)
    edges = {0, article.length}
    for units in coded:
        edges.update([unit[0] for unit in units], [unit[1] for unit in units])
    places = sorted(edges)
    at = {place: number for number, place in enumerate(places)}
    lengths = [after - before for before, after in pairwise(places)]
    laid = [[(at[start], at[end], codes[code]) for start, end, code in units] for units in coded]
    exclusive = all(before[1] <= after[0] for units in laid for before, after in pairwise(units))
    return Runs(lengths, [_row(units, len(lengths)) for units in laid], laid, merged, exclusive)


def _joined(units: Sequence[Unit]) -> list[Unit]:
    """Return units in order, those of one code that share a character made one; neighbours stay apart."""
    ordered = sorted(units)
    if all(before[1] <= after[0] for before, after in pairwise(ordered)):
        return ordered
    joined: list[Unit] = []
    last: dict[str, int] = {}
    for start, end, code in ordered:
        known = last.get(code)
        if known is not None and joined[known][1] > start:
            joined[known] = (joined[known][0], max(end, joined[known][1]), code)
        else:
            last[code] = len(joined)
            joined.append((start, end, code))
    return joined


def _row(units: Sequence[tuple[int, int, int]], length: int) -> list[int]:
    row = [0] * length
    for first, after, code in units:
        bit = 1 << code
        for run in range(first, after):
            row[run] |= bit
    return row
