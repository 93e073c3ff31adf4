"""Codes whose keys have more than one letter."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel

from app.project.commands import ReplaceCodebook
from tests.builders import CONCERN, GATES, LABOUR, codebook


@pytest.fixture
def hint(window):
    """The hint, in a project with the keys a, c, ha and hfl; some text is selected."""
    book = codebook()
    keys = {CONCERN: "ha", LABOUR: "hfl"}
    codes = tuple(
        code.model_copy(update={"shortcut": keys.get(code.id, code.shortcut)}) for code in book.codes
    )
    window.bridge.apply(ReplaceCodebook(codebook=book.model_copy(update={"codes": codes})))
    window.reading.reader.select_range(0, 8)
    return window.findChild(QLabel, "prefix-hint")


def coded(window):
    project = window.bridge.project
    return [project.codebook().code(each.code_id).name for each in project.annotations(window.bridge.article)]


def test_what_may_follow_is_shown_beside_the_text_until_the_key_is_complete(window, qtbot, hint):
    reader = window.reading.reader
    assert not hint.isVisible()
    qtbot.keyClicks(reader, "h")
    assert hint.isVisible()
    assert hint.accessibleName() == "A Concern, FL forced labour"
    assert reader.viewport().rect().contains(hint.geometry())
    selected = reader.place_on_screen(8).toPoint()
    assert abs(hint.y() - selected.y()) < 40 and not hint.geometry().contains(selected)
    qtbot.keyClicks(reader, "f")
    assert hint.accessibleName() == "L forced labour"
    qtbot.keyClicks(reader, "l")
    assert not hint.isVisible()
    assert coded(window) == ["forced labour"]


def test_backspace_takes_a_letter_back(window, qtbot, hint):
    reader = window.reading.reader
    qtbot.keyClicks(reader, "hf")
    qtbot.keyClick(reader, Qt.Key.Key_Backspace)
    assert hint.accessibleName() == "A Concern, FL forced labour"
    qtbot.keyClicks(reader, "a")
    assert coded(window) == ["Concern"]
    qtbot.keyClicks(reader, "h")
    qtbot.keyClick(reader, Qt.Key.Key_Backspace)
    assert not hint.isVisible()


def test_esc_ends_it_and_keeps_the_selection(window, qtbot, hint):
    reader = window.reading.reader
    qtbot.keyClicks(reader, "h")
    qtbot.keyClick(reader, Qt.Key.Key_Escape)
    assert not hint.isVisible()
    assert window.bridge.spans
    qtbot.keyClicks(reader, "a")
    assert coded(window) == ["Actor"], "the h is forgotten"
    qtbot.keyClick(reader, Qt.Key.Key_Escape)
    assert not window.bridge.spans, "Esc does again what it always does"


@pytest.mark.parametrize("key", [Qt.Key.Key_Right, Qt.Key.Key_F9, Qt.Key.Key_Home])
def test_any_other_key_ends_it(window, qtbot, hint, key):
    qtbot.keyClicks(window.reading.reader, "h")
    qtbot.keyClick(window.reading.reader, key)
    assert not hint.isVisible()


def test_a_letter_that_leads_nowhere_is_said_and_ends_it(window, qtbot, hint):
    with qtbot.waitSignal(window.bridge.refused) as refused:
        qtbot.keyClicks(window.reading.reader, "hz")
    assert refused.args == ["No code has the key HZ."]
    assert not hint.isVisible()
    assert coded(window) == []


def test_leaving_the_text_or_the_article_ends_it(window, qtbot, hint):
    qtbot.keyClicks(window.reading.reader, "h")
    window.menus["article.filter"].trigger()
    qtbot.waitUntil(lambda: not hint.isVisible())
    window.menus["view.text"].trigger()
    qtbot.waitUntil(window.reading.reader.hasFocus)
    qtbot.keyClicks(window.reading.reader, "h")
    window.menus["article.next"].trigger()
    assert not hint.isVisible()


def test_at_the_foot_of_the_screen_it_stands_above_the_text(window, qtbot, hint):
    reader = window.reading.reader
    window.resize(1000, 400)
    reader.select_range(len(GATES) - 5, len(GATES))
    reader.verticalScrollBar().setValue(0)
    while reader.viewport().height() - reader.place_on_screen(len(GATES)).y() > 40:
        window.resize(window.width(), window.height() - 10)
    qtbot.keyClicks(reader, "h")
    assert hint.geometry().bottom() < reader.place_on_screen(len(GATES)).y()
    assert hint.pos() != QPoint(0, 0)


def test_with_shift_a_key_of_several_letters_changes_the_code(window, qtbot, hint):
    reader = window.reading.reader
    qtbot.keyClicks(reader, "a")
    qtbot.keyClick(reader, "h", Qt.KeyboardModifier.ShiftModifier)
    assert hint.isVisible()
    qtbot.keyClicks(reader, "fl")
    assert coded(window) == ["forced labour"], "and nothing was added"
