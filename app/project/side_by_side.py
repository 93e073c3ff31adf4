"""What every coder did in one article, read for a comparison in a thread that has the file open for itself."""

from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from app import __version__
from app.domain.coders import Coder
from app.domain.comparing import CodedSpan
from app.domain.errors import UserError
from app.domain.ids import ArticleId, CoderId
from app.domain.progress import Progress
from app.domain.reviews import ReviewState
from app.project.coded_spans import fits, fragments_of, read_said, span_of
from app.storage.project_file import ProjectFile


class Side(NamedTuple):
    """One coder's own work on one article. `spans` are those that fit the text, in text order."""

    coder: Coder
    state: ReviewState
    spans: tuple[CodedSpan, ...]


class SideReader:
    """Reads articles of one project. Made anywhere, asked in one thread at a time.

    The file stays open between questions: opening examines all of it, which keeps others from writing meanwhile.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: ProjectFile | None = None

    def read(self, article_id: ArticleId, progress: Progress) -> tuple[Side, ...]:
        """Return everybody's independent work on an article, by name; UserError if the article is gone.

        Annotations whose quote is not what the text says are left out, as are those that were agreed on.
        """
        if self._file is None:
            self._file = ProjectFile.open(self._path, program=__version__, read_only=True)
        file = self._file
        article = file.articles.get(article_id)
        if article is None:
            raise UserError("This article is no longer in the project.")
        progress(0, 2)
        spans = _spans(file, article_id, file.articles.text(article.sha256))
        progress(1, 2)
        return tuple(
            Side(coder, file.reviews.get(article_id, coder.id).state, tuple(spans[coder.id]))
            for coder in file.coders
        )

    def close(self) -> None:
        """Let go of the file; nobody may be asking."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _spans(file: ProjectFile, article_id: ArticleId, text: str) -> defaultdict[CoderId, list[CodedSpan]]:
    said = read_said(file, article_id)
    spans: defaultdict[CoderId, list[CodedSpan]] = defaultdict(list)
    for each in file.comparisons.marked(article_id):
        if fits(each, text):
            spans[each.coder_id].append(span_of(each, said, fragments_of(each)))
    return spans
