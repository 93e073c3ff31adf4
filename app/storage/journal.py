"""The journal: every step with the rows before and after; undo history and audit log in one.

Temporary triggers write the row images, so that no verb needs an inverse of its own and the file itself holds
no trigger. Undoing replays a step's images backwards under the same triggers, as a step of its own.
"""

import json
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import takewhile
from typing import Any, NamedTuple

from app.domain.errors import UserError
from app.domain.ids import CoderId, new_id
from app.domain.steps import StepRecord
from app.domain.times import now
from app.storage.columns import columns_of, insert, to_json
from app.storage.connection import FileDatabase
from app.storage.schema import GUARDED, JOURNALLED

Row = Mapping[str, Any]

_NEWEST = 2**62
"""Above the number of every step."""


class RowImage(NamedTuple):
    """One row of one table before and after a step; None where it did not exist."""

    table: str
    before: Row | None
    after: Row | None

    @property
    def row(self) -> Row:
        """The row as it was last seen."""
        return self.after or self.before or {}


class OpenStep:
    """A step that is being written; its name for people may still be set."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.images: tuple[RowImage, ...] = ()


class Journal:
    """Steps in and out of one open project file. Not for two threads at once."""

    def __init__(self, db: FileDatabase) -> None:
        self._db = db
        self._keys: dict[str, tuple[str, ...]] = {}

    def watch(self) -> None:
        """Set the triggers that keep the journal; without them nothing may be written."""
        self._db.execute("CREATE TEMP TABLE open_step (step INTEGER NOT NULL)")
        for table in (*JOURNALLED, *GUARDED):
            columns = [(row[1], row[5]) for row in self._db.execute(f'PRAGMA table_info("{table}")')]
            self._keys[table] = tuple(name for name, key in columns if key)
            for event in ("INSERT", "UPDATE", "DELETE"):
                body = "" if table in GUARDED else _record(table, event, [name for name, _key in columns])
                self._db.execute(
                    f'CREATE TEMP TRIGGER "{table}_{event}" AFTER {event} ON main."{table}" BEGIN '
                    "SELECT RAISE(ABORT, 'written outside a step') "
                    "WHERE NOT EXISTS (SELECT 1 FROM open_step); "
                    f"{body} END"
                )

    @contextmanager
    def step(self, name: str, coder_id: CoderId) -> Generator[OpenStep]:
        """Write one step: all of it or, on any exception, nothing.

        Afterwards `images` of the yielded step holds what changed. A step that changed nothing leaves no trace.
        What had been undone before can no longer be redone once something new was done.
        """
        with self._write(name, coder_id, "do", None) as step:
            yield step

    def undo(self, coder_id: CoderId) -> OpenStep:
        """Take back the newest step that still stands.

        Raises UserError if there is none, or if it is another coder's: nobody takes back another's work.
        """
        target = self._own(self.undoable(), coder_id, "undo")
        with self._write(target.name, coder_id, "undo", target.number) as step:
            for image in reversed(list(self._images(target.number))):
                self._put_back(image)
        return step

    def redo(self, coder_id: CoderId) -> OpenStep:
        """Do again what was undone last; raises UserError if there is nothing, or nothing of this coder's."""
        target = self._own(self.redoable(), coder_id, "redo")
        with self._write(target.name, coder_id, "redo", target.number) as step:
            for image in self._images(target.number):
                self._put_back(RowImage(image.table, image.after, image.before))
        return step

    def undoable(self) -> StepRecord | None:
        """The newest step that still stands."""
        return next(self._steps("WHERE kind = 'do' AND state = 'done' ORDER BY number DESC LIMIT 1"), None)

    def redoable(self) -> StepRecord | None:
        """The step that was undone last."""
        return next(self._steps("WHERE kind = 'do' AND state = 'undone' ORDER BY number LIMIT 1"), None)

    def undoables(self, coder_id: CoderId, limit: int) -> Iterator[StepRecord]:
        """Yield the steps that one `undo` of a coder after the other would take back."""
        steps = self._steps("WHERE kind = 'do' AND state = 'done' ORDER BY number DESC LIMIT ?", limit)
        return takewhile(lambda step: step.coder_id == coder_id, steps)

    def redoables(self, coder_id: CoderId, limit: int) -> Iterator[StepRecord]:
        """Yield the steps that one `redo` of a coder after the other would do again."""
        steps = self._steps("WHERE kind = 'do' AND state = 'undone' ORDER BY number LIMIT ?", limit)
        return takewhile(lambda step: step.coder_id == coder_id, steps)

    def distance(self, number: int, coder_id: CoderId) -> int:
        """Return how many undos of a coder take back this step, as a negative number how many redos do it again.

        0 for a step that neither can: it is dropped, or a step of somebody else lies before it on the way.
        """
        row = self._db.execute(
            "SELECT state FROM step WHERE number = ? AND kind = 'do'", (number,)
        ).fetchone()
        if row is None or row[0] == "dropped":
            return 0
        way = "number >= ? AND state = 'done'" if row[0] == "done" else "number <= ? AND state = 'undone'"
        count, others = self._db.execute(
            f"SELECT count(*), coalesce(sum(coder_id <> ?), 0) FROM step WHERE kind = 'do' AND {way}",
            (coder_id, number),
        ).fetchone()
        if others:
            return 0
        return int(count) if row[0] == "done" else -int(count)

    def history(self, limit: int = -1, *, before: int = _NEWEST) -> Iterator[StepRecord]:
        """Yield the steps older than number `before`, the newest first."""
        return self._steps("WHERE number < ? ORDER BY number DESC LIMIT ?", before, limit)

    def dump(self) -> Iterator[dict[str, Any]]:
        """Yield every step from the first on, with its row images under `rows`."""
        for step in self._db.rows("SELECT * FROM step ORDER BY number"):
            yield {**step, "rows": [image._asdict() for image in self._images(step["number"])]}

    def load(self, steps: Iterable[Mapping[str, Any]]) -> None:
        """Write steps as `dump` yields them; for a new file that nobody watches yet.

        Raises UserError for a row of a table or with a column that no project has.
        """
        columns = columns_of(self._db)
        for step in steps:
            row = {name: value for name, value in step.items() if name != "rows"}
            insert(self._db, "step", [row])
            for position, image in enumerate(step["rows"], start=1):
                known = columns.get(image["table"], frozenset[str]())
                if not known.issuperset({*(image["before"] or ()), *(image["after"] or ())}) or not known:
                    raise UserError(
                        f"The history holds a row of “{image['table']}” that no project can have."
                    )
                before, after = (side and to_json(side) for side in (image["before"], image["after"]))
                self._db.execute(
                    "INSERT INTO step_row VALUES (?, ?, ?, ?, ?)",
                    (row["number"], position, image["table"], before, after),
                )

    def count(self) -> int:
        """The number of the newest step; grows with every step, undone ones included."""
        return int(self._db.execute("SELECT coalesce(max(number), 0) FROM step").fetchone()[0])

    @contextmanager
    def quietly(self) -> Generator[None]:
        """Write to tables that are not part of the history: visits."""
        with self._transaction(0):
            yield

    @contextmanager
    def _write(self, name: str, coder_id: CoderId, kind: str, of: int | None) -> Generator[OpenStep]:
        step = OpenStep(name)
        with self._transaction(self.count() + 1) as number:
            self._db.execute(
                "INSERT INTO step (number, id, at, coder_id, name, kind, state, of) "
                "VALUES (?, ?, ?, ?, ?, ?, 'done', ?)",
                (number, new_id(), now(), coder_id, name, kind, of),
            )
            yield step
            step.images = tuple(self._images(number))
            if not step.images:
                self._db.execute("DELETE FROM step WHERE number = ?", (number,))
            elif kind == "do":
                self._db.execute("UPDATE step SET name = ? WHERE number = ?", (step.name, number))
                self._db.execute("UPDATE step SET state = 'dropped' WHERE kind = 'do' AND state = 'undone'")
            else:
                state = "undone" if kind == "undo" else "done"
                self._db.execute("UPDATE step SET state = ? WHERE number = ?", (state, of))

    @contextmanager
    def _transaction(self, number: int) -> Generator[int]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            if number:
                number = self.count() + 1
            self._db.execute("PRAGMA defer_foreign_keys = ON")
            self._db.execute("INSERT INTO open_step VALUES (?)", (number,))
            yield number
            self._db.execute("DELETE FROM open_step")
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.conn.in_transaction:
                self._db.execute("ROLLBACK")
            raise

    def _images(self, number: int) -> Iterator[RowImage]:
        rows = self._db.execute(
            'SELECT "table", before, after FROM step_row WHERE step = ? ORDER BY position', (number,)
        )
        for table, before, after in rows:
            yield RowImage(table, before and json.loads(before), after and json.loads(after))

    def _put_back(self, image: RowImage) -> None:
        """Make the row what it was before."""
        keys = self._keys[image.table]
        where = " AND ".join(f'"{key}" IS ?' for key in keys)
        if image.before is None:
            self._db.execute(f'DELETE FROM "{image.table}" WHERE {where}', [image.row[key] for key in keys])
            return
        columns = list(image.before)
        values = list(image.before.values())
        if image.after is None:
            names = ", ".join(f'"{column}"' for column in columns)
            marks = ", ".join("?" * len(columns))
            self._db.execute(f'INSERT INTO "{image.table}" ({names}) VALUES ({marks})', values)
        else:
            assignments = ", ".join(f'"{column}" = ?' for column in columns)
            self._db.execute(
                f'UPDATE "{image.table}" SET {assignments} WHERE {where}',
                [*values, *(image.after[key] for key in keys)],
            )

    @staticmethod
    def _own(step: StepRecord | None, coder_id: CoderId, verb: str) -> StepRecord:
        if step is None:
            raise UserError(f"There is nothing to {verb}.")
        if step.coder_id != coder_id:
            raise UserError(f"“{step.name}” is not a step of yours, so it stays as it is.")
        return step

    def _steps(self, which: str, *values: int) -> Iterator[StepRecord]:
        columns = "number, id, at, coder_id, name, kind, state"
        for row in self._db.execute(f"SELECT {columns} FROM step {which}", values):
            yield StepRecord(*row)


def _record(table: str, event: str, columns: list[str]) -> str:
    """Return the statement of a trigger that writes the images of a row."""

    def image(side: str) -> str:
        pairs = ", ".join(f"'{column}', {side}.\"{column}\"" for column in columns)
        return f"json_object({pairs})"

    before = "NULL" if event == "INSERT" else image("old")
    after = "NULL" if event == "DELETE" else image("new")
    changed = f"WHERE {before} IS NOT {after}" if event == "UPDATE" else ""
    return (
        'INSERT INTO step_row (step, position, "table", before, after) '
        "SELECT open_step.step, "
        "(SELECT coalesce(max(position), 0) + 1 FROM step_row WHERE step_row.step = open_step.step), "
        f"'{table}', {before}, {after} FROM open_step {changed};"
    )
