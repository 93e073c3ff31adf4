"""The work of coders from another program, as the lead brings it in."""

import pytest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
)

from app.domain.errors import UserError
from app.domain.progress import Cancelled
from app.domain.reviews import ReviewState
from app.project.commands import SaveCoder
from tests.builders import ANA, BEN, GATES
from tests.ui.test_access import nameless

ANN = "T1\tActor 1 3\tWe\nT2\tActor 0 3\tYou\n"


@pytest.fixture
def top(tmp_path):
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "x.txt").write_bytes(GATES.encode())
    for coder in ("anna", "ben"):
        (tmp_path / "set" / f"x_{coder}.ann").write_text(ANN, encoding="utf-8")
    return tmp_path / "set"


@pytest.fixture
def dialog(window, top, qtbot):
    window.bridge.apply(SaveCoder(coder=BEN), window)
    window.importing.offer([top])
    dialog = window.importing.coded
    qtbot.waitUntil(lambda: read(dialog))
    yield dialog
    if window.importing.coded is not None:
        window.importing.coded.reject()


def read(dialog):
    return not dialog._tasks.busy and not dialog._coders.isHidden()


def said(dialog):
    return dialog.findChild(QPlainTextEdit, "coded-report").toPlainText()


def button(dialog, name):
    return dialog.findChild(QPushButton, name)


def test_a_folder_that_is_dropped_is_told_matched_and_enters_as_one_step(window, dialog, qtbot):
    project = window.bridge.project
    before = project.contents()
    assert "2 new coders, 2 new annotations, 2 problems" in said(dialog)
    assert "x_anna.ann, line 2: T2 does not fit the text" in said(dialog)
    assert nameless(dialog) == []
    table = dialog.findChild(QTableWidget, "coded-coders")
    assert [table.item(row, 0).text() for row in range(2)] == ["anna", "ben"]
    box = table.cellWidget(1, 1)
    assert [box.itemText(at) for at in range(box.count())] == ["A new coder", "Ben"]
    box.setCurrentIndex(1)
    qtbot.waitUntil(lambda: read(dialog) and "1 new coder, " in said(dialog))
    dialog.findChild(QCheckBox, "coded-done").click()
    qtbot.waitUntil(lambda: read(dialog) and "2 new reviews that are done" in said(dialog))
    button(dialog, "coded-go").click()
    qtbot.waitUntil(lambda: button(dialog, "coded-go").isHidden())
    assert sorted(each.name for each in project.coders()) == ["Ben", "anna"]
    assert sum(each.state is ReviewState.DONE for each in project.reviews()) == 2
    button(dialog, "coded-close").click()
    assert window.importing.coded is None
    window.bridge.undo()
    assert project.contents() == before


def test_another_layout_has_other_coders_and_a_refusal_stands_where_it_is_read(window, dialog, qtbot):
    box = dialog.findChild(QComboBox, "coded-layout")
    box.setCurrentIndex(box.findData("one"))
    qtbot.waitUntil(lambda: read(dialog) and "there is no text that it belongs to" in said(dialog))
    assert dialog.findChild(QTableWidget, "coded-coders").rowCount() == 0
    (dialog._path / "x.txt").unlink()
    box.setCurrentIndex(0)
    qtbot.waitUntil(lambda: read(dialog) and "there are no .txt files" in said(dialog))
    assert not button(dialog, "coded-go").isEnabled()
    assert not button(dialog, "save-coded-report").isEnabled()


def test_what_was_told_before_goes_where_somebody_stops_the_reading(window, dialog, qtbot, monkeypatch):
    def stopped(*_asked):
        raise Cancelled

    monkeypatch.setattr("app.ui.coded.dialog.stage_coded", stopped)
    assert button(dialog, "save-coded-report").isEnabled()
    dialog.findChild(QCheckBox, "coded-done").click()
    qtbot.waitUntil(lambda: read(dialog))
    assert said(dialog).startswith("Nothing was read yet.")
    assert not button(dialog, "save-coded-report").isEnabled()
    assert not button(dialog, "coded-go").isEnabled()


def test_a_choice_made_while_it_is_read_counts_after_a_refusal_too(window, dialog, qtbot, monkeypatch):
    done = dialog.findChild(QCheckBox, "coded-done")
    asked = []

    def refused(_project, _path, _reader, wishes, _progress):
        asked.append(wishes.options.done)
        raise UserError("It cannot be read.")

    monkeypatch.setattr("app.ui.coded.dialog.stage_coded", refused)
    done.click()
    done.click()
    qtbot.waitUntil(lambda: read(dialog) and len(asked) == 2)
    assert asked == [True, False]
    assert said(dialog) == "It cannot be read."


def test_the_report_is_saved_and_tells_what_would_have_been(window, dialog, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "r.txt"), ""))
    button(dialog, "save-coded-report").click()
    assert (tmp_path / "r.txt").read_text(encoding="utf-8").startswith("Would import into ")


def test_the_articles_alone_are_for_the_import_centre(window, dialog, qtbot):
    button(dialog, "articles-only").click()
    centre = window.importing.centre
    qtbot.waitUntil(lambda: len(centre.intake.reads) == 1 and not centre.intake._tasks.busy)
    assert window.importing.coded is None
    centre.reject()


def test_the_import_centre_hands_such_a_folder_on(window, top, qtbot):
    window.importing.show()
    window.importing.centre.add([top])
    assert window.importing.centre is None
    qtbot.waitUntil(lambda: read(window.importing.coded))
    window.importing.coded.reject()


def test_beside_other_files_only_the_articles_come_in_and_that_is_said(
    window, top, tmp_path, qtbot, monkeypatch
):
    said = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *args: said.append(args[2]))
    (tmp_path / "more.txt").write_text("One more.", encoding="utf-8")
    window.importing.show()
    centre = window.importing.centre
    centre.add([tmp_path / "more.txt", top])
    qtbot.waitUntil(lambda: len(centre.intake.reads) == 2 and not centre.intake._tasks.busy)
    assert ["“set”" in each and "File > Import work of coders" in each for each in said] == [True]
    centre.reject()


def test_the_menu_asks_for_a_folder_and_says_what_is_none(window, top, tmp_path, qtbot, monkeypatch):
    refused = []
    window.bridge.refused.connect(refused.append)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path / "nothing"))
    window.menus["project.import_coded"].trigger()
    assert "“nothing” holds no work of coders" in refused[0]
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(top))
    window.menus["project.import_coded"].trigger()
    qtbot.waitUntil(lambda: read(window.importing.coded))
    assert ANA.name not in said(window.importing.coded)
    window.importing.coded.reject()
