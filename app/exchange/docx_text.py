"""The words of a Word document: everything a reader of the page sees, once and in order.

python-docx passes over what stands in content controls, text boxes and accepted changes, so the XML is walked here.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element

from app.domain.progress import Progress

_TOLD_EVERY = 500
_TITLE_STYLES = frozenset(
    {"title", "heading1", "titel", "titre", "título", "titolo", "berschrift1", "überschrift1"}
)
_PASSED = frozenset(
    {"del", "moveFrom", "instrText", "delText", "Fallback", "pPr", "rPr", "tblPr", "trPr", "tcPr", "sdtPr"}
)
_BREAKS = {
    "tab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
    "ptab": "\t",
}


class Word(NamedTuple):
    """The lines of a document, each a paragraph or a row of a table, with the notes at the end.

    `heading` is the first that is styled as a title; the numbers say what was met on the way.
    """

    lines: list[str]
    heading: str
    tables: int
    footnotes: int
    boxes: int
    deleted: int

    def notes(self) -> Iterator[str]:
        """Yield in words what a reader might miss or wonder at."""
        for count, one, many in (
            (self.tables, "1 table set as rows with tabs", "{} tables set as rows with tabs"),
            (self.footnotes, "1 note set at the end", "{} notes set at the end"),
            (self.boxes, "1 text box set after its paragraph", "{} text boxes set after their paragraphs"),
            (self.deleted, "1 tracked deletion left out", "{} tracked deletions left out"),
        ):
            if count:
                yield one if count == 1 else many.format(count)


def words_of(body: Element, notes: Sequence[Element | None], progress: Progress) -> Word:
    """Walk the body of a document; `notes` are its footnotes and endnotes."""
    walk = _Walk(notes)
    total = len(body)
    for at, block in enumerate(body):
        if at % _TOLD_EVERY == 0:
            progress(at, total)
        walk.block(block)
    lines, heading = walk.lines, walk.heading
    cited = list(walk.cited(progress))
    if cited:
        lines = [*lines, "", *cited]
    return Word(lines, heading, walk.tables, len(cited), walk.boxes, walk.deleted)


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _own(element: Element, name: str) -> str:
    """Return an attribute whatever its namespace."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


class _Walk:
    """Gathers lines; footnotes are numbered as they are cited, each once, and read when the text is at its end."""

    def __init__(self, notes: Sequence[Element | None]) -> None:
        self.lines: list[str] = []
        self.heading = ""
        self.tables = self.boxes = self.deleted = 0
        self._boxed: list[list[str]] = []
        self._notes = {
            (kind, _own(note, "id")): note
            for kind, part in zip(("footnoteReference", "endnoteReference"), notes, strict=True)
            for note in (part if part is not None else ())
            if _own(note, "type") in ("", "normal")
        }
        self._numbers: dict[tuple[str, str], int] = {}
        self._cited: list[Element] = []

    def block(self, element: Element) -> None:
        """Take a paragraph, a table, or what wraps them."""
        name = _name(element)
        if name == "p":
            self._paragraph(element)
        elif name == "tbl":
            self.tables += 1
            self.lines.extend(self._rows(element))
        elif name in _PASSED:
            self.deleted += name in ("del", "moveFrom")
        else:
            for child in element:
                self.block(child)

    def _paragraph(self, element: Element) -> None:
        text = self._text(element)
        self.lines.append(text)
        if text.strip() and not self.heading and _style(element) in _TITLE_STYLES:
            self.heading = text
        boxed, self._boxed = self._boxed, []
        for lines in boxed:
            self.boxes += 1
            self.lines.extend(lines)

    def _rows(self, table: Element) -> Iterator[str]:
        """Yield a line for every row, cells apart by tabs; only the last cell keeps its line breaks."""
        for row in _below(table, "tr"):
            cells = [self._cell(cell) for cell in _below(row, "tc")]
            yield "\t".join([*(" ".join(cell.split()) for cell in cells[:-1]), *cells[-1:]])

    def _cell(self, cell: Element) -> str:
        outer, self.lines = self.lines, []
        for child in cell:
            self.block(child)
        lines, self.lines = self.lines, outer
        return "\n".join(lines).strip("\n")

    def _text(self, element: Element) -> str:
        return "".join(self._pieces(element))

    def _pieces(self, element: Element) -> Iterator[str]:
        for child in element:
            name = _name(child)
            if name == "t":
                yield child.text or ""
            elif name in _BREAKS:
                if name != "br" or _own(child, "type") in ("", "textWrapping"):
                    yield _BREAKS[name]
            elif name == "sym":
                yield _symbol(_own(child, "char"))
            elif name in ("footnoteReference", "endnoteReference"):
                yield self._cite(name, _own(child, "id"))
            elif name == "txbxContent":
                self._box(child)
            elif name in _PASSED:
                self.deleted += name in ("del", "moveFrom")
            else:
                yield from self._pieces(child)

    def _cite(self, kind: str, identity: str) -> str:
        """Return the mark of a note; one that is cited again keeps its number."""
        note = self._notes.get((kind, identity))
        if note is None:
            return ""
        number = self._numbers.setdefault((kind, identity), len(self._numbers) + 1)
        if number > len(self._cited):
            self._cited.append(note)
        return f"[{number}]"

    def cited(self, progress: Progress) -> Iterator[str]:
        """Yield the lines of the notes that were cited, and of those that only notes cite, which make the list grow.

        A note is never read inside another: twenty that cite one another twice each would make a million.
        """
        for number, note in enumerate(self._cited, start=1):
            if number % _TOLD_EVERY == 0:
                progress(number, len(self._cited))
            self.lines = []
            self.block(note)
            yield f"[{number}] {' '.join(' '.join(self.lines).split())}"

    def _box(self, element: Element) -> None:
        outer, self.lines = self.lines, []
        boxed, self._boxed = self._boxed, []
        for child in element:
            self.block(child)
        lines, self.lines = self.lines, outer
        self._boxed = [*boxed, lines, *self._boxed]


def _below(element: Element, name: str) -> Iterator[Element]:
    """Yield rows or cells, also those in content controls."""
    for child in element:
        if _name(child) == name:
            yield child
        elif _name(child) in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _below(child, name)


def _style(paragraph: Element) -> str:
    for properties in paragraph:
        if _name(properties) == "pPr":
            for each in properties:
                if _name(each) == "pStyle":
                    return _own(each, "val").lower()
    return ""


def _symbol(code: str) -> str:
    """Return the character of a symbol; those of picture fonts have no meaning outside them."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return "\ufffd" if 0xD800 <= number <= 0xF8FF or number > 0x10FFFF else chr(number)
