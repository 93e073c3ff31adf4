"""The same story printed twice: new articles that are much like one another or like one in the project.

Works in a thread that has the file open for itself.
"""

from collections.abc import Callable, Container, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from app import __version__
from app.domain.articles import Draft, title_from
from app.domain.progress import Progress, unheard
from app.domain.similarity import Alikeness, Shingler, Sketches, alikeness, is_near
from app.storage.project_file import ProjectFile

_KEPT = 200
"""Texts of which the shingles are kept, for the comparisons that follow."""


class Near(NamedTuple):
    """A new article that is much like one before it.

    `number` and `other` count the new articles from 0; where the other one is in the project, `other` is -1 and
    `sha256` is the hash of its text.
    """

    number: int
    title: str
    other: int
    other_title: str
    sha256: str
    found: Alikeness

    def in_words(self) -> str:
        """Return the pair in words, for the report."""
        where = "in the project" if self.other < 0 else "in this import"
        more = f", and holds {int(self.found.contained * 100)} % of the shorter one"
        contained = more if self.found.contained - self.found.share > 0.1 else ""
        return f"“{self.title}” is {self.found.percent} % alike to “{self.other_title}” {where}{contained}"


class _Known(NamedTuple):
    title: str
    sha256: str


def find_near(drafts: Sequence[Draft], path: Path | None, progress: Progress = unheard) -> tuple[Near, ...]:
    """Return, for every new article, those before it that it is much like, the most alike first.

    `path` is the project, whose articles count as before; None compares only the new ones.
    """
    if path is None:
        return _compare(drafts, (), lambda _sha256: "", progress)
    file = ProjectFile.open(path, program=__version__, read_only=True)
    try:
        known = [_Known(title, sha256) for _id, title, sha256 in file.articles.hashes()]
        return _compare(drafts, known, file.articles.text, progress)
    finally:
        file.close()


def text_in_project(path: Path, sha256: str) -> str:
    """Return the text with a hash, for showing it beside a new one; reads the file for itself."""
    file = ProjectFile.open(path, program=__version__, read_only=True)
    try:
        return file.articles.text(sha256)
    finally:
        file.close()


def _compare(
    drafts: Sequence[Draft], known: Sequence[_Known], text_of: Callable[[str], str], progress: Progress
) -> tuple[Near, ...]:
    """Number all texts, those of the project first; sketch them, then measure the likely pairs."""
    before, total = len(known), len(known) + len(drafts)
    shingler, sketches = Shingler(), Sketches()

    @lru_cache(maxsize=_KEPT)
    def shingles(number: int) -> frozenset[int]:
        text = drafts[number - before].text if number >= before else text_of(known[number].sha256)
        return shingler.shingles(text)

    pairs: list[Near] = []
    told: dict[int, int] = {}
    for number in range(total):
        progress(number, total)
        own = shingles(number)
        likely = sketches.meet(number, own)
        if number < before:
            continue
        near: list[Near] = []
        # Of a story that came before it is most like some copy; the first of them counts when copies are left out.
        for other in dict.fromkeys((*likely, *(told[each] for each in likely if each in told))):
            progress(number, total)
            found = alikeness(own, shingles(other))
            if is_near(found, own, shingles(other)):
                near.append(_pair(drafts, known, number - before, other - before, found))
                if other not in told:
                    told.setdefault(number, other)
        pairs.extend(sorted(near, key=lambda each: (-each.found.share, -each.found.contained, each.other)))
    progress(total, total)
    return tuple(pairs)


def _pair(
    drafts: Sequence[Draft], known: Sequence[_Known], number: int, other: int, found: Alikeness
) -> Near:
    """Make a pair; `other` counts backwards into what is known where it is negative."""
    title = _title(drafts[number])
    if other >= 0:
        return Near(number, title, other, _title(drafts[other]), "", found)
    there = known[other]
    return Near(number, title, -1, there.title, there.sha256, found)


def _title(draft: Draft) -> str:
    return draft.title or title_from(draft.text)


def to_leave_out(pairs: Sequence[Near]) -> dict[int, Near]:
    """Return the new articles that can be left out so that of each story one stays, with what each is like.

    What is only like an article that is left out itself stays.
    """
    left_out: dict[int, Near] = {}
    for pair in pairs:
        if pair.number not in left_out and pair.other not in left_out:
            left_out[pair.number] = pair
    return left_out


def reasons(pairs: Sequence[Near], left_out: Container[int]) -> dict[int, Near]:
    """Return for every article that is much like another the pair to be told: with one that stays, if there is one.

    Of two copies that are left out, neither is the reason for the other.
    """
    found: dict[int, Near] = {}
    for pair in pairs:
        before = found.setdefault(pair.number, pair)
        if before.other in left_out and pair.other not in left_out:
            found[pair.number] = pair
    return found
