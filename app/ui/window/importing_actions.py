"""What leads articles in: the import centre, from the menu or by dropping files on the window."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QMainWindow

from app.system.settings import LINE_HEIGHT, READING_FONT, TEXT_SIZE, THEME, Settings
from app.ui.bridge import Bridge
from app.ui.importing.drop import DropLayer
from app.ui.reader.style import reading_face
from app.ui.tasks import TaskRunner
from app.ui.theme import Theme, theme_for

if TYPE_CHECKING:
    from app.ui.importing.centre import ImportCentre


class ImportingActions(QObject):
    """Opens the import centre and hands it what was chosen or dropped."""

    def __init__(
        self, window: QMainWindow, bridge: Bridge, settings: Settings, tasks: TaskRunner, theme: Theme
    ) -> None:
        super().__init__(window)
        self._window, self._bridge, self._settings, self._tasks = window, bridge, settings, tasks
        self.centre: ImportCentre | None = None
        self.layer = DropLayer(window, theme, self._obstacle)
        self.layer.files_dropped.connect(self.offer)
        self.layer.refused.connect(bridge.refused)

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """The actions of the table that are done here."""
        return {"project.import_files": self.show, "project.import_folder": self.import_folder}

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self.layer.set_theme(theme)

    def wait(self) -> None:
        """Let work that is going on come to its end; for closing the window."""
        if self.centre is not None:
            self.centre.reject()

    @Slot()
    def show(self) -> None:
        """Show the import centre, with nothing on the table yet."""
        self._open()

    @Slot()
    def import_folder(self) -> None:
        """Show the import centre and ask for a folder."""
        centre = self._open()
        if centre is not None:
            centre.ask_folder()

    @Slot(object)
    def offer(self, paths: list[Path]) -> None:
        """Show the import centre with these files and folders."""
        centre = self._open()
        if centre is not None:
            centre.add(paths)

    def _open(self) -> "ImportCentre | None":
        obstacle = self._obstacle()
        project = self._bridge.project
        if obstacle or project is None:
            self._bridge.refused.emit(obstacle)
            return None
        # The centre is large, and most days nothing is imported.
        from app.ui.importing.centre import ImportCentre
        from app.ui.importing.preview import Face

        settings = self._settings
        font = QFont(reading_face(settings.text(READING_FONT)))
        font.setPixelSize(max(1, round(settings.number(TEXT_SIZE))))
        face = Face(font, settings.number(LINE_HEIGHT))
        self.centre = ImportCentre(self._bridge, project, theme_for(settings.text(THEME)), face, self._window)
        self.centre.finished.connect(self._on_finished)
        self.centre.open()
        return self.centre

    def _obstacle(self) -> str:
        """Return why nothing can be imported now; nothing if it can."""
        project = self._bridge.project
        if project is None:
            return "Open a project first, or make a new one; then files can be imported into it."
        if project.read_only:
            return "This project is open for reading only; nothing can be imported."
        if self.centre is not None:
            return "The import centre is open already."
        if self._tasks.busy:
            return "Something is still being done with this project. Wait for it, or cancel it."
        return ""

    @Slot()
    def _on_finished(self) -> None:
        if self.centre is not None:
            self.centre.deleteLater()
            self.centre = None
