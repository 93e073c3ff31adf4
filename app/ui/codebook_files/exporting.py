"""The codebook on its way out: where to, in which format, and what that has no room for."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.domain.codebook import Codebook
from app.domain.errors import UserError
from app.exchange.codebook_files import CODEBOOK_FORMATS
from app.ui.codebook_files.dialog import CodebookFileDialog

_TITLE = "Export the codebook"


class CodebookWish(NamedTuple):
    """Where the codebook is to be written, and in which format."""

    target: Path
    format_name: str


class ExportCodebookDialog(CodebookFileDialog):
    """Asks for a format and a place; `suggested` is the path without ending that is offered first."""

    def __init__(self, codebook: Codebook, suggested: Path, parent: QWidget | None = None) -> None:
        formats = [each for each in CODEBOOK_FORMATS if each.can_write]
        super().__init__(formats, _TITLE, "&To", "Export", parent)
        self._codebook = codebook
        self.report.hide()
        self.place.setText(str(suggested.with_name(suggested.name + formats[0].extensions[0])))
        self.choose.clicked.connect(self._on_choose_clicked)
        self.place.textEdited.connect(self._on_place_edited)
        self.place.textChanged.connect(self._on_place_changed)
        self.formats_list.setCurrentRow(0)
        self.formats_list.setFocus()

    def wish(self) -> CodebookWish:
        """Return what was chosen, with the ending of the format; UserError if no such folder can be."""
        typed, chosen = self.place.text().strip(), self.chosen()
        try:
            target = Path(typed).expanduser()
        except RuntimeError as error:
            raise UserError(
                f"There is no folder for {Path(typed).parts[0]}. Choose another place."
            ) from error
        if target.suffix.lower() not in chosen.extensions:
            target = target.with_name(target.name + chosen.extensions[0])
        return CodebookWish(target, chosen.name)

    def accept(self) -> None:
        """Close with a yes, once the place is one and what is there may be replaced."""
        try:
            target = self.wish().target
            taken = target.exists()
        except (UserError, OSError, ValueError) as error:
            QMessageBox.warning(self, _TITLE, str(error))
            return
        question = f"{target.name} is there already. Replace it?"
        if taken and QMessageBox.question(self, _TITLE, question) != QMessageBox.StandardButton.Yes:
            return
        super().accept()

    @Slot(int)
    def _on_row_changed(self, row: int) -> None:
        super()._on_row_changed(row)
        chosen = self.chosen()
        lost = chosen.losses(self._codebook)
        self.summary.setText(" ".join(lost) or "Nothing is left out.")
        place = Path(self.place.text())
        if place.name and place.suffix.lower() not in chosen.extensions:
            known = {ending for each in self.formats for ending in each.extensions}
            stem = place.with_suffix("") if place.suffix.lower() in known else place
            self.place.setText(str(stem.with_name(stem.name + chosen.extensions[0])))

    @Slot(str)
    def _on_place_edited(self, text: str) -> None:
        self.show_format(Path(text))

    @Slot(str)
    def _on_place_changed(self, text: str) -> None:
        self.go.setEnabled(bool(Path(text.strip()).name))

    @Slot()
    def _on_choose_clicked(self) -> None:
        kinds = [
            f"{each.title} ({' '.join('*' + ending for ending in each.extensions)})" for each in self.formats
        ]
        path, _kind = QFileDialog.getSaveFileName(
            self,
            _TITLE,
            self.place.text(),
            ";;".join((kinds[self.formats_list.currentRow()], *kinds)),
            # It is asked once, when all is chosen, for a name that was typed just as for one that was picked.
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if path:
            self.place.setText(path)
            self.show_format(Path(path))
