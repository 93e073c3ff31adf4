"""The comparison of coders as the main window knows it: opened with a key, closed with it and with the project."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from app.system.settings import Settings
from app.ui.articles.panel import ArticlesPanel
from app.ui.bridge import Bridge, ComparedPlace
from app.ui.room import bring_forward
from app.ui.theme import Theme

if TYPE_CHECKING:
    # Windows that may never be opened are loaded when they are.
    from app.ui.comparing.window import ComparingWindow


class ComparingActions(QObject):
    """Opens the comparison at the open article, or at a place that somebody wants to see."""

    def __init__(
        self,
        window: QMainWindow,
        bridge: Bridge,
        settings: Settings,
        articles: ArticlesPanel,
        store: QSettings,
        theme: Theme,
    ) -> None:
        super().__init__(window)
        self._bridge, self._settings, self._articles = bridge, settings, articles
        self._store, self._theme = store, theme
        self._lent: tuple[QAction, ...] = ()
        self.page: ComparingWindow | None = None
        bridge.comparison_wanted.connect(self._on_comparison_wanted)
        bridge.project_closed.connect(self._on_project_closed)

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """The actions of the table that are done here."""
        return {"view.compare": self.show}

    def lend(self, *actions: QAction) -> None:
        """Name the actions of the main window whose keys work in the comparison too."""
        self._lent = actions

    def set_theme(self, theme: Theme) -> None:
        """Change colours with the rest of the program."""
        self._theme = theme
        if self.page is not None:
            self.page.set_theme(theme)

    @Slot()
    def show(self) -> None:
        """Compare in the open article; where the comparison is in front already, close it."""
        if self.page is not None and self.page.isActiveWindow():
            self.page.close()
            return
        page = self._made()
        if page is not None:
            page.show_article(self._bridge.article)
            bring_forward(page)

    @Slot(object)
    def _on_comparison_wanted(self, place: ComparedPlace) -> None:
        page = self._made()
        if page is not None:
            page.show_place(*place)
            bring_forward(page)

    def _made(self) -> "ComparingWindow | None":
        project = self._bridge.project
        if self.page is None and project is not None:
            from app.ui.comparing.window import ComparingWindow

            # Made when it is first wanted, and without a parent: a child could never lie behind the article.
            self.page = ComparingWindow(
                self._bridge, project, self._settings, self._theme, self._articles.lines, self._store
            )
            self.page.addActions(self._lent)
        return self.page

    @Slot()
    def _on_project_closed(self) -> None:
        if self.page is not None:
            self.page.release()
            self.page.close()
            self.page.deleteLater()
            self.page = None
