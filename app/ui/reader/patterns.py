"""What a bar in a lane looks like besides its colour: one pattern a layer, so that nobody needs the colour."""

import math
from enum import Enum, auto

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

BAR = 3.0
"""The height of a bar in pixels."""


class Pattern(Enum):
    """Every pattern, in the order in which layers get them."""

    SOLID = auto()
    DASHED = auto()
    DOUBLE = auto()
    DOTTED = auto()
    DASH_DOT = auto()
    LADDER = auto()


_PATTERNS = tuple(Pattern)

_DASHES = {
    Pattern.DASHED: (10.0, 4.0),
    Pattern.DOTTED: (3.0, 3.0),
    Pattern.DASH_DOT: (10.0, 3.0, 3.0, 3.0),
    Pattern.LADDER: (1.5, 2.5),
}
"""Pixels painted and left out, in turn."""


def pattern_of(layer: int) -> Pattern:
    """Return the pattern of a layer by its number; after the sixth they begin again."""
    return _PATTERNS[layer % len(_PATTERNS)]


def stroke_of(pattern: Pattern, colour: QColor) -> QPen:
    """Return the pen for the bars of a code; made once, because there are hundreds of bars on a screen."""
    pen = QPen(colour, BAR)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if pattern in _DASHES:
        pen.setDashPattern([length / BAR for length in _DASHES[pattern]])
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
