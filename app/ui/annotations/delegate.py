"""How one annotation looks in the list: a bar in its colour, code, quote."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.ui.annotations.model import ENTRY_ROLE, Entry
from app.ui.rows import RowDelegate
from app.ui.theme import Theme, blend, code_colours

_PAD = 7


class AnnotationDelegate(RowDelegate):
    """Paints one row in two lines."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def height(self, metrics: QFontMetrics) -> int:
        """Two lines of text with room around."""
        return 2 * metrics.lineSpacing() + 2 * _PAD

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint bar, code and quote."""
        theme, rect = self.theme, QRectF(option.rect)
        entry: Entry = index.data(ENTRY_ROLE)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, blend(theme.accent, theme.panel, 0.18))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.hover)
        bar = QRectF(rect.left() + 12, rect.top() + _PAD, 3, rect.height() - 2 * _PAD)
        painter.fillRect(bar, code_colours(entry.colour, theme).bar)
        height = option.fontMetrics.lineSpacing()
        room = QRectF(rect.left() + 24, rect.top() + _PAD, rect.width() - 32, height)
        painter.setPen(theme.quiet)
        head = entry.code + (f" · {entry.coder}" if entry.coder else "")
        painter.drawText(room, _elided(painter, head, room))
        room.translate(0, height)
        painter.setPen(theme.ink)
        painter.drawText(room, _elided(painter, entry.quote, room))
        painter.restore()


def _elided(painter: QPainter, text: str, room: QRectF) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
