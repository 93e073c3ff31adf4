"""Finding words in every article of a project, in a thread that has the file open for itself.

Reads article by article, so that whoever writes to the file meanwhile never waits long.
"""

from collections.abc import Callable, Container, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from app import __version__
from app.domain.ids import ArticleId, CodeId, CoderId
from app.domain.progress import Progress
from app.domain.reviews import ReviewState
from app.domain.searching import Context, Query, Searcher, context
from app.storage.annotations import Annotations
from app.storage.project_file import ProjectFile

MOST_HITS = 1_000
"""Hits after which looking on would help nobody."""


class Hit(NamedTuple):
    """One place that was found: a range of code points of an article, with the words around it."""

    article_id: ArticleId
    title: str
    start: int
    end: int
    context: Context


class Place(NamedTuple):
    """Where occurrences are looked for and what is not wanted: what this coder has coded so already.

    `article_id` is the only article to look in; without it, all are looked at that this coder has not marked done.
    """

    article_id: ArticleId | None
    coder_id: CoderId
    code_id: CodeId


class Findings(NamedTuple):
    """What a search came to. `skipped` counts what is coded already; `complete` is false if it stopped early."""

    hits: int
    articles: int
    skipped: int
    complete: bool


def find_everywhere(path: Path, query: Query, found: Callable[[Hit], None], progress: Progress) -> Findings:
    """Tell `found` of every hit in every article, in the coder's order, up to `MOST_HITS`."""
    with _reading(path) as file:
        return _search(file, file.articles.hashes(), query, None, found, progress)


def find_occurrences(
    path: Path, query: Query, place: Place, found: Callable[[Hit], None], progress: Progress
) -> Findings:
    """Tell `found` of every hit that may still be coded, up to `MOST_HITS`; articles marked done hold none."""
    with _reading(path) as file:
        done = {line.id for line in file.articles.lines(place.coder_id) if line.state is ReviewState.DONE}
        articles = [
            each
            for each in file.articles.hashes()
            if each[0] not in done and place.article_id in (None, each[0])
        ]
        return _search(file, articles, query, place, found, progress)


def _search(
    file: ProjectFile,
    articles: list[tuple[ArticleId, str, str]],
    query: Query,
    place: Place | None,
    found: Callable[[Hit], None],
    progress: Progress,
) -> Findings:
    searcher = Searcher(query)
    hits, skipped, with_hits = 0, 0, 0
    for number, (article_id, title, sha256) in enumerate(articles):
        progress(number, len(articles))
        text = file.articles.text(sha256)
        coded: Container[tuple[int, int]] | None = None
        any_here = False
        for start, end in searcher.find(text):
            progress(number, len(articles))
            if place is not None and coded is None:
                coded = _coded(file.annotations, article_id, place)
            if coded is not None and (start, end) in coded:
                skipped += 1
                continue
            if hits == MOST_HITS:
                return Findings(hits, with_hits, skipped, complete=False)
            hits += 1
            with_hits += not any_here
            any_here = True
            found(Hit(article_id, title, start, end, context(text, start, end)))
    return Findings(hits, with_hits, skipped, complete=True)


def _coded(annotations: Annotations, article_id: ArticleId, place: Place) -> set[tuple[int, int]]:
    """Return the ranges that the coder has coded so already, each with an annotation of one fragment."""
    mine = [
        each
        for each in annotations.passages(article_id)
        if each.coder_id == place.coder_id and each.code_id == place.code_id
    ]
    fragments: dict[str, int] = {}
    for each in mine:
        fragments[each.annotation_id] = fragments.get(each.annotation_id, 0) + 1
    return {(each.start, each.end) for each in mine if fragments[each.annotation_id] == 1}


@contextmanager
def _reading(path: Path) -> Generator[ProjectFile]:
    file = ProjectFile.open(path, program=__version__, read_only=True)
    try:
        yield file
    finally:
        file.close()
