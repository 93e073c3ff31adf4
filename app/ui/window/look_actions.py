"""What the View menu does about themes and the look of the text."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QMainWindow

from app.system.settings import (
    LINE_HEIGHT,
    MEASURE,
    READING_FONT,
    TEXT_SIZE,
    THEME,
    Setting,
    Settings,
    Value,
)
from app.ui.bridge import Bridge
from app.ui.look.dialog import Look, LookDialog, look_of
from app.ui.reader.panel import ReaderPanel
from app.ui.reader.style import reading_face

_FROM_EDGE, _FROM_TOP = 24, 96

THEME_ACTIONS = {
    "system": "view.theme_system",
    "light": "view.theme_light",
    "dark": "view.theme_dark",
    "high contrast": "view.theme_contrast",
}
"""The action that stands for each choice of the setting."""


class LookActions(QObject):
    """Chooses a theme and the look of the text."""

    theme_changed = Signal()

    def __init__(self, window: QMainWindow, bridge: Bridge, settings: Settings, reader: ReaderPanel) -> None:
        super().__init__(window)
        self._window, self._bridge, self._settings, self._reader = window, bridge, settings, reader

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """The actions of the table that are done here."""
        return {
            "view.theme_system": self.follow_system,
            "view.theme_light": self.choose_light,
            "view.theme_dark": self.choose_dark,
            "view.theme_contrast": self.choose_contrast,
            "view.look": self.choose_look,
        }

    @Slot()
    def follow_system(self) -> None:
        """Take the theme that the system has, and change with it."""
        self._choose("system")

    @Slot()
    def choose_light(self) -> None:
        """Take the light theme, whatever the system says."""
        self._choose("light")

    @Slot()
    def choose_dark(self) -> None:
        """Take the dark theme, whatever the system says."""
        self._choose("dark")

    @Slot()
    def choose_contrast(self) -> None:
        """Take high contrast, light or dark as the system says."""
        self._choose("high contrast")

    @Slot()
    def choose_look(self) -> None:
        """Offer typeface, size, line height and measure; the text follows at once."""
        faces = [face for face in QFontDatabase.families() if not QFontDatabase.isPrivateFamily(face)]
        dialog = LookDialog(look_of(self._settings), faces, reading_face(""), self._window)
        dialog.look_changed.connect(self._on_look_changed)
        # At the side, where it does not cover the text that it changes.
        corner = self._window.geometry().topRight() - QPoint(dialog.sizeHint().width() + _FROM_EDGE, 0)
        dialog.move(corner + QPoint(0, _FROM_TOP))
        dialog.exec()

    @Slot(object)
    def _on_look_changed(self, look: Look) -> None:
        self._save(
            {
                READING_FONT: look.face,
                TEXT_SIZE: look.size,
                LINE_HEIGHT: look.line_height,
                MEASURE: look.measure,
            }
        )
        self._reader.restyle()

    def _choose(self, choice: str) -> None:
        self._save({THEME: choice})
        self.theme_changed.emit()

    def _save(self, values: Mapping[Setting, Value]) -> None:
        try:
            self._settings.set(values)
        except OSError as error:
            self._bridge.refused.emit(f"The settings cannot be saved: {error.strerror}.")
