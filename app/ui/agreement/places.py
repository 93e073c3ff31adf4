"""A place to which the page leads."""

from typing import NamedTuple

from app.domain.ids import ArticleId, CoderId


class Place(NamedTuple):
    """A place of an article in code points, and whose work is to be seen there; 0 to 0 is the whole article."""

    article_id: ArticleId
    start: int
    end: int
    coders: tuple[CoderId, ...]
