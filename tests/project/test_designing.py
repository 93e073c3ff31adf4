"""The codebook changed while it is used: nothing is lost without a word, and everything can be undone."""

import pytest

from app.domain.answers import AnnotationTarget
from app.domain.codebook import Attribute, AttributeKind, Code
from app.domain.editing import with_values
from app.domain.errors import UserError
from app.domain.ids import AttributeId, CodeId, new_id
from app.domain.versions import standing_for
from app.project.commands import ChangeCode, ReplaceCodebook, SetAnswer, SetVariable
from app.project.commands_codebook import (
    ConfirmAnnotations,
    MergeCode,
    MoveAttribute,
    MoveCode,
    PublishCodebook,
    RemoveAttribute,
    RemoveCode,
    RenameCodebook,
    SaveAttribute,
    SaveCode,
)
from app.project.project import Project
from tests.builders import (
    ACTOR,
    ANA,
    BEN,
    CLAIM,
    CLAIMANT,
    CONCERN,
    DIRECT,
    FIGURE,
    LABOUR,
    ROLE,
    STANCE,
    TONE,
    TYPE,
    add,
    codebook,
)


@pytest.fixture
def project(study, places):
    with Project.open(study, places) as opened:
        opened.sign_in(ANA)
        yield opened


def save(project, code_id, **values):
    return project.apply(SaveCode(code=with_values(project.codebook().code(code_id), **values)))


def ask(project, code_id, attribute_id, **values):
    """Change a question; `choices_from` and `drop` go to the command."""
    extra = {"choices": values.pop("choices_from", {}), "drop_answers": values.pop("drop", False)}
    attribute = with_values(project.codebook().attribute(attribute_id), **values)
    return project.apply(SaveAttribute(code_id=code_id, attribute=attribute, **extra))


def everything(project):
    return {table: rows for table, rows in project.contents().items() if table not in ("text", "visit")}


def and_back(project, work):
    """Do something, undo and redo it: both ways everything is what it was."""
    before = everything(project)
    changes = work()
    after = everything(project)
    project.undo()
    assert everything(project) == before
    project.redo()
    assert everything(project) == after
    return changes


def test_every_edit_is_one_named_step_at_once(project):
    water = Code(id=CodeId(new_id()), name="water", colour="#000000", parent=CONCERN)
    size = Attribute(id=AttributeId(new_id()), name="size", kind=AttributeKind.NUMBER)
    page = Attribute(id=AttributeId(new_id()), name="page", kind=AttributeKind.NUMBER)
    said = [
        (SaveCode(code=water), "Add code water"),
        (SaveCode(code=with_values(water, definition="Wet.")), "Change definition of water"),
        (SaveCode(code=with_values(water, name="drink", definition="Wet.")), "Rename code water to drink"),
        (MoveCode(id=water.id, parent=CONCERN, before=LABOUR), "Move code drink"),
        (SaveAttribute(code_id=water.id, attribute=size), "Add attribute size of drink"),
        (MoveAttribute(id=size.id, code_id=CONCERN), "Move attribute size of drink"),
        (RemoveAttribute(id=size.id), "Delete attribute size of Concern"),
        (SaveAttribute(code_id=None, attribute=page), "Add article variable page"),
        (RemoveCode(id=water.id), "Delete code drink"),
        (RenameCodebook(name="News"), "Rename the codebook to News"),
    ]
    for command, name in said:
        assert and_back(project, lambda command=command: project.apply(command)).step == name
    assert project.codebook().version == 1


def test_renaming_keeps_annotations_and_answers(project):
    made = add(project, CLAIM, "We will open the gate", answers={STANCE: "for"})
    and_back(project, lambda: save(project, CLAIM, name="Statement"))
    and_back(project, lambda: ask(project, CLAIM, STANCE, name="position"))
    assert project.annotation(made).code_id == CLAIM
    assert project.annotation(made).answers == {STANCE: "for"}


def test_a_renamed_choice_takes_its_answers_along_in_one_step(project):
    one = add(project, CLAIM, "We will open the gate", answers={STANCE: "for"})
    two = add(project, ACTOR, "the minister", answers={ROLE: ("speaker", "victim")})
    project.apply(SetVariable(article_id=project.articles()[0].id, attribute_id=TONE, value="good"))
    and_back(
        project,
        lambda: ask(
            project, CLAIM, STANCE, choices=("against", "supports"), choices_from={"for": "supports"}
        ),
    )
    and_back(
        project,
        lambda: ask(
            project, ACTOR, ROLE, choices=("affected", "speaker"), choices_from={"victim": "affected"}
        ),
    )
    and_back(
        project, lambda: ask(project, None, TONE, choices=("bad", "fine"), choices_from={"good": "fine"})
    )
    assert project.annotation(one).answers == {STANCE: "supports"}
    assert project.annotation(two).answers == {ROLE: ("affected", "speaker")}
    assert project.review(project.articles()[0].id, ANA.id).variables == {TONE: "fine"}


def test_choices_may_hand_their_names_on_but_not_change_them_with_each_other(project):
    one = add(project, CLAIM, "We will open the gate", answers={STANCE: "for"})
    two = add(project, CLAIM, "not before winter", answers={STANCE: "against"})
    with pytest.raises(UserError, match="Rename one of them first"):
        ask(project, CLAIM, STANCE, choices_from={"for": "against", "against": "for"})
    ask(project, CLAIM, STANCE, choices=("against", "x"), choices_from={"for": "against", "against": "x"})
    assert project.annotation(one).answers == {STANCE: "against"}
    assert project.annotation(two).answers == {STANCE: "x"}


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"choices": ("against",)}, r"“stance” lacks “for” \(1 answer\)"),
        ({"kind": AttributeKind.NUMBER, "choices": ()}, "would become a question of the kind number"),
    ],
)
def test_answers_are_never_lost_unless_that_is_said(project, values, reason):
    made = add(project, CLAIM, "We will open the gate", answers={STANCE: "for", DIRECT: True})
    before = everything(project)
    with pytest.raises(UserError, match=reason):
        ask(project, CLAIM, STANCE, **values)
    assert everything(project) == before
    and_back(project, lambda: ask(project, CLAIM, STANCE, drop=True, **values))
    assert project.annotation(made).answers == {DIRECT: True}


def test_a_question_goes_with_its_answers_only_if_that_is_said(project):
    made = add(project, CLAIM, "We will open the gate", answers={STANCE: "for"})
    assert project.design.answer_count(STANCE) == 1
    with pytest.raises(UserError, match=r"“stance” is no longer asked \(1 answer\)"):
        project.apply(RemoveAttribute(id=STANCE))
    and_back(project, lambda: project.apply(RemoveAttribute(id=STANCE, drop_answers=True)))
    assert project.annotation(made).answers == {}


def test_a_question_that_moves_up_to_the_layer_keeps_its_answers(project):
    size = Attribute(id=AttributeId(new_id()), name="size", kind=AttributeKind.NUMBER)
    project.apply(SaveAttribute(code_id=LABOUR, attribute=size))
    made = add(project, LABOUR, "unfit", answers={size.id: 4.0})
    and_back(project, lambda: project.apply(MoveAttribute(id=size.id, code_id=CONCERN)))
    assert project.annotation(made).answers == {size.id: 4.0}
    with pytest.raises(UserError, match="no longer asked"):
        project.apply(MoveAttribute(id=size.id, code_id=CLAIM))


def test_a_code_in_use_is_not_deleted_and_says_by_whom_it_is_used(project):
    add(project, LABOUR, "unfit")
    project.sign_in(BEN)
    for quote in ("full", "camp"):
        add(project, LABOUR, quote)
    with pytest.raises(UserError, match=r"“Concern” is used in 3 annotations \(Ben: 2, Ana: 1\). Merge it"):
        project.apply(RemoveCode(id=CONCERN))
    assert project.design.use_in_words(CONCERN, alone=True) == ""
    assert project.design.use_in_words(LABOUR) == "3 annotations (Ben: 2, Ana: 1)"
    assert project.design.use_in_words(ACTOR) == ""


def test_merging_moves_everybodys_annotations_and_carries_answers(project):
    figure = Attribute(id=AttributeId(new_id()), name="Figure", kind=AttributeKind.NUMBER)
    project.apply(SaveAttribute(code_id=CLAIM, attribute=figure))
    one = add(project, CONCERN, "unfit", answers={FIGURE: 12.0})
    below = add(project, LABOUR, "camp", answers={FIGURE: 3.0})
    project.sign_in(BEN)
    two = add(project, CONCERN, "full")
    outcome = project.design.outcome(MergeCode(id=CONCERN, into=CLAIM))
    assert (outcome.fate.carried, outcome.loss_in_words(), outcome.joined) == (2, "", ())
    changes = and_back(project, lambda: project.apply(MergeCode(id=CONCERN, into=CLAIM)))
    assert changes.step == "Merge code Concern into Claim"
    assert changes.annotations == {one, two, below}
    assert [project.annotation(each).code_id for each in (one, two, below)] == [CLAIM, CLAIM, LABOUR]
    assert [project.annotation(each).coder_id for each in (one, two)] == [ANA.id, BEN.id]
    assert project.annotation(one).answers == {figure.id: 12.0}
    assert project.annotation(below).answers == {figure.id: 3.0}
    assert project.codebook().code(LABOUR).parent == CLAIM


def test_merging_names_answers_that_have_no_place_and_drops_them_only_if_told_to(project):
    made = add(project, ACTOR, "the minister", answers={TYPE: "state", ROLE: ("speaker",)})
    loss = project.design.outcome(MergeCode(id=ACTOR, into=CONCERN)).loss_in_words()
    assert all(f"“{name}” is no longer asked (1 answer)" in loss for name in ("type", "role"))
    with pytest.raises(UserError, match="have no place then"):
        project.apply(MergeCode(id=ACTOR, into=CONCERN))
    and_back(project, lambda: project.apply(MergeCode(id=ACTOR, into=CONCERN, drop_answers=True)))
    assert project.annotation(made).answers == {}


def test_two_annotations_on_the_same_words_become_one_that_keeps_all(project):
    child = add(project, LABOUR, "unfit", memo="child", discuss=True, answers={FIGURE: 2.0})
    parent = add(project, CONCERN, "unfit", memo="parent")
    claim = add(project, CLAIM, "We will open the gate")
    other = Attribute(id=AttributeId(new_id()), name="about", kind=AttributeKind.LINK)
    project.apply(SaveAttribute(code_id=CLAIM, attribute=other))
    links = (AnnotationTarget(annotation=child), AnnotationTarget(annotation=parent))
    project.apply(SetAnswer(id=claim, attribute_id=other.id, answer=links))
    and_back(project, lambda: project.apply(MergeCode(id=LABOUR, into=CONCERN)))
    survivor = project.annotation(parent)
    assert (survivor.memo, survivor.discuss, survivor.answers) == ("parent\nchild", True, {FIGURE: 2.0})
    assert project.annotation(claim).answers == {other.id: (AnnotationTarget(annotation=parent),)}
    with pytest.raises(UserError):
        project.annotation(child)


def test_annotations_that_become_one_and_differ_are_counted_as_a_loss(project):
    add(project, LABOUR, "unfit", answers={FIGURE: 2.0})
    parent = add(project, CONCERN, "unfit", answers={FIGURE: 3.0})
    with pytest.raises(UserError, match="annotations that become one differ in 1 answer"):
        project.apply(MergeCode(id=LABOUR, into=CONCERN))
    project.apply(MergeCode(id=LABOUR, into=CONCERN, drop_answers=True))
    assert project.annotation(parent).answers == {FIGURE: 3.0}


def test_a_new_project_begins_with_a_published_version(project):
    assert [each.number for each in project.versions.all()] == [1]
    assert project.versions.newest() == project.codebook() == codebook()
    assert project.versions.unpublished() == ()
    with pytest.raises(UserError, match="Nothing has changed since version 1"):
        project.apply(PublishCodebook())


def test_a_codebook_made_by_hand_becomes_version_1_when_it_is_published(tmp_path, places):
    with Project.create(tmp_path / "new.rubric", places) as project:
        with pytest.raises(UserError, match="nothing in the codebook yet"):
            project.apply(PublishCodebook())
        project.apply(SaveCode(code=Code(id=CodeId(new_id()), name="Actor", colour="#000000")))
        assert [each.words for each in project.versions.unpublished()] == ["Layer “Actor” was added."]
        project.apply(PublishCodebook())
        assert [each.number for each in project.versions.all()] == [1]
        assert project.versions.unpublished() == ()


def test_publishing_moves_the_version_and_can_be_undone(project):
    save(project, CLAIM, definition="Words of an actor.")
    assert project.codebook().version == 1
    made = add(project, CLAIM, "We will open the gate")
    assert project.annotation(made).codebook_version == 1
    changes = and_back(project, lambda: project.apply(PublishCodebook(note=" clearer ")))
    assert (changes.step, changes.codebook) == ("Publish version 2 of the codebook: clearer", True)
    (_first, second) = project.versions.all()
    assert (second.number, second.coder_id, second.note) == (2, ANA.id, "clearer")
    assert [each.words for each in project.versions.between(1, 2)] == [
        "The definition of “Claim” was written: “Words of an actor.”"
    ]
    with pytest.raises(UserError, match="Version 3 of the codebook is not kept, only 1, 2"):
        project.versions.between(1, 3)


def test_an_imported_codebook_is_published_in_the_same_step(project):
    save(project, CLAIM, definition="half a change")
    wanted = codebook().model_copy(update={"name": "Imported"})
    and_back(project, lambda: project.apply(ReplaceCodebook(codebook=wanted)))
    assert project.codebook().version == 2
    assert project.versions.unpublished() == ()
    save(project, CLAIM, definition="given up")
    project.apply(ReplaceCodebook(codebook=wanted))
    assert project.codebook().version == 2
    assert project.versions.unpublished() == ()


def test_a_change_of_meaning_leads_to_a_second_look_at_what_was_coded_before(project):
    claim = add(project, CLAIM, "We will open the gate")
    add(project, ACTOR, "the minister")
    project.sign_in(BEN)
    theirs = add(project, CLAIM, "We will open the gate")
    project.sign_in(ANA)
    save(project, CLAIM, definition="Words of an actor.")
    assert project.versions.queue() == []
    project.apply(PublishCodebook())
    (entry,) = project.versions.queue()
    assert (entry.annotation_id, entry.version, entry.against) == (claim, 1, 1)
    assert project.versions.context(entry).quote == "We will open the gate"
    assert "Words of an actor" in project.versions.concerning(CLAIM, 1)[0].words
    with pytest.raises(UserError, match="Only the coder who made"):
        project.apply(ConfirmAnnotations(ids=(theirs,)))
    changes = and_back(project, lambda: project.apply(ConfirmAnnotations(ids=(claim,))))
    assert changes.step == "Confirm Claim under version 2: “We will open the gate”"
    assert project.versions.queue() == []
    assert project.annotation(claim).codebook_version == 2
    assert project.apply(ConfirmAnnotations(ids=(claim,))).nothing
    project.sign_in(BEN)
    assert [each.annotation_id for each in project.versions.queue()] == [theirs]


def test_another_code_given_under_a_new_version_is_made_under_it(project):
    claim = add(project, CLAIM, "We will open the gate")
    save(project, CLAIM, definition="x")
    save(project, CONCERN, definition="y")
    project.apply(PublishCodebook())
    project.apply(ChangeCode(id=claim, code_id=CONCERN))
    assert project.annotation(claim).codebook_version == 2
    assert project.versions.queue() == []


def test_colours_and_keys_lead_to_no_second_look(project):
    add(project, CLAIM, "We will open the gate")
    save(project, CLAIM, colour="#123456", shortcut="z")
    project.apply(PublishCodebook())
    assert project.versions.queue() == []


def test_what_is_older_than_the_keeping_of_versions_stands_with_the_first_kept():
    assert [standing_for(each, (4, 6)) for each in (1, 4, 5, 7)] == [4, 4, 6, None]


def test_a_code_that_goes_where_links_may_not_lead_takes_none_with_it_unless_that_is_said(project):
    role = Code(id=CodeId(new_id()), name="minister", colour="#000000", parent=ACTOR)
    project.apply(SaveCode(code=role))
    actor = add(project, role.id, "the minister")
    claim = add(
        project, CLAIM, "We will open the gate", answers={CLAIMANT: (AnnotationTarget(annotation=actor),)}
    )
    with pytest.raises(UserError, match=r"“claimant” may not link to “Concern” \(1 answer\)"):
        project.apply(MoveCode(id=role.id, parent=CONCERN))
    with pytest.raises(UserError, match=r"“claimant” may not link to “Actor” \(1 answer\)"):
        ask(project, CLAIM, CLAIMANT, targets=("Concern",))
    save(project, ACTOR, name="Who")
    assert project.annotation(claim).answers == {CLAIMANT: (AnnotationTarget(annotation=actor),)}
    and_back(project, lambda: project.apply(MoveCode(id=role.id, parent=CONCERN, drop_answers=True)))
    assert project.annotation(claim).answers == {}
