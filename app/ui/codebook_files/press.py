"""The printed codebook as a PDF: sections laid on pages, none cut from its heading."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QIODevice, QLocale, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QPen,
    QTextDocument,
)

from app.domain.patterns import DASHES, Pattern, pattern_of
from app.domain.progress import Progress, unheard
from app.exchange.codebook_sections import line_html
from app.exchange.formats import Printout, Section

_SERIF = ("Charter", "Iowan Old Style", "Georgia", "Noto Serif", "Source Serif 4", "DejaVu Serif", "serif")
_RESOLUTION = 600
_MARGINS = QMarginsF(18, 16, 18, 20)
"""Millimetres; the footer stands in the last of them."""

_INDENT, _BAR, _GAP, _LAYER_GAP = 14.0, 3.0, 12.0, 20.0
"""Points: how far text stands in from the stroke beside it, the stroke, and what is left free between codes."""

_LETTER = frozenset(
    {
        *(QLocale.Country.UnitedStates, QLocale.Country.Canada, QLocale.Country.Mexico),
        *(QLocale.Country.Philippines, QLocale.Country.Chile, QLocale.Country.Colombia),
        *(QLocale.Country.Venezuela, QLocale.Country.Guatemala, QLocale.Country.CostaRica),
        *(QLocale.Country.Panama, QLocale.Country.DominicanRepublic, QLocale.Country.PuertoRico),
    }
)
"""Where paper is Letter; everywhere else it is A4."""

_STYLE = """
body { color: #000; }
h1 { font-size: 22pt; margin: 0; }
h2 { font-size: 14pt; margin: 0 0 5px 0; }
h3 { font-size: 11.5pt; margin: 0 0 4px 0; }
p { margin: 0 0 5px 0; }
p.label { margin: 7px 0 1px 0; font-size: 8.5pt; }
.quiet { color: #444; font-size: 8.5pt; }
ul, ol { margin: 0 0 5px 0; }
"""
"""Margins are in pixels, of which Qt takes 96 for an inch of paper; it knows no other unit there."""


class _Slice(NamedTuple):
    """A part of a piece on one page: from `top` to `bottom` of the piece, `at` so far down the page; all pixels."""

    piece: int
    page: int
    at: float
    top: float
    bottom: float


def page_size(locale: QLocale) -> QPageSize:
    """Return the paper that is used where somebody lives."""
    letter = locale.territory() in _LETTER
    return QPageSize(QPageSize.PageSizeId.Letter if letter else QPageSize.PageSizeId.A4)


def press(shown: Printout, progress: Progress = unheard) -> bytes:
    """Return a PDF with a page of contents; needs an application object, no window, and may run in any thread."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_RESOLUTION)
    layout = QPageLayout(
        page_size(QLocale()), QPageLayout.Orientation.Portrait, _MARGINS, QPageLayout.Unit.Millimeter
    )
    writer.setPageLayout(layout)
    writer.setTitle(shown.title)
    writer.setCreator("Rubricator")
    painter = QPainter(writer)
    try:
        _Pages(writer, painter, shown, progress).print()
    finally:
        # Also where it was cancelled: a painter that outlives what it paints on takes the program with it.
        painter.end()
    return bytes(buffer.data().data())


class _Pages:
    """One codebook on its way to paper; everything is measured in the pixels of the writer."""

    def __init__(self, writer: QPdfWriter, painter: QPainter, shown: Printout, progress: Progress) -> None:
        self._writer, self._painter, self._shown = writer, painter, shown
        self._progress = progress
        self._point = writer.logicalDpiY() / 72
        self._size = QSizeF(writer.width(), writer.height())

    def print(self) -> None:
        """Lay out contents and sections, then paint page after page."""
        sections = self._shown.sections
        bodies: list[QTextDocument] = []
        for at, section in enumerate(sections):
            self._progress(at, 2 * len(sections))
            bodies.append(self._document(_heading(section) + section.body, self._indent(section)))
        gaps = [(_GAP if section.depth else _LAYER_GAP) * self._point for section in sections]
        slices = self._laid(bodies, gaps)
        starts = {each.piece: each.page for each in reversed(slices)}
        head = self._document(_title(self._shown), 0)
        # How long the contents are does not depend on the numbers in them.
        count = 1 + max((each.page for each in self._laid(self._contents(head, starts, 0), [])), default=0)
        contents = self._contents(head, starts, count)
        pages = count + 1 + max((each.page for each in slices), default=-1)
        self._paint(contents, self._laid(contents, []), (), 0, pages)
        if slices:
            self._paint(bodies, slices, sections, count, pages)

    def _contents(self, head: QTextDocument, starts: dict[int, int], before: int) -> list[QTextDocument]:
        rows = (
            self._document(_row(section, before + starts[at] + 1), 0)
            for at, section in enumerate(self._shown.sections)
        )
        return [head, *rows]

    def _indent(self, section: Section) -> float:
        return (_INDENT if section.colour else 0) * self._point

    def _document(self, html: str, indent: float) -> QTextDocument:
        document = QTextDocument()
        document.documentLayout().setPaintDevice(self._writer)
        font = QFont()
        font.setFamilies(_SERIF)
        font.setPointSizeF(10)
        document.setDefaultFont(font)
        document.setDocumentMargin(0)
        document.setIndentWidth(22)
        option = document.defaultTextOption()
        option.setUseDesignMetrics(True)
        document.setDefaultTextOption(option)
        document.setDefaultStyleSheet(_STYLE)
        document.setHtml(f"<body>{html}</body>")
        document.setTextWidth(self._size.width() - indent)
        return document

    def _laid(self, pieces: Sequence[QTextDocument], gaps: Sequence[float]) -> list[_Slice]:
        """Return where everything stands: what fits on a page is on one, what does not begins on a new one."""
        slices: list[_Slice] = []
        page, at, room = 0, 0.0, self._size.height()
        for number, piece in enumerate(pieces):
            height = piece.size().height()
            gap = gaps[number] if gaps and at else 0.0
            if at and at + gap + height > room:
                page, at, gap = page + 1, 0.0, 0.0
            at += gap
            top = 0.0
            while height - top > room - at:
                bottom = _break(piece, top, top + room - at)
                slices.append(_Slice(number, page, at, top, bottom))
                page, at, top = page + 1, 0.0, bottom
            slices.append(_Slice(number, page, at, top, height))
            at += height - top
        return slices

    def _paint(
        self,
        pieces: Sequence[QTextDocument],
        slices: Sequence[_Slice],
        sections: Sequence[Section],
        before: int,
        pages: int,
    ) -> None:
        page = -1
        for each in slices:
            if each.page != page:
                page = each.page
                if before + page:
                    self._writer.newPage()
                self._paint_footer(before + page + 1, pages)
            section = sections[each.piece] if sections else None
            if section is not None:
                self._progress(len(sections) + each.piece, 2 * len(sections))
                self._paint_stroke(section, each)
            self._paint_slice(pieces[each.piece], each, self._indent(section) if section else 0.0)

    def _paint_slice(self, piece: QTextDocument, part: _Slice, indent: float) -> None:
        context = QAbstractTextDocumentLayout.PaintContext()
        # The window may be dark, paper is not.
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Text, QColor("#000000"))
        context.palette = palette  # type: ignore[attr-defined]
        room = QRectF(0, part.top, self._size.width() - indent, part.bottom - part.top)
        context.clip = room  # type: ignore[attr-defined]
        painter = self._painter
        painter.save()
        painter.translate(indent, part.at - part.top)
        painter.setClipRect(room)
        piece.documentLayout().draw(painter, context)
        painter.restore()

    def _paint_stroke(self, section: Section, part: _Slice) -> None:
        """Paint the colour of a code beside it, in the pattern of its layer."""
        if not section.colour:
            return
        width, pattern = _BAR * self._point, pattern_of(section.layer)
        double = pattern is Pattern.DOUBLE
        pen = QPen(QColor(section.colour), width / 2 if double else width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if pattern in DASHES:
            pen.setDashPattern([length / 3 for length in DASHES[pattern]])
        self._painter.setPen(pen)
        for x in (width / 4, width * 5 / 4) if double else (width / 2,):
            self._painter.drawLine(
                QRectF(x, part.at, 0, 0).topLeft(),
                QRectF(x, part.at + part.bottom - part.top, 0, 0).topLeft(),
            )

    def _paint_footer(self, number: int, pages: int) -> None:
        left, right = line_html(self._shown.title), f"{number} / {pages}"
        cells = f'<td class="quiet" width="85%">{left}</td><td class="quiet" align="right">{right}</td>'
        footer = self._document(f'<table width="100%" cellspacing="0"><tr>{cells}</tr></table>', 0)
        at = self._size.height() + 14 * self._point
        self._paint_slice(footer, _Slice(0, 0, at, 0, footer.size().height()), 0)


def _break(piece: QTextDocument, top: float, bottom: float) -> float:
    """Return the lowest place above `bottom` at which no line of text is cut; `bottom` where there is none."""
    lines = list(_lines(piece))
    at = bottom
    while cut := [start for start, end in lines if start < at < end]:
        at = min(cut)
    return at if at > top else bottom


def _lines(piece: QTextDocument) -> Iterator[tuple[float, float]]:
    """Yield where every line of text begins and ends, from the top of the piece."""
    layout = piece.documentLayout()
    block = piece.begin()
    while block.isValid():
        above = layout.blockBoundingRect(block).top()
        lines = block.layout()
        for number in range(lines.lineCount()):
            room = lines.lineAt(number).rect()
            yield above + room.top(), above + room.bottom()
        block = block.next()


def _title(shown: Printout) -> str:
    contents = "<p><b>Contents</b></p>" if shown.sections else ""
    return f'<h1>{line_html(shown.title)}</h1><p class="quiet">{line_html(shown.subtitle)}<br>&nbsp;</p>{contents}'


def _heading(section: Section) -> str:
    above = f'<p class="quiet">{line_html(section.above)}</p>' if section.above else ""
    level = 3 if section.depth else 2
    return f"{above}<h{level}>{line_html(section.title)}{_key(section)}</h{level}>"


def _row(section: Section, page: int) -> str:
    """Return one line of the contents."""
    name = f"{'&nbsp;' * 6 * section.depth}{line_html(section.title)}{_key(section)}"
    name = name if section.depth else f"<b>{name}</b>"
    return (
        '<table width="100%" cellspacing="0" cellpadding="1">'
        f'<tr><td width="92%">{name}</td><td align="right">{page}</td></tr></table>'
    )


def _key(section: Section) -> str:
    return f'&nbsp;&nbsp;<span class="quiet">[{line_html(section.key)}]</span>' if section.key else ""
