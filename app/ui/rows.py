"""A list of painted rows that costs the same however many there are."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QRectF,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QResizeEvent
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


def show_whole_rows(view: QTableView, name: str, spoken: str) -> None:
    """Let a table show rows that are taken whole and not written in, without a grid and without numbers."""
    view.setObjectName(name)
    view.setAccessibleName(spoken)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.verticalHeader().hide()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)


def runs(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of each run of neighbours: Qt takes long to select many single rows."""
    for _gap, run in groupby(enumerate(rows), key=lambda each: each[1] - each[0]):
        neighbours = [row for _number, row in run]
        yield neighbours[0], neighbours[-1]


def selected_rows(view: QTableView) -> list[int]:
    """Return the rows that are selected whole, from top to bottom."""
    ranges = view.selectionModel().selection().toList()
    return sorted({row for each in ranges for row in range(each.top(), each.bottom() + 1)})


def select_rows(view: QTableView, rows: Sequence[int], current: int) -> None:
    """Select rows besides those that are selected, and make one of them the current one; -1 leaves that."""
    model, selection = view.model(), view.selectionModel()
    flag, last_column = QItemSelectionModel.SelectionFlag, model.columnCount() - 1
    chosen = QItemSelection()
    for first, last in runs(rows):
        chosen.append(QItemSelectionRange(model.index(first, 0), model.index(last, last_column)))
    selection.select(chosen, flag.Select)
    if current >= 0:
        selection.setCurrentIndex(model.index(current, 0), flag.NoUpdate)


class RowsView(QTableView):
    """Shows a list model. Unlike QListView it never walks through all rows, so that 100,000 are no burden."""

    def __init__(self, name: str, spoken: str, model: QAbstractListModel, delegate: RowDelegate) -> None:
        super().__init__()
        self._delegate = delegate
        show_whole_rows(self, name, spoken)
        self.setModel(model)
        self.setItemDelegate(delegate)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the current row in sight where what opens beside takes room away."""
        current = self.currentIndex()
        place, before = self.visualRect(current), event.oldSize().height()
        super().resizeEvent(event)
        if current.isValid() and 0 <= place.top() < before:
            self.scrollTo(current)

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
