"""Exports of tables: where they go, and the few options that matter to whoever reads them."""

from pathlib import Path
from typing import Any

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

_SEPARATORS = (("Comma", ","), ("Semicolon", ";"), ("Tab", "\t"))


class DestinationDialog(QDialog):
    """Asks for a place and for options of tables; what else is asked, its kinds put above.

    It closes with a yes once the place is one and what is there may be replaced.
    """

    def __init__(self, title: str, suggested: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(520)
        self._target = QLineEdit(str(suggested))
        self._target.setObjectName("export-target")
        self._choose = QPushButton("Choose…")
        self._choose.setAutoDefault(False)
        self._separator = QComboBox()
        for name, separator in _SEPARATORS:
            self._separator.addItem(name, separator)
        self._mark = QCheckBox("Byte order mark, so that Excel sees UTF-8")
        self._guard = QCheckBox("Guard cells that a spreadsheet would run as a formula")
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._go = self._buttons.addButton("Export", QDialogButtonBox.ButtonRole.AcceptRole)
        self._go.setDefault(True)
        self.form = QFormLayout()
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._choose.clicked.connect(self._on_choose_clicked)
        self._target.textChanged.connect(self._on_target_changed)

    def lay_out(self) -> None:
        """Put place, options and buttons below what the form has."""
        to = QLabel("&To")
        to.setBuddy(self._target)
        place = QHBoxLayout()
        place.addWidget(self._target, 1)
        place.addWidget(self._choose)
        self.form.addRow(to, place)
        self.form.addRow("&Separator", self._separator)
        self.form.addRow("", self._mark)
        self.form.addRow("", self._guard)
        layout = QVBoxLayout(self)
        layout.addLayout(self.form)
        layout.addWidget(self._buttons)

    def suggest(self, target: Path) -> None:
        """Offer another place."""
        self._target.setText(str(target))

    def offer_tables(self, has_tables: bool) -> None:
        """Let options of tables be chosen, or not."""
        for widget in (self._separator, self._mark, self._guard):
            widget.setEnabled(has_tables)

    def target(self) -> Path:
        """Return the place; UserError if it is in the folder of somebody who is not known."""
        typed = self._target.text().strip()
        try:
            return Path(typed).expanduser()
        except RuntimeError as error:
            raise UserError(
                f"There is no folder for {Path(typed).parts[0]}. Choose another place."
            ) from error

    def table_options(self) -> dict[str, Any]:
        """Return what was chosen of `ExportOptions`."""
        return {
            "byte_order_mark": self._mark.isChecked(),
            "separator": self._separator.currentData(),
            "guard": self._guard.isChecked(),
        }

    def accept(self) -> None:
        """Close with a yes, once the place is one and what is there may be replaced."""
        try:
            target = self.target()
            taken = target.is_file() or (target.is_dir() and any(target.iterdir()))
        except (UserError, OSError) as error:
            QMessageBox.warning(self, "Export", str(error))
            return
        if taken:
            question = f"{target.name} is there already. Replace it?"
            if QMessageBox.question(self, "Export", question) != QMessageBox.StandardButton.Yes:
                return
        super().accept()

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
