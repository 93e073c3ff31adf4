"""Copies for coders out, and returned files in."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMainWindow

from app.domain.coders import Coder, distinct_names
from app.domain.ids import CoderId, new_id
from app.project.commands import MergeFiles, SaveCoder
from app.project.merge_report import MergeReport
from app.ui.bridge import Bridge
from app.ui.tasks import TaskRunner

_PROJECTS = "Rubricator projects (*.rubric)"


class MergingActions(QObject):
    """Asks for files, shows what a merge would do, and merges; makes the copy that a coder gets."""

    def __init__(self, window: QMainWindow, bridge: Bridge, tasks: TaskRunner) -> None:
        super().__init__(window)
        self._window, self._bridge, self._tasks = window, bridge, tasks

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """The actions of the table that are done here."""
        return {"project.merge": self.merge, "project.packet": self.make_packet}

    @Slot()
    def merge(self) -> None:
        """Ask for returned files and show what they would bring."""
        project = self._bridge.project
        if project is None or self._is_busy():
            return
        chosen, _kind = QFileDialog.getOpenFileNames(
            self._window, "Choose the files that coders returned", str(project.path.parent), _PROJECTS
        )
        paths = tuple(map(Path, chosen))
        if paths:
            self._tasks.run(
                "Reading the returned files…",
                lambda progress: project.stage_merge(paths, progress),
                lambda report: self._show(report, paths),
            )

    @Slot()
    def make_packet(self) -> None:
        """Ask for whom, and write the copy that this coder gets."""
        project = self._bridge.project
        if project is None or self._is_busy():
            return
        coder = self._ask_coder(project.coders())
        if coder is None:
            return
        # Copies are made now and then; what makes them is loaded when one is.
        from app.project.packets import make_packet, packet_name

        chosen, _kind = QFileDialog.getSaveFileName(
            self._window, "Copy for a coder", str(project.path.with_name(packet_name(coder))), _PROJECTS
        )
        if not chosen:
            return
        target = Path(chosen).with_suffix(".rubric")
        if not any(each.id == coder.id for each in project.coders()):
            # The lead's project knows whom a file is for, so that the next one goes to the same person.
            self._bridge.apply(SaveCoder(coder=coder), self)
        self._tasks.run(
            "Making the copy…",
            lambda progress: make_packet(project.path, coder, target, progress),
            settle=lambda _result: self._bridge.told.emit(f"{target.name} is ready for {coder.name}."),
        )

    def _show(self, report: MergeReport, paths: tuple[Path, ...]) -> None:
        project = self._bridge.project
        if project is None:
            return
        from app.ui.merging.dialog import MergeDialog

        dialog = MergeDialog(project.path, report, self._window)
        dialog.refused.connect(self._bridge.refused)
        if not dialog.exec():
            return
        command = MergeFiles(paths=tuple(map(str, paths)))
        self._tasks.run(
            "Merging…", lambda progress: project.apply(command, progress), settle=self._bridge.tell
        )

    def _ask_coder(self, coders: list[Coder]) -> Coder | None:
        """Ask for a coder of the project or a new name; two of one name are told apart by their ids."""
        shown = list(distinct_names(coders).values())
        words = "For whom is the copy? It holds the articles, the codebook and this coder's own work.\n"
        name, agreed = QInputDialog.getItem(
            self._window, "Copy for a coder", f"{words}Choose a coder or type a new name.", shown, 0, True
        )
        name = " ".join(name.split())
        if not agreed or not name:
            return None
        if name in shown:
            return coders[shown.index(name)]
        return Coder(id=CoderId(new_id()), name=name)

    def _is_busy(self) -> bool:
        if self._tasks.busy:
            self._bridge.refused.emit(
                "Something is still being done with this project. Wait for it, or cancel it."
            )
        return self._tasks.busy
