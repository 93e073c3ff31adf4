"""Which column of a table is what: chosen in a list, or dragged by its head onto a field."""

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QDrag, QDragEnterEvent, QDropEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.exchange.article_rows import FIELDS
from app.exchange.formats import Table

_COLUMN = "application/x-rubricator-column"
_LABELS = {
    "title": "T&itle",
    "text": "Te&xt",
    "source": "So&urce",
    "date": "&Date",
    "url": "A&ddress (URL)",
    "author": "Aut&hor",
    "id": "&Reference",
}
_NONE = "(none)"
_WIDEST = 220


class FieldBox(QComboBox):
    """The column for one field; the head of a column can be dropped on it."""

    column_chosen = Signal(str, str)
    """The field, and its column now, or nothing."""

    def __init__(self, field: str) -> None:
        super().__init__()
        self._field = field
        self.setObjectName(f"field-{field}")
        self.setAccessibleName(f"Column for {_LABELS[field].replace('&', '')}")
        self.setAcceptDrops(True)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(14)
        self.activated.connect(self._on_activated)

    def show_columns(self, table: Table) -> None:
        """Offer the columns of a table, with the one that is taken."""
        self.clear()
        self.addItem(_NONE, "")
        for column in table.columns:
            self.addItem(column, column)
        self.setCurrentIndex(max(0, self.findData(table.mapping.get(self._field, ""))))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take heads of columns and nothing else."""
        if event.mimeData().hasFormat(_COLUMN):
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Make the column that was dropped the one of this field."""
        column = bytes(event.mimeData().data(_COLUMN).data()).decode()
        if self.findData(column) >= 0:
            event.acceptProposedAction()
            self.setCurrentIndex(self.findData(column))
            self.column_chosen.emit(self._field, column)

    @Slot()
    def _on_activated(self) -> None:
        self.column_chosen.emit(self._field, str(self.currentData()))


class ColumnHeads(QHeaderView):
    """The heads of columns, which can be dragged."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._pressed: QPoint | None = None
        self.setHighlightSections(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def mime(self, section: int) -> QMimeData:
        """Return what is dragged with the head of a column."""
        mime = QMimeData()
        mime.setData(_COLUMN, str(self.model().headerData(section, Qt.Orientation.Horizontal)).encode())
        return mime

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note where a drag may begin; at the edges of heads they are made wider."""
        resizing = self.cursor().shape() is Qt.CursorShape.SplitHCursor
        self._pressed = None if resizing else event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin to drag."""
        at = event.position().toPoint()
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        if (at - self._pressed).manhattanLength() < QApplication.startDragDistance():
            return
        section = self.logicalIndexAt(self._pressed)
        self._pressed = None
        if section >= 0:
            drag = QDrag(self)
            drag.setMimeData(self.mime(section))
            drag.exec(Qt.DropAction.CopyAction)


class ColumnsPage(QWidget):
    """The fields of an article beside the first rows of the table."""

    mapped = Signal(object)
    """The whole mapping as it should be: column by field, an empty one for none."""

    def __init__(self) -> None:
        super().__init__()
        self._mapping: dict[str, str] = {}
        self._boxes = {field: FieldBox(field) for field in FIELDS}
        form = QFormLayout()
        form.setVerticalSpacing(6)
        for field, box in self._boxes.items():
            form.addRow(_LABELS[field], box)
            box.column_chosen.connect(self._on_column_chosen)
        said = QLabel(
            "Choose a column for each field, or drag its head onto the field. All others are kept as metadata."
        )
        said.setObjectName("said")
        said.setWordWrap(True)
        self.heads = ColumnHeads()
        self._rows = QTableWidget()
        self._rows.setObjectName("first-rows")
        self._rows.setAccessibleName("First rows of the table")
        self._rows.setHorizontalHeader(self.heads)
        self._rows.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._rows.setShowGrid(False)
        self._rows.setWordWrap(False)
        self._rows.setTabKeyNavigation(False)
        self._rows.verticalHeader().hide()
        side = QVBoxLayout()
        side.addLayout(form)
        side.addSpacing(8)
        side.addWidget(said)
        side.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 0)
        layout.setSpacing(16)
        layout.addLayout(side, 2)
        layout.addWidget(self._rows, 5)

    def show_table(self, table: Table) -> None:
        """Show a table and what was taken for which field."""
        self._mapping = dict(table.mapping)
        for box in self._boxes.values():
            box.show_columns(table)
        self._rows.clear()
        self._rows.setColumnCount(len(table.columns))
        self._rows.setRowCount(len(table.rows))
        self._rows.setHorizontalHeaderLabels(list(table.columns))
        for row, cells in enumerate(table.rows):
            for column, cell in enumerate(cells):
                self._rows.setItem(row, column, QTableWidgetItem(" ".join(cell.split())))
        self._rows.resizeColumnsToContents()
        for column in range(len(table.columns)):
            self._rows.setColumnWidth(column, min(_WIDEST, self._rows.columnWidth(column) + 8))

    @Slot(str, str)
    def _on_column_chosen(self, field: str, column: str) -> None:
        """Take the column for this field alone: what another field had is open again."""
        wanted = {name: "" if taken == column else taken for name, taken in self._mapping.items()}
        wanted[field] = column
        if wanted != self._mapping:
            self.mapped.emit(wanted)
