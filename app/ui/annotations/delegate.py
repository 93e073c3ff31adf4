"""How one annotation looks in the list: a bar in its colour, code, quote."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from app.ui.annotations.model import ENTRY_ROLE, Entry
from app.ui.rows import RowDelegate, write
from app.ui.theme import code_colours

_PAD = 7


class AnnotationDelegate(RowDelegate):
    """Paints one row in two lines."""

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
        self.paint_ground(painter, option)
        bar = QRectF(rect.left() + 12, rect.top() + _PAD, 3, rect.height() - 2 * _PAD)
        painter.fillRect(bar, code_colours(entry.colour, theme).bar)
        height = option.fontMetrics.lineSpacing()
        room = QRectF(rect.left() + 24, rect.top() + _PAD, rect.width() - 32, height)
        about = " · ".join(filter(None, (entry.code, entry.coder, entry.open_in_words)))
        write(painter, about, room, theme.ink if entry.lacking else theme.quiet)
        room.translate(0, height)
        write(painter, entry.quote, room, theme.ink)
        painter.restore()
