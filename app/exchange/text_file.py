"""Plain text: one file, one article, or a download from a news database with many."""

from pathlib import Path

from app.domain.articles import Draft, canonical, legible, title_from
from app.domain.progress import Progress
from app.exchange.encodings import decode, read_bytes
from app.exchange.formats import Reading, ReadOptions
from app.exchange.news_export import take_apart

_LARGEST = 80_000_000
"""Bytes: the longest article in the widest encoding."""


class TextFile:
    """Reads a text file; its name becomes the reference of the article, its first line the title."""

    name = "text"
    title = "Plain text"
    extensions = (".txt", ".text", ".md")
    takes_mapping = False
    takes_encoding = True

    def read(self, path: Path, options: ReadOptions, progress: Progress) -> Reading:
        """Read what is in the file; raises UserError if it is empty, too large or no text."""
        del progress
        raw, found = decode(read_bytes(path, _LARGEST), options.encoding)
        text, changed = canonical(raw)
        taken = take_apart(Draft(text=text, title=title_from(text), reference=legible(path.stem)), options)
        return Reading(
            drafts=taken.drafts,
            encoding=found,
            notes=(*changed, *taken.notes),
            problems=taken.problems,
            parts=taken.parts,
            split=taken.split,
            otherwise=taken.otherwise,
        )
