"""Painting one piece of the article: tint, selection, text, lanes, caret. Nothing is written into a document."""

from collections.abc import Mapping, Sequence
from math import ceil, floor
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QRegion

from app.domain.ids import AnnotationId
from app.ui.reader.laid_block import LaidBlock, Row, Tie
from app.ui.reader.patterns import BAR, paint_bar
from app.ui.reader.style import TINT_SHARE, CodeLook, ReaderStyle
from app.ui.theme import blend

_SELECTED_BAND = 0.30
"""How strongly the whole lane of the selected annotation is coloured behind its bar."""
_LABEL_GAP = 3.0
_CARET_WIDTH = 1.6


class Lettering(NamedTuple):
    """A range of a piece, in its UTF-16 positions, whose letters have a colour of their own."""

    start: int
    end: int
    ink: QColor


class Highlights(NamedTuple):
    """What is singled out in a piece, in its UTF-16 positions: the selected range and annotation, the caret.

    `trailing` puts the caret at the end of a wrapped line and not where the next one starts. `words` are the terms
    of the word list, none overlapping; `numbers` those by which annotations can be picked; `hits` what was found,
    each with whether it is the current one.
    """

    selected: tuple[int, int] | None
    annotation: AnnotationId | None
    caret: int | None
    trailing: bool
    words: Sequence[Lettering]
    numbers: Mapping[AnnotationId, int]
    hits: Sequence[tuple[int, int, bool]]


def paint_block(
    painter: QPainter,
    block: LaidBlock,
    origin: QPointF,
    style: ReaderStyle,
    highlights: Highlights,
    wanted: QRectF,
) -> None:
    """Paint a piece with its top left corner at `origin`, but no line that lies outside of `wanted`."""
    for row in block.rows:
        if origin.y() + row.bottom < wanted.top() or origin.y() + row.top > wanted.bottom():
            continue
        _paint_tints(painter, block, row, origin, style, highlights.annotation)
        if highlights.selected is not None:
            for rect in _rects(block, row, origin, *highlights.selected):
                painter.fillRect(rect, _veil(style.theme.selection))
        _paint_hits(painter, block, row, origin, style, highlights.hits)
        _paint_text(painter, block, row, origin, style, highlights.words)
        _paint_lanes(painter, block, row, origin, style, highlights.annotation)
        if highlights.numbers:
            _paint_numbers(painter, block, row, origin, style, highlights.numbers)
    if highlights.caret is not None:
        row = block.rows[block.row_of(highlights.caret, trailing=highlights.trailing)]
        _paint_caret(painter, block, row, highlights.caret, origin, style)


def _paint_text(
    painter: QPainter,
    block: LaidBlock,
    row: Row,
    origin: QPointF,
    style: ReaderStyle,
    words: Sequence[Lettering],
) -> None:
    """Draw the letters of a line once in ink and once in each colour, each time only where that belongs.

    So letters keep their shapes and places, whatever is coloured, and the line is never laid out anew.
    """
    at = QPointF(origin.x(), origin.y() + row.baseline - row.line.ascent() - row.line.y())
    top, height = floor(origin.y() + row.top - style.size), ceil(row.bottom - row.top + 2 * style.size)
    coloured: dict[int, QRegion] = {}
    for word in words:
        for left, right in block.stretches(row, word.start, word.end):
            edge = round(origin.x() + left)
            room = QRect(edge, top, round(origin.x() + right) - edge, height)
            coloured[word.ink.rgb()] = coloured.get(word.ink.rgb(), QRegion()).united(room)
    if coloured:
        width = ceil(row.line.width() + 4 * style.size)
        plain = QRegion(floor(origin.x() - 2 * style.size), top, width, height)
        for rgb, region in coloured.items():
            painter.setClipRegion(region)
            painter.setPen(QColor(rgb))
            row.line.draw(painter, at)
            plain = plain.subtracted(region)
        painter.setClipRegion(plain)
    painter.setPen(style.theme.ink)
    row.line.draw(painter, at)
    painter.setClipping(False)


def _paint_tints(
    painter: QPainter,
    block: LaidBlock,
    row: Row,
    origin: QPointF,
    style: ReaderStyle,
    selected: AnnotationId | None,
) -> None:
    for segment in block.segments:
        if segment.end <= row.start or segment.start >= row.end:
            continue
        colour = style.theme.paper
        for index in segment.covers:
            tie = block.ties[index]
            look = style.codes[tie.code_id]
            colour = blend(look.tint, colour, TINT_SHARE)
            if tie.annotation_id == selected:
                colour = blend(look.bar, colour, 0.28)
        for rect in _rects(block, row, origin, segment.start, segment.end):
            painter.fillRect(rect, colour)
    for tie in block.ties:
        if tie.annotation_id == selected:
            _outline(painter, block, row, origin, style, tie)


def _outline(
    painter: QPainter, block: LaidBlock, row: Row, origin: QPointF, style: ReaderStyle, tie: Tie
) -> None:
    painter.setPen(QPen(style.codes[tie.code_id].bar, 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for rect in _rects(block, row, origin, tie.start, tie.end):
        painter.drawRoundedRect(rect.adjusted(-1, -0.5, 1, 0.5), 2, 2)


def _paint_lanes(
    painter: QPainter,
    block: LaidBlock,
    row: Row,
    origin: QPointF,
    style: ReaderStyle,
    selected: AnnotationId | None,
) -> None:
    _paint_gaps(painter, block, row, origin, style)
    painter.setFont(style.label_font)
    labelled: dict[int, float] = {}
    for tie, lane in zip(block.ties, block.lanes, strict=True):
        if tie.end <= row.start or tie.start >= row.end:
            continue
        look = style.codes[tie.code_id]
        top = origin.y() + row.lanes_top + lane * style.lane
        stretches = block.stretches(row, tie.start, tie.end)
        if block.right_to_left:
            stretches.reverse()
        is_selected = tie.annotation_id == selected
        for number, (left, right) in enumerate(stretches):
            room = QRectF(origin.x() + left, top, right - left, style.lane)
            if is_selected:
                painter.fillRect(room, blend(look.bar, style.theme.paper, _SELECTED_BAND))
            if number == 0 and tie.begins and tie.start >= row.start:
                painter.setPen(style.theme.ink if is_selected else look.ink)
                words = _words(look, style.coders.get(tie.coder_id, ""))
                room = _paint_label(painter, words, style, room, at_right=block.right_to_left)
            elif not block.right_to_left:
                room.setLeft(max(room.left(), labelled.get(lane, 0.0)))
            labelled[lane] = room.left()
            if room.width() > 0:
                # On whole pixels, or the same pattern looks different from lane to lane.
                bar = QRectF(room.left(), round(top + (style.lane - BAR) / 2), room.width(), BAR)
                paint_bar(painter, bar, look.stroke, look.pattern)


def _paint_gaps(painter: QPainter, block: LaidBlock, row: Row, origin: QPointF, style: ReaderStyle) -> None:
    """Tie the fragments of one annotation together with a line too thin to be a bar."""
    for gap in block.gaps:
        painter.setPen(QPen(style.codes[gap.code_id].bar, 1.0))
        y = origin.y() + row.lanes_top + (gap.lane + 0.5) * style.lane
        for left, right in block.stretches(row, gap.start, gap.end):
            painter.drawLine(QPointF(origin.x() + left, y), QPointF(origin.x() + right, y))


def _words(look: CodeLook, who: str) -> tuple[str, ...]:
    """Return what a lane may be labelled with: coder and code, or less where that has no room."""
    return (f"{who} {look.name}", f"{who} {look.key}", who) if who else (look.name, look.key)


def _paint_label(
    painter: QPainter, words: tuple[str, ...], style: ReaderStyle, room: QRectF, *, at_right: bool
) -> QRectF:
    """Write the first of some words that has room where a lane begins.

    Returns the room that is left for the bar.
    """
    metrics = style.label_metrics
    for text in words:
        width = metrics.horizontalAdvance(text)
        if text and width <= room.width():
            baseline = room.top() + (room.height() + metrics.capHeight()) / 2
            left = room.right() - width if at_right else room.left()
            painter.drawText(QPointF(left, baseline), text)
            taken = width + _LABEL_GAP
            return room.adjusted(0, 0, -taken, 0) if at_right else room.adjusted(taken, 0, 0, 0)
    return room


def _paint_numbers(
    painter: QPainter,
    block: LaidBlock,
    row: Row,
    origin: QPointF,
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
        left = origin.x() + block.x_of(row, tie.start) - wide / 2
        badge = QRectF(left, origin.y() + row.top - size * 0.35, wide, size)
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
    origin: QPointF,
    style: ReaderStyle,
    hits: Sequence[tuple[int, int, bool]],
) -> None:
    """Frame what was found; its background is left to annotations and the selection."""
    for start, end, current in hits:
        painter.setPen(QPen(style.theme.accent, 2.0 if current else 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for rect in _rects(block, row, origin, start, end):
            painter.drawRoundedRect(rect.adjusted(-1.5, 0, 1.5, 0), 3, 3)


def _paint_caret(
    painter: QPainter, block: LaidBlock, row: Row, position: int, origin: QPointF, style: ReaderStyle
) -> None:
    x = origin.x() + block.x_of(row, position)
    top = origin.y() + row.baseline - style.size * 0.95
    painter.fillRect(QRectF(x - _CARET_WIDTH / 2, top, _CARET_WIDTH, style.size * 1.25), style.theme.accent)


def _rects(block: LaidBlock, row: Row, origin: QPointF, start: int, end: int) -> list[QRectF]:
    """Return the boxes behind the text of a range in one line."""
    top = origin.y() + row.top
    height = row.lanes_top - row.top - 1.0
    return [
        QRectF(origin.x() + left, top, right - left, height)
        for left, right in block.stretches(row, start, end)
    ]


def _veil(colour: QColor) -> QColor:
    """Let what is tinted below a selection shine through."""
    veil = QColor(colour)
    veil.setAlpha(130)
    return veil
