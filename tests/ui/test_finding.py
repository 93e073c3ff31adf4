"""Finding in the article and in all articles, in the window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton, QTableView

from app.domain.articles import Draft
from app.project.commands import ImportArticles
from app.ui.finding.bar import FindBar
from app.ui.finding.everywhere import FindEverywhereDialog
from app.ui.theme import DARK
from tests.builders import GATES, HARVEST

STRASSE = "Straße, strasse.\n\nSTRASSE 😀 Straßenbahn strasse"


@pytest.fixture
def bar(window):
    return window.findChild(FindBar)


@pytest.fixture
def field(window, qtbot):
    window.menus["find.article"].trigger()
    found = window.findChild(QLineEdit, "find-field")
    qtbot.waitUntil(found.hasFocus)
    return found


@pytest.fixture
def count(window):
    return window.findChild(QLabel, "find-count")


def selected(window):
    reader = window.reading.reader
    return reader.page.text[slice(*reader.selection)]


def select(window, quote):
    text = window.reading.reader.page.text
    window.reading.reader.select_range(text.index(quote), text.index(quote) + len(quote))


def says(qtbot, label, words):
    qtbot.waitUntil(lambda: label.text() == words)


def open_new(window, text):
    window.bridge.apply(ImportArticles(drafts=(Draft(text=text),)))
    window.bridge.open_article(window.bridge.project.articles()[-1].id)


def test_hits_are_counted_and_walked_through_in_a_ring(window, qtbot, field, count):
    qtbot.keyClicks(field, "th")
    says(qtbot, count, f"1 of {GATES.lower().count('th')}")
    qtbot.keyClicks(field, "e ")
    qtbot.waitUntil(lambda: selected(window) == "the")
    assert count.text() == "1 of 4"
    starts = [window.reading.reader.selection[0]]
    for _step in range(4):
        qtbot.keyClick(field, Qt.Key.Key_Return)
        starts.append(window.reading.reader.selection[0])
    places = ("the gate", "the minister", "the camp", "The café", "the gate")
    assert starts == [GATES.index(quote) for quote in places]
    window.menus["find.previous"].trigger()
    assert selected(window) == "The"
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert count.text() == "3 of 4"
    window.menus["find.next"].trigger()
    assert count.text() == "4 of 4"


def test_escape_leads_back_to_the_text_with_the_hit_ready_to_be_coded(window, qtbot, field, bar, count):
    qtbot.keyClicks(field, "AID GROUPS")
    says(qtbot, count, "1 of 1")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    qtbot.waitUntil(window.reading.reader.hasFocus)
    assert not bar.isVisible()
    qtbot.keyClicks(window.reading.reader, "a")
    project = window.bridge.project
    assert project.annotation(window.bridge.annotation).fragments[0].quote == "Aid groups"


def test_finding_begins_with_the_selected_text_as_it_stands(window, qtbot, bar, count):
    bar._regular.click()
    select(window, "the camp")
    window.menus["find.article"].trigger()
    says(qtbot, count, "1 of 1")
    assert window.findChild(QLineEdit, "find-field").selectedText() == "the camp"
    assert selected(window) == "the camp"
    assert not bar._regular.isChecked()


def test_f3_goes_on_from_the_caret_and_brings_the_bar_back(window, qtbot, field, bar, count):
    qtbot.keyClicks(field, "the")
    says(qtbot, count, "1 of 4")
    bar.leave()
    reader, camp = window.reading.reader, GATES.index("camp")
    reader.select_range(camp, camp)
    window.menus["find.next"].trigger()
    says(qtbot, count, "4 of 4")
    assert bar.isVisible()
    reader.select_range(camp, camp)
    window.menus["find.previous"].trigger()
    assert reader.selection[0] == GATES.index("the camp")


def test_f3_without_words_asks_for_some(window, qtbot, bar):
    window.menus["find.next"].trigger()
    assert bar.isVisible()
    qtbot.waitUntil(window.findChild(QLineEdit, "find-field").hasFocus)


@pytest.mark.parametrize(
    ("switch", "words", "quotes"),
    [
        (None, "strasse", ["Straße", "strasse", "STRASSE", "Straße", "strasse"]),
        ("_whole", "strasse", ["Straße", "strasse", "STRASSE", "strasse"]),
        ("_case", "strasse", ["strasse", "strasse"]),
        ("_regular", r"\bs\w+$", ["strasse"]),
    ],
)
def test_options_narrow_what_is_found(window, qtbot, bar, count, switch, words, quotes):
    open_new(window, STRASSE)
    window.menus["find.article"].trigger()
    if switch:
        getattr(bar, switch).click()
    window.findChild(QLineEdit, "find-field").setText(words)
    says(qtbot, count, f"1 of {len(quotes)}")
    found = [selected(window)]
    for _more in quotes[1:]:
        bar.next()
        found.append(selected(window))
    assert found == quotes


def test_a_broken_expression_says_why_and_a_whole_one_takes_it_back(window, qtbot, field, bar, count):
    bar._regular.click()
    field.setText("(the")
    words = window.findChild(QLabel, "find-refusal")
    assert words.text().startswith("This is no regular expression: missing )")
    assert words.isVisible()
    assert count.text() == ""
    field.setText("(the)")
    says(qtbot, count, "1 of 4")
    assert not words.isVisible()


def test_nothing_found_is_said(window, qtbot, field, count):
    field.setText("zebra")
    says(qtbot, count, "No hit")


def test_hits_are_framed_where_they_are_and_gone_with_the_bar(window, qtbot, field, bar, count):
    reader = window.reading.reader
    field.setText("the")
    says(qtbot, count, "1 of 4")
    blocks = reader.page.blocks
    framed = [
        (blocks.to_offset(index, start), blocks.to_offset(index, end))
        for index in range(len(blocks))
        for start, end, _current in reader._highlights(index).hits
    ]
    assert [GATES[start:end] for start, end in framed] == ["the", "the", "the", "The"]
    assert [current for _start, _end, current in reader._highlights(0).hits] == [True, False]
    reader.select_range(0, 0)
    with_frames = reader.viewport().grab().toImage()
    bar.leave()
    reader.setFocus()
    field.setText("")
    assert all(not reader._highlights(index).hits for index in range(len(blocks)))
    assert reader.viewport().grab().toImage() != with_frames


def test_hits_across_pieces_are_framed_in_each(window, qtbot, field, count):
    field.setText("winter.” aid groups 🚚")
    says(qtbot, count, "1 of 1")
    hits = [hit for index in range(3) for hit in window.reading.reader._highlights(index).hits]
    assert [end - start for start, end, _current in hits] == [len("winter.”"), 0, len("Aid groups 🚚") + 1]


def test_another_article_is_searched_without_moving_in_it(window, qtbot, field, bar, count):
    field.setText("the")
    says(qtbot, count, "1 of 4")
    window.menus["article.next"].trigger()
    says(qtbot, count, "1 hit")
    assert window.reading.reader.selection == (0, 0)
    bar.next()
    assert selected(window) == "The"


def test_a_very_long_article_has_a_first_ten_thousand_hits(window, qtbot, count):
    open_new(window, "word " * 30_000)
    window.menus["find.article"].trigger()
    window.findChild(QLineEdit, "find-field").setText("WORD")
    says(qtbot, count, "1 of the first 10,000")


@pytest.fixture
def everywhere(window, qtbot):
    window.menus["find.everywhere"].trigger()
    found = window.findChild(FindEverywhereDialog)
    qtbot.waitUntil(found.isActiveWindow)
    return found


@pytest.fixture
def look(everywhere, qtbot):
    """Looks for words and waits until nothing is looked for any longer; returns what is said."""

    def look_for(text):
        everywhere.findChild(QLineEdit).setText(text)
        everywhere.look()
        qtbot.waitUntil(lambda: not everywhere._search.busy)
        return everywhere.findChild(QLabel, "everywhere-words").text()

    return look_for


def listed(dialog):
    model = dialog.findChild(QTableView).model()
    return [model.hit_at(row) for row in range(model.rowCount())]


def test_hits_of_all_articles_are_listed_and_enter_opens_one(window, qtbot, everywhere):
    field, view = everywhere.findChild(QLineEdit), everywhere.findChild(QTableView)
    qtbot.keyClicks(field, "was")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    says(qtbot, everywhere.findChild(QLabel, "everywhere-words"), "2 hits in 2 articles")
    assert [hit.context.quote for hit in listed(everywhere)] == ["was", "was"]
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.waitUntil(view.hasFocus)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert not everywhere.isVisible()
    assert window.bridge.article == window.bridge.project.articles()[1].id
    assert window.reading.reader.selection == (HARVEST.index("was"), HARVEST.index("was") + 3)
    window.reading.reader.clear_selection()
    window.menus["find.everywhere"].trigger()
    assert len(listed(everywhere)) == 2, "what was found is still there"


def test_finding_in_all_begins_with_the_selected_text(window, qtbot):
    select(window, "the gate")
    window.menus["find.everywhere"].trigger()
    dialog = window.findChild(FindEverywhereDialog)
    says(qtbot, dialog.findChild(QLabel, "everywhere-words"), "1 hit in 1 article")


def test_what_cannot_be_found_is_said(everywhere, look):
    assert look("zebra") == "No article has “zebra” in its text."
    assert look(" ").startswith("Type words")
    everywhere.findChildren(QCheckBox)[2].setChecked(True)
    assert look("[").startswith("This is no regular expression")
    assert look(r"w\ws") == "2 hits in 2 articles"


def test_looking_through_many_articles_can_be_stopped_and_begun_anew(window, everywhere, look):
    texts = tuple(Draft(text=f"Number {number}. " + "late word " * 50) for number in range(300))
    window.bridge.apply(ImportArticles(drafts=texts))
    everywhere.findChild(QLineEdit).setText("word")
    everywhere.look()
    next(each for each in everywhere.findChildren(QPushButton) if each.text() == "&Stop").click()
    assert everywhere.findChild(QLabel, "everywhere-words").text().startswith("Stopped after")
    everywhere.look()
    assert look("late") == "The first 1,000 hits, in 21 articles"
    assert {hit.context.quote for hit in listed(everywhere)} == {"late"}
    assert len(listed(everywhere)) == 1_000


def test_a_hit_in_an_article_that_is_gone_is_refused(window, qtbot, everywhere, look):
    window.bridge.apply(ImportArticles(drafts=(Draft(text="A zebra."),)))
    look("zebra")
    window.menus["step.undo"].trigger()
    with qtbot.waitSignal(window.bridge.refused) as refused:
        everywhere.hit_chosen.emit(listed(everywhere)[0])
    assert refused.args == ["This article is no longer in the project."]


def test_the_dialog_goes_with_its_project(window, everywhere):
    window.menus["project.close"].trigger()
    assert not everywhere.isVisible()
    assert window.finding._everywhere is None


def test_rows_of_hits_are_painted_in_either_theme_and_direction(everywhere, look):
    look("الوزير")
    view = everywhere.findChild(QTableView)
    light = view.viewport().grab().toImage()
    everywhere.set_theme(DARK)
    assert view.viewport().grab().toImage() != light
