"""What differs behind one number: of two coders, of one article, of one cell."""

import pytest

from app.domain.coders import Coder
from app.domain.comparing import DifferenceKind, Selection, Unit
from app.domain.ids import CoderId, new_id
from app.project.agreement_details import NOT_MARKED, confusion
from app.project.behind import Behind, differences_behind
from app.project.commands import MarkDone, SetVariable
from app.project.comparison import compare
from app.project.project import Project
from tests.builders import ACTOR, ANA, BEN, CLAIM, CONCERN, LABOUR, RELEVANT, TYPE, add, fill

EVERYTHING = Behind()
CAY = Coder(id=CoderId(new_id()), name="Cay")


@pytest.fixture
def project(tmp_path, places):
    with Project.create(tmp_path / "study.rubric", places) as opened:
        yield fill(opened)


def at_work(project, coder, *marks, article=0, relevant=None):
    """Let a coder mark quotes of an article, answer whether it is relevant, and be done with it."""
    project.sign_in(coder)
    for code, quote, *answers in marks:
        add(project, code, quote, article=article, answers=answers[0] if answers else {})
    target = project.articles()[article].id
    if relevant is not None:
        project.apply(SetVariable(article_id=target, attribute_id=RELEVANT, value=relevant))
    project.apply(MarkDone(article_id=target, done=True, reason="for the test"))


def behind(project, name, wanted=EVERYTHING, **selection):
    corpus = compare(project.path, Selection(**selection))
    variable = next(each for each in corpus.variables if each.name == name)
    return differences_behind(corpus, variable, wanted)


def quotes(found):
    return [each.quote for each in found]


def test_behind_two_coders_and_one_article_lies_only_theirs(project):
    at_work(project, ANA, (ACTOR, "the minister"))
    at_work(project, BEN, (ACTOR, "the minister"), (ACTOR, "Aid groups"))
    at_work(project, CAY)
    at_work(project, ANA, (ACTOR, "Pickers"), article=1)
    at_work(project, BEN, article=1)
    assert quotes(behind(project, "Actor")) == ["the minister", "Aid groups", "Pickers"]
    assert quotes(behind(project, "Actor", Behind(coders=(ANA.id, BEN.id)))) == ["Aid groups", "Pickers"]
    second = project.articles()[1].id
    assert quotes(behind(project, "Actor", Behind(article_id=second))) == ["Pickers"]


def test_behind_a_cell_of_codes_lie_the_places_that_it_counts(project):
    at_work(project, ANA, (CONCERN, "the camp unfit"), (LABOUR, "children"), (CONCERN, "winter"))
    at_work(project, BEN, (LABOUR, "the camp unfit"), (LABOUR, "children"))
    name, labour = "Concern: which code", "Concern > forced labour"
    taken = behind(project, name, Behind(cell=("Concern", labour)))
    assert quotes(taken) == ["the camp unfit"]
    assert [each.kind for each in taken] == [DifferenceKind.CODE]
    assert quotes(behind(project, name, Behind(cell=("Concern", NOT_MARKED)))) == ["winter"]
    assert quotes(behind(project, name, Behind(cell=(NOT_MARKED, "Concern")))) == ["winter"]
    assert behind(project, name, Behind(cell=(labour, labour))) == []
    # Of two who are named, the first has the row.
    assert behind(project, name, Behind(coders=(BEN.id, ANA.id), cell=("Concern", labour))) == []
    assert quotes(behind(project, name, Behind(coders=(ANA.id, BEN.id), cell=("Concern", labour)))) == [
        "the camp unfit"
    ]


def test_an_edge_within_tolerance_is_still_behind_the_cell_that_counts_its_characters(project):
    at_work(project, ANA, (ACTOR, "Aid groups"))
    at_work(project, BEN, (ACTOR, "Aid group"))
    assert behind(project, "Actor", tolerance=1) == []
    found = behind(project, "Actor", Behind(cell=("Actor", NOT_MARKED)), tolerance=1)
    assert [each.kind for each in found] == [DifferenceKind.EDGES]
    assert behind(project, "Actor", Behind(cell=("Actor", NOT_MARKED)), unit=Unit.WORDS) == []


def test_behind_a_cell_of_answers_lie_those_answers(project):
    at_work(project, ANA, (ACTOR, "the minister", {TYPE: "state"}), (ACTOR, "Aid groups", {TYPE: "NGO"}))
    at_work(project, BEN, (ACTOR, "the minister", {TYPE: "NGO"}), (ACTOR, "Aid groups", {TYPE: "NGO"}))
    assert quotes(behind(project, "Actor: type", Behind(cell=("state", "NGO")))) == ["the minister"]
    assert behind(project, "Actor: type", Behind(coders=(BEN.id, ANA.id), cell=("state", "NGO"))) == []


def test_behind_a_cell_of_an_article_variable_lie_the_articles(project):
    at_work(project, ANA, relevant=True)
    at_work(project, BEN, relevant=False)
    at_work(project, ANA, article=1, relevant=True)
    at_work(project, BEN, article=1, relevant=True)
    (found,) = behind(project, "relevance", Behind(cell=("yes", "no")))
    assert found.article_id == project.articles()[0].id
    assert behind(project, "relevance", Behind(coders=(BEN.id, ANA.id), cell=("yes", "no"))) == []


def test_nothing_lies_behind_cells_that_count_nothing_and_something_behind_all_others(project):
    at_work(project, ANA, (CONCERN, "the camp unfit"), (LABOUR, "not before winter"), (CLAIM, "Hořice"))
    at_work(project, BEN, (LABOUR, "camp unfit"), (LABOUR, "not before"))
    at_work(project, CAY, (CONCERN, "before winter"))
    corpus = compare(project.path, Selection())
    for variable in corpus.variables:
        found = confusion(corpus, variable)
        if found is None:
            continue
        for row, counts in zip(found.rows, found.counts, strict=True):
            for column, count in zip(found.columns, counts, strict=True):
                if row != column:
                    lies = differences_behind(corpus, variable, Behind(cell=(row, column)))
                    assert bool(lies) is bool(count), (variable.name, row, column)
