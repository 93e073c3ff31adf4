"""Keys of actions: what the window obeys, and the page that shows and changes them."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMainWindow

from app.domain.errors import UserError
from app.system.settings import Settings
from app.ui.bridge import Bridge
from app.ui.keys.dialog import KeyRow, KeysDialog, KeyWish
from app.ui.window.actions import ACTIONS, Action, Menu
from app.ui.window.keymap import Keymap, in_words, plain
from app.ui.window.menus import Menus

_READING = (
    KeyRow("Move the caret", "arrows, Home, End, PgUp, PgDown"),
    KeyRow("By words and paragraphs", "Ctrl+arrows"),
    KeyRow("Select exactly that", "Shift with any of them"),
    KeyRow("Select whole words", "drag"),
    KeyRow("Select a word, a sentence", "two clicks, three clicks"),
    KeyRow("Select single characters", "Alt while dragging"),
)


class KeyActions(QObject):
    """Gives the actions their keys and shows the page of keys."""

    def __init__(self, window: QMainWindow, bridge: Bridge, settings: Settings) -> None:
        super().__init__(window)
        self._window, self._bridge = window, bridge
        self._menus: Menus | None = None
        self._dialog: KeysDialog | None = None
        self.keymap = Keymap(settings, self)
        self.keymap.changed.connect(self._give_keys)

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """The actions of the table that are done here."""
        return {"help.keys": self.show}

    def join(self, menus: Menus) -> None:
        """Give the actions of the window their keys, now and whenever one changes."""
        self._menus = menus
        self._give_keys()

    @Slot()
    def show(self) -> None:
        """Show every key of the moment."""
        self._dialog = KeysDialog(self._groups(), self._window)
        self._dialog.key_requested.connect(self._on_key_requested)
        self._dialog.reset_requested.connect(self._on_reset_requested)
        self._dialog.reset_all_requested.connect(self._on_reset_all_requested)
        self._dialog.exec()
        self._dialog.deleteLater()
        self._dialog = None

    @Slot(object)
    def _on_key_requested(self, wish: KeyWish) -> None:
        project = self._bridge.project
        codes = project.codebook().codes if project else ()
        self._try(lambda: self.keymap.choose(wish.id, wish.key, codes))

    @Slot(str)
    def _on_reset_requested(self, action_id: str) -> None:
        self._try(lambda: self.keymap.reset(action_id))

    @Slot()
    def _on_reset_all_requested(self) -> None:
        self._try(self.keymap.reset_all)

    def _try(self, change: Callable[[], None]) -> None:
        """Change keys and show them; a refusal is said on the page."""
        if self._dialog is None:
            return
        try:
            change()
        except UserError as error:
            self._dialog.say(str(error))
        else:
            self._dialog.show_changed(self._groups())

    @Slot()
    def _give_keys(self) -> None:
        if self._menus is None:
            return
        for entry in ACTIONS:
            self._menus[entry.id].setShortcut(QKeySequence(self.keymap[entry.id]))

    def _groups(self) -> Mapping[str, Sequence[KeyRow]]:
        """What belongs together: the codes of the open project, then the text, then a group for each menu."""
        project = self._bridge.project
        coding = bool(self._bridge.spans) and project is not None and not project.read_only
        codes = project.codebook().codes if project else ()
        reading = self._bridge.article is not None
        groups = {
            "Codes, for what is selected": [
                KeyRow(code.name, code.shortcut.upper(), now=coding) for code in codes if code.shortcut
            ],
            "Text": [row._replace(now=reading) for row in _READING],
        }
        for menu in Menu:
            groups[menu.value.replace("&", "")] = [
                self._row(entry) for entry in ACTIONS if entry.menu is menu and not entry.submenu
            ]
        return groups

    def _row(self, entry: Action) -> KeyRow:
        return KeyRow(
            plain(entry),
            in_words(self.keymap[entry.id]),
            entry.id,
            self._menus is not None and self._menus[entry.id].isEnabled(),
            in_words(entry.shortcut) or "none" if self.keymap.is_chosen(entry.id) else "",
        )
