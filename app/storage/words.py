"""The word list in the project file: one row a term."""

from typing import Any

from app.domain.ids import TermId
from app.domain.words import Term
from app.storage.columns import delete, insert, update
from app.storage.connection import FileDatabase


class Words:
    """Reads and writes the word list; writing needs an open step."""

    def __init__(self, db: FileDatabase) -> None:
        self._db = db

    def read(self) -> tuple[Term, ...]:
        """Return the terms in their order."""
        return tuple(_term(row) for row in self._db.rows("SELECT * FROM term ORDER BY position, id"))

    def write(self, terms: tuple[Term, ...]) -> None:
        """Make the rows those of `terms`, touching only what differs."""
        known: dict[str, dict[str, Any]] = {row["id"]: row for row in self._db.rows("SELECT * FROM term")}
        for position, term in enumerate(terms):
            row = _row(term, position)
            before = known.pop(term.id, None)
            if before is None:
                insert(self._db, "term", [row])
            elif before != row:
                update(self._db, "term", {"id": term.id}, row)
        delete(self._db, "term", "id", list(known))


def _row(term: Term, position: int) -> dict[str, Any]:
    return {
        "id": term.id,
        "position": position,
        "pattern": term.pattern,
        "regular": int(term.regular),
        "whole_words": int(term.whole_words),
        "match_case": int(term.match_case),
        "colour": term.colour,
        "active": int(term.on),
    }


def _term(row: dict[str, Any]) -> Term:
    return Term(
        id=TermId(row["id"]),
        pattern=row["pattern"],
        regular=bool(row["regular"]),
        whole_words=bool(row["whole_words"]),
        match_case=bool(row["match_case"]),
        colour=row["colour"],
        on=bool(row["active"]),
    )
