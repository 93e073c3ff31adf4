"""The way back: the history, and the last steps beside Undo and Redo in the toolbar."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu, QToolButton

from app.domain.steps import StepRecord
from app.project.rewinding import rewind
from app.ui.bridge import Bridge
from app.ui.tasks import TaskRunner
from app.ui.window.menus import Menus

_OFFERED = 10


class HistoryActions(QObject):
    """Shows the history, and undoes and redoes several steps at once."""

    def __init__(self, window: QMainWindow, bridge: Bridge, tasks: TaskRunner) -> None:
        super().__init__(window)
        self._window, self._bridge, self._tasks = window, bridge, tasks
        self._undo_menu, self._redo_menu = QMenu("Undo", window), QMenu("Redo", window)
        self._undo_menu.aboutToShow.connect(self._fill_undo_menu)
        self._redo_menu.aboutToShow.connect(self._fill_redo_menu)
        for menu in (self._undo_menu, self._redo_menu):
            menu.setToolTipsVisible(True)
            menu.triggered.connect(self._on_step_triggered)

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """The actions of the table that are done here."""
        return {"step.history": self.show}

    def join(self, menus: Menus) -> None:
        """Put the menus of steps beside Undo and Redo in the toolbar."""
        for action_id, menu in (("step.undo", self._undo_menu), ("step.redo", self._redo_menu)):
            button = menus.toolbar.widgetForAction(menus[action_id])
            if isinstance(button, QToolButton):
                button.setMenu(menu)
                button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)

    @Slot()
    def show(self) -> None:
        """Show the history."""
        project = self._bridge.project
        if project is None:
            return
        from app.ui.history.dialog import HistoryDialog

        dialog = HistoryDialog(project, self._bridge, self._window)
        dialog.rewind_requested.connect(self._rewind)
        dialog.exec()
        dialog.deleteLater()

    @Slot()
    def _fill_undo_menu(self) -> None:
        project = self._bridge.project
        self._fill(self._undo_menu, project.steps.undoables(_OFFERED) if project else (), 1)

    @Slot()
    def _fill_redo_menu(self) -> None:
        project = self._bridge.project
        self._fill(self._redo_menu, project.steps.redoables(_OFFERED) if project else (), -1)

    @staticmethod
    def _fill(menu: QMenu, steps: Sequence[StepRecord], sign: int) -> None:
        menu.clear()
        for number, step in enumerate(steps, start=1):
            action = menu.addAction(step.name.replace("&", "&&"))
            action.setData(sign * number)
            word = "Undo" if sign > 0 else "Redo"
            action.setToolTip(f"{word} {number} step{'s' * (number > 1)}")

    @Slot(QAction)
    def _on_step_triggered(self, action: QAction) -> None:
        self._rewind(action.data())

    @Slot(int)
    def _rewind(self, distance: int) -> None:
        """Undo or redo that many steps off the interface thread, and tell every panel once."""
        project = self._bridge.project
        if project is None or not distance:
            return
        self._tasks.run(
            "Undoing…" if distance > 0 else "Redoing…",
            lambda progress: rewind(project, distance, progress),
            settle=self._bridge.tell,
        )
