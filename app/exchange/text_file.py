"""Plain text: one file, one article."""

from collections.abc import Mapping
from pathlib import Path

from app.domain.articles import Draft, canonical, legible, title_from
from app.domain.progress import Progress
from app.exchange.encodings import decode, read_bytes
from app.exchange.formats import Reading

_LARGEST = 80_000_000
"""Bytes: the longest article in the widest encoding."""


class TextFile:
    """Reads a text file; its name becomes the reference of the article, its first line the title."""

    name = "text"
    title = "Plain text"
    extensions = (".txt", ".text", ".md")
    takes_mapping = False

    def read(self, path: Path, columns: Mapping[str, str], progress: Progress, encoding: str = "") -> Reading:
        """Read one article; raises UserError if the file is empty, too large or no text."""
        del columns, progress
        raw, found = decode(read_bytes(path, _LARGEST), encoding)
        text, changed = canonical(raw)
        draft = Draft(text=text, title=title_from(text), reference=legible(path.stem))
        return Reading(drafts=(draft,), encoding=found, notes=changed)
