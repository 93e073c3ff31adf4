"""The word list of a project: one step a change, undone and redone, and out and in with everything else."""

import pytest
from pydantic import ValidationError

from app.domain.errors import UserError
from app.exchange.formats import ExportOptions
from app.exchange.project_jsonl import read_project
from app.project.commands import SetWords
from app.project.exporting import export
from app.project.facts import facts
from app.project.project import Project
from app.project.restoring import restore_project
from tests.builders import term

GATE, WINTER = term("gate"), term("wint(er|ry)", regular=True, match_case=True, on=False)


@pytest.fixture
def project(study, places):
    with Project.open(study, places) as opened:
        yield opened


def test_a_word_list_is_kept_in_its_order_and_touches_nothing_else(project):
    before = project.contents()
    changes = project.apply(SetWords(terms=(WINTER, GATE)))
    assert project.words() == (WINTER, GATE)
    assert changes.model_dump(exclude={"step"}, exclude_defaults=True) == {"words": True}
    after = project.contents()
    assert {row["id"]: row["position"] for row in after.pop("term")} == {WINTER.id: 0, GATE.id: 1}
    assert before.pop("term") == []
    assert after == before


def test_each_change_is_one_step_with_a_name(project):
    changed = GATE.model_copy(update={"colour": "#0072B2"})
    for terms, name in (
        ((GATE,), "Add term “gate”"),
        ((changed,), "Change term “gate”"),
        ((changed, WINTER), "Add term “wint(er|ry)”"),
        ((WINTER, changed), "Word list, 2 terms"),
        ((changed,), "Remove term “wint(er|ry)”"),
        ((), "Remove term “gate”"),
    ):
        assert project.apply(SetWords(terms=terms)).step == name
        assert project.undoable() == name
    project.undo()
    assert project.words() == (changed,)
    assert project.undo().words
    assert project.words() == (WINTER, changed)
    project.redo()
    assert project.words() == (changed,)


def test_a_list_that_is_the_same_leaves_no_step(project):
    project.apply(SetWords(terms=(GATE,)))
    steps = project.step_count()
    assert project.apply(SetWords(terms=(GATE,))).nothing
    assert project.step_count() == steps


def test_a_broken_expression_is_refused_and_nothing_changes(project):
    project.apply(SetWords(terms=(GATE,)))
    before = project.contents(history=True)
    with pytest.raises(UserError, match="broken at its end"):
        project.apply(SetWords(terms=(GATE, term("(gate", regular=True))))
    with pytest.raises(UserError, match="twice"):
        project.apply(SetWords(terms=(GATE, GATE)))
    assert project.contents(history=True) == before


def test_a_list_without_measure_is_refused():
    with pytest.raises(ValidationError):
        SetWords(terms=tuple(term("a") for _number in range(501)))


def test_a_word_list_comes_back_with_the_whole_project(project, study, places, tmp_path):
    assert "words" not in kinds(study, tmp_path / "none.jsonl")
    project.apply(SetWords(terms=(WINTER, GATE)))
    project.apply(SetWords(terms=(GATE, WINTER)))
    out = tmp_path / "all.jsonl"
    assert kinds(study, out).count("words") == 1
    restore_project(out, tmp_path / "new.rubric")
    with Project.open(tmp_path / "new.rubric", places) as new:
        assert new.contents(history=True) == project.contents(history=True)
        assert new.words() == (GATE, WINTER)
        new.undo()
        assert new.words() == (WINTER, GATE)


def kinds(project, target):
    export(project, "jsonl", target, ExportOptions())
    return [record.type for record in read_project(target)]


def test_the_facts_tell_the_number_of_terms(project):
    assert facts(project)["terms"] == 0
    project.apply(SetWords(terms=(GATE, WINTER)))
    assert facts(project)["terms"] == 2
