"""Export: format, place and the few options that matter."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.errors import UserError
from app.exchange.formats import ExportOptions
from app.exchange.registry import PROJECT_FORMATS

_SEPARATORS = (("Comma", ","), ("Semicolon", ";"), ("Tab", "\t"))


class ExportWish(NamedTuple):
    """What is to be exported, and where to."""

    format_name: str
    target: Path
    options: ExportOptions


class ExportDialog(QDialog):
    """Asks for a format and a place; `suggested` is the path without ending that is offered first."""

    def __init__(self, suggested: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._suggested = suggested
        self.setWindowTitle("Export")
        self.setMinimumWidth(520)
        self._format = QComboBox()
        self._format.setObjectName("export-format")
        for each in PROJECT_FORMATS:
            self._format.addItem(each.title, each.name)
        self._target = QLineEdit()
        self._target.setObjectName("export-target")
        self._choose = QPushButton("Choose…")
        self._choose.setAutoDefault(False)
        self._separator = QComboBox()
        for name, separator in _SEPARATORS:
            self._separator.addItem(name, separator)
        self._mark = QCheckBox("Byte order mark, so that Excel sees UTF-8")
        self._guard = QCheckBox("Guard cells that a spreadsheet would run as a formula")
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._go = self._buttons.addButton("Export", QDialogButtonBox.ButtonRole.AcceptRole)
        self._go.setDefault(True)
        self._lay_out()
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._choose.clicked.connect(self._on_choose_clicked)
        self._format.currentIndexChanged.connect(self._on_format_changed)
        self._target.textChanged.connect(self._on_target_changed)
        self._on_format_changed(0)

    def _lay_out(self) -> None:
        to = QLabel("&To")
        to.setBuddy(self._target)
        place = QHBoxLayout()
        place.addWidget(self._target, 1)
        place.addWidget(self._choose)
        form = QFormLayout()
        form.addRow("&Format", self._format)
        form.addRow("", self._words)
        form.addRow(to, place)
        form.addRow("&Separator", self._separator)
        form.addRow("", self._mark)
        form.addRow("", self._guard)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self._buttons)

    def accept(self) -> None:
        """Close with a yes, once the place is one and what is there may be replaced."""
        try:
            target = self.wish().target
            taken = target.is_file() or (target.is_dir() and any(target.iterdir()))
        except (UserError, OSError) as error:
            QMessageBox.warning(self, "Export", str(error))
            return
        if taken:
            question = f"{target.name} is there already. Replace it?"
            if QMessageBox.question(self, "Export", question) != QMessageBox.StandardButton.Yes:
                return
        super().accept()

    def wish(self) -> ExportWish:
        """Return what was chosen; UserError if the place is in the folder of somebody who is not known."""
        options = ExportOptions(
            byte_order_mark=self._mark.isChecked(),
            separator=self._separator.currentData(),
            guard=self._guard.isChecked(),
        )
        typed = self._target.text().strip()
        try:
            target = Path(typed).expanduser()
        except RuntimeError as error:
            raise UserError(
                f"There is no folder for {Path(typed).parts[0]}. Choose another place."
            ) from error
        return ExportWish(self._format.currentData(), target, options)

    @Slot(int)
    def _on_format_changed(self, number: int) -> None:
        chosen = PROJECT_FORMATS[number]
        self._words.setText(chosen.about)
        for widget in (self._separator, self._mark, self._guard):
            widget.setEnabled(chosen.has_tables)
        self._target.setText(str(self._suggested.with_name(self._suggested.name + chosen.extension)))

    @Slot()
    def _on_choose_clicked(self) -> None:
        path, _kind = QFileDialog.getSaveFileName(
            self,
            "Export to",
            self._target.text(),
            # It is asked once, when all is chosen, for a name that was typed just as for one that was picked.
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if path:
            self._target.setText(path)

    @Slot(str)
    def _on_target_changed(self, text: str) -> None:
        self._go.setEnabled(bool(text.strip()))
