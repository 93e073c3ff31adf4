"""How one article looks in the list: a circle that fills as work goes on, title, outlet and date."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.reviews import ReviewState
from app.ui.articles.model import ABOUT_ROLE, COUNT_ROLE, STATE_ROLE
from app.ui.theme import Theme, blend

_PAD = 8.0
_DOT = 11.0


class ArticleDelegate(QStyledItemDelegate):
    """Paints one row in two lines."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Two lines of text with room around."""
        del index
        return QSize(160, round(2 * option.fontMetrics.lineSpacing() + 2 * _PAD))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint circle, title, outlet and date."""
        theme = self.theme
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, blend(theme.accent, theme.panel, 0.18))
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), theme.accent)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.hover)
        line = QFontMetricsF(option.font).lineSpacing()
        dot = QRectF(rect.left() + 12, rect.top() + _PAD + (line - _DOT) / 2, _DOT, _DOT)
        paint_state(painter, dot, index.data(STATE_ROLE), theme.accent)
        left = dot.right() + 10
        width = rect.right() - left - _PAD
        painter.setPen(theme.ink)
        title = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, int(width))
        painter.drawText(QRectF(left, rect.top() + _PAD, width, line), title)
        count = index.data(COUNT_ROLE)
        about = " · ".join(filter(None, [index.data(ABOUT_ROLE), str(count or "")]))
        painter.setPen(theme.quiet)
        about = painter.fontMetrics().elidedText(about, Qt.TextElideMode.ElideRight, int(width))
        painter.drawText(QRectF(left, rect.top() + _PAD + line, width, line), about)
        painter.restore()


def paint_state(painter: QPainter, rect: QRectF, state: ReviewState, colour: QColor) -> None:
    """Paint an empty, half or full circle: not opened, in progress, done.

    Qt hands the state on as a plain text, so it is compared by value.
    """
    painter.setPen(QPen(colour, 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(rect)
    painter.setBrush(colour)
    if state == ReviewState.DONE:
        painter.drawEllipse(rect)
    elif state == ReviewState.IN_PROGRESS:
        painter.drawPie(rect, 90 * 16, 180 * 16)
