"""What the View menu does with the word list."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMainWindow

from app.system.settings import WORDS, Settings
from app.ui.bridge import Bridge
from app.ui.theme import Theme


class WordsActions(QObject):
    """Shows the word list, and switches its colours on and off."""

    def __init__(
        self, window: QMainWindow, bridge: Bridge, settings: Settings, theme: Callable[[], Theme]
    ) -> None:
        super().__init__(window)
        self._window, self._bridge, self._settings, self._theme = window, bridge, settings, theme

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """The actions of the table that are done here."""
        return {"view.words": self.show_words, "view.words_coloured": self.colour_words}

    @Slot()
    def show_words(self) -> None:
        """Show the word list of the project."""
        project = self._bridge.project
        if project is not None:
            from app.ui.words.dialog import WordsDialog

            dialog = WordsDialog(self._bridge, self._theme(), project.path.parent, self._window)
            dialog.exec()
            dialog.deleteLater()

    @Slot(bool)
    def colour_words(self, coloured: bool = False) -> None:
        """Colour the terms of the word list, or leave the text plain."""
        self._settings.set({WORDS: "coloured" if coloured else "plain"})
        self._bridge.show_anew()
