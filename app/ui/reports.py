"""Reports that are saved: as lines of text, or as a table."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog

from app.domain.errors import UserError
from app.ui.buttons import Button


class SaveReport(Button):
    """Asks where a report is to lie, and has it written there."""

    saved = Signal(object)
    """The path under which the report lies now."""
    refused = Signal(str)
    """A sentence: the report cannot be saved."""

    def __init__(self, name: str, suggested: Path, write: Callable[[Path], None]) -> None:
        """`write` is given a path whose ending says which of the two is wanted; it may raise UserError."""
        super().__init__(name, "&Save the report…", self._ask)
        self._suggested, self._write = suggested, write

    @Slot()
    def _ask(self) -> None:
        chosen, kind = QFileDialog.getSaveFileName(
            self, "Save the report", str(self._suggested), "Text (*.txt);;Table (*.csv)"
        )
        if not chosen:
            return
        target = Path(chosen)
        if not target.suffix:
            target = target.with_suffix(".csv" if "csv" in kind else ".txt")
        try:
            self._write(target)
        except UserError as error:
            self.refused.emit(str(error))
        else:
            self.saved.emit(target)
