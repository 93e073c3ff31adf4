"""A quote among the words around it, in one line."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption

from app.project.context import Context

_SHARE_BEFORE = 0.4
"""How much of the line may stand before the quote, so that the quote itself is always seen."""


def paint_context(painter: QPainter, room: QRectF, context: Context) -> None:
    """Paint one line in the order of its script, the quote bold and as much around it as there is room for."""
    plain, strong = painter.font(), QFont(painter.font())
    strong.setBold(True)
    metrics, wide = QFontMetricsF(plain), QFontMetricsF(strong)
    before, quote, after = (" ".join(f"|{part}|".split())[1:-1] for part in context)
    before = metrics.elidedText(before, Qt.TextElideMode.ElideLeft, room.width() * _SHARE_BEFORE)
    left = room.width() - metrics.horizontalAdvance(before)
    quote = wide.elidedText(quote, Qt.TextElideMode.ElideRight, left)
    left -= wide.horizontalAdvance(quote)
    after = metrics.elidedText(after, Qt.TextElideMode.ElideRight, left)
    layout = QTextLayout(before + quote + after, plain)
    layout.setTextOption(_one_line())
    bold = QTextLayout.FormatRange()
    # Qt counts in UTF-16 units.
    bold.start, bold.length = (len(part.encode("utf-16-le")) // 2 for part in (before, quote))
    bold.format = QTextCharFormat()
    bold.format.setFontWeight(QFont.Weight.Bold)
    layout.setFormats([bold])
    layout.beginLayout()
    layout.createLine().setLineWidth(room.width())
    layout.endLayout()
    painter.setClipRect(room)
    layout.draw(painter, QPointF(room.left(), room.top()))


def _one_line() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    return option
