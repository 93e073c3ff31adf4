"""What every installer is told about the program: the one place for names, ids and the type of file.

Other tools than Python ask for one value: `python packaging/definition.py version`.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

NAME = "Rubricator"
COMMAND = "rubricator"
IDENTIFIER = "org.rubricator.Rubricator"
VERSION = re.search(r'__version__ = "([^"]+)"', (ROOT / "app" / "__init__.py").read_text(encoding="utf-8"))[1]
SUMMARY = "Code news articles offline"
DESCRIPTION = (
    "Highlight spans in news articles, tag them with the codes of your codebook, link claims to who made them, "
    "merge the work of several coders and measure how far they agree. Everything is kept in one file and nothing "
    "ever goes over a network."
)
DEVELOPERS = "The Rubricator developers"
LICENCE = "MIT"
KEYWORDS = ("content analysis", "annotation", "coding", "inter-coder agreement", "news")

FILE_ENDING = "rubric"
FILE_TYPE = "application/x-rubric"
FILE_TYPE_NAME = "Rubricator project"
APPLICATION_ID = int(
    re.search(
        r"^APPLICATION_ID\b[^=]*= (0x[0-9A-Fa-f]+|\d+)",
        (ROOT / "app" / "storage" / "schema.py").read_text(encoding="utf-8"),
        re.MULTILINE,
    )[1],
    0,
)
"""What SQLite notes in bytes 68 to 71 of every project, the highest first."""

ICON = ROOT / "resources" / "icons" / "rubricator.svg"
OLDEST_GLIBC = (2, 35)

BUILD = ROOT / "build"
OUT = ROOT / "dist"


def moment() -> int:
    """Return the moment that everything made is stamped with, in seconds: that of the commit, unless one is given."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    asked = subprocess.run(
        ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"], capture_output=True, text=True, check=False
    )
    return int(asked.stdout.strip() or 1_700_000_000)


if __name__ == "__main__":
    print(globals()[sys.argv[1].upper()])
