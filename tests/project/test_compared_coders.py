"""Who is compared and who is not, what is said of it, and what rows say of places."""

import pytest

from app.domain.coders import Coder
from app.domain.comparing import Selection, Unit
from app.domain.ids import CoderId, new_id
from app.project.agreement import agreement_of_corpus
from app.project.agreement_measures import Wishes
from app.project.commands import MarkDone
from app.project.comparison import compare
from app.project.project import Project
from tests.builders import ACTOR, ANA, BEN, add, fill

CAY = Coder(id=CoderId(new_id()), name="Cay")


@pytest.fixture
def project(tmp_path, places):
    with Project.create(tmp_path / "study.rubric", places) as opened:
        yield fill(opened)


def done(project, coder):
    """Let a coder mark the first article as done."""
    project.sign_in(coder)
    project.apply(MarkDone(article_id=project.articles()[0].id, done=True, reason="for the test"))


def compared(project, **selection):
    return compare(project.path, Selection(**selection))


def rows(project, name, **selection):
    wishes = Wishes(rounds=0, gamma=False)
    found = agreement_of_corpus(compared(project, **selection), wishes).results
    return {each.measure: each for each in found if each.variable == name}


def test_who_only_leads_the_study_is_not_counted_among_its_coders(project):
    for coder in (ANA, BEN):
        done(project, coder)
    project.sign_in(CAY)
    add(project, ACTOR, "Pickers", article=1)
    corpus = compared(project)
    assert list(corpus.coders.values()) == ["Ana", "Ben"]
    assert "Cay has done no article that another has done." in [each.in_words() for each in corpus.left_out]


def test_coders_and_articles_that_were_not_chosen_are_said(project):
    for coder in (ANA, BEN, CAY):
        done(project, coder)
    first = project.articles()[0].id
    corpus = compared(project, coders=(ANA.id, BEN.id), articles=(first,))
    said = [each.in_words() for each in corpus.left_out]
    assert "1 coder is not compared, because others were chosen." in said
    assert f"{len(project.articles()) - 1} articles are not compared, because others were chosen." in said
    assert not any("others were chosen" in each.reason for each in compared(project).left_out)


def test_f1_says_how_near_edges_have_to_be_and_what_became_of_fragments(project):
    for coder in (ANA, BEN):
        project.sign_in(coder)
        add(project, ACTOR, "the minister", "Aid groups")
        done(project, coder)
    found = rows(project, "Actor", tolerance=2, unit=Unit.WORDS)
    assert found["f1_exact"].units == 4
    assert found["f1_exact"].note.endswith(
        "every fragment of 2 interrupted annotations is a unit; edges may differ by 2 words"
    )
    assert "edges" not in found["f1_overlap"].note
