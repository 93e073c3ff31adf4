"""Beside a line: whose lanes lie below it, and that coders differ in it."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from app.ui.reader.laid_block import LaidBlock
from app.ui.reader.lanes import Tie
from app.ui.reader.marks import Row
from app.ui.reader.style import ReaderStyle

MARGIN = 30.0
"""Pixels beside the text that are painted here; the surface has a little more."""

_DIFFERENT = "≠"
_GAP = 7.0
_EDGE = 2.5


def paint_margin(
    painter: QPainter, block: LaidBlock, row: Row, style: ReaderStyle, apart: Sequence[Tie]
) -> None:
    """Paint on the side where lines begin; `apart` is what lies on this line and not everybody marked alike."""
    painter.setFont(style.label_font)
    painter.setPen(style.theme.ink)
    for group in row.laned.groups:
        top = row.lanes_top + group.first * style.lane
        who = style.coders.get(group.coder_id, "")
        painter.drawText(_room(block, top, style.lane), _side(block), who)
    if apart:
        edge = _EDGE if not block.right_to_left else block.width + _GAP - 2 * _EDGE
        height = row.lanes_top - row.top - 1.0
        painter.fillRect(QRectF(edge - _GAP, row.top, _EDGE, height), style.theme.ink)
        if any(row.start <= tie.start < row.end and tie.begins for tie in apart):
            painter.setFont(style.small_font)
            room = _room(block, row.top, height).translated(_EDGE if block.right_to_left else -_EDGE, 0)
            painter.drawText(room, _side(block), _DIFFERENT)


def _room(block: LaidBlock, top: float, height: float) -> QRectF:
    left = block.width + _GAP if block.right_to_left else -MARGIN
    return QRectF(left, top, MARGIN - _GAP, height)


def _side(block: LaidBlock) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if block.right_to_left else Qt.AlignmentFlag.AlignRight
    # The box says which side; letters of the other direction must not move it.
    return side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
