"""Bytes of unknown encoding to text: what the file says first, then what it looks like, never a silent guess."""

import codecs
import re
from pathlib import Path
from typing import NamedTuple

from app.domain.errors import UserError

_SAMPLE = 64 * 1024

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
)

_NAMES = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16 (little endian)",
    "utf-16-be": "UTF-16 (big endian)",
    "utf-32-le": "UTF-32 (little endian)",
    "utf-32-be": "UTF-32 (big endian)",
    "cp1252": "Windows-1252",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1253": "Windows-1253",
    "cp1254": "Windows-1254",
    "cp1255": "Windows-1255",
    "cp1256": "Windows-1256",
    "gb18030": "GB18030",
    "big5": "Big5",
    "shift_jis": "Shift JIS",
    "cp932": "Shift JIS (Windows)",
    "euc_jp": "EUC-JP",
    "euc_kr": "EUC-KR",
    "cp949": "EUC-KR (Windows)",
    "johab": "Johab",
    "koi8_r": "KOI8-R",
}

_CONTROL = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROL = 0.005
_MOST_NUL = 0.05
_SPACING = b"\t\n\v\f\r\x1b"
"""Control characters that texts hold; Escape switches alphabets in ISO 2022."""

_WESTERN_SHARE = 0.3
_ODD_IN_WORDS = re.compile(r"[^\W\d_][¹²³¼½¾¿º¶µ¤¦¬¯¸¨×÷ƒˆ˜‰†‡][^\W\d_]|[¿¡]\w*[¹²³¿¼¾]|[^\W\d_][¿¡](?=\s)")


class Decoded(NamedTuple):
    """A text, with a byte order mark if the file had one, and the name of its encoding for people."""

    text: str
    encoding: str


def read_bytes(path: Path, largest: int) -> bytes:
    """Return the bytes of a file that is neither empty nor larger than `largest` bytes.

    Raises UserError otherwise, without reading more than it must.
    """
    size = path.stat().st_size
    if size > largest:
        raise UserError(
            f"the file has {size / 1_000_000:,.0f} MB; up to {largest // 1_000_000} MB can be imported, "
            "so split it first."
        )
    if size == 0:
        raise UserError("the file is empty.")
    return path.read_bytes()


def decode(data: bytes) -> Decoded:
    """Return the text of the bytes; raises UserError where they are no text or fit no encoding."""
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise UserError(f"this is {what}, not plain text.")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(_strictly(data, encoding), encoding)
    for encoding in _without_mark(data):
        try:
            return _checked(data.decode(encoding), encoding)
        except UnicodeDecodeError:
            continue
    return _detected(data)


def _without_mark(data: bytes) -> tuple[str, ...]:
    """Return what to try first: UTF-16 where every other byte is NUL, else UTF-8."""
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    if odd > half * 0.4 and even < half * 0.1:
        return ("utf-16-le",)
    if even > half * 0.4 and odd < half * 0.1:
        return ("utf-16-be",)
    return ("utf-8",)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UserError(
            f"the file says it is {_NAMES[encoding]}, but byte {error.start:,} is not; save it again as UTF-8."
        ) from error


def _detected(data: bytes) -> Decoded:
    """Guess among the older encodings, each of which must fit to the last byte."""
    if _is_binary(data[:_SAMPLE]):
        raise UserError("this is not a text file.")
    if _looks_western(data):
        return _checked(data.decode("cp1252"), "cp1252")
    import charset_normalizer

    for match in charset_normalizer.from_bytes(data[:_SAMPLE].rsplit(b"\n", 1)[0] or data[:_SAMPLE]):
        try:
            return _checked(data.decode(match.encoding), match.encoding)
        except UnicodeDecodeError:
            continue
    raise UserError("its encoding cannot be recognised; save it again as UTF-8.")


def _is_binary(sample: bytes) -> bool:
    """Tell by NUL and control characters, which the older encodings keep at their ASCII places."""
    control = sum(0 < byte < 0x20 and byte not in _SPACING for byte in sample)
    return control > len(sample) * _MOST_CONTROL or sample.count(0) > len(sample) * _MOST_NUL


def _looks_western(data: bytes) -> bool:
    """Tell whether the bytes read well as Windows-1252: a few accents and curly quotes among plain letters."""
    sample = data[:_SAMPLE]
    high = sum(byte >= 0x80 for byte in sample)
    if high > _WESTERN_SHARE * len(sample):
        return False
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return not _ODD_IN_WORDS.search(text[:_SAMPLE])


def _checked(text: str, encoding: str) -> Decoded:
    sample = text[:_SAMPLE]
    if (
        len(_CONTROL.findall(sample)) > len(sample) * _MOST_CONTROL
        or sample.count("\0") > len(sample) * _MOST_NUL
    ):
        raise UserError("this is not a text file.")
    if not text.strip("\ufeff\0 \t\r\n\u00a0"):
        raise UserError("the file holds no text.")
    return Decoded(text, _NAMES.get(encoding, encoding.upper().replace("_", "-")))
