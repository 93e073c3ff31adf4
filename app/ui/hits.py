"""A list of hits with the words around them, each with a box to tick where that is wanted."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QStyleOptionViewItem

from app.project.finding import Hit
from app.ui.rows import RowDelegate

AnyIndex = QModelIndex | QPersistentModelIndex

HIT_ROLE = Qt.ItemDataRole.UserRole + 1
_PAD = 8.0
_BOX = 16.0


class HitModel(QAbstractListModel):
    """One row a hit, in the order they were found."""

    ticks_changed = Signal()

    def __init__(self, *, ticking: bool = False) -> None:
        super().__init__()
        self._hits: list[Hit] = []
        self._ticks: list[bool] | None = [] if ticking else None

    def clear(self) -> None:
        """Show nothing."""
        self.beginResetModel()
        self._hits = []
        if self._ticks is not None:
            self._ticks = []
        self.endResetModel()

    def add(self, hits: Sequence[Hit]) -> None:
        """Show more hits below, ticked."""
        if not hits:
            return
        first = len(self._hits)
        self.beginInsertRows(QModelIndex(), first, first + len(hits) - 1)
        self._hits += hits
        if self._ticks is not None:
            self._ticks += [True] * len(hits)
        self.endInsertRows()

    def hit_at(self, row: int) -> Hit | None:
        """Return the hit of a row, None beyond the ends."""
        return self._hits[row] if 0 <= row < len(self._hits) else None

    def ticked(self) -> list[Hit]:
        """Return the hits whose box is ticked."""
        return [hit for hit, tick in zip(self._hits, self._ticks or (), strict=False) if tick]

    def tick_all(self, *, tick: bool) -> None:
        """Tick every box or none."""
        if self._ticks:
            self._ticks = [tick] * len(self._hits)
            self.dataChanged.emit(self.index(0), self.index(len(self._hits) - 1))
            self.ticks_changed.emit()

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """The number of hits."""
        return 0 if parent is not None and parent.isValid() else len(self._hits)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Let boxes be ticked."""
        ticking = Qt.ItemFlag.NoItemFlags if self._ticks is None else Qt.ItemFlag.ItemIsUserCheckable
        return super().flags(index) | ticking

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What the delegate paints and a screen reader says."""
        hit = self.hit_at(index.row())
        if hit is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return "".join(hit.context)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{''.join(hit.context)}, in {hit.title}"
            case Qt.ItemDataRole.ToolTipRole:
                return hit.title
            case Qt.ItemDataRole.CheckStateRole if self._ticks is not None:
                return Qt.CheckState.Checked if self._ticks[index.row()] else Qt.CheckState.Unchecked
            case _ if role == HIT_ROLE:
                return hit
            case _:
                return None

    def setData(self, index: AnyIndex, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick a box or untick it."""
        if role != Qt.ItemDataRole.CheckStateRole or self._ticks is None or not self.hit_at(index.row()):
            return False
        self._ticks[index.row()] = value in (Qt.CheckState.Checked, Qt.CheckState.Checked.value)
        self.dataChanged.emit(index, index)
        self.ticks_changed.emit()
        return True


class HitDelegate(RowDelegate):
    """Paints one row in two lines: the article, and the hit in bold among the words around it."""

    def height(self, metrics: QFontMetrics) -> int:
        """Two lines of text with room around."""
        return round(2 * metrics.lineSpacing() + 2 * _PAD)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint box, title and words."""
        theme, rect = self.theme, QRectF(option.rect)
        hit: Hit = index.data(HIT_ROLE)
        tick = index.data(Qt.ItemDataRole.CheckStateRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_ground(painter, option)
        left = rect.left() + 12
        if tick is not None:
            box = QRectF(left, rect.center().y() - _BOX / 2, _BOX, _BOX)
            self._paint_box(painter, box, ticked=tick == Qt.CheckState.Checked)
            left = box.right() + 12
        line = QFontMetricsF(option.font).lineSpacing()
        room = QRectF(left, rect.top() + _PAD, rect.right() - left - 12, line)
        painter.setPen(theme.quiet)
        title = painter.fontMetrics().elidedText(hit.title, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, title)
        painter.setPen(theme.ink)
        room.translate(0, line)
        painter.setClipRect(room)
        _draw_context(painter, option.font, hit, room)
        painter.restore()

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Tick with a click anywhere on the row, or with the space bar."""
        tick = index.data(Qt.ItemDataRole.CheckStateRole)
        if tick is None or not _is_tick(event):
            return super().editorEvent(event, model, option, index) if tick is None else False
        after = Qt.CheckState.Unchecked if tick == Qt.CheckState.Checked else Qt.CheckState.Checked
        return model.setData(index, after, Qt.ItemDataRole.CheckStateRole)

    def _paint_box(self, painter: QPainter, box: QRectF, *, ticked: bool) -> None:
        theme = self.theme
        painter.setPen(QPen(theme.accent if ticked else theme.quiet, 1.2))
        painter.setBrush(theme.accent if ticked else theme.panel)
        painter.drawRoundedRect(box, 3, 3)
        if ticked:
            painter.setPen(QPen(theme.accent_ink, 2.0))
            corner = box.topLeft()
            places = [QPointF(3.5, 8.5), QPointF(6.5, 11.5), QPointF(12.5, 4.5)]
            painter.drawPolyline([corner + place for place in places])


def _is_tick(event: QEvent) -> bool:
    if isinstance(event, QMouseEvent):
        released = event.type() is QEvent.Type.MouseButtonRelease
        return released and event.button() is Qt.MouseButton.LeftButton
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space


def _draw_context(painter: QPainter, font: QFont, hit: Hit, room: QRectF) -> None:
    """Draw the words in one line; where they are longer than the room, their end is cut, whatever side that is."""
    before, quote, after = hit.context
    layout = QTextLayout(before + quote + after, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    layout.setTextOption(option)
    bold = QTextCharFormat()
    bold.setFontWeight(QFont.Weight.Bold)
    found = QTextLayout.FormatRange()
    # Qt counts UTF-16 units, of which some characters take two.
    found.start = len(before.encode("utf-16-le")) // 2
    found.length = len(quote.encode("utf-16-le")) // 2
    found.format = bold
    layout.setFormats([found])
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(room.width())
    layout.endLayout()
    # PySide6 returns the position along with x, unlike what its stubs say.
    edges: list[Any] = [line.cursorToX(0), line.cursorToX(line.textLength())]
    surplus = line.naturalTextWidth() - room.width()
    shift = surplus if surplus > 0 and edges[0][0] > edges[1][0] else 0.0
    layout.draw(painter, room.topLeft() - QPointF(shift, 0))
