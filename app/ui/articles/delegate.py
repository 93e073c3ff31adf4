"""How one article looks in the list: a circle that fills as work goes on, title, outlet and date."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem

from app.domain.articles import ArticleLine
from app.domain.reviews import ReviewState
from app.ui.articles.model import LINE_ROLE, OPEN_ROLE, about
from app.ui.rows import RowDelegate, write

_PAD = 8.0
_DOT = 11.0


class ArticleDelegate(RowDelegate):
    """Paints one row in two lines."""

    def height(self, metrics: QFontMetrics) -> int:
        """Two lines of text with room around."""
        return round(2 * metrics.lineSpacing() + 2 * _PAD)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint circle, title, outlet and date."""
        theme = self.theme
        rect = QRectF(option.rect)
        shown: ArticleLine = index.data(LINE_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter, option, marked=True)
        line = QFontMetricsF(option.font).lineSpacing()
        dot = QRectF(rect.left() + 12, rect.top() + _PAD + (line - _DOT) / 2, _DOT, _DOT)
        paint_state(painter, dot, shown.state, theme.accent)
        left = dot.right() + 10
        width = rect.right() - left - _PAD
        write(painter, shown.title, QRectF(left, rect.top() + _PAD, width, line), theme.ink)
        found = "nothing found" if shown.nothing_found else str(shown.annotations or "")
        noted = "notes" if shown.noted else ""
        # What is open comes first: the end of a line is cut where the list is narrow.
        words = " · ".join(filter(None, [index.data(OPEN_ROLE), about(shown), found, noted]))
        write(painter, words, QRectF(left, rect.top() + _PAD + line, width, line), theme.quiet)
        painter.restore()


def paint_state(painter: QPainter, rect: QRectF, state: ReviewState, colour: QColor) -> None:
    """Paint an empty, half or full circle: not opened, in progress, done."""
    painter.setPen(QPen(colour, 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(rect)
    painter.setBrush(colour)
    if state is ReviewState.DONE:
        painter.drawEllipse(rect)
    elif state is ReviewState.IN_PROGRESS:
        painter.drawPie(rect, 90 * 16, 180 * 16)
