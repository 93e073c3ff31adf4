"""Editing, removing, ordering and sampling articles: each one step, and everything comes back with an undo."""

import pytest

from app.domain.answers import AnnotationTarget, EntityTarget
from app.domain.articles import Draft
from app.domain.entities import Entity
from app.domain.errors import UserError
from app.domain.ids import EntityId, SampleId, new_id
from app.domain.ordering import OrderKind
from app.domain.progress import Cancelled
from app.domain.sampling import Share
from app.exchange.formats import ExportOptions
from app.project.checking import check_project
from app.project.commands import ImportArticles, MarkDone, ReplaceCodebook, SaveEntity, SetNotes, SetVariable
from app.project.commands_articles import (
    DrawSample,
    EditArticles,
    RemoveArticles,
    RemoveSamples,
    RenameSample,
    SetOrder,
)
from app.project.exporting import export
from app.project.project import Project
from app.project.restoring import restore_project
from tests.builders import ACTOR, ANA, BEN, CLAIM, CLAIMANT, RELEVANT, WHO, add, codebook

OUTLETS = ("Courier", "Mail", "Courier", "Record", "Mail", "Courier")
DATES = ("2026-05-02", "soon", "2025", "2026-05", "", "2024-12-31")


@pytest.fixture
def project(tmp_path, places):
    with Project.create(tmp_path / "many.rubric", places) as made:
        made.apply(ReplaceCodebook(codebook=codebook()))
        made.apply(
            ImportArticles(
                drafts=tuple(
                    Draft(
                        text=f"Text {at}.",
                        title=f"T{at}",
                        source=outlet,
                        date=date,
                        metadata={"page": str(at)},
                    )
                    for at, (outlet, date) in enumerate(zip(OUTLETS, DATES, strict=True))
                )
            )
        )
        made.sign_in(ANA)
        yield made


@pytest.fixture
def coded(study, places):
    with Project.open(study, places) as made:
        made.sign_in(ANA)
        yield made


def titles(project):
    return [each.title for each in project.articles()]


def ids(project, *numbers):
    return tuple(project.articles()[number].id for number in numbers)


def sample(project, **values):
    made = SampleId(new_id())
    project.apply(DrawSample(**{"id": made, "name": "Test", "size": 3, "seed": 1, **values}))
    return next(each for each in project.collection.samples() if each.id == made)


def test_metadata_of_several_articles_is_written_in_one_step(project):
    before = project.contents()
    changes = project.apply(
        EditArticles(
            ids=ids(project, 0, 2), source=" Daily  Courier ", metadata={"page": None, "desk": "world"}
        )
    )
    first, second, third = project.articles()[:3]
    assert (first.source, dict(first.metadata)) == ("Daily Courier", {"desk": "world"})
    assert (third.source, third.title, third.date) == ("Daily Courier", "T2", "2025")
    assert second.source == "Mail"
    assert changes.articles == {first.id, third.id}
    assert changes.step == project.undoable() == "Edit 2 articles"
    project.undo()
    assert project.contents() == before


def test_a_date_that_a_file_brought_stays_until_it_is_written_anew(project):
    (odd,) = ids(project, 1)
    project.apply(EditArticles(ids=(odd,), author="Mira"))
    assert project.article(odd).date == "soon"
    with pytest.raises(UserError, match="“next week” is no date"):
        project.apply(EditArticles(ids=(odd,), date="next week"))
    project.apply(EditArticles(ids=(odd,), date="2026-02"))
    assert project.article(odd).date == "2026-02"


@pytest.mark.parametrize("values", [{"title": "  "}, {"metadata": {" ": "x"}}])
def test_a_title_or_a_name_of_a_field_cannot_be_taken_away(project, values):
    with pytest.raises(UserError, match="needs a"):
        project.apply(EditArticles(ids=ids(project, 0), **values))


def test_an_edit_that_changes_nothing_leaves_no_step(project):
    steps = project.step_count()
    assert project.apply(EditArticles(ids=ids(project, 0), source="Courier")).nothing
    assert project.step_count() == steps


def test_articles_that_nobody_coded_are_removed_and_come_back(project):
    before = project.contents()
    project.apply(RemoveArticles(ids=ids(project, 1, 3)))
    assert titles(project) == ["T0", "T2", "T4", "T5"]
    project.undo()
    assert project.contents() == before


def test_coded_articles_go_only_when_confirmed_and_everything_comes_back(coded):
    first = coded.articles()[0].id
    ministry = Entity(id=EntityId(new_id()), name="Ministry")
    coded.apply(SaveEntity(entity=ministry))
    actor = add(coded, ACTOR, "the minister", answers={WHO: (EntityTarget(entity=ministry.id),)})
    add(coded, CLAIM, "We will open", answers={CLAIMANT: (AnnotationTarget(annotation=actor),)}, memo="m")
    coded.apply(SetVariable(article_id=first, attribute_id=RELEVANT, value=True))
    coded.apply(MarkDone(article_id=first, reason="late"))
    coded.sign_in(BEN)
    coded.apply(SetNotes(article_id=first, notes="odd"))
    before = coded.contents()
    with pytest.raises(UserError) as caught:
        coded.apply(RemoveArticles(ids=(first,)))
    said = (
        "This article is coded (Ana: work on 1 article with 2 annotations; "
        "Ben: work on 1 article without annotations)."
    )
    assert str(caught.value).startswith(said)
    assert coded.contents() == before
    changes = coded.apply(RemoveArticles(ids=(first,), even_if_coded=True))
    assert changes.coded == changes.articles == {first}
    assert coded.contents()["annotation"] == coded.contents()["link"] == coded.contents()["review"] == []
    assert changes.mentioned == {ministry.id}
    coded.undo()
    assert coded.contents() == before


def test_orders_follow_each_other_and_lead_back_to_the_import(project):
    project.apply(SetOrder(kind=OrderKind.DATE))
    assert titles(project) == ["T5", "T2", "T3", "T0", "T1", "T4"]
    project.apply(SetOrder(kind=OrderKind.SHUFFLED, seed=8))
    shuffled = titles(project)
    assert sorted(shuffled) == [f"T{at}" for at in range(6)]
    assert project.article_lines()[0].title == shuffled[0]
    project.apply(ImportArticles(drafts=(Draft(text="Later.", title="T6", date="1999"),)))
    assert titles(project) == [*shuffled, "T6"]
    project.apply(SetOrder(kind=OrderKind.IMPORTED))
    assert titles(project) == [f"T{at}" for at in range(7)]
    assert project.undoable() == "Order articles as imported"
    project.undo()
    assert titles(project) == [*shuffled, "T6"]
    project.undo()
    project.apply(SetOrder(kind=OrderKind.SHUFFLED, seed=8))
    assert titles(project) == shuffled


def test_an_order_that_is_there_already_leaves_no_step(project):
    steps = project.step_count()
    assert project.apply(SetOrder(kind=OrderKind.IMPORTED)).nothing
    project.apply(SetOrder(kind=OrderKind.DATE))
    assert project.apply(SetOrder(kind=OrderKind.DATE)).nothing
    assert project.step_count() == steps + 1


def test_ordering_can_be_stopped_and_changes_nothing(project):
    def stop(_done, _total):
        raise Cancelled

    before = project.contents()
    with pytest.raises(Cancelled):
        project.apply(SetOrder(kind=OrderKind.DATE), stop)
    assert project.contents() == before


def test_a_sample_keeps_all_that_it_takes_to_draw_it_again(project):
    made = sample(project, stratify="outlet", drawn_from="Date from 2024")
    assert (made.seed, made.population, made.stratify, made.drawn_from) == (1, 6, "outlet", "Date from 2024")
    assert [(each.name, each.size, each.drawn) for each in made.strata] == [
        ("Courier", 3, 2),
        ("Mail", 2, 1),
        ("Record", 1, 0),
    ]
    assert made.rule() == "3 of 6, proportional by outlet, seed 1"
    project.apply(SetOrder(kind=OrderKind.SHUFFLED, seed=3))
    assert sample(project, name="Again", stratify="outlet").articles == made.articles


def test_samples_by_month_year_field_and_of_some(project):
    by_year = sample(project, name="years", size=4, stratify="year", share=Share.EQUAL)
    assert [each.name for each in by_year.strata] == ["(none)", "2024", "2025", "2026"]
    assert [each.drawn for each in by_year.strata] == [1, 1, 1, 1]
    by_page = sample(project, name="pages", size=6, stratify="page")
    assert len(by_page.strata) == 6
    some = sample(project, name="some", size=2, among=ids(project, 0, 5))
    assert (set(some.articles), some.population) == (set(ids(project, 0, 5)), 2)


def test_samples_are_renamed_and_removed_and_stay_when_articles_go(project):
    made = sample(project)
    project.apply(RenameSample(id=made.id, name="Pilot"))
    project.apply(RemoveArticles(ids=made.articles[:1]))
    (kept,) = project.collection.samples()
    assert (kept.name, kept.articles) == ("Pilot", made.articles)
    changes = project.apply(RemoveSamples(ids=(made.id,)))
    assert changes.samples
    assert project.collection.samples() == []
    project.undo()
    assert project.collection.samples() == [kept]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"name": " test "}, "There is a sample “test” already"),
        ({"name": " "}, "A sample needs a name"),
        ({"name": "x", "size": 7}, "cannot be drawn from 6 articles"),
        ({"name": "x", "stratify": "moon"}, "No article says its moon"),
    ],
)
def test_samples_that_cannot_be_are_refused(project, values, sentence):
    sample(project)
    with pytest.raises(UserError, match=sentence):
        sample(project, **values)
    assert len(project.collection.samples()) == 1


def test_samples_and_the_order_travel_with_the_project(project, tmp_path, places):
    sample(project, stratify="outlet")
    project.apply(SetOrder(kind=OrderKind.SHUFFLED, seed=2))
    project.apply(RemoveArticles(ids=ids(project, 0)))
    whole = project.contents(history=True)
    export(project.path, "jsonl", tmp_path / "all.jsonl", ExportOptions())
    assert check_project(tmp_path / "all.jsonl") == check_project(project.path) == []
    restore_project(tmp_path / "all.jsonl", tmp_path / "again.rubric")
    with Project.open(tmp_path / "again.rubric", places, read_only=True) as again:
        assert again.contents(history=True) == whole


def test_units_in_an_article_are_the_mean_over_coders_and_articles(coded):
    assert coded.collection.units_per_article() == 0
    add(coded, ACTOR, "the minister")
    add(coded, ACTOR, "Aid groups")
    add(coded, ACTOR, "Pickers", article=1)
    assert coded.collection.units_per_article() == 1.5
