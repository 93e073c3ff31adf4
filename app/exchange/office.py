"""What Word and Excel files have in common: a ZIP archive of XML that may be damaged, locked or a trap."""

import re
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element
from zipfile import BadZipFile, ZipFile, ZipInfo

from app.domain.articles import legible
from app.domain.errors import UserError
from app.domain.progress import Progress

_LARGEST = 180_000_000
_LARGEST_UNPACKED = 600_000_000
_LARGEST_RATIO = 400
"""How many bytes a packed one may become; what people write reaches fifty or so."""

_SUSPICIOUS = 20_000_000
_LARGEST_PART = 100_000_000
_MOST_TAGS = 4_000_000
"""In one part. Half a gigabyte of memory at most: a tag of five bytes takes a hundred once it is read."""

_SMALLEST_TAG = 4
"""Bytes, as in <a/>."""

_CHUNK = 1 << 20

_OLE = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")

DAMAGED = (
    *(BadZipFile, zlib.error, EOFError, SyntaxError, NotImplementedError, RecursionError),
    *(KeyError, ValueError, TypeError, IndexError, AttributeError, RuntimeError, OverflowError),
)
"""What reading a damaged archive, or one that lacks parts, may raise in zipfile, openpyxl or the XML parsers, of which
both call their errors a SyntaxError."""


@contextmanager
def opened(path: Path, kind: str) -> Generator[ZipFile]:
    """Open a document that was looked at first; `kind` is its word for people, such as “Word document”.

    Raises UserError if it is empty, locked, no such document, or would unpack to more than it may.
    """
    size = path.stat().st_size
    if size == 0:
        raise UserError("the file is empty.")
    if size > _LARGEST:
        raise UserError(
            f"the file has {size / 1e6:,.0f} MB; up to {_LARGEST // 10**6} MB can be imported, so split it."
        )
    with path.open("rb") as file:
        if file.read(4) == _OLE:
            file.seek(0)
            if _LOCKED in file.read(1_000_000):
                raise UserError("it is protected with a password; save it without one.")
            raise UserError(f"it is an old Office document; save it as a new {kind} first.")
    try:
        archive = ZipFile(path)
    except DAMAGED as error:
        raise UserError(f"this is no {kind}, or it is damaged.") from error
    with archive:
        _check_sizes(archive)
        yield archive


def _check_sizes(archive: ZipFile) -> None:
    """Raise UserError for an archive made to fill the memory. zipfile reads no more than each entry says here."""
    for entry in archive.infolist():
        if entry.file_size > _SUSPICIOUS and entry.file_size > _LARGEST_RATIO * max(1, entry.compress_size):
            raise UserError(
                "it unpacks to far more than a document could hold; it may have been made to do harm."
            )
    if sum(entry.file_size for entry in archive.infolist()) > _LARGEST_UNPACKED:
        raise UserError(f"it unpacks to more than {_LARGEST_UNPACKED // 10**6} MB; split it.")


def part(archive: ZipFile, name: str) -> Element | None:
    """Return one XML part of a document, without entities or external files; None if it has none of that name.

    Raises UserError for one that would take more memory than a document may.
    """
    from defusedxml.ElementTree import fromstring

    if name not in archive.namelist():
        return None
    _check_size(archive.getinfo(name), _LARGEST_PART)
    data = archive.read(name)
    tags = data.count(b"<")
    if tags > _MOST_TAGS:
        raise UserError(f"its text has {tags:,} tags; up to {_MOST_TAGS:,} can be read, so split it.")
    parse: Any = fromstring
    return parse(data)


def _check_size(entry: ZipInfo, largest: int) -> None:
    if entry.file_size > largest:
        size = entry.file_size / 1e6
        raise UserError(
            f"its text unpacks to {size:,.0f} MB; up to {largest // 10**6} MB can be read, so split it."
        )


def check_part(archive: ZipFile, entry: ZipInfo, largest: int, most_tags: int, progress: Progress) -> None:
    """Raise UserError for a part of more bytes or tags than may be read by a library that keeps all of it."""
    _check_size(entry, largest)
    if entry.file_size < most_tags * _SMALLEST_TAG:
        return
    tags = 0
    with archive.open(entry) as file:
        while chunk := file.read(_CHUNK):
            progress(0, 1)  # Nothing is read of it yet, but whoever waits can stop.
            tags += chunk.count(b"<")
            if tags > most_tags:
                raise UserError(
                    f"its text has more than {most_tags:,} tags; that many can be read, so split it."
                )


def unescaped(text: str) -> str:
    """Return a text with the characters for which Office writes `_x000D_` and the like."""
    if "_x" not in text:
        return text
    return legible(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), text))
