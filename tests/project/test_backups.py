"""Copies of a project: whole, safe while it is written, thinned out over time."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import UserError
from app.domain.progress import Cancelled
from app.project.backups import back_up, backups_of, project_behind, restore, save_copy
from app.project.project import Project
from app.storage.backups import copy_database, to_thin_out
from tests.builders import ACTOR, ANA, add

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def test_a_copy_made_while_the_project_is_open_holds_every_step(study, tmp_path, places):
    with Project.open(study, places) as project:
        project.sign_in(ANA)
        fill_in = add(project, ACTOR, "the minister")
        told = []
        save_copy(study, tmp_path / "copy.rubric", lambda done, total: told.append((done, total)))
        assert told[-1][0] == told[-1][1] > 0
        with Project.open(tmp_path / "copy.rubric", places) as copy:
            assert copy.annotation(fill_in).code_id == ACTOR
            assert copy.contents(history=True) == project.contents(history=True)


def test_a_copy_never_takes_the_place_of_the_project(study):
    with pytest.raises(UserError, match="another name or folder"):
        save_copy(study, study.parent / "." / study.name)


def test_a_copy_that_is_stopped_leaves_what_was_there(study, tmp_path):
    target = tmp_path / "copy.rubric"
    target.write_text("older")

    def stop(_done, _total):
        raise Cancelled

    with pytest.raises(Cancelled):
        copy_database(study, target, stop)
    assert target.read_text() == "older"
    assert sorted(path.name for path in tmp_path.glob("*rubric*")) == ["copy.rubric", "study.rubric"]


def test_a_copy_that_cannot_be_written_is_said(study, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match=r"The copy x\.rubric cannot be written"):
        copy_database(study, tmp_path / "file" / "x.rubric")


def test_restoring_keeps_what_was_there(study, tmp_path, places):
    with Project.open(study, places) as project:
        project.sign_in(ANA)
        project_id, before = project.about().id, project.contents()
        backup = back_up(study, project_id, places)
        add(project, ACTOR, "the minister")
        with pytest.raises(UserError, match="is open in"):
            restore(backup.path, study, project_id, places)
    restore(backup.path, study, project_id, places)
    with Project.open(study, places) as project:
        assert project.contents() == before
    kept, _older = backups_of(project_id, places)
    with Project.open(kept.path, places) as project:
        assert len(project.passages(project.articles()[0].id)) == 1
    assert project_behind(study, places) == project_id
    assert project_behind(tmp_path / "other.rubric", places) is None
    study.unlink()
    restore(backup.path, study, project_id, places)
    assert study.is_file()


def test_a_backup_that_does_not_open_changes_nothing(study, tmp_path, places):
    (tmp_path / "bad.rubric").write_bytes(b"nonsense" * 1000)
    before = study.read_bytes()
    with pytest.raises(UserError, match="not a Rubricator project"):
        restore(tmp_path / "bad.rubric", study, "p", places)
    assert study.read_bytes() == before


def test_backups_are_listed_newest_first_and_others_left_alone(study, places):
    first, second = (back_up(study, "p", places) for _number in range(2))
    (places.backups / "p" / "mine.rubric").touch()
    assert [backup.path for backup in backups_of("p", places)] == [second.path, first.path]


@given(st.lists(st.integers(0, 300 * 24), max_size=120, unique=True))
def test_thinning_keeps_the_newest_ten_a_day_for_two_weeks_a_week_for_half_a_year(hours):
    moments = [NOW - timedelta(hours=each) for each in hours]
    gone = set(to_thin_out(moments, NOW))
    kept = sorted(set(moments) - gone, reverse=True)
    assert kept[:10] == sorted(moments, reverse=True)[:10]
    days = {moment.date() for moment in moments if NOW - moment <= timedelta(days=14)}
    assert days <= {moment.date() for moment in kept}
    weeks = {moment.isocalendar()[:2] for moment in moments if NOW - moment <= timedelta(weeks=26)}
    assert weeks <= {moment.isocalendar()[:2] for moment in kept}
    assert len(kept) <= 10 + 15 + 28


def test_thinning_twice_takes_nothing_more():
    moments = [NOW - timedelta(hours=7 * number) for number in range(600)]
    left = [moment for moment in moments if moment not in set(to_thin_out(moments, NOW))]
    assert to_thin_out(left, NOW) == []
