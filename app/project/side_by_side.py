"""What every coder did in one article, read for a comparison in a thread that has the file open for itself."""

from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

from app import __version__
from app.domain.answers import NOT_IN_TEXT
from app.domain.coders import Coder
from app.domain.comparing import CodedSpan, Given, LinkedTo
from app.domain.errors import UserError
from app.domain.ids import AnnotationId, ArticleId, AttributeId, CoderId
from app.domain.progress import Progress
from app.domain.reviews import ReviewState
from app.project.comparison import given
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
    answers: defaultdict[AnnotationId, dict[AttributeId, Given]] = defaultdict(dict)
    for annotation_id, attribute_id, value in file.comparisons.answers(article_id):
        answers[annotation_id][attribute_id] = given(value)
    links = _links(file, article_id)
    spans: defaultdict[CoderId, list[CodedSpan]] = defaultdict(list)
    for each in file.comparisons.marked(article_id):
        if all(text[start:end] == quote for start, end, quote in each.fragments):
            places = tuple((start, end) for start, end, _quote in each.fragments)
            quote = " … ".join(quote for _start, _end, quote in each.fragments)
            spans[each.coder_id].append(
                CodedSpan(each.id, each.code_id, places, places, quote, answers[each.id], links[each.id])
            )
    return spans


def _links(
    file: ProjectFile, article_id: ArticleId
) -> defaultdict[AnnotationId, dict[AttributeId, LinkedTo]]:
    register = list(file.entities)
    times = Counter(each.name for each in register)
    names = {
        each.id: each.name if times[each.name] == 1 else f"{each.name} ({each.id[-8:]})" for each in register
    }
    links: defaultdict[AnnotationId, dict[AttributeId, LinkedTo]] = defaultdict(dict)
    for each in file.comparisons.links(article_id):
        known = links[each.annotation_id].get(each.attribute_id, LinkedTo((), frozenset()))
        if each.to_annotation is not None:
            known = known._replace(annotations=(*known.annotations, each.to_annotation))
        else:
            name = NOT_IN_TEXT if each.to_entity is None else names[each.to_entity]
            known = known._replace(names=known.names | {name})
        links[each.annotation_id][each.attribute_id] = known
    return links
