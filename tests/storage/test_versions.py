"""Published versions of the codebook are part of a project wherever it goes."""

import json
import sqlite3

import pytest

from app.domain.editing import with_values
from app.exchange.formats import ExportOptions
from app.project.checking import check_project, repair_project
from app.project.commands_codebook import PublishCodebook, SaveCode
from app.project.exporting import export
from app.project.project import Project
from app.project.restoring import restore_project
from tests.builders import ANA, CLAIM, add


@pytest.fixture
def published(study, places):
    """The study with a second version, an annotation made under the first, and a change that is not published."""
    with Project.open(study, places) as project:
        project.sign_in(ANA)
        add(project, CLAIM, "We will open the gate")
        for number, words in enumerate(("Words.", "Words of an actor.")):
            code = project.codebook().code(CLAIM)
            project.apply(SaveCode(code=with_values(code, definition=words)))
            if number == 0:
                project.apply(PublishCodebook(note="first words"))
    return study


def execute(path, statement, *values):
    connection = sqlite3.connect(path)
    connection.execute(statement, values)
    connection.commit()
    connection.close()


def test_versions_come_back_with_the_project(published, tmp_path, places):
    export(published, "jsonl", tmp_path / "all.jsonl", ExportOptions())
    restore_project(tmp_path / "all.jsonl", tmp_path / "again.rubric")
    with Project.open(published, places) as one, Project.open(tmp_path / "again.rubric", places) as other:
        assert other.contents(history=True) == one.contents(history=True)
        assert [(each.number, each.note) for each in other.versions.all()] == [(1, ""), (2, "first words")]
        assert [each.words for each in other.versions.unpublished()] == [
            "The definition of “Claim” changed: it was “Words.”, now it is “Words of an actor.”"
        ]
        other.sign_in(ANA)
        assert len(other.versions.queue()) == other.versions.queue_length() == 1


def test_a_project_exported_before_versions_were_kept_has_its_codebook_as_one(study, tmp_path, places):
    export(study, "jsonl", tmp_path / "all.jsonl", ExportOptions())
    records = [
        json.loads(line) for line in (tmp_path / "all.jsonl").read_text(encoding="utf-8").split("\n") if line
    ]
    kept = [record for record in records if record["type"] != "version"]
    del kept[-1]["counts"]["version"]
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in kept)
    (tmp_path / "old.jsonl").write_text(text, encoding="utf-8")
    restore_project(tmp_path / "old.jsonl", tmp_path / "again.rubric")
    assert check_project(tmp_path / "again.rubric") == []
    with Project.open(tmp_path / "again.rubric", places) as project:
        assert [each.number for each in project.versions.all()] == [1]
        assert project.versions.newest() == project.codebook()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "DELETE FROM codebook_version WHERE version = 2",
            "Version 2 of the codebook is not kept as the newest.",
        ),
        (
            "UPDATE codebook_version SET content = '{' WHERE version = 2",
            "1 row of codebook_version cannot be",
        ),
        ("UPDATE project SET codebook_version = 1", "Version 1 of the codebook is not kept as the newest."),
    ],
)
def test_a_version_that_is_lost_is_said_and_the_codebook_stands_for_it(
    published, tmp_path, places, statement, said
):
    execute(published, statement)
    assert any(said in each for each in check_project(published))
    repaired = repair_project(published).path
    assert check_project(repaired) == []
    with Project.open(repaired, places) as project:
        assert project.codebook().version == 2
        assert project.codebook().code(CLAIM).definition == "Words of an actor."
        assert project.versions.all()[-1].number == 2


def test_a_new_project_is_sound(study):
    assert check_project(study) == []
