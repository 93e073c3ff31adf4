"""The history: who did what and when, and the way back to any step."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QMessageBox,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.domain.steps import StepRecord
from app.project.project import Project
from app.ui.bridge import Bridge, Notice
from app.ui.filter_field import FilterField
from app.ui.history.model import Column, HistoryModel
from app.ui.room import room_for
from app.ui.rows import show_whole_rows


class HistoryDialog(QDialog):
    """Lists the steps of a project, the newest first. It changes nothing itself."""

    rewind_requested = Signal(int)
    """How many steps to undo or, as a negative number, to redo; asked already where that is more than one."""

    def __init__(self, project: Project, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self.setWindowTitle("History")
        self.resize(room_for(820, 560))
        self._filter = FilterField(
            "history-filter", "Filter steps", "Filter by words of the step or by coder"
        )
        faint = self.palette().brush(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
        self._model = HistoryModel(project, faint)
        self._table = self._make_table()
        self._said = QLabel()
        self._said.setObjectName("said")
        self._said.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._undo = self._add_button(buttons, "&Undo back to here", "undo-to")
        self._redo = self._add_button(buttons, "&Redo up to here", "redo-to")
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(self._filter)
        layout.addWidget(self._table, 1)
        layout.addWidget(self._said)
        layout.addWidget(buttons)
        buttons.rejected.connect(self.reject)
        self._filter.textChanged.connect(self._on_filter_changed)
        self._table.selectionModel().currentChanged.connect(self._tell)
        self._table.doubleClicked.connect(self._on_double_clicked)
        self._table.installEventFilter(self)
        self._filter.installEventFilter(self)
        self._model.rowsInserted.connect(self._tell)
        bridge.project_changed.connect(self._on_project_changed)
        self._model.renew()
        self._select(0)
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self) -> StepRecord | None:
        """Return the step that is chosen."""
        return self._model.step_at(self._table.currentIndex().row())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes back to the chosen step; Down leads from the filter to the list."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if watched is self._filter and (entered or event.key() == Qt.Key.Key_Down):
                self._table.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return True
            if watched is self._table and entered:
                self._request()
                return True
        return super().eventFilter(watched, event)

    def _make_table(self) -> QTableView:
        table = QTableView()
        show_whole_rows(table, "history", "Steps, the newest first")
        table.setModel(self._model)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().lineSpacing() + 10)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(Column.STEP, QHeaderView.ResizeMode.Stretch)
        for column, sample in ((Column.WHEN, "00 Mmm 0000, 00:00:00"), (Column.STATE, "undone for good")):
            table.setColumnWidth(column, table.fontMetrics().horizontalAdvance(sample) + 24)
        table.setColumnWidth(Column.WHO, 120)
        return table

    def _add_button(self, box: QDialogButtonBox, words: str, name: str) -> QPushButton:
        button = box.addButton(words, QDialogButtonBox.ButtonRole.ActionRole)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(self._on_button_clicked)
        return button

    def _select(self, row: int) -> None:
        self._table.setCurrentIndex(self._model.index(row, Column.STEP))
        self._tell()

    @Slot()
    def _tell(self) -> None:
        """Say what would become of the project, and offer it."""
        step = self.step()
        distance = self._project.steps.distance(step) if step else 0
        self._undo.setEnabled(distance > 0)
        self._redo.setEnabled(distance < 0)
        self._said.setText(self._in_words(step, distance))

    def _in_words(self, step: StepRecord | None, distance: int) -> str:
        if step is None:
            text = self._filter.text().strip()
            if self._model.reading:
                return "Searching…"
            return f"No step matches “{text}”." if text else "Nothing was done in this project yet."
        if self._project.read_only:
            return "This project is open for reading only; nothing can be undone here."
        others = abs(distance) - 1
        and_more = f" and the {others:,} {'newer' if distance > 0 else 'older'}" if others > 0 else ""
        if distance > 0:
            return f"Undo takes back this step{and_more}. What is undone can be redone."
        if distance < 0:
            return f"Redo does this step{and_more} again."
        if step.kind == "do" and step.state != "dropped":
            return "A step of somebody else lies between, so this one stays as it is."
        if step.kind == "do":
            return "This step was undone, and something new was done then, so it cannot be redone."
        return f"This is {'an undo' if step.kind == 'undo' else 'a redo'}; choose the step itself."

    @Slot(str)
    def _on_filter_changed(self, text: str) -> None:
        self._model.set_filter(text)
        self._select(0)

    @Slot(QModelIndex)
    def _on_double_clicked(self, _index: QModelIndex) -> None:
        self._request()

    @Slot()
    def _on_button_clicked(self) -> None:
        self._request()

    def _request(self) -> None:
        step = self.step()
        distance = self._project.steps.distance(step) if step else 0
        if step is None or not distance:
            return
        if abs(distance) > 1:
            word = "Undo" if distance > 0 else "Redo"
            question = f"{word} {abs(distance):,} steps, up to and including “{step.name}”?"
            if QMessageBox.question(self, "History", question) != QMessageBox.StandardButton.Yes:
                return
        self.rewind_requested.emit(distance)

    @Slot(object)
    def _on_project_changed(self, _notice: Notice) -> None:
        """Show the steps as they are now; the chosen one stays chosen."""
        step = self.step()
        self._model.renew(step)
        self._select(max(0, self._model.row_of(step)) if step else 0)
