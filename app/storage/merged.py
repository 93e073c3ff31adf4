"""Writing records that win a merge, with the stamps that later merges need. Needs an open step."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.storage.columns import from_json, insert, to_json, upsert
from app.storage.connection import FileDatabase
from app.storage.records import KINDS, Content, Key, Records, State, digest

_MAIN: Mapping[str, tuple[str, ...]] = {
    "coder": ("id",),
    "entity": ("id",),
    "annotation": ("id",),
    "review": ("article_id", "coder_id"),
    "variable": ("article_id", "coder_id", "attribute_id"),
}


class Merged:
    """Reads the records of a project and writes the versions that win."""

    def __init__(self, db: FileDatabase) -> None:
        self._db = db

    def records(self) -> Records:
        """Return the records as they stand now."""
        return Records(self._db)

    def linking_to(self, annotation_ids: Iterable[str]) -> list[Key]:
        """Return the annotations with a link to one of those given."""
        found: set[str] = set()
        for each in annotation_ids:
            rows = self._db.execute("SELECT annotation_id FROM link WHERE to_annotation = ?", (each,))
            found.update(row[0] for row in rows)
        return [Key("annotation", each) for each in sorted(found)]

    def write(self, winners: Mapping[Key, State]) -> None:
        """Write versions of records. Links to annotations that are deleted are held back with the stamp."""
        self._delete(
            [key for key, state in winners.items() if state.content is None and key.kind != "entity"]
        )
        for kind in KINDS:
            for key, state in winners.items():
                if key.kind == kind and state.content is not None:
                    self._write_main(kind, state.content)
        for key, state in winners.items():
            if key.kind != "entity" or state.content is not None:
                self._note(key, state)
        for key, state in winners.items():
            if key.kind == "entity" and state.content is None:
                self._delete_entity(key, state)

    def note(self, states: Mapping[Key, State]) -> None:
        """Keep the stamps of records that stand here already, in a file whose history does not tell them."""
        for key, state in states.items():
            upsert(self._db, "stamp", {"kind": key.kind, "key": key.ids}, _values(state, state.content, []))

    def join_visit(self, article_id: str, coder_id: str, opened_at: str, seconds: float, offset: int) -> None:
        """Take the earlier first opening and the longer time: the same whichever file comes first."""
        row = self._db.execute(
            'SELECT opened_at, seconds, "offset" FROM visit WHERE article_id = ? AND coder_id = ?',
            (article_id, coder_id),
        ).fetchone() or (opened_at, seconds, offset)
        longer = max((row[1], row[2]), (seconds, offset))
        first = min(filter(None, (row[0], opened_at)), default="")
        key = {"article_id": article_id, "coder_id": coder_id}
        upsert(self._db, "visit", key, {"opened_at": first, "seconds": longer[0], "offset": longer[1]})

    def stamps(self) -> Iterator[dict[str, Any]]:
        """Yield every stamp that is noted, as `write_stamp` takes it."""
        for row in self._db.rows('SELECT * FROM stamp ORDER BY kind, "key"'):
            yield {**row, "held": from_json(row["held"])}

    def write_stamp(self, stamp: Mapping[str, Any]) -> None:
        """Note a stamp as another file had it; for a file that is being filled."""
        insert(self._db, "stamp", [{**stamp, "held": to_json(stamp["held"])}])

    def visits(self) -> list[tuple[str, str, str, float, int]]:
        """Return every visit: article, coder, first opening, seconds, code point."""
        return list(self._db.execute('SELECT article_id, coder_id, opened_at, seconds, "offset" FROM visit'))

    def _write_main(self, kind: str, content: Content) -> None:
        (main,) = content[kind]
        names = _MAIN[kind]
        values = {name: value for name, value in main.items() if name not in names}
        upsert(self._db, kind, {name: main[name] for name in names}, values)
        for table in KINDS[kind][1:]:
            self._db.execute(f'DELETE FROM "{table}" WHERE annotation_id = ?', (main["id"],))
            if table != "link":
                insert(self._db, table, content[table])

    def _note(self, key: Key, state: State) -> None:
        content, held = state.content, list[dict[str, Any]]()
        if content is not None and key.kind == "annotation":
            held = [row for row in content["link"] if not self._stands(row["to_annotation"])]
            content = {**content, "link": [row for row in content["link"] if row not in held]}
            insert(self._db, "link", content["link"])
        upsert(self._db, "stamp", {"kind": key.kind, "key": key.ids}, _values(state, content, held))

    def _stands(self, annotation_id: str | None) -> bool:
        if annotation_id is None:
            return True
        found = self._db.execute("SELECT 1 FROM annotation WHERE id = ?", (annotation_id,)).fetchone()
        return found is not None

    def _delete(self, keys: Iterable[Key]) -> None:
        for key in keys:
            where = " AND ".join(f'"{name}" = ?' for name in _MAIN[key.kind])
            self._db.execute(f'DELETE FROM "{key.kind}" WHERE {where}', key.ids.split(" "))

    def _delete_entity(self, key: Key, state: State) -> None:
        """Delete an entity that nothing links to; one that is linked to stays, with its own stamp."""
        if self._db.execute("SELECT 1 FROM link WHERE to_entity = ?", (key.ids,)).fetchone() is None:
            self._delete([key])
            self._note(key, state)


def _values(state: State, content: Content | None, held: list[dict[str, Any]]) -> dict[str, str]:
    return {"at": state.at, "step_id": state.step, "digest": digest(content), "held": to_json(held)}
