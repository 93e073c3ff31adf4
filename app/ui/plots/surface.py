"""The place where a plot is seen: as wide as its window, pointed at with the mouse or with keys."""

from html import escape

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QFontInfo,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from app.ui.plots.drawing import Drawing, Spot
from app.ui.plots.plot import Plot, drawn
from app.ui.plots.style import screen_style
from app.ui.theme import Theme

_WAYS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
_BAR = {True: Qt.ScrollBarPolicy.ScrollBarAlwaysOn, False: Qt.ScrollBarPolicy.ScrollBarAlwaysOff}
_FRAME = 2.0
"""Pixels: how thick the frame of the focus is."""


class PlotSurface(QAbstractScrollArea):
    """Draws one plot. Arrows, Home and End move the focus over its spots; Enter or a double click activates one."""

    spot_activated = Signal(object)
    """A `Spot`."""
    copy_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._plot: Plot | None = None
        self._drawing: Drawing | None = None
        self._focus = 0
        self._scale = 1.0
        self._room = QSize()
        self.setObjectName("plot-surface")
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().valueChanged.connect(self.viewport().update)
        self.horizontalScrollBar().valueChanged.connect(self.viewport().update)

    @property
    def drawing(self) -> Drawing | None:
        """What is drawn at the moment."""
        return self._drawing

    @property
    def focused(self) -> Spot | None:
        """The spot that has the focus; None where nothing can have it."""
        spots = self._drawing.spots if self._drawing else ()
        return spots[self._focus] if self._focus < len(spots) else None

    def show_plot(self, plot: Plot | None) -> None:
        """Show another plot, or none."""
        self._plot, self._focus = plot, 0
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self.horizontalScrollBar().setValue(0)
        drawing = self._drawing
        self.setAccessibleName(drawing.title or "Plot" if drawing else "")
        self.setAccessibleDescription(drawing.spoken if drawing else "")

    def set_theme(self, theme: Theme) -> None:
        """Draw for another theme."""
        self._theme = theme
        self._lay_out()

    def place_of(self, spot: Spot) -> QRectF:
        """Return where a spot is seen, in pixels of the viewport."""
        offset = self._offset()
        room = spot.room
        return QRectF(
            room.left() * self._scale - offset.x(),
            room.top() * self._scale - offset.y(),
            room.width() * self._scale,
            room.height() * self._scale,
        )

    def sizeHint(self) -> QSize:
        """Room for a plot of some rows."""
        return QSize(640, 420)

    def _lay_out(self) -> None:
        """Lay the plot out for the width there is, in the size of the window's typeface.

        Whether there are scroll bars is settled here and not left to Qt: many plots become lower when they become
        narrower, so that a bar would come and go for ever.
        """
        room = self._room = self.contentsRect().size()
        bar = self.verticalScrollBar().sizeHint().width()
        drawing, across, down = None, False, False
        if self._plot is not None:
            style = screen_style(self._theme, self.font())
            self._scale = QFontInfo(self.font()).pixelSize() / style.size
            drawing = drawn(self._plot, room.width() / self._scale, style)
            across = round(drawing.width * self._scale) > room.width()
            down = round(drawing.height * self._scale) > room.height() - (bar if across else 0)
            if down:
                drawing = drawn(self._plot, (room.width() - bar) / self._scale, style)
                across = round(drawing.width * self._scale) > room.width() - bar
        self._drawing = drawing
        self.setVerticalScrollBarPolicy(_BAR[down])
        self.setHorizontalScrollBarPolicy(_BAR[across])
        self._set_ranges()
        self.viewport().update()

    def _set_ranges(self) -> None:
        view, drawing = self.viewport().size(), self._drawing
        across = round(drawing.width * self._scale) - view.width() if drawing else 0
        down = round(drawing.height * self._scale) - view.height() if drawing else 0
        for bar, spare, page in (
            (self.horizontalScrollBar(), across, view.width()),
            (self.verticalScrollBar(), down, view.height()),
        ):
            bar.setPageStep(page)
            bar.setSingleStep(24)
            bar.setRange(0, max(0, spare))

    def _offset(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _number_at(self, place: QPointF) -> int | None:
        """Return the number of the spot at a place of the viewport."""
        return self._drawing.spot_at((place + self._offset()) / self._scale) if self._drawing else None

    def _move_to(self, number: int) -> None:
        """Give a spot the focus, bring it into view and have it said."""
        self._focus = number
        spot = self.focused
        if spot is None:
            return
        place, view = self.place_of(spot), self.viewport().rect()
        for bar, low, high, size in (
            (self.horizontalScrollBar(), place.left(), place.right(), view.width()),
            (self.verticalScrollBar(), place.top(), place.bottom(), view.height()),
        ):
            past = min(0.0, low - 8) or max(0.0, min(high + 8 - size, low - 8))
            bar.setValue(bar.value() + round(past))
        self.viewport().update()
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, spot.words))

    def _next(self, down: int, across: int) -> int:
        """Return the number of the next spot in a direction; the one that has the focus where there is none."""
        spot, spots = self.focused, self._drawing.spots if self._drawing else ()
        if spot is None:
            return self._focus

        def away(number: int) -> int:
            other = spots[number]
            aside = other.column - spot.column if down else other.row - spot.row
            ahead = (other.row - spot.row) * down + (other.column - spot.column) * across
            return ahead if not aside and ahead > 0 else 0

        ahead = [number for number in range(len(spots)) if away(number)]
        return min(ahead, key=away, default=self._focus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the focus, activate what has it, or copy."""
        key, spot = Qt.Key(event.key()), self.focused
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        elif spot is None:
            super().keyPressEvent(event)
        elif key in _WAYS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._move_to(self._next(*_WAYS[key]))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._drawing is not None:
            self._move_to(0 if key == Qt.Key.Key_Home else len(self._drawing.spots) - 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.spot_activated.emit(spot)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep the key for copying from being taken by a window that has it for something else."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Copy)
        ):
            event.accept()
            return True
        if event.type() == QEvent.Type.FontChange:
            self._lay_out()
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell the numbers of what is under the pointer."""
        if event.type() != QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
            return super().viewportEvent(event)
        number = self._number_at(QPointF(event.pos()))
        if number is None or self._drawing is None:
            QToolTip.hideText()
        else:
            spot = self._drawing.spots[number]
            words, room = escape(spot.words), self.place_of(spot).toAlignedRect()
            # Marked up, so that a name with a “<” in it is not taken for markup.
            QToolTip.showText(event.globalPos(), f"<span>{words}</span>", self.viewport(), room)
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Give the focus to what is clicked."""
        number = self._number_at(event.position())
        if number is not None:
            self._move_to(number)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Activate what is clicked twice."""
        number = self._number_at(event.position())
        if number is not None and self._drawing is not None and event.button() == Qt.MouseButton.LeftButton:
            self.spot_activated.emit(self._drawing.spots[number])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the plot out for another size."""
        super().resizeEvent(event)
        if self.contentsRect().size() != self._room:
            self._lay_out()
        else:
            self._set_ranges()  # A scroll bar came or went.

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the focus is."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard is elsewhere."""
        super().focusOutEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the plot, and a frame around what has the focus."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.paper)
        if self._drawing is None:
            return
        painter.save()
        painter.translate(-self._offset())
        painter.scale(self._scale, self._scale)
        self._drawing.paint(painter)
        painter.restore()
        spot = self.focused
        if spot is not None and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            # Paper on either side of the frame, so that it is seen on cells of any colour.
            for colour, width in ((self._theme.paper, 2 * _FRAME), (self._theme.accent, _FRAME)):
                painter.setPen(QPen(colour, width))
                painter.drawRoundedRect(self.place_of(spot).adjusted(1, 1, -1, -1), 3, 3)
