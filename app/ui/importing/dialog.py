"""What an import would bring: every file with what was noticed, before anything enters."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from app.project.importing import Staged, sentences

_LINES_PER_FILE = 8


class ImportDialog(QDialog):
    """Shows the report on files that were read; accepting it lets the new articles in."""

    def __init__(self, staged: Staged, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Import articles")
        self.resize(640, 420)
        new = len(staged.drafts)
        duplicates = sum(len(report.duplicates) for report in staged.reports)
        failed = sum(1 for report in staged.reports if report.error)
        parts = [f"{new} new article{'' if new == 1 else 's'}"]
        if duplicates:
            parts.append(f"{duplicates} left out because the same text is there already")
        if failed:
            parts.append(f"{failed} file{'' if failed == 1 else 's'} that cannot be read")
        head = QLabel(", ".join(parts) + ".")
        head.setObjectName("import-summary")
        head.setWordWrap(True)
        report = QPlainTextEdit()
        report.setObjectName("import-report")
        report.setAccessibleName("Report on each file")
        report.setReadOnly(True)
        lines = [line for each in staged.reports for line in sentences(each, _LINES_PER_FILE)]
        report.setPlainText("\n".join(lines))
        buttons = QDialogButtonBox()
        if new:
            take = f"Import {new} article{'' if new == 1 else 's'}"
            buttons.addButton(take, QDialogButtonBox.ButtonRole.AcceptRole).setDefault(True)
            buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        else:
            buttons.addButton(QDialogButtonBox.StandardButton.Close)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(head)
        layout.addWidget(report, 1)
        layout.addWidget(buttons)
