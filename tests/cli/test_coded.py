"""Coded articles on the command line: import with what the lead says, and export again."""

import pytest

from tests.builders import GATES

WHO = GATES.index("the minister")
ANN = f"T1\tActor {WHO} {WHO + 12}\tthe minister\nT2\tVictim 0 4\tthey\n"


@pytest.fixture
def top(tmp_path):
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "x.txt").write_bytes(GATES.encode())
    for coder in ("anna", "ben"):
        (tmp_path / "set" / f"x_{coder}.ann").write_text(ANN, encoding="utf-8")
    return tmp_path / "set"


def test_everything_is_told_before_it_enters_and_then_does(run, study, top, tmp_path):
    said = run("import", study, top, "--format", "brat", "--dry-run", "--report", tmp_path / "r.txt")
    assert said.out.endswith("Nothing was changed.\n")
    assert "x_anna.ann, line 2: T2 does not fit the text" in (tmp_path / "r.txt").read_text(encoding="utf-8")
    assert run("info", study, "--json").json["annotations"] == 0
    said = run("import", study, top, "--format", "brat", "--done", "--json").json
    assert said["counts"]["new annotations"] == 2
    assert len(said["problems"]) == 2
    coders = run("info", study, "--json").json["coders"]
    assert [(each["name"], each["done"], each["annotations"]) for each in coders] == [
        ("anna", 1, 1),
        ("ben", 1, 1),
    ]
    again = run("import", study, top, "--format", "brat", "--done")
    there = "1 article that is there already, 2 annotations that are there already, 2 problems"
    assert again.out.startswith(f"set: nothing new, {there}.\n")
    (top / "x_anna.ann").write_text(ANN.splitlines()[0], encoding="utf-8")
    (top / "x_ben.ann").unlink()
    again = run("import", study, top, "--format", "brat", "--done")
    assert again.out.startswith("set: everything in it is in the project already.\n")


def test_a_report_takes_the_place_of_nothing_but_a_report(run, study, top, tmp_path):
    before = study.read_bytes()
    assert run("import", study, top, "--format", "brat", "--report", study).code == 1
    assert study.read_bytes() == before
    assert run("info", study, "--json").json["annotations"] == 0
    for name in ("r.txt", "r.csv"):
        for _twice in range(2):
            wishes = ("--format", "brat", "--report", tmp_path / name)
            assert run("import", study, top, *wishes).code == 0
    text = (tmp_path / "r.txt").read_text(encoding="utf-8")
    assert text.startswith("Imported into ")
    assert "  problem: x_anna.ann, line 2: T2 does not fit the text" in text
    table = (tmp_path / "r.csv").read_text(encoding="utf-8").splitlines()
    assert table[0] == "file,kind,what"
    assert sum(line.startswith("set,problem,") for line in table) == 2


def test_coders_and_codes_are_who_the_lead_says(run, study, top):
    run("import", study, top, "--format", "brat")
    wishes = ("--coder", "anna=ben", "--code", "Actor=Concern > forced labour")
    said = run("import", study, top, "--format", "brat", *wishes)
    assert "“anna” is the project's ben" in said.out
    assert "“Actor” is the project's “Concern > forced labour”" in said.out
    assert run("import", study, top, "--format", "brat", "--coder", "anna=Eve").code == 1
    assert run("import", study, top, "--format", "brat", "--code", "Actor").code == 2


def test_choices_that_do_not_go_together_are_refused(run, study, top):
    assert run("import", study, top, top, "--format", "brat").code == 2
    assert run("import", study, top, "--format", "brat", "--sheet", "x").code == 2
    assert run("import", study, top, "--done").code == 2
    assert run("import", study, top / "x.txt", "--format", "brat").code == 1


def test_both_ways_are_listed_and_lead_back(run, study, top, tmp_path):
    listed = run("formats", "--json").json
    assert "brat" in [each["name"] for each in listed["coded"]]
    assert "brat" in [each["name"] for each in listed["export"]]
    assert "  brat: brat standoff (a folder" in run("formats").out
    run("import", study, top, "--format", "brat")
    assert run("export", study, "--format", "brat", "--out", tmp_path / "out").code == 0
    assert run("new", tmp_path / "other.rubric").code == 0
    run("import", tmp_path / "other.rubric", tmp_path / "out", "--format", "brat")
    one, other = (run("info", path, "--json").json["coders"] for path in (study, tmp_path / "other.rubric"))
    assert [each["id"] for each in one] == [each["id"] for each in other]
