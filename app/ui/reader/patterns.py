"""What a bar in a lane looks like besides its colour: one pattern a layer, so that nobody needs the colour."""

import math

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.domain.patterns import DASHES, Pattern

BAR = 3.0
"""The height of a bar in pixels."""


def stroke_of(pattern: Pattern, colour: QColor) -> QPen:
    """Return the pen for the bars of a code; made once, because there are hundreds of bars on a screen."""
    pen = QPen(colour, BAR)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if pattern in DASHES:
        pen.setDashPattern([length / BAR for length in DASHES[pattern]])
    return pen


def paint_bar(painter: QPainter, room: QRectF, stroke: QPen, pattern: Pattern) -> None:
    """Paint a bar that fills a box, `BAR` high, from side to side; a stroke begins at the left edge."""
    if pattern is Pattern.SOLID:
        painter.fillRect(room, stroke.color())
    elif pattern is Pattern.DOUBLE:
        # Two lines need the room of one and a half, or they are too faint beside the others.
        line = math.ceil(room.height() / 2)
        for top in (room.top() - 1, room.bottom() - 1):
            painter.fillRect(QRectF(room.left(), top, room.width(), line), stroke.color())
    else:
        painter.setPen(stroke)
        middle = room.center().y()
        painter.drawLine(QLineF(room.left(), middle, room.right(), middle))
