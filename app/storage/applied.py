"""How a codebook is applied in the project file: annotations and answers by code and question."""

from collections.abc import Iterator, Sequence

from app.domain.answers import AnnotationTarget, Answer, EntityTarget, NotInText, Plain
from app.domain.ids import AnnotationId, ArticleId, AttributeId, CodeId, CoderId
from app.storage.columns import to_json
from app.storage.connection import FileDatabase

_SAME_PLACES = """
    SELECT a.id, b.id FROM annotation AS a
    JOIN annotation AS b ON b.article_id = a.article_id AND b.coder_id = a.coder_id AND b.code_id = ?
        AND b.consensus = a.consensus
    WHERE a.code_id = ?
    AND (SELECT group_concat(start || '-' || "end", ',') FROM
         (SELECT start, "end" FROM fragment WHERE annotation_id = a.id ORDER BY position))
      = (SELECT group_concat(start || '-' || "end", ',') FROM
         (SELECT start, "end" FROM fragment WHERE annotation_id = b.id ORDER BY position))
    ORDER BY a.id, b.id
"""

_OLDER = """
    SELECT a.id, a.article_id, r.title, a.code_id, a.codebook_version FROM annotation AS a
    JOIN article AS r ON r.id = a.article_id
    LEFT JOIN fragment AS f ON f.annotation_id = a.id AND f.position = 0
    WHERE a.coder_id = ? AND a.codebook_version < ?
    ORDER BY r.position, r.id, f.start, a.id
"""


class Applied:
    """Reads and moves what annotations say in the terms of the codebook; moving needs an open step."""

    def __init__(self, db: FileDatabase) -> None:
        self._db = db

    def by_coder(self, code_ids: Sequence[CodeId]) -> dict[CoderId, int]:
        """Return how many annotations of some codes each coder has, none without any."""
        found: dict[CoderId, int] = {}
        for code_id in code_ids:
            for coder_id, count in self._db.execute(
                "SELECT coder_id, count(*) FROM annotation WHERE code_id = ? GROUP BY coder_id", (code_id,)
            ):
                found[coder_id] = found.get(coder_id, 0) + count
        return found

    def answer_count(self, attribute_id: AttributeId) -> int:
        """Return how many annotations or reviews answer a question."""
        row = self._db.execute(
            "SELECT (SELECT count(*) FROM answer WHERE attribute_id = :id) "
            "+ (SELECT count(DISTINCT annotation_id) FROM link WHERE attribute_id = :id) "
            "+ (SELECT count(*) FROM variable WHERE attribute_id = :id)",
            {"id": attribute_id},
        ).fetchone()
        return int(row[0])

    def older_than(
        self, version: int, coder_id: CoderId
    ) -> Iterator[tuple[AnnotationId, ArticleId, str, CodeId, int]]:
        """Yield a coder's annotations made under older versions: id, article, its title, code, version.

        They come in the order of articles and text.
        """
        yield from self._db.execute(_OLDER, (coder_id, version))

    def counts_older_than(self, version: int, coder_id: CoderId) -> list[tuple[CodeId, int, int]]:
        """Return the codes of a coder's annotations made under older versions, with version and number."""
        rows = self._db.execute(
            "SELECT code_id, codebook_version, count(*) FROM annotation "
            "WHERE coder_id = ? AND codebook_version < ? GROUP BY 1, 2 ORDER BY 1, 2",
            (coder_id, version),
        )
        return list(rows)

    def in_same_places(self, code_id: CodeId, other: CodeId) -> list[tuple[AnnotationId, AnnotationId]]:
        """Return pairs of annotations of two codes that one coder has on exactly the same spans."""
        return [(one, two) for one, two in self._db.execute(_SAME_PLACES, (other, code_id))]

    def links_by_code(self) -> list[tuple[CodeId, AttributeId, CodeId, int]]:
        """Return how many links from one code to another there are: code, attribute, code linked to, number."""
        rows = self._db.execute(
            "SELECT a.code_id, l.attribute_id, t.code_id, count(*) FROM link AS l "
            "JOIN annotation AS a ON a.id = l.annotation_id JOIN annotation AS t ON t.id = l.to_annotation "
            "GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
        )
        return list(rows)

    def cut_links(self, code_id: CodeId, attribute_id: AttributeId, to: CodeId, moment: str) -> None:
        """Remove the links from annotations of one code to those of another."""
        chosen = (
            "attribute_id = ? AND annotation_id IN (SELECT id FROM annotation WHERE code_id = ?) "
            "AND to_annotation IN (SELECT id FROM annotation WHERE code_id = ?)"
        )
        key = (attribute_id, code_id, to)
        self._db.execute(
            f"UPDATE annotation SET updated_at = ? WHERE id IN (SELECT annotation_id FROM link WHERE {chosen})",
            (moment, *key),
        )
        self._db.execute(f"DELETE FROM link WHERE {chosen}", key)

    def recode(self, code_id: CodeId, to: CodeId, moment: str) -> None:
        """Give every annotation of a code another code; they were changed at `moment`."""
        self._db.execute(
            "UPDATE annotation SET code_id = ?, updated_at = ? WHERE code_id = ?", (to, moment, code_id)
        )

    def move_answers(
        self,
        code_id: CodeId,
        attribute_id: AttributeId,
        answer: Answer,
        to: tuple[AttributeId, Answer] | None,
        moment: str,
    ) -> None:
        """Give a code's annotations that answer so another answer, perhaps to another question; None takes it away.

        Of links all of the same sort are meant, as `answers_in_use` tells them apart, and they go on leading where
        they lead.
        """
        table, condition, values = _which(answer)
        chosen = f"attribute_id = ? AND {condition} AND annotation_id IN (SELECT id FROM annotation WHERE code_id = ?)"
        key = (attribute_id, *values, code_id)
        self._db.execute(
            "UPDATE annotation SET updated_at = ? WHERE id IN "
            f"(SELECT annotation_id FROM {table} WHERE {chosen})",
            (moment, *key),
        )
        if to is None:
            self._db.execute(f"DELETE FROM {table} WHERE {chosen}", key)
        elif to[0] == attribute_id:
            if table == "answer":
                self._db.execute(f"UPDATE answer SET content = ? WHERE {chosen}", (to_json(to[1]), *key))
        else:
            self._move(table, chosen, key, to)

    def _move(self, table: str, chosen: str, key: Sequence[str], to: tuple[AttributeId, Answer]) -> None:
        """Have rows answer another question."""
        if table == "link":
            columns, values = "annotation_id, ?, position, to_annotation, to_entity", (to[0],)
        else:
            columns, values = "annotation_id, ?, ?", (to[0], to_json(to[1]))
            # What stands there answers a question that the code did not ask.
            self._db.execute(
                "DELETE FROM answer WHERE attribute_id = ? AND annotation_id IN "
                f"(SELECT annotation_id FROM answer WHERE {chosen})",
                (to[0], *key),
            )
        self._put(f"{table} SELECT {columns} FROM {table} WHERE {chosen}", (*values, *key))
        self._db.execute(f"DELETE FROM {table} WHERE {chosen}", key)

    def _put(self, rows: str, values: Sequence[str]) -> None:
        """Copy rows to another question before they are deleted.

        To change the question in a row would not do: an undo deletes the question that is new, and its rows with it,
        before it comes to them.
        """
        self._db.execute(f"INSERT INTO {rows}", values)

    def move_variable(
        self, attribute_id: AttributeId, answer: Plain, to: tuple[AttributeId, Plain] | None
    ) -> None:
        """Give reviews with one answer to an article variable another one, perhaps to another; None takes it away."""
        key = (attribute_id, to_json(answer))
        if to is None:
            self._db.execute("DELETE FROM variable WHERE attribute_id = ? AND content = ?", key)
        elif to[0] == attribute_id:
            self._db.execute(
                "UPDATE variable SET content = ? WHERE attribute_id = ? AND content = ?",
                (to_json(to[1]), *key),
            )
        else:
            chosen = "FROM variable WHERE attribute_id = ? AND content = ?"
            self._put(f"variable SELECT article_id, coder_id, ?, ? {chosen}", (to[0], to_json(to[1]), *key))
            self._db.execute(f"DELETE {chosen}", key)


def _which(answer: Answer) -> tuple[str, str, tuple[str, ...]]:
    """Return the table that an answer stands in, and a condition with its values for the rows that hold it."""
    match answer:
        case (AnnotationTarget(), *_):
            return "link", "to_annotation IS NOT NULL", ()
        case (EntityTarget(), *_):
            return "link", "to_entity IS NOT NULL", ()
        case (NotInText(), *_):
            return "link", "to_annotation IS NULL AND to_entity IS NULL", ()
        case _:
            return "answer", "content = ?", (to_json(answer),)
