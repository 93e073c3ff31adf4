"""The history in the window, and several steps undone at once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import QLabel, QLineEdit, QMessageBox, QPushButton, QTableView, QToolButton

from app.domain.coders import Coder
from app.project.commands import MarkDone, SetNotes
from app.project.project import Project
from app.ui.history.dialog import HistoryDialog
from app.ui.history.model import PAGE, Column, HistoryModel
from tests.builders import ACTOR, ANA, BEN, CLAIM, add, fill

QUOTES = ("the minister", "the gate", "winter")


@pytest.fixture
def worked(window):
    """A window on a project in which Ana coded three passages."""
    for quote in QUOTES:
        add(window.bridge.project, ACTOR, quote)
    window.bridge.show_anew()
    window.menus.refresh()
    return window


@pytest.fixture
def answers(monkeypatch):
    """Questions that were asked; all are answered with yes, or with what is put first."""
    asked = []

    def answer(_parent, _title, text):
        asked.append(text)
        return QMessageBox.StandardButton.Yes

    monkeypatch.setattr(QMessageBox, "question", answer)
    return asked


class Page:
    """The history as one uses it."""

    def __init__(self, dialog):
        self.dialog = dialog
        self.table = dialog.findChild(QTableView, "history")
        self.model = self.table.model()
        self.filter = dialog.findChild(QLineEdit, "history-filter")
        self.undo = dialog.findChild(QPushButton, "undo-to")
        self.redo = dialog.findChild(QPushButton, "redo-to")

    def cell(self, row, column):
        return self.model.index(row, column).data()

    def names(self):
        return [self.cell(row, Column.STEP) for row in range(self.model.rowCount())]

    def said(self):
        return self.dialog.findChild(QLabel, "said").text()

    def choose(self, row):
        self.table.setCurrentIndex(self.model.index(row, Column.STEP))


@pytest.fixture
def look(worked, monkeypatch):
    """Opens the history and runs a function on it while it is open."""

    def open_and(work):
        def run(dialog):
            dialog.show()
            work(Page(dialog))
            dialog.close()

        monkeypatch.setattr(HistoryDialog, "exec", run)
        worked.menus["step.history"].trigger()

    return open_and


def idle(window):
    return not window.tasks.busy


def coded(window):
    return sorted(
        each.fragments[0].quote for each in window.bridge.project.annotations(window.bridge.article)
    )


def test_every_step_is_there_with_who_and_what_became_of_it(worked, look):
    worked.bridge.undo()

    def work(page):
        names = [f"Code Actor: “{quote}”" for quote in ("winter", "winter", "the gate", "the minister")]
        assert page.names()[:4] == names
        assert [page.cell(row, Column.WHO) for row in range(6)] == ["Ana"] * 4 + [""] * 2
        assert [page.cell(row, Column.STATE) for row in range(4)] == ["undo", "undone", "done", "done"]
        ink = [page.model.index(row, 0).data(Qt.ItemDataRole.ForegroundRole) for row in range(4)]
        assert ink[0] is not None and ink[2] is None, "faint is what does not stand"
        assert page.model.headerData(2, Qt.Orientation.Horizontal) == "Step"

    look(work)


def test_undo_back_to_a_step_asks_once_and_redo_up_to_it_brings_all_back(worked, look, answers, qtbot):
    def work(page):
        assert page.said().startswith("Undo takes back this step. ")
        page.choose(1)
        assert page.said().startswith("Undo takes back this step and the 1 newer.")
        assert page.undo.isEnabled() and not page.redo.isEnabled()
        page.undo.click()
        qtbot.waitUntil(lambda: idle(worked))
        assert answers == ["Undo 2 steps, up to and including “Code Actor: “the gate””?"]
        assert coded(worked) == ["the minister"]
        assert page.model.step_at(page.table.currentIndex().row()).name.endswith("“the gate”"), "stays chosen"
        assert page.redo.isEnabled() and not page.undo.isEnabled()
        page.choose(2)
        assert page.said() == "Redo does this step and the 1 older again."
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: idle(worked))
        assert coded(worked) == sorted(QUOTES)
        assert len(answers) == 2

    look(work)
    assert worked.annotations.count() == 3


def test_one_step_needs_no_question_and_a_no_changes_nothing(worked, look, monkeypatch, qtbot):
    asked = []
    monkeypatch.setattr(
        QMessageBox, "question", lambda *words: asked.append(words) or QMessageBox.StandardButton.No
    )

    def work(page):
        rect = page.table.visualRect(page.model.index(0, Column.STEP))
        qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
        assert len(coded(worked)) == 3, "one click only chooses"
        qtbot.mouseDClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
        qtbot.waitUntil(lambda: idle(worked))
        assert coded(worked) == ["the gate", "the minister"]
        assert asked == []
        page.choose(3)
        page.undo.click()
        assert len(asked) == 1
        assert coded(worked) == ["the gate", "the minister"]

    look(work)


def test_the_step_that_was_undone_far_back_stays_chosen_and_its_coder_named(worked, look, answers, qtbot):
    for number in range(PAGE):
        worked.bridge.apply(SetNotes(article_id=worked.bridge.article, notes=str(number)))

    def work(page):
        page.model.fetchMore(page.table.rootIndex())
        page.choose(PAGE + 2)
        page.undo.click()
        qtbot.waitUntil(lambda: idle(worked))
        assert answers == ["Undo 103 steps, up to and including “Code Actor: “the minister””?"]
        row = page.table.currentIndex().row()
        assert (page.cell(row, Column.STEP), page.cell(row, Column.STATE)) == (
            "Code Actor: “the minister”",
            "undone",
        )
        assert page.cell(row, Column.WHO) == "Ana", "though undoing her first step took her out of the file"
        assert page.redo.isEnabled()

    look(work)


def test_what_cannot_be_undone_or_redone_is_said(worked, look, answers):
    worked.bridge.undo()
    add(worked.bridge.project, CLAIM, "winter")

    def work(page):
        page.choose(1)
        assert page.said() == "This is an undo; choose the step itself."
        page.choose(2)
        assert page.cell(2, Column.STATE) == "undone for good"
        assert "cannot be redone" in page.said()
        assert not page.undo.isEnabled() and not page.redo.isEnabled()
        page.table.setFocus()
        page.dialog._request()
        assert answers == []

    look(work)


def test_the_filter_finds_steps_and_coders(worked, look, qtbot):
    worked.bridge.project.sign_in(Coder(id=BEN.id, name="Běn"))
    worked.bridge.apply(MarkDone(article_id=worked.bridge.article))

    def work(page):
        page.filter.setText("GATE code")
        assert page.names() == ["Code Actor: “the gate”"]
        page.filter.setText("ben")
        assert [page.cell(0, Column.WHO), page.model.rowCount()] == ["Běn", 1]
        page.filter.setText("no such step")
        assert page.names() == []
        assert page.said() == "No step matches “no such step”."
        page.filter.setText("")
        qtbot.keyClick(page.filter, Qt.Key.Key_Down)
        qtbot.waitUntil(page.table.hasFocus)

    look(work)


def test_where_nothing_may_be_written_history_is_for_reading(worked, make_window, study, monkeypatch, boxes):
    second = make_window()
    second.open(study)
    said = []
    monkeypatch.setattr(
        HistoryDialog,
        "exec",
        lambda dialog: said.append((Page(dialog).said(), Page(dialog).undo.isEnabled())),
    )
    second.menus["step.history"].trigger()
    assert said == [("This project is open for reading only; nothing can be undone here.", False)]


@pytest.fixture
def long_history(tmp_path, places):
    """A project with far more steps than a page."""
    with Project.create(tmp_path / "long.rubric", places) as project:
        project.sign_in(ANA)
        fill(project)
        article = project.articles()[0].id
        for number in range(3 * PAGE):
            project.apply(SetNotes(article_id=article, notes=str(number)))
        yield project


def test_a_long_history_is_read_as_far_as_somebody_looks(long_history, qtbot):
    model = HistoryModel(long_history, QBrush())
    model.renew()
    assert model.rowCount() == PAGE
    view = QTableView()
    qtbot.addWidget(view)
    view.setModel(model)
    view.show()
    assert model.rowCount() == PAGE
    view.scrollToBottom()
    qtbot.waitUntil(lambda: model.rowCount() == 2 * PAGE)
    while model.canFetchMore(view.rootIndex()):
        model.fetchMore(view.rootIndex())
    assert model.rowCount() == 3 * PAGE + 2
    numbers = [model.step_at(row).number for row in range(model.rowCount())]
    assert numbers == list(range(3 * PAGE + 2, 0, -1))


def test_a_rare_word_is_looked_for_through_all_pages_while_the_window_lives(long_history, qtbot):
    model = HistoryModel(long_history, QBrush())
    model.set_filter("import")
    assert model.rowCount() == 0
    assert model.reading
    qtbot.waitUntil(lambda: not model.reading)
    assert model.rowCount() == 1


def menu_of(window, action_id):
    button = window.menus.toolbar.widgetForAction(window.menus[action_id])
    assert button.popupMode() is QToolButton.ToolButtonPopupMode.MenuButtonPopup
    button.menu().aboutToShow.emit()
    return button.menu()


def test_undo_and_redo_offer_the_last_steps_by_name(worked, qtbot):
    menu = menu_of(worked, "step.undo")
    assert [action.text() for action in menu.actions()][:3] == [
        f"Code Actor: “{quote}”" for quote in ("winter", "the gate", "the minister")
    ]
    assert menu.actions()[1].toolTip() == "Undo 2 steps"
    with qtbot.waitSignal(worked.bridge.project_changed) as told:
        menu.actions()[1].trigger()
    assert told.args[0].changes.step == "Undo 2 steps"
    qtbot.waitUntil(lambda: idle(worked))
    assert coded(worked) == ["the minister"]
    assert worked.annotations.count() == 1
    again = menu_of(worked, "step.redo")
    assert [action.text() for action in again.actions()] == [
        f"Code Actor: “{quote}”" for quote in ("the gate", "winter")
    ]
    again.actions()[0].trigger()
    qtbot.waitUntil(lambda: idle(worked))
    assert coded(worked) == ["the gate", "the minister"]


def test_no_more_than_ten_steps_are_offered(window):
    for number in range(12):
        window.bridge.apply(SetNotes(article_id=window.bridge.article, notes=f"& {number}"))
    assert len(menu_of(window, "step.undo").actions()) == 10
    assert menu_of(window, "step.redo").actions() == []
