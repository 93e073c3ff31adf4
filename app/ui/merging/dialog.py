"""Returned files and what a merge of them would do, file by file, before anybody says yes."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.errors import UserError
from app.domain.times import now
from app.project.merge_report import FileMerge, MergeReport, write_merge_report

_COLUMNS = ("File", "Coder", "Done", "Open", "New", "Changed", "Deleted", "Older", "Conflicts", "Left out")
_KINDS = {
    "error": "Not merged: ",
    "counts": "",
    "codebook": "Codebook: ",
    "text": "Text: ",
    "left out": "Left out: ",
    "conflict": "Changed on both sides: ",
}


class MergeDialog(QDialog):
    """Shows the report of a dry run; accepted where the files are to be merged."""

    refused = Signal(str)
    """A sentence: the report cannot be saved."""

    def __init__(self, project: Path, report: MergeReport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Merge returned files")
        self.resize(920, 560)
        self._project, self._report, self._moment = project, report, now()
        self._head = QLabel(self._words())
        self._head.setObjectName("merge-summary")
        self._head.setWordWrap(True)
        self._details = QPlainTextEdit()
        self._details.setObjectName("merge-details")
        self._details.setAccessibleName("What this file brings")
        self._details.setReadOnly(True)
        self._details.setTabChangesFocus(True)
        self._table = self._make_table(report.files)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(self._head)
        layout.addWidget(self._table, 2)
        layout.addWidget(self._details, 3)
        layout.addLayout(self._make_buttons())
        self._table.currentCellChanged.connect(self._on_row_changed)
        self._table.setCurrentCell(0, 0)
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _words(self) -> str:
        report = self._report
        if report.refused:
            return "Not every file can be merged. Choose the files again without those marked “Not merged”."
        if report.nothing:
            return "There is nothing in these files that is newer than in the project."
        return f"{report.summary()} The merge is one step: Edit > Undo takes it back. The newer version wins."

    def _make_table(self, files: Sequence[FileMerge]) -> QTableWidget:
        table = QTableWidget(len(files), len(_COLUMNS))
        table.setObjectName("merge-files")
        table.setAccessibleName("Returned files")
        table.setHorizontalHeaderLabels(_COLUMNS)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        for row, file in enumerate(files):
            numbers = (file.done, file.open, file.new, file.changed, file.deleted, file.older)
            counts = (*numbers, len(file.conflicts), len(file.left_out))
            who = "Not merged" if file.error else ", ".join(file.coders)
            cells = (Path(file.path).name, who, *("" if file.error else f"{each:,}" for each in counts))
            for column, words in enumerate(cells):
                item = QTableWidgetItem(words)
                item.setToolTip(file.path if column == 0 else words)
                if column > 1:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                table.setItem(row, column, item)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        return table

    def _make_buttons(self) -> QHBoxLayout:
        save = QPushButton("&Save the report…")
        save.setObjectName("save-merge-report")
        save.setAutoDefault(False)
        save.clicked.connect(self._on_save_clicked)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        merge = buttons.addButton("&Merge", QDialogButtonBox.ButtonRole.AcceptRole)
        merge.setObjectName("merge")
        merge.setDefault(True)
        merge.setEnabled(not self._report.refused and not self._report.nothing)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        below = QHBoxLayout()
        below.addWidget(save)
        below.addWidget(buttons, 1)
        return below

    @Slot(int)
    def _on_row_changed(self, row: int) -> None:
        file = self._report.files[row]
        self._details.setPlainText("\n".join(f"{_KINDS[kind]}{what}" for kind, what in file.details()))

    @Slot()
    def _on_save_clicked(self) -> None:
        suggested = self._project.with_name(f"{self._project.stem} merge.txt")
        chosen, kind = QFileDialog.getSaveFileName(
            self, "Save the report", str(suggested), "Text (*.txt);;Table (*.csv)"
        )
        if not chosen:
            return
        target = Path(chosen)
        if not target.suffix:
            target = target.with_suffix(".csv" if "csv" in kind else ".txt")
        try:
            write_merge_report(self._report, target, head=f"Merge into {self._project.name}, {self._moment}")
        except UserError as error:
            self.refused.emit(str(error))
