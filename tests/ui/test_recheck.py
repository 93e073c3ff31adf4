"""What is to be looked at again after the codebook has changed."""

from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.domain.editing import with_values
from app.domain.ids import AnnotationId, new_id
from app.domain.spans import Span
from app.project.commands import AddAnnotation, RemoveAnnotations
from app.project.commands_codebook import PublishCodebook, RemoveAttribute, SaveCode
from app.project.project import Project
from tests.builders import ACTOR, ANA, CLAIM, ROLE, add

KEY, SHIFT = Qt.Key, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def project(window):
    return window.bridge.project


def recheck_of(window, qtbot):
    window.menus["view.recheck"].trigger()
    shown = window.codebook.recheck
    qtbot.waitExposed(shown)
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    return shown


def redefined(project, code_id):
    code = project.codebook().code(code_id)
    project.apply(SaveCode(code=with_values(code, definition="Another meaning.")))
    return PublishCodebook()


def test_what_was_coded_under_an_older_definition_is_confirmed_by_key(window, project, qtbot):
    made = [add(project, CLAIM, quote) for quote in ("We will open the gate", "not before winter")]
    actor = add(project, ACTOR, "the minister")
    queue = recheck_of(window, qtbot)
    assert queue.model.rowCount() == 0
    window.bridge.apply(redefined(project, CLAIM))
    assert queue.model.rowCount() == 2
    words = queue.findChild(QLabel, "recheck-changes").text()
    assert "The definition of “Claim” was written" in words
    assert "As version 2 has it" in words
    assert "As version 1 has it" in words
    qtbot.waitUntil(queue.list.hasFocus)
    qtbot.keyClick(queue.list, KEY.Key_Return)
    assert window.bridge.annotation == made[0]
    queue.activateWindow()
    qtbot.waitUntil(queue.list.hasFocus)
    qtbot.keyClick(queue.list, KEY.Key_Space)
    assert [queue.model.entry(0).annotation_id, queue.model.rowCount()] == [made[1], 1]
    assert project.annotation(made[0]).codebook_version == 2
    window.menus["step.undo"].trigger()
    assert queue.model.rowCount() == 2
    qtbot.keyClick(queue.list, KEY.Key_Space, SHIFT)
    assert queue.model.rowCount() == 0
    assert project.annotation(actor).codebook_version == 1


def test_all_of_a_code_hold_at_once_and_only_they_leave_the_list(window, project, qtbot, monkeypatch):
    starts = range(len("We will open the gate"))
    article = project.articles()[0].id
    for start, length in product(starts, (3, 4, 5)):
        span = (Span(start=start, end=start + length),)
        project.apply(AddAnnotation(id=AnnotationId(new_id()), article_id=article, code_id=CLAIM, spans=span))
    kept = add(project, ACTOR, "the minister")
    for code in (CLAIM, ACTOR):
        project.apply(redefined(project, code))
    queue = recheck_of(window, qtbot)
    assert queue.model.rowCount() == 64
    read = []
    monkeypatch.setattr(type(project.versions), "queue", lambda _self: read.append(1))
    (row,) = [at for at in range(64) if queue.model.entry(at).annotation_id == kept]
    queue.list.selectRow(0 if row else 1)
    qtbot.keyClick(queue.list, KEY.Key_Space, SHIFT)
    assert [queue.model.entry(at).annotation_id for at in range(queue.model.rowCount())] == [kept]
    assert queue.list.currentIndex().row() == 0
    assert not read, "what is left was not read again"
    window.bridge.apply(RemoveAnnotations(ids=(kept,)))
    assert queue.model.rowCount() == 0
    assert not read


def test_the_cards_of_both_versions_list_what_is_asked(window, project, qtbot):
    add(project, ACTOR, "the minister")
    project.apply(RemoveAttribute(id=ROLE))
    project.apply(PublishCodebook())
    queue = recheck_of(window, qtbot)
    newest, before = queue.findChild(QLabel, "recheck-changes").text().split("As version 1 has it")
    assert "<b>type</b> (choice, required): state · NGO" in newest
    assert "role" not in newest.split("As version 2 has it")[1]
    assert "<b>role</b> (multiple choice): speaker · victim" in before


def test_coders_are_told_on_opening_what_is_to_be_looked_at_again(study, places, make_window):
    with Project.open(study, places) as project:
        project.sign_in(ANA)
        add(project, CLAIM, "We will open the gate")
        project.apply(redefined(project, CLAIM))
    window, told = make_window(), []
    window.bridge.told.connect(told.append)
    window.open(study)
    assert told == ["1 of your annotations is to be looked at again: View > Look again."]
