"""Records as merges compare them: who wrote each last, in which step, and what it says.

A record is an annotation with its fragments, answers and links, a review, an answer to an article variable, an
entity or a coder. The stamp of a record is the moment and the id of the step that wrote it last. It is read from
the journal; a record that came with a merge has it in the table of stamps, because the merge wrote it only down.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from app.storage.columns import from_json, to_json
from app.storage.connection import FileDatabase

Content = Mapping[str, list[dict[str, Any]]]
"""The rows of a record by table, the main row first."""

KINDS: Mapping[str, tuple[str, ...]] = {
    "coder": ("coder",),
    "entity": ("entity",),
    "annotation": ("annotation", "fragment", "answer", "link"),
    "review": ("review",),
    "variable": ("variable",),
}
"""The tables of each kind of record, those first that others refer to."""

_KEYS: Mapping[str, tuple[str, ...]] = {
    "coder": ("id",),
    "entity": ("id",),
    "annotation": ("id",),
    "fragment": ("annotation_id",),
    "answer": ("annotation_id",),
    "link": ("annotation_id",),
    "review": ("article_id", "coder_id"),
    "variable": ("article_id", "coder_id", "attribute_id"),
}

_ORDER = {"fragment": "position", "answer": "attribute_id", "link": "attribute_id, position"}


class Key(NamedTuple):
    """Which record: its kind, and the ids of its main row with spaces between."""

    kind: str
    ids: str


class State(NamedTuple):
    """One version of a record. `content` is None where it was deleted; the last one in order wins a merge.

    `seen` holds the ids of all steps that wrote the record in this file or before it came here.
    """

    at: str
    step: str
    content: Content | None
    seen: frozenset[str]

    @property
    def order(self) -> tuple[str, str, str]:
        """What decides which of two versions is the newer, the same in every file."""
        return self.at, self.step, digest(self.content)


class Noted(NamedTuple):
    """A row of the table of stamps. `held` are links to what is deleted, for when it comes back."""

    at: str
    step: str
    digest: str
    held: list[dict[str, Any]]


class Records:
    """The records of one file as it stands when this is made; make another after writing."""

    def __init__(self, db: FileDatabase, columns: Mapping[str, Sequence[str]] | None = None) -> None:
        self._db = db
        self.columns = columns or _columns(db)
        self._noted = self._read_noted()
        self._touched = self._read_touched()
        self._standing: dict[str, frozenset[str]] = {}
        self._passed = self._read_passed()

    def keys(self, kind: str) -> set[Key]:
        """Return every record of a kind that there is or was."""
        known = {key for key in (*self._noted, *self._touched) if key.kind == kind}
        return known | set(self._contents(kind, ""))

    def all_of(self, kind: str) -> dict[Key, State]:
        """Return every record of a kind that there is or was."""
        contents = self._contents(kind, "")
        return {key: self._state(key, contents.get) for key in self.keys(kind)}

    def stamp(self, key: Key) -> tuple[str, str] | None:
        """Return moment and step of a record where these are known without a look at what it says."""
        noted, touches = self._noted.get(key), self._touched.get(key)
        if noted is not None and touches is None:
            return noted.at, noted.step
        if noted is None and touches is not None:
            return _last(touches, "", "")
        return None

    def get(self, key: Key) -> State | None:
        """Return one record, None if this file never had it."""
        if key.kind not in self._standing:
            ids = " || ' ' || ".join(_KEYS[key.kind])
            rows = self._db.execute(f'SELECT {ids} FROM "{key.kind}"')
            self._standing[key.kind] = frozenset(row[0] for row in rows)
        # Most records of a returned file are new, and asking for each would take most of the time.
        found = self._contents(key.kind, key.ids) if key.ids in self._standing[key.kind] else {}
        if key not in self._noted and key not in self._touched and key not in found:
            return None
        return self._state(key, found.get)

    def holding_back(self, ids: set[str]) -> list[Key]:
        """Return the annotations of which links to some others are held back."""
        return [
            key
            for key, noted in self._noted.items()
            if any(row["to_annotation"] in ids for row in noted.held)
        ]

    def _state(self, key: Key, find: Callable[[Key], Content | None]) -> State:
        content, noted, touches = find(key), self._noted.get(key), self._touched.get(key, [])
        seen = self._passed.get(key, frozenset[str]()) | {step for _at, step in touches}
        if noted is not None and (not touches or digest(content) == noted.digest):
            if content is not None and noted.held:
                content = {**content, "link": _in_order([*content["link"], *noted.held])}
            return State(noted.at, noted.step, content, seen | {noted.step})
        at, step = _last(touches, *((noted.at, noted.step) if noted else ("", "")))
        return State(at, step, content, seen)

    def _read_noted(self) -> dict[Key, Noted]:
        rows = self._db.execute('SELECT kind, "key", at, step_id, digest, held FROM stamp')
        return {
            Key(kind, key): Noted(at, step, said, from_json(held)) for kind, key, at, step, said, held in rows
        }

    def _read_touched(self) -> dict[Key, list[tuple[str, str]]]:
        """Read from the journal which steps wrote a record; what a merge wrote is told by stamps alone."""
        found: defaultdict[Key, list[tuple[str, str]]] = defaultdict(list)
        for kind, tables in KINDS.items():
            several: list[str] = []
            for table in tables:
                ids = " || ' ' || ".join(
                    f"json_extract(coalesce(r.after, r.before), '$.{column}')" for column in _KEYS[table]
                )
                several.append(
                    f"SELECT r.step AS number, {ids} AS ids FROM step_row AS r WHERE \"table\" = '{table}'"
                )
            for ids, at, step in self._db.execute(
                f"SELECT DISTINCT t.ids, s.at, s.id FROM ({' UNION '.join(several)}) AS t "
                "JOIN step AS s ON s.number = t.number "
                "WHERE s.number NOT IN (SELECT step FROM step_row WHERE \"table\" = 'stamp') ORDER BY s.number"
            ):
                found[Key(kind, ids)].append((at, step))
        return found

    def _read_passed(self) -> dict[Key, frozenset[str]]:
        """Read which versions merges brought before the one that is noted now."""
        found: defaultdict[Key, set[str]] = defaultdict(set)
        for side in ("before", "after"):
            for kind, key, step in self._db.execute(
                f"SELECT json_extract({side}, '$.kind'), json_extract({side}, '$.key'), "
                f"json_extract({side}, '$.step_id') FROM step_row WHERE \"table\" = 'stamp' AND {side} IS NOT NULL"
            ):
                found[Key(kind, key)].add(step)
        return {key: frozenset(steps) for key, steps in found.items()}

    def _contents(self, kind: str, ids: str) -> dict[Key, Content]:
        """Read the contents of one record, or of all of a kind where no ids are given."""
        found: dict[Key, dict[str, list[dict[str, Any]]]] = {}
        for table in KINDS[kind]:
            keys = _KEYS[table]
            where = "WHERE " + " AND ".join(f'"{key}" = ?' for key in keys) if ids else ""
            names = ", ".join(f'"{name}"' for name in self.columns[table])
            order = f"ORDER BY {', '.join(keys)}, {_ORDER[table]}" if table in _ORDER else ""
            values = ids.split(" ") if ids else []
            if len(values) not in (0, len(keys)):
                return {}
            for row in self._db.rows(f'SELECT {names} FROM "{table}" {where} {order}', values):
                key = Key(kind, " ".join(row[each] for each in keys))
                if table == kind:
                    found[key] = {each: [] for each in KINDS[kind]}
                if key in found:
                    found[key][table].append(row)
        return dict(found)


def digest(content: Content | None) -> str:
    """Return what tells one content from another; nothing for a record that is deleted."""
    return "" if content is None else hashlib.sha256(to_json(content).encode()).hexdigest()[:32]


def _last(touches: Sequence[tuple[str, str]], at: str, step: str) -> tuple[str, str]:
    """Return the stamp after further steps: a clock that was set back, or lags behind, makes nothing older."""
    for later, number in touches:
        at, step = later if later > at else f"{at}~", number
    return at, step


def _in_order(links: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(links, key=lambda row: (row["attribute_id"], row["position"]))


def _columns(db: FileDatabase) -> dict[str, list[str]]:
    return {
        table: [row[1] for row in db.execute(f'PRAGMA table_info("{table}")')]
        for tables in KINDS.values()
        for table in tables
    }
