"""What an import would bring: every file with what was noticed, before anything enters."""

import re

from PySide6.QtCore import Qt, Slot
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
_AROUND = 40
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f“”‘’–—…«»]")


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
        head = QLabel(_summary(staged))
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
        if sample := _sample(staged):
            shown = QLabel(f"It reads: {sample}")
            shown.setObjectName("import-sample")
            shown.setTextFormat(Qt.TextFormat.PlainText)
            shown.setWordWrap(True)
            layout.addWidget(shown)
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
        if self.encoding:
            self._choice.setFocus()  # Whoever goes through them by keys goes on where they were.
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


def _summary(staged: Staged) -> str:
    new = len(staged.drafts)
    duplicates = sum(len(report.duplicates) for report in staged.reports)
    failed = sum(1 for report in staged.reports if report.error)
    parts = [f"{new} new article{'' if new == 1 else 's'}"]
    if duplicates:
        parts.append(f"{duplicates} left out because the same text is there already")
    if failed:
        parts.append(f"{failed} file{'' if failed == 1 else 's'} that cannot be read")
    return ", ".join(parts) + "."


def _sample(staged: Staged) -> str:
    """Return some words around the first letter by which one can see whether the encoding is right, or nothing."""
    for draft in staged.drafts:
        # Asking a text whether it is ASCII costs nothing; searching it does.
        if not draft.text.isascii() and (found := _BEYOND_ASCII.search(draft.text)):
            start, end = max(0, found.start() - _AROUND), found.start() + _AROUND
            return f"… {' '.join(draft.text[start:end].split())} …"
    return ""
