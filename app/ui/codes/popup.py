"""A small palette of codes beside text that was selected with the mouse."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.codebook import Code
from app.ui.theme import Theme

_WIDTH = 460.0
_PAD, _GAP, _DOT = 8.0, 4.0, 9.0
_BELOW = 14


class CodePopup(QWidget):
    """Offers codes to the mouse and never takes the keyboard: the keys of codes go on working in the text.

    It lies inside the window of `owner`, so that no window manager has a say in where it goes.
    """

    code_chosen = Signal(object)
    """The `CodeId` that was clicked."""

    code_pointed = Signal(object)
    """The `CodeId` under the pointer, or None where there is none any longer."""

    def __init__(self, theme: Theme, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner
        self.theme = theme
        self._codes: list[Code] = []
        self._under = -1
        self.setObjectName("code-popup")
        self.setAccessibleName("Codes for the selected text")
        self.setMouseTracking(True)
        self.hide()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def offer(self, codes: Sequence[Code], place: QPoint) -> None:
        """Show codes below a place on the screen, or above it where the window has no room."""
        self._codes = list(codes)
        self._under = -1
        if not self._codes:
            self.hide()
            return
        host = self._owner.window()
        if self.parentWidget() is not host:
            self.setParent(host)
        self.resize(self._size())
        here, room = host.mapFromGlobal(place), host.rect()
        top = here.y() + _BELOW
        if top + self.height() > room.bottom():
            top = here.y() - 2 * _BELOW - self.height()
        self.move(max(0, min(here.x() - _BELOW, room.right() - self.width())), top)
        self.raise_()
        self.show()

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _before: QWidget | None, _now: QWidget | None) -> None:
        """Go away as soon as the keyboard goes elsewhere, to the palette for example."""
        self.hide()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark the code under the pointer."""
        under = self._at(event.position())
        if under != self._under:
            self._point_at(under)

    def leaveEvent(self, event: QEvent) -> None:
        """Mark nothing."""
        super().leaveEvent(event)
        self._point_at(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the code under the pointer."""
        number = self._at(event.position())
        self.hide()
        if number >= 0:
            self.code_chosen.emit(self._codes[number].id)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the chips."""
        painter, theme = QPainter(self), self.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.panel)
        painter.setPen(QPen(theme.line, 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        for number, rect in enumerate(self._rects()):
            code = self._codes[number]
            if number == self._under:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.hover)
                painter.drawRoundedRect(rect, 4, 4)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(code.colour))
            dot = QRectF(rect.left() + _PAD, rect.center().y() - _DOT / 2, _DOT, _DOT)
            painter.drawRoundedRect(dot, 2.5, 2.5)
            painter.setPen(theme.ink)
            room = rect.adjusted(_PAD + _DOT + 6, 0, -4, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, code.name)
            painter.setPen(theme.quiet)
            painter.drawText(
                room.adjusted(0, 0, -_PAD, 0),
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
                code.shortcut.upper(),
            )

    def _point_at(self, number: int) -> None:
        self._under = number
        self.code_pointed.emit(self._codes[number].id if number >= 0 else None)
        self.update()

    def _at(self, point: QPointF) -> int:
        rects = self._rects()
        return next((number for number, rect in enumerate(rects) if rect.contains(point)), -1)

    def _rects(self) -> list[QRectF]:
        metrics = QFontMetricsF(self.font())
        height = metrics.height() + 8
        x, y, rects = _GAP, _GAP, list[QRectF]()
        for code in self._codes:
            words = metrics.horizontalAdvance(f"{code.name}  {code.shortcut.upper()}")
            wide = min(_WIDTH - 2 * _GAP, words + 2 * _PAD + _DOT + 8)
            if x + wide > _WIDTH - _GAP and x > _GAP:
                x, y = _GAP, y + height + 2
            rects.append(QRectF(x, y, wide, height))
            x += wide + 2
        return rects

    def _size(self) -> QSize:
        rects = self._rects()
        right = max(rect.right() for rect in rects)
        return QSize(round(right + _GAP), round(rects[-1].bottom() + _GAP))
