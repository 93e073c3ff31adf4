"""On opening, every quote is held against its text; what does not fit is kept apart and said."""

import logging
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.counting import counted
from app.domain.errors import UserError
from app.domain.ids import AnnotationId
from app.project.project import Project
from app.ui.bridge import Bridge
from app.ui.tasks import Worker


class QuarantineWatch(QObject):
    """Looks through the open project in a thread of its own."""

    found = Signal(str)
    """A sentence: some annotations are kept apart."""
    finished = Signal()
    """Every quote was looked at."""

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._project: Project | None = None
        self._worker: Worker | None = None
        bridge.project_opened.connect(self._on_project_opened)

    def wait(self) -> None:
        """Let a look that is going on come to its end."""
        if self._worker is not None:
            self._worker.wait()

    @Slot()
    def _on_project_opened(self) -> None:
        project = self._bridge.project
        if project is None or self._worker is not None:
            return
        path = project.path
        self._project = project
        self._worker = Worker(lambda _progress: _look(path), self)
        self._worker.finished.connect(self._on_worker_finished)
        self._worker.start()

    @Slot()
    def _on_worker_finished(self) -> None:
        worker, self._worker = self._worker, None
        project, self._project = self._project, None
        if worker is None:
            return
        worker.deleteLater()
        if isinstance(worker.error, UserError):
            logging.getLogger(__name__).warning("quotes were not looked at: %s", worker.error)
        elif worker.error is not None:
            raise worker.error
        elif worker.result and project is self._bridge.project and project is not None:
            self._set_apart(project, worker.result)
        self.finished.emit()
        if project is not self._bridge.project:
            # Another project was opened meanwhile.
            self._on_project_opened()

    def _set_apart(self, project: Project, misfits: frozenset[AnnotationId]) -> None:
        project.quarantine = misfits
        self._bridge.show_anew()
        one = len(misfits) == 1
        some = f"{counted(len(misfits), 'annotation')} {'does' if one else 'do'}"
        they = "It is not shown, and stands" if one else "They are not shown, and stand"
        them = "it" if one else "them"
        self.found.emit(
            f"{some} not fit the text of the article: the file was changed by another program or is damaged. "
            f"{they} apart in exports. “rubricator check” names {them}."
        )


def _look(path: Path) -> frozenset[AnnotationId]:
    """Find what does not fit. What is needed for it loads here, in the thread, and not while the window starts."""
    from app.project.checking import find_misfits

    return find_misfits(path)
