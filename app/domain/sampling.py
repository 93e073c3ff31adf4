"""Samples of articles: drawn by chance, but the same for everybody who has the texts and the seed.

Every article gets a number that nobody can foresee and everybody can compute: the SHA-256 of the seed and the hash
of its text. Those with the smallest numbers are drawn. So a sample depends on neither the order of rows, nor the
ids of one laptop, nor the version of Python; and a larger sample with the same seed holds the smaller
one, except where groups are drawn in proportion: their shares are rounded anew for every size.
These are the permanent random numbers of Ohlsson (1995), “Coordination of samples using permanent random numbers”,
in Cox et al. (eds.), Business Survey Methods, Wiley, 153-169.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from pydantic import Field

from app.domain.counting import counted
from app.domain.errors import UserError
from app.domain.ids import ArticleId, SampleId
from app.domain.values import Value

LARGEST_SEED = 2**53 - 1
"""The largest whole number that every program that reads JSON keeps exactly."""

NO_VALUE = "(none)"
"""The stratum of articles that lack what they are grouped by."""


class Share(StrEnum):
    """How a sample is shared out among its strata."""

    PROPORTIONAL = "proportional"
    EQUAL = "equal"


class Stratum(Value):
    """One group of a sample: how many articles it has, and how many of them were drawn."""

    name: str
    size: int = Field(ge=0)
    drawn: int = Field(ge=0)


class Sample(Value):
    """Articles that were drawn, and everything that it takes to draw them again.

    `population` counts the articles that could be drawn, `drawn_from` says in words which those were; `stratify`
    names what they were grouped by, empty for a simple random sample. `articles` stay listed in the order in which
    they were drawn, also when one of them is removed from the project later.
    """

    id: SampleId
    name: str = Field(min_length=1, max_length=200)
    created_at: str
    seed: int = Field(ge=0, le=LARGEST_SEED)
    stratify: str = ""
    share: Share = Share.PROPORTIONAL
    population: int = Field(ge=0)
    drawn_from: str = ""
    strata: tuple[Stratum, ...] = ()
    articles: tuple[ArticleId, ...]

    def rule(self) -> str:
        """Say how it was drawn."""
        how = f"{self.share.value} by {self.stratify}" if self.stratify else "simple random"
        return f"{len(self.articles):,} of {self.population:,}, {how}, seed {self.seed}"


class Candidate(NamedTuple):
    """An article that may be drawn, with the hash of its text and the stratum that it belongs to."""

    id: ArticleId
    sha256: str
    stratum: str = ""


class Drawn(NamedTuple):
    """What was drawn, in the order of chance, and the strata by name."""

    articles: tuple[ArticleId, ...]
    strata: tuple[Stratum, ...]


def chance(seed: int, text_hash: str) -> str:
    """Return the number of a text under a seed, as 64 hexadecimal digits, which sort as numbers do."""
    return sha256(f"{seed}:{text_hash}".encode()).hexdigest()


def shuffled(candidates: Sequence[Candidate], seed: int) -> list[ArticleId]:
    """Return the articles in the order of chance; of two with one text the one whose id is smaller comes first."""
    return [each.id for each in sorted(candidates, key=lambda each: (chance(seed, each.sha256), each.id))]


def draw(candidates: Sequence[Candidate], size: int, seed: int, share: Share) -> Drawn:
    """Draw `size` articles, from every stratum its share; UserError if there are not so many.

    Proportional shares are rounded by largest remainders, ties in the order of names. Equal shares give what small
    strata cannot fill to the others.
    """
    if size < 1:
        raise UserError("A sample has at least one article.")
    if size > len(candidates):
        raise UserError(
            f"A sample of {size:,} cannot be drawn from {counted(len(candidates), 'article')}. "
            "Draw fewer, or loosen the filter."
        )
    groups: defaultdict[str, list[Candidate]] = defaultdict(list)
    for each in candidates:
        groups[each.stratum].append(each)
    sizes = {name: len(groups[name]) for name in sorted(groups)}
    shares = equal_shares(sizes, size) if share is Share.EQUAL else proportional_shares(sizes, size)
    places = {each.id: (chance(seed, each.sha256), each.id) for each in candidates}
    chosen = [
        article_id for name, count in shares.items() for article_id in shuffled(groups[name], seed)[:count]
    ]
    strata = tuple(Stratum(name=name, size=sizes[name], drawn=shares[name]) for name in sizes)
    return Drawn(tuple(sorted(chosen, key=places.__getitem__)), strata)


def proportional_shares(sizes: Mapping[str, int], size: int) -> dict[str, int]:
    """Share `size` out in proportion to `sizes`; what rounding leaves goes to the largest remainders."""
    total = sum(sizes.values())
    shares = {name: size * count // total for name, count in sizes.items()}
    left = size - sum(shares.values())
    by_remainder = sorted(sizes, key=lambda name: (-(size * sizes[name] % total), name))
    for name in by_remainder[:left]:
        shares[name] += 1
    return shares


def equal_shares(sizes: Mapping[str, int], size: int) -> dict[str, int]:
    """Share `size` out equally; strata that have fewer give all they have, and the others fill up.

    What cannot be divided goes to the first by name.
    """
    shares = dict.fromkeys(sizes, 0)
    left = size
    while left:
        open_strata = [name for name in sorted(sizes) if shares[name] < sizes[name]]
        each = max(1, left // len(open_strata))
        for name in open_strata:
            more = min(each, sizes[name] - shares[name], left)
            shares[name] += more
            left -= more
    return shares
