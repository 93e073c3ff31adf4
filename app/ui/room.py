"""Windows of their own: how much room they take of the screen, how they come to the front and go."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QWidget

from app.ui.icons import program_icon

_FRAME = 40
"""Pixels that the title bar of a window manager takes from the height of a screen."""


def room_for(width: int, height: int) -> QSize:
    """Return a size for a window, no larger than the screen less a title bar."""
    screen = QGuiApplication.primaryScreen().availableGeometry()
    return QSize(min(width, screen.width()), min(height, screen.height() - _FRAME))


def stand_alone(window: QWidget, title: str, width: int, height: int) -> None:
    """Make a dialog a window of its own: with a title, a size, a place, and the key that closes windows.

    Left to itself, Qt may put the title bar above the screen. In the main window the key closes the project.
    """
    window.setWindowFlags(Qt.WindowType.Window)
    window.setWindowTitle(title)
    window.setWindowIcon(program_icon())
    QShortcut(QKeySequence("Ctrl+W"), window).activated.connect(window.close)
    window.resize(room_for(width, height))
    spare = QGuiApplication.primaryScreen().availableGeometry()
    left = spare.left() + (spare.width() - window.width()) // 2
    window.move(left, spare.top() + max(0, (spare.height() - _FRAME - window.height()) // 2))


def bring(window: QWidget) -> None:
    """Show a window of its own in front; one that is in front already is closed by the key that opened it."""
    if window.isVisible() and window.isActiveWindow():
        window.close()
    else:
        bring_forward(window)


def bring_forward(window: QWidget) -> None:
    """Show a window of its own in front, wherever it is."""
    window.show()
    window.raise_()
    window.activateWindow()


def foot_of(told: QLabel, state: QLabel) -> QHBoxLayout:
    """Return the foot of a window: what was said last, which may take lines, and how things stand."""
    foot = QHBoxLayout()
    foot.setContentsMargins(4, 6, 12, 8)
    for label in (told, state):
        label.setObjectName("place")
        label.setTextFormat(Qt.TextFormat.PlainText)
    told.setWordWrap(True)
    foot.addWidget(told, 1)
    foot.addWidget(state)
    return foot


def scrolled(form: QWidget) -> QScrollArea:
    """Return a form that can be scrolled where there is less room than it needs."""
    room = QScrollArea()
    room.setWidget(form)
    room.setWidgetResizable(True)
    room.setFrameShape(QFrame.Shape.NoFrame)
    room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return room
