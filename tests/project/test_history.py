import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.errors import UserError
from app.domain.ids import new_id
from app.domain.progress import Cancelled, unheard
from app.project.commands import RemoveAnnotations, SetMemo
from app.project.project import Project
from app.project.rewinding import rewind
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


def test_the_history_comes_a_page_at_a_time(tmp_path, places):
    with Project.create(tmp_path / "a.rubric", places) as project:
        fill(project)
        made = add(project, CLAIM, "We will open")
        for number in range(5):
            project.apply(SetMemo(id=made, memo=str(number)))
        everything = project.history()
        paged = project.history(3)
        while page := project.steps.older(paged[-1], 3):
            paged += page
        assert paged == everything
        assert len(everything) == 8


@given(st.lists(st.sampled_from(["do", "undo", "redo"]), max_size=25), st.integers(0, 24))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_distance_to_a_step_is_what_takes_it_back_or_does_it_again(tmp_path, places, wishes, chosen):
    path = tmp_path / f"{new_id()}.rubric"
    with Project.create(path, places) as project:
        fill(project)
        made = add(project, CLAIM, "We will open")
        for number, wish in enumerate(wishes):
            if wish == "do":
                project.apply(SetMemo(id=made, memo=str(number)))
            elif wish == "undo" and len(project.steps.undoables(9)) > 1:
                project.undo()
            elif wish == "redo" and project.redoable():
                project.redo()
        steps = project.history()
        step = steps[chosen % len(steps)]
        distance = project.steps.distance(step)
        mine = step.coder_id == ANA.id
        assert (distance > 0) == (step.kind == "do" and step.state == "done" and mine)
        assert (distance < 0) == (step.state == "undone")
        before, state = project.contents(), {each.number: each.state for each in steps}
        if not distance:
            return
        changes = rewind(project, distance, unheard)
        assert changes.step == f"{'Undo' if distance > 0 else 'Redo'} {abs(distance)} step" + "s" * (
            abs(distance) > 1
        )
        now = {each.number: each.state for each in project.history()}
        turned = [number for number in state if now[number] != state[number]]
        assert len(turned) == abs(distance) and step.number in turned
        rewind(project, -distance, unheard)
        assert project.contents() == before


def test_what_is_offered_to_undo_and_redo_is_in_the_order_of_the_keys(tmp_path, places):
    with Project.create(tmp_path / "a.rubric", places) as project:
        fill(project)
        for quote in ("the minister", "the gate", "winter"):
            add(project, ACTOR, quote)
        names = [f"Code Actor: “{quote}”" for quote in ("winter", "the gate", "the minister")]
        assert [step.name for step in project.steps.undoables(3)] == names
        project.undo()
        project.undo()
        assert [step.name for step in project.steps.redoables(9)] == [names[1], names[0]]
    with Project.open(tmp_path / "a.rubric", places, read_only=True) as project:
        assert project.steps.undoables(9) == project.steps.redoables(9) == []
        assert [project.steps.distance(step) for step in project.history()] == [0] * 7


def test_many_undone_at_once_tell_what_all_of_them_changed_and_can_be_stopped(tmp_path, places):
    with Project.create(tmp_path / "a.rubric", places) as project:
        fill(project)
        first, second = add(project, ACTOR, "the minister"), add(project, CLAIM, "Pickers", article=1)
        changes = rewind(project, 2, unheard)
        assert changes.annotations == {first, second}
        assert len(changes.coded) == 2
        assert changes.codebook is False
        rewind(project, -2, unheard)

        def stop_after_one(done, _total):
            if done:
                raise Cancelled

        assert rewind(project, 4, stop_after_one).step == "Undo 1 step"
        assert project.redoable() == "Code Claim: “Pickers”"
        with pytest.raises(UserError, match="nothing to redo"):
            project.redo()
            rewind(project, -1, unheard)
