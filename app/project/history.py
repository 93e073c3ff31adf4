"""Questions on the steps of a project: a page of them at a time, and how far back one lies."""

from app.domain.ids import CoderId
from app.domain.steps import StepRecord
from app.project.scope import Scope


class History:
    """Questions on the steps of an open project file; none costs more because there are many steps.

    What can be undone and redone is what the coder at work can: nobody takes back another's steps.
    """

    def __init__(self, scope: Scope) -> None:
        self._scope, self._file = scope, scope.file

    def older(self, than: StepRecord, limit: int) -> list[StepRecord]:
        """Return the steps before one, the newest first."""
        return list(self._file.journal.history(limit, before=than.number))

    def undoables(self, limit: int) -> list[StepRecord]:
        """Return the steps that one undo after the other would take back; none where nothing may be written."""
        return [] if self._file.read_only else list(self._file.journal.undoables(self._coder_id(), limit))

    def redoables(self, limit: int) -> list[StepRecord]:
        """Return the steps that one redo after the other would do again; none where nothing may be written."""
        return [] if self._file.read_only else list(self._file.journal.redoables(self._coder_id(), limit))

    def distance(self, step: StepRecord) -> int:
        """Return how many undos take back a step, as a negative number how many redos do it again, else 0."""
        return 0 if self._file.read_only else self._file.journal.distance(step.number, self._coder_id())

    def _coder_id(self) -> CoderId:
        return self._scope.coder.id if self._scope.coder else CoderId("")
