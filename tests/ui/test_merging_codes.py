"""The window of the codebook: merging codes off the interface thread, opening and closing, colours."""

from threading import current_thread

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton

from app.domain.codebook import Attribute, AttributeKind
from app.domain.editing import with_values
from app.domain.ids import AttributeId, new_id
from app.project.commands_codebook import MergeCode, RemoveAttribute, SaveAttribute, SaveCode
from app.project.project import Project
from app.ui.codebook.losses import LossDialog, MergeDialog
from app.ui.codebook.nodes import Node
from tests.builders import ACTOR, ANA, BEN, CLAIM, CONCERN, LABOUR, TYPE, add
from tests.ui.trees import named_in

KEY = Qt.Key


@pytest.fixture
def project(window):
    return window.bridge.project


def choose(dialog, typed, qtbot):
    """Filter the codes of a merge, and wait until it is known what it would come to."""
    dialog.findChild(QLineEdit).setText(typed)
    go = next(each for each in dialog.findChildren(QPushButton) if each.isDefault())
    qtbot.waitUntil(go.isEnabled)


def test_deleting_a_code_in_use_says_by_whom_and_merges_it(editor, project, answer, qtbot):
    made = add(project, LABOUR, "unfit")
    project.sign_in(BEN)
    add(project, LABOUR, "camp")
    project.sign_in(ANA)
    editor.tree.select(Node(LABOUR))
    seen = answer(MergeDialog, lambda dialog: choose(dialog, "conc", qtbot))
    qtbot.keyClick(editor.tree, KEY.Key_Delete)
    assert "is used in 2 annotations (Ana: 1, Ben: 1)" in seen[0][0]
    assert any("2 annotations (Ana: 1, Ben: 1) move to “Concern”." in words for words in seen[0])
    assert project.annotation(made).code_id == CONCERN
    assert editor.tree.node() == Node(CONCERN)
    assert project.undoable() == "Merge code forced labour into Concern"


def test_the_tree_has_the_keyboard_after_a_button_took_away_what_was_selected(editor, project, answer, qtbot):
    merge, delete = (editor.findChild(QPushButton, f"codebook-{name}") for name in ("merge", "delete"))
    add(project, LABOUR, "unfit")
    answer(MergeDialog, lambda dialog: choose(dialog, "conc", qtbot))
    for button, gone in ((merge, LABOUR), (delete, CLAIM)):
        editor.tree.select(Node(gone))
        button.setFocus()
        button.click()
        assert gone not in [code.id for code in project.codebook().codes]
        qtbot.waitUntil(editor.tree.hasFocus)


def test_merging_a_layer_says_which_questions_go_and_which_are_asked_there_too(
    editor, project, answer, qtbot
):
    wish = Attribute(id=AttributeId(new_id()), name="Role", kind=AttributeKind.MULTIPLE, choices=("speaker",))
    project.apply(SaveAttribute(code_id=CLAIM, attribute=wish))
    editor.tree.select(Node(ACTOR))
    seen = answer(MergeDialog, lambda dialog: choose(dialog, "clai", qtbot))
    editor.findChild(QPushButton, "codebook-merge").click()
    said = " ".join(seen[0])
    assert "“Claim” asks “role” too." in said
    assert "“Claim” does not ask “type”, “entity”: they go." in said


def test_a_merge_is_worked_out_and_done_while_the_window_waits(editor, project, answer, qtbot, monkeypatch):
    here, threads, grant = current_thread(), [], Project.apply

    def watched(self, command, *more):
        threads.append((type(command), current_thread() is here))
        return grant(self, command, *more)

    monkeypatch.setattr(Project, "apply", watched)
    made = add(project, LABOUR, "unfit")
    editor.tree.select(Node(LABOUR))
    answer(MergeDialog, lambda dialog: choose(dialog, "conc", qtbot))
    editor.findChild(QPushButton, "codebook-merge").click()
    editor.tree.select(Node(question=TYPE))
    answer(LossDialog)
    qtbot.keyClick(editor.tree, KEY.Key_Delete)
    assert (MergeCode, False) in threads
    assert (RemoveAttribute, False) in threads
    assert project.annotation(made).code_id == CONCERN


def test_a_key_that_was_refused_is_gone_when_the_window_opens_again(editor, window, qtbot):
    editor.code_form.shortcut.setText("c")
    editor.code_form.shortcut.editingFinished.emit()
    editor.close()
    window.menus["view.codebook"].trigger()
    assert editor.code_form.shortcut.text() == "A"


def test_escape_leads_to_the_tree_and_then_out_and_so_do_the_keys(editor, window, qtbot):
    editor.code_form.shortcut.setFocus()
    qtbot.keyClick(editor.code_form.shortcut, KEY.Key_Escape)
    assert editor.tree.hasFocus()
    assert editor.isVisible()
    qtbot.keyClick(editor.tree, KEY.Key_Escape)
    assert not editor.isVisible()
    for key in (KEY.Key_W, KEY.Key_B):
        window.menus["view.codebook"].trigger()
        editor.activateWindow()
        qtbot.waitUntil(editor.tree.hasFocus)
        qtbot.keyClick(editor.tree, key, Qt.KeyboardModifier.ControlModifier)
        assert not editor.isVisible()
    assert window.bridge.project is not None, "only the window was closed"


def test_a_new_code_below_another_takes_its_colour(editor, project, qtbot):
    editor.tree.select(Node(CLAIM))
    qtbot.keyClick(editor.tree, KEY.Key_Insert, Qt.KeyboardModifier.ShiftModifier)
    named_in(editor.tree, qtbot, "demand")
    (made,) = [each for each in project.codebook().codes if each.name == "demand"]
    assert made.colour == project.codebook().code(CLAIM).colour


def test_long_definitions_are_shown_whole_once_the_window_has_its_width(editor, project, qtbot):
    text = "A mention of somebody who acts, speaks or is affected. " * 4
    project_code = with_values(project.codebook().code(ACTOR), definition=text.strip())
    editor.close()
    project.apply(SaveCode(code=project_code))
    editor.show()
    field = editor.code_form.texts["definition"]
    qtbot.waitUntil(lambda: field.isVisible() and not field.verticalScrollBar().isVisible())
