"""A list of painted rows that costs the same however many there are."""

from PySide6.QtCore import QAbstractListModel, QEvent, QItemSelectionModel, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from app.ui.theme import Theme, blend


class RowDelegate(QStyledItemDelegate):
    """Paints rows that are all of one height, in the colours of `theme`."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def height(self, metrics: QFontMetrics) -> int:
        """Return the height of a row in pixels."""
        raise NotImplementedError

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, *, marked: bool = False) -> None:
        """Paint what lies behind a row that is selected, perhaps `marked` at its edge, or under the pointer."""
        theme, rect = self.theme, QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, blend(theme.accent, theme.panel, 0.18))
            if marked:
                painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), theme.accent)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.hover)


def write(painter: QPainter, text: str, room: QRectF, colour: QColor) -> None:
    """Write a line, cut with an ellipsis where the room ends."""
    painter.setPen(colour)
    fitting = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, fitting)


class RowsView(QTableView):
    """Shows a list model. Unlike QListView it never walks through all rows, so that 100,000 are no burden."""

    def __init__(self, name: str, spoken: str, model: QAbstractListModel, delegate: RowDelegate) -> None:
        super().__init__()
        self._delegate = delegate
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setMouseTracking(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.fit_rows()

    def show_row(self, row: int) -> None:
        """Make a row the current one and bring it into sight, without telling anybody; -1 for none."""
        selection, index = self.selectionModel(), self.model().index(row, 0)
        selection.blockSignals(True)
        selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        selection.blockSignals(False)
        if index.isValid():
            self.scrollTo(index)
        self.viewport().update()

    def keyboardSearch(self, search: str) -> None:
        """Leave letters alone: they are keys of codes, and here they would open another article."""

    def changeEvent(self, event: QEvent) -> None:
        """Fit the rows to another font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.fit_rows()

    def fit_rows(self) -> None:
        """Give the rows the height that the delegate asks for now."""
        height = self._delegate.height(self.fontMetrics())
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
