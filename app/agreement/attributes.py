"""Agreement on what was answered about spans, and on what they link to, given that coders marked the same.

Two views of an attribute: on matched spans every span counts once, however long; by cu-alpha (answers for codes
in `unitizing.UnitSums`) all coders are compared at once and each shared character counts. They differ where long
spans are easier to judge.
"""

from collections.abc import Hashable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from app.agreement.continua import Unit
from app.agreement.distances import Metric
from app.agreement.figures import NOBODY_MARKED, Figure, ratio
from app.agreement.matching import matched
from app.agreement.ratings import RatingSums
from app.agreement.set_pairs import Couple, SetPairs

NAMED = "name "
"""Begins a target that is a name, not a span."""

NOTHING_MATCHED = "no span of one coder matches one of another"


class Answered(NamedTuple):
    """A span with what was answered on it: text or number, a set for several choices; None where nothing was."""

    unit: Unit
    value: Hashable | None


_NOTHING: frozenset[str] = frozenset()


class Linked(NamedTuple):
    """A span, such as a claim, with what it links to: spans of the same coder, and names of anything else.

    `names` holds entities, or words such as “not in this text”, which are the same for every coder.
    """

    unit: Unit
    targets: Sequence[Unit]
    names: frozenset[str] = _NOTHING

    @property
    def links(self) -> bool:
        """Whether it links to anything."""
        return bool(self.targets or self.names)


class OnMatched(NamedTuple):
    """Answers on matched spans: `sums` gives alpha and the others, `rows` pairs and spans of each article.

    A row is (twice the matched pairs, spans of both coders), over all pairs of coders.
    """

    sums: RatingSums
    rows: list[list[int]]

    def total(self) -> list[int]:
        """Return pairs and spans over all articles."""
        return [sum(row[at] for row in self.rows) for at in (0, 1)]

    def share(self, total: Sequence[int]) -> Figure:
        """Return the share of spans that were matched, 0 to 1."""
        return ratio(total[0], total[1], NOBODY_MARKED)


Matches = Mapping[tuple[str, str], Sequence[tuple[int, int]]]
"""For every two coders of an article the best pairs of their spans, by their places in either list."""


def matches_of(article: Mapping[str, Sequence[Unit]], same_code: bool = True) -> Matches:
    """Match the spans of every two coders of one article; several questions on the same spans can share this."""
    return {
        (one, other): matched(article[one], article[other], same_code)
        for one, other in combinations(sorted(article), 2)
    }


def on_matched(
    articles: Sequence[Mapping[str, Sequence[Answered]]],
    metric: Metric,
    same_code: bool = True,
    matches: Sequence[Matches] | None = None,
) -> OnMatched:
    """Match the spans of every two coders and lay their answers side by side; one mapping of coders for each article.

    Every matched pair is a unit with two values, so alpha adds coincidences over pairs of coders and articles and is
    worked out once. Pairs where one coder gave no answer count as matched, but not for alpha. `matches` saves matching
    again what was matched before.
    """
    if matches is None:
        matches = [matches_of(units_of(article), same_code) for article in articles]
    pairs: list[list[Sequence[Hashable | None]]] = []
    rows: list[list[int]] = []
    for article, found in zip(articles, matches, strict=True):
        values: list[Sequence[Hashable | None]] = []
        row = [0, 0]
        for (one, other), places in found.items():
            ones, others = article[one], article[other]
            given = [(ones[first].value, others[second].value) for first, second in places]
            values += [pair for pair in given if None not in pair]
            row = [row[0] + 2 * len(places), row[1] + len(ones) + len(others)]
        pairs.append(values)
        rows.append(row)
    return OnMatched(RatingSums(pairs, metric), rows)


def units_of(article: Mapping[str, Sequence[Answered | Linked]]) -> dict[str, list[Unit]]:
    """Return the spans of every coder without what was said about them."""
    return {coder: [each.unit for each in spans] for coder, spans in article.items()}


class LinkSums(NamedTuple):
    """Links of matched spans, added over pairs of coders, one row for each article.

    A row is (matched spans, those with the same targets, links of both to the same, links of both). `sums` has the sets
    of targets side by side, for alpha with MASI.
    """

    rows: list[list[int]]
    sums: SetPairs

    def total(self) -> list[int]:
        """Return the sums over all articles."""
        return [sum(row[at] for row in self.rows) for at in range(4)]

    def same(self, total: Sequence[int]) -> Figure:
        """Return the share of matched spans that link to the same, nothing linked by both included; 0 to 1."""
        return ratio(total[1], total[0], NOTHING_MATCHED)

    def f1(self, total: Sequence[int]) -> Figure:
        """Return 2 · links to the same / all links on matched spans; undefined if there are none."""
        return ratio(2 * total[2], total[3], "no matched span links to anything")


def link_sums(
    articles: Sequence[Mapping[str, Sequence[Linked]]],
    same_code: bool = True,
    matches: Sequence[Matches] | None = None,
) -> LinkSums:
    """Compare who is linked, given matched spans: claims first, then the actors that they name.

    Two coders link to the same if the spans that they link to are matched, as claims are, or the names are equal. A
    target with no match is its coder's own. After the usual scoring of relations: agreement on the ends comes first.
    """
    if matches is None:
        matches = [matches_of(units_of(article), same_code) for article in articles]
    rows: list[list[int]] = []
    pairs: list[list[Couple]] = []
    for number, (article, found) in enumerate(zip(articles, matches, strict=True)):
        row = [0, 0, 0, 0]
        sets: list[Couple] = []
        for (one, other), places in found.items():
            where = f"{number} {one} {other}"
            ones, others = article[one], article[other]
            linking = [each for each in places if ones[each[0]].links or others[each[1]].links]
            neither = len(places) - len(linking)
            row = [row[0] + neither, row[1] + neither, *row[2:]]
            sets += [(_NOTHING, _NOTHING)] * neither
            for pair in linked_pairs(ones, others, linking, where, same_code):
                shared = len(pair.first & pair.second)
                added = (1, int(pair.first == pair.second), shared, len(pair.first) + len(pair.second))
                row = [before + more for before, more in zip(row, added, strict=True)]
                sets.append((pair.first, pair.second))
        rows.append(row)
        pairs.append(sets)
    return LinkSums(rows or [[0] * 4], SetPairs(pairs))


class LinkedPair(NamedTuple):
    """Two matched spans by their places in the lists of either coder, and what each links to under shared names."""

    one: int
    other: int
    first: frozenset[str]
    second: frozenset[str]


def linked_pairs(
    ones: Sequence[Linked],
    others: Sequence[Linked],
    places: Sequence[tuple[int, int]],
    where: str = "",
    same_code: bool = True,
) -> list[LinkedPair]:
    """Give what two coders' matched spans link to names that both share; `where` sets them apart from others."""
    first = sorted({target for each in ones for target in each.targets})
    second = sorted({target for each in others for target in each.targets})
    both = matched(first, second, same_code)
    known = {first[place]: f"{where} {at}" for at, (place, _other) in enumerate(both)}
    theirs = {second[place]: f"{where} {at}" for at, (_one, place) in enumerate(both)}
    return [
        LinkedPair(
            one,
            other,
            _named(ones[one], known, f"{where} 1"),
            _named(others[other], theirs, f"{where} 2"),
        )
        for one, other in places
    ]


def _named(each: Linked, known: Mapping[Unit, str], own: str) -> frozenset[str]:
    targets = {known.get(target, f"{own} {target}") for target in each.targets}
    return frozenset(targets | {f"{NAMED}{name}" for name in each.names})
