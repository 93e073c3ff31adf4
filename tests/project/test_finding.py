"""Finding in a whole project, and coding every occurrence in one step."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.articles import Draft
from app.domain.codebook import Codebook
from app.domain.errors import UserError
from app.domain.ids import AnnotationId, ArticleId, CodeId, new_id
from app.domain.progress import Cancelled, unheard
from app.domain.searching import Query
from app.domain.spans import Span
from app.project import finding
from app.project.commands import CodeOccurrences, ImportArticles, MarkDone, Occurrence, ReplaceCodebook
from app.project.finding import Place, find_everywhere, find_occurrences
from app.project.project import Project
from tests.builders import ACTOR, ANA, BEN, CLAIM, CONCERN, GATES, LABOUR, STANCE, add, codebook, fill

TEXTS = ("The gate. A gate!", "Gate gate gate.", "No door here.")


@pytest.fixture
def project(tmp_path, places):
    with Project.create(tmp_path / "study.rubric", places) as made:
        yield fill(made, *TEXTS)


def occurrences(project, words, code=ACTOR, article=None, **options):
    """The hits that the window would offer, and what the search came to."""
    hits = []
    place = Place(article, project.coder.id, code)
    found = find_occurrences(project.path, Query(words=words, **options), place, hits.append, unheard)
    return hits, found


def command(code, hits):
    places = [(hit.article_id, Span(start=hit.start, end=hit.end)) for hit in hits]
    return CodeOccurrences(
        code_id=code,
        occurrences=tuple(
            Occurrence(id=AnnotationId(new_id()), article_id=article, span=span) for article, span in places
        ),
    )


def coded(project):
    return sorted(
        (number, each.code_id, each.start, each.fragments[0].quote)
        for number, article in enumerate(project.articles())
        for each in project.annotations(article.id)
    )


def test_hits_of_every_article_come_in_order_with_their_surroundings(project):
    hits = []
    found = find_everywhere(project.path, Query(words="gate"), hits.append, unheard)
    assert [(hit.start, hit.context.quote) for hit in hits] == [
        (4, "gate"),
        (12, "gate"),
        (0, "Gate"),
        (5, "gate"),
        (10, "gate"),
    ]
    assert hits[1].context == ("The gate. A ", "gate", "!")
    assert hits[0].title == "The gate. A gate!"
    assert found == (5, 2, 0, True)


def test_looking_ends_at_the_limit_and_says_so(project, monkeypatch):
    monkeypatch.setattr(finding, "MOST_HITS", 3)
    hits = []
    found = find_everywhere(project.path, Query(words="gate"), hits.append, unheard)
    assert len(hits) == 3
    assert found == (3, 2, 0, False)


def test_looking_can_be_stopped(project):
    def stop(done, _total):
        if done:
            raise Cancelled

    hits = []
    with pytest.raises(Cancelled):
        find_everywhere(project.path, Query(words="gate"), hits.append, stop)
    assert len(hits) == 2, "what was found before is there"


def test_the_project_can_be_written_while_it_is_searched(project):
    def write(_hit):
        article = project.articles()[2]
        project.apply(MarkDone(article_id=article.id, done=project.review(article.id, ANA.id).done_at == ""))

    assert find_everywhere(project.path, Query(words="gate"), write, unheard).hits == 5


def test_what_is_coded_so_already_is_left_out_and_counted(project):
    add(project, ACTOR, "gate")
    hits, found = occurrences(project, "gate")
    assert (found.hits, found.skipped) == (4, 1)
    assert (project.articles()[0].id, 4) not in [(hit.article_id, hit.start) for hit in hits]
    assert occurrences(project, "gate", CLAIM)[1].skipped == 0
    project.sign_in(BEN)
    assert occurrences(project, "gate")[1].skipped == 0


def test_one_of_two_fragments_is_not_coded_so(project):
    add(project, ACTOR, "The", "gate")
    assert occurrences(project, "gate")[1].skipped == 0


def test_articles_marked_done_hold_no_occurrences(project):
    first, second, _third = project.articles()
    project.apply(MarkDone(article_id=second.id))
    assert {hit.article_id for hit in occurrences(project, "gate")[0]} == {first.id}
    assert occurrences(project, "gate", article=second.id)[0] == []
    project.sign_in(BEN)
    assert len(occurrences(project, "gate")[0]) == 5
    assert len(occurrences(project, "gate", article=second.id)[0]) == 3


def test_every_occurrence_is_coded_in_one_step_that_undo_takes_back(project):
    before = project.contents()
    changes = project.apply(command(ACTOR, occurrences(project, "gate")[0]))
    assert changes.step == "Code Actor in 5 occurrences: “gate”"
    assert len(changes.annotations) == 5
    assert [each[0] for each in coded(project)] == [0, 0, 1, 1, 1]
    after = project.contents()
    project.undo()
    assert project.contents()["annotation"] == before["annotation"] == []
    project.redo()
    assert project.contents() == after


def test_what_may_not_be_coded_is_left_out_and_the_step_says_how_many_were(project):
    hits, _found = occurrences(project, "gate")
    wish = command(ACTOR, hits)
    add(project, ACTOR, "gate")
    project.apply(MarkDone(article_id=project.articles()[1].id))
    gone = Occurrence(
        id=AnnotationId(new_id()), article_id=ArticleId(new_id()), span=wish.occurrences[0].span
    )
    beyond = Occurrence(id=AnnotationId(new_id()), article_id=hits[0].article_id, span=Span(start=5, end=500))
    wish = wish.model_copy(update={"occurrences": (gone, beyond, *wish.occurrences)})
    assert project.apply(wish).step == "Code Actor in 1 occurrence: “gate”"
    assert [each[2] for each in coded(project)] == [4, 12]


def test_nothing_left_to_code_is_said(project):
    wish = command(ACTOR, occurrences(project, "gate")[0])
    project.apply(wish)
    for empty in (command(ACTOR, ()), command(ACTOR, occurrences(project, "no such")[0])):
        with pytest.raises(UserError, match="Nothing was coded"):
            project.apply(empty)
    with pytest.raises(UserError, match="no longer in the codebook"):
        project.apply(wish.model_copy(update={"code_id": CodeId(new_id())}))


def test_exclusive_layers_are_respected_within_the_step_too(project):
    codes = tuple(code.model_copy(update={"exclusive": code.id == CONCERN}) for code in codebook().codes)
    project.apply(ReplaceCodebook(codebook=Codebook(name="Test", codes=codes)))
    add(project, CONCERN, "gate")
    hits = occurrences(project, "gate", LABOUR)[0]
    project.apply(command(LABOUR, [*hits, *hits]))
    assert [(code, start) for _article, code, start, _quote in coded(project)][:2] == sorted(
        [(CONCERN, 4), (LABOUR, 12)]
    )
    assert len(coded(project)) == 5


def test_defaults_are_answered_as_with_a_single_annotation(project):
    book = codebook()
    codes = [
        code.model_copy(
            update={
                "attributes": tuple(
                    each.model_copy(update={"default": "for"}) if each.id == STANCE else each
                    for each in code.attributes
                )
            }
        )
        for code in book.codes
    ]
    project.apply(ReplaceCodebook(codebook=book.model_copy(update={"codes": tuple(codes)})))
    project.apply(command(CLAIM, occurrences(project, "door")[0]))
    (made,) = project.annotations(project.articles()[2].id)
    assert made.answers == {STANCE: "for"}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.sampled_from(["the", "gate", "a", "🚚", "for children", "الوزير", "不"]), data=st.data())
def test_any_choice_of_occurrences_is_coded_as_ticked_and_taken_back(tmp_path, places, words, data):
    path = tmp_path / f"{new_id()}.rubric"
    with Project.create(path, places) as project:
        fill(project)
        project.apply(ImportArticles(drafts=(Draft(text=f"{words} and {words}. {GATES}"),)))
        hits = occurrences(project, words)[0]
        ticked = [hit for hit in hits if data.draw(st.booleans())]
        if not ticked:
            return
        add(project, LABOUR, "winter")
        before = project.contents()
        project.apply(command(ACTOR, ticked))
        made = [each for article in project.articles() for each in project.annotations(article.id)]
        assert sorted((each.article_id, each.start, each.end) for each in made if each.code_id == ACTOR) == (
            sorted((hit.article_id, hit.start, hit.end) for hit in ticked)
        )
        left = [(hit.article_id, hit.start) for hit in occurrences(project, words)[0]]
        assert left == [(hit.article_id, hit.start) for hit in hits if hit not in ticked]
        project.undo()
        assert project.contents() == before
