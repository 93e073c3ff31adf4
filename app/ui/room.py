"""How much room a window takes: what it wishes for, as far as the screen has it."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

_FRAME = 40
"""Pixels that the title bar of a window manager takes from the height of a screen."""


def room_for(width: int, height: int) -> QSize:
    """Return a size for a window, no larger than the screen less a title bar."""
    screen = QGuiApplication.primaryScreen().availableGeometry()
    return QSize(min(width, screen.width()), min(height, screen.height() - _FRAME))


def put_in_the_middle(window: QWidget, width: int, height: int) -> None:
    """Give a window of its own a size and a place. Left to itself, Qt may put the title bar above the screen."""
    window.resize(room_for(width, height))
    spare = QGuiApplication.primaryScreen().availableGeometry()
    left = spare.left() + (spare.width() - window.width()) // 2
    window.move(left, spare.top() + max(0, (spare.height() - _FRAME - window.height()) // 2))
