"""One article of a news database: title, source, date, author and text, out of the lines that the database prints."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from app.exchange.dates import iso_date

_LONGEST_DATE_LINE = 70
_NOTHING: Mapping[str, str] = {}


class Fields(NamedTuple):
    """What the lines of one article say; `body` is its text without them.

    `after` counts the lines below the text that are set apart, empty ones aside."""

    title: str = ""
    source: str = ""
    date: str = ""
    author: str = ""
    reference: str = ""
    body: str = ""
    metadata: Mapping[str, str] = _NOTHING
    after: int = 0

    @property
    def complete(self) -> bool:
        """Whether this is surely an article: with a title, a text, and a source or date."""
        return not self.lack()

    def lack(self) -> str:
        """Return in words what is missing; nothing if it is complete."""
        wanted = (
            (self.title, "a title"),
            (self.source or self.date, "a source and a date"),
            (self.body.strip(), "a line that says where the text begins"),
        )
        return " and ".join(words for found, words in wanted if not found)


# Nexis

_LABEL = re.compile(
    r"[ \t]*(Headline|Byline|Section|Length|Dateline|Highlight|Series|Edition|Version|Language|Load-Date|Graphic|"
    r"Publication-Type|Journal-Code|Subject|Company|Organization|Person|Geographic|Country|State|City|Correction)"
    r"[ \t]*:[ \t]*(.*)",
    re.IGNORECASE,
)
_BODY = re.compile(r"[ \t]*Body[ \t]*:?[ \t]*|[ \t]*BODY:[ \t]*(\S.*)", re.IGNORECASE)
_AFTER = re.compile(
    r"[ \t]*(?:(?i:Load-Date|Publication-Type|Journal-Code)[ \t]*:.*|(?:LANGUAGE|GRAPHIC|SUBJECT)[ \t]*:.*|"
    r"Copyright \d{4} .*)",
)
_HEAD_AFTER = re.compile(r"[ \t]*(?:Classification|Graphic)[ \t]*")
_LOAD_DATE = re.compile(r"[ \t]*load-date[ \t]*:.*", re.IGNORECASE)

_COPYRIGHT = re.compile(r"[ \t]*(?:Copyright|©|\(c\)|All Rights Reserved)", re.IGNORECASE)
_BY = re.compile(r"(?:by|von|par|por|di|door)\s+", re.IGNORECASE)


def nexis_fields(lines: Sequence[str]) -> Fields:
    """Read an article as Nexis prints it: title, source, date, labelled lines, “Body”, text, “Load-Date”."""
    at = next((at for at, line in enumerate(lines) if _BODY.fullmatch(line)), -1)
    if at < 0:
        return Fields()
    begun = _BODY.fullmatch(lines[at])
    first = [begun[1]] if begun and begun[1] else []
    rest = [*first, *lines[at + 1 :]]
    end = _body_end(rest)
    labels = {**_labelled(lines[:at]), **_labelled(rest[end:])}
    if tail := " ".join(_unlabelled(rest[end:])):
        labels["after the text"] = tail
    plain = [line for line in _unlabelled(lines[:at]) if not _COPYRIGHT.match(line)]
    dated = [number for number, line in enumerate(plain) if _is_date(line)]
    where = dated[-1] if dated else -1
    source = plain[where - 1] if where > 0 else ""
    title = labels.pop("headline", "")
    if not title and where > 1:
        title = plain[where - 2]
    elif not title and where >= 0:
        title = plain[-1] if where < len(plain) - 1 else ""
    elif not title and plain:
        title = plain[0]
    return Fields(
        title=title,
        source=source,
        date=iso_date(plain[where]) if dated else "",
        author=_BY.sub("", labels.pop("byline", ""), count=1),
        body="\n".join(rest[:end]).strip("\n"),
        metadata=labels,
        after=sum(1 for line in rest[end:] if line.strip()),
    )


def _body_end(lines: Sequence[str]) -> int:
    """Return where the text ends, looked for upwards from the load date or the end, for as long as there are labels.

    A paragraph goes with the text unless it begins with a label or stands alone below a heading of what follows a
    text: a story may well hold a line that is only “Graphic”, or begin a paragraph with “Copyright 1999”.
    """
    end = next((at for at in reversed(range(len(lines))) if _LOAD_DATE.fullmatch(lines[at])), len(lines))
    blocks = _blocks(lines[:end])
    while blocks:
        start, stop = blocks.pop()
        above = blocks[-1] if blocks else (0, 0)
        if _HEAD_AFTER.fullmatch(lines[start]) or _AFTER.fullmatch(lines[start]):
            end = start
        elif above[1] - above[0] == 1 and _HEAD_AFTER.fullmatch(lines[above[0]]):
            end, _ = blocks.pop()
        elif not _LABEL.fullmatch(lines[start]):
            # A label may follow the last line of the text at once.
            while start < stop and _AFTER.fullmatch(lines[stop - 1]):
                end = stop = stop - 1
            break
    return end


def _blocks(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Return where the paragraphs between empty lines begin and end, half-open."""
    found: list[tuple[int, int]] = []
    for at, line in enumerate(lines):
        if not line.strip():
            continue
        if found and found[-1][1] == at:
            found[-1] = (found[-1][0], at + 1)
        else:
            found.append((at, at + 1))
    return found


def _labelled(lines: Sequence[str]) -> dict[str, str]:
    """Return the labelled lines by their label in lower case; a value runs to the next empty or labelled line."""
    found: dict[str, str] = {}
    label = ""
    for line in lines:
        if hit := _LABEL.fullmatch(line):
            label = hit[1].lower()
            found[label] = hit[2].strip()
        elif not line.strip():
            label = label if label and not found[label] else ""
        elif label:
            found[label] = f"{found[label]} {line.strip()}".strip()
    return {name: value for name, value in found.items() if value}


def _unlabelled(lines: Sequence[str]) -> list[str]:
    """Return the lines around the text that have no label."""
    kept: list[str] = []
    in_label = False
    for line in lines:
        if _LABEL.fullmatch(line):
            in_label = True
        elif not line.strip():
            in_label = False
        elif not in_label:
            kept.append(line.strip())
    return kept


def _is_date(line: str) -> bool:
    return len(line) <= _LONGEST_DATE_LINE and ":" not in line.split(" ", 1)[0] and bool(iso_date(line))


_ABOVE = ("headline", "byline", "section", "length", "dateline", "highlight", "series", "edition", "version")
"""Labels that stand above a text."""

_LONGEST_WRAPPED = 80
"""Code points of a line in which a label goes on: a line of print. In Word a paragraph of the text is one line."""

_ONE_LINE = ("length", "dateline")
"""Labels that never go on in the next line, so that the text may follow at once."""


def lexis_fields(lines: Sequence[str]) -> Fields:
    """Read an article as LexisNexis Academic prints it: source, date, title, labelled lines, text, “LOAD-DATE”.

    “BODY:” stands before the text in some downloads only; without it the text begins below the labelled lines.
    """
    if any(_BODY.fullmatch(line) for line in lines):
        return nexis_fields(lines)
    begin = _text_begin(lines)
    if begin < 0:
        return Fields()
    head, rest = lines[:begin], lines[begin:]
    end = _body_end(rest)
    labels = {**_labelled(head), **_labelled(rest[end:])}
    if tail := " ".join(_unlabelled(rest[end:])):
        labels["after the text"] = tail
    source, date, title = _lexis_head(head)
    return Fields(
        title=labels.pop("headline", "") or title,
        source=source,
        date=date,
        author=_BY.sub("", labels.pop("byline", ""), count=1),
        body="\n".join(rest[:end]).strip("\n"),
        metadata=labels,
        after=sum(1 for line in rest[end:] if line.strip()),
    )


def _text_begin(lines: Sequence[str]) -> int:
    """Return the line in which the text begins: the first below labelled lines that belongs to none; -1 without."""
    label = value = ""
    labelled = False
    for at, line in enumerate(lines):
        if hit := _LABEL.fullmatch(line):
            label, value = hit[1].lower(), hit[2].strip()
            if label not in _ABOVE and (not labelled or label == "load-date"):
                return -1
            labelled = True
        elif not line.strip():
            label = label if not value else ""
        elif label and not (value and (label in _ONE_LINE or len(line.strip()) > _LONGEST_WRAPPED)):
            value += line
        elif labelled:
            return at
    return -1


def _lexis_head(lines: Sequence[str]) -> tuple[str, str, str]:
    """Return source, date and title of the lines above the text, which stand above the first label.

    The title is the last paragraph if the date is not in it, or else the last line.
    """
    lines = lines[: next(at for at, line in enumerate(lines) if _LABEL.fullmatch(line))]
    plain = [each for each in _unlabelled(lines) if not _COPYRIGHT.match(each)]
    where = next((at for at, line in enumerate(plain) if _is_date(line)), -1)
    if where < 0:
        return "", "", ""
    source = plain[where - 1] if where else ""
    below = plain[where + 1 :]
    title = below[-1] if below else ""
    for start, stop in _blocks(lines):
        block = [line.strip() for line in lines[start:stop]]
        if block == below[-len(block) :]:
            title = " ".join(block)
    return source, iso_date(plain[where]), title


# Factiva

_CODES = (
    "SE",
    "HD",
    "CR",
    "BY",
    "WC",
    "PD",
    "ET",
    "SN",
    "SC",
    "ED",
    "PG",
    "VOL",
    "LA",
    "CY",
    "LP",
    "TD",
    "ART",
    "CT",
)
_CODES_AFTER = ("RF", "CO", "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN", "CLM")
_NAMES = {"SE": "section", "WC": "length", "LA": "language", "CY": "copyright", "ED": "edition", "PG": "page"}
_CODED = re.compile(
    rf"[ ]{{0,4}}({'|'.join((*_CODES, *_CODES_AFTER))})(?:(?P<far>\t+| {{2,}}|$)| (?=\S))(.*)"
)
_DOCUMENT = re.compile(r"[ \t]*(?:AN[ \t]+)?Document (\S+)[ \t]*")
_WORDS = re.compile(r"[\d.,]+ (?:words|wörter|mots|palabras|parole|palavras|woorden|字)", re.IGNORECASE)
_TIME = re.compile(r"\d{1,2}[:.]\d{2}(?: [AP]M)?(?: \w+)?", re.IGNORECASE)


def factiva_fields(lines: Sequence[str]) -> Fields:
    """Read an article as Factiva prints it, with field codes before the lines or without."""
    reference = ""
    if lines and (hit := _DOCUMENT.fullmatch(lines[-1])):
        reference = hit[1]
        lines = lines[:-1]
    coded = _by_code(lines)
    if "HD" in coded and ("TD" in coded or "LP" in coded):
        return _from_codes(coded, reference)
    return _from_layout(lines, reference)


def _by_code(lines: Sequence[str]) -> dict[str, list[str]]:
    """Return the lines by field code. In the text a code must stand far from what follows, lest words be taken."""
    found: dict[str, list[str]] = {}
    code = ""
    for line in lines:
        hit = _CODED.fullmatch(line)
        in_text = code in ("LP", "TD")
        if hit and hit[1] not in found and (not in_text or hit["far"] is not None):
            code = hit[1]
            found[code] = [hit[3]]
        elif code:
            found[code].append(line)
    return found


def _from_codes(coded: dict[str, list[str]], reference: str) -> Fields:
    def joined(code: str) -> str:
        return " ".join(" ".join(coded.pop(code, [])).split())

    body = "\n".join("\n".join(coded.pop(code, [])).strip("\n") for code in ("LP", "TD") if code in coded)
    title, source, author = joined("HD"), joined("SN"), _BY.sub("", joined("BY"), count=1)
    date = iso_date(joined("PD"))
    coded.pop("AN", None)
    rest = {_NAMES.get(code, code): joined(code) for code in tuple(coded)}
    return Fields(
        title,
        source,
        date,
        author,
        reference,
        body.strip("\n"),
        {key: text for key, text in rest.items() if text},
    )


def _from_layout(lines: Sequence[str], reference: str) -> Fields:
    """Read the layout without codes: title, author, length, date, source, language, copyright, text."""
    begin = next((at for at, line in enumerate(lines) if _COPYRIGHT.match(line)), -1)
    head = [line.strip() for line in lines[: max(begin, 0)] if line.strip()]
    counted = next((at for at, line in enumerate(head) if _WORDS.fullmatch(line)), -1)
    if begin < 0 or counted < 1:
        return Fields(reference=reference)
    titles, rest = head[:counted], head[counted + 1 :]
    author = ""
    if len(titles) > 1 and _BY.match(titles[-1]):
        author = _BY.sub("", titles.pop(), count=1)
    date = iso_date(rest.pop(0)) if rest and _is_date(rest[0]) else ""
    if rest and _TIME.fullmatch(rest[0]):
        rest.pop(0)
    metadata = {"length": head[counted], "copyright": lines[begin].strip()}
    if len(titles) > 1:
        metadata["section"] = " / ".join(titles[:-1])
    if len(rest) > 1:
        metadata["language"] = rest[-1]
    body = "\n".join(lines[begin + 1 :]).strip("\n")
    return Fields(titles[-1], rest[0] if rest else "", date, author, reference, body, metadata)
