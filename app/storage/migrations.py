"""The tables of a project file, as append-only migrations.

Never change a migration that was released: add one, count it in `FILE_VERSION`, and keep a file of the version
before it in the tests. Only a file that is new or old comes here, because loading sqlite-utils takes as long as
opening the window.
"""

import json
import sqlite3
from contextlib import suppress
from typing import Any

from sqlite_utils import Database, Migrations

from app.storage.schema import FILE_VERSION

migrations = Migrations("rubricator")


@migrations(name="0001_first_tables")
def _first_tables(db: Database) -> None:
    for statement in (*_PROJECT, *_CODEBOOK, *_ANNOTATIONS, *_REVIEWS, *_LEDGER):
        db.conn.execute(statement)


@migrations(name="0002_word_list")
def _word_list(db: Database) -> None:
    db.conn.execute(_TERM)


@migrations(name="0003_reason_for_done")
def _reason_for_done(db: Database) -> None:
    db.conn.execute("ALTER TABLE review ADD COLUMN reason TEXT NOT NULL DEFAULT ''")


@migrations(name="0004_codebook_versions")
def _codebook_versions(db: Database) -> None:
    db.conn.execute(_CODEBOOK_VERSION)
    for name, number in db.conn.execute("SELECT codebook_name, codebook_version FROM project").fetchall():
        # A file that is new has no project yet. One that is damaged is said to be so by whoever reads it.
        with suppress(ValueError):
            content = json.dumps(_codebook_as_it_stood(db, name, number), ensure_ascii=False)
            values = (number, "", "", "", content)
            db.conn.execute("INSERT INTO codebook_version VALUES (?, ?, ?, ?, ?)", values)


@migrations(name="0005_samples")
def _samples(db: Database) -> None:
    for statement in (_SAMPLE, _ORDERING):
        db.conn.execute(statement)


@migrations(name="0006_merging")
def _merging(db: Database) -> None:
    for statement in (_PACKET, _STAMP):
        db.conn.execute(statement)


def migrate(connection: sqlite3.Connection, program: str) -> None:
    """Give a file every migration that it lacks, and note which program did so."""
    db = Database(connection, execute_plugins=False)
    migrations.apply(db)
    with db.atomic():
        db.conn.execute(f"PRAGMA user_version = {FILE_VERSION}")
        db.conn.execute("UPDATE project SET program = ?", (program,))


def known_migrations() -> list[str]:
    """Return the names of all migrations, the oldest first."""
    return [each.name for each in migrations.pending(Database(memory=True))]


_PROJECT = (
    """CREATE TABLE project (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        id TEXT NOT NULL,
        name TEXT NOT NULL,
        created_at TEXT NOT NULL,
        granularity TEXT NOT NULL,
        codebook_name TEXT NOT NULL,
        codebook_version INTEGER NOT NULL,
        program TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE coder (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE text (
        sha256 TEXT PRIMARY KEY,
        content TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE article (
        id TEXT PRIMARY KEY,
        position INTEGER NOT NULL,
        title TEXT NOT NULL,
        source TEXT NOT NULL,
        date TEXT NOT NULL,
        url TEXT NOT NULL,
        author TEXT NOT NULL,
        reference TEXT NOT NULL,
        metadata TEXT NOT NULL,
        length INTEGER NOT NULL,
        sha256 TEXT NOT NULL REFERENCES text,
        imported_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX article_by_position ON article (position)",
    "CREATE INDEX article_by_text ON article (sha256)",
)

_CODEBOOK = (
    """CREATE TABLE code (
        id TEXT PRIMARY KEY,
        position INTEGER NOT NULL,
        parent TEXT REFERENCES code ON DELETE CASCADE,
        name TEXT NOT NULL,
        colour TEXT NOT NULL,
        shortcut TEXT NOT NULL,
        definition TEXT NOT NULL,
        when_to TEXT NOT NULL,
        when_not TEXT NOT NULL,
        examples TEXT NOT NULL,
        exclusive INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE attribute (
        id TEXT PRIMARY KEY,
        code_id TEXT REFERENCES code ON DELETE CASCADE,
        position INTEGER NOT NULL,
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        required INTEGER NOT NULL,
        standard TEXT NOT NULL,
        help TEXT NOT NULL,
        choices TEXT NOT NULL,
        targets TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX attribute_by_code ON attribute (code_id)",
    """CREATE TABLE entity (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        aliases TEXT NOT NULL,
        type TEXT NOT NULL,
        country TEXT NOT NULL,
        note TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
)

_ANNOTATIONS = (
    """CREATE TABLE annotation (
        id TEXT PRIMARY KEY,
        article_id TEXT NOT NULL REFERENCES article ON DELETE CASCADE,
        coder_id TEXT NOT NULL REFERENCES coder,
        code_id TEXT NOT NULL REFERENCES code,
        memo TEXT NOT NULL,
        discuss INTEGER NOT NULL,
        consensus INTEGER NOT NULL,
        codebook_version INTEGER NOT NULL,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX annotation_by_article ON annotation (article_id, coder_id, code_id)",
    "CREATE INDEX annotation_by_code ON annotation (code_id)",
    """CREATE TABLE fragment (
        annotation_id TEXT NOT NULL REFERENCES annotation ON DELETE CASCADE,
        position INTEGER NOT NULL,
        article_id TEXT NOT NULL,
        start INTEGER NOT NULL CHECK (start >= 0),
        "end" INTEGER NOT NULL CHECK ("end" > start),
        quote TEXT NOT NULL,
        PRIMARY KEY (annotation_id, position)
    ) STRICT, WITHOUT ROWID""",
    # The article stands in every fragment, so that what lies at a place is found without a look at the rest.
    'CREATE INDEX fragment_by_place ON fragment (article_id, start, "end")',
    """CREATE TABLE answer (
        annotation_id TEXT NOT NULL REFERENCES annotation ON DELETE CASCADE,
        attribute_id TEXT NOT NULL REFERENCES attribute ON DELETE CASCADE,
        content TEXT NOT NULL,
        PRIMARY KEY (annotation_id, attribute_id)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX answer_by_attribute ON answer (attribute_id)",
    """CREATE TABLE link (
        annotation_id TEXT NOT NULL REFERENCES annotation ON DELETE CASCADE,
        attribute_id TEXT NOT NULL REFERENCES attribute ON DELETE CASCADE,
        position INTEGER NOT NULL,
        to_annotation TEXT REFERENCES annotation ON DELETE CASCADE,
        to_entity TEXT REFERENCES entity,
        PRIMARY KEY (annotation_id, attribute_id, position),
        CHECK (to_annotation IS NULL OR to_entity IS NULL)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX link_by_attribute ON link (attribute_id)",
    "CREATE INDEX link_to_annotation ON link (to_annotation)",
    "CREATE INDEX link_to_entity ON link (to_entity)",
)

_REVIEWS = (
    """CREATE TABLE review (
        article_id TEXT NOT NULL REFERENCES article ON DELETE CASCADE,
        coder_id TEXT NOT NULL REFERENCES coder,
        done INTEGER NOT NULL,
        nothing_found INTEGER NOT NULL,
        done_at TEXT NOT NULL,
        notes TEXT NOT NULL,
        PRIMARY KEY (article_id, coder_id)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE variable (
        article_id TEXT NOT NULL REFERENCES article ON DELETE CASCADE,
        coder_id TEXT NOT NULL REFERENCES coder,
        attribute_id TEXT NOT NULL REFERENCES attribute ON DELETE CASCADE,
        content TEXT NOT NULL,
        PRIMARY KEY (article_id, coder_id, attribute_id)
    ) STRICT, WITHOUT ROWID""",
    # No foreign keys: the time spent outlives an import that is undone and redone.
    """CREATE TABLE visit (
        article_id TEXT NOT NULL,
        coder_id TEXT NOT NULL,
        opened_at TEXT NOT NULL,
        seconds REAL NOT NULL,
        "offset" INTEGER NOT NULL,
        PRIMARY KEY (article_id, coder_id)
    ) STRICT, WITHOUT ROWID""",
)

_LEDGER = (
    """CREATE TABLE step (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL,
        at TEXT NOT NULL,
        coder_id TEXT NOT NULL,
        name TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('do', 'undo', 'redo')),
        state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'dropped')),
        of INTEGER REFERENCES step
    ) STRICT""",
    "CREATE INDEX step_by_state ON step (kind, state, number)",
    """CREATE TABLE step_row (
        step INTEGER NOT NULL REFERENCES step,
        position INTEGER NOT NULL,
        "table" TEXT NOT NULL,
        before TEXT,
        after TEXT,
        PRIMARY KEY (step, position)
    ) STRICT, WITHOUT ROWID""",
)

_TERM = """CREATE TABLE term (
    id TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    pattern TEXT NOT NULL,
    regular INTEGER NOT NULL,
    whole_words INTEGER NOT NULL,
    match_case INTEGER NOT NULL,
    colour TEXT NOT NULL,
    active INTEGER NOT NULL
) STRICT, WITHOUT ROWID"""

_CODEBOOK_VERSION = """CREATE TABLE codebook_version (
    "version" INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    coder_id TEXT NOT NULL,
    note TEXT NOT NULL,
    content TEXT NOT NULL
) STRICT"""


def _codebook_as_it_stood(db: Database, name: str, number: int) -> dict[str, Any]:
    """Return the codebook of a file of version 2, read with the columns of then."""
    questions: dict[str | None, list[dict[str, Any]]] = {}
    for row in _rows(db, "SELECT * FROM attribute ORDER BY position, id"):
        question = {each: row[each] for each in ("id", "name", "kind", "help")}
        question |= {each: json.loads(row[each]) for each in ("choices", "targets")}
        question |= {"required": bool(row["required"]), "default": json.loads(row["standard"])}
        questions.setdefault(row["code_id"], []).append(question)
    codes: list[dict[str, Any]] = []
    for row in _rows(db, "SELECT * FROM code ORDER BY position, id"):
        code = {
            each: row[each]
            for each in ("id", "name", "parent", "colour", "shortcut", "definition", "when_not")
        }
        code |= {"when": row["when_to"], "examples": json.loads(row["examples"])}
        code |= {"exclusive": bool(row["exclusive"]), "attributes": questions.get(row["id"], [])}
        codes.append(code)
    return {"name": name, "version": number, "codes": codes, "variables": questions.get(None, [])}


def _rows(db: Database, statement: str) -> list[dict[str, Any]]:
    cursor = db.conn.execute(statement)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


# What was drawn stays noted, whatever becomes of the articles later, so nothing here refers to their table.
_SAMPLE = """CREATE TABLE sample (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    created_at TEXT NOT NULL,
    seed INTEGER NOT NULL,
    stratify TEXT NOT NULL,
    share TEXT NOT NULL,
    population INTEGER NOT NULL,
    drawn_from TEXT NOT NULL,
    strata TEXT NOT NULL,
    articles TEXT NOT NULL
) STRICT, WITHOUT ROWID"""

_ORDERING = """CREATE TABLE ordering (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    kind TEXT NOT NULL,
    seed INTEGER NOT NULL,
    arrived TEXT NOT NULL
) STRICT"""

# What tells a copy for a coder from the project that it was cut from: both have the id of the study.
_PACKET = """CREATE TABLE packet (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    id TEXT NOT NULL,
    coder_id TEXT NOT NULL,
    made_at TEXT NOT NULL
) STRICT"""

# Who wrote a record last, where that is not in this file's own history; nothing refers to rows, which may be gone.
_STAMP = """CREATE TABLE stamp (
    kind TEXT NOT NULL,
    "key" TEXT NOT NULL,
    at TEXT NOT NULL,
    step_id TEXT NOT NULL,
    digest TEXT NOT NULL,
    held TEXT NOT NULL,
    PRIMARY KEY (kind, "key")
) STRICT, WITHOUT ROWID"""
