"""All articles with their metadata in a database of the program's own, to be narrowed and ordered at once.

The project file keeps metadata as it came; what it takes to compare them (without case and accents) and to put them
in order is kept here while the project is open. Belongs to one thread at a time; not to the one that draws.
"""

from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from itertools import compress
from pathlib import Path

from app.domain.catalogue import ArticleFilter, Column, Listing, Sorting, extra_key, natural
from app.domain.dates import is_date
from app.domain.entities import folded
from app.domain.ids import ArticleId, CodeId, CoderId
from app.domain.progress import Progress
from app.domain.reviews import ReviewState
from app.storage.columns import from_json
from app.storage.connection import FileDatabase, failing_in_words
from app.storage.watching import attached, watched

_MOST_VALUES = 200
"""Values of one field that are offered to choose from."""

_MANY = 500
"""Changed articles above which reading all anew is quicker."""

_AT_A_TIME = 1_000
"""Articles that are read between two looks at whether to stop."""

_TABLES = (
    # Words stand in rows of their own, because each key that is typed reads them all.
    "CREATE TABLE word (n INTEGER PRIMARY KEY, words TEXT NOT NULL)",
    """CREATE TABLE entry (
        n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, position INTEGER NOT NULL, title TEXT NOT NULL,
        source TEXT NOT NULL, date TEXT NOT NULL, author TEXT NOT NULL, url TEXT NOT NULL,
        reference TEXT NOT NULL, length INTEGER NOT NULL, imported_at TEXT NOT NULL,
        day TEXT NOT NULL)""",
    "CREATE INDEX entry_by_position ON entry (position, id)",
    "CREATE TABLE extra (key TEXT, n INTEGER, value TEXT, PRIMARY KEY (key, n)) WITHOUT ROWID",
    "CREATE INDEX extra_by_entry ON extra (n)",
)

_FILL = """
    INSERT INTO entry SELECT NULL, id, position, title, source, date, author, url, reference, length, imported_at,
        CASE WHEN is_date(date) THEN date ELSE '' END
    FROM file.article WHERE {condition}
"""

_CHUNK = "SELECT max(id) FROM (SELECT id FROM file.article WHERE id > ? ORDER BY id LIMIT ?)"

_FILL_WORDS = """
    INSERT INTO word SELECT e.n, words(a.title, a.source, a.date, a.author, a.url, a.reference, a.metadata)
    FROM entry AS e JOIN file.article AS a ON a.id = e.id WHERE {condition}
"""

_FILL_EXTRA = """
    INSERT OR REPLACE INTO extra SELECT j.key, e.n, j.value
    FROM file.article AS a JOIN entry AS e ON e.id = a.id, json_each(a.metadata) AS j
    WHERE {condition} AND a.metadata <> '{{}}' AND json_valid(a.metadata)
"""

_TRACE = """(EXISTS (SELECT 1 FROM file.review AS r WHERE r.article_id = e.id {whose})
    OR EXISTS (SELECT 1 FROM file.visit AS r WHERE r.article_id = e.id {whose})
    OR EXISTS (SELECT 1 FROM file.annotation AS r WHERE r.article_id = e.id {whose})
    OR EXISTS (SELECT 1 FROM file.variable AS r WHERE r.article_id = e.id {whose}))"""
_DONE = "EXISTS (SELECT 1 FROM file.review AS r WHERE r.article_id = e.id AND r.done {whose})"

_ORDERS = {
    Column.NUMBER: "e.position {way}",
    Column.LENGTH: "e.length {way}",
    Column.IMPORTED: "e.imported_at {way}",
    Column.DATE: "e.day = '', e.day {way}, e.date = '', e.date",
    Column.ANNOTATIONS: "(SELECT count(*) FROM file.annotation AS r WHERE r.article_id = e.id) {way}",
    Column.STATE: "CASE WHEN " + _DONE + " THEN 2 WHEN " + _TRACE + " THEN 1 ELSE 0 END {way}",
}


class Catalogue:
    """Narrows and orders the articles of one project file."""

    def __init__(self, path: Path) -> None:
        with failing_in_words(path):
            self._db = FileDatabase(attached(path.resolve().as_uri()), path)
        self._db.conn.create_function("words", 7, _words, deterministic=True)
        self._db.conn.create_function("natural_key", 1, natural, deterministic=True)
        self._db.conn.create_function("is_date", 1, is_date, deterministic=True)
        for statement in _TABLES:
            self._db.execute(statement)
        self._order: tuple[Sorting, list[int], list[ArticleId]] | None = None
        self._whole, self._read_to = False, ""
        self._places: dict[ArticleId, int] = {}
        self._sources: tuple[str, ...] = ()
        self._extras: dict[str, tuple[str, ...]] = {}

    def close(self) -> None:
        """Forget everything."""
        self._db.close()

    def fill(self, progress: Progress) -> None:
        """Read the articles that were not read yet; what `progress` raises keeps those that were.

        Some at a time, so that whoever writes to the file meanwhile never waits long.
        """
        while not self._whole:
            progress(0, 0)
            (last,) = self._db.execute(_CHUNK, (self._read_to, _AT_A_TIME)).fetchone()
            if last is None:
                self._take_stock()
                self._whole = True
                return
            for statement, column in ((_FILL, "id"), (_FILL_WORDS, "e.id"), (_FILL_EXTRA, "a.id")):
                condition = f"{column} > ? AND {column} <= ?"
                self._db.execute(statement.format(condition=condition), (self._read_to, last))
            self._read_to = last

    def renew(self, article_ids: Sequence[ArticleId]) -> None:
        """Read some articles anew; those that are gone are forgotten. After very many, `fill` reads all again."""
        many = len(article_ids) > _MANY
        if many:
            self._whole, self._read_to = False, ""
        for table in ("extra", "word", "entry"):
            if many:
                self._db.execute(f"DELETE FROM {table}")
            for article_id in () if many else article_ids:
                self._db.execute(
                    f"DELETE FROM {table} WHERE n IN (SELECT n FROM entry WHERE id = ?)", (article_id,)
                )
        for article_id in () if many else article_ids:
            if self._whole or article_id <= self._read_to:
                self._db.execute(_FILL.format(condition="id = ?"), (article_id,))
                self._db.execute(_FILL_WORDS.format(condition="e.id = ?"), (article_id,))
                self._db.execute(_FILL_EXTRA.format(condition="a.id = ?"), (article_id,))
        if self._whole:
            self._take_stock()

    def select(
        self,
        wanted: ArticleFilter,
        codes: Sequence[CodeId],
        sorting: Sorting,
        coder_id: CoderId,
        progress: Progress,
    ) -> Listing:
        """Return the articles that `wanted` lets through, in order.

        `codes` are that of the filter with its sub-codes; `coder_id` says by whose state rows are put in order.
        """
        conditions, values = _conditions(wanted, codes)
        words = wanted.words()
        values |= {f"word{number}": word for number, word in enumerate(words)}
        question = _question(conditions, len(words))
        undated = 0
        with watched(self._db, progress):
            numbers, ids = self._ordered(sorting, coder_id)
            if conditions or words:
                fitting = bytearray(max(numbers, default=0) + 1)
                for (number,) in self._db.execute(question, values):
                    fitting[number] = 1
                ids = list(compress(ids, map(fitting.__getitem__, numbers)))
            if wanted.date_from or wanted.date_to:
                others, _ = _conditions(wanted.model_copy(update={"date_from": "", "date_to": ""}), codes)
                question = _question([*others, "e.day = ''"], len(words))
                (undated,) = self._db.execute(f"SELECT count(*) FROM ({question})", values).fetchone()
        return Listing(ids, self._places, self._sources, self._extras, undated)

    def _ordered(self, sorting: Sorting, coder_id: CoderId) -> tuple[list[int], list[ArticleId]]:
        """Return all articles in order, which is kept for the next key that is typed into a filter.

        They come as the numbers that they have here, and as ids.
        """
        if self._order is not None and self._order[0] == sorting:
            return self._order[1:]
        key = extra_key(sorting.column)
        way = "DESC" if sorting.downwards else "ASC"
        join = ""
        if key is not None:
            join = "LEFT JOIN extra AS x ON x.key = :key AND x.n = e.n"
            order = f"coalesce(x.value, '') = '', natural_key(coalesce(x.value, '')) {way}"
        else:
            plain = f"e.{sorting.column} = '', natural_key(e.{sorting.column}) {{way}}"
            order = _ORDERS.get(Column(sorting.column), plain).format(
                way=way, whose="AND r.coder_id = :coder"
            )
        rows = self._db.execute(
            f"SELECT e.n, e.id FROM entry AS e {join} ORDER BY {order}, e.position, e.id",
            {"key": key, "coder": coder_id},
        )
        found: tuple[list[int], list[ArticleId]] = [], []
        # Row by row: very many tuples at once would have Python look for garbage, and everybody wait.
        for number, article_id in rows:
            found[0].append(number)
            found[1].append(article_id)
        # What goes on with coding is looked at anew each time.
        self._order = None if sorting.column in (Column.STATE, Column.ANNOTATIONS) else (sorting, *found)
        return found

    def _take_stock(self) -> None:
        self._order = None
        rows = self._db.execute("SELECT id FROM entry ORDER BY position, id")
        self._places = {ArticleId(row[0]): place for place, row in enumerate(rows, start=1)}
        most = f"ORDER BY count(*) DESC LIMIT {_MOST_VALUES}"
        found = self._db.execute(f"SELECT source FROM entry WHERE source <> '' GROUP BY source {most}")
        self._sources = tuple(sorted((row[0] for row in found), key=natural))
        extras: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
        for (key,) in list(self._db.execute("SELECT DISTINCT key FROM extra ORDER BY key")):
            found = self._db.execute(f"SELECT value FROM extra WHERE key = ? GROUP BY value {most}", (key,))
            extras[key] = tuple(sorted((str(row[0]) for row in found), key=natural))
        self._extras = dict(extras)


def _question(conditions: Sequence[str], words: int) -> str:
    """Return the SQL that asks for the numbers of what fits conditions and words, of which there is one at least."""
    matching = " AND ".join(f"instr(w.words, :word{number})" for number in range(words))
    question = f"SELECT w.n FROM word AS w WHERE {matching}"
    if not conditions:
        return question
    both = [f"e.n IN ({question})"] if words else []
    return f"SELECT e.n FROM entry AS e WHERE {' AND '.join([*conditions, *both])}"


def _conditions(wanted: ArticleFilter, codes: Sequence[CodeId]) -> tuple[list[str], dict[str, object]]:
    """Return what a filter asks for besides words, in SQL, with its values by name."""
    values: dict[str, object] = {"coder": wanted.coder_id, "sample": wanted.sample_id}
    whose = "AND r.coder_id = :coder" if wanted.coder_id is not None else ""
    found: list[str] = []
    if wanted.source is not None:
        values["source"] = wanted.source
        found.append("e.source = :source")
    if wanted.date_from or wanted.date_to:
        values |= {"date_from": wanted.date_from, "date_to": wanted.date_to or "9999"}
        # A month or a year holds all of its days: ~ comes after every digit and stroke.
        found.append("e.day <> '' AND e.day >= :date_from AND e.day <= :date_to || '~'")
    if wanted.state is not None:
        done, trace = _DONE.format(whose=whose), _TRACE.format(whose=whose)
        asked = {
            ReviewState.DONE: done,
            ReviewState.IN_PROGRESS: f"NOT {done} AND {trace}",
            ReviewState.NOT_OPENED: f"NOT {trace}",
        }
        found.append(asked[wanted.state])
    if wanted.code_id is not None:
        values |= {f"code{number}": code_id for number, code_id in enumerate(codes)}
        named = ", ".join(f":code{number}" for number in range(len(codes)))
        coded = f"SELECT r.article_id FROM file.annotation AS r WHERE r.code_id IN ({named}) {whose}"
        found.append(f"e.id {'IN' if wanted.with_code else 'NOT IN'} ({coded})")
    elif wanted.coder_id is not None and wanted.state is None:
        found.append(f"EXISTS (SELECT 1 FROM file.annotation AS r WHERE r.article_id = e.id {whose})")
    if wanted.key:
        values |= {"key": wanted.key, "value": wanted.value}
        # Without a value, the articles that lack the field are meant.
        matching = "SELECT x.n FROM extra AS x WHERE x.key = :key AND x.value"
        found.append(f"e.n IN ({matching} = :value)" if wanted.value else f"e.n NOT IN ({matching} <> '')")
    if wanted.sample_id is not None:
        drawn = "SELECT j.value FROM file.sample AS s, json_each(s.articles) AS j WHERE s.id = :sample"
        found.append(f"e.id IN ({drawn})")
    return found, values


def _words(title: str, source: str, date: str, author: str, url: str, reference: str, metadata: str) -> str:
    """Return what the words of a filter are looked for in, as it is compared."""
    extras: list[str] = []
    if metadata != "{}":
        # A damaged file is said by what checks it; here the rest of the article is still found.
        with suppress(ValueError, TypeError):
            extras = [str(value) for value in dict[str, object](from_json(metadata)).values()]
    return folded("\n".join((title, source, date, author, url, reference, *extras)))
