"""The reader as one uses it: mouse and keyboard on the surface."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QBasicTimer, QEvent, QPoint, QPointF, Qt, QTimerEvent, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QGuiApplication, QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from app.domain.ids import AnnotationId
from app.domain.segmentation import Granularity, fit, sentence_at, word_at
from app.ui.reader.card import HoverCard
from app.ui.reader.keys import code_key, movement
from app.ui.reader.style import ReaderStyle
from app.ui.reader.surface import Surface
from app.ui.reader.telling import Told

_AUTOSCROLL = 30
_NEAR = 4
_MANY = 100
"""Pieces of text above which painting everything anew costs less than saying which."""


class Reader(Surface):
    """Shows one article, selects text in it and picks annotations. It changes nothing itself.

    Offsets in signals are code points of the article; ranges are half-open.
    """

    range_selected = Signal(int, int)
    """The text that is selected now, without white space at its edges; an empty range if none is."""
    caret_moved = Signal(int)
    annotation_picked = Signal(object)
    """The annotation that was clicked, or None for a click beside all of them."""
    code_key_pressed = Signal(str)
    """A letter or digit was typed."""
    recode_key_pressed = Signal(str)
    """A letter or digit was typed with Shift: the selected annotation is to get that code."""
    answers_requested = Signal()
    menu_requested = Signal(QPoint)
    """The place on the screen at which somebody wants to know what can be done."""
    selected_with_mouse = Signal(object)
    """The `QPoint` on the screen where a selection with the mouse ended."""

    def __init__(
        self,
        style: ReaderStyle,
        describe: Callable[[Sequence[AnnotationId]], Sequence[Told]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(style, parent)
        self.describe = describe
        self._card = HoverCard(self)
        self._carded: list[AnnotationId] = []
        self.granularity = Granularity.ANY
        """What selected text is fitted to."""
        self._lit = range(0)
        self._blink = QBasicTimer()
        self._autoscroll = QBasicTimer()
        self._drag_from: tuple[int, int] | None = None
        self._drag_at = QPointF()
        self._raw = False
        self._double_click_at = QPointF()
        self._double_click_time = 0
        self.setObjectName("reader")
        self.setAccessibleName("Article text")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().valueChanged.connect(self._card.hide)

    def select_range(self, start: int, end: int) -> None:
        """Select a range, the caret at its end, and show it."""
        self._caret.select(start, end)
        self.reveal(end)
        self._tell()

    def clear_selection(self) -> None:
        """Select no text; the caret stays."""
        self._caret.put(self._caret.offset)
        self._tell()

    def select_all(self) -> None:
        """Select the whole text."""
        self._caret.select(0, len(self._page.text))
        self._tell()

    def copy(self) -> None:
        """Put the selected text on the clipboard, exactly as the article has it."""
        start, end = self._caret.selection
        if start < end:
            QGuiApplication.clipboard().setText(self._page.text[start:end])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the caret, or pass on the key of a code."""
        found = movement(event)
        if found is not None:
            move, selecting = found
            self._caret.move(self._page, move, selecting=selecting, screen=self.viewport().height())
            self.reveal(self._caret.offset)
            self._tell()
        elif key := code_key(event):
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            (self.recode_key_pressed if shifted else self.code_key_pressed).emit(key)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.answers_requested.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for what can be done here; an annotation under the pointer is picked, unless one there is already."""
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            ids = self._ids_under(QPointF(event.pos()))
            if ids and self._annotation not in ids:
                self.annotation_picked.emit(ids[0])
            self.menu_requested.emit(event.globalPos())
        else:
            place = self.place_on_screen(self._caret.offset).toPoint()
            self.menu_requested.emit(self.viewport().mapToGlobal(place))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the caret, or take a word with the second click and a sentence with the third."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._press(event, 3 if self._follows_double_click(event) else 1)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take a word; Qt sends this in place of the second press."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._double_click_at, self._double_click_time = event.position(), event.timestamp()
            self._press(event, 2)

    def _press(self, event: QMouseEvent, clicks: int) -> None:
        spot = self.spot_at(event.position())
        offset = spot.offset
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._drag_from = (self._caret.anchor, self._caret.anchor)
            self._caret.put(offset, trailing=spot.trailing, keep_anchor=True)
        elif clicks == 1:
            self._drag_from = (offset, offset)
            self._caret.put(offset, trailing=spot.trailing)
        else:
            take = word_at if clicks == 2 else sentence_at
            under = self._character_under(event.position())
            at = offset - spot.trailing if under is None else under
            self._drag_from = take(self._page.text, at) or (offset, offset)
            self._caret.select(*self._drag_from, trailing=spot.trailing and self._drag_from[1] == offset)
        self._tell()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Widen the selection while the button is held, scrolling beyond the edges."""
        if self._card.isVisible() and self._ids_under(event.position()) != self._carded:
            self._card.hide()
        if self._drag_from is None:
            return
        self._drag_at = event.position()
        self._raw = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        self._drag()
        if 0 <= self._drag_at.y() < self.viewport().height():
            self._autoscroll.stop()
        else:
            self._autoscroll.start(_AUTOSCROLL, self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a selection; a mere click picks the annotation under it, a second one the next below."""
        if event.button() is not Qt.MouseButton.LeftButton or self._drag_from is None:
            return
        self._autoscroll.stop()
        self._drag_from = None
        start, end = self._caret.selection
        if start == end:
            self._pick(event.position())
        else:
            self.selected_with_mouse.emit(event.globalPosition().toPoint())

    def timerEvent(self, event: QTimerEvent) -> None:
        """Blink the caret; scroll while a selection is dragged beyond an edge."""
        if event.timerId() == self._blink.timerId():
            self._caret_shown = not self._caret_shown
            self._refresh([self._page.blocks.at(self._caret.offset)])
        elif event.timerId() == self._autoscroll.timerId():
            height = self.viewport().height()
            beyond = self._drag_at.y() if self._drag_at.y() < 0 else self._drag_at.y() - height
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + round(max(-80.0, min(80.0, beyond))))
            self._drag()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the caret."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            # The caret is all that says where the keyboard is.
            self.reveal(self._caret.offset)
        self._show_caret()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the caret."""
        super().focusOutEvent(event)
        self._blink.stop()
        self.viewport().update()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell what is annotated under a pointer that rests, until it leaves."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            self._carded = self._ids_under(QPointF(event.pos()))
            told = self.describe(self._carded)
            if told:
                self._card.tell(told, self._style, event.globalPos())
            return True
        if event.type() is QEvent.Type.Leave:
            self._card.hide()
        return super().viewportEvent(event)

    def _ids_under(self, point: QPointF) -> list[AnnotationId]:
        return [passage.annotation_id for passage in self._passages_under(point)]

    def _follows_double_click(self, event: QMouseEvent) -> bool:
        """Tell whether a press is the third click at one place, which Qt does not know of."""
        interval = QGuiApplication.styleHints().mouseDoubleClickInterval()
        near = (event.position() - self._double_click_at).manhattanLength() <= _NEAR
        return near and event.timestamp() - self._double_click_time <= interval

    def _drag(self) -> None:
        """Select from where the button went down to the pointer: whole words, unless raw characters are wanted."""
        if self._drag_from is None:
            return
        spot = self.spot_at(self._drag_at)
        offset = spot.offset
        first, last = self._drag_from
        start, end = min(first, offset), max(last, offset)
        if start < end:
            fitted = (
                Granularity.WORD
                if self.granularity is Granularity.ANY and not self._raw
                else self.granularity
            )
            start, end = fit(self._page.text, start, end, fitted)
        if offset < first:
            start, end = end, start
        self._caret.select(start, end, trailing=spot.trailing and end == offset)
        self._tell()

    def _pick(self, point: QPointF) -> None:
        ids = self._ids_under(point)
        if not ids:
            self.annotation_picked.emit(None)
        elif self._annotation is not None and self._annotation in ids:
            self.annotation_picked.emit(ids[(ids.index(self._annotation) + 1) % len(ids)])
        else:
            self.annotation_picked.emit(ids[0])

    def _tell(self) -> None:
        self._show_caret()
        start, end = fit(self._page.text, *self._caret.selection, self.granularity)
        self.range_selected.emit(start, end)
        self.caret_moved.emit(self._caret.offset)

    def _show_caret(self) -> None:
        self._caret_shown = True
        if self.hasFocus():
            self._blink.start(max(200, QGuiApplication.styleHints().cursorFlashTime() // 2 or 500), self)
        start, end = self._caret.selection
        lit = range(self._page.blocks.at(start), self._page.blocks.at(end) + 1)
        if len(lit) + len(self._lit) > _MANY:
            self.viewport().update()
        else:
            self._refresh({*self._lit, *lit})
        self._lit = lit
