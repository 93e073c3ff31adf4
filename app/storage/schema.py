"""What a project file consists of: its marks and the names of its tables."""

APPLICATION_ID = 0x52425243
"""`RBRC`: marks an SQLite file as a project of ours."""

FILE_VERSION = 6
"""The version of the file format that this program writes: the number of its migrations."""

JOURNALLED = (
    "project",
    "coder",
    "article",
    "code",
    "attribute",
    "entity",
    "annotation",
    "fragment",
    "answer",
    "link",
    "review",
    "variable",
    "term",
    "codebook_version",
    "sample",
    "ordering",
    "packet",
    "stamp",
)
"""Tables whose every change is written to the journal, parents before children."""

GUARDED = ("text", "visit")
"""Tables that are not part of the undo history, but are written inside a transaction all the same."""

LEDGER = ("step", "step_row")
"""The journal itself."""

MIGRATIONS = "_sqlite_migrations"
"""Where sqlite-utils notes which migrations a file has seen."""

TABLES = frozenset((*JOURNALLED, *GUARDED, *LEDGER, MIGRATIONS))
