"""Windows of their own: how much room they take of the screen, how they come to the front and go."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
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


def bring(window: QWidget) -> None:
    """Show a window of its own in front; one that is in front already is closed by the key that opened it."""
    if window.isVisible() and window.isActiveWindow():
        window.close()
        return
    window.show()
    window.raise_()
    window.activateWindow()


def close_by_key(window: QWidget) -> None:
    """Let the usual key close a window of its own; in the main window it closes the project."""
    shortcut = QShortcut(QKeySequence("Ctrl+W"), window)
    shortcut.activated.connect(window.close)
