"""The register of entities: what its verbs do to links, and that nothing of it is lost."""

import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.answers import EntityTarget, NotInText
from app.domain.entities import Entity, EntityLine, LinkKey
from app.domain.errors import UserError
from app.domain.ids import AnnotationId, EntityId, new_id
from app.exchange.formats import ExportOptions
from app.project.commands import (
    ChangeSpans,
    MergeEntities,
    RemoveAnnotations,
    RemoveEntities,
    SaveEntity,
    SetAnswer,
    SplitEntity,
)
from app.project.exporting import export
from app.project.project import Project
from app.project.register import Context
from app.project.restoring import restore_project
from tests.builders import ACTOR, ANA, BEN, CLAIM, CLAIMANT, WHO, add

QUOTES = ("the minister", "Aid groups", "the camp", "children", "The café")
SOME = st.lists(st.integers(0, 3), max_size=4).map(tuple)


@pytest.fixture
def project(study, places):
    with Project.open(study, places) as opened:
        opened.sign_in(ANA)
        yield opened


def register(project, *names, **values):
    """Add entities; returns their ids."""
    made = [Entity(id=EntityId(new_id()), name=name, **values) for name in names]
    for each in made:
        project.apply(SaveEntity(entity=each))
    return [each.id for each in made]


def targets(*ids):
    return tuple(EntityTarget(entity=each) for each in ids)


def mention(project, quote, *ids, attribute=WHO, code=ACTOR):
    return add(project, code, quote, answers={attribute: targets(*ids)})


def linked(project, annotation_id, attribute=WHO):
    """What an answer links to, as ids."""
    answer = project.annotation(annotation_id).answers.get(attribute, ())
    return [each.entity if isinstance(each, EntityTarget) else each for each in answer]


def named(project):
    return {each.name: each for each in project.entities()}


def test_lines_count_links_and_articles(project):
    ministry, relief, nobody = register(project, "Ministry", "Relief", "Nobody")
    mention(project, "the minister", ministry)
    mention(project, "Aid groups", ministry, relief)
    add(project, ACTOR, "Pickers", article=1, answers={WHO: targets(ministry)})
    lines = project.register.lines()
    assert [(each.entity.name, each.mentions, each.articles) for each in lines] == [
        *(("Ministry", 3, 2), ("Nobody", 0, 0), ("Relief", 1, 1))
    ]
    assert [project.register.line(each.entity.id) for each in lines] == lines
    assert project.register.line(EntityId(new_id())) is None
    assert project.register.line(nobody) == EntityLine(named(project)["Nobody"], 0, 0)


def test_mentions_stand_in_the_order_of_the_text_with_their_context(project):
    (ministry,) = register(project, "Ministry")
    later = mention(project, "Aid groups", ministry)
    first = mention(project, "the minister", ministry)
    claim = mention(project, "but not before winter", ministry, attribute=CLAIMANT, code=CLAIM)
    found = project.register.mentions(ministry)
    assert [each.link for each in found] == [
        *(LinkKey(first, WHO), LinkKey(claim, CLAIMANT), LinkKey(later, WHO))
    ]
    assert {(each.coder_id, each.title) for each in found} == {(ANA.id, project.articles()[0].title)}
    assert project.register.context(found[0]) == Context(
        "“We will open the gate,” ", "the minister", " said, “but not before winter.”"
    )
    assert project.register.context(found[2]).before == "", "words of another line are not context"


def test_a_mention_with_several_fragments_quotes_them_all(project):
    (ministry,) = register(project, "Ministry")
    add(project, ACTOR, "We will", "the minister", answers={WHO: targets(ministry)})
    (found,) = project.register.mentions(ministry)
    assert project.register.context(found) == Context(
        "“", "We will … the minister", " said, “but not before winter.”"
    )


def test_renaming_keeps_the_old_name_if_wished(project):
    (ministry,) = register(project, "Ministry", aliases=("the ministry",))
    renamed = named(project)["Ministry"].model_copy(update={"name": " Interior  Ministry "})
    assert project.apply(SaveEntity(entity=renamed, keep_name=True)).step == (
        "Rename entity Ministry to Interior Ministry"
    )
    assert named(project)["Interior Ministry"].aliases == ("the ministry", "Ministry")
    project.undo()
    project.apply(SaveEntity(entity=renamed))
    assert named(project)["Interior Ministry"].aliases == ("the ministry",)
    assert project.register.line(ministry).entity.name == "Interior Ministry"


def test_an_entity_needs_a_name(project):
    with pytest.raises(UserError, match="needs a name"):
        project.apply(SaveEntity(entity=Entity(id=EntityId(new_id()), name=" \n")))


def test_what_is_mentioned_is_not_removed_and_the_refusal_counts(project):
    ministry, spare, more = register(project, "Ministry", "Spare", "More")
    made = mention(project, "the minister", ministry)
    mention(project, "Aid groups", ministry)
    before = project.contents()
    with pytest.raises(UserError, match="Ministry is mentioned 2 times and stays"):
        project.apply(RemoveEntities(ids=(spare, ministry)))
    assert project.contents() == before
    project.apply(RemoveAnnotations(ids=(made,)))
    with pytest.raises(UserError, match="mentioned once"):
        project.apply(RemoveEntities(ids=(ministry,)))
    assert project.apply(RemoveEntities(ids=(spare, more))).step == "Delete 2 entities"
    assert set(named(project)) == {"Ministry"}
    with pytest.raises(UserError, match="no longer in the register"):
        project.apply(RemoveEntities(ids=(spare,)))
    with pytest.raises(UserError, match="Select an entity first"):
        project.apply(RemoveEntities(ids=()))


def test_a_merge_keeps_an_entity_once_in_an_answer_and_the_others_where_they_were(project):
    one, two, three = register(project, "One", "Two", "Three")
    double = mention(project, "the minister", two, three, one)
    absent = add(project, CLAIM, "We will open", answers={CLAIMANT: (NotInText(),)})
    changes = project.apply(MergeEntities(survivor=one, others=(two,)))
    assert changes.step == "Merge Two into One"
    assert linked(project, double) == [one, three]
    assert linked(project, absent, CLAIMANT) == [NotInText()]
    assert changes.mentioned >= {one, two}
    assert changes.annotations == {double}
    assert named(project)["One"].aliases == ("Two",)


def test_a_merge_moves_what_other_coders_linked_and_leaves_all_else_of_theirs(project):
    one, two = register(project, "One", "Two")
    project.sign_in(BEN)
    made = mention(project, "the minister", two)
    before = project.annotation(made)
    project.sign_in(ANA)
    project.apply(MergeEntities(survivor=one, others=(two,)))
    after = project.annotation(made)
    assert after.answers == {WHO: targets(one)}
    assert after.model_copy(update={"answers": before.answers, "updated_at": before.updated_at}) == before


def test_a_merge_needs_others_that_are_there(project):
    one, two = register(project, "One", "Two")
    with pytest.raises(UserError, match="two or more"):
        project.apply(MergeEntities(survivor=one, others=(one,)))
    project.apply(MergeEntities(survivor=one, others=(two, two, one)))
    with pytest.raises(UserError, match="no longer in the register"):
        project.apply(MergeEntities(survivor=one, others=(two,)))


def test_a_split_moves_the_chosen_links_only(project):
    (one,) = register(project, "One")
    stays = mention(project, "the minister", one)
    moves = mention(project, "Aid groups", one)
    new = Entity(id=EntityId(new_id()), name="Aid groups")
    changes = project.apply(SplitEntity(id=one, links=(LinkKey(moves, WHO),), to=new))
    assert changes.step == "Move 1 mention of One to Aid groups"
    assert changes.entities == {new.id}
    assert changes.mentioned == {one, new.id}
    assert (linked(project, stays), linked(project, moves)) == ([one], [new.id])


def test_a_split_that_makes_no_sense_is_refused_whole(project):
    one, two = register(project, "One", "Two")
    made, other = mention(project, "the minister", one), mention(project, "Aid groups", two)
    before = project.contents()
    for links, to, words in (
        ((), two, "Tick the mentions"),
        ((LinkKey(made, WHO), LinkKey(other, WHO)), two, "no longer mention One"),
        ((LinkKey(AnnotationId(new_id()), WHO),), two, "no longer mention One"),
        ((LinkKey(made, WHO),), one, "only move to another"),
        ((LinkKey(made, WHO),), EntityId(new_id()), "no longer in the register"),
        ((LinkKey(made, WHO),), Entity(id=EntityId(new_id()), name=" "), "needs a name"),
    ):
        with pytest.raises(UserError, match=words):
            project.apply(SplitEntity(id=one, links=links, to=to))
        assert project.contents() == before


def test_clearing_an_answer_and_deleting_an_annotation_name_who_was_mentioned(project):
    one, two = register(project, "One", "Two")
    made = mention(project, "the minister", one)
    assert project.apply(SetAnswer(id=made, attribute_id=WHO, answer=targets(two))).mentioned == {one, two}
    assert project.apply(RemoveAnnotations(ids=(made,))).mentioned == {two}
    assert project.undo().mentioned == {two}
    spans = project.annotation(made).fragments[0].span
    moved = ChangeSpans(id=made, spans=(spans.model_copy(update={"end": spans.end + 5}),))
    assert project.apply(moved).mentioned == set()


def test_a_project_after_merge_and_split_comes_back_whole_from_json_lines(project, tmp_path, places):
    one, two, three = register(project, "One", "Two", "Three")
    made = mention(project, "the minister", two, three, one)
    project.apply(MergeEntities(survivor=one, others=(two,)))
    project.apply(SplitEntity(id=one, links=(LinkKey(made, WHO),), to=three))
    assert linked(project, made) == [three]
    export(project.path, "jsonl", tmp_path / "all.jsonl", ExportOptions())
    restore_project(tmp_path / "all.jsonl", tmp_path / "new.rubric")
    with Project.open(tmp_path / "new.rubric", places) as again:
        assert again.contents(history=True) == project.contents(history=True)


PROPERTY = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def blank(study):
    """Gives each example a project of its own."""
    made = []

    def copy(places):
        path = study.with_name(f"{len(made)}.rubric")
        shutil.copy(study, path)
        project = Project.open(path, places)
        made.append(project)
        project.sign_in(ANA)
        return project

    yield copy
    for project in made:
        project.close()


@PROPERTY
@given(answers=st.lists(SOME, min_size=1, max_size=len(QUOTES)), into=st.integers(0, 3), others=SOME)
def test_no_link_is_lost_by_a_merge_and_undo_brings_everything_back(blank, places, answers, into, others):
    project = blank(places)
    ids = register(project, "One", "Two", "Three", "Four")
    held = [tuple(dict.fromkeys(ids[each] for each in answer)) for answer in answers]
    made = [mention(project, quote, *each) for quote, each in zip(QUOTES, held, strict=False) if each]
    held = [each for each in held if each]
    before = project.contents()
    gone = {ids[each] for each in others} - {ids[into]}
    command = MergeEntities(survivor=ids[into], others=tuple(ids[each] for each in others))
    if not gone:
        with pytest.raises(UserError):
            project.apply(command)
        return
    project.apply(command)
    for annotation_id, links in zip(made, held, strict=True):
        wanted = dict.fromkeys(ids[into] if each in gone else each for each in links)
        assert linked(project, annotation_id) == list(wanted)
    assert {each.id for each in project.entities()} == set(ids) - gone
    after = project.contents()
    project.undo()
    assert project.contents() == before
    project.redo()
    assert project.contents() == after


@PROPERTY
@given(
    answers=st.lists(SOME.filter(len), min_size=1, max_size=len(QUOTES)),
    source=st.integers(0, 3),
    to=st.integers(0, 4),
    ticks=st.lists(st.booleans(), min_size=len(QUOTES), max_size=len(QUOTES)),
)
def test_no_link_is_lost_by_a_split_and_undo_brings_everything_back(
    blank, places, answers, source, to, ticks
):
    project = blank(places)
    ids = register(project, "One", "Two", "Three", "Four")
    held = [tuple(dict.fromkeys(ids[each] for each in answer)) for answer in answers]
    made = [mention(project, quote, *each) for quote, each in zip(QUOTES, held, strict=False)]
    before = project.contents()
    new = Entity(id=EntityId(new_id()), name="Five")
    target = ids[to] if to < len(ids) else new.id
    links = tuple(
        each.link
        for each in project.register.mentions(ids[source])
        if ticks[made.index(each.link.annotation_id)]
    )
    command = SplitEntity(id=ids[source], links=links, to=new if to == len(ids) else target)
    if not links or target == ids[source]:
        with pytest.raises(UserError):
            project.apply(command)
        return
    project.apply(command)
    moved = {link.annotation_id for link in links}
    for annotation_id, each in zip(made, held, strict=True):
        wanted = [target if one == ids[source] and annotation_id in moved else one for one in each]
        assert linked(project, annotation_id) == list(dict.fromkeys(wanted))
    after = project.contents()
    project.undo()
    assert project.contents() == before
    project.redo()
    assert project.contents() == after
