"""Articles with the work of coders from another program: who is who, what would enter, and the step of it."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.changes import Changes
from app.domain.times import now
from app.exchange.coded import CodedOptions, Layout
from app.exchange.formats import CodedFormat
from app.project.coded_report import write_coded_report
from app.project.project import Project
from app.project.staging_coded import CodedWishes, StagedCoded, stage_coded
from app.ui.bridge import Bridge
from app.ui.buttons import Button
from app.ui.reports import SaveReport
from app.ui.room import room_for
from app.ui.tasks import TaskRunner

_SIZE = (820, 620)
_LINES = 500
_LAYOUTS: tuple[tuple[str, Layout], ...] = (
    ("As the names show", ""),
    ("A folder for each coder", "folders"),
    ("The coder at the end of each file name", "suffix"),
    ("One coder, named after the folder", "one"),
)
_NOT_READ = "Nothing was read yet. Change a choice above to read it again."


class CodedDialog(QDialog):
    """Shows what a source of coded articles would bring, and imports it as one step."""

    articles_wanted = Signal(object)
    """The path of the source, of which the articles alone are wanted."""

    def __init__(
        self, bridge: Bridge, project: Project, path: Path, reader: CodedFormat, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge, self._project, self._path, self._reader = bridge, project, path, reader
        self._there = [(each.name, each.id) for each in project.coders()]
        self._staged: StagedCoded | None = None
        self._asked: CodedWishes | None = None
        self._entered = False
        self._moment = now()
        self._tasks = TaskRunner(self)
        self._tasks.refused.connect(self._on_refused)
        self._head = QLabel()
        self._choices = QWidget()
        self._layout_box = QComboBox()
        self._done = QCheckBox("Every coder is &done with every article there is a file for")
        self._coders = QTableWidget(0, 2)
        self._report = QPlainTextEdit(_NOT_READ)
        suggested = project.path.with_name(f"{project.path.stem} import.txt")
        self._save = SaveReport("save-coded-report", suggested, self._write)
        self._save.refused.connect(bridge.refused)
        self._apart = Button("articles-only", "A&rticles only…", self._on_articles_clicked)
        self._close = Button("coded-close", "Cancel", self.reject)
        self._go = Button("coded-go", "&Import", self._on_go_clicked)
        self._lay_out()
        self._layout_box.currentIndexChanged.connect(self._on_chosen)
        self._done.toggled.connect(self._on_chosen)

    @Slot()
    def read(self) -> None:
        """Read the source as is chosen, and show what would enter."""
        asked = self._asked = self._wishes()
        # What was told before is not what would enter now, also if somebody stops the reading.
        self._staged = None
        self._report.setPlainText(_NOT_READ)
        self._save.setEnabled(False)
        self._go.setEnabled(False)
        project, path, reader = self._project, self._path, self._reader
        self._tasks.run(
            "Reading…",
            lambda progress: stage_coded(project, path, reader, asked, progress),
            self._show_staged,
        )

    def done(self, result: int) -> None:
        """Let what goes on come to its end before the window does."""
        self._tasks.wait()
        super().done(result)

    def _lay_out(self) -> None:
        self.setWindowTitle("Import the work of coders")
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.resize(room_for(*_SIZE))
        self._head.setText(
            f"“{self._path.name}” · {self._reader.title}. Nothing enters before you have seen it."
        )
        self._head.setWordWrap(True)
        self._head.setObjectName("coded-summary")
        self._fill_choices()
        self._report.setObjectName("coded-report")
        self._report.setAccessibleName("What would enter")
        self._report.setReadOnly(True)
        self._report.setTabChangesFocus(True)
        self._save.setEnabled(False)
        self._go.setDefault(True)
        self._go.setEnabled(False)
        below = QHBoxLayout()
        below.setSpacing(8)
        for button in (self._save, self._apart):
            below.addWidget(button)
        below.addStretch(1)
        below.addWidget(self._close)
        below.addWidget(self._go)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addWidget(self._head)
        layout.addWidget(self._choices, 1)
        layout.addWidget(self._report, 1)
        layout.addLayout(below)

    def _fill_choices(self) -> None:
        for words, layout in _LAYOUTS:
            self._layout_box.addItem(words, layout)
        self._layout_box.setObjectName("coded-layout")
        self._layout_box.setAccessibleName("How the files tell their coders")
        self._done.setObjectName("coded-done")
        self._coders.setObjectName("coded-coders")
        self._coders.setAccessibleName("Who the coders are")
        self._coders.setHorizontalHeaderLabels(("Coder in the files", "In this project"))
        self._coders.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self._coders.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self._coders.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._coders.setTabKeyNavigation(False)
        self._coders.verticalHeader().hide()
        self._coders.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        label = QLabel("Files te&ll their coders by:")
        label.setBuddy(self._layout_box)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(self._layout_box, 1)
        column = QVBoxLayout(self._choices)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self._done)
        column.addWidget(self._coders, 1)

    def _wishes(self) -> CodedWishes:
        layout: Layout = self._layout_box.currentData()
        return CodedWishes(
            coders={name: box.currentData() for name, box in self._boxes() if box.currentData()},
            options=CodedOptions(layout=layout, done=self._done.isChecked()),
        )

    def _boxes(self) -> list[tuple[str, QComboBox]]:
        found: list[tuple[str, QComboBox]] = []
        for row in range(self._coders.rowCount()):
            box, item = self._coders.cellWidget(row, 1), self._coders.item(row, 0)
            if isinstance(box, QComboBox) and item is not None:
                found.append((item.text(), box))
        return found

    @Slot()
    def _on_chosen(self) -> None:
        """Read anew; another layout has other coders."""
        if self.sender() is self._layout_box:
            self._coders.setRowCount(0)
        if not self._tasks.busy:
            self.read()

    @Slot(object)
    def _show_staged(self, staged: StagedCoded) -> None:
        if self._asked != self._wishes():
            # Somebody chose on while it was read.
            self.read()
            return
        self._staged = staged
        if list(staged.found) != [name for name, _box in self._boxes()]:
            self._show_coders(staged)
            self._asked = self._wishes()
        self._tell(staged)
        self._save.setEnabled(True)
        self._go.setEnabled(staged.command is not None)

    def _show_coders(self, staged: StagedCoded) -> None:
        """Show a row for each coder of the source; one that the project knows by id is that one already."""
        self._coders.setRowCount(len(staged.found))
        for row, (name, known) in enumerate(staged.found.items()):
            box = QComboBox()
            box.setAccessibleName(f"Who “{name}” is in this project")
            box.addItem("A new coder" if not known else "The same coder", "")
            for there, coder_id in self._there:
                namesakes = sum(each == there for each, _id in self._there)
                box.addItem(there if namesakes == 1 else f"{there} ({coder_id[-6:]})", coder_id)
            box.currentIndexChanged.connect(self._on_chosen)
            self._coders.setItem(row, 0, QTableWidgetItem(name))
            self._coders.setCellWidget(row, 1, box)

    def _tell(self, staged: StagedCoded) -> None:
        parts = (staged.problems, "Left out:"), (staged.notes, "To know:"), (staged.changes, "Codebook:")
        lines = [staged.summary]
        for sentences, head in parts:
            if sentences:
                lines += ["", head, *(f"  {each}" for each in sentences[:_LINES])]
            if len(sentences) > _LINES:
                lines.append(f"  and {len(sentences) - _LINES:,} more; the saved report has them all")
        self._report.setPlainText("\n".join(lines))

    @Slot(str)
    def _on_refused(self, sentence: str) -> None:
        if self._asked != self._wishes():
            self.read()
            return
        self._report.setPlainText(sentence)
        self._save.setEnabled(False)

    @Slot()
    def _on_go_clicked(self) -> None:
        if self._staged is None or self._staged.command is None:
            return
        project, command = self._project, self._staged.command
        self._tasks.run(
            "Importing…",
            lambda progress: project.apply(command, progress),
            self._show_entered,
            settle=self._bridge.tell,
        )

    @Slot(object)
    def _show_entered(self, _changes: Changes) -> None:
        """Leave the report to be read and saved."""
        self._entered = True
        self._head.setText("Imported, as one step: Edit > Undo takes it back.")
        for widget in (self._choices, self._apart, self._go):
            widget.hide()
        self._close.setText("&Close")
        self._close.setDefault(True)
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_articles_clicked(self) -> None:
        self.reject()
        self.articles_wanted.emit(self._path)

    def _write(self, target: Path) -> None:
        if self._staged is not None:
            verb = "Import into" if self._entered else "Would import into"
            write_coded_report(self._staged, target, head=f"{verb} {self._project.path.name}, {self._moment}")
