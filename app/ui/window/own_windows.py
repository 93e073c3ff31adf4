"""A window of its own as the main window knows it: made when it is first wanted, closed with the project."""

from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from app.project.project import Project
from app.ui.bridge import Bridge
from app.ui.theme import Theme


class OwnWindow(QObject):
    """Keeps one such window: those who derive from it say how it is made, and when it is shown."""

    def __init__(self, window: QMainWindow, bridge: Bridge, theme: Theme) -> None:
        super().__init__(window)
        self._window, self._bridge, self._theme = window, bridge, theme
        self._lent: tuple[QAction, ...] = ()
        # What it can do is said where it is made; here it is only changed in colour and closed.
        self.page: Any = None
        bridge.project_closed.connect(self._on_project_closed)

    def lend(self, *actions: QAction) -> None:
        """Name the actions of the main window whose keys work there too."""
        self._lent = actions

    def set_theme(self, theme: Theme) -> None:
        """Change colours with the rest of the program."""
        self._theme = theme
        if self.page is not None:
            self.page.set_theme(theme)

    def made(self) -> Any:
        """Return the window, made now if it was not there; None while no project is open."""
        project = self._bridge.project
        if self.page is None and project is not None:
            # Without a parent: a child could never lie behind the article.
            self.page = self.make(project)
            self.page.addActions(self._lent)
        return self.page

    def make(self, project: Project) -> Any:
        """Return a new window on a project."""
        raise NotImplementedError

    def gone(self) -> None:
        """Do what is to be done once the window went with its project."""

    @Slot()
    def _on_project_closed(self) -> None:
        if self.page is not None:
            self.page.release()
            self.page.close()
            self.page.deleteLater()
            self.page = None
            self.gone()
