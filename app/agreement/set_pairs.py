"""Krippendorff's alpha over pairs of sets, of which most occur in one article only, as what is linked does.

Alpha over all values takes every pair of them, which is too many where every target is a value of its own. What two
articles do not share comes together only within an article, however often that is drawn; so a round of the bootstrap
needs how often each article was drawn and, one by one, only the sets that articles share.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from app.agreement.distances import masi
from app.agreement.figures import NO_VARIATION, NOBODY_TWICE, Figure, chance_corrected

Held = frozenset[str]
Couple = tuple[Held, Held]


class _Near(NamedTuple):
    """Two values that are not wholly different, by their places, and 1 - δ."""

    one: int
    other: int
    close: float


class SetPairs:
    """Sums for alpha with the MASI distance: one row of integers for each article.

    Definition: alpha = 1 - (n - 1) · Σ o_ck δ_ck / Σ n_c n_k δ_ck, as in `coincidences.Alpha`, with δ not squared.
    Σ n_c n_k δ_ck = n² - Σ n_c n_k (1 - δ_ck), in which disjoint sets play no part. A row has the pairs at each
    distance that occurs, then 1 at the article's own place, then how often each set was used that articles share.
    """

    def __init__(self, articles: Sequence[Sequence[Couple]]) -> None:
        used = [Counter(each for couple in couples for each in couple) for couples in articles]
        home: dict[Held, int] = {}
        for number, counts in enumerate(used):
            for each in counts:
                home[each] = number if home.get(each, number) == number else -1
        self._inside = [0.0] * len(articles)
        wide = {each for each, number in home.items() if number < 0}
        across: list[Couple] = []
        for one, other in _touching(home):
            if home[one] == home[other] >= 0:
                counts = used[home[one]]
                self._inside[home[one]] += 2 * counts[one] * counts[other] * (1 - masi(one, other))
            else:
                across.append((one, other))
                wide |= {one, other}
        for each, number in home.items():
            if number >= 0 and each not in wide:
                self._inside[number] += used[number][each] ** 2
        shared = sorted(wide, key=sorted)
        places = {each: place for place, each in enumerate(shared)}
        self._near = [_Near(places[one], places[other], 1 - masi(one, other)) for one, other in across]
        apart = [Counter(masi(*couple) for couple in couples) for couples in articles]
        self._distances = sorted(set[float]().union(*apart))
        self.rows = [
            [
                *(found[distance] for distance in self._distances),
                *(int(place == number) for place in range(len(articles))),
                *(counts[each] for each in shared),
            ]
            for number, (found, counts) in enumerate(zip(apart, used, strict=True))
        ]

    def alpha(self, total: Sequence[int]) -> Figure:
        """Return alpha for added rows; undefined without pairs, and where all sets are the same."""
        middle = len(self._distances)
        end = middle + len(self._inside)
        counts, drawn, margins = total[:middle], total[middle:end], total[end:]
        values = 2 * sum(counts)
        if not values:
            return Figure(None, NOBODY_TWICE)
        observed = 2 * sum(count * far for count, far in zip(counts, self._distances, strict=True))
        alike = sum(times * times * close for times, close in zip(drawn, self._inside, strict=True))
        alike += sum(count * count for count in margins)
        alike += 2 * sum(margins[one] * margins[other] * close for one, other, close in self._near)
        scale = float(values * values)
        return chance_corrected((values - 1) * observed, scale - alike, NO_VARIATION, scale=scale)


def _touching(sets: Iterable[Held]) -> Iterable[Couple]:
    """Return every two different sets that share a member, once each, in an order that does not depend on chance."""
    holding: defaultdict[str, list[Held]] = defaultdict(list)
    for each in sets:
        for member in sorted(each):
            holding[member].append(each)
    return dict.fromkeys(couple for several in holding.values() for couple in combinations(several, 2))
