"""What leads articles in: the import centre, from the menu or by dropping files on the window."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFileDialog, QMainWindow

from app.exchange.registry import CODED_FORMATS, coded_format_of
from app.system.settings import LINE_HEIGHT, READING_FONT, TEXT_SIZE, THEME, Settings
from app.ui.bridge import Bridge
from app.ui.importing.drop import DropLayer
from app.ui.reader.style import reading_face
from app.ui.tasks import TaskRunner
from app.ui.theme import Theme, theme_for

if TYPE_CHECKING:
    from app.ui.coded.dialog import CodedDialog
    from app.ui.importing.centre import ImportCentre


class ImportingActions(QObject):
    """Opens the import centre and hands it what was chosen or dropped."""

    def __init__(
        self, window: QMainWindow, bridge: Bridge, settings: Settings, tasks: TaskRunner, theme: Theme
    ) -> None:
        super().__init__(window)
        self._window, self._bridge, self._settings, self._tasks = window, bridge, settings, tasks
        self.centre: ImportCentre | None = None
        self.coded: CodedDialog | None = None
        self.layer = DropLayer(window, theme, self._obstacle)
        self.layer.files_dropped.connect(self.offer)
        self.layer.refused.connect(bridge.refused)

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """The actions of the table that are done here."""
        return {
            "project.import_files": self.show,
            "project.import_folder": self.import_folder,
            "project.import_coded": self.import_coded,
        }

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self.layer.set_theme(theme)

    def wait(self) -> None:
        """Let work that is going on come to its end; for closing the window."""
        for dialog in (self.centre, self.coded):
            if dialog is not None:
                dialog.reject()

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

    @Slot()
    def import_coded(self) -> None:
        """Ask for a folder and show what work of coders it would bring."""
        obstacle, project = self._obstacle(), self._bridge.project
        if obstacle or project is None:
            self._bridge.refused.emit(obstacle)
            return
        chosen = QFileDialog.getExistingDirectory(
            self._window, "A folder with texts and the work of coders", str(project.path.parent)
        )
        if chosen:
            self._bring(Path(chosen))

    @Slot(object)
    def _bring(self, path: Path) -> None:
        """Show what work of coders a folder would bring, in the place of the import centre."""
        if self.centre is not None:
            self.centre.reject()
        project = self._bridge.project
        reader = coded_format_of(path)
        if project is None or reader is None:
            known = " or ".join(f"{each.title}: {each.about}" for each in CODED_FORMATS)
            self._bridge.refused.emit(
                f"“{path.name}” holds no work of coders that can be read. Give {known}."
            )
            return
        # Other programs' work comes once a study.
        from app.ui.coded.dialog import CodedDialog

        self.coded = CodedDialog(self._bridge, project, path, reader, self._window)
        self.coded.articles_wanted.connect(self._offer_articles)
        self.coded.finished.connect(self._on_coded_finished)
        self.coded.open()
        self.coded.read()

    @Slot(object)
    def _offer_articles(self, path: Path) -> None:
        centre = self._open()
        if centre is not None:
            centre.intake.add([path])

    @Slot(object)
    def offer(self, paths: list[Path]) -> None:
        """Show the import centre with these files and folders, or what work of coders a lone folder holds."""
        if len(paths) == 1 and not self._obstacle() and coded_format_of(paths[0]) is not None:
            self._bring(paths[0])
            return
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
        self.centre.coded_chosen.connect(self._bring)
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
        if self.centre is not None or self.coded is not None:
            return "An import is open already. Finish it, or cancel it."
        if self._tasks.busy:
            return "Something is still being done with this project. Wait for it, or cancel it."
        return ""

    @Slot()
    def _on_finished(self) -> None:
        if self.centre is not None:
            self.centre.deleteLater()
            self.centre = None

    @Slot()
    def _on_coded_finished(self) -> None:
        if self.coded is not None:
            self.coded.deleteLater()
            self.coded = None
