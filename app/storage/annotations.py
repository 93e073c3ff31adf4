"""Annotations in the project file: the row, its fragments, its answers and its links."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from app.domain.annotations import Annotation, Fragment, Passage
from app.domain.answers import AnnotationTarget, Answer, EntityTarget, NotInText, Plain, Target
from app.domain.ids import AnnotationId, ArticleId, AttributeId, CodeId, CoderId
from app.domain.spans import Span
from app.storage.columns import delete, from_json, insert, to_json, update
from app.storage.connection import FileDatabase

_COLUMNS = (
    "id, article_id, coder_id, code_id, memo, discuss, consensus, codebook_version, created_at, updated_at"
)


class Annotations:
    """Reads and writes annotations; writing needs an open step."""

    def __init__(self, db: FileDatabase) -> None:
        self._db = db

    def get(self, annotation_id: AnnotationId) -> Annotation | None:
        """Return one annotation, or None."""
        return next(self._read("id = ?", (annotation_id,)), None)

    def of_article(self, article_id: ArticleId) -> list[Annotation]:
        """Return every coder's annotations of one article, in the order they were made."""
        return list(self._read("article_id = ?", (article_id,)))

    def ids(self, article_id: ArticleId) -> list[AnnotationId]:
        """Return every annotation of one article by id only, as a damaged file still may give them."""
        rows = self._db.execute("SELECT id FROM annotation WHERE article_id = ? ORDER BY id", (article_id,))
        return [AnnotationId(row[0]) for row in rows]

    def without_fragments(self) -> list[AnnotationId]:
        """Return the annotations that lie nowhere, which only a damaged file has."""
        rows = self._db.execute(
            "SELECT id FROM annotation WHERE id NOT IN (SELECT annotation_id FROM fragment) ORDER BY id"
        )
        return [AnnotationId(row[0]) for row in rows]

    def linking_to(self, annotation_ids: Sequence[AnnotationId]) -> list[AnnotationId]:
        """Return the annotations that have a link to one of those given, and are not among them."""
        found: set[str] = set()
        for annotation_id in annotation_ids:
            found.update(
                row[0]
                for row in self._db.execute(
                    "SELECT annotation_id FROM link WHERE to_annotation = ?", (annotation_id,)
                )
            )
        return [AnnotationId(each) for each in sorted(found - set(annotation_ids))]

    def passages(self, article_id: ArticleId) -> list[Passage]:
        """Return every fragment of one article in text order, as light tuples."""
        rows = self._db.execute(
            'SELECT f.start, f."end", a.id, a.code_id, a.coder_id FROM fragment AS f '
            "JOIN annotation AS a ON a.id = f.annotation_id WHERE f.article_id = ? "
            'ORDER BY f.start, f."end" DESC, a.id',
            (article_id,),
        )
        return list(map(Passage._make, rows))

    def overlapping(self, article_id: ArticleId, coder_id: CoderId, start: int, end: int) -> list[Passage]:
        """Return one coder's fragments that share a code point with `[start, end)`."""
        rows = self._db.execute(
            'SELECT f.start, f."end", a.id, a.code_id, a.coder_id FROM fragment AS f '
            "JOIN annotation AS a ON a.id = f.annotation_id "
            'WHERE f.article_id = ? AND f.start < ? AND f."end" > ? AND a.coder_id = ?',
            (article_id, end, start, coder_id),
        )
        return [Passage(*row) for row in rows]

    def any_by(self, article_id: ArticleId, coder_id: CoderId) -> bool:
        """Tell whether a coder has an annotation in an article."""
        row = self._db.execute(
            "SELECT EXISTS (SELECT 1 FROM annotation WHERE article_id = ? AND coder_id = ?)",
            (article_id, coder_id),
        ).fetchone()
        return bool(row[0])

    def quotes(self, article_id: ArticleId) -> list[tuple[AnnotationId, int, int, str]]:
        """Return every fragment of one article in text order: annotation, start, end and quote."""
        return list(
            self._db.execute(
                'SELECT annotation_id, start, "end", quote FROM fragment WHERE article_id = ? ORDER BY start',
                (article_id,),
            )
        )

    def counts(self) -> dict[tuple[ArticleId, CoderId], int]:
        """Return the number of annotations by article and coder."""
        rows = self._db.execute(
            "SELECT article_id, coder_id, count(*) FROM annotation GROUP BY article_id, coder_id"
        )
        return {(row[0], row[1]): row[2] for row in rows}

    def count_by_code(self) -> dict[str, int]:
        """Return the number of annotations by code."""
        return dict(self._db.execute("SELECT code_id, count(*) FROM annotation GROUP BY code_id"))

    def answers_in_use(self) -> Iterator[tuple[CodeId, AttributeId, Answer, int]]:
        """Yield every different answer by code and attribute, with how many annotations have it.

        Links are told apart by what they lead to (annotation, entity, nothing in the text), not by which.
        """
        for code_id, attribute_id, content, count in self._db.execute(
            "SELECT a.code_id, t.attribute_id, t.content, count(*) FROM answer AS t "
            "JOIN annotation AS a ON a.id = t.annotation_id GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
        ):
            yield code_id, attribute_id, plain(content), count
        for code_id, attribute_id, to_annotation, to_entity, count in self._db.execute(
            "SELECT a.code_id, t.attribute_id, min(t.to_annotation), min(t.to_entity), count(DISTINCT a.id) "
            "FROM link AS t JOIN annotation AS a ON a.id = t.annotation_id "
            "GROUP BY 1, 2, t.to_annotation IS NULL, t.to_entity IS NULL ORDER BY 1, 2"
        ):
            yield code_id, attribute_id, (_target(to_annotation, to_entity),), count

    def given(self, article_id: ArticleId, coder_id: CoderId) -> dict[AnnotationId, set[AttributeId]]:
        """Return which attributes one coder's annotations of an article have answers to."""
        found: dict[AnnotationId, set[AttributeId]] = {}
        for table in ("answer", "link"):
            for annotation_id, attribute_id in self._db.execute(
                f"SELECT t.annotation_id, t.attribute_id FROM annotation AS a JOIN {table} AS t "
                "ON t.annotation_id = a.id WHERE a.article_id = ? AND a.coder_id = ?",
                (article_id, coder_id),
            ):
                found.setdefault(annotation_id, set()).add(attribute_id)
        return found

    def add(self, annotations: Iterable[Annotation]) -> None:
        """Add annotations; links may point to annotations of the same call."""
        for annotation in annotations:
            values = annotation.model_dump(exclude={"fragments", "answers"})
            insert(self._db, "annotation", [values])
            self._add_fragments(annotation.id, annotation.article_id, annotation.fragments)
            for attribute_id, answer in annotation.answers.items():
                self._add_answer(annotation.id, attribute_id, answer)

    def remove(self, annotation_ids: Sequence[AnnotationId]) -> None:
        """Remove annotations with their fragments, answers and every link to them."""
        delete(self._db, "annotation", "id", annotation_ids)

    def change(self, annotation_id: AnnotationId, **values: str | bool | int) -> None:
        """Set columns of one annotation."""
        update(self._db, "annotation", {"id": annotation_id}, values)

    def set_fragments(
        self, annotation_id: AnnotationId, article_id: ArticleId, fragments: Sequence[Fragment]
    ) -> None:
        """Replace the fragments; answers and links stay."""
        delete(self._db, "fragment", "annotation_id", [annotation_id])
        self._add_fragments(annotation_id, article_id, fragments)

    def set_answer(
        self, annotation_id: AnnotationId, attribute_id: AttributeId, answer: Answer | None
    ) -> None:
        """Replace the answer to one attribute; None leaves it open."""
        for table in ("answer", "link"):
            self._db.execute(
                f"DELETE FROM {table} WHERE annotation_id = ? AND attribute_id = ?",
                (annotation_id, attribute_id),
            )
        if answer is not None:
            self._add_answer(annotation_id, attribute_id, answer)

    def _add_fragments(
        self, annotation_id: AnnotationId, article_id: ArticleId, fragments: Sequence[Fragment]
    ) -> None:
        rows = [
            {
                "annotation_id": annotation_id,
                "position": position,
                "article_id": article_id,
                "start": fragment.span.start,
                "end": fragment.span.end,
                "quote": fragment.quote,
            }
            for position, fragment in enumerate(fragments)
        ]
        insert(self._db, "fragment", rows)

    def _add_answer(self, annotation_id: AnnotationId, attribute_id: AttributeId, answer: Answer) -> None:
        key = {"annotation_id": annotation_id, "attribute_id": attribute_id}
        targets = _targets(answer)
        if targets is None:
            insert(self._db, "answer", [{**key, "content": to_json(answer)}])
            return
        for position, target in enumerate(targets):
            columns = {
                "to_annotation": target.annotation if isinstance(target, AnnotationTarget) else None,
                "to_entity": target.entity if isinstance(target, EntityTarget) else None,
            }
            insert(self._db, "link", [{**key, "position": position, **columns}])

    def _read(self, condition: str, values: Sequence[str]) -> Iterator[Annotation]:
        within = f"SELECT id FROM annotation WHERE {condition}"
        fragments: defaultdict[str, list[Fragment]] = defaultdict(list)
        for annotation_id, start, end, quote in self._db.execute(
            f'SELECT annotation_id, start, "end", quote FROM fragment WHERE annotation_id IN ({within}) '
            "ORDER BY annotation_id, position",
            values,
        ):
            fragments[annotation_id].append(Fragment(span=Span(start=start, end=end), quote=quote))
        answers: defaultdict[str, dict[AttributeId, Answer]] = defaultdict(dict)
        for annotation_id, attribute_id, content in self._db.execute(
            f"SELECT annotation_id, attribute_id, content FROM answer WHERE annotation_id IN ({within})",
            values,
        ):
            answers[annotation_id][attribute_id] = plain(content)
        for annotation_id, attribute_id, to_annotation, to_entity in self._db.execute(
            "SELECT annotation_id, attribute_id, to_annotation, to_entity FROM link "
            f"WHERE annotation_id IN ({within}) ORDER BY annotation_id, attribute_id, position",
            values,
        ):
            known = answers[annotation_id].get(attribute_id, ())
            before = known if isinstance(known, tuple) else ()
            answers[annotation_id][attribute_id] = (*before, _target(to_annotation, to_entity))  # type: ignore[assignment]
        for row in self._db.execute(
            f"SELECT {_COLUMNS} FROM annotation WHERE {condition} ORDER BY created_at, id", values
        ):
            columns = dict(zip(_COLUMNS.split(", "), row, strict=True))
            columns["discuss"] = bool(columns["discuss"])
            columns["consensus"] = bool(columns["consensus"])
            yield Annotation(
                **columns, fragments=tuple(fragments[columns["id"]]), answers=answers.get(columns["id"], {})
            )


def plain(content: str) -> Plain:
    """Return an answer as its column holds it."""
    value: Any = from_json(content)
    return tuple(value) if isinstance(value, list) else value  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]


def _target(to_annotation: str | None, to_entity: str | None) -> Target:
    if to_annotation is not None:
        return AnnotationTarget(annotation=AnnotationId(to_annotation))
    if to_entity is not None:
        return EntityTarget(entity=to_entity)  # type: ignore[arg-type]
    return NotInText()


def _targets(answer: Answer) -> tuple[Target, ...] | None:
    """Return the answer as targets, or None if it is a plain one."""
    if isinstance(answer, tuple) and answer and not isinstance(answer[0], str):
        return answer  # type: ignore[return-value]
    return None
