"""Choices as chips: one or several of them, by mouse, number or first letters."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from app.domain.answers import Answer
from app.domain.codebook import Attribute, AttributeKind
from app.ui.answering.field import Field
from app.ui.theme import Theme, blend

_PAD_X, _PAD_Y, _GAP = 8.0, 3.0, 4.0
_YES_NO = ("yes", "no")


class ChoiceField(Field):
    """A choice, an ordered choice, a multiple choice, yes or no."""

    def __init__(self, attribute: Attribute, theme: Theme) -> None:
        super().__init__(attribute)
        self._theme = theme
        self._choices = _YES_NO if attribute.kind is AttributeKind.YES_NO else attribute.choices
        self._several = attribute.kind is AttributeKind.MULTIPLE
        self._chosen: tuple[str, ...] = ()
        self._offered: tuple[str, ...] = ()
        self._at = 0
        self._walked = False
        """Whether somebody has gone to a choice here; only then does Return take it."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_answer(self, answer: Answer | None) -> None:
        """Show what is chosen."""
        self._chosen = _as_choices(answer)
        if self._chosen:
            self._at = self._choices.index(self._chosen[0]) if self._chosen[0] in self._choices else 0
        self.setAccessibleDescription(", ".join(self._chosen) or "not answered")
        self.update()

    def offer(self, answer: Answer | None) -> None:
        """Mark what was chosen the last time; = chooses it again."""
        self._offered = _as_choices(answer)
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Chips wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of the chips in a width."""
        rects = self._rects(float(width))
        return round(rects[-1].bottom()) + 1 if rects else 0

    def sizeHint(self) -> QSize:
        """As high as the width asks for."""
        return QSize(200, self.heightForWidth(max(self.width(), 200)))

    def event(self, event: QEvent) -> bool:
        """Keep letters, numbers and Delete from the window's shortcuts while the field has the keyboard."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if plain and (event.text().isprintable() or event.key() == Qt.Key.Key_Escape):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by number or first letters, walk by arrows, take with Space, go on with Return."""
        key, typed = event.key(), event.text()
        if self.takes(event):
            return
        if key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up):
            step = 1 if key in (Qt.Key.Key_Right, Qt.Key.Key_Down) else -1
            self._at = (self._at + step) % len(self._choices)
            self._walked = True
            self.update()
        elif key == Qt.Key.Key_Space:
            self._take(self._at)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._walked and not self._several:
                self._take(self._at)
            self.finished.emit()
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.answered.emit(None)
        elif typed == "=" and self._offered:
            self._tell(self._offered)
            self.finished.emit()
        elif typed.isdigit():
            self._take_number(int(typed))
        elif typed.isalpha():
            self._take_letter(typed)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the chip under the pointer."""
        for number, rect in enumerate(self._rects(float(self.width()))):
            if rect.contains(event.position()):
                self._take(number)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self._walked = False
        self.attended.emit()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard is elsewhere."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the chips."""
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, rect in enumerate(self._rects(float(self.width()))):
            choice = self._choices[number]
            taken, here = choice in self._chosen, self.hasFocus() and number == self._at
            line = theme.accent if here else blend(theme.quiet, theme.panel, 0.35)
            painter.setPen(QPen(line, 1.6 if here else 1.0))
            painter.setBrush(theme.accent if taken else theme.panel)
            painter.drawRoundedRect(rect.adjusted(0.8, 0.8, -0.8, -0.8), 4, 4)
            if here and taken:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(theme.accent_ink, 1.0))
                painter.drawRoundedRect(rect.adjusted(2.5, 2.5, -2.5, -2.5), 3, 3)
            painter.setPen(theme.accent_ink if taken else theme.ink)
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._words(number))

    def _words(self, number: int) -> str:
        choice = self._choices[number]
        again = "=" if choice in self._offered and not self._chosen else ""
        return f"{again}{number + 1} {choice}" if len(self._choices) > 2 else f"{again}{choice}"

    def _rects(self, width: float) -> list[QRectF]:
        metrics = QFontMetricsF(self.font())
        height = metrics.height() + 2 * _PAD_Y
        at, rects = QPointF(0.0, 0.0), list[QRectF]()
        for number in range(len(self._choices)):
            wide = min(width, metrics.horizontalAdvance(self._words(number)) + 2 * _PAD_X)
            if at.x() + wide > width and at.x() > 0:
                at = QPointF(0.0, at.y() + height + _GAP)
            rects.append(QRectF(at.x(), at.y(), wide, height))
            at += QPointF(wide + _GAP, 0.0)
        return rects

    def _take_number(self, number: int) -> None:
        wanted = (number or 10) - 1
        if wanted < len(self._choices):
            self._take(wanted)
            if not self._several:
                self.finished.emit()

    def _take_letter(self, letter: str) -> None:
        """Go to the next choice that begins with the letter; where only one does, take it."""
        fitting = [
            number
            for number, choice in enumerate(self._choices)
            if choice.casefold().startswith(letter.casefold())
        ]
        if len(fitting) == 1:
            self._take(fitting[0])
            if not self._several:
                self.finished.emit()
        elif fitting:
            self._at = next((number for number in fitting if number > self._at), fitting[0])
            self._walked = True
            self.update()

    def _take(self, number: int) -> None:
        self._at = number
        choice = self._choices[number]
        if not self._several:
            self._tell((choice,))
        elif choice in self._chosen:
            self._tell(tuple(each for each in self._chosen if each != choice))
        else:
            self._tell((*self._chosen, choice))

    def _tell(self, chosen: tuple[str, ...]) -> None:
        if not chosen:
            self.answered.emit(None)
        elif self.attribute.kind is AttributeKind.YES_NO:
            self.answered.emit(chosen[0] == _YES_NO[0])
        else:
            self.answered.emit(chosen if self._several else chosen[0])


def _as_choices(answer: Answer | None) -> tuple[str, ...]:
    match answer:
        case bool():
            return (_YES_NO[0] if answer else _YES_NO[1],)
        case str():
            return (answer,)
        case tuple():
            return tuple(each for each in answer if isinstance(each, str))
        case _:
            return ()
