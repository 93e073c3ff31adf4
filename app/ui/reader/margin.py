"""Beside a line: whose lanes lie below it, and that coders differ in it."""

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter

from app.ui.reader.laid_block import LaidBlock
from app.ui.reader.lanes import Tie
from app.ui.reader.marks import Row
from app.ui.reader.style import ReaderStyle
from app.ui.theme import blend

MARGIN = 30.0
"""Pixels beside the text that are painted here; the surface has a little more."""

_DIFFERENT = "≠"
_GAP = 9.0
_EDGE = 2.5
_HAIR = 0.25
"""How strong the lines between coders are: weaker than what is painted in lanes."""


def paint_margin(
    painter: QPainter, block: LaidBlock, row: Row, style: ReaderStyle, apart: Sequence[Tie]
) -> None:
    """Paint on the side where lines begin, and hairlines between the lanes of coders.

    `apart` is what lies on this line and not everybody marked alike.
    """
    painter.setFont(style.label_font)
    for group in row.laned.groups[1:]:
        y = round(row.lanes_top + group.first * style.lane) - 0.5
        painter.setPen(blend(style.theme.quiet, style.theme.paper, _HAIR))
        painter.drawLine(QLineF(0, y, block.width, y))
    painter.setPen(style.theme.ink)
    for group in row.laned.groups:
        top = row.lanes_top + group.first * style.lane
        who = style.coders.get(group.coder_id, "")
        painter.drawText(_room(block, top, style.lane), _side(block), who)
    if apart:
        edge = block.width + _EDGE if block.right_to_left else -2 * _EDGE
        height = row.lanes_top - row.top - 1.0
        painter.fillRect(QRectF(edge, row.top, _EDGE, height), style.theme.ink)
        if any(row.start <= tie.start < row.end and tie.begins for tie in apart):
            painter.setFont(style.small_font)
            painter.drawText(_room(block, row.top, height), _side(block), _DIFFERENT)


def _room(block: LaidBlock, top: float, height: float) -> QRectF:
    left = block.width + _GAP if block.right_to_left else -MARGIN
    return QRectF(left, top, MARGIN - _GAP, height)


def _side(block: LaidBlock) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if block.right_to_left else Qt.AlignmentFlag.AlignRight
    # The box says which side; letters of the other direction must not move it.
    return side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
