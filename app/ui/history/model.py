"""The steps of a project as a table, the newest first; older ones are read when somebody looks that far."""

from collections.abc import Mapping
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Slot
from PySide6.QtGui import QBrush

from app.domain.ids import CoderId
from app.domain.matching import fold
from app.domain.steps import StepRecord
from app.domain.times import parse
from app.project.project import Project

AnyIndex = QModelIndex | QPersistentModelIndex

PAGE = 100
"""Steps that are read at once."""
_SCREEN = 60
"""Rows that are read before anybody scrolls."""

_IN_WORDS = {
    ("do", "done"): "done",
    ("do", "undone"): "undone",
    ("do", "dropped"): "undone for good",
    ("undo", "done"): "undo",
    ("redo", "done"): "redo",
}


class Column(IntEnum):
    """The columns from left to right."""

    WHEN = 0
    WHO = 1
    STEP = 2
    STATE = 3


class HistoryModel(QAbstractTableModel):
    """One row a step. Costs as much as was read, never as much as there is."""

    def __init__(self, project: Project, faint: QBrush) -> None:
        super().__init__()
        self._project, self._faint = project, faint
        self._names: Mapping[CoderId, str] = {}
        self._words: list[str] = []
        self._rows: list[StepRecord] = []
        self._oldest: StepRecord | None = None
        self._ended = False
        self._wanted = _SCREEN
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._go_on)

    @property
    def reading(self) -> bool:
        """Whether older steps are still being looked through for what fits the filter."""
        return self._turn.isActive()

    def set_filter(self, text: str) -> None:
        """Show only steps in whose name or coder every word of this occurs."""
        self._words = fold(text).text.split()
        self.renew()

    def renew(self, down_to: StepRecord | None = None) -> None:
        """Read the steps anew, beginning with the newest, at least down to one that was read before."""
        self._turn.stop()
        self.beginResetModel()
        coders = self._project.coders()
        # Whoever is at work is in the file from the first step on, and no longer once that is undone.
        known = [*coders, self._project.coder] if self._project.coder else coders
        self._names = {coder.id: coder.name for coder in known}
        self._oldest, self._ended, self._wanted = None, False, _SCREEN
        self._rows = self._read()
        while down_to and self._oldest and not self._ended and self._oldest.number > down_to.number:
            self._rows += self._read()
        self.endResetModel()
        if self._is_wanting():
            self._turn.start()

    def step_at(self, row: int) -> StepRecord | None:
        """Return what a row shows, None beyond the ends."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, step: StepRecord) -> int:
        """Return the row of a step, -1 if it is not shown or not read yet."""
        return next((row for row, each in enumerate(self._rows) if each.number == step.number), -1)

    def canFetchMore(self, parent: AnyIndex) -> bool:
        """Tell whether there are older steps."""
        del parent
        return not self._ended

    def fetchMore(self, parent: AnyIndex) -> None:
        """Read older steps: somebody has scrolled to the end."""
        del parent
        self._wanted = len(self._rows) + _SCREEN
        self._go_on()
        if self._is_wanting():
            self._turn.start()

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """The number of steps that were read and fit the filter."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        """When, who, step, state."""
        return 0 if parent is not None and parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Name the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return Column(section).name.capitalize()
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell shows; faint is what does not stand."""
        step = self.step_at(index.row())
        if step is None:
            return None
        if role == Qt.ItemDataRole.ForegroundRole and (step.kind, step.state) != ("do", "done"):
            return self._faint
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == Column.STEP:
            return step.name
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        match index.column():
            case Column.WHEN:
                return f"{parse(step.at).astimezone():%d %b %Y, %H:%M:%S}"
            case Column.WHO:
                return self._names.get(step.coder_id, "")
            case Column.STEP:
                return step.name
            case _:
                return _IN_WORDS.get((step.kind, step.state), "")

    def _is_wanting(self) -> bool:
        return not self._ended and len(self._rows) < self._wanted

    @Slot()
    def _go_on(self) -> None:
        """Read one page more."""
        found = self._read()
        if found:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(found) - 1)
            self._rows += found
            self.endInsertRows()
        if not self._is_wanting():
            self._turn.stop()

    def _read(self) -> list[StepRecord]:
        """Return what of the next page fits the filter."""
        if self._ended:
            return []
        page = self._project.steps.older(self._oldest, PAGE) if self._oldest else self._project.history(PAGE)
        self._ended = len(page) < PAGE
        self._oldest = page[-1] if page else self._oldest
        return [step for step in page if self._fits(step)] if self._words else page

    def _fits(self, step: StepRecord) -> bool:
        text = fold(f"{step.name} {self._names.get(step.coder_id, '')}").text
        return all(word in text for word in self._words)
