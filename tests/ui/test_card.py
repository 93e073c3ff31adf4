"""The card over annotated text: what it tells, where it appears, when it goes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent
from PySide6.QtWidgets import QWidget

from app.domain.answers import AnnotationTarget, EntityTarget, NotInText
from app.domain.entities import Entity
from app.domain.ids import EntityId, new_id
from app.project.commands import SaveEntity, SetAnswer
from app.ui.reader.card import beside
from tests.builders import (
    ACTOR,
    CLAIM,
    CLAIMANT,
    CONCERN,
    DATE,
    DIRECT,
    FIGURE,
    GATES,
    LABOUR,
    NOTE,
    ROLE,
    STANCE,
    TYPE,
    WHO,
    add,
)


@pytest.fixture
def card(window):
    return window.findChild(QWidget, "hover-card")


def rest(window, quote):
    """Let the pointer rest in the middle of a quote."""
    viewport = window.reading.reader.viewport()
    start = GATES.index(quote)
    point = window.reading.reader.box_of(start + len(quote) // 2).center().toPoint()
    event = QHelpEvent(QEvent.Type.ToolTip, point, viewport.mapToGlobal(point))
    QGuiApplication.sendEvent(viewport, event)
    return point


def show(window, code, *quotes, **values):
    made = add(window.bridge.project, code, *quotes, **values)
    window.bridge.show_anew()
    return made


def test_every_kind_of_answer_is_told_with_memo_and_flag(window, card):
    project = window.bridge.project
    entity = Entity(id=EntityId(new_id()), name="Ministry of Works")
    project.apply(SaveEntity(entity=entity))
    actor = show(
        window,
        ACTOR,
        "the minister",
        answers={TYPE: "state", ROLE: ("speaker", "victim"), WHO: (EntityTarget(entity=entity.id),)},
    )
    show(
        window,
        CLAIM,
        "We will open the gate",
        "but not before winter",
        answers={
            CLAIMANT: (AnnotationTarget(annotation=actor),),
            STANCE: "for",
            DATE: "2026-05",
            DIRECT: True,
            NOTE: "a <note>",
        },
        memo="Is this one claim & not two?",
        discuss=True,
    )
    show(window, LABOUR, "the gate", answers={FIGURE: 900.0})
    rest(window, "the gate")
    told = card.text()
    for words in (
        *("Claim · Ana · to discuss", "claimant", "“the minister”", "stance", "for", "2026-05", "yes"),
        *("a <note>", "Is this one claim & not two?", "Concern › forced labour · Ana", "900"),
    ):
        assert words in told
    assert told.index("forced labour") < told.index("Claim"), "the shortest first"
    rest(window, "the minister")
    assert "Ministry of Works" in card.text()
    assert "speaker, victim" in card.text()


def test_what_is_not_in_the_text_is_told(window, card):
    claim = show(window, CLAIM, "the gate")
    window.bridge.apply(SetAnswer(id=claim, attribute_id=CLAIMANT, answer=(NotInText(),)))
    rest(window, "the gate")
    assert "not in this text" in card.text()


def test_more_than_a_card_holds_is_counted(window, card):
    for length in range(4, 13):
        show(window, CONCERN, GATES[GATES.index("minister") - 4 : GATES.index("minister") + length])
    rest(window, "min")
    assert card.text().count("Concern") == 6
    assert "and 3 more" in card.text()


def test_there_is_no_card_where_nothing_is_annotated(window, card):
    show(window, ACTOR, "the minister")
    rest(window, "winter")
    assert not card.isVisible()


@pytest.mark.parametrize("way", ["off", "leave", "key", "click", "scroll", "hide"])
def test_the_card_goes_when_the_pointer_or_the_coder_goes_on(window, card, qtbot, way):
    reader = window.reading.reader
    window.resize(900, 300)
    show(window, ACTOR, "the minister")
    inside = rest(window, "the minister")
    assert card.isVisible()
    qtbot.mouseMove(reader.viewport(), inside + QPoint(1, 0))
    assert card.isVisible(), "still over the same words"
    if way == "off":
        qtbot.mouseMove(reader.viewport(), reader.box_of(GATES.index("winter")).center().toPoint())
    elif way == "leave":
        QGuiApplication.sendEvent(reader.viewport(), QEvent(QEvent.Type.Leave))
    elif way == "key":
        qtbot.keyClick(window, Qt.Key.Key_Shift)
    elif way == "click":
        qtbot.mouseClick(reader.viewport(), Qt.MouseButton.LeftButton, pos=inside)
    elif way == "scroll":
        reader.verticalScrollBar().setValue(5)
    else:
        window.close()
    qtbot.waitUntil(lambda: not card.isVisible())


SCREEN = QRect(0, 0, 1280, 720)


@given(x=st.integers(0, 1279), y=st.integers(0, 719), width=st.integers(20, 420), height=st.integers(20, 700))
def test_the_card_stays_inside_the_screen(x, y, width, height):
    place = beside(QPoint(x, y), QSize(width, height), SCREEN)
    assert SCREEN.left() <= place.x() <= place.x() + width <= SCREEN.right()
    assert SCREEN.top() <= place.y()
    room = max(y - 12, SCREEN.bottom() - y - 20)
    if height <= room:
        assert place.y() + height <= SCREEN.bottom()
        assert not QRect(place, QSize(width, height)).contains(QPoint(x, y))
