"""The text as a screen reader meets it: in UTF-16 units, with the caret and what is annotated there."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from shiboken6 import isValid

from app.ui.reader.reader import Reader
from app.ui.reader.spoken import let_reader_speak
from app.ui.reader.style import make_style
from app.ui.theme import LIGHT
from tests.builders import ACTOR, ARABIC, CLAIM, GATES, LABOUR, add, codebook


@pytest.fixture(scope="module", autouse=True)
def speaking(qapp):
    let_reader_speak()


@pytest.fixture
def spoken(window):
    return QAccessible.queryAccessibleInterface(window.reading.reader)


@pytest.fixture
def text(spoken):
    return spoken.textInterface()


@pytest.fixture
def heard(monkeypatch):
    """The events that a screen reader gets, as (type, object, more)."""
    events = []

    def keep(event):
        kind = event.type()
        more = event.message() if isinstance(event, QAccessibleAnnouncementEvent) else None
        if kind is QAccessible.Event.TextCaretMoved:
            more = event.cursorPosition()
        if kind is QAccessible.Event.TextSelectionChanged:
            more = event.selectionStart(), event.selectionEnd()
        events.append((kind, more))

    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", keep)
    return events


def said(heard):
    return [more for kind, more in heard if kind is QAccessible.Event.Announcement]


def units(piece):
    return len(piece.encode("utf-16-le")) // 2


def test_the_reader_is_a_text_that_cannot_be_changed(spoken):
    state = spoken.state()
    assert spoken.role() is QAccessible.Role.EditableText
    assert state.readOnly
    assert state.multiLine
    assert state.selectableText
    assert state.focusable
    assert spoken.editableTextInterface() is None


def test_other_controls_are_spoken_as_qt_has_it(window):
    field = QAccessible.queryAccessibleInterface(window.articles._filter)
    assert field.text(QAccessible.Text.Name) == "Filter articles"


def test_the_whole_text_is_told_in_utf16(window, text):
    assert text.characterCount() == units(GATES)
    assert text.text(0, text.characterCount()) == GATES
    start = GATES.index("Hořice")
    assert start != units(GATES[:start]), "emoji come before it"
    assert text.text(units(GATES[:start]), units(GATES[: start + 6])) == "Hořice"
    assert text.text(-5, 3) == GATES[:3]
    assert text.text(units(GATES) - 2, 99_999) == GATES[-2:]


def test_a_position_inside_a_pair_means_the_start_of_the_character(text):
    truck = units(GATES[: GATES.index("🚚")])
    assert text.text(truck + 1, truck + 2) == "🚚"


def test_every_code_point_has_its_place_and_leads_back(window, text):
    for offset in range(len(GATES) + 1):
        text.setCursorPosition(units(GATES[:offset]))
        assert window.reading.reader.offset == offset
        assert text.cursorPosition() == units(GATES[:offset])


def test_another_article_is_told_as_it_is(window, text, spoken):
    window.bridge.open_article(window.bridge.project.articles()[2].id)
    assert text.text(0, text.characterCount()) == ARABIC
    assert spoken.text(QAccessible.Text.Name).startswith("Article text: ")
    window.bridge.close_project()
    assert text.characterCount() == 0
    assert spoken.text(QAccessible.Text.Name) == "Article text"


@pytest.mark.parametrize("number", [0, 2])
def test_characters_stand_where_they_are_painted(window, text, number):
    window.bridge.open_article(window.bridge.project.articles()[number].id)
    reader, shown = window.reading.reader, window.reading.reader.page.text
    viewport = reader.viewport().rect().translated(reader.viewport().mapToGlobal(QPoint()))
    for offset in range(len(shown)):
        if shown[offset] in "\n\u2028\u200f🇳🇸" or shown[offset].isspace():
            continue
        box = text.characterRect(units(shown[:offset]))
        assert viewport.contains(box), offset
        place = reader.place_on_screen(offset).toPoint()
        near = reader.viewport().mapToGlobal(place)
        assert box.adjusted(-1, 0, 1, 0).contains(near), offset
        found = text.offsetAtPoint(box.center())
        after = offset + 1
        assert units(shown[:offset]) <= found <= units(shown[:after]) + 2, offset


def test_a_screen_reader_can_select_scroll_and_let_go(window, text):
    start = GATES.index("Hořice")
    text.addSelection(units(GATES[:start]), units(GATES[: start + 6]))
    assert window.reading.reader.selection == (start, start + 6)
    assert window.bridge.spans[0].quote(GATES) == "Hořice"
    text.setSelection(0, 0, 4)
    assert window.reading.reader.selection == (0, 4)
    text.removeSelection(0)
    assert window.bridge.spans == ()
    window.resize(900, 300)
    text.setCursorPosition(0)
    text.scrollToSubstring(units(GATES) - 1, units(GATES))
    assert window.reading.reader.verticalScrollBar().value() > 0


def test_the_selection_is_told_in_the_description_because_its_offsets_cannot_be(window, spoken, text):
    window.reading.reader.select_range(0, len("“We will"))
    assert text.selectionCount() == 0
    assert spoken.text(QAccessible.Text.Description) == "Selected: ““We will”"


def test_annotations_at_the_caret_are_named(window, spoken, text):
    add(window.bridge.project, CLAIM, "We will open the gate")
    add(window.bridge.project, LABOUR, "the gate")
    window.bridge.show_anew()
    text.setCursorPosition(GATES.index("open"))
    assert spoken.text(QAccessible.Text.Description) == "Annotated: Claim by Ana"
    text.setCursorPosition(GATES.index("gate"))
    here = "Annotated: Concern › forced labour by Ana, Claim by Ana"
    assert spoken.text(QAccessible.Text.Description) == here
    text.setCursorPosition(GATES.index("minister"))
    assert spoken.text(QAccessible.Text.Description) == ""


def test_going_into_and_out_of_annotations_is_said(window, text, heard):
    add(window.bridge.project, CLAIM, "We will open the gate")
    add(window.bridge.project, ACTOR, "the gate")
    window.bridge.show_anew()
    for quote in ("will", "open", "gate", "minister"):
        text.setCursorPosition(GATES.index(quote))
    assert said(heard) == ["In Claim by Ana", "In Actor by Ana", "Out of Actor by Ana, Claim by Ana"]
    moved = [more for kind, more in heard if kind is QAccessible.Event.TextCaretMoved]
    assert moved == [GATES.index(quote) for quote in ("will", "open", "gate", "minister")]


def test_what_happens_is_said(window, heard, qtbot):
    reader = window.reading.reader
    start = GATES.index("Hořice")
    reader.select_range(start, start + 6)
    edges = units(GATES[:start]), units(GATES[: start + 6])
    assert (QAccessible.Event.TextSelectionChanged, edges) in heard
    window.bridge.apply_code(ACTOR)
    assert said(heard)[-2:] == ["Code Actor: “Hořice”", "Actor by Ana: “Hořice”"]
    window.bridge.undo()
    assert said(heard)[-1] == "Undone: Code Actor: “Hořice”"
    window.bridge.redo()
    assert said(heard)[-2:] == ["Redone: Code Actor: “Hořice”", "Actor by Ana: “Hořice”"]
    window.bridge.refused.emit("Select some text first, then choose a code.")
    assert said(heard)[-1] == "Select some text first, then choose a code."
    window.menus["article.next"].trigger()
    assert (QAccessible.Event.NameChanged, None) in heard
    assert said(heard)[-1] == reader.title


def test_nothing_is_worked_out_while_nobody_listens(window, heard, monkeypatch):
    monkeypatch.setattr(QAccessible, "isActive", lambda: False)
    window.reading.reader.select_range(0, 5)
    window.menus["article.next"].trigger()
    assert heard == []


def test_an_interface_ends_with_its_reader(qtbot, settings):
    reader = Reader(make_style(settings, LIGHT, codebook()), lambda _annotation: None)
    spoken = QAccessible.queryAccessibleInterface(reader)
    assert spoken.isValid()
    with qtbot.waitSignal(reader.destroyed):
        reader.deleteLater()
    assert not isValid(spoken)
