"""Reviews in the project file: the coder's verdict is journalled, the traces of visits are not."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.domain.answers import Plain
from app.domain.ids import ArticleId, AttributeId, CoderId
from app.domain.reviews import Review, ReviewState
from app.storage.annotations import plain
from app.storage.columns import to_json, upsert
from app.storage.connection import FileDatabase

_EVERY = """
    SELECT k.article_id, k.coder_id, r.done, NOT EXISTS (
               SELECT 1 FROM annotation AS n WHERE n.article_id = k.article_id AND n.coder_id = k.coder_id),
           r.done_at, r.reason, r.notes,
           v.opened_at, v.seconds, v."offset"
    FROM (SELECT article_id, coder_id FROM review
          UNION SELECT article_id, coder_id FROM visit WHERE article_id IN (SELECT id FROM article)
          UNION SELECT article_id, coder_id FROM annotation
          UNION SELECT article_id, coder_id FROM variable) AS k
    LEFT JOIN review AS r ON r.article_id = k.article_id AND r.coder_id = k.coder_id
    LEFT JOIN visit AS v ON v.article_id = k.article_id AND v.coder_id = k.coder_id
    ORDER BY k.article_id, k.coder_id
"""

_ONE = """
    SELECT r.done, NOT EXISTS (SELECT 1 FROM annotation WHERE article_id = :article AND coder_id = :coder),
           r.done_at, r.reason, r.notes, v.opened_at, v.seconds, v."offset"
    FROM (SELECT 1)
    LEFT JOIN review AS r ON r.article_id = :article AND r.coder_id = :coder
    LEFT JOIN visit AS v ON v.article_id = :article AND v.coder_id = :coder
"""


class Reviews:
    """Reads and writes reviews; verdicts and variables need an open step, visits a quiet one."""

    def __init__(self, db: FileDatabase) -> None:
        self._db = db

    def get(self, article_id: ArticleId, coder_id: CoderId) -> Review:
        """Return the review of one article by one coder; "not opened" if there is no trace of one."""
        row = self._db.execute(_ONE, {"article": article_id, "coder": coder_id}).fetchone()
        done, empty, *others = row
        variables = self._variables((article_id, coder_id)).get((article_id, coder_id), {})
        if not empty or variables or any(column is not None for column in (done, *others)):
            return _review((article_id, coder_id, *row), variables)
        return Review(article_id=article_id, coder_id=coder_id)

    def __iter__(self) -> Iterator[Review]:
        """Yield every review of which there is a trace, by article and coder id."""
        variables = self._variables(None)
        for row in self._db.execute(_EVERY):
            yield _review(row, variables.get((row[0], row[1]), {}))

    def visits_without_article(self) -> Iterator[Review]:
        """Yield time and position in articles that are gone and may come back with a redo."""
        for row in self._db.rows(
            "SELECT * FROM visit WHERE article_id NOT IN (SELECT id FROM article) ORDER BY article_id, coder_id"
        ):
            yield Review.model_validate(row)

    def opened_last(self, coder_id: CoderId) -> ArticleId | None:
        """Return the article that a coder opened for the first time last, or None."""
        row = self._db.execute(
            "SELECT article_id FROM visit WHERE coder_id = ? AND article_id IN (SELECT id FROM article) "
            "ORDER BY opened_at DESC LIMIT 1",
            (coder_id,),
        ).fetchone()
        return ArticleId(row[0]) if row else None

    def set_done(self, review: Review) -> None:
        """Write state, "nothing found", moment, reason and notes; where there is nothing to say, no row stays."""
        if review.state is not ReviewState.DONE and not review.notes:
            self._db.execute(
                "DELETE FROM review WHERE article_id = ? AND coder_id = ?",
                (review.article_id, review.coder_id),
            )
            return
        upsert(
            self._db,
            "review",
            {"article_id": review.article_id, "coder_id": review.coder_id},
            {
                "done": int(review.state is ReviewState.DONE),
                # As it was at that moment; what is told is asked anew, because annotations come and go without it.
                "nothing_found": int(review.nothing_found),
                "done_at": review.done_at,
                "reason": review.reason,
                "notes": review.notes,
            },
        )

    def set_variable(
        self, article_id: ArticleId, coder_id: CoderId, attribute_id: AttributeId, value: Plain | None
    ) -> None:
        """Answer an article variable; None leaves it open."""
        key = {"article_id": article_id, "coder_id": coder_id, "attribute_id": attribute_id}
        if value is not None:
            upsert(self._db, "variable", key, {"content": to_json(value)})
            return
        self._db.execute(
            "DELETE FROM variable WHERE article_id = ? AND coder_id = ? AND attribute_id = ?",
            tuple(key.values()),
        )

    def answers_in_use(self) -> Iterator[tuple[AttributeId, Plain, int]]:
        """Yield every different answer to an article variable, with how many reviews have it."""
        for attribute_id, content, count in self._db.execute(
            "SELECT attribute_id, content, count(*) FROM variable GROUP BY 1, 2 ORDER BY 1, 2"
        ):
            yield attribute_id, plain(content), count

    def write_visit(self, review: Review) -> None:
        """Write when the article was first opened, the time spent and where the coder left off."""
        upsert(
            self._db,
            "visit",
            {"article_id": review.article_id, "coder_id": review.coder_id},
            {"opened_at": review.opened_at, "seconds": review.seconds, "offset": review.offset},
        )

    def _variables(self, only: tuple[str, ...] | None) -> dict[tuple[str, str], dict[AttributeId, Plain]]:
        answers: dict[tuple[str, str], dict[AttributeId, Plain]] = {}
        where = "WHERE article_id = ? AND coder_id = ?" if only else ""
        for article_id, coder_id, attribute_id, content in self._db.execute(
            f"SELECT article_id, coder_id, attribute_id, content FROM variable {where}", only or ()
        ):
            answers.setdefault((article_id, coder_id), {})[attribute_id] = plain(content)
        return answers


def _review(row: tuple[Any, ...], variables: Mapping[AttributeId, Plain]) -> Review:
    article_id, coder_id, done, empty, done_at, reason, notes, opened_at, seconds, offset = row
    return Review(
        article_id=article_id,
        coder_id=coder_id,
        state=ReviewState.DONE if done else ReviewState.IN_PROGRESS,
        nothing_found=bool(done and empty),
        done_at=done_at or "",
        reason=reason or "",
        notes=notes or "",
        variables=variables,
        opened_at=opened_at or "",
        seconds=seconds or 0.0,
        offset=offset or 0,
    )
