"""The inspector: every kind of question answered without the mouse, shown, undone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QListWidget, QPlainTextEdit, QWidget

from app.domain.answers import AnnotationTarget, EntityTarget, NotInText
from app.domain.entities import Entity
from app.project.commands import SaveEntity
from app.storage.project_file import ProjectFile
from app.ui.answering.lines import number_in
from tests.builders import (
    ACTOR,
    ANA,
    BEN,
    CLAIM,
    CLAIMANT,
    CONCERN,
    DATE,
    DIRECT,
    FIGURE,
    GATES,
    NOTE,
    RELEVANT,
    ROLE,
    STANCE,
    TONE,
    TYPE,
    WHO,
    add,
)


@pytest.fixture
def desk(window, qtbot):
    """Codes, asks and types."""

    class Desk:
        bridge = window.bridge
        panel = window.inspector
        reader = window.reading.reader

        def code(self, quote, code):
            start = GATES.index(quote)
            self.reader.select_range(start, start + len(quote))
            assert self.bridge.apply_code(code)
            self.reader.clear_selection()
            return self.bridge.annotation

        def field(self, name):
            return self.panel.findChild(QWidget, name)

        def go_to(self, name):
            field = self.field(name)
            field.setFocus()
            target = field.focusProxy() or field
            qtbot.waitUntil(target.hasFocus)
            return target

        def type(self, words, *keys):
            qtbot.keyClicks(QApplication.focusWidget(), words)
            for key in keys:
                qtbot.keyClick(QApplication.focusWidget(), key)

        def answers(self):
            return dict(self.bridge.project.annotation(self.bridge.annotation).answers)

        def said(self):
            return window.statusBar().currentMessage()

    return Desk()


def test_return_leads_to_the_first_required_question_and_escape_back(desk, qtbot):
    desk.code("the minister", ACTOR)
    desk.reader.setFocus()
    qtbot.keyClick(desk.reader, Qt.Key.Key_Return)
    assert desk.field("type").hasFocus()
    qtbot.keyClick(desk.field("type"), Qt.Key.Key_Escape)
    assert desk.reader.hasFocus()
    assert desk.bridge.annotation is not None, "the annotation stays selected"


def test_a_choice_is_taken_by_number_letter_and_arrows(desk):
    desk.code("the minister", ACTOR)
    desk.go_to("type")
    desk.type("2")
    assert desk.answers() == {TYPE: "NGO"}
    assert desk.reader.hasFocus(), "nothing required is open any more"
    desk.go_to("type")
    desk.type("s")
    assert desk.answers() == {TYPE: "state"}
    desk.go_to("type")
    desk.type("", Qt.Key.Key_Right, Qt.Key.Key_Space)
    assert desk.answers() == {TYPE: "NGO"}
    desk.type("", Qt.Key.Key_Delete)
    assert desk.answers() == {}
    assert desk.bridge.annotation is not None, "Delete clears the answer, not the annotation"


def test_several_choices_are_taken_and_put_back(desk):
    desk.code("the minister", ACTOR)
    desk.go_to("role")
    desk.type("12")
    assert desk.answers() == {ROLE: ("speaker", "victim")}
    desk.type("s")
    assert desk.answers() == {ROLE: ("victim",)}
    desk.type("2", Qt.Key.Key_Return)
    assert desk.answers() == {}
    assert desk.field("entity").focusProxy().hasFocus()


def test_a_chip_is_clicked(desk, qtbot):
    desk.code("the minister", ACTOR)
    field = desk.field("type")
    place = field._rects(float(field.width()))[1].center()
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton, pos=place.toPoint())
    assert desk.answers() == {TYPE: "NGO"}


def test_yes_or_no_date_text_and_number(desk):
    desk.code("open the gate", CLAIM)
    desk.go_to("direct")
    desk.type("n")
    desk.go_to("date")
    desk.type("2026-05", Qt.Key.Key_Return)
    desk.go_to("note")
    desk.type("see above", Qt.Key.Key_Return)
    assert desk.answers() == {DIRECT: False, DATE: "2026-05", NOTE: "see above"}
    assert desk.reader.hasFocus(), "after the last question the text has the keyboard again"
    desk.code("unfit", CONCERN)
    desk.go_to("figure")
    desk.type("1,200,000", Qt.Key.Key_Return)
    assert desk.answers() == {FIGURE: 1_200_000.0}
    assert desk.field("figure").focusProxy().text() == "1200000"


def test_what_is_no_answer_is_said_and_the_old_one_stays(desk):
    desk.code("open the gate", CLAIM)
    desk.go_to("date")
    desk.type("soon", Qt.Key.Key_Return)
    assert "takes a date" in desk.said()
    assert desk.field("date").focusProxy().text() == ""
    desk.code("unfit", CONCERN)
    desk.go_to("figure")
    desk.type("many", Qt.Key.Key_Return)
    assert "takes a number" in desk.said()
    assert desk.answers() == {}


def test_leaving_a_line_keeps_what_was_typed(desk):
    desk.code("open the gate", CLAIM)
    desk.go_to("note")
    desk.type("half a thought")
    desk.reader.setFocus()
    assert desk.answers() == {NOTE: "half a thought"}


def test_a_link_is_picked_by_its_number_which_the_text_shows(desk):
    near, far = desk.code("the minister", ACTOR), desk.code("Aid groups", ACTOR)
    desk.code("We will open the gate", CLAIM)
    desk.go_to("claimant")
    assert desk.reader._numbers == {near: 1, far: 2}
    desk.type("2")
    assert desk.answers() == {CLAIMANT: (AnnotationTarget(annotation=far),)}
    assert desk.reader._numbers == {}
    desk.go_to("claimant")
    desk.type("minis", Qt.Key.Key_Return)
    assert desk.answers() == {CLAIMANT: (AnnotationTarget(annotation=near),)}
    assert desk.field("claimant").focusProxy().text() == "“the minister”"


def test_not_in_this_text_an_entity_and_a_new_entity_are_answers_too(desk):
    ministry = Entity(id="e" * 36, name="Ministry of the Interior", aliases=("MoI",))
    desk.bridge.apply(SaveEntity(entity=ministry))
    desk.code("We will open the gate", CLAIM)
    desk.go_to("claimant")
    desk.type("0")
    assert desk.answers() == {CLAIMANT: (NotInText(),)}
    desk.go_to("claimant")
    desk.type("moi", Qt.Key.Key_Return)
    assert desk.answers() == {CLAIMANT: (EntityTarget(entity=ministry.id),)}
    desk.code("the minister", ACTOR)
    desk.go_to("entity")
    desk.type("Edda Marlow", Qt.Key.Key_Return)
    (made,) = [each for each in desk.bridge.project.entities() if each.name == "Edda Marlow"]
    assert desk.answers() == {WHO: (EntityTarget(entity=made.id),)}
    desk.bridge.undo()
    desk.bridge.undo()
    assert [each.name for each in desk.bridge.project.entities()] == ["Ministry of the Interior"]


def test_an_emptied_link_is_taken_back_and_shift_adds_a_further_one(desk, qtbot):
    desk.code("the minister", ACTOR)
    desk.code("Aid groups", ACTOR)
    desk.code("We will open the gate", CLAIM)
    desk.go_to("claimant")
    desk.type("minister", Qt.Key.Key_Return)
    edit = desk.go_to("claimant")
    qtbot.keyClicks(edit, "Aid")
    qtbot.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert len(desk.answers()[CLAIMANT]) == 2
    edit = desk.go_to("claimant")
    edit.clear()
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert desk.answers() == {}


def test_what_was_answered_last_is_offered_again(desk):
    desk.code("the minister", ACTOR)
    desk.go_to("type")
    desk.type("2")
    desk.code("Aid groups", ACTOR)
    desk.go_to("type")
    desk.type("=")
    assert desk.answers() == {TYPE: "NGO"}
    desk.code("open the gate", CLAIM)
    desk.go_to("note")
    desk.type("as in May", Qt.Key.Key_Return)
    desk.code("not before winter", CLAIM)
    desk.go_to("note")
    desk.type("", Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert desk.answers() == {NOTE: "as in May"}


def test_a_missing_required_answer_is_marked_until_it_is_given(desk):
    desk.code("the minister", ACTOR)
    labels = {label.text() for label in desk.panel.findChildren(QLabel)}
    assert "type - required" in labels
    assert "role" in labels
    desk.go_to("type")
    desk.type("1")
    assert "type" in {label.text() for label in desk.panel.findChildren(QLabel)}


def test_undo_shows_the_answer_before(desk):
    desk.code("open the gate", CLAIM)
    desk.go_to("stance")
    desk.type("1")
    desk.go_to("stance")
    desk.type("2")
    desk.bridge.undo()
    assert desk.answers() == {STANCE: "against"}
    assert desk.field("stance")._chosen == ("against",)


def test_memo_and_flag(desk, qtbot, window):
    annotation = desk.code("the minister", ACTOR)
    window.menus["annotation.memo"].trigger()
    memo = desk.panel.findChild(QPlainTextEdit, "memo")
    assert memo.hasFocus()
    qtbot.keyClicks(memo, "which one?")
    qtbot.keyClick(memo, Qt.Key.Key_Escape)
    assert desk.reader.hasFocus()
    assert desk.bridge.project.annotation(annotation).memo == "which one?"
    desk.panel.findChild(QCheckBox).click()
    assert desk.bridge.project.annotation(annotation).discuss


def test_without_an_annotation_the_article_is_asked_about(desk, window):
    desk.bridge.select_annotation(None)
    window.menus["annotation.answer"].trigger()
    assert desk.field("relevance").hasFocus()
    desk.type("y")
    desk.go_to("tone")
    desk.type("2")
    review = desk.bridge.project.review(desk.bridge.article, ANA.id)
    assert review.variables == {RELEVANT: True, TONE: "good"}
    window.menus["annotation.memo"].trigger()
    desk.type("read twice", Qt.Key.Key_Escape)
    assert desk.bridge.project.review(desk.bridge.article, ANA.id).notes == "read twice"


def test_another_coders_annotation_can_be_read_but_not_changed(desk, window):
    project = window.bridge.project
    project.sign_in(BEN)
    theirs = add(project, ACTOR, "the minister")
    project.sign_in(ANA)
    window.bridge.show_everybody(True)
    window.bridge.select_annotation(theirs)
    assert not desk.panel._body.isEnabled()


def test_the_candidates_are_listed_with_the_nearest_first(desk):
    desk.code("the minister", ACTOR)
    desk.code("Aid groups", ACTOR)
    desk.code("We will open the gate", CLAIM)
    desk.go_to("claimant")
    shown = desk.field("claimant").findChild(QListWidget)
    assert shown.isVisible()
    assert [shown.item(row).text() for row in range(shown.count())] == [
        "1  “the minister”  Actor",
        "2  “Aid groups”  Actor",
        "0  not in this text",
    ]
    desk.type("aid")
    assert shown.item(0).text() == "2  “Aid groups”  Actor"


@given(st.integers(-(10**9), 10**9))
def test_numbers_are_read_as_people_write_them(number):
    assert number_in(str(number)) == number
    assert number_in(f"{number:,}") == number
    assert number_in(f"{number:,}".replace(",", "\u202f")) == number
    assert number_in(f"{number / 4}".replace(".", ",")) == number / 4


def test_dragging_over_a_field_chooses_nothing(desk):
    desk.code("the minister", ACTOR)
    field = desk.field("type")
    point = QPointF(field.width() - 1.0, field.height() - 1.0)
    event = QMouseEvent(
        QEvent.Type.MouseButtonPress,
        point,
        field.mapToGlobal(point),
        Qt.MouseButton.LeftButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(field, event)
    assert desk.answers() == {}


def test_what_is_typed_is_kept_whatever_is_selected_next(desk, window, qtbot):
    first = desk.code("Aid groups", ACTOR)
    second = desk.code("the minister", ACTOR)
    memo = window.findChild(QPlainTextEdit, "memo")
    window.menus["annotation.memo"].trigger()
    qtbot.keyClicks(memo, "who?")
    window.menus["annotation.next"].trigger()
    assert desk.bridge.annotation == first
    assert desk.bridge.project.annotation(second).memo == "who?"
    assert memo.toPlainText() == ""


def test_notes_are_kept_when_the_next_article_opens_and_when_the_window_closes(desk, window, qtbot):
    first, second, _third = desk.bridge.project.articles()
    memo = window.findChild(QPlainTextEdit, "memo")
    qtbot.keyClicks(memo, "odd")
    window.menus["article.next"].trigger()
    assert desk.bridge.project.review(first.id, ANA.id).notes == "odd"
    qtbot.keyClicks(memo, "short")
    path = desk.bridge.project.path
    window.close()
    file = ProjectFile.open(path, program="0", read_only=True)
    assert file.reviews.get(second.id, ANA.id).notes == "short"
    file.close()


def test_return_alone_answers_nothing(desk, qtbot):
    desk.code("the minister", ACTOR)
    desk.code("open the gate", CLAIM)
    for name in ("claimant", "stance", "direct"):
        desk.go_to(name)
        desk.type("", Qt.Key.Key_Return)
    assert desk.answers() == {}
    desk.go_to("claimant")
    desk.type("", Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert list(desk.answers()) == [CLAIMANT], "what somebody went to is taken"


def test_the_next_without_an_answer_has_the_keyboard_in_its_question(desk, window):
    actor = desk.code("the minister", ACTOR)
    desk.code("open the gate", CLAIM)
    desk.go_to("note")
    window.menus["annotation.next_unanswered"].trigger()
    assert desk.bridge.annotation == actor
    desk.type("2")
    assert desk.answers() == {TYPE: "NGO"}


def test_undo_reaches_the_last_answer_from_a_field_without_anything_typed(desk, window, qtbot):
    desk.code("open the gate", CLAIM)
    desk.go_to("direct")
    desk.type("y")
    assert desk.answers() == {DIRECT: True}
    field = desk.go_to("note")
    override = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, "z")
    QApplication.sendEvent(field, override)
    assert not override.isAccepted(), "so the window has it"
    qtbot.keyClicks(field, "said so")
    QApplication.sendEvent(field, override)
    assert override.isAccepted(), "and now the field"


def test_what_comes_back_by_undo_is_selected(desk, window):
    annotation = desk.code("the minister", ACTOR)
    window.menus["annotation.delete"].trigger()
    assert desk.bridge.annotation is None
    window.menus["step.undo"].trigger()
    assert desk.bridge.annotation == annotation
