"""What is done with an annotation once it is there, by keys."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QTableView

from app.domain.answers import AnnotationTarget
from app.domain.segmentation import Granularity
from app.project.commands import ReplaceCodebook, SetAnswer, SetGranularity
from tests.builders import ACTOR, CLAIM, CLAIMANT, GATES, LABOUR, TYPE

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(window, qtbot):
    """Selects and codes on the first article of the study."""

    class Desk:
        reader = window.reading.reader
        bridge = window.bridge

        def code(self, quote, code=ACTOR):
            start = GATES.index(quote)
            self.reader.select_range(start, start + len(quote))
            assert self.bridge.apply_code(code)
            self.reader.clear_selection()
            return self.bridge.annotation

        def select(self, quote):
            start = GATES.index(quote)
            self.reader.select_range(start, start + len(quote))

        def do(self, *actions):
            for action in actions:
                window.menus[action].trigger()

        def quotes(self):
            return [each.quote for each in self.bridge.project.annotation(self.bridge.annotation).fragments]

        def press(self, key, modifier=Qt.KeyboardModifier.NoModifier):
            qtbot.keyClick(self.reader, key, modifier)

        def sentences(self):
            return window.statusBar().currentMessage()

    return Desk()


def test_edges_move_by_words_and_characters_and_keep_answers(desk):
    annotation = desk.code("the minister")
    desk.bridge.apply(SetAnswer(id=annotation, attribute_id=TYPE, answer="state"))
    desk.do("annotation.grow_end", "annotation.grow_start")
    assert desk.quotes() == ["gate,” the minister said"]
    desk.do("annotation.shrink_start", "annotation.shrink_end", "annotation.shrink_end_little")
    assert desk.quotes() == ["the ministe"]
    desk.do("annotation.grow_end_little", "annotation.grow_start_little", "annotation.shrink_start_little")
    assert desk.quotes() == ["the minister"]
    assert desk.bridge.project.annotation(annotation).answers == {TYPE: "state"}
    for _step in range(8):
        desk.do("step.undo")
    assert desk.quotes() == ["the minister"]


def test_fragments_are_added_and_removed_where_the_caret_is(desk):
    desk.code("We will open the gate", CLAIM)
    desk.select("not before winter")
    desk.do("annotation.add_fragment")
    assert desk.quotes() == ["We will open the gate", "not before winter"]
    desk.reader.select_range(3, 3)
    desk.do("annotation.grow_end")
    assert desk.quotes()[0] == "We will open the gate,” the"
    desk.do("annotation.remove_fragment")
    assert desk.quotes() == ["not before winter"]
    desk.do("annotation.remove_fragment")
    assert desk.sentences().startswith("This is the only fragment")


def test_another_key_codes_the_same_span_and_with_shift_changes_the_code(desk):
    first = desk.code("the minister")
    desk.press("c")
    second = desk.bridge.annotation
    assert second != first
    assert desk.quotes() == ["the minister"]
    desk.press("F", SHIFT)
    assert desk.bridge.project.annotation(second).code_id == LABOUR
    assert desk.bridge.project.annotation(first).code_id == ACTOR
    desk.press("Q", SHIFT)
    assert desk.sentences() == "No code has the key Q."


def test_the_last_code_is_repeated(desk):
    desk.do("annotation.repeat")
    assert desk.sentences().startswith("No code has been applied yet")
    desk.code("the minister", CLAIM)
    desk.select("Aid groups")
    desk.do("annotation.repeat")
    assert desk.quotes() == ["Aid groups"]
    assert desk.bridge.project.annotation(desk.bridge.annotation).code_id == CLAIM


def test_the_flag_is_set_and_cleared(desk):
    annotation = desk.code("the minister")
    desk.do("annotation.discuss")
    assert desk.bridge.project.annotation(annotation).discuss
    desk.do("annotation.discuss")
    assert not desk.bridge.project.annotation(annotation).discuss


def test_next_without_an_answer_goes_round_and_ends_when_all_are_given(desk):
    first, second = desk.code("the minister"), desk.code("Aid groups")
    desk.code("open the gate", CLAIM)
    desk.do("annotation.next_unanswered")
    assert desk.bridge.annotation == first
    desk.do("annotation.next_unanswered")
    assert desk.bridge.annotation == second
    desk.do("annotation.next_unanswered")
    assert desk.bridge.annotation == first
    for each in (first, second):
        desk.bridge.apply(SetAnswer(id=each, attribute_id=TYPE, answer="state"))
    desk.do("annotation.next_unanswered")
    assert desk.sentences() == "Every required question in this article is answered."


def test_the_list_marks_what_is_still_to_be_answered(desk, window):
    annotation = desk.code("the minister")

    def said():
        model = window.annotations._model
        return model.data(model.index(model.row_of(annotation)), Qt.ItemDataRole.AccessibleTextRole)

    assert said().endswith(", 1 question open")
    desk.bridge.apply(SetAnswer(id=annotation, attribute_id=TYPE, answer="state"))
    assert "open" not in said()


def test_a_locked_granularity_holds_for_mouse_keys_and_edges(desk, window):
    start = GATES.index("the minister")
    desk.bridge.apply(SetGranularity(granularity=Granularity.WORD))
    assert window.menus["project.word_granularity"].isChecked()
    assert not window.menus["project.any_granularity"].isChecked()
    desk.reader.select_range(start + 1, start + 6)
    desk.press("a")
    assert desk.quotes() == ["the minister"]
    desk.do("annotation.grow_end_little")
    assert desk.sentences().startswith("This project codes whole words")
    desk.do("project.sentence_granularity")
    desk.select("Aid")
    desk.press("c")
    assert desk.quotes() == ["Aid groups 🚚🇺🇳 in Hořice called the camp unfit\u00a0for children."]
    desk.do("step.undo", "step.undo")
    assert window.menus["project.word_granularity"].isChecked()


def test_without_an_annotation_every_key_says_what_to_do(desk, window):
    for action in (
        "annotation.grow_end",
        "annotation.discuss",
        "annotation.add_fragment",
    ):
        assert not window.menus[action].isEnabled()
    window.annotating.toggle_discuss()
    assert desk.sentences().startswith("Select an annotation first")
    desk.code("the minister")
    window.annotating.add_fragment()
    assert desk.sentences() == "Select the text of the further fragment first."


def test_a_link_survives_what_happens_to_the_span(desk):
    actor = desk.code("the minister")
    claim = desk.code("open the gate", CLAIM)
    answer = (AnnotationTarget(annotation=actor),)
    desk.bridge.apply(SetAnswer(id=claim, attribute_id=CLAIMANT, answer=answer))
    desk.do("annotation.grow_end", "annotation.shrink_start")
    assert desk.bridge.project.annotation(claim).answers == {CLAIMANT: answer}


def test_what_is_changed_stays_selected_among_its_neighbours(desk):
    for quote in ("We will open", "said", "Aid groups", "The café"):
        desk.code(quote, CLAIM)
    annotation = desk.code("the minister", ACTOR)
    for action in (
        "annotation.grow_end",
        "annotation.grow_start",
        "annotation.shrink_start",
        "annotation.discuss",
    ):
        desk.do(action)
        assert desk.bridge.annotation == annotation, action
    desk.select("winter")
    desk.do("annotation.add_fragment")
    assert desk.bridge.annotation == annotation
    desk.reader.clear_selection()
    desk.press("C", SHIFT)
    assert desk.bridge.annotation == annotation
    desk.do("step.undo", "step.redo")
    assert desk.bridge.annotation == annotation


def test_nothing_is_selected_in_the_place_of_what_was_deleted(desk):
    for quote in ("We will open", "said", "Aid groups"):
        desk.code(quote, CLAIM)
    desk.code("the minister", ACTOR)
    desk.do("annotation.delete")
    assert desk.bridge.annotation is None


def test_open_questions_on_the_article_are_found_last(desk, window):
    codebook = desk.bridge.project.codebook()
    asked = tuple(each.model_copy(update={"required": True}) for each in codebook.variables)
    desk.bridge.apply(ReplaceCodebook(codebook=codebook.model_copy(update={"variables": asked})))
    annotation = desk.code("the minister", ACTOR)
    desk.do("annotation.next_unanswered")
    assert desk.bridge.annotation == annotation
    desk.bridge.apply(SetAnswer(id=annotation, attribute_id=TYPE, answer="state"))
    desk.do("annotation.next_unanswered")
    assert desk.bridge.annotation is None
    assert desk.sentences() == "Only questions on the article as a whole are open."


def test_text_selected_before_is_let_go_when_another_annotation_is_selected(desk, window):
    first = desk.code("the minister", ACTOR)
    desk.code("Aid groups", ACTOR)
    desk.select("Aid groups")
    desk.do("annotation.previous")
    assert desk.bridge.annotation == first
    assert desk.bridge.spans == ()
    desk.press("c")
    assert desk.quotes() == ["the minister"]


def test_the_menu_at_the_pointer_offers_what_makes_sense_there(desk, window, qtbot):
    minister = desk.code("the minister", ACTOR)
    desk.bridge.select_annotation(None)
    reader = desk.reader
    place = reader.box_of(GATES.index("minister")).center().toPoint()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, reader.viewport().mapToGlobal(place))
    QApplication.sendEvent(reader.viewport(), event)
    assert desk.bridge.annotation == minister
    menu = window.menus.context
    assert window.menus["annotation.delete"] in menu.actions()
    menu.close()
    desk.bridge.select_annotation(None)
    place = QPoint(2, 2)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, reader.viewport().mapToGlobal(place))
    qtbot.waitUntil(lambda: not menu.actions())
    QApplication.sendEvent(reader.viewport(), event)
    assert window.menus["annotation.delete"] not in menu.actions()
    menu.close()


def test_keys_of_codes_typed_in_the_list_of_annotations_code(desk, window, qtbot):
    desk.code("the minister", ACTOR)
    rows = window.findChild(QTableView, "annotations")
    rows.setFocus()
    qtbot.waitUntil(rows.hasFocus)
    qtbot.keyClick(rows, "c", SHIFT)
    qtbot.waitUntil(lambda: desk.reader.hasFocus())
    project = desk.bridge.project
    qtbot.waitUntil(lambda: project.annotation(desk.bridge.annotation).code_id == CLAIM)
    assert desk.quotes() == ["the minister"]
