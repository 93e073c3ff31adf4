"""Files of every released version open, are backed up before they are renewed, and lose nothing."""

import shutil
from pathlib import Path

import pytest

from app.domain.coders import Coder
from app.domain.errors import UserError
from app.project.project import Project
from app.storage.connection import connect
from app.storage.project_file import ProjectFile
from app.storage.salvage import salvage
from app.storage.schema import FILE_VERSION

FILES = Path(__file__).parent / "files"
FIRST = FILES / "version-1.rubric"


NEW_SINCE = {1: {"term", "sample", "ordering"}, 2: {"sample", "ordering"}}
"""The tables that a file of each version lacks."""


@pytest.fixture
def old(tmp_path):
    """The file of version 1, where it may be written."""
    return Path(shutil.copy(FIRST, tmp_path / "old.rubric"))


def rows(path):
    """Every row of every table but what says which program wrote last."""
    db = connect(path, read_only=True)
    tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {table: sorted(map(tuple, db.execute(f'SELECT * FROM "{table}"')), key=repr) for table in tables}
    db.close()
    del found["_sqlite_migrations"]
    found["project"] = [row[:-1] for row in found["project"]]
    return found


def test_every_version_before_this_one_has_a_file_here():
    assert {path.name for path in FILES.iterdir()} >= {f"version-{n}.rubric" for n in range(1, FILE_VERSION)}


@pytest.mark.parametrize("version", NEW_SINCE)
def test_an_older_file_is_renewed_and_keeps_every_row(version, tmp_path):
    path = Path(shutil.copy(FILES / f"version-{version}.rubric", tmp_path / "old.rubric"))
    before = rows(path)
    ProjectFile.open(path, program="0.2").close()
    after = rows(path)
    assert [after.pop(table) for table in NEW_SINCE[version]] == [[]] * len(NEW_SINCE[version])
    assert after == before
    assert len(before["annotation"]) == 3
    assert len(before["coder"]) == 2


def test_an_older_file_is_backed_up_before_it_is_renewed(old, places):
    before = old.read_bytes()
    with Project.open(old, places):
        pass
    (backup,) = (places.backups / "before-renewal").iterdir()
    assert rows(backup) == rows(FIRST)
    db = connect(backup, read_only=True)
    assert db.execute("PRAGMA user_version").fetchone() == (1,)
    db.close()
    assert old.read_bytes() != before


def test_an_older_file_that_may_not_be_written_is_refused_and_stays_as_it_was(old):
    before = old.read_bytes()
    with pytest.raises(UserError, match="from an older Rubricator"):
        ProjectFile.open(old, program="0.2", read_only=True)
    assert old.read_bytes() == before


def test_old_steps_are_undone_and_redone_after_a_renewal(old, places):
    with Project.open(old, places) as project:
        whole = project.contents()
        standing = [step for step in project.history() if (step.kind, step.state) == ("do", "done")]
        assert len(standing) == 9
        for step in standing:
            project.sign_in(Coder(id=step.coder_id, name="?") if step.coder_id else None)
            project.undo()
        assert project.articles() == []
        assert project.coders() == []
        for step in reversed(standing):
            project.sign_in(Coder(id=step.coder_id, name="?") if step.coder_id else None)
            project.redo()
        assert project.contents() == whole
        (last,) = [step for step in project.history() if (step.kind, step.state) == ("do", "undone")]
        project.sign_in(Coder(id=last.coder_id, name="?"))
        project.redo()
        assert sum(project.annotation_counts().values()) == 4


def test_what_a_renewal_cannot_write_leaves_the_old_file(old, tmp_path, monkeypatch):
    def full(_source, _target):
        raise UserError("The disk is full.")

    before = old.read_bytes()
    monkeypatch.setattr("app.storage.project_file.copy_database", full)
    with pytest.raises(UserError, match="The disk is full"):
        ProjectFile.open(old, program="0.2", backup=tmp_path / "backup.rubric")
    assert old.read_bytes() == before


def test_nothing_is_lost_when_an_older_file_is_repaired(old, tmp_path):
    target = tmp_path / "repaired.rubric"
    salvaged = salvage(old, target, "repaired", "0.2")
    assert (dict(salvaged.lost), +salvaged.mended, salvaged.unread) == ({}, {}, ())
    before, after = rows(old), rows(target)
    assert [after.pop(table) for table in NEW_SINCE[1]] == [[]] * len(NEW_SINCE[1])
    for table in ("step", "step_row"):
        # A repair settles the history: what stood stands, and nothing can be undone across it.
        assert len(before.pop(table)) == len(after.pop(table))
    assert after == before
    ProjectFile.open(target, program="0.2", read_only=True).close()
