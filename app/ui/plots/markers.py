"""Markers that tell series apart without their colour."""

from math import cos, pi, sin

from PySide6.QtGui import QColor

from app.ui.plots.drawing import Disc, Item, Shape


def _around(corners: int, turn: float, reach: float) -> tuple[tuple[float, float], ...]:
    """Return the corners of an even shape around 0, so far out; `turn` is a share of the whole circle."""
    angles = (2 * pi * (at / corners + turn) for at in range(corners))
    return tuple((reach * sin(each), -reach * cos(each)) for each in angles)


def _star(points: int, inner: float) -> tuple[tuple[float, float], ...]:
    reach = (1.35, inner)
    angles = (pi * at / points for at in range(2 * points))
    return tuple((reach[at % 2] * sin(each), -reach[at % 2] * cos(each)) for at, each in enumerate(angles))


SHAPES: tuple[tuple[tuple[float, float], ...], ...] = (
    (),
    _around(4, 1 / 8, 1.25),
    _around(3, 0, 1.35),
    _around(4, 0, 1.35),
    _around(3, 1 / 2, 1.35),
    _star(4, 0.5),
    _around(6, 0, 1.2),
    _star(5, 0.55),
)
"""Corners of markers of reach 1; the first, without corners, is a disc."""


def marker(number: int, x: float, y: float, reach: float, colour: QColor, paper: QColor) -> Item:
    """Return the marker of a series; the shapes are hollow when they come for the second time."""
    hollow = number // len(SHAPES) % 2 == 1
    fill, width = (paper if hollow else colour), reach * 0.35
    corners = SHAPES[number % len(SHAPES)]
    if not corners:
        return Disc(x, y, reach * 1.05, fill, colour, width)
    return Shape(tuple((x + reach * a, y + reach * b) for a, b in corners), fill, colour, width)
