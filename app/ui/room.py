"""How much room a window takes: what it wishes for, as far as the screen has it."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication

_FRAME = 40
"""Pixels that the title bar of a window manager takes from the height of a screen."""


def room_for(width: int, height: int) -> QSize:
    """Return a size for a window, no larger than the screen less a title bar."""
    screen = QGuiApplication.primaryScreen().availableGeometry()
    return QSize(min(width, screen.width()), min(height, screen.height() - _FRAME))
