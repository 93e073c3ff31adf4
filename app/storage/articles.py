"""Articles in the project file. Texts lie apart under their hash and are never journalled."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from app.domain.articles import Article, ArticleLine
from app.domain.catalogue import ArticleRow
from app.domain.errors import UserError
from app.domain.ids import ArticleId, CoderId
from app.domain.ordering import Placed
from app.domain.progress import Progress
from app.domain.reviews import ReviewState
from app.storage.columns import delete, from_json, insert, to_json, update
from app.storage.connection import FileDatabase

_COLUMNS = "id, position, title, source, date, url, author, reference, metadata, length, sha256, imported_at"

_LINES = """
    SELECT a.id, a.title, a.source, a.date, a.author, a.reference, r.done,
           r.article_id IS NOT NULL OR v.article_id IS NOT NULL OR EXISTS (
               SELECT 1 FROM variable AS x WHERE x.article_id = a.id AND x.coder_id = :coder),
           (SELECT count(*) FROM annotation AS n WHERE n.article_id = a.id AND n.coder_id = :coder),
           coalesce(r.notes, '') <> '', coalesce(v.seconds, 0.0)
    FROM article AS a
    LEFT JOIN review AS r ON r.article_id = a.id AND r.coder_id = :coder
    LEFT JOIN visit AS v ON v.article_id = a.id AND v.coder_id = :coder
    {condition}
    ORDER BY a.position, a.id
"""

_ROWS = """
    SELECT a.id, a.title, a.source, a.date, a.author, a.url, a.reference, a.length, a.imported_at, a.metadata,
           r.done, EXISTS (SELECT 1 FROM annotation AS n WHERE n.article_id = a.id AND n.coder_id = :coder),
           r.article_id IS NOT NULL OR v.article_id IS NOT NULL
               OR EXISTS (SELECT 1 FROM variable AS x WHERE x.article_id = a.id AND x.coder_id = :coder)
               OR EXISTS (SELECT 1 FROM annotation AS x WHERE x.article_id = a.id AND x.coder_id = :coder),
           (SELECT count(*) FROM annotation AS n WHERE n.article_id = a.id)
    FROM article AS a
    LEFT JOIN review AS r ON r.article_id = a.id AND r.coder_id = :coder
    LEFT JOIN visit AS v ON v.article_id = a.id AND v.coder_id = :coder
    WHERE a.id IN ({marks})
"""

_WORK = """
    SELECT coder_id, article_id, count(*) FROM annotation
    WHERE article_id IN (SELECT value FROM json_each(:articles)) GROUP BY coder_id, article_id
    UNION ALL SELECT coder_id, article_id, 0 FROM review
    WHERE article_id IN (SELECT value FROM json_each(:articles)) AND (done OR notes <> '')
    UNION ALL SELECT coder_id, article_id, 0 FROM variable
    WHERE article_id IN (SELECT value FROM json_each(:articles))
"""


class Work(NamedTuple):
    """What a coder has done: how many annotations, and in how many articles there is any trace of a judgement."""

    annotations: int
    articles: int


class Articles:
    """Reads and writes articles; writing needs an open step."""

    def __init__(self, db: FileDatabase) -> None:
        self._db = db

    def __iter__(self) -> Iterator[Article]:
        """Yield the articles in the coder's order."""
        for row in self._db.execute(f"SELECT {_COLUMNS} FROM article ORDER BY position, id"):
            yield _article(row)

    def lines(self, coder_id: CoderId, only: ArticleId | None = None) -> Iterator[ArticleLine]:
        """Yield the articles in the coder's order, or one of them, with how far a coder is."""
        condition, values = ("WHERE a.id = :only", {"only": only}) if only else ("", {})
        rows = self._db.execute(_LINES.format(condition=condition), {"coder": coder_id, **values})
        about: list[Any]
        for *about, done, trace, annotations, noted, seconds in rows:
            begun = ReviewState.IN_PROGRESS if trace or annotations else ReviewState.NOT_OPENED
            state = ReviewState.DONE if done else begun
            found = (bool(done and not annotations), annotations, bool(noted), seconds)
            yield ArticleLine._make((*about, state, *found))

    def hashes(self) -> list[tuple[ArticleId, str, str]]:
        """Return id, title and the hash of the text of every article, in the coder's order."""
        return list(self._db.execute("SELECT id, title, sha256 FROM article ORDER BY position, id"))

    def placed(self) -> list[Placed]:
        """Return every article in the coder's order with what its place may depend on."""
        return list(
            map(Placed._make, self._db.execute("SELECT id, sha256, date FROM article ORDER BY position, id"))
        )

    def rows(self, article_ids: Sequence[ArticleId], coder_id: CoderId) -> Iterator[ArticleRow]:
        """Yield articles as the table of all shows them, in any order; `coder_id` says whose state is meant."""
        marks = ", ".join(f":id{number}" for number in range(len(article_ids)))
        values = {f"id{number}": article_id for number, article_id in enumerate(article_ids)}
        about: list[Any]
        for *about, metadata, done, marked, trace, annotations in self._db.execute(
            _ROWS.format(marks=marks), {**values, "coder": coder_id}
        ):
            begun = ReviewState.IN_PROGRESS if trace else ReviewState.NOT_OPENED
            state = ReviewState.DONE if done else begun
            found = (bool(done and not marked), annotations, 0)
            yield ArticleRow._make((*about, from_json(metadata), state, *found))

    def work(self, article_ids: Sequence[ArticleId]) -> dict[CoderId, Work]:
        """Return what each coder has done on some of the articles; coders who did nothing are not there."""
        annotations: defaultdict[CoderId, int] = defaultdict(int)
        articles: defaultdict[CoderId, set[str]] = defaultdict(set)
        for coder_id, article_id, count in self._db.execute(_WORK, {"articles": to_json(article_ids)}):
            annotations[coder_id] += count
            articles[coder_id].add(article_id)
        return {coder_id: Work(annotations[coder_id], len(found)) for coder_id, found in articles.items()}

    def first(self) -> ArticleId | None:
        """Return the first article in the coder's order, or None."""
        row = self._db.execute("SELECT id FROM article ORDER BY position, id LIMIT 1").fetchone()
        return ArticleId(row[0]) if row else None

    def first_ids(self, limit: int) -> list[ArticleId]:
        """Return the first articles in the coder's order."""
        rows = self._db.execute("SELECT id FROM article ORDER BY position, id LIMIT ?", (limit,))
        return [ArticleId(row[0]) for row in rows]

    def get(self, article_id: ArticleId) -> Article | None:
        """Return one article, or None."""
        row = self._db.execute(f"SELECT {_COLUMNS} FROM article WHERE id = ?", (article_id,)).fetchone()
        return _article(row) if row else None

    def count(self) -> int:
        """The number of articles."""
        return int(self._db.execute("SELECT count(*) FROM article").fetchone()[0])

    def next_position(self) -> int:
        """The position after the last article."""
        return int(self._db.execute("SELECT coalesce(max(position), -1) + 1 FROM article").fetchone()[0])

    def titles_by_hash(self) -> dict[str, str]:
        """Map the hash of every text to the title of an article that has it."""
        return dict(self._db.execute("SELECT sha256, title FROM article"))

    def text(self, sha256: str) -> str:
        """Return a text by its hash; UserError if it is not there, as in a damaged file."""
        row = self._db.execute("SELECT content FROM text WHERE sha256 = ?", (sha256,)).fetchone()
        if row is None:
            raise UserError("The text of an article is missing. Restore a backup, or run “rubricator check”.")
        return str(row[0])

    def texts_without_article(self) -> Iterator[tuple[str, str]]:
        """Yield hash and text of what only the history still needs."""
        yield from self._db.execute(
            "SELECT sha256, content FROM text WHERE sha256 NOT IN (SELECT sha256 FROM article) ORDER BY sha256"
        )

    def add_text(self, sha256: str, text: str) -> None:
        """Keep a text; nothing happens if it is there already."""
        self._db.execute("INSERT OR IGNORE INTO text (sha256, content) VALUES (?, ?)", (sha256, text))

    def add(self, articles: Iterable[Article]) -> None:
        """Add articles whose texts were added before."""
        insert(self._db, "article", (_row(article) for article in articles))

    def place(self, article_ids: Sequence[ArticleId], progress: Progress) -> None:
        """Put all articles in this order."""
        for position, article_id in enumerate(article_ids):
            progress(position, len(article_ids))
            self._db.execute(
                "UPDATE article SET position = ? WHERE id = ? AND position <> ?",
                (position, article_id, position),
            )

    def change(self, article: Article) -> None:
        """Write an article's metadata."""
        update(self._db, "article", {"id": article.id}, _row(article))

    def remove(self, article_ids: Sequence[ArticleId]) -> None:
        """Remove articles with everything coded on them."""
        delete(self._db, "article", "id", article_ids)


def _row(article: Article) -> dict[str, Any]:
    return {**article.model_dump(), "metadata": to_json(dict(article.metadata))}


def _article(row: Sequence[Any]) -> Article:
    names = _COLUMNS.split(", ")
    values = dict(zip(names, row, strict=True))
    values["metadata"] = from_json(values["metadata"])
    return Article(**values)
