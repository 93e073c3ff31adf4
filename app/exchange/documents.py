"""Documents as files: Markdown to paste, HTML to print, Word to send."""

import re
from html import escape
from io import BytesIO

from app.domain.articles import legible
from app.domain.documents import Block, Document, Heading, Items, Paragraph, Table
from app.domain.errors import UserError

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
    from docx.enum.text import WD_PARAGRAPH_ALIGNMENT

    file = docx.Document()
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
                file.add_paragraph(_legal(block.caption), style="Caption")
                made = file.add_table(rows=0, cols=len(block.head), style="Light List Accent 1")
                for cells in (block.head, *block.rows):
                    for at, (cell, text) in enumerate(zip(made.add_row().cells, cells, strict=True)):
                        cell.text = _legal(text)
                        if at in block.figures:
                            cell.paragraphs[0].alignment = WD_PARAGRAPH_ALIGNMENT.RIGHT
    buffer = BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def _legal(text: str) -> str:
    """Return a text without the characters that XML cannot hold."""
    return _CONTROLS.sub("\ufffd", legible(text))
