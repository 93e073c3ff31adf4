"""A code as coders see it in a list: chip, name and key; and in words, with its rules and examples."""

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QStandardItem
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.codebook import Attribute, Code
from app.ui.theme import Theme, blend

ID_ROLE = Qt.ItemDataRole.UserRole + 1
_DEPTH_ROLE = Qt.ItemDataRole.UserRole + 2
_COLOUR_ROLE = Qt.ItemDataRole.UserRole + 3
_KEY_ROLE = Qt.ItemDataRole.UserRole + 4

_ROW = 30
_CHIP = 12.0
_INDENT = 18.0


def code_item(code: Code, depth: int) -> QStandardItem:
    """Return a code as an item that `CodeDelegate` paints, so many levels below a layer."""
    item = QStandardItem(code.name)
    item.setData(code.id, ID_ROLE)
    item.setData(depth, _DEPTH_ROLE)
    item.setData(QColor(code.colour), _COLOUR_ROLE)
    item.setData(code.shortcut.upper(), _KEY_ROLE)
    key = f", key {code.shortcut.upper()}" if code.shortcut else ""
    item.setData(f"{code.name}{key}", Qt.ItemDataRole.AccessibleTextRole)
    return item


def code_in_words(code: Code) -> str:
    """Return name, definition, rules and examples as rich text."""
    parts = [f"<b>{_escaped(code.name)}</b>", _escaped(code.definition)]
    if code.when:
        parts.append(f"✓ {_escaped(code.when)}")
    if code.when_not:
        parts.append(f"✗ {_escaped(code.when_not)}")
    parts += [f"“{_escaped(example)}”" for example in code.examples]
    return "".join(f"<p style='margin: 0 0 6px 0'>{part}</p>" for part in parts if part)


def questions_in_words(questions: Iterable[Attribute]) -> str:
    """Return what is asked on a code as rich text, each question with its kind and choices."""
    lines: list[str] = []
    for each in questions:
        about = f"{each.kind.value}{', required' if each.required else ''}"
        offered = f": {' · '.join(each.choices)}" if each.choices else ""
        lines.append(f"<li><b>{_escaped(each.name)}</b> ({about}){_escaped(offered)}</li>")
    return f"<ul style='margin: 0 0 6px 0; -qt-list-indent: 0'>{''.join(lines)}</ul>" if lines else ""


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class CodeDelegate(QStyledItemDelegate):
    """Paints one code: chip, name, key."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One line with room around."""
        del index
        return QSize(140, max(_ROW, option.fontMetrics.lineSpacing() + 10))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint chip, name and key."""
        theme, rect = self.theme, QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.hover)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(rect, blend(theme.accent, theme.panel, 0.18))
        colour = index.data(_COLOUR_ROLE)
        chip = QRectF(rect.left() + 12 + _INDENT * index.data(_DEPTH_ROLE), 0, _CHIP, _CHIP)
        chip.moveTop(rect.center().y() - _CHIP / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(chip, 3, 3)
        right = self._paint_key(painter, rect, index.data(_KEY_ROLE))
        painter.setPen(theme.ink)
        room = QRectF(chip.right() + 10, rect.top(), right - chip.right() - 18, rect.height())
        name = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)
        painter.restore()

    def _paint_key(self, painter: QPainter, rect: QRectF, key: str) -> float:
        """Paint the key as a key cap at the right edge; return where it begins."""
        if not key:
            return rect.right()
        width = max(20.0, QFontMetricsF(painter.font()).horizontalAdvance(key) + 10)
        cap = QRectF(rect.right() - 10 - width, rect.center().y() - 10, width, 20)
        painter.setPen(QPen(self.theme.line, 1))
        painter.setBrush(self.theme.key)
        painter.drawRoundedRect(cap, 4, 4)
        painter.setPen(self.theme.quiet)
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
        return cap.left()
