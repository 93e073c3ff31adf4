"""The words of all texts in a database of the program's own, so that they are found at once.

The project file may hold no such index: it stays plain tables that any program can read. Texts are told apart by
their hash and never change, so nothing is ever taken out of the index. Belongs to one thread at a time.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from app.domain.errors import UserError
from app.domain.full_text import CLOSE, OPEN, Term, Wanted, cut, found
from app.domain.ids import ArticleId
from app.domain.progress import Progress
from app.storage.connection import FileDatabase, failing_in_words
from app.storage.watching import attached, watched

_CHUNK = 100
"""Texts that are read and indexed between two looks at whether to stop."""

_TOKENS = "tokenize=\"unicode61 remove_diacritics 2 categories 'L* N* Co M*'\""

_BEST = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank"
_WHICH = """
    SELECT a.id, a.title, k.sha256 FROM known AS k JOIN file.article AS a ON a.sha256 = k.sha256
    WHERE k.n = ? ORDER BY a.position, a.id
"""


class Match(NamedTuple):
    """An article that has the words, with its text and where they stand: ranges of code points in text order."""

    article_id: ArticleId
    title: str
    text: str
    ranges: list[tuple[int, int]]


class TextIndex:
    """Finds words in the texts of one project file, the best articles first."""

    def __init__(self, path: Path) -> None:
        with failing_in_words(path):
            self._db = FileDatabase(attached(path.resolve().as_uri()), path)
        try:
            self._db.conn.execute(f"CREATE VIRTUAL TABLE words USING fts5(body, content='', {_TOKENS})")
            self._db.conn.execute(f"CREATE VIRTUAL TABLE one USING fts5(body, {_TOKENS})")
        except sqlite3.OperationalError as error:
            self._db.close()
            raise UserError(
                "The SQLite library on this computer cannot search texts by words (it lacks FTS5). "
                "Use Edit > Find in all articles instead."
            ) from error
        self._db.execute("CREATE TABLE known (n INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE)")

    def close(self) -> None:
        """Forget everything."""
        self._db.close()

    def fill(self, progress: Progress) -> None:
        """Read the texts that are not known yet; what `progress` raises keeps those that are."""
        missing = [
            row[0]
            for row in self._db.execute(
                "SELECT sha256 FROM file.article WHERE sha256 NOT IN (SELECT sha256 FROM known) "
                "GROUP BY sha256 ORDER BY min(position)"
            )
        ]
        for start in range(0, len(missing), _CHUNK):
            progress(start, len(missing))
            self._add(missing[start : start + _CHUNK])

    def best(self, wanted: Wanted, progress: Progress) -> Iterator[Match]:
        """Yield the articles that have what is wanted, ranked by BM25, the best first."""
        expression = _expression(wanted)
        with watched(self._db, progress):
            numbers = list(self._db.execute(_BEST, (expression,)))
        for number in numbers:
            # A text whose articles were all removed stays in the index, and has none here.
            for article_id, title, sha256 in list(self._db.execute(_WHICH, number)):
                text = self._text(sha256)
                yield Match(article_id, title, text, self._ranges(text, expression))

    def _add(self, hashes: list[str]) -> None:
        self._db.execute("BEGIN")
        for sha256 in hashes:
            n = self._db.execute("INSERT INTO known (sha256) VALUES (?)", (sha256,)).lastrowid
            self._db.execute("INSERT INTO words (rowid, body) VALUES (?, ?)", (n, cut(self._text(sha256))))
        self._db.execute("COMMIT")

    def _text(self, sha256: str) -> str:
        """Return a text; a damaged file may lack it, and then nothing is found in it."""
        row = self._db.execute("SELECT content FROM file.text WHERE sha256 = ?", (sha256,)).fetchone()
        return str(row[0]) if row else ""

    def _ranges(self, text: str, expression: str) -> list[tuple[int, int]]:
        """Return where SQLite finds the words, which it tells only of a text that it holds."""
        self._db.execute("BEGIN")
        self._db.execute("INSERT INTO one (rowid, body) VALUES (1, ?)", (cut(text),))
        row = self._db.execute(
            "SELECT highlight(one, 0, ?, ?) FROM one WHERE one MATCH ?", (OPEN, CLOSE, expression)
        ).fetchone()
        self._db.execute("ROLLBACK")
        return list(found(row[0], text)) if row else []


def _expression(wanted: Wanted) -> str:
    """Return what is wanted as FTS5 reads it; everything that was typed stands in quotation marks."""
    must = " AND ".join(_phrase(term) for term in wanted.terms)
    if not wanted.none:
        return must
    return f"({must}) NOT ({' OR '.join(_phrase(term) for term in wanted.none)})"


def _phrase(term: Term) -> str:
    quoted = cut(term.words).replace('"', '""')
    return f'"{quoted}"{" *" if term.prefix else ""}'
