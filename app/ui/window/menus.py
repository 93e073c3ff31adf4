"""Menus and toolbar, built from the table of actions."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QLabel, QMainWindow, QMenu, QSizePolicy, QToolBar, QWidget

from app.ui.bridge import Bridge
from app.ui.icons import tinted_icon
from app.ui.theme import Theme, blend
from app.ui.window.actions import ACTIONS, CONTEXT, PLACE, STRETCH, TOOLBAR, Action, Menu, Needs


class Menus(QObject):
    """The actions of one window."""

    recent_requested = Signal(str)
    """The path of a project that was opened before."""

    def __init__(
        self, window: QMainWindow, bridge: Bridge, handlers: Mapping[str, Callable[[], None]]
    ) -> None:
        super().__init__(window)
        self._bridge = bridge
        self._actions: dict[str, QAction] = {}
        self.toolbar = QToolBar("Toolbar", window)
        self.toolbar.setObjectName("toolbar")
        self.toolbar.setMovable(False)
        self.toolbar.setIconSize(QSize(18, 18))
        self.place = QLabel()
        self.place.setObjectName("place")
        self._recent = QMenu(window)
        self.context = QMenu(window)
        self.context.aboutToHide.connect(self.context.clear, Qt.ConnectionType.QueuedConnection)
        self._recent.triggered.connect(self._on_recent_triggered)
        menus = {menu: window.menuBar().addMenu(menu.value) for menu in Menu}
        for entry in ACTIONS:
            if entry.after_gap:
                menus[entry.menu].addSeparator()
            action = self._recent.menuAction() if entry.submenu else self._make(entry, window, handlers)
            action.setText(entry.text)
            action.setObjectName(entry.id)
            menus[entry.menu].addAction(action)
            self._actions[entry.id] = action
        for group in {entry.group for entry in ACTIONS if entry.group}:
            chosen = QActionGroup(window)
            for entry in ACTIONS:
                if entry.group == group:
                    chosen.addAction(self._actions[entry.id])
        self._fill_toolbar()
        window.addToolBar(self.toolbar)
        menus[Menu.EDIT].aboutToShow.connect(self.name_steps)
        for action_id in ("step.undo", "step.redo"):
            self._actions[action_id].hovered.connect(self.name_steps)
        self._listen()
        self.name_steps()
        self.refresh()

    def _listen(self) -> None:
        bridge = self._bridge
        for fact in (bridge.project_opened, bridge.project_closed, bridge.project_changed):
            fact.connect(self.refresh)
        bridge.article_opened.connect(self.refresh)
        bridge.annotation_selected.connect(self.refresh)
        bridge.view_changed.connect(self.refresh)

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def show_recent(self, paths: Sequence[str]) -> None:
        """Offer the projects that were opened last, each with its folder."""
        self._recent.clear()
        for number, path in enumerate(paths, start=1):
            words = f"{Path(path).name}   ({Path(path).parent})".replace("&", "&&")
            self._recent.addAction(f"&{number}  {words}").setData(path)
        self.refresh()

    @Slot(QPoint)
    def show_context(self, place: QPoint) -> None:
        """Offer at a place on the screen what can be done with what is selected there."""
        for action_id in CONTEXT:
            if not action_id:
                self.context.addSeparator()
            elif self._actions[action_id].isEnabled():
                self.context.addAction(self._actions[action_id])
        self.context.popup(place)

    @Slot(QAction)
    def _on_recent_triggered(self, action: QAction) -> None:
        self.recent_requested.emit(action.data())

    @staticmethod
    def _make(entry: Action, window: QMainWindow, handlers: Mapping[str, Callable[[], None]]) -> QAction:
        action = QAction(window)
        action.setShortcut(QKeySequence(entry.shortcut))
        action.setCheckable(entry.checkable)
        action.triggered.connect(handlers[entry.id])
        return action

    def _fill_toolbar(self) -> None:
        stretch = QWidget()
        stretch.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        for item in TOOLBAR:
            if item == PLACE:
                self.toolbar.addWidget(self.place)
            elif item == STRETCH:
                self.toolbar.addWidget(stretch)
            else:
                self.toolbar.addAction(self._actions[item])

    def set_theme(self, theme: Theme) -> None:
        """Tint the icons."""
        faint = blend(theme.quiet, theme.window, 0.45)
        for entry in ACTIONS:
            if entry.icon:
                self._actions[entry.id].setIcon(tinted_icon(entry.icon, theme.ink, faint))

    def refresh(self) -> None:
        """Enable what makes sense now."""
        project = self._bridge.project
        writing = project is not None and not project.read_only
        there = {
            Needs.NOTHING: True,
            Needs.PROJECT: project is not None,
            Needs.WRITING: writing,
            Needs.ARTICLE: self._bridge.article is not None,
            Needs.CODING: writing and self._bridge.article is not None,
            Needs.ANNOTATION: writing and self._bridge.annotation is not None,
            Needs.UNDO: bool(project and project.undoable()),
            Needs.REDO: bool(project and project.redoable()),
        }
        for entry in ACTIONS:
            self._actions[entry.id].setEnabled(there[entry.needs])
        self._actions["view.everybody"].setChecked(self._bridge.everybody)
        self._actions["project.recent"].setEnabled(not self._recent.isEmpty())

    @Slot()
    def name_steps(self) -> None:
        """Name what would be undone and redone, when somebody looks.

        Doing so with each step would have the toolbar, and with it the whole window, laid out anew every time.
        """
        project = self._bridge.project
        undo, redo = (project.undoable(), project.redoable()) if project else ("", "")
        for action_id, word, step in (("step.undo", "&Undo", undo), ("step.redo", "&Redo", redo)):
            text = f"{word}: {step.replace('&', '&&')}" if step else word
            self._actions[action_id].setText(text)
            self._actions[action_id].setIconText(word.replace("&", ""))
            self._actions[action_id].setToolTip(text.replace("&&", "&").replace("&", "", 1))
