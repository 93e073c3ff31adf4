"""Bytes of unknown encoding to text: what the file says first, then what it looks like, never a silent guess."""

import codecs
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from app.domain.errors import UserError
from app.exchange.alphabets import ASCII_LIKELIHOOD, likelihood

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
    "utf_8": "UTF-8",
    "utf_16_le": "UTF-16 (little endian)",
    "utf_16_be": "UTF-16 (big endian)",
    "utf_32_le": "UTF-32 (little endian)",
    "utf_32_be": "UTF-32 (big endian)",
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
    "koi8_r": "KOI8-R",
    "koi8_u": "KOI8-U",
    "cp1257": "Windows-1257",
    "cp874": "Windows-874",
    "cp950": "Big5",
    "iso2022_jp": "ISO-2022-JP",
    "iso2022_jp_3": "ISO-2022-JP",
    "iso2022_kr": "ISO-2022-KR",
    "utf_16": "UTF-16",
    "utf_32": "UTF-32",
    "utf_8_sig": "UTF-8",
}

_CONTROL = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_BEYOND_ASCII = re.compile("[\x80-\ud7ff\ue000-\U0010ffff]")
_UNDECODED = re.compile("[\udc80-\udcff]+")
_WAY_OUT = "Save it again as UTF-8, or choose its encoding when you import it."
_MOST_CONTROL = 0.005
_MOST_NUL = 0.05
_SPACING = b"\t\n\v\f\r\x1b"
"""Control characters that texts hold; Escape switches alphabets in ISO 2022."""

_CANDIDATES = (
    ("cp1252", "western"),
    ("cp1250", "central"),
    ("cp1254", "turkish"),
    ("cp1251", "cyrillic"),
    ("koi8_r", "cyrillic"),
    ("koi8_u", "cyrillic"),
    ("cp1253", "greek"),
    ("cp1255", "hebrew"),
    ("cp1256", "arabic"),
    ("cp1257", "baltic"),
    ("cp874", "thai"),
    ("iso8859_2", "central"),
    ("iso8859_5", "cyrillic"),
    ("iso8859_6", "arabic"),
    ("iso8859_7", "greek"),
    ("gb18030", "simplified"),
    ("cp950", "traditional"),
    ("cp932", "japanese"),
    ("euc_jp", "japanese"),
    ("cp949", "korean"),
)
"""Older encodings with the letters that are written in them; of equals the first is taken."""

CHOICES = (
    ("utf-8", "Unicode (UTF-8)"),
    ("utf-16", "Unicode (UTF-16)"),
    ("cp1252", "Western European (Windows-1252)"),
    ("mac_roman", "Western European (Macintosh)"),
    ("cp850", "Western European (DOS)"),
    ("cp1250", "Central European (Windows-1250)"),
    ("iso8859_2", "Central European (ISO 8859-2)"),
    ("cp1251", "Cyrillic (Windows-1251)"),
    ("koi8_r", "Cyrillic (KOI8-R)"),
    ("koi8_u", "Cyrillic (KOI8-U)"),
    ("cp1253", "Greek (Windows-1253)"),
    ("cp1254", "Turkish (Windows-1254)"),
    ("cp1255", "Hebrew (Windows-1255)"),
    ("cp1256", "Arabic (Windows-1256)"),
    ("cp1257", "Baltic (Windows-1257)"),
    ("cp1258", "Vietnamese (Windows-1258)"),
    ("cp874", "Thai (Windows-874)"),
    ("gb18030", "Chinese, simplified (GB18030)"),
    ("cp950", "Chinese, traditional (Big5)"),
    ("cp932", "Japanese (Shift JIS)"),
    ("euc_jp", "Japanese (EUC-JP)"),
    ("iso2022_jp_3", "Japanese (ISO-2022-JP)"),
    ("cp949", "Korean (EUC-KR)"),
)
"""What is offered to people who know what their files are in: the name to give and what it is for."""

_LEAST_LIKELY = -9.0
"""The logarithm of a probability: below it, a byte outside ASCII is no letter of a language that we know."""

_ESCAPES = (
    (re.compile(rb"\x1b\$[@B]|\x1b\([IJ]"), "iso2022_jp_3"),
    (re.compile(rb"\x1b\$\)C"), "iso2022_kr"),
)
_NOT_FOR_TEXT = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"})
_MOSTLY = 3
"""How many characters of UTF-8 there must be to every byte that is none, for the file to be taken as UTF-8."""


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


def check_encoding(name: str) -> str:
    """Return the name of an encoding that somebody chose; raises UserError if there is none of that name."""
    found = ""
    try:
        found = codecs.lookup(name).name
        b"x".decode(found)
    except UnicodeDecodeError:
        pass
    except (LookupError, ValueError):
        found = ""
    if not found or found in _NOT_FOR_TEXT:
        raise UserError(f"“{name}” is not an encoding; take a name such as utf-8, cp1250 or shift_jis.")
    return found


def decode(data: bytes, encoding: str = "") -> Decoded:
    """Return the text of the bytes, in the encoding that was chosen or, without one, that is recognised.

    Raises UserError where they are no text or fit no encoding, or not the one that was chosen.
    """
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise UserError(f"this is {what}, not plain text.")
    if encoding:
        chosen = check_encoding(encoding)
        return _checked(_strictly(data, chosen, "was to be read as"), chosen)
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return _checked(_strictly(data, marked, "says it is"), marked)
    return _without_mark(data)


def _without_mark(data: bytes) -> Decoded:
    """Try UTF-16 where every other byte is NUL, what Escape announces, then UTF-8, and guess at last."""
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    first = "utf-8"
    if odd > half * 0.4 and even < half * 0.1:
        first = "utf-16-le"
    elif even > half * 0.4 and odd < half * 0.1:
        first = "utf-16-be"
    elif data.isascii():
        first = next((each for escape, each in _ESCAPES if escape.search(sample)), first)
    try:
        return _checked(data.decode(first), first)
    except UnicodeDecodeError:
        return _detected(data)


def _strictly(data: bytes, encoding: str, said: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        place = _place(data, error.start)
        raise UserError(f"the file {said} {_name_of(encoding)}, but {place} is not. {_WAY_OUT}") from error


def _place(data: bytes, at: int) -> str:
    """Return a byte in words, counted from 1."""
    line = data.count(b"\n", 0, at) + 1
    return f"byte {at + 1:,} (in line {line:,})"


def _detected(data: bytes) -> Decoded:
    """Guess among the older encodings, each of which must fit to the last byte."""
    if _is_binary(data[:_SAMPLE]):
        raise UserError("this is not a text file.")
    _refuse_damaged_utf_8(data)
    # Bytes outside ASCII begin a character there, in every encoding.
    start = next(at for at, byte in enumerate(data) if byte >= 0x80)
    for encoding in _by_likelihood(data[start : start + _SAMPLE]):
        try:
            return _checked(data.decode(encoding), encoding)
        except UnicodeDecodeError:
            continue
    raise UserError(f"its encoding cannot be recognised. {_WAY_OUT}")


def _refuse_damaged_utf_8(data: bytes) -> None:
    """Raise UserError where only a few bytes are no UTF-8: any other encoding would garble all the rest."""
    text = data.decode("utf-8", errors="surrogateescape")
    good = len(_BEYOND_ASCII.findall(text))
    bad = len(_UNDECODED.findall(text))
    if good >= 2 and good >= _MOSTLY * bad:
        at = len(text[: _first(text)].encode())
        raise UserError(f"the file is UTF-8, but {_place(data, at)} is not. {_WAY_OUT}")


def _first(text: str) -> int:
    found = _UNDECODED.search(text)
    return found.start() if found else 0


def _by_likelihood(sample: bytes) -> list[str]:
    """Return the encodings in which a sample that starts with a whole character reads like a language."""
    high = sum(byte >= 0x80 for byte in sample)
    found: list[tuple[float, str]] = []
    for encoding, group in _CANDIDATES:
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(sample)
        except UnicodeDecodeError:
            continue
        found.append((likelihood(Counter(text).items(), group), encoding))
    ascii_part = (len(sample) - high) * ASCII_LIKELIHOOD
    found.sort(key=lambda each: -each[0])
    likely = [encoding for log, encoding in found if log - ascii_part >= _LEAST_LIKELY * high]
    return likely or _by_charset_normalizer(sample)


def _by_charset_normalizer(sample: bytes) -> list[str]:
    import charset_normalizer  # Slow to load, and hardly ever needed.

    return [match.encoding for match in charset_normalizer.from_bytes(sample.rsplit(b"\n", 1)[0] or sample)]


def _is_binary(sample: bytes) -> bool:
    """Tell by NUL and control characters, which the older encodings keep at their ASCII places."""
    control = sum(0 < byte < 0x20 and byte not in _SPACING for byte in sample)
    return control > len(sample) * _MOST_CONTROL or sample.count(0) > len(sample) * _MOST_NUL


def _checked(text: str, encoding: str) -> Decoded:
    sample = text[:_SAMPLE]
    if (
        len(_CONTROL.findall(sample)) > len(sample) * _MOST_CONTROL
        or sample.count("\0") > len(sample) * _MOST_NUL
    ):
        raise UserError("this is not a text file.")
    if not text.strip("\ufeff\0 \t\r\n\u00a0"):
        raise UserError("the file holds no text.")
    return Decoded(text, _name_of(encoding))


def _name_of(encoding: str) -> str:
    return _NAMES.get(encoding.replace("-", "_"), encoding.upper().replace("_", "-"))
