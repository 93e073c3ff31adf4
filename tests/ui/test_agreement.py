"""The page of agreement: what is compared, every number, what differs behind it, and the way to the text."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton

from app.project.agreement import agreement_of_corpus
from app.project.agreement_words import number, percent
from app.project.behind import Behind
from app.project.commands import MarkDone, ReplaceCodebook
from app.ui.theme import DARK
from tests.builders import ANA, BEN
from tests.ui.pages import CAY, cells, choose, idle, rows, settle, tab

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_every_variable_has_a_row_with_headline_interval_and_companion(page):
    found = rows(page)
    assert list(found)[:4] == ["Actor", "type", "role", "entity"]
    actor = found["Actor"]
    assert (actor["Measure"], actor["Articles"], actor["Units"]) == ("|uα", "2", "3")
    assert " to " in actor["95 % interval"]
    assert actor["Beside it"].startswith("F1 overlap ")
    result = page.found().results[page.variables.key()][0]
    assert actor["Value"] == number(result.value)
    assert actor["P < .667"] == percent(result.q_667)
    assert found["relevance"]["Beside it"] == "Agreement .000"
    assert "Fewer than 5 articles" in actor["Note"]
    assert found["tone"]["Value"] == "n/a"
    assert found["tone"]["Note"].startswith("n/a: ")


def test_all_codes_together_stand_below_no_layer_and_among_no_article_variables(page):
    model = page.variables.model()
    tops = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert tops[-2:] == ["All codes: which code", "Article variables"]


def test_the_numbers_that_are_shown_can_be_had_for_reports(page):
    agreement = page.reckoned().agreement
    expected = agreement_of_corpus(page.found().corpus, page.found().asked.wishes)
    assert agreement == expected
    page.work_out()
    assert page.reckoned() is None


def test_what_is_left_out_is_said(page, qtbot):
    sheets = tab(qtbot, page, page.details.left_out)
    assert any("Cay made 1 annotation in it, but has not marked it done." in row[2] for row in cells(sheets))
    assert "2 articles with two coders or more" in page.strip.words.text()


def test_enter_leads_from_a_number_to_what_differs_and_on_to_the_place(page, qtbot):
    asked = []
    page.main.bridge.comparison_wanted.connect(asked.append)
    page.variables.setFocus()
    qtbot.keyClick(page.variables, Qt.Key.Key_Return)
    idle(qtbot, page)
    (row,) = cells(page.details.differences.view.sheets)
    assert row[1:4] == ["not marked by all", "Aid groups", "“Aid groups”"]
    assert row[4] == "–"
    view = page.details.differences.view
    qtbot.waitUntil(view.hasFocus)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    project = page.main.bridge.project
    first = project.articles()[0]
    start = project.text(first).index("Aid groups")
    assert asked == [(first.id, start, start + len("Aid groups"), (ANA.id, BEN.id))]
    assert page.main.comparing.page.isVisible()


def test_a_cell_of_a_heat_map_opens_the_differences_of_that_pair(page, qtbot):
    sheets = tab(qtbot, page, page.details.pairs)
    names = [row[:2] for row in cells(sheets)]
    assert names == [["Ana", "Ben"]]
    page.details.pairs.plot.cell_activated.emit(1, 0)
    idle(qtbot, page)
    assert page.details.tabs.currentWidget() is page.details.differences
    assert page.details.differences.words.text().startswith("Ben and Ana: ")
    assert [head for head, _width in page.details.differences.view.sheets.sheet.heads][3:] == ["Ana", "Ben"]
    page.details.differences.every.click()
    idle(qtbot, page)
    assert not page.details.differences.words.text().startswith("Ben")


def test_who_is_no_longer_compared_is_not_looked_behind(page, qtbot):
    project = page.main.bridge.project
    project.sign_in(CAY)
    page.main.bridge.apply(MarkDone(article_id=project.articles()[1].id, reason="for the test"))
    page.findChild(QPushButton, "agreement-again").click()
    qtbot.waitUntil(lambda: len(page.found().corpus.coders) == 3, timeout=20_000)
    settle(qtbot, page)
    page.details.show_behind(Behind(coders=(ANA.id, CAY.id)))
    idle(qtbot, page)
    assert [row[2] for row in cells(page.details.differences.view.sheets)] == ["Pickers"]
    next(each for each in page.asking.coders.menu().actions() if each.text() == "Cay").trigger()
    qtbot.waitUntil(lambda: len(page.found().corpus.coders) == 2, timeout=20_000)
    settle(qtbot, page)
    assert [row[2] for row in cells(page.details.differences.view.sheets)] == ["Aid groups"]
    assert page.details.differences.every.isHidden()


def test_a_cell_of_a_confusion_matrix_opens_the_entries_that_it_counts(page, qtbot):
    choose(qtbot, page, "Concern: which code")
    sheets = tab(qtbot, page, page.details.confusion)
    length = str(len("the camp unfit"))
    assert ["Concern", "Concern > forced labour", length, "100 %"] in cells(sheets)
    page.details.confusion.pair.setCurrentIndex(1)
    idle(qtbot, page)
    assert next(row[:3] for row in cells(sheets)) == ["Concern", "Concern > forced labour", length]
    page.details.confusion.plot.cell_activated.emit(0, 1)
    idle(qtbot, page)
    (row,) = cells(page.details.differences.view.sheets)
    assert row[1:3] == ["different codes", "the camp unfit"]


def test_articles_have_values_of_their_own_and_open(page, qtbot):
    sheets = tab(qtbot, page, page.details.articles)
    assert [row[3] for row in cells(sheets)] == ["3", "0"]
    page.details.articles.view.selectRow(1)
    with qtbot.waitSignal(page.main.bridge.comparison_wanted) as wanted:
        page.details.articles.open.click()
    assert wanted.args[0].article_id == page.main.bridge.project.articles()[1].id
    page.details.articles.view.selectRow(0)
    qtbot.keyClick(page.details.articles.view, Qt.Key.Key_Return)
    idle(qtbot, page)
    assert len(cells(page.details.differences.view.sheets)) == 1


def test_agreement_is_told_by_time_by_sample_and_for_each_coder(page, qtbot):
    shown = page.details.over_time
    sheets = tab(qtbot, page, shown)
    assert [row[3] for row in cells(sheets)] == ["2"]
    shown.by.setCurrentIndex(shown.by.findText("By sample"))
    idle(qtbot, page)
    assert cells(sheets)[0][0] == "(in no sample)"
    shown.who.setCurrentIndex(1)
    idle(qtbot, page)
    assert [row[0] for row in cells(sheets)] == ["Ana", "Ben"]
    assert [row[3] for row in cells(sheets)] == ["2", "2"]


def test_numbers_stay_until_somebody_asks_for_them_again(page, qtbot):
    before = rows(page)
    project = page.main.bridge.project
    article = project.articles()[0]
    page.main.bridge.apply(MarkDone(article_id=article.id, done=False))
    assert "changed since" in page.strip.words.text()
    assert rows(page) == before
    again = page.findChild(QPushButton, "agreement-again")
    assert again.isVisible()
    again.click()
    settle(qtbot, page)
    assert rows(page)["Actor"]["Articles"] == "1"
    assert again.isHidden()


def test_what_is_compared_can_be_chosen(page, qtbot):
    page.asking.unit.setCurrentIndex(1)
    qtbot.waitUntil(lambda: page.found().corpus.unit == "words", timeout=20_000)
    settle(qtbot, page)
    page.asking.rounds.setValue(0)
    qtbot.waitUntil(lambda: page.found().asked.wishes.rounds == 0, timeout=20_000)
    settle(qtbot, page)
    assert rows(page)["Actor"]["95 % interval"] == ""
    cay = next(each for each in page.asking.coders.menu().actions() if each.text() == "Cay")
    cay.trigger()
    qtbot.waitUntil(lambda: len(page.found().corpus.coders) == 2, timeout=20_000)
    settle(qtbot, page)
    assert page.asking.coders.text() == "2 of 3 coders"
    ana = page.asking.coders.menu().actions()[0]
    ana.trigger()
    # Of two, nobody can be taken away.
    assert ana.isChecked()


def test_which_code_of_all_stands_by_itself_not_below_the_article_variables(page):
    found = rows(page)
    assert found["All codes: which code"]["Measure"] == "uα"
    items = page.variables.model()
    tops = [items.index(row, 0).data() for row in range(items.rowCount())]
    assert tops[-2:] == ["All codes: which code", "Article variables"]
    below = items.index(len(tops) - 1, 0)
    assert [items.index(row, 0, below).data() for row in range(items.rowCount(below))] == [
        "relevance",
        "tone",
    ]


def test_tables_are_copied_as_text_and_sorted_by_any_column(page, qtbot):
    qtbot.keyClick(page.variables, Qt.Key.Key_C, CONTROL)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:3] == ["Variable", "Measure", "Value"]
    sheets = tab(qtbot, page, page.details.measures)
    view = page.details.measures.view
    view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    values = [row.cells[1].number for row in sheets.rows]
    assert values == sorted(values, reverse=True)
    qtbot.keyClick(view, Qt.Key.Key_C, CONTROL)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("Measure\tValue\t95 % interval")
    assert len(lines) == 1 + len(sheets.rows)


def test_widths_of_columns_are_remembered(page, qtbot):
    view = page.details.differences.view
    view.horizontalHeader().resizeSection(1, 222)
    page.details.differences.widen()
    idle(qtbot, page)
    assert view.columnWidth(1) == 222
    page.details.show_behind(Behind(coders=(ANA.id, BEN.id)))
    idle(qtbot, page)
    assert view.columnWidth(1) == 222


def test_a_forest_plot_shows_all_headlines_that_have_units_and_leads_back(page, qtbot):
    page.findChild(QPushButton, "agreement-forest").click()
    qtbot.waitExposed(page.forest)
    spots = page.forest.view.surface.drawing.spots
    results = page.found().results
    everything = [each.key for each in page.found().corpus.variables]
    keys = [key for key in everything if results[key][0].units]
    assert 3 < len(keys) < len(everything)
    assert [each.key for each in spots if each.key in everything] == keys
    page.forest.view.row_activated.emit(keys[3])
    assert page.variables.key() == keys[3]


def test_its_key_opens_and_closes_it_and_other_keys_close_it_too(page, qtbot):
    keys = (
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_W, CONTROL),
        (Qt.Key.Key_G, CONTROL | Qt.KeyboardModifier.ShiftModifier),
    )
    for key, modifiers in keys:
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        qtbot.keyClick(page, key, modifiers)
        assert not page.isVisible()
        page.main.menus["project.agreement"].trigger()
        assert page.isVisible()
    assert page.main.bridge.project is not None


def test_where_nothing_can_be_compared_it_is_said_what_to_do(window, qtbot):
    window.menus["project.agreement"].trigger()
    page = window.agreement.page
    settle(qtbot, page)
    words = page.findChild(QLabel, "empty")
    assert words.isVisible()
    assert "mark the same article as done" in words.text()
    book = window.bridge.project.codebook()
    bare = book.model_copy(update={"codes": (), "variables": ()})
    window.bridge.apply(ReplaceCodebook(codebook=bare))
    page.findChild(QPushButton, "agreement-again").click()
    qtbot.waitUntil(lambda: "View > Codebook" in words.text(), timeout=20_000)


def test_all_are_compared_where_of_those_chosen_one_is_left(page):
    for action in page.asking.coders.menu().actions():
        action.setChecked(action.data() in (BEN.id, CAY.id))
    assert set(page.asking.asked().selection.coders) == {BEN.id, CAY.id}
    page.asking.offer([ANA, BEN], [], list)
    assert page.asking.asked().selection.coders == ()


def test_colours_follow_the_theme(page, qtbot):
    page.set_theme(DARK)
    tab(qtbot, page, page.details.pairs)
    assert page.details.pairs.plot.surface.drawing is not None
