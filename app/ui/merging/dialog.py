"""Returned files and what a merge of them would do, file by file, before anybody says yes."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.times import now
from app.project.merge_report import FileMerge, MergeReport, write_merge_report
from app.ui.reports import SaveReport
from app.ui.room import room_for
from app.ui.rows import show_whole_rows

_COLUMNS = ("File", "Coder", "Done", "Open", "New", "Changed", "Deleted", "Older", "Conflicts", "Left out")
_WORDS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_NUMBERS = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
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
        self.resize(room_for(920, 560))
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
        show_whole_rows(table, "merge-files", "Returned files")
        for column, words in enumerate(_COLUMNS):
            head = QTableWidgetItem(words)
            head.setTextAlignment(_NUMBERS if column > 1 else _WORDS)
            table.setHorizontalHeaderItem(column, head)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        for row, file in enumerate(files):
            numbers = (file.done, file.open, file.new, file.changed, file.deleted, file.older)
            counts = (*numbers, len(file.conflicts), len(file.left_out))
            who = "Not merged" if file.error else ", ".join(file.coders)
            cells = (Path(file.path).name, who, *("" if file.error else f"{each:,}" for each in counts))
            for column, words in enumerate(cells):
                item = QTableWidgetItem(words)
                item.setToolTip(file.path if column == 0 else words)
                if column > 1:
                    item.setTextAlignment(_NUMBERS)
                table.setItem(row, column, item)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        return table

    def _make_buttons(self) -> QHBoxLayout:
        suggested = self._project.with_name(f"{self._project.stem} merge.txt")
        save = SaveReport("save-merge-report", suggested, self._write)
        save.refused.connect(self.refused)
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

    def _write(self, target: Path) -> None:
        write_merge_report(self._report, target, head=f"Merge into {self._project.name}, {self._moment}")
