"""What codebook files can be: one dialog with the list of formats, a place, and what is lost or would change."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.exchange.formats import CodebookFormat


class CodebookFileDialog(QDialog):
    """The frame of both ways: formats, place, a sentence in bold, a report, and a button that goes on."""

    def __init__(
        self, formats: Sequence[CodebookFormat], title: str, place: str, go: str, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.formats = tuple(formats)
        self.setWindowTitle(title)
        self.setMinimumWidth(600)
        self.formats_list = QListWidget()
        self.formats_list.setObjectName("codebook-formats")
        self.formats_list.setAccessibleName("Format")
        for each in self.formats:
            item = QListWidgetItem(f"{each.title}   ({' '.join(each.extensions)})")
            item.setToolTip(each.about)
            self.formats_list.addItem(item)
        self.formats_list.setSpacing(2)
        row = self.formats_list.sizeHintForRow(0) + 2 * self.formats_list.spacing()
        self.formats_list.setFixedHeight(row * len(self.formats) + 8)
        self.about = QLabel()
        self.about.setObjectName("codebook-about")
        self.about.setWordWrap(True)
        self.place = QLineEdit()
        self.place.setObjectName("codebook-place")
        self.choose = QPushButton("C&hoose…")
        self.choose.setAutoDefault(False)
        self.summary = QLabel()
        self.summary.setObjectName("codebook-summary")
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.summary.setWordWrap(True)
        self.report = QPlainTextEdit()
        self.report.setObjectName("codebook-report")
        self.report.setReadOnly(True)
        self.report.setAccessibleName("What it would change")
        self.report.setTabChangesFocus(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = self.buttons.addButton(go, QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setDefault(True)
        self._lay_out(place)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.formats_list.currentRowChanged.connect(self._on_row_changed)

    def chosen(self) -> CodebookFormat:
        """The format that is marked in the list."""
        return self.formats[max(0, self.formats_list.currentRow())]

    def show_format(self, path: Path) -> None:
        """Mark the format that a path's ending says, if any does."""
        for row, each in enumerate(self.formats):
            if path.suffix.lower() in each.extensions:
                self.formats_list.setCurrentRow(row)

    def _lay_out(self, place: str) -> None:
        to = QLabel(place)
        to.setBuddy(self.place)
        where = QHBoxLayout()
        where.addWidget(self.place, 1)
        where.addWidget(self.choose)
        formats = QVBoxLayout()
        formats.setSpacing(4)
        formats.addWidget(self.formats_list)
        formats.addWidget(self.about)
        label = QLabel("&Format")
        label.setBuddy(self.formats_list)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.addRow(to, where)
        form.addRow(label, formats)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addLayout(form)
        layout.addWidget(self.summary)
        layout.addWidget(self.report, 1)
        layout.addWidget(self.buttons)

    @Slot(int)
    def _on_row_changed(self, _row: int) -> None:
        self.about.setText(self.chosen().about)
