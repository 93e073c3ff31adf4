"""Backups that nobody has to think of: on opening, and now and then while work goes on."""

import logging

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.domain.errors import UserError
from app.project.backups import back_up
from app.system.paths import Places
from app.ui.bridge import Bridge
from app.ui.tasks import Worker

_EVERY = 15 * 60 * 1000


class BackupKeeper(QObject):
    """Copies the open project in a thread of its own whenever it has changed.

    A full disk or a slow drive costs the copy, not the work.
    """

    finished = Signal()
    """A copy was made, or could not be."""

    def __init__(self, bridge: Bridge, places: Places, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge, self._places = bridge, places
        self._copied = -1
        self._again = False
        self._worker: Worker | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.keep)
        bridge.project_opened.connect(self._on_project_opened)
        bridge.project_closed.connect(self._timer.stop)

    def wait(self) -> None:
        """Let a copy that is being made come to its end."""
        if self._worker is not None:
            self._worker.wait()

    @Slot()
    def keep(self) -> None:
        """Make a copy if there is something new and none is being made."""
        project = self._bridge.project
        if project is None or project.read_only or self._worker is not None:
            return
        steps = project.step_count()
        if steps == self._copied:
            return
        self._copied = steps
        path, project_id, places = project.path, project.file_id(), self._places
        self._worker = Worker(lambda _progress: back_up(path, project_id, places), self)
        self._worker.finished.connect(self._on_worker_finished)
        self._worker.start()

    @Slot()
    def _on_project_opened(self) -> None:
        self._copied = -1
        self._timer.start()
        # A copy of the project that was open before may still be going on.
        self._again = self._worker is not None
        self.keep()

    @Slot()
    def _on_worker_finished(self) -> None:
        worker, self._worker = self._worker, None
        if worker is None:
            return
        worker.deleteLater()
        if isinstance(worker.error, UserError):
            logging.getLogger(__name__).warning("no backup: %s", worker.error)
            self._copied = -1
        elif worker.error is not None:
            raise worker.error
        self.finished.emit()
        if self._again:
            self._again = False
            self.keep()
