"""Codebooks for the coders' desk: one HTML file that prints well, and the PDF that is made of the same sections."""

from collections.abc import Iterator, Sequence

from app.domain.codebook import Codebook
from app.domain.errors import UserError
from app.domain.patterns import DASHES, Pattern, pattern_of
from app.exchange.codebook_sections import line_html, printout
from app.exchange.formats import CodebookReading, Press, Printout, Section

_STYLE = """\
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 46rem; padding: 2rem 1.5rem 4rem; color: #1f2328; background: #fff;
  font: 1rem/1.5 Charter, "Iowan Old Style", Georgia, "Noto Serif", serif; }
h1, h2, h3, h4, h5, h6, nav, .path, .label, kbd, .questions td:first-child, .subtitle {
  font-family: system-ui, "Segoe UI", "Noto Sans", sans-serif; }
h1 { margin: 0; font-size: 1.9rem; line-height: 1.2; }
h2, h3, h4, h5, h6 { margin: 0 0 .4rem; line-height: 1.25; font-size: 1.1rem; }
h2 { font-size: 1.45rem; }
.subtitle { margin: .25rem 0 2rem; color: #5e6570; }
nav { margin-bottom: 2.5rem; padding: 1rem 1.25rem; border: 1px solid #cfcbc2; border-radius: 4px; }
nav ul { list-style: none; margin: 0; padding-inline-start: 1.4rem; }
nav > ul { padding: 0; }
nav a { color: inherit; text-decoration: none; }
nav a:hover, nav a:focus { text-decoration: underline; }
section { margin: 0 0 2rem; }
section.layer { margin-top: 3rem; padding-top: .75rem; border-top: 2px solid #1f2328; }
p { margin: 0 0 .6rem; }
.path { margin: 0 0 .1rem; font-size: .8rem; color: #5e6570; }
.label { margin: .8rem 0 .1rem; font-size: .85rem; }
ul, ol { margin: 0 0 .6rem; padding-inline-start: 1.6rem; }
kbd { display: inline-block; min-width: 1.1em; padding: 0 .35em; border: 1px solid #1f2328; border-radius: 3px;
  font-size: .75em; font-weight: 600; text-align: center; }
svg { margin-inline-end: .5em; vertical-align: middle; }
.questions { width: 100%; border-collapse: collapse; font-size: .92rem; }
.questions td { padding: .4rem .5rem; border-top: 1px solid #cfcbc2; vertical-align: top; text-align: start; }
.questions td:first-child { padding-inline-start: 0; }
.questions p, .questions ol { margin-bottom: .2rem; }
@page { margin: 18mm 16mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  nav, section, .questions tr { break-inside: avoid; }
  h2, h3, h4, h5, h6, .label, .path { break-after: avoid; }
  nav { break-after: page; }
}
"""


class HtmlCodebook:
    """Writes a codebook as one HTML file that needs nothing else."""

    name = "html"
    title = "HTML to print"
    about = "For the coders’ desk: one page with contents, keys, definitions and questions. It cannot be read back."
    extensions = (".html", ".htm")
    can_read = False
    can_write = True

    def read(self, data: bytes, known: Codebook) -> CodebookReading:
        """A page for people is not read back."""
        raise _not_read(self.title)

    def write(self, codebook: Codebook, press: Press) -> bytes:
        """Return the page in UTF-8."""
        del press
        return ("\n".join(_page(printout(codebook))) + "\n").encode()

    def losses(self, codebook: Codebook) -> tuple[str, ...]:
        """Say that the way is one way."""
        del codebook
        return ("A page for people cannot be imported again. Keep the codebook as YAML or CSV too.",)


class PdfCodebook:
    """Writes a codebook as a PDF with numbered pages, by way of a press."""

    name = "pdf"
    title = "PDF to print"
    about = "For the coders’ desk: the same with page numbers, on A4 or Letter. It cannot be read back."
    extensions = (".pdf",)
    can_read = False
    can_write = True

    def read(self, data: bytes, known: Codebook) -> CodebookReading:
        """A document for people is not read back."""
        raise _not_read(self.title)

    def write(self, codebook: Codebook, press: Press) -> bytes:
        """Return what the press makes of it."""
        return press(printout(codebook))

    def losses(self, codebook: Codebook) -> tuple[str, ...]:
        """Say that the way is one way."""
        del codebook
        return ("A document for people cannot be imported again. Keep the codebook as YAML or CSV too.",)


def _not_read(title: str) -> UserError:
    return UserError(f"{title} cannot be imported. Export YAML or CSV too.")


GENERATOR = '<meta name="generator" content="Rubricator">'
"""By which a page of ours is known again."""


def _page(shown: Printout) -> Iterator[str]:
    title = line_html(shown.title)
    yield "<!DOCTYPE html>"
    yield f'<html>\n<head>\n<meta charset="utf-8">\n{GENERATOR}'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>"
    yield f'<header>\n<h1 dir="auto">{title}</h1>\n<p class="subtitle">{line_html(shown.subtitle)}</p>\n</header>'
    if shown.sections:
        yield '<nav aria-label="Contents">'
        yield from _contents(shown.sections)
        yield "</nav>"
    yield "<main>"
    for section in shown.sections:
        yield from _section(section)
    yield "</main>\n</body>\n</html>"


def _contents(sections: Sequence[Section]) -> Iterator[str]:
    """Yield a list with sub-codes in lists inside."""
    depth = -1
    for section in sections:
        if section.depth > depth:
            yield "<ul>"
        else:
            yield "</li>" + "</ul></li>" * (depth - section.depth)
        yield f'<li>{_swatch(section)}<a href="#{section.anchor}">{_name(section)}</a>{_key(section)}'
        depth = section.depth
    yield "</li></ul>" * (depth + 1)


def _section(section: Section) -> Iterator[str]:
    level = min(section.depth + 2, 6)
    sort = "code" if section.depth else "layer"
    yield f'<section id="{section.anchor}" class="{sort}">'
    if section.above:
        yield f'<p class="path" dir="auto">{line_html(section.above)}</p>'
    yield f"<h{level}>{_swatch(section)}{_name(section)}{_key(section)}</h{level}>"
    yield section.body
    yield "</section>"


def _name(section: Section) -> str:
    return f"<bdi>{line_html(section.title)}</bdi>"


def _key(section: Section) -> str:
    return f" <kbd>{line_html(section.key)}</kbd>" if section.key else ""


def _swatch(section: Section) -> str:
    """Return a drawn stroke, which printers leave in where they leave backgrounds out."""
    if not section.colour:
        return ""
    pattern = pattern_of(section.layer)
    dashes = " ".join(f"{2 * length:g}" for length in DASHES.get(pattern, ()))
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    tops = ((3, 2.5), (9, 2.5)) if pattern is Pattern.DOUBLE else ((6, 6),)
    lines = "".join(
        f'<line x1="0" x2="40" y1="{top}" y2="{top}" stroke-width="{wide}" stroke="{section.colour}"{dashed}/>'
        for top, wide in tops
    )
    return f'<svg width="40" height="12" viewBox="0 0 40 12" aria-hidden="true">{lines}</svg>'
