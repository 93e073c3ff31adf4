"""Versions of the codebook, and what a change of it leaves to be looked at again."""

from collections.abc import Iterable
from typing import NamedTuple

from app.domain.ids import AnnotationId, ArticleId, CodeId, CoderId


class Version(NamedTuple):
    """One published version: its number, when and by whom it was published, and what was said of it.

    The coder is empty where nobody was at work.
    """

    number: int
    at: str
    coder_id: CoderId
    note: str


class Recheck(NamedTuple):
    """An annotation that was made under an older version, in which its code was another than now.

    `version` is the one it was made under; `against` is the one kept that tells what its code was then.
    """

    annotation_id: AnnotationId
    article_id: ArticleId
    title: str
    code_id: CodeId
    version: int
    against: int


def standing_for(number: int, kept: Iterable[int]) -> int | None:
    """Return the version that tells what the codebook was under `number`: itself, or the first one kept later.

    None if none is kept from there on. Projects are older than the keeping of versions.
    """
    return min((each for each in kept if each >= number), default=None)
