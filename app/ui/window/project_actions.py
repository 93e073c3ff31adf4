"""What the File menu does."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMessageBox

from app.domain.coders import Coder
from app.domain.errors import UserError
from app.domain.progress import Progress
from app.exchange.formats import Written
from app.exchange.project_jsonl import looks_like_project
from app.project.backups import backups_of, project_behind, restore, save_copy
from app.project.commands import ReplaceCodebook
from app.project.demo import default_codebook, first_coder, make_demo
from app.project.exporting import export
from app.project.project import Project
from app.project.restoring import restore_project
from app.system.paths import Places
from app.system.settings import CODER_NAME, RECENT, Setting, Settings, Value
from app.ui.backups.dialog import BackupDialog
from app.ui.bridge import Bridge
from app.ui.exporting.dialog import ExportDialog, ExportWish
from app.ui.tasks import TaskRunner
from app.ui.window.identity import Identity
from app.ui.window.merging_actions import MergingActions

_PROJECTS = "Rubricator projects (*.rubric)"
_LINES = "Projects as JSON Lines (*.jsonl)"
_RECENT_KEPT = 8


class ProjectActions(QObject):
    """Opens, fills, copies and closes projects, asking where something has to be asked."""

    recent_changed = Signal()
    leaving = Signal()
    """The project is about to be closed: note what is still to be noted."""

    def __init__(
        self, window: QMainWindow, bridge: Bridge, settings: Settings, places: Places, tasks: TaskRunner
    ) -> None:
        super().__init__(window)
        self._window, self._bridge, self._tasks = window, bridge, tasks
        self._settings, self._places = settings, places
        self._identity = Identity(window, settings, self._save)
        self.merging = MergingActions(window, bridge, tasks)

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """The actions of the table that are done here."""
        return {
            "project.new": self.new,
            "project.open": self.choose,
            "project.demo": self.open_demo,
            "project.close": self.close,
            "project.export": self.export,
            "project.copy": self.save_copy,
            "project.restore": self.restore,
            "project.coder": self.ask_coder,
            **self.merging.handlers(),
        }

    def open(self, path: Path, coder: Coder | None = None) -> bool:
        """Open a project; what stands against it is said in a box, and what was open stays open."""
        if self._is_open(path):
            self._bridge.told.emit(f"{path.name} is open already.")
            return True
        if self._is_busy():
            return False
        if looks_like_project(path):
            return self._bring_back(path)
        try:
            # In a thread: the integrity check reads the whole file.
            who = self._settings.text(CODER_NAME)
            project = self._tasks.wait_for(lambda: Project.open(path, self._places, who=who))
        except UserError as error:
            self.refuse(str(error))
            return False
        self.close()
        project.sign_in(coder or self._identity.known(project) or self._identity.ask(project))
        self._note_recent(path)
        self._bridge.open_project(project)
        if project.held_by:
            self.refuse(f"{path.name} is open for reading only: {project.held_by}.")
        return True

    def _bring_back(self, source: Path) -> bool:
        """Make a project of its JSON Lines, where the person wants it, and open it."""
        target = self._ask_target("Make a project from JSON Lines", source.with_suffix(".rubric"))
        if target is None:
            return False

        def make(progress: Progress) -> Path:
            restore_project(source, target, progress)
            return target

        def show(made: Path) -> None:
            self.open(made)

        return self._tasks.run("Making the project…", make, show)

    @Slot()
    def new(self) -> None:
        """Make a project with the default codebook."""
        path = self._ask_target("New project", self._folder() / "project.rubric")
        if path is None:
            return
        try:
            # The file dialog has asked already whether to replace what is there.
            if path.exists() and path.stat().st_size:
                self.refuse(f"{path.name} exists already. Delete it first, or choose another name.")
                return
            path.unlink(missing_ok=True)
            with Project.create(path, self._places) as project:
                project.apply(ReplaceCodebook(codebook=default_codebook()))
        except (UserError, OSError) as error:
            self.refuse(str(error))
            return
        self.open(path)

    @Slot()
    def choose(self) -> None:
        """Ask for a project and open it."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self._window, "Open project", str(self._folder()), f"{_PROJECTS};;{_LINES};;All files (*)"
        )
        if chosen:
            self.open(Path(chosen))

    @Slot(str)
    def open_recent(self, path: str) -> None:
        """Open one of the projects that were opened last."""
        self.open(Path(path))

    @Slot()
    def open_demo(self) -> None:
        """Make the demo project in the user's data folder if it is not there, and open it as its first coder."""
        path = self._places.data / "demo" / "demo.rubric"

        def make(_progress: Progress) -> Coder | None:
            if not path.exists():
                make_demo(path, self._places)
            return first_coder(path, self._places)

        def show(coder: Coder | None) -> None:
            self.open(path, coder)

        self._tasks.run("Making the demo…", make, show)

    @Slot()
    def close(self) -> None:
        """Close the open project, unless work on it is going on."""
        if not self._is_busy():
            self.leaving.emit()
            self._bridge.close_project()

    @Slot()
    def export(self) -> None:
        """Ask for a format and a place, and export off the interface thread."""
        project = self._bridge.project
        if project is None:
            return
        dialog = ExportDialog(project.path.with_suffix(""), self._window)
        if dialog.exec():
            self._export(project.path, dialog.wish())

    @Slot()
    def save_copy(self) -> None:
        """Write a complete copy of the project, safe at any moment."""
        project = self._bridge.project
        if project is None:
            return
        source = project.path
        target = self._ask_target("Save a copy", source.with_name(f"{source.stem} copy.rubric"))
        if target is not None:
            self._tasks.run(
                "Copying…",
                lambda progress: save_copy(source, target, progress),
                settle=lambda _result: self._bridge.told.emit(f"Copied to {target}"),
            )

    @Slot()
    def restore(self) -> None:
        """Put a backup in the place of the open project or, where none is open, of one that is damaged perhaps."""
        project = self._bridge.project
        if self._is_busy():
            return
        path = project.path if project else self._ask_damaged()
        if path is None:
            return
        project_id = project.file_id() if project else project_behind(path, self._places)
        coder = project.coder if project else None
        dialog = BackupDialog(backups_of(project_id, self._places) if project_id else (), self._window)
        if not dialog.exec() or project_id is None:
            return
        self.close()
        try:
            restore(dialog.backup().path, path, project_id, self._places)
        except UserError as error:
            self.refuse(str(error))
        self.open(path, coder)

    @Slot()
    def ask_coder(self) -> None:
        """Ask who is coding, and open the project anew for them."""
        project = self._bridge.project
        if project is None:
            return
        coder = self._identity.ask(project)
        if coder is not None and coder != project.coder:
            path = project.path
            self.close()
            self.open(path, coder)

    def refuse(self, sentence: str) -> None:
        """Say in a box what could not be done."""
        QMessageBox.warning(self._window, "Rubricator", sentence)

    def _is_busy(self) -> bool:
        """Tell whether work is going on that needs the project, and if so say it."""
        if self._tasks.busy:
            self.refuse("Something is still being done with this project. Wait for it, or cancel it.")
        return self._tasks.busy

    def _is_open(self, path: Path) -> bool:
        project = self._bridge.project
        return project is not None and path.exists() and path.samefile(project.path)

    def _export(self, source: Path, wish: ExportWish) -> None:
        self._tasks.run(
            "Exporting…",
            lambda progress: export(source, wish.format_name, wish.target, wish.options, progress),
            settle=lambda written: self._on_exported(wish.target, written),
        )

    def _on_exported(self, target: Path, written: Written) -> None:
        self._bridge.told.emit(f"Exported to {target}")
        if written.quarantined:
            self.refuse(written.in_words())

    def _note_recent(self, path: Path) -> None:
        known = [each for each in self._settings.texts(RECENT) if each != str(path.resolve())]
        self._save({RECENT: (str(path.resolve()), *known)[:_RECENT_KEPT]})
        self.recent_changed.emit()

    def _save(self, values: Mapping[Setting, Value]) -> None:
        try:
            self._settings.set(values)
        except OSError as error:
            self._bridge.refused.emit(f"The settings cannot be saved: {error.strerror}.")

    def _folder(self) -> Path:
        project, recent = self._bridge.project, self._settings.texts(RECENT)
        if project is not None:
            return project.path.parent
        return Path(recent[0]).parent if recent else Path.home()

    def _ask_damaged(self) -> Path | None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self._window, "Restore which project?", str(self._folder()), f"{_PROJECTS};;All files (*)"
        )
        return Path(chosen) if chosen else None

    def _ask_target(self, title: str, suggested: Path) -> Path | None:
        chosen, _kind = QFileDialog.getSaveFileName(self._window, title, str(suggested), _PROJECTS)
        if not chosen:
            return None
        path = Path(chosen)
        if path.suffix == ".rubric":
            return path
        path = path.with_name(path.name + ".rubric")
        if path.exists():
            # The file dialog has asked about the name without its ending.
            self.refuse(f"{path.name} exists already. Choose another name.")
            return None
        return path
