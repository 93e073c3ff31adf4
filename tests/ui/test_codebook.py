"""The editor of the codebook and what is to be looked at again, by keyboard, beside the article."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QColorDialog,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QListWidget,
    QPushButton,
)

from app.domain.codebook import AttributeKind
from app.project.project import Project
from app.ui.codebook.losses import LossDialog
from app.ui.codebook.nodes import Node
from app.ui.codebook.publishing import PublishDialog, VersionsDialog
from app.ui.theme import DARK
from tests.builders import ACTOR, CLAIM, CLAIMANT, CONCERN, LABOUR, STANCE, TONE, TYPE, add
from tests.ui.trees import field_in, named_in

KEY = Qt.Key
ALT, SHIFT, CONTROL = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


@pytest.fixture
def project(window):
    return window.bridge.project


def paths(project):
    book = project.codebook()
    return [" > ".join(code.name for code in book.path(each.id)) for _depth, each in book.walk()]


def shown(tree, parent=None):
    """The lines of the tree with their depth."""
    model, found = tree.nodes, []

    def walk(index, depth):
        for row in range(model.rowCount(index)):
            child = model.index(row, 0, index)
            found.append((depth, child.data()))
            walk(child, depth + 1)

    walk(tree.rootIndex(), 0)
    return found


def added_in(tree, qtbot, name):
    """Type the name of something new, which is selected then."""
    named_in(tree, qtbot, name)
    qtbot.waitUntil(lambda: tree.node() is not None and tree.currentIndex().data() == name)


def test_the_tree_shows_variables_layers_codes_and_what_they_ask(editor):
    lines = shown(editor.tree)
    assert lines[:3] == [(0, "Article variables"), (1, "relevance"), (1, "tone")]
    assert lines[-3:] == [(0, "Concern"), (1, "figure"), (1, "forced labour")]
    assert editor.tree.node() == Node(ACTOR)


def test_a_codebook_is_entered_by_keyboard_alone(editor, project, qtbot):
    tree = editor.tree
    qtbot.keyClick(tree, KEY.Key_Insert)
    added_in(tree, qtbot, "Frame")
    qtbot.keyClick(tree, KEY.Key_Insert, SHIFT)
    added_in(tree, qtbot, "blame")
    qtbot.keyClick(tree, KEY.Key_Insert)
    added_in(tree, qtbot, "solution")
    qtbot.keyClick(tree, KEY.Key_Insert, ALT)
    added_in(tree, qtbot, "certainty")
    assert paths(project)[:4] == ["Actor", "Frame", "Frame > blame", "Frame > solution"]
    (made,) = project.codebook().codes[3].attributes
    assert (made.name, made.kind) == ("certainty", AttributeKind.TEXT)
    assert tree.node() == Node(question=made.id)
    assert project.undoable() == "Add attribute certainty of solution"
    qtbot.keyClick(tree, KEY.Key_Return)
    assert editor.question_form.kind.hasFocus()
    qtbot.keyClicks(editor.question_form.kind, "o")
    assert editor.question_form.kind.hasFocus(), "a letter alone leads nowhere"
    qtbot.keyClick(editor.question_form.kind, Qt.Key.Key_Return)
    choices = editor.question_form.choices
    for number, word in enumerate(("low", "high"), start=1):
        # Each that is typed is followed by a field for the next.
        field = field_in(choices, qtbot)
        field.setText(word)
        qtbot.keyClick(field, KEY.Key_Return)
        qtbot.waitUntil(
            lambda number=number: (
                len(project.codebook().attribute(made.id).choices) == number and choices.count() == number + 1
            )
        )
    named = project.codebook().attribute(made.id)
    assert (named.kind, named.choices) == (AttributeKind.ORDERED, ("low", "high"))


def test_nothing_typed_is_no_code(editor, project, qtbot):
    before = shown(editor.tree)
    qtbot.keyClick(editor.tree, KEY.Key_Insert)
    named_in(editor.tree, qtbot, "never", KEY.Key_Escape)
    qtbot.waitUntil(lambda: shown(editor.tree) == before)
    assert project.undoable() == ""


def test_codes_are_moved_and_nested_by_keys_and_everything_is_undone(editor, project, window, qtbot):
    tree = editor.tree
    tree.select(Node(CLAIM))
    for key, expected in (
        (KEY.Key_Up, ["Claim", "Actor", "Concern", "Concern > forced labour"]),
        (KEY.Key_Down, ["Actor", "Claim", "Concern", "Concern > forced labour"]),
        (KEY.Key_Down, ["Actor", "Concern", "Concern > forced labour", "Claim"]),
        (KEY.Key_Right, ["Actor", "Concern", "Concern > forced labour", "Concern > Claim"]),
        (KEY.Key_Left, ["Actor", "Concern", "Concern > forced labour", "Claim"]),
    ):
        qtbot.keyClick(tree, key, ALT)
        assert paths(project) == expected
        assert tree.node() == Node(CLAIM)
    qtbot.keyClick(tree, KEY.Key_Left, ALT)
    for _step in range(5):
        window.menus["step.undo"].trigger()
    assert paths(project) == ["Actor", "Claim", "Concern", "Concern > forced labour"]
    assert shown(tree)[3] == (0, "Actor")


def test_questions_are_moved_by_keys(editor, project, qtbot):
    editor.tree.select(Node(question=STANCE))
    qtbot.keyClick(editor.tree, KEY.Key_Up, ALT)
    assert [each.name for each in project.codebook().code(CLAIM).attributes][:2] == ["stance", "claimant"]
    editor.tree.select(Node(question=TONE))
    qtbot.keyClick(editor.tree, KEY.Key_Up, ALT)
    assert [each.name for each in project.codebook().variables] == ["tone", "relevance"]


def test_what_is_dragged_goes_where_it_is_dropped(editor, project, qtbot):
    tree, model = editor.tree, editor.tree.nodes
    for dragged, into, row, expected in (
        (LABOUR, None, 1, ["forced labour", "Actor", "Claim", "Concern"]),
        (LABOUR, Node(CLAIM), -1, ["Actor", "Claim", "Claim > forced labour", "Concern"]),
    ):
        data = model.mimeData([tree.index_of(Node(dragged))])
        parent = tree.index_of(into) if into else tree.rootIndex()
        assert not model.dropMimeData(data, Qt.DropAction.MoveAction, row, 0, parent)
        qtbot.waitUntil(lambda expected=expected: paths(project) == expected)
    data = model.mimeData([tree.index_of(Node(question=STANCE))])
    model.dropMimeData(data, Qt.DropAction.MoveAction, 0, 0, tree.rootIndex())
    QApplication.processEvents()
    assert STANCE in {each.id for each in project.codebook().code(CLAIM).attributes}


def test_a_key_that_is_taken_is_refused_beside_its_field_with_the_name_of_the_other_code(
    editor, project, qtbot
):
    form = editor.code_form
    form.shortcut.setFocus()
    form.shortcut.setText("c")
    qtbot.keyClick(form.shortcut, KEY.Key_Tab)
    (said,) = [
        each for each in form.findChildren(QLabel) if each.objectName() == "field-said" and each.text()
    ]
    assert said.text() == "The key “C” is taken by “Claim”."
    assert said.isVisible()
    assert project.codebook().code(ACTOR).shortcut == "a"
    form.shortcut.setText("w")
    form.shortcut.editingFinished.emit()
    assert project.codebook().code(ACTOR).shortcut == "w"
    assert said.text() == ""


def test_each_field_is_a_step_and_a_pause_keeps_what_was_typed(editor, project, qtbot):
    tree, form = editor.tree, editor.code_form
    qtbot.keyClick(tree, KEY.Key_Return)
    assert form.texts["definition"].hasFocus()
    qtbot.keyClicks(form.texts["definition"], "Who acts.")
    qtbot.waitUntil(lambda: project.codebook().code(ACTOR).definition == "Who acts.", timeout=8000)
    qtbot.keyClick(form.texts["definition"], KEY.Key_Tab)
    qtbot.keyClicks(form.texts["when"], "Always.")
    qtbot.keyClick(form.texts["when"], KEY.Key_PageDown, CONTROL)
    assert (project.codebook().code(ACTOR).when, project.undoable()) == (
        "Always.",
        "Change when to use of Actor",
    )
    assert tree.node() == Node(question=TYPE)
    form_field = editor.question_form.help
    form_field.setFocus()
    qtbot.keyClicks(form_field, "One of two.")
    qtbot.keyClick(form_field, KEY.Key_Escape)
    qtbot.waitUntil(tree.hasFocus)
    assert project.codebook().attribute(TYPE).help == "One of two."


def test_examples_come_one_a_line_and_exclusion_and_colour_at_once(editor, project, monkeypatch):
    form = editor.code_form
    form.texts["examples"].setPlainText("the minister\n\n the camp ")
    form.texts["examples"].finished.emit()
    form.exclusive.click()
    form.colours.picked.emit("#882255")
    code = project.codebook().code(ACTOR)
    assert (code.examples, code.exclusive, code.colour) == (("the minister", "the camp"), True, "#882255")
    monkeypatch.setattr(QColorDialog, "getColor", lambda *_words: QColor("#123456"))
    form.colours.picked.emit("")
    assert project.codebook().code(ACTOR).colour == "#123456"
    editor.tree.select(Node(LABOUR))
    assert not form.exclusive.isVisible()


def test_undo_in_a_field_without_anything_new_is_the_projects(editor, project, window, qtbot):
    editor.tree.select(Node(CLAIM))
    qtbot.keyClick(editor.tree, KEY.Key_Down, ALT)
    editor.code_form.name.setFocus()
    qtbot.keyClick(editor.code_form.name, KEY.Key_Z, CONTROL)
    assert paths(project)[1] == "Claim"


def test_a_renamed_choice_keeps_its_answers(editor, project, qtbot):
    made = add(project, CLAIM, "We will open the gate", answers={STANCE: "for"})
    editor.tree.select(Node(question=STANCE))
    choices = editor.question_form.choices
    choices.setFocus()
    choices.setCurrentRow(1)
    choices.editItem(choices.item(1))
    named_in(choices, qtbot, "supports")
    qtbot.waitUntil(lambda: project.codebook().attribute(STANCE).choices == ("against", "supports"))
    assert project.annotation(made).answers == {STANCE: "supports"}
    qtbot.keyClick(choices, KEY.Key_Up, ALT)
    assert project.codebook().attribute(STANCE).choices == ("supports", "against")


def test_a_choice_in_use_goes_only_with_a_word_on_its_answers(editor, project, answer, qtbot, monkeypatch):
    made = add(project, CLAIM, "We will open the gate", answers={STANCE: "for"})
    editor.tree.select(Node(question=STANCE))
    choices = editor.question_form.choices
    monkeypatch.setattr(LossDialog, "exec", lambda _dialog: 0)
    choices.setCurrentRow(1)
    qtbot.keyClick(choices, KEY.Key_Delete)
    qtbot.waitUntil(lambda: choices.count() == 2)
    assert project.codebook().attribute(STANCE).choices == ("against", "for")
    seen = answer(LossDialog, lambda dialog: dialog.findChild(QComboBox).setCurrentText("against"))
    choices.setCurrentRow(1)
    qtbot.keyClick(choices, KEY.Key_Delete)
    qtbot.waitUntil(lambda: project.codebook().attribute(STANCE).choices == ("against",))
    assert any("“stance” lacks “for” (1 answer)" in words for words in seen[0])
    assert project.annotation(made).answers == {STANCE: "against"}


def test_links_lead_to_the_layers_that_are_ticked(editor, project):
    editor.tree.select(Node(question=CLAIMANT))
    boxes = {
        box.property("layer"): box
        for box in editor.question_form.findChildren(QCheckBox)
        if box.property("layer")
    }
    assert {layer: box.isChecked() for layer, box in boxes.items()} == {
        "Actor": True,
        "Claim": False,
        "Concern": False,
    }
    boxes["Concern"].click()
    assert project.codebook().attribute(CLAIMANT).targets == ("Actor", "Concern")
    editor.tree.select(Node(question=TONE))
    kinds = [editor.question_form.kind.itemText(at) for at in range(editor.question_form.kind.count())]
    assert "link" not in kinds


def test_a_code_that_nobody_uses_is_deleted_at_once_and_the_next_is_selected(editor, project, qtbot):
    editor.tree.select(Node(LABOUR))
    qtbot.keyClick(editor.tree, KEY.Key_Delete)
    assert "Concern > forced labour" not in paths(project)
    assert editor.tree.node() == Node(CONCERN)


def test_renaming_in_the_tree_keeps_what_is_open_and_shows_in_the_palette(editor, project, window, qtbot):
    editor.tree.collapse(editor.tree.index_of(Node(CLAIM)))
    editor.tree.select(Node(LABOUR))
    editor.tree.edit(editor.tree.currentIndex())
    named_in(editor.tree, qtbot, "coercion")
    qtbot.waitUntil(lambda: project.codebook().code(LABOUR).name == "coercion")
    assert not editor.tree.isExpanded(editor.tree.index_of(Node(CLAIM)))
    assert editor.tree.node() == Node(LABOUR)
    palette = window.codes.findChild(QListView, "codes").model()
    names = [palette.index(row, 0).data() for row in range(palette.rowCount())]
    assert names[-1] == "coercion"


def test_changes_are_published_with_a_note_and_compared_in_words(editor, project, answer, qtbot, monkeypatch):
    publish = editor.findChild(QPushButton, "codebook-publish")
    assert not publish.isEnabled()
    project_text = editor.code_form.texts["definition"]
    project_text.setPlainText("Who acts.")
    project_text.finished.emit()
    assert "1 change since version 1 not published" in [each.text() for each in editor.findChildren(QLabel)]
    answer(PublishDialog, lambda dialog: dialog.findChild(QLineEdit).setText("clearer"))
    publish.click()
    assert project.codebook().version == 2
    assert project.versions.all()[-1].note == "clearer"
    assert "Version 2, as published" in [each.text() for each in editor.findChildren(QLabel)]
    said = []

    def look(dialog):
        changes = dialog.findChild(QListWidget, "versions-changes")
        said.extend(changes.item(row).text() for row in range(changes.count()))
        return 0

    monkeypatch.setattr(VersionsDialog, "exec", look)
    editor.show_versions()
    assert said == ["The definition of “Actor” was written: “Who acts.”"]


def test_a_project_open_for_reading_shows_its_codebook_and_changes_nothing(study, places, make_window, qtbot):
    with Project.open(study, places):
        window = make_window()
        window.open(study)
        window.menus["view.codebook"].trigger()
        editor = window.codebook.editor
        qtbot.keyClick(editor.tree, KEY.Key_Insert)
        qtbot.keyClick(editor.tree, KEY.Key_Delete)
        qtbot.keyClick(editor.tree, KEY.Key_Down, ALT)
        assert editor.tree.findChild(QLineEdit) is None
        assert not editor.code_form.isEnabled()
        assert shown(editor.tree)[3] == (0, "Actor")


def test_the_editor_follows_the_theme_and_closes_with_the_project(editor, window):
    editor.set_theme(DARK)
    window.bridge.close_project()
    assert window.codebook.editor is None
