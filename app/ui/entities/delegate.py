"""How one mention looks in the list: where it is, and the quote in bold among the words around it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QFontMetrics,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem

from app.ui.context import paint_context
from app.ui.entities.mentions import SAID_ROLE, Said
from app.ui.rows import RowDelegate, write

_PAD = 7
_BOX = 13.0
_TICK = ((3.0, 7.0), (5.5, 9.5), (10.0, 4.0))


class MentionDelegate(RowDelegate):
    """Paints one row in two lines behind its tick box."""

    def height(self, metrics: QFontMetrics) -> int:
        """Two lines of text with room around."""
        return 2 * metrics.lineSpacing() + 2 * _PAD

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint tick box, place and words."""
        theme, rect = self.theme, QRectF(option.rect)
        said: Said = index.data(SAID_ROLE)
        painter.save()
        self.paint_ground(painter, option)
        left = self._paint_box(painter, option, index)
        height = option.fontMetrics.lineSpacing()
        room = QRectF(left, rect.top() + _PAD, rect.right() - 12 - left, height)
        write(painter, said.head, room, theme.quiet)
        room.translate(0, height)
        painter.setPen(theme.ink)
        paint_context(painter, room, said.context)
        painter.restore()

    def _paint_box(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> float:
        """Paint the tick box where a click finds it; return where the words begin."""
        box = QStyleOptionViewItem(option)
        self.initStyleOption(box, index)
        if not box.features & QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator:
            return option.rect.left() + 12.0
        style = option.widget.style() if option.widget else QApplication.style()
        found = style.subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, box, option.widget)
        square = QRectF(found.center().x() - _BOX / 2, found.center().y() - _BOX / 2, _BOX, _BOX)
        on = box.checkState == Qt.CheckState.Checked
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Qt's own empty box cannot be seen on a dark ground.
        painter.setPen(QPen(self.theme.accent if on else self.theme.quiet, 1.2))
        painter.setBrush(self.theme.accent if on else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(square, 3, 3)
        if on:
            painter.setPen(QPen(self.theme.accent_ink, 1.8))
            painter.drawPolyline([square.topLeft() + QPointF(x, y) for x, y in _TICK])
        return found.right() + 12.0
