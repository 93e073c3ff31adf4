"""The table of all articles as the main window knows it: opened with a key, closed with the project."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from app.domain.ids import ArticleId
from app.ui.bridge import Bridge
from app.ui.reader.panel import ReaderPanel
from app.ui.room import bring
from app.ui.tasks import TaskRunner
from app.ui.theme import Theme

if TYPE_CHECKING:
    # Windows that may never be opened are loaded when they are.
    from app.project.finding import Hit
    from app.ui.catalogue.window import CatalogueWindow


class CatalogueActions(QObject):
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
        super().__init__(window)
        self._window, self._bridge, self._reading = window, bridge, reading
        self._tasks, self._store, self._theme = tasks, store, theme
        self._lent: tuple[QAction, ...] = ()
        self.page: CatalogueWindow | None = None
        bridge.project_closed.connect(self._on_project_closed)

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """The actions of the table that are done here."""
        return {"view.articles": self.show}

    def lend(self, *actions: QAction) -> None:
        """Name the actions of the main window whose keys work in the table too."""
        self._lent = actions

    def set_theme(self, theme: Theme) -> None:
        """Change colours with the rest of the program."""
        self._theme = theme
        if self.page is not None:
            self.page.set_theme(theme)

    @Slot()
    def show(self) -> None:
        """Show the table, bring it forward, or close it if it is in front."""
        project = self._bridge.project
        if project is None:
            return
        if self.page is None:
            from app.ui.catalogue.window import CatalogueWindow

            # Made when it is first wanted, and without a parent: a child could never lie behind the article.
            self.page = CatalogueWindow(self._bridge, project, self._tasks, self._store, self._theme)
            self.page.addActions(self._lent)
            self.page.article_wanted.connect(self._on_article_wanted)
            self.page.hit_wanted.connect(self._on_hit_wanted)
        bring(self.page)

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

    @Slot()
    def _on_project_closed(self) -> None:
        if self.page is not None:
            self.page.release()
            self.page.close()
            self.page.deleteLater()
            self.page = None
