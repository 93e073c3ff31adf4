"""An article is done when its required questions are answered, or when the coder says why not."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QPushButton, QWidget

from app.domain.catalogue import Column, cell
from app.domain.editing import with_values
from app.domain.reviews import ReviewState
from app.project.commands import MarkDone, ReplaceCodebook, SetAnswer
from app.project.commands_codebook import SaveAttribute
from tests.builders import ACTOR, ANA, CLAIM, NOTE, ROLE, TYPE, add
from tests.ui.dialogs import answering


@pytest.fixture
def lacking(window):
    """The window with an actor whose type nobody has said."""
    actor = add(window.bridge.project, ACTOR, "the minister")
    window.bridge.show_anew()
    return window, actor


def review(window):
    project = window.bridge.project
    return project.review(project.articles()[0].id, ANA.id)


def test_what_is_open_is_listed_and_return_leads_to_it(qtbot, lacking):
    window, actor = lacking
    said = []

    def act(dialog):
        questions = dialog.findChild(QListWidget)
        said.extend(questions.item(row).text() for row in range(questions.count()))
        qtbot.keyClick(questions, Qt.Key.Key_Return)

    met = answering(act)
    window.menus["article.done"].trigger()
    assert met
    assert said == ["type  ·  Actor “the minister”"]
    assert window.bridge.annotation == actor
    assert review(window).state is ReviewState.IN_PROGRESS
    assert not window.menus["article.done"].isChecked()
    assert window.focusWidget().objectName() == "type"


def test_with_a_reason_it_is_done_all_the_same_and_the_reason_is_kept(qtbot, lacking):
    window, _actor = lacking

    def act(dialog):
        (done,) = [each for each in dialog.findChildren(QPushButton) if "all the same" in each.text()]
        assert not done.isEnabled()
        why = dialog.findChild(QLineEdit)
        qtbot.keyClicks(why, "it breaks off")
        qtbot.keyClick(why, Qt.Key.Key_Return)

    answering(act)
    window.menus["article.done_next"].trigger()
    assert (review(window).state, review(window).reason) == (ReviewState.DONE, "it breaks off")
    assert window.bridge.article == window.bridge.project.articles()[1].id
    window.menus["step.undo"].trigger()
    assert (review(window).state, review(window).reason) == (ReviewState.IN_PROGRESS, "")


def test_calling_it_off_leaves_the_article_open(qtbot, lacking):
    window, _actor = lacking
    answering(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape))
    window.menus["article.done"].trigger()
    assert review(window).state is ReviewState.IN_PROGRESS
    assert not window.menus["article.done"].isChecked()


def test_nobody_is_asked_when_everything_is_answered(lacking):
    window, actor = lacking
    window.bridge.apply(SetAnswer(id=actor, attribute_id=TYPE, answer="NGO"))
    window.menus["article.done"].trigger()
    assert (review(window).state, review(window).reason) == (ReviewState.DONE, "")
    assert window.menus["article.done"].isChecked()


def test_an_answer_that_is_being_typed_counts_before_anybody_is_asked(qtbot, window):
    project = window.bridge.project
    book = project.codebook()
    note = book.attribute(NOTE).model_copy(update={"required": True})
    codes = tuple(
        code.model_copy(
            update={"attributes": tuple(note if each.id == NOTE else each for each in code.attributes)}
        )
        for code in book.codes
    )
    window.bridge.apply(ReplaceCodebook(codebook=book.model_copy(update={"codes": codes})))
    claim = add(project, CLAIM, "open the gate")
    window.bridge.show_anew()
    window.bridge.select_annotation(claim)
    field = window.inspector.findChild(QWidget, "note").focusProxy()
    qtbot.keyClicks(field, "the envoy")
    window.menus["article.done"].trigger()
    assert (review(window).state, review(window).reason) == (ReviewState.DONE, "")


def test_what_is_done_says_wherever_its_state_is_shown_what_comes_to_be_open(qtbot, lacking):
    window, actor = lacking
    project, article = window.bridge.project, window.bridge.article
    window.bridge.apply(MarkDone(article_id=article, reason="it breaks off"))
    row, listed = window.articles._list.model().index(0, 0), Qt.ItemDataRole.AccessibleTextRole
    assert "done, 1 question open" in row.data(listed)
    assert "This one: 1 question open" in window.menus.place.text()
    asked = with_values(project.codebook().attribute(ROLE), required=True)
    window.bridge.apply(SaveAttribute(code_id=ACTOR, attribute=asked))
    assert "done, 2 questions open" in row.data(listed)
    assert cell(project.collection.rows([article])[0], Column.STATE, 1) == "done, 2 questions open"
    window.bridge.apply(SetAnswer(id=actor, attribute_id=ROLE, answer=("speaker",)))
    window.bridge.apply(SetAnswer(id=actor, attribute_id=TYPE, answer="NGO"))
    assert "done, 1 annotation" in row.data(listed)
    assert "This one" not in window.menus.place.text()
    assert review(window).reason == "it breaks off", "it tells how it came to be done"
    window.bridge.apply(MarkDone(article_id=article))
    assert review(window).reason == ""


def test_the_reason_goes_when_the_article_is_opened_again(lacking):
    window, _actor = lacking
    window.bridge.apply(MarkDone(article_id=window.bridge.article, reason="it breaks off"))
    window.menus["article.done"].trigger()
    assert (review(window).state, review(window).reason) == (ReviewState.IN_PROGRESS, "")
