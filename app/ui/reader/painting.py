"""Painting one piece of the article: tint, selection, text, lanes, caret. Nothing is written into a document."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from math import ceil, floor
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen, QRegion

from app.domain.ids import AnnotationId
from app.ui.reader.laid_block import LaidBlock
from app.ui.reader.lanes import Tie
from app.ui.reader.margin import paint_margin
from app.ui.reader.marks import Marks, Row, boxes
from app.ui.reader.patterns import paint_bar
from app.ui.reader.style import ReaderStyle
from app.ui.theme import blend

_SELECTED_BAND = 0.30
"""How strongly the whole lane of the selected annotation is coloured behind its bar."""
_SELECTED_TINT = 0.28
"""How strongly its text is coloured on top of the tint."""
_CARET_WIDTH = 1.6
_HATCH = 0.6
"""How strong the hatching is on which letters are read."""


class Lettering(NamedTuple):
    """A range of a piece, in its UTF-16 positions, whose letters have a colour of their own."""

    start: int
    end: int
    ink: QColor


class Highlights(NamedTuple):
    """What is singled out in a piece, in its UTF-16 positions: the selected range and annotation, the caret.

    `trailing` puts the caret at the end of a wrapped line and not where the next one starts. `words` are the terms
    of the word list, none overlapping; `numbers` those by which annotations can be picked; `hits` what was found,
    each with whether it is the current one; `apart` the annotations on which coders differ.
    """

    selected: tuple[int, int] | None
    annotation: AnnotationId | None
    caret: int | None
    trailing: bool
    words: Sequence[Lettering]
    numbers: Mapping[AnnotationId, int]
    hits: Sequence[tuple[int, int, bool]]
    apart: AbstractSet[AnnotationId] = frozenset()


def paint_block(
    painter: QPainter,
    block: LaidBlock,
    origin: QPointF,
    style: ReaderStyle,
    highlights: Highlights,
    wanted: QRectF,
) -> None:
    """Paint a piece with its top left corner at `origin`, but no line that lies outside of `wanted`."""
    painter.save()
    painter.translate(origin)
    for number, row in enumerate(block.rows):
        if origin.y() + row.bottom < wanted.top() or origin.y() + row.top > wanted.bottom():
            continue
        marks = block.marks(number)
        for box, colour in marks.tints:
            painter.fillRect(box, colour)
        apart = [tie for tie in block.ties if tie.annotation_id in highlights.apart and _is_on(tie, row)]
        _paint_apart(painter, block, row, style, apart)
        selected = [tie for tie in block.ties if tie.annotation_id == highlights.annotation]
        _paint_selected(painter, block, row, style, selected)
        if highlights.selected is not None:
            for box in boxes(row, block.stretches(row, *highlights.selected)):
                painter.fillRect(box, _veil(style.theme.selection))
        _paint_hits(painter, block, row, style, highlights.hits)
        _paint_text(painter, block, row, style, highlights.words)
        _paint_lanes(painter, marks, style, highlights)
        paint_margin(painter, block, row, style, apart)
        if highlights.numbers:
            _paint_numbers(painter, block, row, style, highlights.numbers)
    if highlights.caret is not None:
        row = block.rows[block.row_of(highlights.caret, trailing=highlights.trailing)]
        _paint_caret(painter, block, row, highlights.caret, style)
    painter.restore()


def _paint_text(
    painter: QPainter,
    block: LaidBlock,
    row: Row,
    style: ReaderStyle,
    words: Sequence[Lettering],
) -> None:
    """Draw the letters of a line once in ink and once in each colour, each time only where that belongs.

    So letters keep their shapes and places, whatever is coloured, and the line is never laid out anew.
    """
    at = QPointF(0.0, row.baseline - row.line.ascent() - row.line.y())
    top, height = floor(row.top - style.size), ceil(row.bottom - row.top + 2 * style.size)
    coloured: dict[int, QRegion] = {}
    for word in words:
        for left, right in block.stretches(row, word.start, word.end):
            room = QRect(round(left), top, round(right) - round(left), height)
            coloured[word.ink.rgb()] = coloured.get(word.ink.rgb(), QRegion()).united(room)
    if coloured:
        width = ceil(row.line.width() + 4 * style.size)
        plain = QRegion(floor(-2 * style.size), top, width, height)
        for rgb, region in coloured.items():
            painter.setClipRegion(region)
            painter.setPen(QColor(rgb))
            row.line.draw(painter, at)
            plain = plain.subtracted(region)
        painter.setClipRegion(plain)
    painter.setPen(style.theme.ink)
    row.line.draw(painter, at)
    painter.setClipping(False)


def _paint_selected(
    painter: QPainter, block: LaidBlock, row: Row, style: ReaderStyle, ties: Sequence[Tie]
) -> None:
    """Make the selected annotation stronger than its tint, and frame it."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for tie in ties:
        bar = style.codes[tie.code_id].bar
        painter.setPen(QPen(bar, 1.4))
        for box in boxes(row, block.stretches(row, tie.start, tie.end)):
            painter.fillRect(box, _veil(bar, _SELECTED_TINT))
            painter.drawRoundedRect(box.adjusted(-1, -0.5, 1, 0.5), 2, 2)


def _is_on(tie: Tie, row: Row) -> bool:
    return tie.start < row.end and row.start < tie.end


def _paint_apart(
    painter: QPainter, block: LaidBlock, row: Row, style: ReaderStyle, ties: Sequence[Tie]
) -> None:
    """Hatch the words on which coders differ; what they agree on keeps its calm tint."""
    for tie in ties:
        hatch = blend(style.codes[tie.code_id].bar, style.theme.paper, _HATCH)
        for box in boxes(row, block.stretches(row, tie.start, tie.end)):
            painter.fillRect(box, QBrush(hatch, Qt.BrushStyle.BDiagPattern))


def _paint_lanes(painter: QPainter, marks: Marks, style: ReaderStyle, highlights: Highlights) -> None:
    for pen, line in marks.gaps:
        painter.setPen(pen)
        painter.drawLine(line)
    if marks.lanes:
        painter.setFont(style.label_font)
    for mark in marks.lanes:
        is_selected = mark.annotation_id == highlights.annotation
        if mark.annotation_id in highlights.apart:
            hatch = blend(mark.look.bar, style.theme.paper, _HATCH)
            # Beside the label, which is small enough to read without it.
            room = QRectF(mark.bar.left(), mark.room.top() + 1, mark.bar.width(), mark.room.height() - 2)
            painter.fillRect(room, QBrush(hatch, Qt.BrushStyle.BDiagPattern))
        if is_selected:
            painter.fillRect(mark.room, blend(mark.look.bar, style.theme.paper, _SELECTED_BAND))
        if mark.words:
            painter.setPen(style.theme.ink if is_selected else mark.look.ink)
            painter.drawText(mark.at, mark.words)
        if mark.bar.width() > 0:
            paint_bar(painter, mark.bar, mark.look.stroke, mark.look.pattern)


def _paint_numbers(
    painter: QPainter,
    block: LaidBlock,
    row: Row,
    style: ReaderStyle,
    numbers: Mapping[AnnotationId, int],
) -> None:
    """Put the number of an annotation above its first letter."""
    metrics = QFontMetricsF(style.label_font)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(style.label_font)
    for tie in block.ties:
        if tie.annotation_id not in numbers or not tie.begins or not row.start <= tie.start < row.end:
            continue
        number = str(numbers[tie.annotation_id])
        size = metrics.height() * 0.95
        wide = max(size, metrics.horizontalAdvance(number) + 6)
        left = block.x_of(row, tie.start) - wide / 2
        badge = QRectF(left, row.top - size * 0.35, wide, size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.theme.accent)
        painter.drawRoundedRect(badge, size / 2, size / 2)
        painter.setPen(style.theme.accent_ink)
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, number)
    painter.restore()


def _paint_hits(
    painter: QPainter,
    block: LaidBlock,
    row: Row,
    style: ReaderStyle,
    hits: Sequence[tuple[int, int, bool]],
) -> None:
    """Frame what was found; its background is left to annotations and the selection."""
    for start, end, current in hits:
        painter.setPen(QPen(style.theme.accent, 2.0 if current else 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for box in boxes(row, block.stretches(row, start, end)):
            painter.drawRoundedRect(box.adjusted(-1.5, 0, 1.5, 0), 3, 3)


def _paint_caret(painter: QPainter, block: LaidBlock, row: Row, position: int, style: ReaderStyle) -> None:
    x = block.x_of(row, position)
    top = row.baseline - style.size * 0.95
    painter.fillRect(QRectF(x - _CARET_WIDTH / 2, top, _CARET_WIDTH, style.size * 1.25), style.theme.accent)


def _veil(colour: QColor, share: float = 0.51) -> QColor:
    """Let what is tinted below a selection shine through."""
    veil = QColor(colour)
    veil.setAlphaF(share)
    return veil
