"""The page of agreement as the main window knows it: opened and closed with a key, closed with the project."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from app.system.settings import Settings
from app.ui.bridge import Bridge
from app.ui.room import bring
from app.ui.tasks import TaskRunner
from app.ui.theme import Theme

if TYPE_CHECKING:
    # Windows that may never be opened are loaded when they are.
    from app.ui.agreement.places import Place
    from app.ui.agreement.window import AgreementWindow


class AgreementActions(QObject):
    """Opens the page, and leads from it to the places of articles."""

    released = Signal()
    """The page went with its project, and with it all that was frozen while it was worked out."""

    def __init__(
        self,
        window: QMainWindow,
        bridge: Bridge,
        tasks: TaskRunner,
        settings: Settings,
        store: QSettings,
        theme: Theme,
    ) -> None:
        super().__init__(window)
        self._bridge, self._tasks = bridge, tasks
        self._settings, self._store, self._theme = settings, store, theme
        self._lent: tuple[QAction, ...] = ()
        self.page: AgreementWindow | None = None
        bridge.project_closed.connect(self._on_project_closed)

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """The actions of the table that are done here."""
        return {"project.agreement": self.show}

    def lend(self, *actions: QAction) -> None:
        """Name the actions of the main window whose keys work in the page too."""
        self._lent = actions

    def set_theme(self, theme: Theme) -> None:
        """Change colours with the rest of the program."""
        self._theme = theme
        if self.page is not None:
            self.page.set_theme(theme)

    @Slot()
    def show(self) -> None:
        """Show the page, or bring it forward; where it is in front already, close it."""
        project = self._bridge.project
        if project is None:
            return
        if self.page is None:
            from app.ui.agreement.page import Room
            from app.ui.agreement.window import AgreementWindow

            # Made when it is first wanted, and without a parent: a child could never lie behind the article.
            room = Room(self._store, self._settings, self._tasks, self._theme)
            self.page = AgreementWindow(self._bridge, project, room)
            self.page.addActions(self._lent)
            self.page.place_wanted.connect(self._on_place_wanted)
        bring(self.page)

    @Slot(object)
    def _on_place_wanted(self, place: "Place") -> None:
        project = self._bridge.project
        if project is None or project.article_line(place.article_id) is None:
            self._bridge.refused.emit("This article is no longer in the project.")
            return
        self._bridge.show_place(*place)

    @Slot()
    def _on_project_closed(self) -> None:
        if self.page is not None:
            self.page.release()
            self.page.close()
            self.page.deleteLater()
            self.page = None
            self.released.emit()
