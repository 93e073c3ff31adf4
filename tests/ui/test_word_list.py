"""The dialog of the word list: terms, order, counts, files."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog, QFileDialog, QLabel, QPushButton, QTableView

from app.project.commands import SetWords
from app.project.project import Project
from app.ui.theme import LIGHT
from app.ui.words.dialog import WordsDialog
from app.ui.words.model import CASE, HERE, KIND, ON, TERM, WHOLE
from tests.builders import GATES, term
from tests.ui.colours import LONG, coloured, shown, wait_for_matcher


@pytest.fixture
def dialog(window, qtbot):
    """The dialog, open as it is modal, on the study."""
    made = WordsDialog(window.bridge, LIGHT, window.bridge.project.path.parent, window)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def press(dialog, name):
    button = dialog.findChild(QPushButton, f"term-{name}")
    assert button.isEnabled(), name
    button.click()


def patterns(window):
    return [each.pattern for each in window.bridge.project.words()]


def test_the_menu_opens_the_dialog(window, monkeypatch):
    opened = []
    monkeypatch.setattr(WordsDialog, "exec", lambda dialog: opened.append(dialog))
    window.menus["view.words"].trigger()
    assert len(opened) == 1


def test_terms_are_added_changed_and_removed_each_in_a_step(window, dialog, qtbot):
    project, form = window.bridge.project, dialog.form
    assert not dialog.findChild(QTableView, "terms").isVisible()
    assert dialog.findChild(QLabel, "empty").isVisible()
    qtbot.keyClicks(form.pattern, "gate")
    qtbot.keyClick(form.pattern, Qt.Key.Key_Return)
    form.pattern.setText("wint(er|ry)")
    form.regular.setChecked(True)
    form.whole.setChecked(False)
    form.case.setChecked(True)
    press(dialog, "add")
    gate, winter = project.words()
    assert (gate.pattern, gate.regular, gate.whole_words, gate.match_case) == ("gate", False, True, False)
    assert (winter.regular, winter.whole_words, winter.match_case) == (True, False, True)
    assert gate.colour != winter.colour
    qtbot.waitUntil(lambda: shown(dialog, 0, HERE) == "1")
    assert [shown(dialog, 1, column) for column in (TERM, KIND, WHOLE, CASE, HERE)] == [
        *("wint(er|ry)", "expression", "", "matters", "1"),
    ]
    dialog._table.selectRow(0)
    assert form.pattern.text() == "gate"
    form.pattern.setText("camp")
    press(dialog, "change")
    assert project.words()[0] == gate.model_copy(update={"pattern": "camp"})
    press(dialog, "remove")
    assert patterns(window) == ["wint(er|ry)"]
    assert [step.name for step in project.history(4)] == [
        "Remove term “camp”",
        "Change term “camp”",
        "Add term “wint(er|ry)”",
        "Add term “gate”",
    ]


def test_terms_are_reordered(window, dialog):
    window.bridge.apply(SetWords(terms=(term("a"), term("b"), term("c"))))
    dialog._table.selectRow(2)
    assert not dialog.findChild(QPushButton, "term-down").isEnabled()
    press(dialog, "up")
    press(dialog, "up")
    assert patterns(window) == ["c", "a", "b"]
    assert not dialog.findChild(QPushButton, "term-up").isEnabled()
    press(dialog, "down")
    assert patterns(window) == ["a", "c", "b"]
    assert dialog._current() == 1


def test_a_term_is_ticked_off_in_the_table(window, dialog, qtbot):
    window.bridge.apply(SetWords(terms=(term("gate"),)))
    dialog._table.setCurrentIndex(dialog._model.index(0, ON))
    qtbot.keyClick(dialog._table, Qt.Key.Key_Space)
    assert not window.bridge.project.words()[0].on
    wait_for_matcher(window, qtbot, there=False)
    qtbot.keyClick(dialog._table, Qt.Key.Key_Space)
    assert window.bridge.project.words()[0].on, "the same cell is current still"
    qtbot.waitUntil(lambda: shown(dialog, 0, HERE) == "1")


def test_a_broken_expression_is_said_at_once_and_cannot_be_added(dialog, qtbot):
    form, add = dialog.form, dialog.findChild(QPushButton, "term-add")
    qtbot.keyClicks(form.pattern, "(gate")
    assert add.isEnabled()
    form.regular.setChecked(True)
    assert form.wrong.text() == "The expression “(gate” is broken at its end: missing ). Correct it there."
    assert not add.isEnabled()
    qtbot.keyClicks(form.pattern, ")")
    assert form.wrong.text() == ""
    assert add.isEnabled()


def test_what_is_there_already_is_not_added_twice(window, dialog):
    window.bridge.apply(SetWords(terms=(term("gate"),)))
    dialog.form.pattern.setText("gate")
    assert not dialog.findChild(QPushButton, "term-add").isEnabled()
    dialog.form.pattern.setText("   ")
    assert not dialog.findChild(QPushButton, "term-add").isEnabled()


def test_the_colour_is_chosen(window, dialog, monkeypatch):
    answers = [QColor("#123456"), QColor()]
    monkeypatch.setattr(QColorDialog, "getColor", lambda *_words: answers.pop(0))
    dialog.form.pattern.setText("gate")
    dialog.form._choose.click()
    dialog.form._choose.click()
    press(dialog, "add")
    assert window.bridge.project.words()[0].colour == "#123456"


def test_terms_come_from_a_file_and_go_to_one(window, dialog, monkeypatch, tmp_path, qtbot, boxes):
    source, target = tmp_path / "in.txt", tmp_path / "out.txt"
    source.write_text("gate\n/wint(er|ry)/\ncamp\n", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_words: (str(source), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: (str(target), ""))
    window.bridge.apply(SetWords(terms=(term("camp"),)))
    press(dialog, "import")
    qtbot.waitUntil(lambda: dialog.says.text() != "")
    assert dialog.says.text() == "Imported 2 terms. 1 was there already."
    assert patterns(window) == ["camp", "gate", "wint(er|ry)"]
    assert len({each.colour for each in window.bridge.project.words()}) == 3
    press(dialog, "export")
    assert target.read_text(encoding="utf-8") == "camp\ngate\n/wint(er|ry)/\n"
    source.write_text("/(/\n", encoding="utf-8")
    press(dialog, "import")
    qtbot.waitUntil(lambda: boxes != [])
    assert "in.txt, line 1: The expression “(” is broken at its end" in boxes[0]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: (str(tmp_path), ""))
    press(dialog, "export")
    assert "cannot be written" in boxes[1]


def test_a_list_that_would_be_too_long_is_refused(window, dialog, boxes):
    window.bridge.apply(SetWords(terms=tuple(term(f"word{number}") for number in range(500))))
    dialog.form.pattern.setText("one more")
    press(dialog, "add")
    assert boxes == ["A word list holds up to 500 terms. Remove some first."]
    assert len(patterns(window)) == 500


def test_counting_anew_tells_only_what_was_asked_last(dialog, window, qtbot):
    heard = []
    dialog._counter.counted.connect(heard.append)
    first, last = term("gate"), term("winter")
    dialog._counter.count(LONG, [first])
    dialog._counter.count(GATES, [first, last])
    qtbot.waitUntil(lambda: heard != [])
    assert heard[-1] == {first.id: 1, last.id: 1}


def test_a_project_for_reading_shows_its_list_and_takes_no_change(make_window, study, places, qtbot):
    with Project.open(study, places) as project:
        project.apply(SetWords(terms=(term("gate"),)))
        other = make_window()
        assert other.open(study)
        dialog = WordsDialog(other.bridge, LIGHT, study.parent, other)
        dialog._table.selectRow(0)
        able = {button.objectName() for button in dialog.findChildren(QPushButton) if button.isEnabled()}
        assert {name for name in able if name.startswith("term-")} == {"term-export"}
        assert not dialog._model.flags(dialog._model.index(0, ON)) & Qt.ItemFlag.ItemIsUserCheckable
        wait_for_matcher(other, qtbot)
        assert len(coloured(other)) == 1
        dialog.reject()
        dialog.deleteLater()


def test_every_field_of_the_dialog_has_a_name(dialog):
    for child in (dialog.form.pattern, dialog.form._choose, dialog._table):
        assert child.accessibleName()
