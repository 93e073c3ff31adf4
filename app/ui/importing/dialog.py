"""What an import would bring: every file with what was noticed, before anything enters."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.exchange.encodings import CHOICES
from app.project.importing import Staged, sentences

_LINES_PER_FILE = 8


class ImportDialog(QDialog):
    """Shows the report on files that were read; accepting it lets the new articles in.

    `encoding` is the one that they were read in, empty where it was recognised. If it is another one after the
    dialog has ended, the files are to be read again.
    """

    def __init__(self, staged: Staged, encoding: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.encoding = encoding
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
        layout.addLayout(self._make_choice())
        layout.addWidget(report, 1)
        layout.addWidget(buttons)

    def _make_choice(self) -> QHBoxLayout:
        self._choice = QComboBox()
        self._choice.setObjectName("import-encoding")
        self._choice.setAccessibleName("Encoding of the files")
        self._choice.addItem("As detected", "")
        for name, title in CHOICES:
            self._choice.addItem(title, name)
        self._choice.setCurrentIndex(self._choice.findData(self.encoding))
        self._choice.activated.connect(self._on_activated)
        label = QLabel("&Encoding:")
        label.setBuddy(self._choice)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self._choice)
        row.addStretch(1)
        return row

    @Slot()
    def _on_activated(self) -> None:
        """End here if the files are to be read in another encoding."""
        chosen = str(self._choice.currentData())
        if chosen != self.encoding:
            self.encoding = chosen
            self.reject()
