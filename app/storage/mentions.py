"""Mentions in the project file: the links from annotations to entities, seen from the entities."""

from collections.abc import Iterator, Sequence

from app.domain.entities import LinkKey, Mention
from app.domain.ids import AttributeId, EntityId
from app.storage.connection import FileDatabase

_COUNTS = (
    "SELECT l.to_entity, count(*), count(DISTINCT a.article_id) FROM link AS l "
    "JOIN annotation AS a ON a.id = l.annotation_id WHERE l.to_entity {condition} GROUP BY l.to_entity"
)


class Mentions:
    """Reads and moves links to entities; moving needs an open step."""

    def __init__(self, db: FileDatabase) -> None:
        self._db = db

    def counts(self) -> dict[EntityId, tuple[int, int]]:
        """Return the number of links and of articles with one, for every entity that has any."""
        rows = self._db.execute(_COUNTS.format(condition="IS NOT NULL"))
        return {entity_id: (links, articles) for entity_id, links, articles in rows}

    def count(self, entity_id: EntityId) -> tuple[int, int]:
        """Return the number of links to one entity, and of articles with one."""
        row = self._db.execute(_COUNTS.format(condition="= ?"), (entity_id,)).fetchone()
        return (row[1], row[2]) if row else (0, 0)

    def of(self, entity_id: EntityId) -> Iterator[Mention]:
        """Yield the mentions of an entity in the order of articles and text."""
        for annotation_id, attribute_id, article_id, title, coder_id in self._db.execute(
            "SELECT DISTINCT l.annotation_id, l.attribute_id, a.article_id, r.title, a.coder_id "
            "FROM link AS l JOIN annotation AS a ON a.id = l.annotation_id "
            "JOIN article AS r ON r.id = a.article_id "
            "JOIN fragment AS f ON f.annotation_id = a.id AND f.position = 0 "
            "WHERE l.to_entity = ? ORDER BY r.position, r.id, f.start, a.id, l.attribute_id",
            (entity_id,),
        ):
            yield Mention(LinkKey(annotation_id, attribute_id), article_id, title, coder_id)

    def links(self, entity_id: EntityId) -> list[LinkKey]:
        """Return the answers that hold a link to an entity."""
        rows = self._db.execute(
            "SELECT DISTINCT annotation_id, attribute_id FROM link WHERE to_entity = ?", (entity_id,)
        )
        return list(map(LinkKey._make, rows))

    def move(self, links: Sequence[LinkKey], source: EntityId, to: EntityId, moment: str) -> None:
        """Have answers that link to one entity link to another, each only once; they were changed at `moment`."""
        for annotation_id, attribute_id in links:
            key = (annotation_id, attribute_id)
            held = [
                row[0]
                for row in self._db.execute(
                    "SELECT position FROM link WHERE annotation_id = ? AND attribute_id = ? "
                    "AND to_entity IN (?, ?) ORDER BY position",
                    (*key, source, to),
                )
            ]
            self._db.execute(
                "UPDATE link SET to_entity = ? WHERE annotation_id = ? AND attribute_id = ? AND position = ?",
                (to, *key, held[0]),
            )
            for position in reversed(held[1:]):
                self._drop(annotation_id, attribute_id, position)
            self._db.execute("UPDATE annotation SET updated_at = ? WHERE id = ?", (moment, annotation_id))

    def _drop(self, annotation_id: str, attribute_id: AttributeId, position: int) -> None:
        """Remove one link of an answer and close the gap, one place at a time, so that no place is taken twice."""
        key = (annotation_id, attribute_id)
        self._db.execute(
            "DELETE FROM link WHERE annotation_id = ? AND attribute_id = ? AND position = ?", (*key, position)
        )
        later = self._db.execute(
            "SELECT position FROM link WHERE annotation_id = ? AND attribute_id = ? AND position > ? "
            "ORDER BY position",
            (*key, position),
        ).fetchall()
        for (each,) in later:
            self._db.execute(
                "UPDATE link SET position = ? WHERE annotation_id = ? AND attribute_id = ? AND position = ?",
                (each - 1, *key, each),
            )
