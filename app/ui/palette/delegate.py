"""How one choice looks: a chip of its colour, its name with the typed letters bold, a note, its key."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QFontMetricsF,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
)
from PySide6.QtWidgets import QStyleOptionViewItem

from app.domain.offsets import OffsetMap
from app.ui.palette.model import CHOICE_ROLE, LETTERS_ROLE, Choice
from app.ui.rows import RowDelegate

_PAD = 12.0
_GAP = 10.0
_CHIP = 12.0
_CAP = 20.0
_NOTE_SHARE = 0.45
"""How much of a row its note may take, so that the name stays readable."""


class ChoiceDelegate(RowDelegate):
    """Paints one row in one line."""

    def height(self, metrics: QFontMetrics) -> int:
        """One line of text with room around."""
        return max(32, metrics.lineSpacing() + 12)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint chip, name, note and key."""
        rect = QRectF(option.rect)
        choice: Choice = index.data(CHOICE_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter, option, marked=True)
        left = rect.left() + _PAD
        if choice.colour:
            chip = QRectF(left, rect.center().y() - _CHIP / 2, _CHIP, _CHIP)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(choice.colour))
            painter.drawRoundedRect(chip, 3, 3)
            left = chip.right() + _GAP
        right = self._paint_key(painter, rect, choice.key)
        right = self._paint_note(painter, QRectF(left, rect.top(), right - left, rect.height()), choice.note)
        room = QRectF(left, rect.top(), right - left, rect.height())
        self._paint_name(painter, room, choice.name, index.data(LETTERS_ROLE))
        painter.restore()

    def _paint_key(self, painter: QPainter, rect: QRectF, key: str) -> float:
        """Paint the key as a key cap at the right edge; return where it begins, with room before it."""
        right = rect.right() - _PAD
        if not key:
            return right
        width = max(_CAP, QFontMetricsF(painter.font()).horizontalAdvance(key) + 10)
        cap = QRectF(right - width, rect.center().y() - _CAP / 2, width, _CAP)
        painter.setPen(QPen(self.theme.line, 1))
        painter.setBrush(self.theme.key)
        painter.drawRoundedRect(cap, 4, 4)
        painter.setPen(self.theme.ink)
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
        return cap.left() - _GAP

    def _paint_note(self, painter: QPainter, room: QRectF, note: str) -> float:
        """Paint the note before the key; return where it begins, with room before it."""
        if not note:
            return room.right()
        metrics = QFontMetricsF(painter.font())
        words = metrics.elidedText(note, Qt.TextElideMode.ElideRight, room.width() * _NOTE_SHARE)
        painter.setPen(self.theme.quiet)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)
        return room.right() - metrics.horizontalAdvance(words) - _GAP

    def _paint_name(self, painter: QPainter, room: QRectF, name: str, letters: Sequence[int]) -> None:
        """Paint the name, the letters at these code points bold."""
        bold = QFont(painter.font())
        bold.setWeight(QFont.Weight.Bold)
        words = QFontMetricsF(bold).elidedText(name, Qt.TextElideMode.ElideRight, room.width())
        units = OffsetMap(words)
        thick = QTextCharFormat()
        thick.setFontWeight(QFont.Weight.Bold)
        formats: list[QTextLayout.FormatRange] = []
        for place in letters:
            if place < len(words):
                span = QTextLayout.FormatRange()
                span.start = units.to_utf16(place)
                span.length = units.to_utf16(place + 1) - span.start
                span.format = thick
                formats.append(span)
        layout = QTextLayout(words, painter.font())
        layout.setFormats(formats)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(room.width() + 1)
        layout.endLayout()
        painter.setPen(self.theme.ink)
        layout.draw(painter, QPointF(room.left(), room.center().y() - line.height() / 2))
