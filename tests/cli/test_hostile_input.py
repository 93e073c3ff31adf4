"""What used to end in a traceback: one sentence and exit code 1, or simply done."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.project.project import Project


def program(*words, stdout=subprocess.PIPE, **environment):
    """The program in a process of its own, as a shell starts it."""
    return subprocess.run(
        [sys.executable, "-m", "app", *map(os.fspath, words)],
        env={**os.environ, **environment},
        stdout=stdout,
        stderr=subprocess.PIPE,
        timeout=60,
    )


def sentence(said):
    assert said.code == 1
    assert "Traceback" not in said.err
    assert said.err.count("\n") == 1
    return said.err


@pytest.mark.parametrize("key", ["title", "date", "town", "\ud800"])
def test_half_a_character_anywhere_in_a_row_leaves_that_row_out(run, study, tmp_path, key):
    rows = [{"text": "One.", "title": "Good"}, {"text": "Two.", key: "\ud800"}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    said = run("import", study, tmp_path / "a.jsonl")
    assert said.code == 0
    assert "line 2: “" in said.out
    assert "half of a character" in said.out
    assert run("info", study, "--json").json["articles"] == 4


def test_a_file_name_that_is_not_utf_8_enters_with_a_legible_reference(study, tmp_path, places):
    name = tmp_path / os.fsdecode(b"caf\xe9.txt")
    try:
        name.write_text("A new text.", encoding="utf-8")
    except (OSError, UnicodeError):
        pytest.skip("this system has no such names")
    done = program("import", study, name)
    assert (done.returncode, done.stderr) == (0, b"")
    with Project.open(study, places, read_only=True) as project:
        assert project.articles()[-1].reference == "caf\ufffd"


@pytest.mark.parametrize("command", ["import", "check"])
def test_a_first_line_of_brackets_is_one_sentence(run, study, tmp_path, command):
    path = tmp_path / "deep.jsonl"
    path.write_text("[" * 6000)
    said = run(*(("import", study, path) if command == "import" else ("check", path)))
    assert said.code == 1
    assert "Traceback" not in said.err + said.out


@pytest.mark.parametrize("text", ["[" * 5000, "name: " + "{a: " * 5000, 'name: "\\ud800"'])
def test_a_codebook_that_is_nested_or_broken_is_one_sentence(run, study, tmp_path, text):
    (tmp_path / "deep.yaml").write_text(text)
    assert "deep.yaml" in sentence(run("codebook", study, "import", tmp_path / "deep.yaml"))


def test_a_home_that_is_no_folder_is_said_and_nothing_is_made(run, study, tmp_path, monkeypatch):
    (tmp_path / "taken").write_text("x")
    monkeypatch.setenv("RUBRICATOR_HOME", str(tmp_path / "taken"))
    (tmp_path / "a.txt").write_text("text")
    assert "set RUBRICATOR_HOME" in sentence(run("new", tmp_path / "fresh.rubric"))
    assert "set RUBRICATOR_HOME" in sentence(run("import", study, tmp_path / "a.txt"))
    assert not list(tmp_path.glob("fresh*"))


def test_names_that_the_terminal_cannot_write_are_spelt_out(tmp_path):
    path = tmp_path / "\u4e2d\u6587.rubric"
    done = program("new", path, PYTHONIOENCODING="cp1252")
    assert (done.returncode, done.stderr) == (0, b"")
    assert rb"\u4e2d\u6587.rubric" in done.stdout
    again = program("new", path, PYTHONIOENCODING="cp1252")
    assert again.returncode == 1
    assert b"Traceback" not in again.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.parametrize("words", [["info"], ["info", "--json"], ["codebook", "show"]])
def test_output_that_cannot_be_written_is_one_sentence(study, words):
    command = [words[0], study, *words[1:]]
    with Path("/dev/full").open("w") as full:
        done = program(*command, stdout=full)
    assert done.returncode == 1
    assert done.stderr.decode() == (
        "The output could not be written: No space left on device. Send it elsewhere.\n"
    )
