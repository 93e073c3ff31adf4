"""Coding every occurrence, in the window."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
)

from app.domain.articles import Draft
from app.project.commands import ImportArticles, MarkDone
from app.ui.finding.occurrences import OccurrencesDialog
from tests.builders import ACTOR, CLAIM, LABOUR, add


@pytest.fixture
def answer(window, qtbot, monkeypatch):
    """Opens the dialog, lets a function work in it, and accepts or rejects."""

    def open_and(work, *, accept=True):
        def in_dialog(dialog):
            dialog.show()
            ready(qtbot, dialog)
            work(dialog)
            dialog.done(int(accept))
            return int(accept)

        monkeypatch.setattr(OccurrencesDialog, "exec", in_dialog)
        window.menus["annotation.occurrences"].trigger()
        qtbot.waitUntil(lambda: not window.tasks.busy)

    return open_and


def select(window, quote):
    text = window.reading.reader.page.text
    window.reading.reader.select_range(text.index(quote), text.index(quote) + len(quote))


def ready(qtbot, dialog):
    qtbot.waitUntil(lambda: not dialog._pause.isActive() and not dialog._search.busy)


def words_of(dialog):
    return dialog.findChild(QLabel, "occurrences-words").text()


def go(dialog):
    buttons = dialog.findChild(QDialogButtonBox).buttons()
    return next(each for each in buttons if each.text().startswith("Code"))


def button(dialog, text):
    return next(each for each in dialog.findChildren(QPushButton) if each.text() == text)


def coded(window):
    project = window.bridge.project
    return [
        (number, each.code_id, each.fragments[0].quote)
        for number, article in enumerate(project.articles())
        for each in sorted(project.annotations(article.id), key=lambda each: each.start)
    ]


def test_ticked_occurrences_of_this_article_are_coded_in_one_step(window, qtbot, answer):
    select(window, "The")

    def untick_the_second(dialog):
        assert words_of(dialog) == "4 occurrences"
        assert go(dialog).text() == "Code 4"
        view = dialog.findChild(QTableView)
        middle = view.visualRect(view.model().index(1, 0)).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=middle - QPoint(40, 0))
        assert go(dialog).text() == "Code 3"
        view.setCurrentIndex(view.model().index(2, 0))
        qtbot.keyClick(view, Qt.Key.Key_Space)
        assert go(dialog).text() == "Code 2"
        qtbot.keyClick(view, Qt.Key.Key_Space)
        view.viewport().grab()

    with qtbot.waitSignal(window.bridge.told) as told:
        answer(untick_the_second)
    assert told.args == ["3 coded."]
    assert coded(window) == [(0, ACTOR, "the"), (0, ACTOR, "the"), (0, ACTOR, "The")]
    assert window.annotations.count() == 3
    window.menus["step.undo"].trigger()
    assert coded(window) == []
    assert window.annotations.count() == 0


def test_all_open_articles_take_part_but_none_that_is_done(window, qtbot, answer):
    project = window.bridge.project
    window.bridge.apply(ImportArticles(drafts=(Draft(text="The end. The late end."),)))
    window.bridge.open_article(project.articles()[-1].id)
    window.bridge.apply(MarkDone(article_id=project.articles()[0].id))
    select(window, "The")

    def widen(dialog):
        assert words_of(dialog) == "2 occurrences"
        dialog.findChild(QComboBox, "occurrences-scope").setCurrentIndex(1)
        dialog.findChild(QComboBox, "occurrences-code").setCurrentIndex(1)
        assert not go(dialog).isEnabled(), "what is listed is not yet what is asked for"
        ready(qtbot, dialog)
        assert words_of(dialog) == "3 occurrences in 2 articles"

    answer(widen)
    assert coded(window) == [(1, CLAIM, "The"), (3, CLAIM, "The"), (3, CLAIM, "The")]


def test_a_selected_annotation_says_words_and_code_and_is_left_out(window, qtbot, answer):
    window.bridge.select_annotation(add(window.bridge.project, LABOUR, "the"))

    def look(dialog):
        assert dialog.findChild(QLineEdit, "occurrences-field").text() == "the"
        assert dialog.findChild(QComboBox, "occurrences-code").currentData() == LABOUR
        assert words_of(dialog) == "3 occurrences · 1 coded so already"
        dialog.findChildren(QCheckBox)[1].setChecked(True)
        ready(qtbot, dialog)
        assert words_of(dialog) == "2 occurrences · 1 coded so already"

    answer(look, accept=False)
    assert len(coded(window)) == 1


def test_whole_words_are_wanted_at_first(window, qtbot, answer):
    select(window, "a")

    def widen(dialog):
        assert words_of(dialog).startswith("No occurrence.")
        dialog.findChildren(QCheckBox)[0].setChecked(False)
        ready(qtbot, dialog)
        assert int(words_of(dialog).split()[0]) > 3

    answer(widen, accept=False)


def test_the_last_code_is_offered_first(window, answer):
    select(window, "winter")
    window.bridge.apply_code(CLAIM)
    window.bridge.select_annotation(None)
    select(window, "the gate")
    answer(lambda _dialog: None)
    assert coded(window) == [(0, CLAIM, "the gate"), (0, CLAIM, "winter")]


def test_nothing_ticked_cannot_be_coded_and_ticks_come_back_all_at_once(window, qtbot, answer):
    select(window, "the")

    def tick(dialog):
        button(dialog, "Tick &none").click()
        assert not go(dialog).isEnabled()
        button(dialog, "Tick &all").click()
        assert go(dialog).text() == "Code 4"
        dialog.findChild(QLineEdit, "occurrences-field").setText("zebra")
        ready(qtbot, dialog)
        assert words_of(dialog).startswith("No occurrence.")
        assert not button(dialog, "Tick &all").isEnabled()

    answer(tick, accept=False)


def test_what_may_no_longer_be_coded_is_said(window, qtbot, answer):
    select(window, "the")
    with qtbot.waitSignal(window.bridge.told) as told:
        answer(lambda _dialog: add(window.bridge.project, ACTOR, "the"))
    assert told.args == ["3 coded; 1 may not be coded so."]


@pytest.mark.parametrize("missing", ["words", "coder"])
def test_what_is_missing_is_said(window, qtbot, missing):
    if missing == "coder":
        window.bridge.project.sign_in(None)
    with qtbot.waitSignal(window.bridge.refused) as refused:
        window.menus["annotation.occurrences"].trigger()
    expected = "Select some text or an annotation first" if missing == "words" else "Say who is coding first"
    assert refused.args[0].startswith(expected)
