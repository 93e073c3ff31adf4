"""Returned files as the lead meets them."""

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog, QPlainTextEdit, QPushButton, QTableWidget

from app.project.packets import make_packet
from app.project.project import Project
from app.ui.merging.dialog import MergeDialog
from tests.builders import ACTOR, ANA, BEN, add


@pytest.fixture
def returned(study, tmp_path, places):
    path = tmp_path / "ben.rubric"
    make_packet(study, BEN, path)
    with Project.open(path, places) as project:
        project.sign_in(BEN)
        add(project, ACTOR, "minister")
    return path


def test_returned_files_are_shown_and_merged_and_the_merge_is_undone(window, returned, qtbot, monkeypatch):
    shown = []

    def say_yes(dialog):
        shown.append(dialog)
        assert dialog.findChild(QTableWidget, "merge-files").item(0, 4).text() == "1"
        assert "1 new" in dialog.findChild(QPlainTextEdit, "merge-details").toPlainText()
        assert dialog.findChild(QPushButton, "merge").isEnabled()
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(MergeDialog, "exec", say_yes)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([str(returned)], ""))
    project = window.bridge.project
    window.files.merging.merge()
    qtbot.waitUntil(lambda: sum(project.annotation_counts().values()) == 1)
    qtbot.waitUntil(lambda: not window.tasks.busy)
    assert {each.name for each in project.coders()} == {"Ben"}
    window.bridge.undo()
    assert project.annotation_counts() == {}
    assert len(shown) == 1


def test_the_report_is_saved_and_nothing_newer_cannot_be_merged(window, study, tmp_path, qtbot, monkeypatch):
    report = window.bridge.project.stage_merge([study])
    dialog = MergeDialog(study, report)
    qtbot.addWidget(dialog)
    assert not dialog.findChild(QPushButton, "merge").isEnabled()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "said.txt"), ""))
    dialog.findChild(QPushButton, "save-merge-report").click()
    assert "this project itself" in (tmp_path / "said.txt").read_text()


def test_a_copy_for_a_new_coder_is_made_and_the_project_knows_the_coder(
    window, tmp_path, places, qtbot, monkeypatch
):
    target = tmp_path / "Ana.rubric"
    monkeypatch.setattr(QInputDialog, "getItem", lambda *_args: (ANA.name, True))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    window.files.merging.make_packet()
    qtbot.waitUntil(lambda: target.exists() and not window.tasks.busy)
    (coder,) = window.bridge.project.coders()
    with Project.open(target, places) as copy:
        assert (copy.packet().coder_id, copy.coders()) == (coder.id, [coder])
