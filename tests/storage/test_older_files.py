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
VERSIONS = range(1, FILE_VERSION)


@pytest.fixture(params=VERSIONS)
def version(request):
    return request.param


@pytest.fixture
def kept(version):
    """The file of an older version as it is kept."""
    return FILES / f"version-{version}.rubric"


@pytest.fixture
def old(kept, tmp_path):
    """The same, where it may be written."""
    return Path(shutil.copy(kept, tmp_path / "old.rubric"))


def columns(path):
    """The tables and columns of a file but those that say which program wrote last."""
    db = connect(path, read_only=True)
    tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {table: [row[1] for row in db.execute(f'PRAGMA table_info("{table}")')] for table in tables}
    db.close()
    del found["_sqlite_migrations"]
    found["project"].remove("program")
    return found


def rows(path, wanted):
    """Every row of some tables with some of their columns."""
    db = connect(path, read_only=True)
    found = {}
    for table, names in wanted.items():
        listed = ", ".join(f'"{name}"' for name in names)
        found[table] = sorted(map(tuple, db.execute(f'SELECT {listed} FROM "{table}"')), key=repr)
    db.close()
    return found


def test_every_version_before_this_one_has_a_file_here():
    assert {path.name for path in FILES.iterdir()} == {f"version-{n}.rubric" for n in VERSIONS}


def test_an_older_file_is_renewed_and_keeps_every_row(old):
    wanted = columns(old)
    before = rows(old, wanted)
    ProjectFile.open(old, program="0.2").close()
    after = columns(old)
    assert rows(old, wanted) == before
    new = {table: after[table] for table in after.keys() - wanted.keys() - {"codebook_version"}}
    assert not any(rows(old, new).values())
    assert len(before["annotation"]) >= 2
    assert len(before["coder"]) == 2


def test_the_codebook_of_an_older_file_becomes_its_first_version_that_is_kept(old, places):
    with Project.open(old, places) as project:
        assert project.versions.newest() == project.codebook()
        assert project.versions.unpublished() == ()


def test_an_older_file_is_backed_up_before_it_is_renewed(old, kept, version, places):
    before = old.read_bytes()
    with Project.open(old, places):
        pass
    (backup,) = (places.backups / "before-renewal").iterdir()
    assert rows(backup, columns(backup)) == rows(kept, columns(kept))
    db = connect(backup, read_only=True)
    assert db.execute("PRAGMA user_version").fetchone() == (version,)
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
        assert len(standing) >= 9
        for step in standing:
            project.sign_in(Coder(id=step.coder_id, name="?") if step.coder_id else None)
            project.undo()
        assert project.articles() == []
        assert project.coders() == []
        for step in reversed(standing):
            project.sign_in(Coder(id=step.coder_id, name="?") if step.coder_id else None)
            project.redo()
        assert project.contents() == whole
        annotations = sum(project.annotation_counts().values())
        (last,) = [step for step in project.history() if (step.kind, step.state) == ("do", "undone")]
        project.sign_in(Coder(id=last.coder_id, name="?"))
        project.redo()
        assert project.contents() != whole
        project.undo()
        assert sum(project.annotation_counts().values()) == annotations


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
    wanted = columns(old)
    before, after = rows(old, wanted), rows(target, wanted)
    for table in ("step", "step_row"):
        # A repair settles the history: what stood stands, and nothing can be undone across it.
        assert len(before.pop(table)) == len(after.pop(table))
    assert after == before
    ProjectFile.open(target, program="0.2", read_only=True).close()
