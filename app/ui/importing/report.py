"""What an import did, as a page that can be saved."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.domain.times import now
from app.project.import_report import FileReport, sentences, summary, write_report
from app.ui.reports import SaveReport

_LINES_PER_FILE = 50


class ReportPage(QWidget):
    """Shows the report on every file, and saves it whole."""

    refused = Signal(str)
    """A sentence: the report cannot be saved."""

    def __init__(self, project: Path) -> None:
        super().__init__()
        self._project = project
        self._reports: Sequence[FileReport] = ()
        self._moment = ""
        self._head = QLabel()
        self._head.setObjectName("import-done")
        self._head.setWordWrap(True)
        self._lines = QPlainTextEdit()
        self._lines.setObjectName("import-report")
        self._lines.setAccessibleName("Report on each file")
        self._lines.setReadOnly(True)
        self._lines.setTabChangesFocus(True)
        self._said = QLabel("One step: Edit > Undo takes it back.")
        self._said.setObjectName("said")
        save = SaveReport("save-report", project.with_name(f"{project.stem} import.txt"), self._write)
        save.refused.connect(self.refused)
        save.saved.connect(self._on_saved)
        below = QHBoxLayout()
        below.addWidget(self._said, 1)
        below.addWidget(save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._head)
        layout.addWidget(self._lines, 1)
        layout.addLayout(below)

    def show_reports(self, reports: Sequence[FileReport]) -> None:
        """Show what became of each file."""
        self._reports, self._moment = reports, now()
        self._head.setText(f"Imported: {summary(reports)}")
        lines = [line for each in reports for line in sentences(each, _LINES_PER_FILE)]
        self._lines.setPlainText("\n".join(lines))

    def _write(self, target: Path) -> None:
        write_report(self._reports, target, head=f"Import into {self._project.name}, {self._moment}")

    @Slot(object)
    def _on_saved(self, target: Path) -> None:
        self._said.setText(f"The report is saved in {target.name}.")
