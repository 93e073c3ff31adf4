"""Articles: a text to be coded, and what is known about it."""

import hashlib
import re
from collections.abc import Mapping
from typing import NamedTuple

from pydantic import Field

from app.domain.errors import UserError
from app.domain.ids import ArticleId
from app.domain.reviews import ReviewState
from app.domain.values import Value

LONGEST_TEXT = 20_000_000
"""Code points that one article may hold."""

_LINE_ENDS = re.compile(r"\r\n?")
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


class Article(Value):
    """One text of a project with its metadata; the text itself is read by its hash.

    `length` counts code points; `sha256` is that of the canonical text in UTF-8; `position` orders the articles
    for the coder, from 0; `reference` is the id that the article had where it came from.
    """

    id: ArticleId
    position: int
    title: str
    source: str = ""
    date: str = ""
    url: str = ""
    author: str = ""
    reference: str = ""
    metadata: Mapping[str, str] = Field(default_factory=dict[str, str])
    length: int
    sha256: str
    imported_at: str


class ArticleLine(NamedTuple):
    """An article as lists need it, with how far one coder is: a light tuple, for projects with very many.

    `noted` tells whether the coder wrote notes on it; `seconds` is the time that the coder spent in it.
    """

    id: ArticleId
    title: str
    source: str
    date: str
    author: str
    reference: str
    state: ReviewState
    nothing_found: bool
    annotations: int
    noted: bool
    seconds: float


class Draft(Value):
    """An article on its way into a project: its canonical text and what the file said about it."""

    text: str
    title: str = ""
    source: str = ""
    date: str = ""
    url: str = ""
    author: str = ""
    reference: str = ""
    metadata: Mapping[str, str] = Field(default_factory=dict[str, str])


class Canonical(NamedTuple):
    """A text as the project keeps it, and in words what was changed to get there."""

    text: str
    changed: tuple[str, ...]


def canonical(raw: str) -> Canonical:
    """Return the text that offsets count in: no byte order mark, LF line ends, no NUL, nothing else touched.

    Raises UserError for a text that holds half of a surrogate pair or is longer than `LONGEST_TEXT`.
    """
    changed: list[str] = []
    text = raw
    if text.startswith("\ufeff"):
        text = text[1:]
        changed.append("byte order mark dropped")
    if "\r" in text:
        text, count = _LINE_ENDS.subn("\n", text)
        changed.append(f"{count} line end{'s' if count > 1 else ''} turned to LF")
    if "\0" in text:
        count = text.count("\0")
        text = text.replace("\0", "")
        changed.append(f"{count} NUL character{'s' if count > 1 else ''} removed")
    if not is_whole(text):
        raise UserError(
            "the text holds half of a character (a lone surrogate); save it again as UTF-8 and import that"
        )
    if len(text) > LONGEST_TEXT:
        raise UserError(
            f"the text has {len(text):,} characters; one article may have {LONGEST_TEXT:,}, so split it first"
        )
    return Canonical(text, tuple(changed))


def is_whole(text: str) -> bool:
    """Tell whether a text holds no half of a character (a lone surrogate), which no file can keep."""
    return not _LONE_SURROGATES.search(text)


def legible(text: str) -> str:
    """Return the text with a replacement character for every half of one."""
    return _LONE_SURROGATES.sub("\ufffd", text)


def text_hash(text: str) -> str:
    """Return the SHA-256 of the text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def title_from(text: str, longest: int = 80) -> str:
    """Return a title for a text that came without one: its first line, cut at a word."""
    line = text.strip().split("\n", 1)[0].strip()
    if len(line) <= longest:
        return line
    cut = line[:longest]
    return (cut.rsplit(" ", 1)[0] or cut).rstrip(" ,;:–—-") + "…"
