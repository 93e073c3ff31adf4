"""The keys of actions: shown, changed, refused, kept."""

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QTreeWidget

from app.domain.errors import UserError
from app.system.settings import KEYS, Settings
from app.ui.keys.dialog import KeysDialog
from app.ui.window.actions import ACTIONS
from app.ui.window.keymap import Keymap
from tests.builders import GATES

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def keymap(settings, qapp):
    parent = QObject()
    yield Keymap(settings, parent)
    parent.deleteLater()


class Page:
    """The page of keys as one uses it."""

    def __init__(self, dialog):
        self.dialog = dialog
        self.tree = dialog.findChild(QTreeWidget, "keys")
        self.filter = dialog.findChild(QLineEdit, "key-filter")
        self.field = dialog.findChild(QLineEdit, "new-key")

    def said(self):
        return self.dialog.findChild(QLabel, "said").text()

    def rows(self, title):
        heads = [self.tree.topLevelItem(number) for number in range(self.tree.topLevelItemCount())]
        (head,) = [each for each in heads if each.text(0) == title]
        return {head.child(n).text(0): head.child(n) for n in range(head.childCount())}

    def shown(self):
        heads = [self.tree.topLevelItem(number) for number in range(self.tree.topLevelItemCount())]
        items = [head.child(n) for head in heads for n in range(head.childCount())]
        return [item.text(0) for item in items if not item.isHidden()]

    def button(self, name):
        return self.dialog.findChild(QPushButton, name)


@pytest.fixture
def look(window, monkeypatch):
    """Opens the page of keys and runs a function on it while it is open."""

    def open_and(work):
        def run(dialog):
            dialog.show()
            work(Page(dialog))
            dialog.close()

        monkeypatch.setattr(KeysDialog, "exec", run)
        window.menus["help.keys"].trigger()

    return open_and


def test_every_usual_key_may_be_chosen(keymap):
    for entry in ACTIONS:
        keymap.choose(entry.id, entry.shortcut)
        assert keymap[entry.id] == QKeySequence(entry.shortcut).toString()
        assert not keymap.is_chosen(entry.id)


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("Ctrl+D", "Ctrl+D is the key of “Mark done”"),
        ("a", "A alone is for codes"),
        ("7", "7 alone is for codes"),
        ("Ctrl+Right", "moves the caret"),
        ("Shift+End", "moves the caret"),
        ("Tab", "needed in fields"),
        ("Space", "needed in fields"),
        ("Alt+F", "opens the menu File"),
    ],
)
def test_a_key_that_serves_something_else_is_refused_with_its_name(keymap, key, reason):
    with pytest.raises(UserError) as refused:
        keymap.choose("view.text", key)
    assert reason in str(refused.value)
    assert keymap["view.text"] == "F6"


def test_keys_are_exchanged_by_way_of_none_and_reset(keymap, settings):
    keymap.choose("view.text", "")
    keymap.choose("article.done", "F6")
    keymap.choose("view.text", "Ctrl+D")
    assert (keymap["view.text"], keymap["article.done"]) == ("Ctrl+D", "F6")
    again = Keymap(Settings(settings._path), keymap)
    assert (again["view.text"], again["article.done"]) == ("Ctrl+D", "F6"), "kept"
    with pytest.raises(UserError, match="F6 is the key of “Mark done”"):
        again.reset("view.text")
    again.reset_all()
    assert (again["view.text"], again["article.done"]) == ("F6", "Ctrl+D")
    assert settings._path.read_text(encoding="utf-8").count("keys") == 0


@given(
    st.lists(
        st.tuples(
            st.sampled_from([*(entry.id for entry in ACTIONS), "no.such"]),
            st.sampled_from(
                ["Ctrl+D", "ctrl+d", "F6", "F7", "Alt+F", "q", "", "nonsense key", "Ctrl+K, Ctrl+D"]
            ),
        ),
        max_size=12,
    )
)
@trying(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_file_says_no_two_actions_share_a_key(settings, qapp, pairs):
    settings.set({KEYS: tuple(f"{action_id}={key}" for action_id, key in pairs)})
    parent = QObject()
    keymap = Keymap(settings, parent)
    keys = [keymap[entry.id] for entry in ACTIONS if keymap[entry.id]]
    assert len(set(keys)) == len(keys)
    assert not {"Q", "Alt+F"} & set(keys)


def test_the_page_lists_actions_and_codes_faint_where_they_make_no_sense_now(window, look):
    def work(page):
        assert page.rows("Annotation")["Next annotation"].text(1) == "Alt+Down"
        assert page.rows("Codes, for what is selected")["forced labour"].text(1) == "F"
        ink = page.rows("Annotation")["Next annotation"].foreground(0).color()
        assert page.rows("Annotation")["Delete annotation"].foreground(0).color() != ink
        assert page.rows("Codes, for what is selected")["Actor"].foreground(0).color() != ink
        words = page.rows("Annotation")["Delete annotation"].data(0, Qt.ItemDataRole.AccessibleTextRole)
        assert words == "Delete annotation, Del, not now"

    look(work)

    def with_text(page):
        ink = page.rows("Annotation")["Next annotation"].foreground(0).color()
        assert page.rows("Codes, for what is selected")["Actor"].foreground(0).color() == ink

    window.reading.reader.select_range(0, 5)
    look(with_text)


def test_the_filter_finds_words_and_keys_and_says_when_nothing_fits(look):
    def work(page):
        page.filter.setText("next art")
        assert page.shown() == ["Next article", "Next open article"]
        page.filter.setText("pgdown")
        assert page.shown() == ["Move the caret", "Next article", "Next open article"]
        page.filter.setText("xyzzy")
        assert page.shown() == []
        assert page.said() == "Nothing that a key does matches “xyzzy”."

    look(work)


def test_a_key_is_changed_by_keyboard_alone_and_holds_at_once(window, qtbot, look, settings):
    def work(page):
        qtbot.waitUntil(page.filter.hasFocus)
        qtbot.keyClicks(page.filter, "select all")
        qtbot.keyClick(page.filter, Qt.Key.Key_Down)
        qtbot.waitUntil(page.tree.hasFocus)
        qtbot.keyClick(page.tree, Qt.Key.Key_Return)
        qtbot.waitUntil(page.field.hasFocus)
        qtbot.keyClick(page.field, Qt.Key.Key_Shift, SHIFT)
        qtbot.keyClick(page.field, Qt.Key.Key_D, CONTROL)
        assert page.said() == "Ctrl+D is the key of “Mark done”. Take another one."
        qtbot.keyClicks(page.field, "c")
        assert page.said().startswith("C begins the key of the code “Claim”.")
        qtbot.keyClick(page.field, Qt.Key.Key_F7, SHIFT)
        assert page.said() == "“Select all text” has the key Shift+F7 now."
        qtbot.waitUntil(page.tree.hasFocus)
        assert page.rows("Edit")["Select all text"].text(2) == "usually Ctrl+A"

    look(work)
    assert window.menus["text.select_all"].shortcut().toString() == "Shift+F7"
    assert Settings(settings._path).texts(KEYS) == ["text.select_all=Shift+F7"]
    window.activateWindow()
    window.menus["view.text"].trigger()
    qtbot.waitUntil(window.reading.reader.hasFocus)
    qtbot.keyClick(window.reading.reader, Qt.Key.Key_A, CONTROL)
    assert window.reading.reader.selection == (0, 0)
    qtbot.keyClick(window.reading.reader, Qt.Key.Key_F7, SHIFT)
    assert window.reading.reader.selection == (0, len(GATES))


def test_a_key_is_taken_away_and_reset(window, qtbot, look):
    def work(page):
        page.tree.setCurrentItem(page.rows("Article")["Mark done"])
        page.tree.setFocus()
        qtbot.keyClick(page.tree, Qt.Key.Key_Delete)
        assert page.said() == "“Mark done” has no key now."
        assert window.menus["article.done"].shortcut().isEmpty()
        assert not page.button("take-away").isEnabled()
        page.button("reset").click()
        assert window.menus["article.done"].shortcut().toString() == "Ctrl+D"
        assert not page.button("reset").isEnabled()
        page.button("take-away").click()
        page.button("reset-all").click()
        assert page.rows("Article")["Mark done"].text(1) == "Ctrl+D"

    look(work)


def test_esc_leaves_a_key_as_it_is_and_codes_are_not_changed_here(window, qtbot, look):
    def work(page):
        page.tree.setCurrentItem(page.rows("Article")["Mark done"])
        page.tree.setFocus()
        qtbot.keyClick(page.tree, Qt.Key.Key_Return)
        qtbot.waitUntil(page.field.hasFocus)
        qtbot.keyClick(page.field, Qt.Key.Key_Escape)
        qtbot.waitUntil(page.tree.hasFocus)
        assert page.dialog.isVisible()
        page.tree.setCurrentItem(page.rows("Codes, for what is selected")["Actor"])
        assert not page.field.isEnabled()
        qtbot.keyClick(page.tree, Qt.Key.Key_Return)
        assert "belong to the codebook" in page.said()

    look(work)
    assert window.menus["article.done"].shortcut().toString() == "Ctrl+D"


def test_a_sign_that_needs_shift_is_one_key(qtbot, window, look):
    def work(page):
        page.tree.setCurrentItem(page.rows("Help")["About Rubricator"])
        page.field.setFocus()
        qtbot.keyClick(page.field, Qt.Key.Key_Exclam, SHIFT)
        assert page.rows("Help")["About Rubricator"].text(1) == "!"

    look(work)


def test_changed_keys_are_there_after_a_restart(window, make_window):
    window.keys.keymap.choose("view.text", "F8")
    assert make_window().menus["view.text"].shortcut().toString() == "F8"


def test_a_disk_that_refuses_is_said_and_the_key_stays(window, look, qtbot, settings, monkeypatch):
    def refuse(_values):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(settings, "set", refuse)

    def work(page):
        page.tree.setCurrentItem(page.rows("View")["Go to the text"])
        page.button("take-away").click()
        assert page.said() == "The keys cannot be saved: No space left on device."

    look(work)
    assert window.menus["view.text"].shortcut().toString() == "F6"
