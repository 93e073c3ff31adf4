"""The page of agreement as the main window knows it: opened and closed with a key, closed with the project."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Signal, Slot
from PySide6.QtWidgets import QMainWindow

from app.project.project import Project
from app.system.settings import Settings
from app.ui.bridge import Bridge
from app.ui.room import bring
from app.ui.tasks import TaskRunner
from app.ui.theme import Theme
from app.ui.window.own_windows import OwnWindow

if TYPE_CHECKING:
    # Windows that may never be opened are loaded when they are.
    from app.ui.agreement.places import Place
    from app.ui.agreement.window import AgreementWindow


class AgreementActions(OwnWindow):
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
        super().__init__(window, bridge, theme)
        self._tasks, self._settings, self._store = tasks, settings, store

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """The actions of the table that are done here."""
        return {"project.agreement": self.show}

    @Slot()
    def show(self) -> None:
        """Show the page, or bring it forward; where it is in front already, close it."""
        page = self.made()
        if page is not None:
            bring(page)

    def make(self, project: Project) -> "AgreementWindow":
        """Return a new page."""
        from app.ui.agreement.page import Room
        from app.ui.agreement.window import AgreementWindow

        page = AgreementWindow(
            self._bridge, project, Room(self._store, self._settings, self._tasks, self._theme)
        )
        page.place_wanted.connect(self._on_place_wanted)
        return page

    def gone(self) -> None:
        """Say so."""
        self.released.emit()

    @Slot(object)
    def _on_place_wanted(self, place: "Place") -> None:
        project = self._bridge.project
        if project is None or project.article_line(place.article_id) is None:
            self._bridge.refused.emit("This article is no longer in the project.")
            return
        self._bridge.show_place(*place)
