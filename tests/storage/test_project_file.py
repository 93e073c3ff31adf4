import errno
import os
import sqlite3
from pathlib import Path

import pytest

from app.domain.coders import Coder
from app.domain.errors import UserError
from app.domain.ids import CoderId
from app.storage.connection import connect
from app.storage.migrations import known_migrations
from app.storage.project_file import ProjectFile
from app.storage.schema import FILE_VERSION, TABLES

NOBODY = CoderId("")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "study.rubric"


@pytest.fixture
def file(path):
    made = ProjectFile.create(path, name="Study", program="0.1")
    yield made
    made.close()


def alter(path, *statements):
    """What a stranger may have done to a file."""
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def refusal(path):
    with pytest.raises(UserError) as caught:
        ProjectFile.open(path, program="0.1").close()
    return str(caught.value)


def test_a_project_is_one_file_before_during_and_after_a_step(file, path):
    with file.step("Add", NOBODY):
        file.coders.write(Coder(id=CoderId("c"), name="Ana"))
    assert os.listdir(path.parent) == ["study.rubric"]
    file.close()
    assert os.listdir(path.parent) == ["study.rubric"]


def test_a_plain_copy_between_steps_holds_every_step(file, path, tmp_path):
    with file.step("Add", NOBODY):
        file.coders.write(Coder(id=CoderId("c"), name="Ana"))
    copy = tmp_path / "copy.rubric"
    copy.write_bytes(path.read_bytes())
    opened = ProjectFile.open(copy, program="0.1")
    assert [coder.name for coder in opened.coders] == ["Ana"]
    assert opened.contents(history=True) == file.contents(history=True)
    opened.close()


def test_steps_are_flushed_to_the_disk_each_time(file):
    assert file._db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert file._db.execute("PRAGMA synchronous").fetchone() == (2,)
    assert file._db.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_a_write_outside_a_step_raises_whatever_the_table(file):
    with pytest.raises(sqlite3.IntegrityError, match="outside a step"):
        file.coders.write(Coder(id=CoderId("c"), name="Ana"))
    with pytest.raises(sqlite3.IntegrityError, match="outside a step"):
        file.articles.add_text("0" * 64, "text")
    assert list(file.coders) == []


def test_a_step_that_fails_leaves_nothing(file):
    before = file.contents(history=True)
    with pytest.raises(RuntimeError), file.step("Add", NOBODY):
        file.coders.write(Coder(id=CoderId("c"), name="Ana"))
        raise RuntimeError
    assert file.contents(history=True) == before


def test_rows_must_point_to_rows_that_exist(file):
    with pytest.raises(sqlite3.IntegrityError), file.step("Bad", NOBODY):
        file._db.execute(
            "INSERT INTO review VALUES ('no article', 'nobody', 1, 0, '', '', '')",
        )
    assert file.journal.count() == 0


def test_every_table_is_watched_or_part_of_the_journal(file):
    tables = {row[0] for row in file._db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables == TABLES


def test_the_file_itself_holds_no_trigger_and_no_view(file, path):
    connection = sqlite3.connect(path)
    kinds = {row[0] for row in connection.execute("SELECT type FROM sqlite_master")}
    connection.close()
    assert kinds == {"table", "index"}


def test_making_a_project_never_overwrites(path):
    path.write_text("mine")
    with pytest.raises(UserError, match="exists already"):
        ProjectFile.create(path, name="x", program="0.1")
    assert path.read_text() == "mine"


def test_a_file_that_is_not_there_or_not_ours_is_refused_in_words(path, tmp_path):
    assert refusal(path) == f"There is no file {path}. Check the name and the folder."
    path.write_text("just a letter " * 200)
    assert refusal(path) == "study.rubric is not a Rubricator project."
    other = tmp_path / "other.rubric"
    alter(other, "CREATE TABLE t (x)")
    assert refusal(other) == "other.rubric is not a Rubricator project."
    empty = tmp_path / "empty.rubric"
    empty.touch()
    assert refusal(empty) == "empty.rubric is not a Rubricator project."


def test_a_newer_file_is_refused_and_names_the_program_to_install(file, path):
    file.close()
    alter(path, f"PRAGMA user_version = {FILE_VERSION + 1}", "UPDATE project SET program = '9.4'")
    sentence = refusal(path)
    assert "newer Rubricator" in sentence
    assert "Install Rubricator 9.4" in sentence


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("CREATE TABLE intruder (x)", "table “intruder”"),
        ("CREATE VIEW intruder AS SELECT 1", "view “intruder”"),
        (
            "CREATE TRIGGER intruder AFTER INSERT ON coder BEGIN DELETE FROM annotation; END",
            "trigger “intruder”",
        ),
    ],
)
def test_a_file_with_foreign_parts_is_refused(file, path, statement, kind):
    file.close()
    alter(path, statement)
    assert f"holds a {kind}" in refusal(path)


def test_a_damaged_file_is_refused_and_points_to_the_way_out(file, path):
    with file.step("Add", NOBODY):
        for number in range(500):
            file.coders.write(Coder(id=CoderId(f"{number:036}"), name="x" * 100))
    file.close()
    data = bytearray(path.read_bytes())
    data[8192 : len(data) - 4096] = os.urandom(len(data) - 4096 - 8192)
    path.write_bytes(data)
    assert "is damaged. Restore a backup" in refusal(path)


def test_a_file_turned_to_a_write_ahead_log_is_turned_back(file, path):
    file.close()
    alter(path, "PRAGMA journal_mode = WAL")
    opened = ProjectFile.open(path, program="0.1")
    assert opened._db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    opened.close()
    assert os.listdir(path.parent) == ["study.rubric"]


def test_what_somebody_else_wrote_meanwhile_is_not_written_over(file, path):
    alter(path, "INSERT INTO coder VALUES ('z', 'Zoe')")
    with pytest.raises(UserError, match="changed by another program"), file.step("Add", NOBODY):
        file.coders.write(Coder(id=CoderId("c"), name="Ana"))


def test_a_file_opened_for_reading_refuses_to_be_changed(file, path):
    reader = ProjectFile.open(path, program="0.1", read_only=True)
    with pytest.raises(UserError, match="reading only"), reader.step("Add", NOBODY):
        pass
    reader.close()


def test_a_full_disk_is_said_in_words_and_loses_nothing(file, path):
    with file.step("Add", NOBODY):
        file.coders.write(Coder(id=CoderId("c"), name="Ana"))
    before = file.contents(history=True)
    pages = file._db.execute("PRAGMA page_count").fetchone()[0]
    file._db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(UserError, match="The disk is full"), file.step("Add", NOBODY):
        file.articles.add_text("0" * 64, "x" * 1_000_000)
    assert file.contents(history=True) == before
    file._db.execute("PRAGMA max_page_count = 1000000")
    with file.step("Add", NOBODY):
        file.coders.write(Coder(id=CoderId("d"), name="Ben"))


def test_a_folder_that_does_not_exist_is_said_in_words(tmp_path):
    with pytest.raises(UserError, match="cannot be made here"):
        ProjectFile.create(tmp_path / "no" / "x.rubric", name="x", program="0.1")


def test_a_folder_that_refuses_is_said_in_words(tmp_path, monkeypatch):
    def refuse(_path, _data):
        raise PermissionError(errno.EACCES, "Permission denied")

    # Root, who may be running this, is refused nothing by the mode of a folder.
    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(UserError, match=r"x\.rubric cannot be made here: Permission denied"):
        ProjectFile.create(tmp_path / "x.rubric", name="x", program="0.1")


def test_a_project_appears_only_when_it_is_whole(tmp_path):
    path = tmp_path / "x.rubric"
    with pytest.raises(RuntimeError), ProjectFile.filling(path, program="0.1") as file:
        assert not path.exists()
        file.coders.write(Coder(id=CoderId("c"), name="Ana"))
        raise RuntimeError
    assert list(tmp_path.glob("*rubric*")) == []


def test_opening_writes_nothing(file, path):
    file.close()
    before = path.read_bytes()
    ProjectFile.open(path, program="0.1").close()
    assert path.read_bytes() == before


def test_nothing_in_a_file_is_trusted(path, file):
    db = connect(path, read_only=True)
    assert db.execute("PRAGMA trusted_schema").fetchone() == (0,)
    with pytest.raises(sqlite3.OperationalError):
        db.execute("SELECT load_extension('x')")
    with pytest.raises(sqlite3.OperationalError):
        db.execute("ATTACH ':memory:' AS other")
    db.close()


def test_the_file_version_counts_the_migrations(file, path):
    assert len(known_migrations()) == FILE_VERSION
    assert file._db.execute("PRAGMA user_version").fetchone() == (FILE_VERSION,)


def test_a_migration_that_was_killed_is_brought_to_its_end(file, path, tmp_path):
    file.close()
    alter(path, f"PRAGMA user_version = {FILE_VERSION - 1}")
    with pytest.raises(UserError, match="from an older Rubricator"):
        ProjectFile.open(path, program="0.2", read_only=True)
    ProjectFile.open(path, program="0.2", backup=tmp_path / "old.rubric").close()
    assert (tmp_path / "old.rubric").exists()
    ProjectFile.open(path, program="0.2", read_only=True).close()
