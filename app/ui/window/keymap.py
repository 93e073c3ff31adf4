"""Which key belongs to which action: the table's, unless the person at this computer chose another."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence

from app.domain.codebook import Code
from app.domain.errors import UserError
from app.system.settings import KEYS, Settings
from app.ui.reader.keys import movement
from app.ui.window.actions import ACTIONS, Action, Menu

_ENTRIES = {entry.id: entry for entry in ACTIONS}
_OF_FIELDS = (
    *(Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Enter),
    *(Qt.Key.Key_Space, Qt.Key.Key_Backspace),
)
_WITH_A_KEY_OF_ITS_OWN = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


class Keymap(QObject):
    """The keys of all actions, as Qt writes them; no two actions share one."""

    changed = Signal()

    def __init__(self, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._settings = settings
        self._chosen = _without_collisions(dict(_pairs(settings.texts(KEYS))))

    def __getitem__(self, action_id: str) -> str:
        chosen = self._chosen.get(action_id)
        return _normal(_ENTRIES[action_id].shortcut) if chosen is None else chosen

    def is_chosen(self, action_id: str) -> bool:
        """Tell whether an action has another key than the table gives it."""
        return action_id in self._chosen

    def choose(self, action_id: str, key: str, codes: Sequence[Code] = ()) -> None:
        """Give an action a key, or none if it is empty; UserError if the key is taken or serves something else.

        `codes` are those of the open project, named where the key is one of theirs.
        """
        wanted = _normal(key)
        if wanted:
            _check_use(wanted, codes)
            keys = _keys(self._chosen)
            for other in ACTIONS:
                if other.id != action_id and keys[other.id] == wanted:
                    raise UserError(f"{in_words(wanted)} is the key of “{plain(other)}”. Take another one.")
        self._keep({**self._chosen, action_id: wanted})

    def reset(self, action_id: str) -> None:
        """Give an action the table's key again; UserError if another action has got it meanwhile."""
        self.choose(action_id, _ENTRIES[action_id].shortcut)

    def reset_all(self) -> None:
        """Give every action the table's key again."""
        self._keep({})

    def _keep(self, chosen: Mapping[str, str]) -> None:
        kept = {each: key for each, key in chosen.items() if key != _normal(_ENTRIES[each].shortcut)}
        try:
            self._settings.set({KEYS: tuple(f"{action_id}={key}" for action_id, key in kept.items())})
        except OSError as error:
            raise UserError(f"The keys cannot be saved: {error.strerror}.") from error
        self._chosen = kept
        self.changed.emit()


def plain(entry: Action) -> str:
    """Return the text of an action without what is only for menus."""
    return entry.text.replace("&", "").rstrip("…")


def in_words(key: str) -> str:
    """Return a key as this system writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def _normal(key: str) -> str:
    """Return a key as Qt writes it, so that the same key is always written in one way; empty if it is none."""
    sequence = QKeySequence(key)
    return sequence.toString() if sequence.count() == 1 else ""


def _keys(chosen: Mapping[str, str]) -> dict[str, str]:
    return {entry.id: chosen.get(entry.id, _normal(entry.shortcut)) for entry in ACTIONS}


def _pairs(texts: Sequence[str]) -> list[tuple[str, str]]:
    """Read the setting; what names no action or no key that an action may have is left out."""
    found: list[tuple[str, str]] = []
    for text in texts:
        action_id, _equals, key = text.partition("=")
        wanted = _normal(key)
        if action_id not in _ENTRIES or bool(key) != bool(wanted):
            continue
        try:
            _check_use(wanted, ())
        except UserError:
            continue
        found.append((action_id, wanted))
    return found


def _without_collisions(chosen: dict[str, str]) -> dict[str, str]:
    """Drop choices until no key is there twice: a file written by hand may say anything."""
    while True:
        keys = [key for key in _keys(chosen).values() if key]
        twice = {key for key in keys if keys.count(key) > 1}
        if not twice:
            return chosen
        chosen = {each: key for each, key in chosen.items() if _keys(chosen)[each] not in twice}


def _check_use(key: str, codes: Sequence[Code]) -> None:
    """Refuse what types, moves, or opens a menu."""
    if not key:
        return
    combination = QKeySequence(key)[0]  # pyright: ignore[reportIndexIssue] - missing in the stubs
    pressed, held = combination.key(), combination.keyboardModifiers()
    words = in_words(key)
    if not held and len(key) == 1 and key.isalnum():
        code = next((each for each in codes if each.shortcut.startswith(key.lower())), None)
        owner = f"{words} begins the key of the code “{code.name}”" if code else f"{words} alone is for codes"
        raise UserError(f"{owner}. Hold Ctrl or Alt with it, or take a function key.")
    if movement(QKeyEvent(QEvent.Type.KeyPress, pressed, held)) is not None:
        raise UserError(f"{words} moves the caret in the text. Take another one.")
    if not held & _WITH_A_KEY_OF_ITS_OWN and pressed in _OF_FIELDS:
        raise UserError(f"{words} is needed in fields and lists. Take another one.")
    for menu in Menu:
        if QKeySequence.mnemonic(menu.value).toString() == key:
            raise UserError(f"{words} opens the menu {menu.value.replace('&', '')}. Take another one.")
