"""Coding an article in the window, by mouse and by keyboard."""

import os
import socket

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent, QStyleHints
from PySide6.QtWidgets import QLineEdit

from app.domain.articles import Draft
from app.domain.reviews import ReviewState
from app.domain.segmentation import Granularity
from app.project.commands import ImportArticles, SetGranularity
from app.system.settings import CODES_AT_SELECTION
from tests.builders import ACTOR, ANA, ARABIC, BEN, CLAIM, CONCERN, GATES, HARVEST, LABOUR
from tests.ui.dialogs import answering


def drag(qtbot, window, start, end, modifier=Qt.KeyboardModifier.NoModifier):
    """Press before one code point, move to before another, let go."""
    reader = window.reading.reader
    viewport = reader.viewport()
    first, last = (reader.place_on_screen(offset).toPoint() for offset in (start, end))
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, modifier, first)
    qtbot.mouseMove(viewport, (first + last) / 2)
    move(viewport, last, modifier)
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, modifier, last)


def move(viewport, point, modifier):
    """qtbot's mouseMove knows of no modifier."""
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(point),
        viewport.mapToGlobal(QPointF(point)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        modifier,
    )
    QGuiApplication.sendEvent(viewport, event)


def click(qtbot, window, offset):
    point = window.reading.reader.place_on_screen(offset).toPoint() + QPoint(2, 0)
    qtbot.mouseClick(window.reading.reader.viewport(), Qt.MouseButton.LeftButton, pos=point)


def press(qtbot, window, *keys):
    for key in keys:
        qtbot.keyClicks(window.reading.reader, key) if isinstance(key, str) else qtbot.keyClick(
            window.reading.reader, *key
        )


def coded(window):
    """What is annotated in the open article: code and quote."""
    project = window.bridge.project
    names = {code.id: code.name for code in project.codebook().codes}
    return sorted(
        (names[each.code_id], "|".join(f.quote for f in each.fragments))
        for each in project.annotations(window.bridge.article)
    )


def at(text, quote):
    start = text.index(quote)
    return start, start + len(quote)


def test_words_selected_with_the_mouse_are_coded_with_a_key(qtbot, window):
    start, end = at(GATES, "the minister")
    drag(qtbot, window, start + 1, end - 2)
    press(qtbot, window, "a")
    assert coded(window) == [("Actor", "the minister")]
    assert window.bridge.annotation is not None
    assert window.annotations.count() == 1


def test_keys_select_exactly_what_they_pass(qtbot, window):
    shift = Qt.KeyboardModifier.ShiftModifier
    press(qtbot, window, (Qt.Key.Key_Right,), (Qt.Key.Key_Right, shift), (Qt.Key.Key_Right, shift), "a")
    assert coded(window) == [("Actor", GATES[1:3])]


def test_keys_select_words_where_the_project_locks_them(qtbot, window):
    window.bridge.apply(SetGranularity(granularity=Granularity.WORD), None)
    shift = Qt.KeyboardModifier.ShiftModifier
    press(qtbot, window, (Qt.Key.Key_Right,), (Qt.Key.Key_Right, shift), "a")
    assert coded(window) == [("Actor", "We")]


def test_alt_selects_raw_characters(qtbot, window):
    start, end = at(GATES, "the minister")
    drag(qtbot, window, start + 1, end - 2, Qt.KeyboardModifier.AltModifier)
    press(qtbot, window, "a")
    assert coded(window) == [("Actor", "he minist")]


def test_a_click_on_a_code_codes_and_leaves_the_keyboard_with_the_text(qtbot, window):
    drag(qtbot, window, *at(GATES, "the gate"))
    view = window.codes.findChild(object, "codes")
    rect = view.visualRect(view.model().index(2, 0))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert coded(window) == [("Concern", "the gate")]
    assert window.reading.reader.hasFocus()


def test_a_selection_across_paragraphs_holds_the_break(qtbot, window):
    drag(qtbot, window, GATES.index("winter"), GATES.index("groups") + 6)
    press(qtbot, window, "c")
    assert coded(window) == [("Claim", GATES[GATES.index("winter") : GATES.index("groups") + 6])]


def test_double_click_takes_a_word_and_a_third_click_the_sentence(qtbot, window, monkeypatch):
    # Clicks that a test makes are half a second apart by their time stamps.
    monkeypatch.setattr(QStyleHints, "mouseDoubleClickInterval", lambda _hints: 5_000)
    reader = window.reading.reader
    point = reader.place_on_screen(GATES.index("inister") + 1).toPoint()
    qtbot.mouseClick(reader.viewport(), Qt.MouseButton.LeftButton, pos=point)
    qtbot.mouseDClick(reader.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert GATES[slice(*reader.selection)] == "minister"
    qtbot.mousePress(reader.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert GATES[slice(*reader.selection)].startswith("“We will")
    qtbot.mouseRelease(reader.viewport(), Qt.MouseButton.LeftButton, pos=point)


def test_a_third_click_right_of_a_paragraph_takes_its_last_sentence(qtbot, window, monkeypatch):
    monkeypatch.setattr(QStyleHints, "mouseDoubleClickInterval", lambda _hints: 5_000)
    text = "One stands here. Two stands here.\n\nThree stands here."
    window.bridge.apply(ImportArticles(drafts=(Draft(text=text),)), None)
    window.bridge.open_article(window.bridge.project.articles()[-1].id)
    reader = window.reading.reader
    point = reader.place_on_screen(text.index("\n")).toPoint() + QPoint(60, 0)
    qtbot.mouseClick(reader.viewport(), Qt.MouseButton.LeftButton, pos=point)
    qtbot.mouseDClick(reader.viewport(), Qt.MouseButton.LeftButton, pos=point)
    qtbot.mousePress(reader.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert text[slice(*reader.selection)] == "Two stands here."
    qtbot.mouseRelease(reader.viewport(), Qt.MouseButton.LeftButton, pos=point)


def test_an_article_is_coded_by_keyboard_alone(qtbot, window):
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    right, down, end = Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_End
    press(qtbot, window, (right, control), (right, control | shift), (right, control | shift), "c")
    assert coded(window) == [("Claim", "We will")]
    press(qtbot, window, (Qt.Key.Key_Down, control), (right, control | shift), (right, control | shift), "a")
    assert coded(window) == [("Actor", "Aid groups"), ("Claim", "We will")]
    press(qtbot, window, (end, control | shift), "f")
    assert ("forced labour", GATES[GATES.index("Aid") :]) in coded(window)
    press(qtbot, window, (Qt.Key.Key_Home, control), (down, shift), "h")
    # Nobody has said what type the actor is.
    answering(lambda dialog: qtbot.keyClicks(dialog.findChild(QLineEdit), "unclear\r"))
    window.menus["article.done_next"].trigger()
    project, first = window.bridge.project, window.bridge.project.articles()[0]
    assert project.review(first.id, ANA.id).state is ReviewState.DONE
    assert window.bridge.article == project.articles()[1].id


def test_every_offset_is_right_where_text_is_difficult(qtbot, window):
    for quote, key in (("🚚🇺🇳", "a"), ("Hořice", "a"), ("café was", "h"), ("for children", "f")):
        drag(qtbot, window, *at(GATES, quote), Qt.KeyboardModifier.AltModifier)
        press(qtbot, window, key)
        assert quote in [each for _code, each in coded(window)]


def test_right_to_left_text_is_selected_with_mouse_and_keys(qtbot, window):
    window.bridge.open_article(window.bridge.project.articles()[2].id)
    drag(qtbot, window, *at(ARABIC, "الوزير"))
    press(qtbot, window, "a")
    assert coded(window) == [("Actor", "الوزير")]
    reader = window.reading.reader
    press(qtbot, window, (Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier))
    press(qtbot, window, (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier))
    assert reader.offset == 1, "left goes on in a text that runs to the left"


def test_delete_undo_and_redo_show_at_once(qtbot, window):
    drag(qtbot, window, *at(GATES, "the minister"))
    press(qtbot, window, "a")
    click(qtbot, window, GATES.index("minister"))
    window.menus["annotation.delete"].trigger()
    assert coded(window) == []
    assert window.annotations.count() == 0
    assert window.bridge.annotation is None
    window.menus["step.undo"].trigger()
    assert coded(window) == [("Actor", "the minister")]
    assert window.annotations.count() == 1
    window.menus["step.undo"].trigger()
    assert coded(window) == []
    window.menus.name_steps()
    assert window.menus["step.redo"].text() == "&Redo: Code Actor: “the minister”"
    window.menus["step.redo"].trigger()
    assert coded(window) == [("Actor", "the minister")]


def test_clicking_cycles_through_what_lies_under_the_pointer(qtbot, window):
    for quote, key in (("We will open the gate", "c"), ("the gate", "a"), ("open the gate", "h")):
        drag(qtbot, window, *at(GATES, quote))
        press(qtbot, window, key)
    window.menus["text.clear"].trigger()
    seen = []
    for _click in range(4):
        click(qtbot, window, GATES.index("gate") + 1)
        seen.append(window.bridge.project.annotation(window.bridge.annotation).code_id)
    assert seen == [ACTOR, CONCERN, CLAIM, ACTOR]


def test_nothing_selected_is_said_and_changes_nothing(qtbot, window):
    with qtbot.waitSignal(window.bridge.refused) as refused:
        press(qtbot, window, "a")
    assert refused.args == ["Select some text first, then choose a code."]
    with qtbot.waitSignal(window.bridge.refused) as refused:
        press(qtbot, window, "z")
    assert refused.args == ["No code has the key Z."]
    assert coded(window) == []


def test_what_was_coded_is_there_after_closing_and_opening_again(qtbot, window, make_window, study):
    drag(qtbot, window, *at(GATES, "the minister"))
    press(qtbot, window, "a")
    window.menus["article.next"].trigger()
    drag(qtbot, window, *at(HARVEST, "Pickers"))
    press(qtbot, window, "a")
    before = coded(window)
    window.close()
    again = make_window()
    again.open(study)
    assert again.bridge.article == again.bridge.project.articles()[1].id, "where the coder left off"
    assert coded(again) == before
    assert again.reading.reader.offset == HARVEST.index("Pickers") + len("Pickers")
    again.menus["step.undo"].trigger()
    assert coded(again) == []


def test_next_and_previous_annotation_follow_the_text(qtbot, window):
    for quote, key in (("Aid groups", "a"), ("We will", "c"), ("the camp", "h")):
        drag(qtbot, window, *at(GATES, quote))
        press(qtbot, window, key)
    window.menus["text.clear"].trigger()
    press(qtbot, window, (Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier))
    seen = []
    for _step in range(3):
        window.menus["annotation.next"].trigger()
        seen.append(window.bridge.project.annotation(window.bridge.annotation).code_id)
    assert seen == [CLAIM, ACTOR, CONCERN]
    window.menus["annotation.previous"].trigger()
    assert window.bridge.project.annotation(window.bridge.annotation).code_id == ACTOR


def test_one_coder_does_not_see_the_other(qtbot, window, study, places):
    drag(qtbot, window, *at(GATES, "the minister"))
    press(qtbot, window, "a")
    window.bridge.project.sign_in(BEN)
    window.bridge.view_changed.emit()
    assert window.annotations.count() == 0
    assert window.reading.reader.page.passages_at(GATES.index("minister")) == []
    window.menus["view.everybody"].trigger()
    assert window.annotations.count() == 1
    assert len(window.reading.reader.page.passages_at(GATES.index("minister"))) == 1


def test_copying_gives_the_text_as_it_is_in_the_article(qtbot, window):
    drag(qtbot, window, *at(GATES, "unfit\u00a0for children.\u2028The café"), Qt.KeyboardModifier.AltModifier)
    window.menus["text.copy"].trigger()
    assert QGuiApplication.clipboard().text() == "unfit\u00a0for children.\u2028The café"


def test_a_second_window_on_the_same_file_reads_only_and_says_who_has_it(
    qtbot, window, make_window, study, boxes
):
    second = make_window()
    assert second.open(study)
    assert boxes == [
        f"study.rubric is open for reading only: open in another window "
        f"(Ana, process {os.getpid()} on {socket.gethostname()})."
    ]
    assert second.windowTitle().endswith("(read only) - Rubricator")
    assert not second.menus["article.done"].isEnabled()
    second.reading.reader.select_range(0, 5)
    second.bridge.apply_code(LABOUR)
    assert second.bridge.project.passages(second.bridge.article) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_is_coded_is_painted_at_once(qtbot, window, theme):
    window.menus[f"view.theme_{theme}"].trigger()
    start, end = at(GATES, "the minister")
    middle = window.reading.reader.place_on_screen((start + end) // 2).toPoint()
    before = window.reading.reader.viewport().grab().toImage()
    drag(qtbot, window, start, end)
    press(qtbot, window, "a")
    window.menus["text.clear"].trigger()
    after = window.reading.reader.viewport().grab().toImage()
    columns, rows = range(middle.x() - 40, middle.x() + 40), range(middle.y() - 8, middle.y() + 20)
    changed = [x for x in columns if any(before.pixelColor(x, y) != after.pixelColor(x, y) for y in rows)]
    assert len(changed) == len(columns), "tint and lane under every letter"


def test_codes_are_offered_beside_what_the_mouse_selected(qtbot, window, settings):
    popup = window.codes._popup
    drag(qtbot, window, GATES.index("the minister"), GATES.index("the minister") + 12)
    assert popup.isVisible()
    assert window.reading.reader.hasFocus(), "the keys of codes go on working"
    claim = next(number for number, code in enumerate(popup._codes) if code.id == CLAIM)
    qtbot.mouseClick(popup, Qt.MouseButton.LeftButton, pos=popup._rects()[claim].center().toPoint())
    assert coded(window) == [("Claim", "the minister")]
    assert not popup.isVisible()
    drag(qtbot, window, GATES.index("Aid"), GATES.index("Aid") + 10)
    assert popup.isVisible()
    press(qtbot, window, "a")
    assert not popup.isVisible()
    window.menus["view.codes_at_selection"].trigger()
    assert settings.text(CODES_AT_SELECTION) == "no"
    drag(qtbot, window, 0, 20)
    assert not popup.isVisible()


def test_dragging_past_the_end_of_a_wrapped_chinese_line_takes_its_last_character(qtbot, window):
    text = "政府承诺在冬天之前开放山口，但是卡车在桥边已经停了十二天，孩子们睡在帐篷里。" * 6
    window.bridge.apply(ImportArticles(drafts=(Draft(text=text),)), None)
    window.bridge.open_article(window.bridge.project.articles()[-1].id)
    reader = window.reading.reader
    first, second = (row.start for row in reader.page.laid(0).rows[:2])
    start = reader.place_on_screen(second - 3).toPoint()
    beyond = QPoint(reader.viewport().width() - 4, start.y())
    qtbot.mousePress(reader.viewport(), Qt.MouseButton.LeftButton, pos=start)
    move(reader.viewport(), beyond, Qt.KeyboardModifier.NoModifier)
    qtbot.mouseRelease(reader.viewport(), Qt.MouseButton.LeftButton, pos=beyond)
    assert reader.selection == (second - 3, second)
    assert reader.place_on_screen(reader.offset).toPoint().y() == start.y(), "the caret stays in the line"
    qtbot.mouseClick(reader.viewport(), Qt.MouseButton.LeftButton, pos=start)
    press(qtbot, window, (Qt.Key.Key_Home,), (Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier), "a")
    assert coded(window) == [("Actor", text[first:second])]
