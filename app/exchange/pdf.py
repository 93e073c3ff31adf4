"""PDF files with a text layer: lines back to paragraphs, without what repeats on every page."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.domain.articles import Draft, canonical, legible, title_from
from app.domain.errors import UserError
from app.domain.progress import Progress
from app.exchange.formats import Reading, ReadOptions
from app.exchange.news_export import take_apart
from app.exchange.pdf_lines import HYPHEN, Line, paragraphs, without_running_heads

_LARGEST = 400_000_000
_MOST_PAGES = 20_000
_FEWEST = 8
"""Characters below which a page counts as having no text: a stamp or a page number."""

_SHOWN = 8


class PdfFile:
    """Reads the text of a PDF; a scan without text is refused, because nothing can be coded in a picture."""

    name = "pdf"
    title = "PDF"
    extensions = (".pdf",)
    takes_mapping = False
    takes_encoding = False

    def read(self, path: Path, options: ReadOptions, progress: Progress) -> Reading:
        """Read the document page by page; raises UserError if it is locked, damaged or a scan."""
        size = path.stat().st_size
        if size == 0:
            raise UserError("the file is empty.")
        if size > _LARGEST:
            raise UserError(
                f"the file has {size / 1e6:,.0f} MB; up to {_LARGEST // 10**6} MB can be imported."
            )
        pages, said = _pages(path, progress)
        bare = [number for number, lines in enumerate(pages, start=1) if _letters(lines) < _FEWEST]
        if len(bare) == len(pages):
            raise UserError(
                "it holds pictures of pages but no text (a scan). Run a text recognition (OCR) over it first."
            )
        kept, dropped = without_running_heads(pages)
        raw = "\n\n".join(paragraphs(kept))
        hyphens = raw.count(HYPHEN)
        text, changed = canonical(legible(raw.replace(HYPHEN, "" if options.join_hyphens else "-")))
        title = said if said and said.casefold() in " ".join(text[:3_000].split()).casefold() else ""
        whole = Draft(text=text, title=title or title_from(text), reference=legible(path.stem))
        taken = take_apart(whole, options)
        return Reading(
            drafts=taken.drafts,
            encoding="",
            notes=(
                *_notes(len(pages), bare, dropped, hyphens, joined=options.join_hyphens),
                *changed,
                *taken.notes,
            ),
            problems=taken.problems,
            parts=taken.parts,
            split=taken.split,
            otherwise=taken.otherwise,
            hyphens=hyphens,
        )


def _pages(path: Path, progress: Progress) -> tuple[list[list[Line]], str]:
    """Return the lines of every page, and the title that the file states."""
    import pypdfium2  # pyright: ignore[reportMissingTypeStubs]

    library: Any = pypdfium2
    try:
        document = library.PdfDocument(path)
    except library.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise UserError("it is protected with a password; save it without one.") from error
        raise UserError("this is no PDF, or it is damaged.") from error
    pages: list[list[Line]] = []
    try:
        count = len(document)
        if not 0 < count <= _MOST_PAGES:
            raise UserError(f"it has {count:,} pages; 1 to {_MOST_PAGES:,} can be imported.")
        for number in range(count):
            progress(number, count)
            try:
                pages.append(_lines(document[number]))
            except library.PdfiumError as error:
                raise UserError(f"page {number + 1} is damaged.") from error
        return pages, " ".join(str(document.get_metadata_value("Title")).split())
    finally:
        document.close()


def _lines(page: Any) -> list[Line]:
    """Return the lines of a page with their place on it, in points from below."""
    words = page.get_textpage()
    try:
        text = str(words.get_text_range())
        found: list[Line] = []
        at = 0
        for line in text.split("\n"):
            plain = line.rstrip("\r")
            if plain.strip():
                found.append(_placed(words, plain, at))
            # PDFium counts in UTF-16 units, as the text that it returns once did.
            at += _units(line) + 1
        return found
    finally:
        words.close()
        page.close()


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _placed(words: Any, line: str, at: int) -> Line:
    first = at + _units(line[: len(line) - len(line.lstrip())])
    last = at + _units(line.rstrip()) - 1
    # Signs that no font drew have no box; the ones beside them will do.
    starts = _box(words, range(first, min(first + 3, last + 1)))
    ends = _box(words, range(last, max(last - 3, first - 1), -1))
    if starts is None or ends is None:
        return Line(line.strip(), 0.0, 0.0, 0.0, 0.0, 0.0)
    return Line(line.strip(), starts[0], ends[2], starts[3], ends[1], ends[3] - ends[1])


def _box(words: Any, places: Sequence[int]) -> tuple[float, float, float, float] | None:
    """Return the box of the first of some characters that has one: left, bottom, right, top."""
    import pypdfium2  # pyright: ignore[reportMissingTypeStubs]

    library: Any = pypdfium2
    for place in places:
        try:
            return words.get_charbox(place, loose=True)
        except (library.PdfiumError, IndexError):
            continue
    return None


def _letters(lines: Sequence[Line]) -> int:
    return sum(len(line.text) for line in lines)


def _notes(
    pages: int, bare: Sequence[int], dropped: Sequence[str], hyphens: int, *, joined: bool
) -> tuple[str, ...]:
    notes = [f"{pages} page{'' if pages == 1 else 's'}"]
    if bare:
        shown = ", ".join(str(number) for number in bare[:_SHOWN]) + (" …" if bare[_SHOWN:] else "")
        notes.append(f"no text on page{'' if len(bare) == 1 else 's'} {shown}")
    notes.extend(dropped)
    if hyphens:
        done = "joined" if joined else "left with their hyphens"
        notes.append(f"{hyphens} word{'' if hyphens == 1 else 's'} divided at line ends {done}")
    return tuple(notes)
