"""A program killed in the middle of a write leaves half a step in the file and a journal beside it."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from app.domain.errors import UserError
from app.exchange.formats import ExportOptions
from app.project.backups import save_copy
from app.project.checking import check_project
from app.project.exporting import export
from app.project.project import Project
from app.storage.connection import in_words, journal_of

WRITER = """
import os, signal, sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("PRAGMA cache_size = 5")
db.execute("BEGIN IMMEDIATE")
db.execute("UPDATE article SET title = 'half a step'")
for number in range(400):
    db.execute("INSERT INTO text VALUES (?, ?)", (str(number), "x" * 5000))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def interrupted(study, places):
    """A project with half a step in it and a hot journal, and what was in it before."""
    with Project.open(study, places) as project:
        before = project.contents(history=True)
    subprocess.run([sys.executable, "-c", WRITER, str(study)], check=False)
    assert journal_of(study).stat().st_size > 512
    assert study.stat().st_size > 1_000_000, "the half of the step is in the file"
    return study, before


def contents(path, places, **how):
    with Project.open(path, places, **how) as project:
        return project.contents(history=True)


@pytest.mark.parametrize("how", [{}, {"read_only": True}])
def test_opening_takes_half_a_step_back(interrupted, places, how):
    path, before = interrupted
    assert contents(path, places, **how) == before
    assert not journal_of(path).exists()


def test_looking_exporting_checking_and_copying_take_it_back_first(interrupted, run_fresh, tmp_path, places):
    path, before = interrupted
    for look in (
        lambda each: check_project(each) == [],
        lambda each: export(each, "csv", tmp_path / "csv", ExportOptions()).rows["articles.csv"] == 3,
        lambda each: save_copy(each, tmp_path / "copy.rubric") is None,
    ):
        each = run_fresh(path)
        assert look(each)
        assert contents(each, places) == before
    assert contents(tmp_path / "copy.rubric", places) == before


@pytest.fixture
def run_fresh(tmp_path):
    """Copies a project with its journal, so that each look finds it as it was left."""
    made = []

    def copy(path: Path) -> Path:
        target = tmp_path / f"fresh{len(made)}.rubric"
        target.write_bytes(path.read_bytes())
        journal_of(target).write_bytes(journal_of(path).read_bytes())
        made.append(target)
        return target

    return copy


def test_where_nothing_can_be_written_the_sentence_says_to_copy_both(interrupted):
    path, _before = interrupted
    db = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    with pytest.raises(sqlite3.OperationalError) as caught:
        db.execute("SELECT * FROM article")
    db.close()
    sentence = in_words(caught.value, path)
    assert isinstance(sentence, UserError)
    assert "Copy it and study.rubric-journal together" in str(sentence)


def test_a_journal_whose_project_is_gone_does_no_harm_to_a_new_one(interrupted, tmp_path, places):
    path, _before = interrupted
    path.unlink()
    with Project.create(path, places) as project:
        assert project.articles() == []
        made = project.about().id
    assert not journal_of(path).exists()
    assert check_project(path) == []
    with Project.open(path, places) as project:
        assert project.about().id == made


def test_a_copy_in_the_place_of_an_interrupted_project_stays_what_it_is(interrupted, tmp_path, places):
    path, _before = interrupted
    with Project.create(tmp_path / "other.rubric", places) as other:
        wanted = other.contents(history=True)
    save_copy(tmp_path / "other.rubric", path)
    assert contents(path, places) == wanted
