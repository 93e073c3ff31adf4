"""The table of actions, and what the house asks of it."""

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QTextBrowser, QWidget

from app.system.resources import resource
from app.ui.keys.dialog import KeysDialog
from app.ui.window.actions import ACTIONS, PLACE, STRETCH, TOOLBAR, Menu


def test_ids_and_shortcuts_are_unique():
    ids = [entry.id for entry in ACTIONS]
    keys = [QKeySequence(entry.shortcut).toString() for entry in ACTIONS if entry.shortcut]
    assert len(set(ids)) == len(ids)
    assert len(set(keys)) == len(keys)


def test_no_shortcut_takes_a_key_from_codes():
    assert not [entry for entry in ACTIONS if len(entry.shortcut) == 1 and entry.shortcut.isalnum()]


def test_every_menu_is_used_every_icon_exists_and_the_toolbar_names_actions():
    ids = {entry.id for entry in ACTIONS}
    assert {entry.menu for entry in ACTIONS} == set(Menu)
    assert all(resource("icons", f"{entry.icon}.svg") for entry in ACTIONS if entry.icon)
    assert set(TOOLBAR) - {PLACE, STRETCH} <= ids


def test_mnemonics_of_a_menu_do_not_collide():
    for menu in Menu:
        letters = [
            entry.text[entry.text.index("&") + 1].lower()
            for entry in ACTIONS
            if entry.menu is menu and "&" in entry.text
        ]
        assert len(set(letters)) == len(letters), menu


def test_every_action_is_in_a_menu_of_the_window(window):
    offered = {
        action.objectName()
        for menu in window.menuBar().actions()
        for action in menu.menu().actions()
        if not action.isSeparator()
    }
    assert offered == {entry.id for entry in ACTIONS}


def test_the_page_of_keys_lists_actions_and_codes(window, monkeypatch):
    shown = []
    monkeypatch.setattr(KeysDialog, "exec", lambda dialog: shown.append(dialog))
    window.menus["help.keys"].trigger()
    words = shown[0].findChild(QTextBrowser, "keys").toPlainText().split("\n")
    assert words[words.index("Select exactly that") + 1] == "Shift with any of them"
    assert words[words.index("Select whole words") + 1] == "drag"
    assert words[words.index("Next annotation") + 1] == "Alt+Down"
    assert words[words.index("forced labour") + 1] == "F"


def test_every_control_that_takes_the_keyboard_has_a_name(window):
    for name in ("reader", "codes", "annotations", "articles", "article-filter"):
        assert window.findChild(QWidget, name).accessibleName()


def test_copy_and_select_all_serve_the_field_that_has_the_keyboard(window, qtbot):
    window.menus["article.filter"].trigger()
    field = window.findChild(QWidget, "article-filter")
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "gate")
    window.menus["text.select_all"].trigger()
    assert field.selectedText() == "gate"
    window.menus["text.clear"].trigger()
    qtbot.waitUntil(window.reading.reader.hasFocus)
