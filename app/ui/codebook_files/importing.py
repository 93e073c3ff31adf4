"""A codebook on its way in: which file, in which format, and what it would change before it does."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from app.exchange.codebook_files import CODEBOOK_FORMATS
from app.project.codebook_files import StagedCodebook
from app.ui.codebook_files.dialog import CodebookFileDialog

_TITLE = "Import a codebook"
_HINT = "What a file would change is shown here before anything enters."


class CodebookSource(NamedTuple):
    """A file to be read, and the format to read it in."""

    path: Path
    format_name: str


class ImportCodebookDialog(CodebookFileDialog):
    """Asks for a file and shows what it would change; accepting it lets that in."""

    reading_requested = Signal(object)
    """A `CodebookSource`: it is to be read, and shown with `show_staged` or `show_refusal`."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        formats = [each for each in CODEBOOK_FORMATS if each.can_read]
        super().__init__(formats, _TITLE, "F&rom", "Import", parent)
        self.resize(660, 520)
        self.staged: StagedCodebook | None = None
        self._folder = folder
        self.report.setPlaceholderText(_HINT)
        self.place.setReadOnly(True)
        self.place.setPlaceholderText("No file chosen yet")
        self.about.setText("Any of these; the ending of the file says which.")
        self.choose.clicked.connect(self._on_choose_clicked)
        self._show("", ())
        self.choose.setFocus()

    def take(self, path: Path) -> None:
        """Take this file; the format is that of its ending, or else the one that is marked."""
        self._path = path
        self.place.setText(str(path))
        self.formats_list.blockSignals(True)
        if self.formats_list.currentRow() < 0:
            self.formats_list.setCurrentRow(0)
        self.show_format(path)
        self.formats_list.blockSignals(False)
        self._on_row_changed(self.formats_list.currentRow())

    def source(self) -> CodebookSource:
        """The file and the format that are chosen now; there must be a file."""
        return CodebookSource(self._path, self.chosen().name)

    def show_staged(self, staged: StagedCodebook) -> None:
        """Show what a file that was read would change."""
        notes = [f"On reading: {note}." for note in staged.notes]
        self._show(staged.summary, (*staged.changes, *notes))
        self.staged = staged if staged.command is not None else None
        self.go.setEnabled(self.staged is not None)
        if self.staged is not None:
            self.go.setFocus()

    def show_refusal(self, sentence: str) -> None:
        """Show why a file cannot be read."""
        self._show(sentence, ())

    def _show(self, summary: str, lines: tuple[str, ...]) -> None:
        self.staged = None
        self.go.setEnabled(False)
        self.summary.setText(summary)
        self.summary.setVisible(bool(summary))
        self.report.setPlainText("\n".join(lines))

    @Slot(int)
    def _on_row_changed(self, row: int) -> None:
        super()._on_row_changed(row)
        if self.place.text():
            self._show("", ())
            self.reading_requested.emit(self.source())

    @Slot()
    def _on_choose_clicked(self) -> None:
        endings = " ".join(f"*{ending}" for each in self.formats for ending in each.extensions)
        path, _kind = QFileDialog.getOpenFileName(
            self, _TITLE, str(self._folder), f"Codebooks ({endings});;All files (*)"
        )
        if path:
            self.take(Path(path))
