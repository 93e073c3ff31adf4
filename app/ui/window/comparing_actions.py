"""The comparison of coders as the main window knows it: opened with a key, closed with it and with the project."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Slot
from PySide6.QtWidgets import QMainWindow

from app.project.project import Project
from app.system.settings import Settings
from app.ui.articles.panel import ArticlesPanel
from app.ui.bridge import Bridge, ComparedPlace
from app.ui.room import bring_forward
from app.ui.theme import Theme
from app.ui.window.own_windows import OwnWindow

if TYPE_CHECKING:
    # Windows that may never be opened are loaded when they are.
    from app.ui.comparing.window import ComparingWindow


class ComparingActions(OwnWindow):
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
        super().__init__(window, bridge, theme)
        self._settings, self._articles, self._store = settings, articles, store
        bridge.comparison_wanted.connect(self._on_comparison_wanted)

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """The actions of the table that are done here."""
        return {"view.compare": self.show}

    @Slot()
    def show(self) -> None:
        """Compare in the open article; where the comparison is in front already, close it."""
        if self.page is not None and self.page.isActiveWindow():
            self.page.close()
            return
        page = self.made()
        if page is not None:
            page.show_article(self._bridge.article)
            bring_forward(page)

    @Slot(object)
    def _on_comparison_wanted(self, place: ComparedPlace) -> None:
        page = self.made()
        if page is not None:
            page.show_place(*place)
            bring_forward(page)

    def make(self, project: Project) -> "ComparingWindow":
        """Return a new comparison."""
        from app.ui.comparing.window import ComparingWindow

        return ComparingWindow(
            self._bridge, project, self._settings, self._theme, self._articles.lines, self._store
        )
