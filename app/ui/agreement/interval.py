"""An interval as a small bar on an axis from 0 to 1, with the two bands where they mean something."""

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from app.project.agreement_words import BANDS
from app.ui.theme import Theme, blend

BAR_ROLE = Qt.ItemDataRole.UserRole + 2
_PAD, _BAR, _DOT = 8.0, 96.0, 4.0


class Bar(NamedTuple):
    """What a bar shows: a value with its interval, perhaps on bands; `faint` where it says little."""

    value: float | None
    low: float | None = None
    high: float | None = None
    banded: bool = False
    faint: bool = False


class IntervalDelegate(QStyledItemDelegate):
    """Paints the bar left and both ends in figures right of it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.stale = False

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Leave room for the bar before the figures."""
        super().initStyleOption(option, index)
        option.displayAlignment = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint figures as any cell, and the bar over what is left free."""
        super().paint(painter, option, index)
        bar = index.data(BAR_ROLE)
        if not isinstance(bar, Bar) or bar.value is None:
            return
        rect = QRectF(option.rect)
        room = QRectF(
            rect.left() + _PAD, rect.top() + 4, min(_BAR, rect.width() - 2 * _PAD), rect.height() - 8
        )
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_bar(painter, room, bar)
        painter.restore()

    def _paint_bar(self, painter: QPainter, room: QRectF, bar: Bar) -> None:
        theme = self.theme
        ink = blend(theme.quiet, theme.panel, 0.6) if bar.faint or self.stale else theme.ink
        middle = room.center().y()

        def at(value: float) -> float:
            return room.left() + max(0.0, min(1.0, value)) * room.width()

        painter.setPen(QPen(theme.line, 1))
        painter.drawLine(QPointF(room.left(), middle), QPointF(room.right(), middle))
        if bar.banded and not bar.faint:
            for band in BANDS:
                painter.setPen(QPen(theme.quiet, 1, Qt.PenStyle.DotLine))
                painter.drawLine(QPointF(at(band), room.top()), QPointF(at(band), room.bottom()))
        if bar.low is not None and bar.high is not None:
            painter.setPen(QPen(ink, 2))
            painter.drawLine(QPointF(at(bar.low), middle), QPointF(at(bar.high), middle))
        self._paint_dot(painter, QPointF(at(bar.value or 0.0), middle), bar, ink)

    def _paint_dot(self, painter: QPainter, place: QPointF, bar: Bar, ink: QColor) -> None:
        """Paint a dot that is empty below the first band, half filled between, and full from the second on."""
        value, theme = bar.value or 0.0, self.theme
        banded = bar.banded and not bar.faint
        full = not banded or value >= BANDS[1]
        painter.setPen(QPen(ink, 1.5))
        painter.setBrush(ink if full else theme.panel)
        painter.drawEllipse(place, _DOT, _DOT)
        if banded and BANDS[0] <= value < BANDS[1]:
            painter.setBrush(ink)
            painter.drawPie(
                QRectF(place.x() - _DOT, place.y() - _DOT, 2 * _DOT, 2 * _DOT), -90 * 16, 180 * 16
            )
