"""The order in which coders see the articles."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from pydantic import Field

from app.domain.dates import is_date
from app.domain.ids import ArticleId
from app.domain.sampling import LARGEST_SEED, Candidate, shuffled
from app.domain.values import Value


class OrderKind(StrEnum):
    """What the order follows."""

    IMPORTED = "imported"
    DATE = "date"
    SHUFFLED = "shuffled"


class Ordering(Value):
    """The order that was chosen last. `arrived` are the articles of that time in the order of their import.

    `seed` belongs to the shuffled order and is 0 otherwise.
    """

    kind: OrderKind
    seed: int = Field(default=0, ge=0, le=LARGEST_SEED)
    arrived: tuple[ArticleId, ...]


class Placed(NamedTuple):
    """An article with what its place may depend on."""

    id: ArticleId
    sha256: str
    date: str


def arrivals(before: Sequence[ArticleId], now: Sequence[ArticleId]) -> tuple[ArticleId, ...]:
    """Return the articles in the order of their import, as was noted `before`, then those that came since.

    `now` are the articles in the coder's order, in which those that came since stand last and as they came.
    """
    noted = set(before)
    return (*before, *(each for each in now if each not in noted))


def arranged(
    articles: Sequence[Placed], kind: OrderKind, seed: int, arrived: Sequence[ArticleId]
) -> list[ArticleId]:
    """Return the ids in the order that is wanted; by date, what has none comes last.

    Articles of one date stay in the order of their import. The shuffled order is that in which a sample with the
    same seed is drawn, so it is the same with every version of Python.
    """
    places = {article_id: place for place, article_id in enumerate(arrived)}
    as_imported = sorted(articles, key=lambda each: (places.get(each.id, len(places)), each.id))
    if kind is OrderKind.SHUFFLED:
        return shuffled([Candidate(each.id, each.sha256) for each in articles], seed)
    if kind is OrderKind.DATE:
        as_imported.sort(key=lambda each: (not is_date(each.date), each.date if is_date(each.date) else ""))
    return [each.id for each in as_imported]
