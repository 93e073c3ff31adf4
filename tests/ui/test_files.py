"""The File menu: opening, importing, exporting, copying, restoring."""

import csv
import sqlite3

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QProgressDialog

from app.domain.coders import Coder
from app.exchange.formats import ExportOptions
from app.project.backups import backups_of
from app.project.commands import SetNotes
from app.project.project import Project
from app.system.settings import CODERS_OF_PROJECTS, RECENT, Settings
from app.ui.backups.dialog import BackupDialog
from app.ui.coder.dialog import CoderDialog
from app.ui.exporting.dialog import ExportDialog, ExportWish
from tests.builders import ACTOR, ANA, BEN, GATES, add


@pytest.fixture
def accept(monkeypatch):
    """Accepts every dialog of ours and keeps what it showed."""
    shown = []

    def run(dialog):
        shown.append(dialog)
        return QDialog.DialogCode.Accepted

    for dialog in (ExportDialog, CoderDialog):
        monkeypatch.setattr(dialog, "exec", run)
    return shown


def idle(window):
    return not window.tasks.busy


def choose(monkeypatch, method, value):
    monkeypatch.setattr(QFileDialog, method, lambda *_args, **_kw: value)


def test_the_window_begins_with_a_page_that_leads(qtbot, make_window):
    window = make_window()
    assert window.welcome.isVisible()
    assert not window.articles.isVisible()
    assert not window.menus["project.export"].isEnabled()
    assert window.menus["project.new"].isEnabled()


def test_a_new_project_has_the_default_codebook_and_says_what_to_do(
    qtbot, make_window, tmp_path, monkeypatch
):
    window = make_window()
    choose(monkeypatch, "getSaveFileName", (str(tmp_path / "fresh"), ""))
    window.menus["project.new"].trigger()
    project = window.bridge.project
    assert project.path.name == "fresh.rubric"
    assert [layer.name for layer in project.codebook().layers()] == ["Actor", "Claim", "Humanitarian concern"]
    assert project.coder.id == ANA.id, "asked once, known since"
    assert "Import articles" in window.articles._progress.text()


def test_who_codes_is_asked_once_for_a_project_of_others(
    make_window, study, accept, settings, monkeypatch, places
):
    with Project.open(study, places) as project:
        project.sign_in(BEN)
        project.apply(SetNotes(article_id=project.articles()[0].id, notes="x"))
    monkeypatch.setattr(CoderDialog, "coder", lambda _dialog, _mine: BEN)
    window = make_window()
    window.open(study)
    assert window.bridge.project.coder == BEN
    assert len(accept) == 1
    window.files.close()
    window.open(study)
    assert len(accept) == 1
    assert settings.texts(CODERS_OF_PROJECTS)


def test_the_coder_dialog_takes_a_coder_of_the_project_or_a_new_name(qtbot):
    dialog = CoderDialog([ANA, BEN], "")
    qtbot.addWidget(dialog)
    dialog._name.setCurrentIndex(1)
    assert dialog.coder(ANA.id) == BEN
    dialog._name.setEditText("Cleo")
    assert dialog.coder(ANA.id).name == "Cleo"
    assert dialog.coder(ANA.id).id not in (ANA.id, BEN.id), "an id that is taken is not given to another name"
    dialog._name.setEditText("  ")
    assert not dialog._ok.isEnabled()


def test_the_progress_of_short_work_does_not_show_up_over_what_comes_after(qtbot, window):
    waiting = []

    def look(_result):
        for dialog in window.findChildren(QProgressDialog):
            waiting.extend(timer.isActive() for timer in dialog.findChildren(QTimer))

    window.tasks.run("Short", lambda _progress: None, look)
    qtbot.waitUntil(lambda: bool(waiting))
    assert not any(waiting)


def test_export_writes_the_folder(qtbot, window, tmp_path, accept, monkeypatch):
    window.reading.reader.select_range(GATES.index("the minister"), GATES.index("the minister") + 12)
    window.bridge.apply_code(ACTOR)
    target = tmp_path / "out"
    monkeypatch.setattr(ExportDialog, "wish", lambda _dialog: ExportWish("csv", target, ExportOptions()))
    with qtbot.waitSignal(window.bridge.told) as told:
        window.menus["project.export"].trigger()
    assert told.args == [f"Exported to {target}"]
    with (target / "annotations.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["quote"], row["coder"], row["code"]) == ("the minister", "Ana", "Actor")


def test_the_export_dialog_offers_every_format_and_a_place(qtbot, tmp_path):
    dialog = ExportDialog(tmp_path / "study")
    qtbot.addWidget(dialog)
    assert dialog.wish() == ExportWish("csv", tmp_path / "study-csv", ExportOptions())
    dialog._format.setCurrentIndex(1)
    assert dialog.wish().target == tmp_path / "study.jsonl"
    assert not dialog._separator.isEnabled()
    dialog._format.setCurrentIndex(2)
    assert dialog.wish() == ExportWish("brat", tmp_path / "study-brat", ExportOptions())
    assert not dialog._separator.isEnabled()
    assert "brat" in dialog._words.text()


def test_the_export_dialog_asks_before_it_replaces(qtbot, tmp_path, monkeypatch):
    answers, asked = [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes], []

    def ask(_parent, _title, text):
        asked.append(text)
        return answers.pop(0)

    monkeypatch.setattr(QMessageBox, "question", ask)
    dialog = ExportDialog(tmp_path / "study")
    qtbot.addWidget(dialog)
    (tmp_path / "study-csv").mkdir()
    (tmp_path / "study-csv" / "manifest.json").write_text("{}")
    dialog.accept()
    assert dialog.result() == QDialog.DialogCode.Rejected
    dialog.accept()
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert asked == ["study-csv is there already. Replace it?"] * 2


def test_the_folder_of_somebody_unknown_is_said_and_the_dialog_stays(qtbot, tmp_path, boxes):
    dialog = ExportDialog(tmp_path / "study")
    qtbot.addWidget(dialog)
    dialog._target.setText("~nobodyx/out")
    dialog.accept()
    assert boxes == ["There is no folder for ~nobodyx. Choose another place."]
    assert dialog.result() == QDialog.DialogCode.Rejected
    dialog._target.setText(str(tmp_path / "new"))
    dialog.accept()
    assert dialog.result() == QDialog.DialogCode.Accepted


def test_a_saved_copy_is_a_whole_project(qtbot, window, tmp_path, monkeypatch, places):
    target = tmp_path / "copy.rubric"
    choose(monkeypatch, "getSaveFileName", (str(target), ""))
    with qtbot.waitSignal(window.bridge.told):
        window.menus["project.copy"].trigger()
    with Project.open(target, places) as copy:
        assert copy.contents(history=True) == window.bridge.project.contents(history=True)


def test_a_backup_is_made_on_opening_and_brings_the_project_back(qtbot, window, monkeypatch):
    project = window.bridge.project
    places = window._places
    qtbot.waitUntil(lambda: len(backups_of(project.about().id, places)) == 1)
    window.reading.reader.select_range(0, 5)
    window.bridge.apply_code(ACTOR)
    assert project.passages(window.bridge.article)
    monkeypatch.setattr(BackupDialog, "exec", lambda _dialog: QDialog.DialogCode.Accepted)
    window.menus["project.restore"].trigger()
    assert window.bridge.project is not project
    assert window.bridge.project.passages(window.bridge.article) == []
    assert window.bridge.project.coder == ANA


def test_what_cannot_be_opened_is_said_and_what_is_open_stays(qtbot, window, tmp_path, boxes):
    bad = tmp_path / "bad.rubric"
    bad.write_text("no project")
    project = window.bridge.project
    assert not window.open(bad)
    assert boxes == ["bad.rubric is not a Rubricator project."]
    assert window.bridge.project is project


def test_projects_that_were_opened_are_offered_again(qtbot, window, study, settings):
    assert Settings(settings._path).texts(RECENT) == [str(study)]
    window.menus["project.close"].trigger()
    assert window.welcome._recent.count() == 1
    window.welcome._recent.itemActivated.emit(window.welcome._recent.item(0))
    assert window.bridge.project.path == study


def test_the_demo_opens_from_the_page_that_leads(qtbot, make_window, accept):
    window = make_window()
    window.menus["project.demo"].trigger()
    qtbot.waitUntil(lambda: window.bridge.project is not None)
    assert window.bridge.project.about().name == "Rubricator demo"
    assert window.bridge.project.coder.name == "coder 1"
    assert window.annotations.count() == 14
    assert accept == [], "nobody is asked who they are before they have seen anything"


def test_a_coder_is_a_person_not_a_name(qtbot, window):
    namesake = Coder(id="0" * 36, name="Ana")
    window.reading.reader.select_range(0, 5)
    window.bridge.apply_code(ACTOR)
    window.bridge.project.sign_in(namesake)
    window.bridge.view_changed.emit()
    assert window.annotations.count() == 0


def test_annotations_that_do_not_fit_the_text_are_kept_apart_and_said(
    qtbot, make_window, study, places, boxes
):
    with Project.open(study, places) as project:
        project.sign_in(ANA)
        add(project, ACTOR, "the minister")
        add(project, ACTOR, "Aid groups")
    with sqlite3.connect(study) as db:
        db.execute("UPDATE fragment SET start = start + 1 WHERE quote = 'the minister'")
    db.close()
    window = make_window()
    with qtbot.waitSignal(window.quarantine.finished):
        window.open(study)
    assert boxes[0].startswith("1 annotation does not fit the text of the article")
    assert window.annotations.count() == 1
    (passage,) = window.bridge.project.passages(window.bridge.article)
    assert window.reading.reader.page.text[passage.start : passage.end] == "Aid groups"


def test_recent_projects_are_in_the_menu_and_open_from_there(qtbot, make_window, study, places):
    window = make_window()
    assert not window.menus["project.recent"].isEnabled()
    window.open(study)
    window.menus["project.close"].trigger()
    (entry,) = window.menus["project.recent"].menu().actions()
    assert entry.text() == f"&1  study.rubric   ({study.parent})"
    entry.trigger()
    assert window.bridge.project.path == study


def test_a_project_that_is_open_stays_open_for_writing(qtbot, make_window, study, boxes, monkeypatch):
    window = make_window()
    window.open(study)
    choose(monkeypatch, "getOpenFileName", (str(study.parent / "." / study.name), ""))
    window.menus["project.open"].trigger()
    assert not window.bridge.project.read_only
    assert boxes == []
    assert window.statusBar().currentMessage() == "study.rubric is open already."
