"""The import centre: files are dropped or chosen, looked at, decided on, and enter in one step."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.exchange.formats import ReadOptions
from app.exchange.registry import ARTICLE_FORMATS, coded_format_of
from app.project.import_report import sentences, summary
from app.project.importing import FileRead, Staged
from app.project.project import Project
from app.ui.bridge import Bridge
from app.ui.buttons import Button
from app.ui.importing.alike import AlikePage
from app.ui.importing.columns import ColumnsPage
from app.ui.importing.drop import dropped
from app.ui.importing.files import FileDelegate, FilesModel
from app.ui.importing.intake import Intake
from app.ui.importing.options import OptionsBar
from app.ui.importing.preview import Face, PreviewPage
from app.ui.importing.report import ReportPage
from app.ui.room import room_for
from app.ui.rows import RowsView
from app.ui.theme import Theme

_SIZE = (1120, 640)
_FILES = 200
"""Pixels below which the names of files could not be told apart."""
_LINES = 200
_TIP_LINES = 20
_EMPTY = (
    "Drop files or folders here, or choose them below.\n\n"
    "Text · CSV and TSV tables · JSON Lines · Excel · Word, also with many articles from a news database · "
    "PDF with text · saved web pages\n\nNothing enters the project before you have seen it."
)


class ImportCentre(QDialog):
    """Shows what an import would bring and lets it in."""

    coded_chosen = Signal(object)
    """The path of a folder that holds the work of coders too, which is another import."""

    def __init__(
        self, bridge: Bridge, project: Project, theme: Theme, face: Face, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.intake = Intake(bridge, project, self)
        self._folder = project.path.parent
        self._model = FilesModel(self.intake)
        self._delegate = FileDelegate(theme)
        self.files = RowsView("import-files", "Files to import", self._model, self._delegate)
        self.options = OptionsBar()
        self.preview = PreviewPage(theme, face)
        self.columns = ColumnsPage()
        self.alike = AlikePage(self.intake, theme, face)
        self._noticed = QPlainTextEdit()
        self._tabs = QTabWidget()
        self._pages = QStackedWidget()
        self._total = QLabel()
        self._go = Button("import-go", "&Import", self.intake.enter)
        self._close = Button("import-close", "Cancel", self.reject)
        self._add_files = Button("add-files", "Add &files…", self.ask_files)
        self._add_folder = Button("add-folder", "Add f&older…", self.ask_folder)
        self._remove = Button("remove-file", "Remo&ve", self._on_remove_clicked)
        self._lay_out()
        self._connect()
        self._on_changed()
        self._add_files.setFocus(Qt.FocusReason.OtherFocusReason)

    def add(self, paths: Sequence[Path]) -> None:
        """Read files and folders and show what they give; a lone folder with the work of coders is handed on."""
        coded = [path.name for path in paths if coded_format_of(path) is not None]
        if coded and len(paths) == 1 and not self.intake.reads:
            self.coded_chosen.emit(paths[0])
            return
        if paths:
            self.intake.add(paths)
        if coded:
            self._refuse(
                f"Only the articles of “{coded[0]}” come in here. For the work of its coders, "
                "choose File > Import work of coders."
            )

    @Slot()
    def ask_files(self) -> None:
        """Ask for files and read them."""
        kinds = [
            f"{each.title} ({' '.join(f'*{ending}' for ending in each.extensions)})"
            for each in ARTICLE_FORMATS
        ]
        every = " ".join(f"*{ending}" for each in ARTICLE_FORMATS for ending in each.extensions)
        wanted = ";;".join((f"Articles ({every})", *kinds, "All files (*)"))
        chosen, _kind = QFileDialog.getOpenFileNames(self, "Add files", str(self._folder), wanted)
        self.add([Path(each) for each in chosen])

    @Slot()
    def ask_folder(self) -> None:
        """Ask for a folder and read everything in it that is known."""
        chosen = QFileDialog.getExistingDirectory(self, "Add a folder", str(self._folder))
        self.add([Path(chosen)] if chosen else [])

    def done(self, result: int) -> None:
        """Let what goes on in the background end before the window does."""
        self.intake.wait()
        self.alike.wait()
        super().done(result)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take whatever comes, so that it can be answered."""
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read what was dropped, or say why not."""
        event.acceptProposedAction()
        paths, sentence = dropped(event.mimeData())
        if sentence:
            self._refuse(sentence)
        elif self._pages.currentIndex() < 2:
            self.add(paths)

    def _lay_out(self) -> None:
        self.setWindowTitle("Import articles")
        self.resize(room_for(*_SIZE))
        self.setAcceptDrops(True)
        self._fill_pages()
        self._total.setObjectName("import-summary")
        self._total.setWordWrap(True)
        self._go.setDefault(True)
        below = QHBoxLayout()
        below.setSpacing(8)
        for button in (self._add_files, self._add_folder, self._remove):
            below.addWidget(button)
        below.addSpacing(16)
        below.addWidget(self._total, 1)
        below.addWidget(self._close)
        below.addWidget(self._go)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addWidget(self._pages, 1)
        layout.addLayout(below)

    def _fill_pages(self) -> None:
        """Make the page that leads while nothing is on the table, and the one with the files."""
        empty = QLabel(_EMPTY)
        empty.setObjectName("empty")
        empty.setWordWrap(True)
        empty.setMargin(48)
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._noticed.setObjectName("import-noticed")
        self._noticed.setAccessibleName("What was noticed in this file")
        self._noticed.setReadOnly(True)
        self._noticed.setAcceptDrops(False)
        self._noticed.setTabChangesFocus(True)
        self._tabs.setObjectName("import-tabs")
        self._tabs.setAccessibleName("About the chosen file")
        self._tabs.setDocumentMode(True)
        self._tabs.tabBar().setDrawBase(False)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(8, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.options)
        column.addWidget(self._tabs, 1)
        # Before it is shown a splitter shares out by what its parts ask for at the least.
        self.files.setMinimumWidth(_FILES)
        both = QSplitter(Qt.Orientation.Horizontal)
        both.addWidget(self.files)
        both.addWidget(side)
        both.setChildrenCollapsible(False)
        both.setStretchFactor(1, 1)
        both.setSizes([270, 850])
        for page in (empty, both):
            self._pages.addWidget(page)

    def _connect(self) -> None:
        self.intake.changed.connect(self._on_changed)
        self.intake.compared.connect(self._on_compared)
        self.intake.entered.connect(self._on_entered)
        self.intake.refused.connect(self._refuse)
        self.files.selectionModel().currentRowChanged.connect(self._on_file_changed)
        self.options.chosen.connect(self._on_options_chosen)
        self.columns.mapped.connect(self._on_mapped)

    def _row(self) -> int:
        return self.files.currentIndex().row()

    @Slot()
    def _on_changed(self) -> None:
        """Show the files anew; the chosen one stays chosen."""
        row, count = max(0, self._row()), len(self.intake.reads)
        self._model.renew()
        self._pages.setCurrentIndex(1 if count else 0)
        self._remove.setVisible(count > 0)
        self.files.show_row(min(row, count - 1))
        self._show_file()
        self._on_compared()

    @Slot(QModelIndex, QModelIndex)
    def _on_file_changed(self, _current: QModelIndex, _before: QModelIndex) -> None:
        self._show_file()

    def _show_file(self) -> None:
        row = self._row()
        if not 0 <= row < len(self.intake.reads):
            return
        read, report = self.intake.reads[row], self.intake.report_of(row)
        alike = [each for each in self.intake.reads if each.format == read.format]
        self.options.show_file(read, others=len(alike) > 1)
        new = frozenset(id(draft) for draft in self.intake.staged.drafts)
        self.preview.show_drafts(self.intake.drafts_of(row), new)
        table = read.reading.table if read.reading else read.table
        if table is not None:
            self.columns.show_table(table)
        self._noticed.setPlainText("\n".join(sentences(report, _LINES)))
        problems = len(report.problems) + bool(report.error)
        noticed = f"Noti&ced ({problems:,})" if problems else "Noti&ced"
        self._show_tabs(
            (self.preview, "&Articles", bool(self.intake.drafts_of(row))),
            (self.columns, "&Columns", table is not None and bool(table.columns)),
            (self._noticed, noticed, True),
            (self.alike, self._alike_head(), True),
        )
        if read.reading is None and table is not None and table.columns:
            self._tabs.setCurrentWidget(self.columns)

    def _show_tabs(self, *wanted: tuple[QWidget, str, bool]) -> None:
        """Show the tabs that make sense; the one that was open stays open if it does."""
        pages = [page for page, _text, shown in wanted if shown]
        if pages != [self._tabs.widget(at) for at in range(self._tabs.count())]:
            current = self._tabs.currentWidget()
            while self._tabs.count():
                self._tabs.removeTab(0)
            for page, text, shown in wanted:
                if shown:
                    self._tabs.addTab(page, text)
            if current in pages:
                self._tabs.setCurrentWidget(current)
        for page, text, _shown in wanted:
            if page in pages:
                self._tabs.setTabText(self._tabs.indexOf(page), text)

    def _alike_head(self) -> str:
        pairs = len(self.intake.pairs)
        if self.intake.comparing:
            return "Much ali&ke (…)"
        return f"Much ali&ke ({pairs:,})" if pairs else "Much ali&ke"

    @Slot()
    def _on_compared(self) -> None:
        """Say what would enter, and offer it once everything is known."""
        intake = self.intake
        if (at := self._tabs.indexOf(self.alike)) >= 0:
            self._tabs.setTabText(at, self._alike_head())
        count = intake.count
        self._go.setText(f"&Import {count:,} article{'' if count == 1 else 's'}" if count else "&Import")
        self._go.setEnabled(count > 0 and not intake.comparing)
        words = summary(intake.staged.reports) if intake.reads else ""
        folders = intake.staged.reports[len(intake.reads) :]
        self._total.setToolTip("\n".join(line for each in folders for line in sentences(each, _TIP_LINES)))
        if intake.comparing:
            words += " Comparing them…"
        elif intake.pairs:
            words += f" {len(intake.pairs):,} much like another, {len(intake.left_out):,} of these left out."
        self._total.setText(words)

    @Slot(object)
    def _on_options_chosen(self, options: ReadOptions) -> None:
        reads, row = self.intake.reads, self._row()
        wishes = {row: options}
        if self.options.alike.isVisibleTo(self.options) and self.options.alike.isChecked():
            for number in self._others(reads, row):
                wishes[number] = options.model_copy(update={"columns": reads[number].options.columns})
        self.intake.read_again(wishes)

    @Slot(object)
    def _on_mapped(self, columns: dict[str, str]) -> None:
        reads, row = self.intake.reads, self._row()
        wishes = {row: reads[row].options.model_copy(update={"columns": columns})}
        if self.options.alike.isVisibleTo(self.options) and self.options.alike.isChecked():
            for number in self._others(reads, row):
                if _columns(reads[number]) == _columns(reads[row]):
                    wishes[number] = reads[number].options.model_copy(update={"columns": columns})
        self.intake.read_again(wishes)

    @staticmethod
    def _others(reads: Sequence[FileRead], row: int) -> list[int]:
        return [at for at, read in enumerate(reads) if at != row and read.format == reads[row].format]

    @Slot()
    def _on_remove_clicked(self) -> None:
        if 0 <= self._row() < len(self.intake.reads):
            self.intake.remove(self._row())

    @Slot(object)
    def _on_entered(self, staged: Staged) -> None:
        """Show the report; it is all that is left to do here."""
        page = ReportPage(self.intake.path)
        page.refused.connect(self._refuse)
        page.show_reports(staged.reports)
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        for widget in (self._add_files, self._add_folder, self._remove, self._go):
            widget.hide()
        self._total.clear()
        self._close.setText("&Close")
        self._close.setDefault(True)
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _refuse(self, sentence: str) -> None:
        QMessageBox.warning(self, "Rubricator", sentence)


def _columns(read: FileRead) -> tuple[str, ...]:
    table = read.reading.table if read.reading else read.table
    return table.columns if table else ()
