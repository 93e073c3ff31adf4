"""Nothing is lost where work, people and files get in each other's way."""

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog

from app.domain.articles import Draft
from app.domain.coders import Coder
from app.exchange.formats import ExportOptions
from app.project.commands import ImportArticles
from app.project.exporting import export
from app.project.project import Project
from app.system.settings import CODER_ID
from app.ui.backups.dialog import BackupDialog
from app.ui.coder.dialog import CoderDialog
from tests.builders import ACTOR, ANA, BEN, GATES, add


def choose(monkeypatch, method, value):
    monkeypatch.setattr(QFileDialog, method, lambda *_args, **_kw: value)


@pytest.fixture
def yes(monkeypatch):
    """Accepts every dialog."""
    monkeypatch.setattr(BackupDialog, "exec", lambda _dialog: QDialog.DialogCode.Accepted)


def test_another_name_at_the_same_computer_is_another_person(qtbot, settings):
    dialog = CoderDialog([], "Ana")
    qtbot.addWidget(dialog)
    mine = settings.text(CODER_ID)
    assert dialog.coder(mine) == Coder(id=ANA.id, name="Ana")
    dialog._name.setCurrentText("Bert")
    assert dialog.coder(mine).name == "Bert"
    assert dialog.coder(mine).id != mine


def test_who_signed_in_and_coded_nothing_is_still_known(qtbot, make_window, study, monkeypatch):
    window = make_window()
    window.open(study)
    monkeypatch.setattr(CoderDialog, "exec", lambda _dialog: True)
    monkeypatch.setattr(CoderDialog, "coder", lambda _dialog, _mine: BEN)
    window.menus["project.coder"].trigger()
    assert window.bridge.project.coder == BEN
    window.menus["project.close"].trigger()
    window.open(study)
    assert window.bridge.project.coder == BEN


def test_a_project_at_work_is_not_closed(qtbot, window, boxes, monkeypatch):
    release = []

    def wait(progress):
        while not release:
            progress(1, 2)

    window.tasks.run("Working…", wait)
    window.menus["project.close"].trigger()
    assert window.bridge.project is not None
    assert boxes == ["Something is still being done with this project. Wait for it, or cancel it."]
    release.append(True)
    qtbot.waitUntil(lambda: not window.tasks.busy)
    window.menus["project.close"].trigger()
    assert window.bridge.project is None


def test_closing_the_window_ends_work_first(qtbot, window, study, places):
    def forever(progress):
        while True:
            progress(1, 2)

    window.tasks.run("Working…", forever)
    window.close()
    assert not window.tasks.busy
    with Project.open(study, places) as project:
        assert not project.read_only


def test_an_import_that_is_entering_can_be_cancelled(window, study):
    told = []

    def stop_halfway(done, total):
        told.append(done)
        if done * 2 >= total:
            raise KeyboardInterrupt

    project = window.bridge.project
    before = project.contents(history=True)
    command = ImportArticles(drafts=tuple(Draft(text=f"Text {number}") for number in range(40)))
    with pytest.raises(KeyboardInterrupt):
        project.apply(command, stop_halfway)
    assert told == list(range(21))
    contents = project.contents(history=True)
    assert contents == before


def test_what_a_restore_replaced_can_be_restored_again(qtbot, window, study, places, yes, monkeypatch):
    window.keeper.wait()
    add(window.bridge.project, ACTOR, "the minister")
    monkeypatch.setattr(BackupDialog, "backup", lambda dialog: dialog._backups[-1])
    window.menus["project.restore"].trigger()
    assert window.bridge.project.passages(window.bridge.article) == []
    monkeypatch.setattr(BackupDialog, "backup", lambda dialog: dialog._backups[1])
    window.keeper.wait()
    window.menus["project.restore"].trigger()
    (passage,) = window.bridge.project.passages(window.bridge.article)
    assert GATES[passage.start : passage.end] == "the minister"


def test_a_damaged_project_comes_back_from_its_backups(qtbot, make_window, study, boxes, yes, monkeypatch):
    window = make_window()
    window.open(study)
    with qtbot.waitSignal(window.keeper.finished):
        window.keeper.keep() or window.keeper.finished.emit()
    window.keeper.wait()
    window.menus["project.close"].trigger()
    study.write_bytes(study.read_bytes()[:4096] + b"\0" * 8192)
    assert not window.open(study)
    assert "Restore a backup" in boxes[-1]
    choose(monkeypatch, "getOpenFileName", (str(study), ""))
    monkeypatch.setattr(BackupDialog, "backup", lambda dialog: dialog._backups[0])
    window.menus["project.restore"].trigger()
    assert window.bridge.project.article_count() == 3


def test_a_name_without_its_ending_overwrites_nothing(qtbot, window, tmp_path, boxes, monkeypatch):
    (tmp_path / "other.rubric").write_text("precious")
    choose(monkeypatch, "getSaveFileName", (str(tmp_path / "other"), ""))
    window.menus["project.copy"].trigger()
    window.menus["project.new"].trigger()
    assert (tmp_path / "other.rubric").read_text() == "precious"
    assert boxes == ["other.rubric exists already. Choose another name."] * 2


def test_a_visit_is_noted_when_it_begins(window, study):
    article = window.bridge.article
    opened = window.bridge.project.review(article, ANA.id).opened_at
    assert opened
    window.reading.reader.select_range(4, 11)
    window.bridge.apply_code(ACTOR)
    assert window.bridge.project.annotation(window.bridge.annotation).created_at >= opened
    window.menus["article.next"].trigger()
    assert window.bridge.project.review(article, ANA.id).opened_at == opened


def test_undo_shows_what_it_takes_back(window):
    first = window.bridge.article
    window.reading.reader.select_range(4, 11)
    window.bridge.apply_code(ACTOR)
    window.menus["article.next"].trigger()
    window.menus["step.undo"].trigger()
    assert window.bridge.article == first
    assert window.statusBar().currentMessage().startswith("Undone: Code Actor")


def test_a_project_comes_back_from_json_lines_in_the_window(qtbot, make_window, study, tmp_path, monkeypatch):
    export(study, "jsonl", tmp_path / "all.jsonl", ExportOptions())
    window = make_window()
    choose(monkeypatch, "getOpenFileName", (str(tmp_path / "all.jsonl"), ""))
    choose(monkeypatch, "getSaveFileName", (str(tmp_path / "back.rubric"), ""))
    window.menus["project.open"].trigger()
    qtbot.waitUntil(lambda: window.bridge.project is not None)
    assert window.bridge.project.path == tmp_path / "back.rubric"
    assert window.bridge.project.article_count() == 3
