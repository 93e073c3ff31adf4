"""Articles, zoom, and the calls that once crashed an interpreter."""

import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QTableView, QWidget

from app.domain.answers import AnnotationTarget, NotInText
from app.domain.articles import Draft
from app.domain.reviews import ReviewState
from app.project.commands import ImportArticles, SetAnswer, SetNotes
from app.system.settings import TEXT_SIZE
from tests.builders import ACTOR, ANA, CLAIM, CLAIMANT, GATES, STANCE


def test_the_filter_narrows_the_list_and_says_when_nothing_fits(window, qtbot):
    view, field = window.findChild(QTableView, "articles"), window.findChild(QLineEdit, "article-filter")
    assert view.model().rowCount() == 3
    field.setText("HARVEST")
    assert view.model().rowCount() == 1
    field.setText("nothing like it")
    assert window.articles._progress.text() == "No article matches “nothing like it”."


def test_states_progress_and_place_follow_the_work(window):
    project = window.bridge.project
    assert window.menus.place.text() == "Article 1 of 3 · Done 0"
    window.menus["article.done"].trigger()
    assert window.menus.place.text() == "Article 1 of 3 · Done 1"
    assert window.menus["article.done"].isChecked()
    assert project.review(project.articles()[0].id, ANA.id).nothing_found
    window.menus["article.done"].trigger()
    assert not window.menus["article.done"].isChecked()
    window.menus["step.undo"].trigger()
    assert window.menus["article.done"].isChecked()


def test_next_open_skips_what_is_done_and_says_when_all_is(window, qtbot):
    articles = window.bridge.project.articles()
    window.menus["article.next"].trigger()
    window.menus["article.done"].trigger()
    window.menus["article.previous"].trigger()
    window.menus["article.done_next"].trigger()
    assert window.bridge.article == articles[2].id
    with qtbot.waitSignal(window.bridge.told) as told:
        window.menus["article.done_next"].trigger()
    assert told.args == ["Every article is done."]


def test_the_ends_of_the_list_are_said(window, qtbot):
    with qtbot.waitSignal(window.bridge.told) as told:
        window.menus["article.previous"].trigger()
    assert told.args == ["This is the first article."]


def test_zooming_keeps_the_text_and_is_remembered(window, settings):
    window.menus["view.larger"].trigger()
    assert settings.number(TEXT_SIZE) == TEXT_SIZE.default + 1
    for _ in range(60):
        window.menus["view.larger"].trigger()
    assert settings.number(TEXT_SIZE) == TEXT_SIZE.highest
    window.menus["view.normal"].trigger()
    assert settings.number(TEXT_SIZE) == TEXT_SIZE.default


def test_time_is_counted_when_an_article_is_left(window):
    first = window.bridge.project.articles()[0]
    window.reading._seconds = 30.0
    window.menus["article.next"].trigger()
    review = window.bridge.project.review(first.id, ANA.id)
    assert review.seconds >= 30
    assert review.state is ReviewState.IN_PROGRESS


def test_a_long_article_lays_out_only_what_is_seen(window):
    text = "\n".join(f"Paragraph {number} with some words in it." for number in range(20_000))
    window.bridge.apply(ImportArticles(drafts=(Draft(text=text),)))
    window.bridge.open_article(window.bridge.project.articles()[-1].id)
    reader = window.reading.reader
    reader.viewport().grab()
    assert len(reader.page._laid) < 100
    reader.select_range(len(text) - 6, len(text))
    assert reader.verticalScrollBar().value() == pytest.approx(reader.verticalScrollBar().maximum(), abs=200)
    window.bridge.apply_code(ACTOR)
    assert window.bridge.project.annotation(window.bridge.annotation).fragments[0].quote == "in it."


def test_annotating_keeps_the_text_where_it_is(window):
    reader = window.reading.reader
    before = reader.place_on_screen(GATES.index("The café"))
    reader.select_range(GATES.index("the minister"), GATES.index("the minister") + 12)
    window.bridge.apply_code(ACTOR)
    assert reader.place_on_screen(GATES.index("The café")) == before


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None cannot be freed from Python 3.12 on")
def test_calls_into_qt_lose_no_reference_to_none(qapp):
    """PySide6 6.12.0 lost one in every call that returns nothing, and so ended the interpreter."""
    widget = QWidget()
    before = sys.getrefcount(None)
    for number in range(5_000):
        widget.setWindowTitle(str(number))
    assert sys.getrefcount(None) > before - 500
    widget.deleteLater()


def test_only_open_articles_are_shown_on_wish(window, qtbot):
    view = window.findChild(QTableView, "articles")
    window.menus["article.done"].trigger()
    window.menus["article.only_open"].trigger()
    assert view.model().rowCount() == 2
    window.menus["article.next_open"].trigger()
    window.menus["article.done_next"].trigger()
    assert view.model().rowCount() == 2, "what is done now stays in sight until the list is sifted again"
    window.menus["article.done_next"].trigger()
    window.menus["article.only_open"].trigger()
    window.menus["article.only_open"].trigger()
    assert view.model().rowCount() == 0
    assert window.articles._progress.text() == "Every article is done."


def test_the_list_says_what_was_found_noted_and_how_long_it_took(window, project_lines):
    window.menus["article.done"].trigger()
    window.bridge.apply(SetNotes(article_id=window.bridge.article, notes="dull"))
    window.reading._seconds = 3_700.0
    window.menus["article.next"].trigger()
    assert project_lines()[0] == "done, nothing found, with notes, 1 h 02 min"
    assert window.articles._progress.text() == "Done 1 of 3 · 1 h 02 min"
    window.reading.reader.select_range(4, 11)
    window.bridge.apply_code(ACTOR)
    assert project_lines()[1].startswith("in progress, 1 annotation")


@pytest.fixture
def project_lines(window):
    """What the list of articles says of each."""
    model = window.findChild(QTableView, "articles").model()

    def lines():
        shown = [model.index(row, 0).data(Qt.ItemDataRole.ToolTipRole) for row in range(model.rowCount())]
        return [each.split("\n")[-1] for each in shown]

    return lines


def test_cards_say_what_claims_link_to(window):
    reader, bridge = window.reading.reader, window.bridge
    for quote, code in (("the minister", ACTOR), ("We will open the gate", CLAIM)):
        reader.select_range(GATES.index(quote), GATES.index(quote) + len(quote))
        bridge.apply_code(code)
    claim = bridge.annotation
    actor = bridge.project.annotations(bridge.article)[0].id
    model = window.findChild(QTableView, "cards").model()
    assert window.cards.count() == 1
    assert model.index(0, 0).data() == "Claim: We will open the gate, claimant: -, stance: -"
    bridge.apply(SetAnswer(id=claim, attribute_id=CLAIMANT, answer=(AnnotationTarget(annotation=actor),)))
    bridge.apply(SetAnswer(id=claim, attribute_id=STANCE, answer="for"))
    assert model.index(0, 0).data() == "Claim: We will open the gate, claimant: the minister, stance: for"
    bridge.apply(SetAnswer(id=claim, attribute_id=CLAIMANT, answer=(NotInText(),)))
    assert "claimant: not in this text" in model.index(0, 0).data()
    bridge.select_annotation(None)
    window.findChild(QTableView, "cards").selectRow(0)
    assert bridge.annotation == claim
    bridge.delete_annotation()
    assert window.cards.count() == 0
