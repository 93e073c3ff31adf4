"""The register of entities as the main window knows it: opened with a key, closed with the project."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from app.ui.bridge import Bridge
from app.ui.reader.panel import ReaderPanel
from app.ui.room import bring
from app.ui.theme import Theme

if TYPE_CHECKING:
    # Windows that may never be opened are loaded when they are.
    from app.ui.entities.window import EntitiesWindow


class EntitiesActions(QObject):
    """Opens the register, and brings the main window forward when a mention is shown in it."""

    def __init__(self, window: QMainWindow, bridge: Bridge, reader: ReaderPanel, theme: Theme) -> None:
        super().__init__(window)
        self._window, self._bridge, self._reader, self._theme = window, bridge, reader, theme
        self._lent: tuple[QAction, ...] = ()
        self.register: EntitiesWindow | None = None
        bridge.project_closed.connect(self._on_project_closed)

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """The actions of the table that are done here."""
        return {"view.entities": self.show}

    def lend(self, *actions: QAction) -> None:
        """Name the actions of the main window whose keys work in the register too."""
        self._lent = actions

    def set_theme(self, theme: Theme) -> None:
        """Change colours with the rest of the program."""
        self._theme = theme
        if self.register is not None:
            self.register.set_theme(theme)

    @Slot()
    def show(self) -> None:
        """Show the register, bring it forward, or close it if it is in front."""
        if self.register is None:
            # Made when it is first wanted, and without a parent: a child could never lie behind the article.
            from app.ui.entities.window import EntitiesWindow

            self.register = EntitiesWindow(self._bridge, self._theme)
            self.register.addActions(self._lent)
            self.register.mention_shown.connect(self._on_mention_shown)
        bring(self.register)

    @Slot()
    def _on_mention_shown(self) -> None:
        self._window.raise_()
        self._window.activateWindow()
        self._reader.reader.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_project_closed(self) -> None:
        if self.register is not None:
            self.register.close()
            self.register.deleteLater()
            self.register = None
