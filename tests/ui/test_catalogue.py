"""The window of all articles: filter, search, order, samples and metadata, by keyboard and true at any moment."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QToolButton,
    QWidget,
)

from app.domain.articles import Draft
from app.domain.catalogue import Column
from app.domain.spans import Span
from app.project.commands import ImportArticles, MarkDone
from app.project.commands_articles import EditArticles
from app.project.project import Project
from app.ui.catalogue.drawing import DrawDialog
from app.ui.catalogue.editor import ArticleEditor
from app.ui.catalogue.filters import FilterDialog
from app.ui.catalogue.ordering import OrderDialog
from app.ui.catalogue.samples import SamplesDialog
from app.ui.theme import DARK
from tests.builders import ACTOR

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(window, qtbot):
    """The window of all articles, on the study and five articles more."""
    drafts = tuple(
        Draft(
            text=f"Text {at} of the harbour.",
            title=f"T{at}",
            source="Mail" if at % 2 else "Courier",
            date="odd" if at == 3 else f"2026-0{5 - at}-01",
            metadata={"desk": "world"} if at == 1 else {},
        )
        for at in range(5)
    )
    window.bridge.apply(ImportArticles(drafts=drafts))
    window.menus["view.articles"].trigger()
    shown = window.catalogue.page
    qtbot.waitExposed(shown)
    wait_for(qtbot, shown, 8)
    return shown


@pytest.fixture
def answer(monkeypatch):
    """Answers a dialog: what is given is done to it, then it is accepted if its yes can be pressed."""

    def on(kind, fill):
        def run(dialog):
            fill(dialog)
            yes = next((each for each in dialog.findChildren(QPushButton) if each.isDefault()), None)
            if yes is not None and yes.isEnabled():
                yes.click()
            return dialog.result()

        monkeypatch.setattr(kind, "exec", run)

    return on


def titles(page, column=Column.TITLE):
    model = page.table.model()
    at = model.columns().index(column)
    return [model.index(row, at).data() for row in range(model.rowCount())]


def wait_for(qtbot, page, count):
    words = "8 articles" if count == 8 else f"{count} of"
    counted = page.findChild(QLabel, "catalogue-count")
    qtbot.waitUntil(lambda: page.table.model().rowCount() == count and words in counted.text())


def field(page, name):
    return page.findChild(QLineEdit, name)


def choose(page, qtbot, row):
    page.table.setFocus()
    qtbot.waitUntil(page.table.hasFocus)
    page.table.selectRow(row)


def press(page, name):
    page.findChild(QPushButton, f"catalogue-{name}").click()


def test_all_articles_are_there_with_what_is_known_of_them(page):
    assert titles(page)[3:] == ["T0", "T1", "T2", "T3", "T4"]
    assert titles(page, Column.NUMBER) == [str(at) for at in range(1, 9)]
    assert titles(page, "extra:desk") == ["", "", "", "", "world", "", "", ""]
    assert titles(page, Column.STATE)[0] == "in progress"
    model = page.table.model()
    at = model.columns().index(Column.DATE)
    assert "cannot be put in order as a date" in model.index(6, at).data(Qt.ItemDataRole.ToolTipRole)
    assert model.index(6, at).data(Qt.ItemDataRole.FontRole).italic()


def test_the_filter_narrows_at_each_key_and_is_shown_as_a_button_that_takes_it_away(page, qtbot):
    qtbot.keyClicks(field(page, "catalogue-filter"), "mail t")
    wait_for(qtbot, page, 2)
    assert titles(page) == ["T1", "T3"]
    (part,) = page.findChildren(QToolButton, "filter-part")
    assert part.text() == "“mail t”  ×"
    part.click()
    wait_for(qtbot, page, 8)
    assert field(page, "catalogue-filter").text() == ""


def test_filters_combine_and_an_empty_table_says_what_to_take_away(page, qtbot, answer):
    def fill(dialog):
        dialog.findChild(QComboBox, "filter-outlet").setEditText("Courier")
        dialog.findChild(QLineEdit, "filter-earliest").setText("2026-04")

    answer(FilterDialog, fill)
    press(page, "more")
    wait_for(qtbot, page, 1)
    assert titles(page) == ["T0"]
    field(page, "catalogue-filter").setText("nothing such")
    wait_for(qtbot, page, 0)
    empty = page.findChild(QLabel, "empty")
    qtbot.waitUntil(empty.isVisible)
    assert "“nothing such” and Outlet: Courier and Date from 2026-04" in empty.text()
    page.findChild(QToolButton, "filter-clear").click()
    wait_for(qtbot, page, 8)


def test_a_date_that_is_none_cannot_be_filtered_by(page, qtbot, answer):
    said = []

    def fill(dialog):
        dialog.findChild(QLineEdit, "filter-latest").setText("May")
        said.append(dialog.findChild(QLabel, "filter-told").text())

    answer(FilterDialog, fill)
    press(page, "more")
    assert said[0].startswith("“May” is no date. Write a date as")
    assert page.findChildren(QToolButton, "filter-part") == []


def test_a_filter_by_work_follows_the_work(page, window, qtbot, answer):
    def fill(dialog):
        box = dialog.findChild(QComboBox, "filter-code")
        box.setCurrentIndex(box.findText("Actor"))

    answer(FilterDialog, fill)
    press(page, "more")
    wait_for(qtbot, page, 0)
    add_in(window)
    wait_for(qtbot, page, 1)
    window.bridge.undo()
    wait_for(qtbot, page, 0)


def add_in(window):
    window.bridge.open_article(window.bridge.project.articles()[0].id)
    window.bridge.select_spans((Span(start=0, end=5),))
    assert window.bridge.apply_code(ACTOR)


def test_a_head_puts_rows_in_order_and_the_selection_stays(page, qtbot):
    page.table.selectRow(3)
    at = page.table.model().columns().index(Column.DATE)
    page.table.sortByColumn(at, Qt.SortOrder.AscendingOrder)
    qtbot.waitUntil(lambda: titles(page)[0] == "T4")
    assert titles(page)[:5] == ["T4", "T2", "T1", "T0", "T3"]
    assert [
        page.table.model().row_at(each.row()).title for each in page.table.selectionModel().selectedRows()
    ] == ["T0"]


def test_words_in_texts_are_found_and_lead_to_their_place(page, window, qtbot):
    search = field(page, "text-search")
    search.setFocus()
    qtbot.waitUntil(search.hasFocus)
    qtbot.keyClicks(search, "children 2* -x")
    hits = page.findChild(QWidget, "text-hits")
    told = page.findChild(QLabel, "text-told")
    qtbot.waitUntil(lambda: told.text() == "No text in the project has all of that.")
    search.setText('"unfit for" café')
    qtbot.waitUntil(lambda: told.text() == "1 article")
    assert hits.model().rowCount() == 2
    qtbot.keyClick(search, Qt.Key.Key_Down)
    qtbot.waitUntil(hits.hasFocus)
    qtbot.keyClick(hits, Qt.Key.Key_Return)
    article = window.bridge.project.articles()[0]
    assert window.bridge.article == article.id
    (span,) = window.bridge.spans
    assert span.quote(window.bridge.project.text(article)) == "unfit\u00a0for"
    search.setText("-only")
    qtbot.waitUntil(lambda: told.text().startswith("Add a word"))
    search.setText("")
    assert not hits.isVisible()


def test_texts_are_searched_only_in_what_the_table_shows(page, qtbot):
    told = page.findChild(QLabel, "text-told")
    field(page, "text-search").setText("harbour")
    qtbot.waitUntil(lambda: told.text() == "5 articles")
    field(page, "catalogue-filter").setText("courier")
    qtbot.waitUntil(lambda: told.text() == "3 articles")


def test_enter_opens_an_article(page, window, qtbot):
    qtbot.keyClick(field(page, "catalogue-filter"), Qt.Key.Key_Return)
    qtbot.waitUntil(page.table.hasFocus)
    page.table.selectRow(4)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert window.bridge.project.article(window.bridge.article).title == "T1"


def test_metadata_of_several_is_edited_in_one_step(page, window, qtbot, answer):
    def fill(dialog):
        assert dialog.findChild(QLineEdit, "edit-source").placeholderText() == "several values"
        assert not dialog.findChild(QLineEdit, "edit-title").isEnabled()
        source = dialog.findChild(QLineEdit, "edit-source")
        source.setFocus()
        qtbot.keyClicks(source, "Gazette")
        dialog.findChild(QLineEdit, "edit-key").setText("section")
        dialog.findChild(QLineEdit, "edit-value").setText("A")

    answer(ArticleEditor, fill)
    choose(page, qtbot, 3)
    qtbot.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(page.table, Qt.Key.Key_F2)
    changed = window.bridge.project.articles()[3:5]
    assert [(each.source, each.metadata["section"], each.date[:4]) for each in changed] == [
        ("Gazette", "A", "2026")
    ] * 2
    qtbot.waitUntil(lambda: titles(page, Column.SOURCE)[3:5] == ["Gazette"] * 2)
    qtbot.waitUntil(lambda: "extra:section" in page.table.model().columns())
    window.menus["step.undo"].trigger()
    qtbot.waitUntil(lambda: titles(page, Column.SOURCE)[3:5] == ["Courier", "Mail"])


def test_a_date_is_checked_as_it_is_typed_but_one_from_a_file_may_stay(page, qtbot, answer):
    states = []

    def fill(dialog):
        save = next(each for each in dialog.findChildren(QPushButton) if each.text() == "Save")
        states.append(save.isEnabled())
        day = dialog.findChild(QLineEdit, "edit-date")
        qtbot.keyClicks(day, "x")
        states.append(save.isEnabled())
        assert "is no date" in dialog.findChild(QLabel, "edit-told").text()

    answer(ArticleEditor, fill)
    page.table.selectRow(6)
    press(page, "edit")
    assert states == [True, False]


def test_articles_are_removed_and_those_that_are_coded_after_a_question(page, window, qtbot, monkeypatch):
    choose(page, qtbot, 3)
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    wait_for_rows(qtbot, page, 7)
    add_in(window)
    asked, replies = [], [QMessageBox.StandardButton.Cancel, QMessageBox.StandardButton.Yes]

    def question(_parent, _title, text, *_buttons):
        asked.append(text)
        return replies.pop(0)

    monkeypatch.setattr(QMessageBox, "question", question)
    page.table.selectRow(0)
    press(page, "remove")
    assert page.table.model().rowCount() == 7
    press(page, "remove")
    wait_for_rows(qtbot, page, 6)
    assert "(Ana: work on 1 article with 1 annotation).\n\nRemove all the same, " in asked[0]
    window.menus["step.undo"].trigger()
    wait_for_rows(qtbot, page, 7)


def wait_for_rows(qtbot, page, count):
    qtbot.waitUntil(lambda: page.table.model().rowCount() == count)


def test_another_order_is_seen_here_and_in_the_list(page, window, qtbot, answer):
    answer(OrderDialog, lambda dialog: dialog.findChild(QAbstractButton, "order-date").setChecked(True))
    press(page, "order")
    qtbot.waitUntil(lambda: titles(page)[0] == "T4")
    assert window.articles.lines()[0].title == "T4"
    assert "Order articles by date" in page.findChild(QLabel, "place").text()


def test_a_sample_is_drawn_shown_and_exported(page, window, qtbot, answer, monkeypatch, tmp_path):
    def draw(dialog):
        dialog.findChild(QLineEdit, "sample-name").setText("Pilot")
        dialog.findChild(QSpinBox, "sample-size").setValue(3)
        dialog.findChild(QLineEdit, "seed").setText("5")
        box = dialog.findChild(QComboBox, "sample-stratify")
        box.setCurrentIndex(box.findText("outlet"))

    def use(dialog):
        dialog.findChild(QPushButton, "samples-draw").click()
        listed = dialog.findChild(QTableWidget, "samples")
        assert [listed.item(0, column).text() for column in (0, 1)] == ["Pilot", "3"]
        assert "Courier" in dialog.findChild(QLabel, "sample-strata").text()
        dialog.findChild(QPushButton, "samples-export").click()
        dialog.findChild(QPushButton, "samples-show").click()

    target = tmp_path / "sample.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    answer(DrawDialog, draw)
    answer(SamplesDialog, use)
    press(page, "samples")
    wait_for(qtbot, page, 3)
    (sample,) = window.bridge.project.collection.samples()
    qtbot.waitUntil(lambda: target.exists() and not window.tasks.busy)
    lines = target.read_text(encoding="utf-8").splitlines()
    assert [line.partition(",")[0] for line in lines] == ["article_id", *sample.articles]


def test_the_dialog_says_how_many_articles_a_test_needs(page, window, qtbot):
    dialog = DrawDialog(None, 300, "", (), 4.5, page)
    assert dialog.findChild(QLabel, "need-told").text() == "401 units coded by two coders: 90 articles"
    dialog.findChild(QPushButton, "need-take").click()
    assert dialog.findChild(QSpinBox, "sample-size").value() == 90
    dialog.findChild(QWidget, "need-units").setValue(0)
    assert dialog.findChild(QLabel, "need-told").text() == "401 units coded by two coders"
    dialog.deleteLater()


def test_rows_are_copied_with_tabs_and_the_table_is_exported(page, window, qtbot, monkeypatch, tmp_path):
    page.table.selectRow(4)
    qtbot.keyClick(page.table, Qt.Key.Key_C, CONTROL)
    head, row, _end = QGuiApplication.clipboard().text().split("\n")
    assert dict(zip(head.split("\t"), row.split("\t"), strict=True))["Title"] == "T1"
    target = tmp_path / "table.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    press(page, "export")
    qtbot.waitUntil(lambda: target.exists() and not window.tasks.busy)
    assert len(target.read_text(encoding="utf-8").splitlines()) == 9


def test_columns_and_their_widths_are_remembered(page, window, study, qtbot):
    page.table.show_column(Column.AUTHOR, show=True)
    page.table.show_column(Column.LENGTH, show=False)
    page.table.setColumnWidth(1, 222)
    window.files.close()
    assert window.catalogue.page is None
    assert window.open(study)
    window.menus["view.articles"].trigger()
    again = window.catalogue.page
    columns = again.table.model().columns()
    assert Column.AUTHOR in columns
    assert Column.LENGTH not in columns
    assert again.table.columnWidth(1) == 222
    wait_for(qtbot, again, 8)


def test_it_stays_true_while_coding_goes_on(page, window, qtbot):
    first = window.bridge.project.articles()[3]
    window.bridge.apply(MarkDone(article_id=first.id))
    assert titles(page, Column.STATE)[3] == "done, nothing found"
    window.bridge.apply(EditArticles(ids=(first.id,), title="New title"))
    qtbot.waitUntil(lambda: titles(page)[3] == "New title")
    page.close()
    window.bridge.apply(EditArticles(ids=(first.id,), title="Newer"))
    window.menus["view.articles"].trigger()
    qtbot.waitUntil(lambda: titles(page)[3] == "Newer")


def test_every_control_has_a_name_and_colours_change(page):
    page.set_theme(DARK)
    for kind in (QLineEdit, QToolButton, QPushButton, QComboBox):
        for each in page.findChildren(kind):
            own = bool(each.objectName())
            assert not own or each.accessibleName() or (isinstance(each, QAbstractButton) and each.text()), (
                each.objectName()
            )


def test_nothing_can_be_changed_where_a_project_is_read_only(make_window, study, places, qtbot):
    with Project.open(study, places):
        window = make_window()
        assert window.open(study)
        window.menus["view.articles"].trigger()
        page = window.catalogue.page
        qtbot.waitUntil(lambda: page.table.model().rowCount() == 3 and page.changing.isVisible())
        page.table.selectRow(0)
        enabled = [
            page.findChild(QPushButton, f"catalogue-{name}").isEnabled()
            for name in ("edit", "remove", "order")
        ]
        assert enabled == [False, False, False]
