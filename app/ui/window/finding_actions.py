"""What has to do with finding: the bar below the text, all articles, every occurrence."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from app.domain.changes import Changes
from app.domain.ids import AnnotationId, CodeId
from app.domain.progress import Progress
from app.project.commands import CodeOccurrences
from app.project.finding import Hit
from app.project.project import Project
from app.ui.bridge import Bridge
from app.ui.finding.bar import FindBar, Hits
from app.ui.reader.panel import ReaderPanel
from app.ui.tasks import TaskRunner
from app.ui.theme import Theme

if TYPE_CHECKING:
    # Windows that may never be opened are loaded when they are.
    from app.ui.finding.everywhere import FindEverywhereDialog


class FindingActions(QObject):
    """Joins what finds with the reader that shows it. `page` holds the text and the bar below it."""

    def __init__(
        self, window: QMainWindow, bridge: Bridge, reading: ReaderPanel, tasks: TaskRunner, theme: Theme
    ) -> None:
        super().__init__(window)
        self._window, self._bridge, self._tasks, self._theme = window, bridge, tasks, theme
        self._reader = reading.reader
        self._bar = FindBar(bridge, theme)
        self._everywhere: FindEverywhereDialog | None = None
        self._last_code: CodeId | None = None
        self.page = QWidget()
        layout = QVBoxLayout(self.page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._reader, 1)
        layout.addWidget(self._bar)
        self._bar.hits_changed.connect(self._on_hits_changed)
        self._bar.left.connect(self._on_bar_left)
        bridge.annotation_selected.connect(self._on_annotation_selected)
        bridge.project_closed.connect(self._on_project_closed)

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """The actions of the table that are done here."""
        return {
            "find.article": self._bar.open,
            "find.next": self._bar.next,
            "find.previous": self._bar.previous,
            "find.everywhere": self.find_everywhere,
            "annotation.occurrences": self.code_occurrences,
        }

    def set_theme(self, theme: Theme) -> None:
        """Change colours with the rest of the window."""
        self._theme = theme
        self._bar.set_theme(theme)
        if self._everywhere is not None:
            self._everywhere.set_theme(theme)

    def wait(self) -> None:
        """Let searches that are going on come to their end."""
        self._bar.wait()
        if self._everywhere is not None:
            self._everywhere.wait()

    @Slot()
    def find_everywhere(self) -> None:
        """Ask for words and list where they stand in all articles."""
        project = self._bridge.project
        if project is None:
            return
        if self._everywhere is None:
            from app.ui.finding.everywhere import FindEverywhereDialog

            self._everywhere = FindEverywhereDialog(project.path, self._theme, self._window)
            self._everywhere.hit_chosen.connect(self._on_hit_chosen)
        self._everywhere.ask(self._selected_text(project))

    @Slot()
    def code_occurrences(self) -> None:
        """Ask where the selected words are to be coded, and code them in one step."""
        project, article = self._bridge.project, self._bridge.article
        if project is None or article is None:
            return
        words = self._selected_text(project) or self._selected_quote(project)
        codes = project.codebook().codes
        if project.coder is None:
            self._bridge.refused.emit("Say who is coding first: File > Who is coding.")
        elif not codes:
            self._bridge.refused.emit("This project has no codes yet.")
        elif not words:
            self._bridge.refused.emit(
                "Select some text or an annotation first, then code every occurrence of it."
            )
        else:
            code = self._last_code if self._last_code is not None else codes[0].id
            from app.ui.finding.occurrences import Beginning, OccurrencesDialog

            beginning = Beginning(words, code, article, project.coder.id)
            dialog = OccurrencesDialog(project.path, project.codebook(), beginning, self._theme, self._window)
            if dialog.exec():
                self._code(project, dialog.wish())
            dialog.deleteLater()

    def _code(self, project: Project, wish: CodeOccurrences) -> None:
        def enter(_progress: Progress) -> Changes:
            return project.apply(wish)

        self._tasks.run("Coding…", enter, settle=partial(self._on_coded, len(wish.occurrences)))

    def _on_coded(self, wished: int, changes: Changes) -> None:
        self._bridge.tell(changes)
        left = wished - len(changes.annotations)
        said = f"{len(changes.annotations):,} coded"
        self._bridge.told.emit(f"{said}; {left:,} may not be coded so." if left else f"{said}.")

    def _selected_text(self, project: Project) -> str:
        spans, article = self._bridge.spans, self._bridge.article
        if not spans or article is None:
            return ""
        return " ".join(spans[0].quote(project.text(project.article(article))).split())

    def _selected_quote(self, project: Project) -> str:
        if self._bridge.annotation is None:
            return ""
        return " ".join(project.annotation(self._bridge.annotation).fragments[0].quote.split())

    @Slot(object)
    def _on_hits_changed(self, hits: Hits) -> None:
        self._reader.show_hits(hits.ranges, hits.current)
        if hits.current is not None:
            self._reader.select_range(*hits.ranges[hits.current])

    @Slot()
    def _on_bar_left(self) -> None:
        self._reader.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(object)
    def _on_hit_chosen(self, hit: Hit) -> None:
        project = self._bridge.project
        if project is None or project.article_line(hit.article_id) is None:
            self._bridge.refused.emit("This article is no longer in the project.")
            return
        if self._everywhere is not None:
            self._everywhere.hide()
        self._bridge.open_article(hit.article_id)
        self._reader.select_range(hit.start, hit.end)
        self._window.activateWindow()
        self._reader.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(object)
    def _on_annotation_selected(self, annotation_id: AnnotationId | None) -> None:
        """Remember the code: it is the likeliest to be wanted next."""
        if annotation_id is not None and self._bridge.project is not None:
            self._last_code = self._bridge.project.annotation(annotation_id).code_id

    @Slot()
    def _on_project_closed(self) -> None:
        self._last_code = None
        if self._everywhere is not None:
            self._everywhere.wait()
            self._everywhere.hide()
            self._everywhere.deleteLater()
            self._everywhere = None
