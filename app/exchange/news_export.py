"""Downloads from news databases: many articles in one text, told apart by how the databases lay them out.

Three layouts are known: the newer of Nexis, where “End of Document” closes an article; the older, where “3 of 100
DOCUMENTS” opens one; and that of Factiva, which closes with “Document” and a number, with or without field codes.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from app.domain.articles import Draft, text_hash, title_from
from app.exchange.database_fields import Fields, factiva_fields, lexis_fields, nexis_fields
from app.exchange.formats import ReadOptions

_NEXIS_END = re.compile(r"[ \t]*End of Document[ \t]*")
_NEXIS_START = re.compile(r"[ \t\f]*\d+ of \d+ DOCUMENTS?[ \t]*")
_FACTIVA_END = re.compile(r"[ \t]*(?:AN[ \t]+)?Document ([A-Z][A-Za-z0-9]{2,7}\d{6}[A-Za-z0-9]{6,})[ \t]*")
_RULE = re.compile(r"[ \t]*([-=*_~#])(?:[ \t]?\1){4,}[ \t]*")
_MOSTLY = 0.9
_SHOWN = 60


class Taken(NamedTuple):
    """The articles of one text. `parts` is how many it seems to hold, 0 if it is plainly one.

    `otherwise` has the hashes of the texts that it would give if it were taken the other way, whole or apart.
    """

    drafts: tuple[Draft, ...]
    parts: int = 0
    split: bool = False
    otherwise: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


class _Layout(NamedTuple):
    """How a text falls into pieces, and how a piece is read; `rest` is what belongs to none."""

    name: str
    pieces: list[list[str]]
    rest: list[str]
    read: Callable[[Sequence[str]], Fields] | None


def take_apart(whole: Draft, options: ReadOptions) -> Taken:
    """Return the articles in a text that was read as `whole`.

    Where the layout of a database is certain it is followed, unless the options say otherwise; where it is not, or
    where only ruled lines stand between pieces, the text stays whole unless the options ask for more.
    """
    layout = _recognised(whole.text.split("\n"))
    if layout is None:
        notes = ("nothing in it says where one article ends and the next begins",) if options.split else ()
        return Taken((whole,), notes=notes)
    fields = [layout.read(piece) if layout.read else Fields() for piece in layout.pieces]
    drafts = [
        _draft(piece, found, whole, number)
        for number, (piece, found) in enumerate(zip(layout.pieces, fields, strict=True), start=1)
    ]
    known = sum(each.complete for each in fields)
    certain = layout.read is not None and known >= _MOSTLY * len(fields)
    parts = len(drafts)
    if not (certain if options.split is None else options.split):
        offer = f"looks like {parts} articles ({layout.name}); taken whole" if parts > 1 else ""
        apart = tuple(text_hash(draft.text) for draft in drafts if draft.text)
        return Taken((whole,), parts=parts, otherwise=apart, notes=(offer,) if offer else ())
    return Taken(
        tuple(draft for draft in drafts if draft.text),
        parts,
        split=True,
        otherwise=(text_hash(whole.text),),
        notes=tuple(_notes(layout, fields)),
        problems=tuple(_problems(layout, fields, drafts)),
    )


def _notes(layout: _Layout, fields: Sequence[Fields]) -> Iterator[str]:
    """Yield what is to be known about a text that was taken apart."""
    parts = len(fields)
    yield f"{parts} article{'' if parts == 1 else 's'} told apart ({layout.name})"
    if after := sum(each.after for each in fields if each.complete):
        yield f"{after} line{'' if after == 1 else 's'} after the text set apart"
    if rest := " ".join(" ".join(layout.rest).split()):
        yield f"what belongs to no article is left out: “{rest[:_SHOWN]}{'…' if rest[_SHOWN:] else ''}”"


def _problems(layout: _Layout, fields: Sequence[Fields], drafts: Sequence[Draft]) -> Iterator[str]:
    """Yield a sentence for every piece that is not an article such as the layout has."""
    for number, (found, draft) in enumerate(zip(fields, drafts, strict=True), start=1):
        if not draft.text:
            yield f"article {number}, “{draft.title}”, has no text"
        elif layout.read and not found.complete:
            yield f"article {number}, “{draft.title}”, is taken whole: it lacks {found.lack()}"


def _draft(piece: Sequence[str], found: Fields, whole: Draft, number: int) -> Draft:
    text = found.body if found.complete else "\n".join(piece).strip("\n")
    text = text if text.strip() else ""
    return Draft(
        text=text,
        title=found.title or title_from(text or "\n".join(piece)),
        source=found.source,
        date=found.date,
        author=found.author,
        reference=found.reference or f"{whole.reference} {number}".strip(),
        metadata={**whole.metadata, **found.metadata},
    )


def _recognised(lines: Sequence[str]) -> _Layout | None:
    """Return the layout of a text; None where nothing tells that it holds several articles."""
    if pieces := _ended_by(_FACTIVA_END, lines, keep=True):
        return _Layout("Factiva", *pieces, factiva_fields)
    if pieces := _ended_by(_NEXIS_END, lines, keep=False):
        return _Layout("Nexis", *pieces, nexis_fields)
    if pieces := _begun_by(_NEXIS_START, lines):
        return _Layout("LexisNexis", *pieces, lexis_fields)
    ruled, last = _ended_by(_RULE, lines, keep=False) or ([], [])
    if any(line.strip() for line in last):
        ruled.append(last)
    return _Layout("ruled lines", ruled, [], None) if len(ruled) > 1 else None


def _ended_by(
    mark: re.Pattern[str], lines: Sequence[str], *, keep: bool
) -> tuple[list[list[str]], list[str]] | None:
    """Cut after every line that is the mark, which stays with its piece if `keep`; None without any."""
    pieces: list[list[str]] = []
    piece: list[str] = []
    for line in lines:
        if mark.fullmatch(line):
            if any(each.strip() for each in piece):
                pieces.append([*piece, line] if keep else piece)
            piece = []
        else:
            piece.append(line)
    return (pieces, piece) if pieces else None


def _begun_by(mark: re.Pattern[str], lines: Sequence[str]) -> tuple[list[list[str]], list[str]] | None:
    starts = [at for at, line in enumerate(lines) if mark.fullmatch(line)]
    if not starts:
        return None
    ends = [*starts[1:], len(lines)]
    pieces = [list(lines[start + 1 : end]) for start, end in zip(starts, ends, strict=True)]
    return pieces, list(lines[: starts[0]])
