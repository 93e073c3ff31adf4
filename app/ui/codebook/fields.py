"""Fields of the forms: each with its name above and room for a sentence on what is wrong below."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.domain.editing import COLOURS
from app.ui.theme import Theme

_PAUSE = 3000
"""Milliseconds without a key after which what stands in a long field is kept."""
_SWATCH, _GAP, _IN_ROW = 22, 6, 8
_MOST_LINES = 9
_WAS = Qt.ItemDataRole.UserRole


class Entry(QWidget):
    """A field with its name above and, below, a sentence where what was entered cannot be."""

    def __init__(self, name: str, field: QWidget, hint: str = "") -> None:
        super().__init__()
        self.field = field
        """What is filled in; `below` holds the sentence and may be put elsewhere where there is more room."""
        label = QLabel(name)
        label.setObjectName("field-name")
        label.setBuddy(field)
        field.setAccessibleName(name.replace("&", ""))
        field.setAccessibleDescription(hint)
        self.below = QLabel()
        self.below.setObjectName("field-said")
        self.below.setProperty("missing", True)
        self.below.setWordWrap(True)
        self.below.setTextFormat(Qt.TextFormat.PlainText)
        self.below.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for widget in (label, field, self.below):
            layout.addWidget(widget)

    def say(self, sentence: str) -> None:
        """Say what is wrong; nothing to take it back."""
        self.below.setText(sentence)
        self.below.setVisible(bool(sentence))

    @property
    def said(self) -> str:
        """What is wrong, if anything is."""
        return self.below.text()


class Line(QLineEdit):
    """One line; undo is the project's where nothing was typed that is not kept."""

    kept = ""

    def show_text(self, text: str) -> None:
        """Show what is kept."""
        self.kept = text
        if self.text() != text:
            self.setText(text)

    def event(self, event: QEvent) -> bool:
        """Leave undo to the project where the line is as it is kept."""
        if _is_undo(event) and self.text() == self.kept:
            event.ignore()
            return False
        return super().event(event)


class Paragraph(QPlainTextEdit):
    """Some lines that are kept when the field is left, and after a pause."""

    finished = Signal()

    def __init__(self, lines: int, hint: str = "") -> None:
        super().__init__()
        self.kept = ""
        self.setTabChangesFocus(True)
        self.setPlaceholderText(hint)
        self._least = lines
        self._fit()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.finished)
        self.textChanged.connect(self._pause.start)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def show_text(self, text: str) -> None:
        """Show what is kept."""
        self.kept = text
        if self.toPlainText() != text:
            self.setPlainText(text)
        self._pause.stop()

    @Slot()
    def _fit(self) -> None:
        """Be as high as the text asks for, up to a point: here Qt counts in lines."""
        wanted = round(self.document().size().height())
        lines = max(self._least, min(_MOST_LINES, wanted))
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + 16)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take more lines where they are shorter."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def event(self, event: QEvent) -> bool:
        """Keep what stands here when the keyboard leaves; leave undo to the project where nothing else stands."""
        if event.type() is QEvent.Type.FocusOut:
            self._pause.stop()
            self.finished.emit()
        if _is_undo(event) and self.toPlainText() == self.kept:
            event.ignore()
            return False
        return super().event(event)


def _is_undo(event: QEvent) -> bool:
    if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)


class Swatches(QWidget):
    """Colours in a row, and a last field for any other."""

    picked = Signal(str)
    """The colour as `#RRGGBB`; empty asks for another."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._colours: list[str] = [*COLOURS, ""]
        self._current, self._at = "", 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(2 * _SWATCH + 3 * _GAP)

    def show_colour(self, colour: str) -> None:
        """Mark a colour; one that is not in the row stands in the last field."""
        self._current = colour.upper()
        self._colours[-1] = "" if self._current in COLOURS else self._current
        self._at = next((at for at, each in enumerate(self._colours) if each == self._current), 0)
        self.setAccessibleDescription(f"{self._current}; arrows and Space choose, O any other")
        self.setToolTip(self._current)
        self.update()

    def sizeHint(self) -> QSize:
        """Two rows."""
        return QSize(_IN_ROW * (_SWATCH + _GAP), 2 * _SWATCH + 3 * _GAP)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the colour under the pointer."""
        for at, rect in enumerate(self._rects()):
            if rect.contains(event.position()):
                self._take(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk by arrows, take with Space."""
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: _IN_ROW, Qt.Key.Key_Up: -_IN_ROW}
        if event.key() in steps and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._at = max(0, min(len(self._colours) - 1, self._at + steps[Qt.Key(event.key())]))
            self.update()
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self._at)
        elif event.text().lower() == "o":
            self._take(len(self._colours) - 1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)  # type: ignore[arg-type]
        self.update()

    def focusOutEvent(self, event: object) -> None:
        """Show that it is elsewhere."""
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the colours, a ring around the one that is taken."""
        painter, theme = QPainter(self), self.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at, rect in enumerate(self._rects()):
            colour = self._colours[at]
            painter.setPen(Qt.PenStyle.NoPen if colour else QPen(theme.quiet, 1, Qt.PenStyle.DotLine))
            painter.setBrush(QColor(colour) if colour else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(3, 3, -3, -3), 4, 4)
            if not colour:
                painter.setPen(theme.quiet)
                painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, "…")
            ring = colour and colour == self._current
            if ring or (self.hasFocus() and at == self._at):
                painter.setPen(QPen(theme.ink if ring else theme.accent, 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
            if ring and self.hasFocus() and at == self._at:
                painter.setPen(QPen(theme.accent, 2))
                painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)

    def _rects(self) -> list[QRectF]:
        side = _SWATCH + 4.0
        return [
            QRectF((at % _IN_ROW) * (side + 2), (at // _IN_ROW) * (side + 2), side, side)
            for at in range(len(self._colours))
        ]

    def _take(self, at: int) -> None:
        self._at = at
        last = at == len(self._colours) - 1
        self.picked.emit("" if last else self._colours[at])
        self.update()


class Chosen(NamedTuple):
    """Choices in their order, and which of them takes over the answers of one that was called otherwise."""

    choices: tuple[str, ...]
    heirs: Mapping[str, str]


class ChoicesEditor(QListWidget):
    """The choices of a question: Enter adds one below, F2 renames, Del removes, Alt+Up and Alt+Down move."""

    changed = Signal(object)
    """A `Chosen`."""

    def __init__(self) -> None:
        super().__init__()
        self.setEditTriggers(QListWidget.EditTrigger.EditKeyPressed | QListWidget.EditTrigger.DoubleClicked)
        self.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.itemDelegate().closeEditor.connect(self._on_editor_closed)
        self.model().rowsMoved.connect(self._tell_later)
        self.model().rowsRemoved.connect(self._tell_later)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._tell)
        self._shown: tuple[str, ...] = ()
        self._go_on = False
        self._filling = False

    def show_choices(self, choices: Sequence[str]) -> None:
        """Show what is kept; a choice that is being typed stays."""
        if tuple(choices) == self._shown and self.state() is QListWidget.State.EditingState:
            return
        here = self.currentRow()
        self._filling = True
        self.clear()
        for choice in choices:
            self.addItem(self._item(choice, choice))
        self._filling = False
        self._shown = tuple(choices)
        self.setCurrentRow(min(here, self.count() - 1))
        rows = max(3, min(8, self.count() + 1))
        self.setFixedHeight(rows * (self.fontMetrics().lineSpacing() + 8) + 8)
        if self._go_on:
            self._go_on = False
            self.add()

    def add(self) -> None:
        """Begin a new choice below the current one."""
        row = self.currentRow() + 1 if self.currentRow() >= 0 else self.count()
        item = self._item("", "")
        self._filling = True
        self.insertItem(row, item)
        self._filling = False
        self.setCurrentItem(item)
        self.editItem(item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Add, remove and move by keyboard."""
        if self.state() is QListWidget.State.EditingState:
            # The field in which a choice is typed passes Return on.
            return
        key, row = event.key(), self.currentRow()
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Insert):
            self.add()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and row >= 0:
            self.takeItem(row)
        elif alt and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            to = row + (1 if key == Qt.Key.Key_Down else -1)
            if 0 <= to < self.count():
                self._filling = True
                item = self.takeItem(row)
                self.insertItem(to, item)
                self.setCurrentRow(to)
                self._filling = False
                self._tell()
        else:
            super().keyPressEvent(event)

    @staticmethod
    def _item(choice: str, was: str) -> QListWidgetItem:
        item = QListWidgetItem(choice)
        item.setData(_WAS, was)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled)
        return item

    @Slot(QObject)
    def _on_editor_closed(self, _editor: object = None, _hint: object = None) -> None:
        item = self.currentItem()
        # A new choice that was typed is followed by the next one, until nothing is typed.
        self._go_on = item is not None and not item.data(_WAS) and bool(item.text().strip())
        self._later.start()

    @Slot()
    def _tell_later(self) -> None:
        if not self._filling:
            self._later.start()

    @Slot()
    def _tell(self) -> None:
        items = [self.item(row) for row in range(self.count())]
        named = [(" ".join(each.text().split()), str(each.data(_WAS))) for each in items]
        choices = tuple(text for text, _was in named if text)
        heirs = {was: text for text, was in named if was and text and was != text}
        if choices != self._shown:
            self.changed.emit(Chosen(choices, heirs))
        elif len(choices) != self.count():
            self.show_choices(self._shown)
