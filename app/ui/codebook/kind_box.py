"""The kind of a question, chosen from a list."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox


class KindBox(QComboBox):
    """A list to choose from. What is typed or walked to counts with Return or on leaving, not at its first letter."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._walking = False
        self._walked = False
        self.activated.connect(self._on_activated)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk by letters and arrows; Return takes what was come to."""
        if self._walked and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._tell()
            return
        self._walking = True
        super().keyPressEvent(event)
        self._walking = False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take what was come to, unless only the list opens."""
        super().focusOutEvent(event)
        if self._walked and event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._tell()

    @Slot()
    def _on_activated(self) -> None:
        if self._walking:
            self._walked = True
        else:
            self._tell()

    def _tell(self) -> None:
        self._walked = False
        self.chosen.emit()
