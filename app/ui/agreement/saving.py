"""What can be taken away from the page: a report for people, and tables for other programs."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFileDialog, QListWidget, QListWidgetItem, QMessageBox, QWidget

from app.domain.comparing import Agreement, Corpus
from app.domain.progress import Progress
from app.exchange.agreement_layouts import LAYOUTS, AgreementOptions
from app.ui.buttons import Button
from app.ui.destination import DestinationDialog
from app.ui.tasks import TaskRunner

_KINDS = {"Word (*.docx)": ".docx", "Web page (*.html)": ".html", "Markdown (*.md)": ".md"}
_NOT_YET = "Not everything is worked out yet. Save it when the intervals are there."


class Reckoned(NamedTuple):
    """What there is to be saved, and the project that it is of."""

    project: Path
    corpus: Corpus
    agreement: Agreement


class LayoutsDialog(DestinationDialog):
    """Asks which layouts are to be written, and where."""

    def __init__(self, suggested: Path, parent: QWidget | None = None) -> None:
        super().__init__("Export agreement", suggested, parent)
        self.setMinimumWidth(620)
        self._layouts = QListWidget()
        self._layouts.setObjectName("layouts")
        self._layouts.setAccessibleName("Tables to write, and what reads them")
        for each in LAYOUTS:
            item = QListWidgetItem(f"{each.title}: {each.read_by}", self._layouts)
            item.setData(Qt.ItemDataRole.UserRole, each.name)
            item.setCheckState(Qt.CheckState.Checked)
        self._letters = QCheckBox("&Letters in the place of coders’ names")
        self.form.addRow("&Tables", self._layouts)
        self.form.addRow("", self._letters)
        self.lay_out()

    def options(self) -> AgreementOptions:
        """Return what was chosen; no tick means all."""
        items = [self._layouts.item(at) for at in range(self._layouts.count())]
        ticked = [each for each in items if each.checkState() is Qt.CheckState.Checked]
        layouts = frozenset(str(each.data(Qt.ItemDataRole.UserRole)) for each in ticked)
        return AgreementOptions(**self.table_options(), layouts=layouts, anonymous=self._letters.isChecked())


class Saving(QObject):
    """The two buttons at the foot of the page; `reckoned` gives what is to be saved, None while it is not all there."""

    told = Signal(str)
    """A sentence on what was done, or why nothing was."""

    def __init__(self, parent: QWidget, tasks: TaskRunner, reckoned: Callable[[], Reckoned | None]) -> None:
        super().__init__(parent)
        self._window, self._tasks, self._reckoned = parent, tasks, reckoned
        self.buttons = (
            Button(
                "agreement-report", "&Report…", self.save_report, "Method, tables and sources, for a paper"
            ),
            Button(
                "agreement-export", "E&xport…", self.export, "Tables for R, Python, SPSS, ReCal and others"
            ),
        )

    @Slot()
    def save_report(self) -> None:
        """Ask where the report is to lie, and write it there."""
        held = self._held()
        if held is None:
            return
        suggested = held.project.with_name(f"{held.project.stem} agreement.docx")
        chosen, kind = QFileDialog.getSaveFileName(
            self._window, "Save the report", str(suggested), ";;".join(_KINDS)
        )
        if not chosen:
            return
        target = Path(chosen)
        if not target.suffix:
            target = target.with_suffix(_KINDS.get(kind, ".docx"))
            # The dialog asked about the name without an ending, which is another file.
            if target.exists() and not self._may_replace(target):
                return

        def write(_progress: Progress) -> None:
            # Loaded when a report is written: nothing else needs it.
            from app.project.agreement_report import write_report

            write_report(held.corpus, held.agreement, target)

        self._run("Writing the report…", write, target)

    @Slot()
    def export(self) -> None:
        """Ask for layouts and a place, and write a folder."""
        held = self._held()
        if held is None:
            return
        dialog = LayoutsDialog(held.project.with_name(f"{held.project.stem} agreement"), self._window)
        if not dialog.exec():
            return
        target, options = dialog.target(), dialog.options()

        def write(progress: Progress) -> None:
            # Loaded when tables are written: nothing else needs all layouts.
            from app.project.agreement_exports import article_texts, export_agreement

            with article_texts(held.project) as texts:
                export_agreement(held.corpus, held.agreement, texts, target, options, progress)

        self._run("Exporting…", write, target)

    def _may_replace(self, target: Path) -> bool:
        question = f"{target.name} is there already. Replace it?"
        answer = QMessageBox.question(self._window, "Save the report", question)
        return answer == QMessageBox.StandardButton.Yes

    def _held(self) -> Reckoned | None:
        held = self._reckoned()
        if held is None:
            self.told.emit(_NOT_YET)
        return held

    def _run(self, title: str, write: Callable[[Progress], None], target: Path) -> None:
        if not self._tasks.run(title, write, settle=lambda _result: self.told.emit(f"Saved as {target}")):
            self.told.emit("Something else is still being done. Wait for it, or cancel it.")
