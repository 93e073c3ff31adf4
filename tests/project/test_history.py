import pytest

from app.domain.errors import UserError
from app.project.commands import RemoveAnnotations, SetMemo
from app.project.project import Project
from tests.builders import ACTOR, ANA, BEN, CLAIM, add, fill


def test_undo_and_redo_survive_a_restart(tmp_path, places):
    path = tmp_path / "a.rubric"
    with Project.create(path, places) as project:
        fill(project)
        made = add(project, ACTOR, "the minister")
        with_it = project.contents()
    with Project.open(path, places) as project:
        project.sign_in(ANA)
        assert project.undoable() == "Code Actor: “the minister”"
        project.undo()
        assert project.passages(project.articles()[0].id) == []
    with Project.open(path, places) as project:
        project.sign_in(ANA)
        assert project.redoable() == "Code Actor: “the minister”"
        project.redo()
        assert project.contents() == with_it
        assert project.annotation(made).id == made


def without_texts(contents):
    """Texts stay for a redo; everything else must be as it was."""
    return {table: rows for table, rows in contents.items() if table != "text"}


def test_every_step_can_be_taken_back_to_the_first_and_done_again(tmp_path, places):
    with Project.create(tmp_path / "a.rubric", places) as project:
        empty = project.contents()
        fill(project)
        made = add(project, CLAIM, "We will open")
        project.apply(SetMemo(id=made, memo="one"))
        project.apply(SetMemo(id=made, memo="two"))
        project.apply(RemoveAnnotations(ids=(made,)))
        last = project.contents()
        for coder, steps in ((ANA, 4), (None, 2)):
            project.sign_in(coder)
            for _step in range(steps):
                assert project.undoable()
                project.undo()
            assert project.undoable() == "", "nobody takes back what another has done"
        assert without_texts(project.contents()) == without_texts(empty)
        for coder, steps in ((None, 2), (ANA, 4)):
            project.sign_in(coder)
            for _step in range(steps):
                project.redo()
            assert project.redoable() == ""
        assert project.contents() == last


def test_nobody_takes_back_another_coders_step(tmp_path, places):
    with Project.create(tmp_path / "a.rubric", places) as project:
        fill(project)
        add(project, CLAIM, "We will open")
        project.sign_in(BEN)
        with pytest.raises(UserError, match="“Code Claim: “We will open”” is not a step of yours"):
            project.undo()
        project.sign_in(ANA)
        project.undo()
        project.sign_in(BEN)
        with pytest.raises(UserError, match="not a step of yours"):
            project.redo()


def test_a_new_step_ends_what_could_be_redone(tmp_path, places):
    with Project.create(tmp_path / "a.rubric", places) as project:
        fill(project)
        add(project, ACTOR, "the minister")
        project.undo()
        add(project, CLAIM, "We will open")
        assert project.redoable() == ""
        with pytest.raises(UserError, match="nothing to redo"):
            project.redo()


def test_nothing_to_undo_is_said_in_words(tmp_path, places):
    with (
        Project.create(tmp_path / "a.rubric", places) as project,
        pytest.raises(UserError, match="nothing to undo"),
    ):
        project.undo()


def test_the_history_is_an_audit_log(tmp_path, places):
    with Project.create(tmp_path / "a.rubric", places) as project:
        fill(project)
        add(project, ACTOR, "the minister")
        project.undo()
        newest, step, *_rest = project.history()
        assert (newest.kind, newest.name, newest.coder_id) == ("undo", "Code Actor: “the minister”", ANA.id)
        assert (step.kind, step.state) == ("do", "undone")


def test_a_refused_verb_leaves_neither_rows_nor_journal(tmp_path, places):
    with Project.create(tmp_path / "a.rubric", places) as project:
        fill(project)
        add(project, ACTOR, "the minister")
        before = project.contents(history=True)
        with pytest.raises(UserError):
            add(project, ACTOR, "the minister")
        assert project.contents(history=True) == before
