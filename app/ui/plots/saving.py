"""Asks where a plot is to be saved, as what, and how wide."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
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
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.domain.errors import UserError
from app.system.settings import PLOT_WIDTH
from app.ui.plots.files import ENDINGS

_TITLE = "Save plot"
_KINDS = {
    "pdf": "PDF: lines and letters, for journals and LaTeX",
    "svg": "SVG: lines and letters, for Word and for further drawing",
    "png": "PNG: a picture with 300 dots an inch",
}


class PlotWish(NamedTuple):
    """Where a plot is to be saved, with its ending, and how many millimetres wide."""

    path: Path
    width: int


class SavePlotDialog(QDialog):
    """Asks for a kind of file, a width and a place; `suggested` is the path without ending that is offered first."""

    def __init__(self, suggested: Path, ending: str, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_TITLE)
        self.setMinimumWidth(560)
        self._kind = QComboBox()
        self._kind.setObjectName("plot-kind")
        for each in ENDINGS:
            self._kind.addItem(_KINDS[each], each)
        self._kind.setCurrentIndex(ENDINGS.index(ending))
        self._width = QSpinBox()
        self._width.setObjectName("plot-width")
        self._width.setRange(round(PLOT_WIDTH.lowest or 0), round(PLOT_WIDTH.highest or 0))
        self._width.setSuffix(" mm")
        self._width.setValue(width)
        self._place = QLineEdit(str(suggested.with_name(f"{suggested.name}.{ending}")))
        self._place.setObjectName("plot-place")
        self._choose = QPushButton("C&hoose…")
        self._choose.setAutoDefault(False)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._go = self._buttons.addButton("Save", QDialogButtonBox.ButtonRole.AcceptRole)
        self._go.setDefault(True)
        self._lay_out()
        self._kind.currentIndexChanged.connect(self._on_kind_changed)
        self._place.textEdited.connect(self._on_place_edited)
        self._place.textChanged.connect(self._on_place_changed)
        self._choose.clicked.connect(self._on_choose_clicked)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        to = QLabel("&To")
        to.setBuddy(self._place)
        place = QHBoxLayout()
        place.addWidget(self._place, 1)
        place.addWidget(self._choose)
        usual = QLabel("A column of a journal is 80 to 90 mm wide, a page 170 mm.")
        usual.setObjectName("said")
        usual.setWordWrap(True)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.addRow("&Kind", self._kind)
        form.addRow("&Width", self._width)
        form.addRow("", usual)
        form.addRow(to, place)
        layout = QVBoxLayout(self)
        layout.setSpacing(16)
        layout.addLayout(form)
        layout.addWidget(self._buttons)

    def wish(self) -> PlotWish:
        """Return what was chosen, with the ending of its kind; UserError if no such folder can be."""
        typed = Path(self._place.text().strip())
        try:
            path = typed.expanduser()
        except RuntimeError as error:
            raise UserError(f"There is no folder for {typed.parts[0]}. Choose another place.") from error
        return PlotWish(_ending_with(path, self._kind.currentData()), self._width.value())

    def accept(self) -> None:
        """Close with a yes, once the place is one and what is there may be replaced."""
        try:
            path = self.wish().path
            taken = path.exists()
        except (UserError, OSError, ValueError) as error:
            QMessageBox.warning(self, _TITLE, str(error))
            return
        if taken:
            question = f"{path.name} is there already. Replace it?"
            if QMessageBox.question(self, _TITLE, question) != QMessageBox.StandardButton.Yes:
                return
        super().accept()

    @Slot(int)
    def _on_kind_changed(self, number: int) -> None:
        place = Path(self._place.text().strip())
        if place.name:
            self._place.setText(str(_ending_with(place, ENDINGS[number])))

    @Slot(str)
    def _on_place_edited(self, text: str) -> None:
        ending = Path(text.strip()).suffix.lower().removeprefix(".")
        if ending in ENDINGS and ending != self._kind.currentData():
            self._kind.blockSignals(True)
            self._kind.setCurrentIndex(ENDINGS.index(ending))
            self._kind.blockSignals(False)

    @Slot(str)
    def _on_place_changed(self, text: str) -> None:
        self._go.setEnabled(bool(Path(text.strip()).name))

    @Slot()
    def _on_choose_clicked(self) -> None:
        kinds = [f"{name.split(':')[0]} (*.{ending})" for ending, name in _KINDS.items()]
        path, _kind = QFileDialog.getSaveFileName(
            self,
            _TITLE,
            self._place.text(),
            ";;".join((kinds[self._kind.currentIndex()], *kinds)),
            # It is asked once, when all is chosen, for a name that was typed just as for one that was picked.
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if path:
            self._place.setText(path)
            self._on_place_edited(path)


def _ending_with(path: Path, ending: str) -> Path:
    """Return a path with an ending in place of that of another kind; other dots belong to the name."""
    known = path.suffix.lower().removeprefix(".") in ENDINGS
    return path.with_name(f"{path.stem if known else path.name}.{ending}")
