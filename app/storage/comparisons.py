"""What coders did, read at one go as light tuples: a comparison takes in whole projects."""

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
    """Answers what several coders did in all articles at once."""

    def __init__(self, db: FileDatabase) -> None:
        self._db = db

    def marked(self) -> Iterator[Marked]:
        """Yield every independent annotation, those of one article and coder together in text order."""
        fragments: defaultdict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for annotation_id, start, end, quote in self._db.execute(
            'SELECT annotation_id, start, "end", quote FROM fragment ORDER BY annotation_id, position'
        ):
            fragments[annotation_id].append((start, end, quote))
        rows = self._db.execute(
            "SELECT id, article_id, coder_id, code_id FROM annotation WHERE NOT consensus"
        )
        found = [
            Marked(annotation_id, article_id, coder_id, code_id, fragments[annotation_id])
            for annotation_id, article_id, coder_id, code_id in rows
            if annotation_id in fragments
        ]
        found.sort(key=lambda each: (each.article_id, each.coder_id, each.fragments[0][:2], each.id))
        return iter(found)

    def answers(self) -> Iterator[tuple[AnnotationId, AttributeId, Plain]]:
        """Yield every answer on annotations that holds something itself."""
        known: dict[str, Plain] = {}
        for annotation_id, attribute_id, content in self._db.execute(
            "SELECT annotation_id, attribute_id, content FROM answer"
        ):
            if content not in known:
                known[content] = plain(content)
            yield annotation_id, attribute_id, known[content]

    def links(self) -> Iterator[Pointed]:
        """Yield every answer that points at something."""
        rows: Any = self._db.execute("SELECT annotation_id, attribute_id, to_annotation, to_entity FROM link")
        return map(Pointed._make, rows)

    def consensus(self) -> int:
        """Return how many annotations are agreed ones, which no comparison of coders takes in."""
        return int(self._db.execute("SELECT count(*) FROM annotation WHERE consensus").fetchone()[0])
