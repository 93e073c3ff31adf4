"""Everything has a name, and the keyboard reaches it in an order that makes sense."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QInputDialog,
    QMessageBox,
    QPushButton,
    QTabBar,
    QWidget,
)

from app.domain.articles import Draft
from app.project.commands import ImportArticles
from app.ui.theme import LIGHT, contrast
from app.ui.window.actions import ACTIONS
from tests.builders import ACTOR, ANA, add

TALKING = [each.id for each in ACTIONS if each.text.endswith("…") or each.id == "help.keys"]


def is_part_of_another(widget):
    """The field inside a spin box or a combo box, or its list, is spoken as that box."""
    parent = widget.parentWidget()
    while parent is not None and not parent.isWindow():
        if isinstance(parent, QAbstractSpinBox | QComboBox):
            return True
        parent = parent.parentWidget()
    return isinstance(widget, QAbstractItemView) and isinstance(widget.window().parentWidget(), QComboBox)


def nameless(top):
    """The controls of a window that take the keyboard and that a screen reader has no name for."""
    found = []
    for widget in top.findChildren(QWidget):
        takes_keys = widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
        if not takes_keys or widget.window() is not top or is_part_of_another(widget):
            continue
        if isinstance(widget, QTabBar) and not widget.count():
            continue  # The tabs of docks that are hidden; otherwise Qt speaks the current tab.
        spoken = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
        if not spoken.strip():
            found.append(f"{type(widget).__name__} {widget.objectName()}")
    return found


@pytest.fixture
def talk(window, monkeypatch, study):
    """Triggers an action and returns the dialogs that it shows."""
    shown: list[QDialog] = []
    monkeypatch.setattr(QDialog, "exec", lambda dialog: shown.append(dialog) or 0)
    for asking, answer in (
        ("getOpenFileName", ("", "")),
        ("getOpenFileNames", ([], "")),
        ("getSaveFileName", ("", "")),
        ("getExistingDirectory", ""),
    ):
        monkeypatch.setattr(QFileDialog, asking, lambda *_args, answer=answer: answer)
    monkeypatch.setattr(QInputDialog, "getItem", lambda *_args, **_words: ("", False))
    monkeypatch.setattr(QMessageBox, "about", lambda *_args: None)

    def trigger(action_id):
        shown.clear()
        window.menus[action_id].trigger()
        return list(shown)

    return trigger


@pytest.mark.parametrize("action_id", TALKING)
def test_every_control_of_every_dialog_has_a_name(talk, action_id):
    assert [name for dialog in talk(action_id) for name in nameless(dialog)] == []


def test_the_dialogs_are_found(talk):
    named = {type(dialog).__name__ for action_id in TALKING for dialog in talk(action_id)}
    assert {"ExportDialog", "BackupDialog", "CoderDialog", "KeysDialog", "LookDialog"} <= named


def test_every_control_of_the_import_centre_has_a_name(window, tmp_path, qtbot):
    (tmp_path / "new.csv").write_text("title,text\nA,Something new.\n", encoding="utf-8")
    window.importing.show()
    centre = window.importing.centre
    assert nameless(centre) == []
    centre.add([tmp_path / "new.csv"])
    qtbot.waitUntil(lambda: centre.intake.count == 1 and not centre.intake.comparing)
    assert nameless(centre) == []
    centre.reject()


def test_every_control_of_the_window_has_a_name(window, make_window, qtbot):
    assert nameless(window) == []
    assert nameless(make_window()) == []


def test_tab_leads_from_the_articles_to_the_text_the_codes_and_the_annotations(window, qtbot):
    add(window.bridge.project, ACTOR, "the minister")
    window.bridge.show_anew()
    rooms = (window.articles, window.reading.reader, window.codes, window.annotations)
    window.findChild(QWidget, "article-filter").setFocus()
    passed = []
    for _press in range(20):
        at = QApplication.focusWidget()
        room = next((each for each in rooms if each is at or each.isAncestorOf(at)), None)
        if not passed or passed[-1] is not room:
            passed.append(room)
        if len(passed) > len(rooms):
            break
        qtbot.keyClick(at, Qt.Key.Key_Tab)
    assert passed[: len(rooms)] == list(rooms)


@pytest.mark.parametrize("name", ["articles", "codes", "annotations", "article-filter"])
def test_what_has_the_keyboard_is_framed_and_nothing_moves(window, qtbot, name):
    window.menus["view.theme_light"].trigger()
    widget = window.findChild(QWidget, name)
    before = widget.grab().toImage()
    inside = widget.contentsRect()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    image = widget.grab().toImage()
    edge = [image.pixelColor(x, 0) for x in range(10, widget.width() - 10)]
    assert set(map(str, edge)) == {str(LIGHT.accent)}
    assert before.pixelColor(20, 0) != LIGHT.accent
    if name != "article-filter":
        assert widget.contentsRect() == inside


def test_the_default_button_shows_that_it_has_the_keyboard(window, qtbot):
    dialog = QDialog(window)
    button = QPushButton("Go", dialog)
    other = QPushButton("Stay", dialog)
    button.setDefault(True)
    button.setGeometry(10, 10, 100, 40)
    other.setGeometry(120, 10, 100, 40)
    dialog.show()
    edges = []
    for focused in (other, button):
        focused.setFocus()
        qtbot.waitUntil(focused.hasFocus)
        edges.append(button.grab().toImage().pixelColor(50, 0))
    assert edges[0] != edges[1]
    assert contrast(*edges) >= 2


def test_tab_into_the_text_brings_the_caret_into_sight(window, qtbot):
    reader = window.reading.reader
    window.bridge.apply(ImportArticles(drafts=(Draft(text="Some words.\n" * 200),)))
    window.bridge.open_article(window.bridge.project.articles()[-1].id)
    window.findChild(QWidget, "article-filter").setFocus()
    reader.verticalScrollBar().setValue(reader.verticalScrollBar().maximum())
    assert not reader.viewport().rect().contains(reader.place_on_screen(0).toPoint())
    reader.setFocus(Qt.FocusReason.TabFocusReason)
    assert reader.viewport().rect().contains(reader.place_on_screen(0).toPoint())


def test_the_list_says_code_coder_and_quote(window):
    add(window.bridge.project, ACTOR, "the minister")
    window.bridge.show_anew()
    index = window.findChild(QAbstractItemView, "annotations").model().index(0, 0)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Actor: the minister, 1 question open"
    window.menus["view.everybody"].trigger()
    index = window.findChild(QAbstractItemView, "annotations").model().index(0, 0)
    assert (
        index.data(Qt.ItemDataRole.AccessibleTextRole)
        == f"Actor by {ANA.name}: the minister, 1 question open"
    )


def test_the_ring_of_tab_passes_every_list_once(window):
    chain, at = [], window.findChild(QWidget, "article-filter")
    while at not in chain:
        chain.append(at)
        at = at.nextInFocusChain()
    wanted = [
        window.findChild(QWidget, name)
        for name in ("article-filter", "articles", "reader", "codes", "annotations")
    ]
    places = [chain.index(each) for each in wanted]
    assert all(before < after for before, after in pairwise(places))
