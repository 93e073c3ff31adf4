"""Long work off the interface thread, with progress, cancel and errors that arrive where they are seen."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QThread, Signal, Slot
from PySide6.QtWidgets import QApplication, QProgressDialog, QWidget

from app.domain.errors import UserError
from app.domain.progress import Cancelled, Progress

Work = Callable[[Progress], Any]

_STEPS = 1_000
_SHOWN_AFTER = 400
"""Milliseconds: shorter work shows no dialog."""


class Worker(QThread):
    """One piece of work in a thread of its own; `result` or `error` is there once it has finished."""

    progressed = Signal(int)

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._stop = False
        self._told = -1
        self.error: BaseException | None = None
        self.result: Any = None
        self.over = False

    def stop(self) -> None:
        """Ask the work to end at its next word of progress."""
        self._stop = True

    def run(self) -> None:
        """Do the work; this is one of the two doors that catch everything."""
        try:
            self.result = self._work(self._hear)
        except Exception as error:  # noqa: BLE001 - handed to the interface thread, which decides
            self.error = error
        self.over = True

    def _hear(self, done: int, total: int) -> None:
        if self._stop:
            raise Cancelled
        step = _STEPS * done // total if total else 0
        if step != self._told:
            self._told = step
            self.progressed.emit(step)


class TaskRunner(QObject):
    """Runs one piece of work at a time while the window shows how far it is."""

    refused = Signal(str)
    """A sentence: the work could not be done."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self._worker: Worker | None = None
        self._dialog: QProgressDialog | None = None
        self._then: Callable[[Any], None] | None = None
        self._settle: Callable[[Any], None] | None = None

    @property
    def busy(self) -> bool:
        """Whether work is going on."""
        return self._worker is not None

    def run(
        self,
        title: str,
        work: Work,
        then: Callable[[Any], None] | None = None,
        *,
        settle: Callable[[Any], None] | None = None,
    ) -> bool:
        """Start work; `then` gets its result on the interface thread. False if other work is going on.

        So does `settle`, before it and also where the window closes: what has been written has to be told.
        """
        if self._worker is not None:
            return False
        self._then, self._settle = then, settle
        self._dialog = self._make_dialog(title)
        self._worker = Worker(work, self)
        self._worker.progressed.connect(self._dialog.setValue)
        self._worker.finished.connect(self._on_worker_finished)
        self._dialog.canceled.connect(self._worker.stop)
        self._worker.start()
        return True

    def wait_for(self, work: Callable[[], Any], title: str = "One moment…") -> Any:
        """Do work without which nothing can go on, and return its result; whatever it raises is raised here.

        The window is painted meanwhile, and says that it is busy if that takes long; what is typed and clicked
        waits, and no window can be closed.
        """
        worker, loop, doorkeeper = Worker(lambda _progress: work(), self), QEventLoop(), _Doorkeeper()
        dialog, in_front = self._make_dialog(title), QApplication.activeWindow()
        dialog.setCancelButton(None)
        dialog.setRange(0, 0)
        dialog.setValue(0)
        worker.finished.connect(loop.quit)
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(doorkeeper)
        worker.start()
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        worker.wait()
        if application is not None:
            application.removeEventFilter(doorkeeper)
        worker.deleteLater()
        shown = dialog.isVisible()
        _put_away(dialog)
        if shown and in_front is not None:
            in_front.activateWindow()
        if worker.error is not None:
            raise worker.error
        return worker.result

    def wait(self) -> None:
        """Let work come to its end, for closing the window: it is settled, but nothing follows on it."""
        if self._worker is not None:
            self._worker.stop()
            self._worker.wait()
            self._then = None
            self._on_worker_finished()

    def _make_dialog(self, title: str) -> QProgressDialog:
        dialog = QProgressDialog(title, "Cancel", 0, _STEPS, self._parent)
        dialog.setWindowTitle("Rubricator")
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.setMinimumDuration(_SHOWN_AFTER)
        dialog.setAutoClose(False)
        dialog.setAutoReset(False)
        # Without a first value Qt waits for its own four seconds.
        dialog.setValue(0)
        return dialog

    @Slot()
    def _on_worker_finished(self) -> None:
        if self._worker is not None and not self._worker.over:
            # The word of one that was waited for comes late, when the next is at work.
            return
        worker, follow, dialog = self._worker, (self._settle, self._then), self._dialog
        self._worker = self._then = self._settle = self._dialog = None
        if dialog is not None:
            dialog.canceled.disconnect()
            _put_away(dialog)
        if worker is None:
            return
        worker.deleteLater()
        if isinstance(worker.error, Cancelled):
            return
        if isinstance(worker.error, UserError):
            self.refused.emit(str(worker.error))
        elif worker.error is not None:
            raise worker.error
        else:
            for each in follow:
                if each is not None:
                    each(worker.result)


class _Doorkeeper(QObject):
    """Keeps windows open: what is closed would take away what is being worked on."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Stop what comes from outside to close a window."""
        if event.type() is QEvent.Type.Close and event.spontaneous():
            event.ignore()
            return True
        return False


def _put_away(dialog: QProgressDialog) -> None:
    # Closing does not stop the clock at which it would show up, over a dialog that comes next.
    dialog.reset()
    dialog.close()
    dialog.deleteLater()
