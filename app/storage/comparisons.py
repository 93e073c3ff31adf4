"""What coders did, read at one go as light tuples: of a whole project, or of one article."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from app.domain.answers import Plain
from app.domain.ids import AnnotationId, ArticleId, AttributeId, CodeId, CoderId, EntityId
from app.storage.annotations import plain
from app.storage.connection import FileDatabase


class Marked(NamedTuple):
    """One independent annotation, with its fragments in order as (start, end, quote); code points."""

    id: AnnotationId
    article_id: ArticleId
    coder_id: CoderId
    code_id: CodeId
    fragments: list[tuple[int, int, str]]


class Pointed(NamedTuple):
    """One answer of a question that links; both targets None for “not in this text”."""

    annotation_id: AnnotationId
    attribute_id: AttributeId
    to_annotation: AnnotationId | None
    to_entity: EntityId | None


class Comparisons:
    """Answers what several coders did in all articles at once, or in one if that is named."""

    def __init__(self, db: FileDatabase) -> None:
        self._db = db

    def marked(self, article_id: ArticleId | None = None) -> Iterator[Marked]:
        """Yield every independent annotation, those of one article and coder together in text order."""
        here, only = ("article_id = ?", (article_id,)) if article_id else ("TRUE", ())
        fragments: defaultdict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for annotation_id, start, end, quote in self._db.execute(
            f'SELECT annotation_id, start, "end", quote FROM fragment WHERE {here} '
            "ORDER BY annotation_id, position",
            only,
        ):
            fragments[annotation_id].append((start, end, quote))
        rows = self._db.execute(
            f"SELECT id, article_id, coder_id, code_id FROM annotation WHERE NOT consensus AND {here}", only
        )
        found = [
            Marked(annotation_id, article_id, coder_id, code_id, fragments[annotation_id])
            for annotation_id, article_id, coder_id, code_id in rows
            if annotation_id in fragments
        ]
        found.sort(key=lambda each: (each.article_id, each.coder_id, each.fragments[0][:2], each.id))
        return iter(found)

    def answers(
        self, article_id: ArticleId | None = None
    ) -> Iterator[tuple[AnnotationId, AttributeId, Plain]]:
        """Yield every answer on annotations that holds something itself."""
        known: dict[str, Plain] = {}
        where, only = _on(article_id)
        for annotation_id, attribute_id, content in self._db.execute(
            f"SELECT annotation_id, attribute_id, content FROM answer {where}", only
        ):
            if content not in known:
                known[content] = plain(content)
            yield annotation_id, attribute_id, known[content]

    def links(self, article_id: ArticleId | None = None) -> Iterator[Pointed]:
        """Yield every answer that points at something."""
        where, only = _on(article_id)
        rows: Any = self._db.execute(
            f"SELECT annotation_id, attribute_id, to_annotation, to_entity FROM link {where}", only
        )
        return map(Pointed._make, rows)

    def done_by_several(self) -> Iterator[ArticleId]:
        """Yield the articles that two coders or more have done."""
        rows = self._db.execute("SELECT article_id FROM review WHERE done GROUP BY 1 HAVING count(*) > 1")
        return (row[0] for row in rows)

    def consensus(self) -> int:
        """Return how many annotations are agreed ones, which no comparison of coders takes in."""
        return int(self._db.execute("SELECT count(*) FROM annotation WHERE consensus").fetchone()[0])


def _on(article_id: ArticleId | None) -> tuple[str, tuple[str, ...]]:
    """Return what keeps rows on annotations to those of one article, and the value for it."""
    if article_id is None:
        return "", ()
    return "WHERE annotation_id IN (SELECT id FROM annotation WHERE article_id = ?)", (article_id,)
