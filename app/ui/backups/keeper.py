"""Backups that nobody has to think of: on opening, and now and then while work goes on."""

import logging
from pathlib import Path

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from app.domain.errors import UserError
from app.domain.ids import ProjectId
from app.project.backups import back_up
from app.system.paths import Places
from app.ui.bridge import Bridge

_EVERY = 15 * 60 * 1000


class BackupKeeper(QObject):
    """Copies the open project in a thread of its own whenever it has changed."""

    finished = Signal()
    """A copy was made, or could not be."""

    def __init__(self, bridge: Bridge, places: Places, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge, self._places = bridge, places
        self._copied = -1
        self._copy: QThread | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.keep)
        bridge.project_opened.connect(self._on_project_opened)
        bridge.project_closed.connect(self._timer.stop)

    def wait(self) -> None:
        """Let a copy that is being made come to its end."""
        if self._copy is not None:
            self._copy.wait()

    @Slot()
    def keep(self) -> None:
        """Make a copy if there is something new and none is being made."""
        project = self._bridge.project
        if project is None or project.read_only or self._copy is not None:
            return
        steps = project.step_count()
        if steps == self._copied:
            return
        self._copied = steps
        self._copy = _Copy(project.path, project.about().id, self._places, self)
        self._copy.finished.connect(self._on_copied)
        self._copy.start()

    @Slot()
    def _on_project_opened(self) -> None:
        self._copied = -1
        self._timer.start()
        self.keep()

    @Slot()
    def _on_copied(self) -> None:
        if self._copy is not None:
            self._copy.deleteLater()
            self._copy = None
        self.finished.emit()


class _Copy(QThread):
    """One copy; a full disk or a slow drive costs the copy, not the work."""

    def __init__(self, path: Path, project_id: ProjectId, places: Places, parent: QObject) -> None:
        super().__init__(parent)
        self._what = (path, project_id, places)

    def run(self) -> None:
        """Make the copy."""
        path, project_id, places = self._what
        try:
            back_up(path, project_id, places)
        except UserError as error:
            logging.getLogger(__name__).warning("no backup: %s", error)
