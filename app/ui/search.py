"""Searches in a thread of their own: one at a time, a new one ends the one before."""

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.errors import UserError
from app.domain.progress import Cancelled
from app.ui.tasks import Work, Worker


class Search(QObject):
    """Runs the newest search that was asked for; what an older one still finds is never told."""

    advanced = Signal()
    """The search has got on, and may have found more."""
    ended = Signal(object)
    """The search came to its end, with this result."""
    failed = Signal(str)
    """A sentence: the search could not be done."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._worker: Worker | None = None
        self._next: Work | None = None
        self._wanted = False

    @property
    def busy(self) -> bool:
        """Whether something is being looked for."""
        return self._wanted

    def start(self, work: Work) -> None:
        """Begin a search as soon as the one before has ended."""
        self.stop()
        self._wanted = True
        if self._worker is None:
            self._run(work)
        else:
            self._next = work

    def stop(self) -> None:
        """End the search; nothing more is told of it."""
        self._wanted, self._next = False, None
        if self._worker is not None:
            self._worker.stop()

    def wait(self) -> None:
        """End the search and let its thread come to its end; for closing."""
        self.stop()
        if self._worker is not None:
            self._worker.wait()

    def _run(self, work: Work) -> None:
        self._worker = Worker(work, self)
        self._worker.progressed.connect(self._on_worker_progressed)
        self._worker.finished.connect(self._on_worker_finished)
        self._worker.start()

    @Slot()
    def _on_worker_progressed(self) -> None:
        if self._wanted and self._next is None:
            self.advanced.emit()

    @Slot()
    def _on_worker_finished(self) -> None:
        worker, self._worker = self._worker, None
        work, self._next = self._next, None
        if worker is None:
            return
        worker.deleteLater()
        if work is not None:
            self._run(work)
        elif self._wanted:
            self._wanted = False
            self._tell(worker)
        elif worker.error is not None and not isinstance(worker.error, (Cancelled, UserError)):
            raise worker.error

    def _tell(self, worker: Worker) -> None:
        if isinstance(worker.error, UserError):
            self.failed.emit(str(worker.error))
        elif worker.error is not None:
            raise worker.error
        else:
            self.ended.emit(worker.result)
