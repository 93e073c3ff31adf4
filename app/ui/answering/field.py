"""What every field of the inspector has in common."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from app.domain.answers import Answer
from app.domain.codebook import Attribute


class Field(QWidget):
    """One question with its answer. It changes nothing itself."""

    answered = Signal(object)
    """The answer that was given, or None if it was taken back."""
    finished = Signal()
    """The question is done with: on to the next one."""
    left = Signal()
    """Back to the text."""
    attended = Signal()
    """The field has the keyboard, or has grown meanwhile: it should be in sight."""
    refused = Signal(str)
    """A sentence: what was typed is no answer."""

    def __init__(self, attribute: Attribute) -> None:
        super().__init__()
        self.attribute = attribute
        self.setAccessibleName(attribute.name + (", required" if attribute.required else ""))
        self.setAccessibleDescription(attribute.help)
        self.setToolTip(attribute.help)

    def show_answer(self, answer: Answer | None) -> None:
        """Show what is answered so far."""
        raise NotImplementedError

    def commit(self) -> bool:
        """Give what is typed, where typing alone is an answer; False if it is none."""
        return True

    def offer(self, answer: Answer | None) -> None:
        """Offer the answer that was given the last time; None if there was none."""
        raise NotImplementedError

    def eventFilter(self, watched: object, event: QEvent) -> bool:  # type: ignore[override]
        """Take the keys that lead out of the field before the window's shortcuts do."""
        del watched
        return self.takes(event)

    def is_typed_in(self) -> bool:
        """Whether something was typed here that could be taken back letter by letter."""
        return False

    def _passes(self, event: QKeyEvent) -> bool:
        undoing = event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)
        return undoing and not self.is_typed_in()

    def takes(self, event: QEvent) -> bool:
        """Handle Escape and Return, wherever in the field they are typed."""
        if event.type() is QEvent.Type.FocusIn:
            self.attended.emit()
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() is QEvent.Type.ShortcutOverride and self._passes(event):
            # What the field has no use for is the window's: the last answer, say, is to be undone.
            event.ignore()
            return True
        leads_out = event.key() == Qt.Key.Key_Escape
        if event.type() is QEvent.Type.ShortcutOverride and leads_out:
            event.accept()
            return True
        if event.type() is QEvent.Type.KeyPress and leads_out:
            self.left.emit()
            return True
        return False
