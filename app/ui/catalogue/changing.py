"""The foot of the window of all articles: how many are shown, and what can be done with them."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QMessageBox, QWidget

from app.domain.catalogue import ArticleRow, Listing
from app.domain.changes import Changes
from app.domain.counting import counted
from app.domain.ids import ArticleId
from app.domain.progress import Progress
from app.domain.sampling import Sample
from app.project.catalogue import csv_lines, write_table
from app.project.commands import Command
from app.project.commands_articles import RemoveArticles
from app.project.project import Project
from app.ui.bridge import Bridge
from app.ui.buttons import Button
from app.ui.catalogue.drawing import DrawDialog
from app.ui.catalogue.editor import ArticleEditor
from app.ui.catalogue.model import CatalogueModel
from app.ui.catalogue.ordering import OrderDialog
from app.ui.catalogue.samples import SamplesDialog
from app.ui.catalogue.table import TableView
from app.ui.tasks import TaskRunner

_AT_ONCE = 50
"""Articles that are changed without a thread of their own."""


class ChangingBar(QWidget):
    """Asks what is to change, and changes it: at once where that is quick, else with progress."""

    sample_wanted = Signal(object)
    """The `Sample` whose articles are to be shown."""

    def __init__(
        self, bridge: Bridge, project: Project, tasks: TaskRunner, table: TableView, model: CatalogueModel
    ) -> None:
        super().__init__()
        self._bridge, self._project, self._tasks = bridge, project, tasks
        self._table, self._model = table, model
        self._listing = Listing([], {}, (), {})
        self._drawn_from = ""
        self._count, self._told = QLabel(), QLabel()
        for label, name in ((self._count, "catalogue-count"), (self._told, "place")):
            label.setObjectName(name)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._edit = self._button("&Edit…", self.edit)
        self._remove = self._button("&Remove…", self.remove)
        self._order = self._button("&Order…", self.order)
        self._samples = self._button("&Samples…", self.show_samples)
        self._export = self._button("E&xport…", self.export)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self._count)
        row.addWidget(self._told, 1)
        for button in (self._edit, self._remove, self._order, self._samples, self._export):
            row.addWidget(button)
        table.chosen.connect(self.enable)
        bridge.refused.connect(self.tell)
        bridge.told.connect(self.tell)
        removing = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), table)
        removing.setContext(Qt.ShortcutContext.WidgetShortcut)
        removing.activated.connect(self.remove)
        editing = QShortcut(QKeySequence("F2"), table)
        editing.setContext(Qt.ShortcutContext.WidgetShortcut)
        editing.activated.connect(self.edit)
        self.enable()

    def follow(self, listing: Listing, drawn_from: str) -> None:
        """Count what is shown now; `drawn_from` says in words how it was narrowed, nothing if it was not."""
        self._listing, self._drawn_from = listing, drawn_from
        self.enable()

    @Slot(str)
    def tell(self, words: str) -> None:
        """Say what was done, or why not."""
        self._told.setText(words)
        self._told.setToolTip(words)

    @Slot()
    def enable(self) -> None:
        """Count what is selected, and enable what makes sense with it."""
        shown, every, chosen = len(self._listing.ids), len(self._listing.places), len(self._table.selected())
        whole = counted(every, "article")
        of = f"{shown:,} of {whole}" if shown < every else whole
        selected = f"{chosen:,} selected" if chosen > 1 else ""
        words = " · ".join(filter(None, (of, selected, self._listing.left_out())))
        self._count.setText(words)
        self._count.setToolTip(words)
        writing = not self._project.read_only
        for button in (self._edit, self._remove):
            button.setEnabled(writing and chosen > 0)
        self._order.setEnabled(writing and every > 1)
        self._samples.setEnabled(every > 0)
        self._export.setEnabled(shown > 0)

    @Slot()
    def edit(self) -> None:
        """Ask for metadata of the selected articles and write it."""
        ids, project = self._table.selected(), self._project
        if not ids or not self._edit.isEnabled():
            return
        if len(ids) <= _AT_ONCE:
            self._edit_rows(project.collection.rows(ids))
            return

        def read(_progress: Progress) -> list[ArticleRow]:
            return project.collection.rows(ids)

        self._tasks.run("Reading…", read, self._edit_rows)

    def _edit_rows(self, rows: list[ArticleRow]) -> None:
        if not rows:
            return
        dialog = ArticleEditor(rows, self.window())
        if dialog.exec():
            self._apply("Writing…", dialog.command(), len(rows))
        dialog.deleteLater()

    @Slot()
    def remove(self) -> None:
        """Take the selected articles out, after a question where anybody has coded them."""
        ids = self._table.selected()
        if not ids or not self._remove.isEnabled():
            return
        coded = self._project.collection.coded_in_words(ids)
        if coded and not self._agreed(coded):
            return
        self._apply("Removing…", RemoveArticles(ids=tuple(ids), even_if_coded=bool(coded)), len(ids))

    @Slot()
    def order(self) -> None:
        """Ask for the order of articles and put them in it."""
        dialog = OrderDialog(self._project.collection.ordering(), self.window())
        if dialog.exec():
            self._apply("Ordering…", dialog.command(), len(self._listing.places))
        dialog.deleteLater()

    @Slot()
    def show_samples(self) -> None:
        """List the samples, and draw, show, rename, export and remove them."""
        dialog = SamplesDialog(self._bridge, self.window())
        dialog.draw_requested.connect(self.draw)
        dialog.show_requested.connect(self.sample_wanted)
        dialog.export_requested.connect(self.export_sample)
        dialog.exec()
        dialog.deleteLater()

    @Slot()
    def draw(self) -> None:
        """Ask for a sample of what the table shows, and draw it."""
        narrowed = bool(self._drawn_from)
        dialog = DrawDialog(
            self._listing.ids if narrowed else None,
            len(self._listing.ids),
            self._drawn_from,
            tuple(self._listing.extras),
            self._project.collection.units_per_article(),
            self.window(),
        )
        if dialog.exec():
            self._apply("Drawing…", dialog.command(), len(self._listing.places))
        dialog.deleteLater()

    @Slot()
    def export(self) -> None:
        """Write the table as it is shown to a CSV file."""
        self._write("Export the table", "articles.csv", self._listing.ids)

    @Slot(object)
    def export_sample(self, sample: Sample) -> None:
        """Write the articles of a sample to a CSV file, in the order in which they were drawn."""
        name = "".join(each if each.isalnum() else "-" for each in sample.name)
        self._write("Export the sample", f"{name}.csv", sample.articles)

    def _write(self, title: str, name: str, ids: list[ArticleId] | tuple[ArticleId, ...]) -> None:
        suggested = self._project.path.parent / name
        chosen, _kind = QFileDialog.getSaveFileName(self.window(), title, str(suggested), "CSV (*.csv)")
        if not chosen:
            return
        target, columns, places = Path(chosen), tuple(self._model.columns()), self._listing.places
        project = self._project

        def write(_progress: Progress) -> int:
            rows = project.collection.rows(ids)
            write_table(target, csv_lines(columns, ((row, places.get(row.id, 0)) for row in rows)))
            return len(rows)

        def done(count: int) -> None:
            self._bridge.told.emit(f"{counted(count, 'article')} written to {target.name}")

        self._tasks.run("Exporting…", write, settle=done)

    def _apply(self, title: str, command: Command, count: int) -> None:
        if count <= _AT_ONCE:
            self._bridge.apply(command, self)
            return
        project = self._project

        def work(progress: Progress) -> Changes:
            return project.apply(command, progress)

        if not self._tasks.run(title, work, settle=self._bridge.tell):
            self.tell("Something is still being done with this project. Wait for it, or cancel it.")

    def _agreed(self, coded: str) -> bool:
        question = f"{coded}\n\nRemove all the same, with everything that was coded? It can be undone."
        yes, no = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.Cancel
        return QMessageBox.question(self.window(), "Remove articles", question, yes | no, no) == yes

    @staticmethod
    def _button(words: str, on_click: Callable[[], None]) -> Button:
        return Button(f"catalogue-{words.replace('&', '').strip('…').lower()}", words, on_click)
