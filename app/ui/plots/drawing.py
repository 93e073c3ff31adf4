"""What a plot is made of: shapes and words in points, the same on the screen, on paper and in a file."""

from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen, QPolygonF

FINE = 20
"""Sizes of typefaces are whole numbers of pixels in Qt; words are measured and drawn this much larger."""

DASHES = (2.5, 2.0)
"""A dash and a gap, in points."""


class Anchor(Enum):
    """Which part of the words stands at their place."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


class Words(NamedTuple):
    """One line of words. `x` and `y` are where their anchor stands on the base line; turned ones read upwards."""

    text: str
    x: float
    y: float
    size: float
    colour: QColor
    anchor: Anchor = Anchor.START
    bold: bool = False
    turned: bool = False


class Line(NamedTuple):
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    colour: QColor
    width: float = 0.6
    dashed: bool = False


class Shape(NamedTuple):
    """A closed shape through its corners."""

    corners: tuple[tuple[float, float], ...]
    fill: QColor
    edge: QColor | None = None
    width: float = 0.0


class Disc(NamedTuple):
    """A circle around `x` and `y`."""

    x: float
    y: float
    radius: float
    fill: QColor
    edge: QColor | None = None
    width: float = 0.0


Item = Words | Line | Shape | Disc


class Spot(NamedTuple):
    """What can be pointed at: its place in rows and columns, its room, and its numbers in words.

    `key` names a row for whoever made the plot; cells have none.
    """

    row: int
    column: int
    room: QRectF
    words: str
    key: str = ""


class Drawing(NamedTuple):
    """A plot as it is drawn at one width; everything is in points. Items are drawn in their order."""

    width: float
    height: float
    items: tuple[Item, ...]
    spots: tuple[Spot, ...]
    family: str
    title: str
    spoken: str

    def paint(self, painter: QPainter) -> None:
        """Paint everything; the painter counts in points."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        faces = {
            look: typeface(self.family, look[0], bold=look[1])
            for look in {(each.size, each.bold) for each in self.items if isinstance(each, Words)}
        }
        for each in self.items:
            if isinstance(each, Words):
                _paint_words(painter, each, faces[each.size, each.bold])
            elif isinstance(each, Line):
                painter.setPen(_pen(each))
                painter.drawLine(QPointF(each.x1, each.y1), QPointF(each.x2, each.y2))
            else:
                painter.setPen(QPen(each.edge, each.width) if each.edge else Qt.PenStyle.NoPen)
                painter.setBrush(QBrush(each.fill))
                if isinstance(each, Disc):
                    painter.drawEllipse(QPointF(each.x, each.y), each.radius, each.radius)
                else:
                    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in each.corners]))

    def spot_at(self, place: QPointF) -> int | None:
        """Return the number of the spot at a place; of several, that whose middle is nearest."""
        there = [number for number, each in enumerate(self.spots) if each.room.contains(place)]
        return min(there, key=lambda number: _distance(self.spots[number], place), default=None)


def rectangle(
    room: QRectF, fill: QColor, edge: QColor | None = None, width: float = 0.0, inset: float = 0.0
) -> Shape:
    """Return a rectangle as a shape, smaller by `inset` on every side."""
    small = room.adjusted(inset, inset, -inset, -inset)
    corners = (
        (small.left(), small.top()),
        (small.right(), small.top()),
        (small.right(), small.bottom()),
        (small.left(), small.bottom()),
    )
    return Shape(corners, fill, edge, width)


def typeface(family: str, size: float, *, bold: bool = False) -> QFont:
    """Return the typeface of words of a size in points, `FINE` times as large."""
    font = QFont(family)
    font.setPixelSize(max(1, round(size * FINE)))
    font.setBold(bold)
    # Hints of the screen would make words wider or narrower than they are on paper.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _paint_words(painter: QPainter, each: Words, face: QFont) -> None:
    painter.save()
    painter.translate(each.x, each.y)
    if each.turned:
        painter.rotate(-90)
    painter.scale(1 / FINE, 1 / FINE)
    painter.setFont(face)
    painter.setPen(each.colour)
    if each.anchor is not Anchor.START:
        length = painter.fontMetrics().horizontalAdvance(each.text)
        painter.translate(-length if each.anchor is Anchor.END else -length / 2, 0)
    painter.drawText(QPointF(0, 0), each.text)
    painter.restore()


def _pen(line: Line) -> QPen:
    pen = QPen(line.colour, line.width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if line.dashed:
        pen.setDashPattern([length / line.width for length in DASHES])
    return pen


def _distance(spot: Spot, place: QPointF) -> float:
    apart = spot.room.center() - place
    return apart.x() ** 2 + apart.y() ** 2
