"""The table of all articles and the search by words, each for a thread of its own beside an open project."""

import csv
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from pathlib import Path
from threading import Lock

from app.domain.catalogue import ArticleFilter, ArticleRow, Listing, Sorting, cell, extra_key
from app.domain.codebook import Codebook
from app.domain.errors import UserError
from app.domain.full_text import wanted
from app.domain.ids import ArticleId, CodeId, CoderId
from app.domain.progress import Progress
from app.domain.searching import context
from app.project.finding import MOST_HITS, Findings, Hit
from app.storage.catalogue import Catalogue
from app.storage.full_text import TextIndex

HITS_OF_ONE = 5
"""Hits of one article after which the next article is told of."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class ArticleTable:
    """Narrows and orders the articles of one project. Made and told of changes anywhere, asked in one thread."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._catalogue: Catalogue | None = None
        self._stale: set[ArticleId] = set()
        self._lock = Lock()

    def note(self, article_ids: Iterable[ArticleId]) -> None:
        """Say which articles came, went or were changed; they are read anew before the next answer."""
        with self._lock:
            self._stale.update(article_ids)

    def listing(
        self,
        asked: ArticleFilter,
        codes: Sequence[CodeId],
        sorting: Sorting,
        coder_id: CoderId,
        progress: Progress,
    ) -> Listing:
        """Return the articles that are let through, in order; the first time, all are read.

        `codes` are the code of the filter and its sub-codes, `coder_id` whose states rows are put in order by.
        """
        with self._lock:
            stale, self._stale = self._stale, set()
        try:
            if self._catalogue is None:
                self._catalogue = Catalogue(self._path)
            if stale:
                self._catalogue.renew(sorted(stale))
            self._catalogue.fill(progress)
            return self._catalogue.select(asked, codes, sorting, coder_id, progress)
        except BaseException:
            self.note(stale)
            raise

    def close(self) -> None:
        """Forget everything; nobody may be asking."""
        if self._catalogue is not None:
            self._catalogue.close()
            self._catalogue = None


class TextSearch:
    """Finds words in the texts of one project, the best articles first. Asked in one thread.

    `read` says of how many texts how many were read, while that is going on.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._index: TextIndex | None = None
        self._stale = True
        self.read: tuple[int, int] | None = None

    def note(self) -> None:
        """Say that articles came or went; texts that are new are read before the next answer."""
        self._stale = True

    def look(
        self,
        typed: str,
        only: Container[ArticleId] | None,
        found: Callable[[Hit], None],
        progress: Progress,
        *,
        every_hit: bool = False,
    ) -> Findings:
        """Tell `found` of the hits of the best articles first, at most `HITS_OF_ONE` of each and `MOST_HITS` in all.

        `only` are the articles to look in; `every_hit` takes both limits away. Texts that came since the last time
        are read first. UserError if nothing is looked for.
        """
        asked = wanted(typed)
        index = self._filled(progress)
        hits = articles = skipped = 0
        for match in index.best(asked, progress):
            progress(min(hits, MOST_HITS), MOST_HITS)
            if only is not None and match.article_id not in only:
                continue
            if hits >= MOST_HITS and not every_hit:
                return Findings(hits, articles, skipped, complete=False)
            articles += 1
            told = match.ranges if every_hit else match.ranges[:HITS_OF_ONE]
            for start, end in told:
                hits += 1
                found(Hit(match.article_id, match.title, start, end, context(match.text, start, end)))
            skipped += len(match.ranges) - len(told)
        return Findings(hits, articles, skipped, complete=True)

    def close(self) -> None:
        """Forget everything; nobody may be asking."""
        if self._index is not None:
            self._index.close()
            self._index = None

    def _filled(self, progress: Progress) -> TextIndex:
        if self._index is None:
            self._index = TextIndex(self._path)
        if not self._stale:
            return self._index

        def heard(done: int, total: int) -> None:
            self.read = done, total
            progress(done, total)

        self._stale = False
        try:
            self._index.fill(heard)
        except BaseException:
            self._stale = True
            raise
        finally:
            self.read = None
        return self._index


def with_sub_codes(codebook: Codebook, code_id: CodeId | None) -> tuple[CodeId, ...]:
    """Return a code and all below it; nothing for None."""
    return tuple(
        code.id for code in codebook.codes if code_id in {each.id for each in codebook.path(code.id)}
    )


def csv_lines(
    columns: Sequence[str], rows: Iterable[tuple[ArticleRow, int]], *, guard: bool = False
) -> Iterator[str]:
    """Yield a table of articles as RFC 4180 has it, with LF and a header; rows come with their place.

    `guard` puts an apostrophe before what a spreadsheet would run as a formula.
    """
    taken = _Taken()
    # Python 3.11 quotes a carriage return in a cell only where it is part of the line end.
    writer = csv.writer(taken, lineterminator="\r\n")
    writer.writerow(["article_id", *(extra_key(column) or column for column in columns)])
    yield taken.line
    for row, place in rows:
        cells = [cell(row, column, place) for column in columns]
        if guard:
            cells = [f"'{each}" if each.startswith(_FORMULA) else each for each in cells]
        writer.writerow([row.id, *cells])
        yield taken.line


def write_table(target: Path, lines: Iterable[str]) -> None:
    """Write lines to a file, which appears when it is whole; UserError if the disk refuses."""
    partial = target.with_name(target.name + ".part")
    try:
        try:
            with partial.open("w", encoding="utf-8", newline="") as file:
                file.writelines(lines)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise UserError(f"{target} cannot be written: {error.strerror or error}.") from error


class _Taken:
    """Takes the last row of a writer, with LF at its end."""

    line = ""

    def write(self, row: str) -> int:
        """Take one whole row."""
        self.line = row.removesuffix("\r\n") + "\n"
        return len(row)
