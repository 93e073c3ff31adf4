"""Documents as files: Markdown to paste, HTML to print, Word to send."""

import re
from collections.abc import Sequence
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING, Any

from app.domain.articles import legible
from app.domain.documents import Block, Document, Heading, Items, Paragraph, Table
from app.domain.errors import UserError

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

_STYLE = """\
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.5rem 4rem; color: #1f2328; background: #fff;
  font: 1rem/1.5 system-ui, "Segoe UI", "Noto Sans", sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.25; }
h2 { margin-top: 2.2rem; font-size: 1.2rem; }
p, li { max-width: 46rem; }
table { width: 100%; margin: 1rem 0; border-collapse: collapse; font-size: .875rem;
  font-variant-numeric: tabular-nums; }
caption { padding-bottom: .5rem; text-align: start; font-weight: 600; }
th, td { padding: .3rem .6rem .3rem 0; border-top: 1px solid #cfcbc2; vertical-align: top; text-align: start; }
thead th { border-top: 2px solid #1f2328; border-bottom: 1px solid #1f2328; }
tbody tr:last-child td { border-bottom: 2px solid #1f2328; }
.figure { text-align: end; white-space: nowrap; }
@page { margin: 18mm 16mm; }
@media print { body { max-width: none; padding: 0; font-size: 10pt; } tr { break-inside: avoid; } }
"""

_PAPER, _MARGIN = 8.5, 0.9
"""Of a Word file, in inches."""
_SMALL = 9
"""The size of letters in its tables, in points."""
_WIDEST = 26
"""Letters in a column beyond which its cells wrap."""

ENDINGS = (".md", ".html", ".docx")
"""The endings by which `write_document` chooses."""


def write_document(document: Document, ending: str) -> bytes:
    """Return a document as the bytes of a file with one of the endings; UserError for any other."""
    match ending.lower():
        case ".md":
            return markdown(document).encode()
        case ".html":
            return html(document).encode()
        case ".docx":
            return _word(document)
        case _:
            raise UserError(
                f"A report ends in {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}, not in “{ending}”."
            )


def markdown(document: Document) -> str:
    """Return a document as Markdown with tables in pipes."""
    return "\n\n".join(map(_markdown_block, document)) + "\n"


def _markdown_block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {_plain(block.text)}"
        case Paragraph():
            return _plain(block.text)
        case Items():
            return "\n".join(f"- {_plain(item)}" for item in block.items)
        case Table():
            rule = ["---:" if at in block.figures else "---" for at in range(len(block.head))]
            rows = [
                [_plain(cell) for cell in block.head],
                rule,
                *([_plain(cell) for cell in row] for row in block.rows),
            ]
            lines = [f"| {' | '.join(row)} |" for row in rows]
            return "\n".join([f"**{_plain(block.caption)}**", "", *lines])


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(legible(text).split()))


def html(document: Document) -> str:
    """Return a document as one HTML file that needs nothing else and prints well."""
    title = next((block.text for block in document if isinstance(block, Heading)), "")
    body = "\n".join(map(_html_block, document))
    head = f'<meta charset="utf-8">\n<title>{_escaped(title)}</title>\n<style>\n{_STYLE}</style>'
    return f'<!doctype html>\n<html lang="en">\n<head>\n{head}\n</head>\n<body>\n{body}\n</body>\n</html>\n'


def _html_block(block: Block) -> str:
    match block:
        case Heading():
            return f"<h{block.level}>{_escaped(block.text)}</h{block.level}>"
        case Paragraph():
            return f"<p>{_escaped(block.text)}</p>"
        case Items():
            return "<ul>\n" + "\n".join(f"<li>{_escaped(item)}</li>" for item in block.items) + "\n</ul>"
        case Table():
            return _html_table(block)


def _html_table(table: Table) -> str:
    def row(cells: tuple[str, ...], tag: str) -> str:
        held = (
            f'<{tag} class="figure">{_escaped(cell)}</{tag}>'
            if at in table.figures
            else f"<{tag}>{_escaped(cell)}</{tag}>"
            for at, cell in enumerate(cells)
        )
        return f"<tr>{''.join(held)}</tr>"

    rows = "\n".join(row(cells, "td") for cells in table.rows)
    head = f"<caption>{_escaped(table.caption)}</caption>\n<thead>\n{row(table.head, 'th')}\n</thead>"
    return f"<table>\n{head}\n<tbody>\n{rows}\n</tbody>\n</table>"


def _escaped(text: str) -> str:
    return escape(_CONTROLS.sub("\ufffd", legible(text)))


def _word(document: Document) -> bytes:
    """Return a document as a Word file; python-docx is loaded here, because nothing else needs it."""
    import docx
    from docx.shared import Inches

    file = docx.Document()
    for section in file.sections:
        section.left_margin = section.right_margin = Inches(_MARGIN)
    for block in document:
        match block:
            case Heading():
                file.add_heading(_legal(block.text), level=block.level)
            case Paragraph():
                file.add_paragraph(_legal(block.text))
            case Items():
                for item in block.items:
                    file.add_paragraph(_legal(item), style="List Bullet")
            case Table():
                _word_table(file, block)
    _hold_rows_together(file)
    buffer = BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def _word_table(file: "WordDocument", table: Table) -> None:
    """Add a table whose columns are as wide as what stands in them asks for, with its head on every page."""
    from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
    from docx.shared import Inches, Pt

    caption = file.add_paragraph(_legal(table.caption), style="Caption")
    caption.paragraph_format.keep_with_next = True
    lines = (table.head, *table.rows)
    made = file.add_table(rows=len(lines), cols=len(table.head), style="Table Grid")
    made.autofit = False
    widths = [Inches(width) for width in _widths(lines)]
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    for row, texts in zip(made.rows, lines, strict=True):
        for at, (cell, text, width) in enumerate(zip(row.cells, texts, widths, strict=True)):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            written = paragraph.add_run(_legal(text))
            written.font.size = Pt(_SMALL)
            written.bold = texts is table.head
            if at in table.figures:
                paragraph.alignment = WD_PARAGRAPH_ALIGNMENT.RIGHT


def _hold_rows_together(file: Any) -> None:
    """Break pages between rows only, and repeat the head of a table on each: python-docx has no words for that."""
    from docx.oxml.ns import qn

    body = file.element.body
    for table in body.iter(qn("w:tbl")):
        for number, row in enumerate(table.iter(qn("w:tr"))):
            for name in ("w:cantSplit", *(() if number else ("w:tblHeader",))):
                row.get_or_add_trPr().append(row.makeelement(qn(name)))


def _widths(lines: Sequence[tuple[str, ...]]) -> list[float]:
    """Return the widths of columns in inches: in proportion to their longest cells, within bounds."""
    asked: list[int] = []
    for column in zip(*lines, strict=True):
        asked.append(min(max(map(len, column)), _WIDEST) + 5)
    return [(_PAPER - 2 * _MARGIN) * each / sum(asked) for each in asked]


def _legal(text: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return _CONTROLS.sub("\ufffd", legible(text))
