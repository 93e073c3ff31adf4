"""Export: format, place and the few options that matter."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from app.exchange.formats import ExportOptions
from app.exchange.registry import PROJECT_FORMATS
from app.ui.destination import DestinationDialog


class ExportWish(NamedTuple):
    """What is to be exported, and where to."""

    format_name: str
    target: Path
    options: ExportOptions


class ExportDialog(DestinationDialog):
    """Asks for a format and a place; `suggested` is the path without ending that is offered first."""

    def __init__(self, suggested: Path, parent: QWidget | None = None) -> None:
        super().__init__("Export", suggested, parent)
        self._suggested = suggested
        self._format = QComboBox()
        self._format.setObjectName("export-format")
        for each in PROJECT_FORMATS:
            self._format.addItem(each.title, each.name)
        self._words = QLabel()
        self._words.setWordWrap(True)
        self.form.addRow("&Format", self._format)
        self.form.addRow("", self._words)
        self.lay_out()
        self._format.currentIndexChanged.connect(self._on_format_changed)
        self._on_format_changed(0)

    def wish(self) -> ExportWish:
        """Return what was chosen; UserError if the place is in the folder of somebody who is not known."""
        options = ExportOptions(**self.table_options())
        return ExportWish(self._format.currentData(), self.target(), options)

    @Slot(int)
    def _on_format_changed(self, number: int) -> None:
        chosen = PROJECT_FORMATS[number]
        self._words.setText(chosen.about)
        self.offer_tables(chosen.has_tables)
        self.suggest(self._suggested.with_name(self._suggested.name + chosen.extension))
