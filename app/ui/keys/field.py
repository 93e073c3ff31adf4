"""A field that takes one key as it is pressed, instead of what the key would type."""

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta)
_LEADING_ON = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class KeyField(QLineEdit):
    """Waits for a key. Tab leads on as everywhere, Esc leaves things as they are."""

    pressed = Signal(str)
    """The key, as Qt writes it."""
    left = Signal()
    """Esc was pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("new-key")
        self.setAccessibleName("New key")
        self.setReadOnly(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def event(self, event: QEvent) -> bool:
        """Keep every key from shortcuts of the window and from buttons of the dialog."""
        if isinstance(event, QKeyEvent) and event.key() not in _LEADING_ON:
            if event.type() is QEvent.Type.KeyPress:
                self._take(event)
            event.accept()
            return True
        return super().event(event)

    def _take(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _MODIFIERS or key is Qt.Key.Key_unknown:
            return
        if key is Qt.Key.Key_Escape and not event.modifiers():
            self.left.emit()
            return
        self.pressed.emit(QKeySequence(QKeyCombination(_held(event), key)).toString())


def _held(event: QKeyEvent) -> Qt.KeyboardModifier:
    """Return the modifiers of a key. Shift does not count where it only reaches a sign, as for "?"."""
    held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier)
    sign = event.text()
    if sign.isprintable() and sign.strip() and not sign.isalnum():
        held &= ~Qt.KeyboardModifier.ShiftModifier
    return held
