"""The tables of a project file, as append-only migrations.

Never change a migration that was released: add one, count it in `FILE_VERSION`, and keep a file of the version
before it in the tests. Only a file that is new or old comes here, because loading sqlite-utils takes as long as
opening the window.
"""

import sqlite3

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


@migrations(name="0004_samples")
def _samples(db: Database) -> None:
    for statement in (_SAMPLE, _ORDERING):
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
