"""Copies out and returned files in, without a window."""

from app.project.project import Project
from tests.builders import ACTOR, add


def test_copies_go_out_and_come_back_merged(run, study, tmp_path, places):
    out = tmp_path / "out"
    assert run("packets", study, "--coders", "Ana, Ben", "--out", out).code == 0
    with Project.open(out / "Ana.rubric", places) as copy:
        (ana,) = copy.coders()
        copy.sign_in(ana)
        add(copy, ACTOR, "minister")
    files = out / "Ana.rubric", out / "Ben.rubric"
    dry = run("merge", study, *files, "--dry-run", "--json").json
    assert [(each["coders"], each["new"]) for each in dry["files"]] == [(["Ana"], 1), (["Ben"], 0)]
    assert run("info", study, "--json").json["annotations"] == 0
    done = run("merge", study, *files, "--report", tmp_path / "report.csv")
    assert done.code == 0
    assert "1 new, 0 changed, 0 deleted annotations" in done.out
    assert (tmp_path / "report.csv").read_text().startswith("file,kind,what")
    assert run("info", study, "--json").json["annotations"] == 1
    assert "0 new" in run("merge", study, *files).out
    assert run("check", study).code == 0
    assert run("check", out / "Ana.rubric").code == 0


def test_a_refused_file_stops_the_merge_in_one_sentence(run, study, tmp_path):
    said = run("merge", study, study)
    assert (said.code, said.err.strip().endswith("Nothing was merged.")) == (1, True)
    assert run("merge", study, tmp_path / "none.rubric", "--dry-run").code == 1
    assert run("packets", study, "--coders", ",", "--out", tmp_path / "out").code == 2


def test_a_report_is_never_written_over_a_project(run, study, tmp_path):
    assert run("packets", study, "--coders", "Ana", "--out", tmp_path / "out").code == 0
    (copy,) = (tmp_path / "out").iterdir()
    for target in (study, copy):
        before = study.read_bytes(), copy.read_bytes()
        said = run("merge", study, copy, "--report", target)
        assert said.code == 1
        assert "is there already" in said.err
        assert (study.read_bytes(), copy.read_bytes()) == before
