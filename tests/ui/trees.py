"""Names typed in the tree of a codebook."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

KEY = Qt.Key


def field_in(view, qtbot):
    """The field that is open in a tree or list; one that was closed may still be about to go."""

    def focused():
        return [each for each in view.findChildren(QLineEdit) if each.hasFocus()]

    qtbot.waitUntil(lambda: bool(focused()))
    return focused()[0]


def named_in(view, qtbot, text, key=KEY.Key_Return):
    """Type a name into the field that is open, and wait until what follows from it has happened."""
    field = field_in(view, qtbot)
    field.setText(text)
    qtbot.keyClick(field, key)
    qtbot.waitUntil(lambda: view.findChild(QLineEdit) is None)
