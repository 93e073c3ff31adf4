"""Answers that are typed: a number, a date, a text."""

import re

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from app.domain.answers import Answer, in_words
from app.domain.codebook import Attribute, AttributeKind
from app.ui.answering.field import Field

_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_HINTS = {AttributeKind.NUMBER: "a number", AttributeKind.DATE: "2026-05-31, 2026-05 or 2026"}


class LineField(Field):
    """One line; what is typed counts with Return or on leaving the field."""

    def __init__(self, attribute: Attribute) -> None:
        super().__init__(attribute)
        self._shown = ""
        self._offered = ""
        self._edit = QLineEdit()
        self._edit.setAccessibleName(self.accessibleName())
        self._edit.setPlaceholderText(_HINTS.get(attribute.kind, ""))
        self._edit.installEventFilter(self)
        self._edit.editingFinished.connect(self._on_editing_finished)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._edit)
        self.setFocusProxy(self._edit)

    def show_answer(self, answer: Answer | None) -> None:
        """Show what is answered."""
        self._shown = "" if answer is None else in_words(answer)
        self._edit.setText(self._shown)

    def offer(self, answer: Answer | None) -> None:
        """Offer what was typed the last time; the arrow down takes it."""
        self._offered = "" if answer is None else in_words(answer)
        hint = f"↓ {self._offered}" if self._offered else _HINTS.get(self.attribute.kind, "")
        self._edit.setPlaceholderText(hint)

    def is_typed_in(self) -> bool:
        """Whether something was typed here."""
        return self._edit.isUndoAvailable() or self._edit.isRedoAvailable()

    def takes(self, event: QEvent) -> bool:
        """Handle Return and the arrow down besides the keys of every field."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self.commit():
                    self.finished.emit()
                return True
            if event.key() == Qt.Key.Key_Down and not self._edit.text() and self._offered:
                self._edit.setText(self._offered)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._edit.setText(self._shown)
        return super().takes(event)

    @Slot()
    def _on_editing_finished(self) -> None:
        self.commit()

    def commit(self) -> bool:
        """Give what was typed; False if it is no answer, and then the field shows the old one again."""
        typed = self._edit.text().strip()
        if typed == self._shown:
            return True
        answer: str | float | None = typed or None
        if typed and self.attribute.kind is AttributeKind.NUMBER:
            answer = number_in(typed)
            if answer is None:
                self.refused.emit(f"“{self.attribute.name}” takes a number, not “{typed}”.")
                self._edit.setText(self._shown)
                return False
        self._shown = typed
        self.answered.emit(answer)
        return True


def number_in(typed: str) -> float | None:
    """Return a number as people write it, with spaces or commas between thousands; None if it is none."""
    plain = re.sub(r"[\s'\u00a0\u2009\u202f]", "", typed)
    plain = plain.replace(",", "") if _THOUSANDS.fullmatch(plain) else plain.replace(",", ".")
    try:
        return float(plain)
    except ValueError:
        return None
