"""Push buttons of windows that have no one thing which Enter does."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton


class Button(QPushButton):
    """Enter presses it where it has the keyboard. Qt would press the button of the dialog that is the default one."""

    def __init__(self, name: str, words: str, work: Callable[[], object], tip: str = "") -> None:
        super().__init__(words)
        self.setObjectName(name)
        self.setAutoDefault(False)
        self.setToolTip(tip)
        self.clicked.connect(work)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter do what Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
