"""The table of all articles as the main window knows it: opened with a key, closed with the project."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt, Slot
from PySide6.QtWidgets import QMainWindow

from app.domain.ids import ArticleId
from app.project.project import Project
from app.ui.bridge import Bridge
from app.ui.reader.panel import ReaderPanel
from app.ui.room import bring
from app.ui.tasks import TaskRunner
from app.ui.theme import Theme
from app.ui.window.own_windows import OwnWindow

if TYPE_CHECKING:
    # Windows that may never be opened are loaded when they are.
    from app.project.finding import Hit
    from app.ui.catalogue.window import CatalogueWindow


class CatalogueActions(OwnWindow):
    """Opens the table, and brings the main window forward when an article is opened from it."""

    def __init__(
        self,
        window: QMainWindow,
        bridge: Bridge,
        reading: ReaderPanel,
        tasks: TaskRunner,
        store: QSettings,
        theme: Theme,
    ) -> None:
        super().__init__(window, bridge, theme)
        self._reading, self._tasks, self._store = reading, tasks, store

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """The actions of the table that are done here."""
        return {"view.articles": self.show}

    @Slot()
    def show(self) -> None:
        """Show the table, bring it forward, or close it if it is in front."""
        page = self.made()
        if page is not None:
            bring(page)

    def make(self, project: Project) -> "CatalogueWindow":
        """Return a new table."""
        from app.ui.catalogue.window import CatalogueWindow

        page = CatalogueWindow(self._bridge, project, self._tasks, self._store, self._theme)
        page.article_wanted.connect(self._on_article_wanted)
        page.hit_wanted.connect(self._on_hit_wanted)
        return page

    @Slot(object)
    def _on_article_wanted(self, article_id: ArticleId) -> None:
        project = self._bridge.project
        if project is None or project.article_line(article_id) is None:
            self._bridge.refused.emit("This article is no longer in the project.")
            return
        self._bridge.open_article(article_id)
        self._window.raise_()
        self._window.activateWindow()
        self._reading.reader.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_hit_wanted(self, hit: "Hit") -> None:
        self._on_article_wanted(hit.article_id)
        if self._bridge.article == hit.article_id:
            self._reading.reader.select_range(hit.start, hit.end)
