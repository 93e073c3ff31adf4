"""What an export may be written over, and what a cell may hold."""

import csv
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from app.domain.errors import UserError
from app.exchange.csv_folder import Table
from app.exchange.formats import ExportOptions
from app.project.exporting import export
from app.project.project import Project
from tests.builders import ACTOR, ANA, add


def test_a_folder_with_somebody_elses_manifest_keeps_everything(study, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "manifest.json").write_text('{"program": "Extension", "files": {}}')
    (out / "thesis.txt").write_text("mine")
    with pytest.raises(UserError, match=r"not an export of ours: manifest\.json, thesis\.txt\. Choose"):
        export(study, "csv", out, ExportOptions())
    assert (out / "thesis.txt").read_text() == "mine"


@pytest.mark.parametrize("name", ["notes.txt", ".hidden", "annotations.csv"])
def test_an_export_with_something_of_somebodys_in_it_is_not_replaced(study, tmp_path, name):
    out = tmp_path / "out"
    export(study, "csv", out, ExportOptions())
    if name.endswith(".csv"):
        (out / name).unlink()
        (out / name).mkdir()
    else:
        (out / name).write_text("mine")
    before = sorted(out.iterdir())
    with pytest.raises(UserError, match=name):
        export(study, "csv", out, ExportOptions())
    assert sorted(out.iterdir()) == before


def test_an_export_into_the_folder_one_stands_in_leaves_that_folder_in_place(study, tmp_path, monkeypatch):
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    before = here.stat().st_ino
    for separator in (",", ";"):
        export(study, "csv", Path(), ExportOptions(separator=separator))
        assert (here.stat().st_ino, "manifest.json" in os.listdir()) == (before, True)
        assert [name for name in os.listdir() if name.startswith(".")] == []
    assert sorted(os.listdir(tmp_path)) == ["here", "home", "study.rubric"]
    with (here / "articles.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file, delimiter=";"))) == 3


def test_files_that_refuse_to_move_leave_the_old_export_whole(study, tmp_path, monkeypatch):
    out = tmp_path / "out"
    export(study, "csv", out, ExportOptions())
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    rename, count = Path.rename, iter(range(100))

    def refuse(path, target):
        if next(count) == 12:
            raise PermissionError(13, "Permission denied")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(UserError, match="Permission denied"):
        export(study, "csv", out, ExportOptions(separator=";"))
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


@pytest.mark.parametrize("name", ["csv", "jsonl"])
def test_no_export_is_written_over_the_project_or_a_foreign_file(study, tmp_path, name):
    before = study.read_bytes()
    (tmp_path / "link.jsonl").hardlink_to(study)
    for target in (study, tmp_path / "link.jsonl"):
        with pytest.raises(UserError, match="is the project itself"):
            export(study, name, target, ExportOptions())
    other = tmp_path / "letter.jsonl"
    other.write_text('{"title": "mine"}\n')
    with pytest.raises(UserError, match="not an export of ours"):
        export(study, name, other, ExportOptions())
    assert (study.read_bytes(), other.read_text()) == (before, '{"title": "mine"}\n')


def test_json_lines_replace_an_earlier_export(study, tmp_path, places):
    export(study, "jsonl", tmp_path / "all.jsonl", ExportOptions())
    with Project.open(study, places) as project:
        project.sign_in(ANA)
        add(project, ACTOR, "the minister")
    written = export(study, "jsonl", tmp_path / "all.jsonl", ExportOptions())
    assert written.rows["annotation"] == 1


@given(memo=st.text(alphabet='a\r\n",; ', max_size=8))
@settings(max_examples=30)
def test_a_cell_with_any_line_end_stays_one_cell(tmp_path_factory, memo):
    folder = tmp_path_factory.mktemp("t")
    written = Table(folder / "t.csv", ("a", "b"), ExportOptions())
    written.write([(memo, "x"), ("y", memo)])
    written.close()
    with (folder / "t.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [["a", "b"], [memo, "x"], ["y", memo]]
    assert (folder / "t.csv").read_bytes().endswith(b"\n")
    if "\r" in memo:
        assert b'"' in (folder / "t.csv").read_bytes()


@pytest.mark.parametrize("separator", ['"', "\r", "\n", "a", "7", "é", "", ",,", "\0", "\ud800"])
def test_what_cannot_separate_cells_is_refused(separator):
    with pytest.raises(ValidationError, match="the separator is one character"):
        ExportOptions(separator=separator)
