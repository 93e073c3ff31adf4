"""What is compared between coders, and what comes of it, through the verbs of a project."""

import sqlite3
import tempfile
from contextlib import contextmanager
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.agreement.continua import Continuum
from app.agreement.unitizing import UnitSums
from app.domain.answers import AnnotationTarget
from app.domain.coders import Coder
from app.domain.comparing import DifferenceKind, Selection, Unit
from app.domain.errors import UserError
from app.domain.ids import CoderId, new_id
from app.project.agreement import agreement_of_corpus, headline, restricted
from app.project.agreement_details import NOT_MARKED, by_article, confusion, pairwise, shares
from app.project.agreement_measures import Wishes
from app.project.commands import MarkDone, SetAnswer, SetVariable
from app.project.comparison import compare
from app.project.differences import NO_ANSWER, differences
from app.project.drift import NO_BATCH, Period, by_batch, by_period, over_groups, standings
from app.project.project import Project
from app.system.paths import Places
from tests.builders import (
    ACTOR,
    ANA,
    BEN,
    CLAIM,
    CLAIMANT,
    CONCERN,
    LABOUR,
    RELEVANT,
    ROLE,
    STANCE,
    TYPE,
    add,
    fill,
)

CAY = Coder(id=CoderId(new_id()), name="Cay")
QUICK = Wishes(rounds=0, gamma=False)


@pytest.fixture
def project(tmp_path, places):
    with Project.create(tmp_path / "study.rubric", places) as opened:
        yield fill(opened)


def done(project, coder, *articles):
    """Let a coder mark articles as done, the first one if none is named."""
    project.sign_in(coder)
    for at in articles or (0,):
        project.apply(MarkDone(article_id=project.articles()[at].id, done=True, reason="for the test"))


def variable(corpus, name):
    return next(each for each in corpus.variables if each.name == name)


def compared(project, **selection):
    return compare(project.path, Selection(**selection))


def rows(project, name, **selection):
    found = agreement_of_corpus(compared(project, **selection), QUICK).results
    return {each.measure: each for each in found if each.variable == name and each.coders == "all"}


def test_only_those_who_have_done_an_article_are_compared(project):
    add(project, ACTOR, "the minister")
    done(project, ANA)
    project.sign_in(BEN)
    add(project, ACTOR, "Aid groups")
    corpus = compared(project)
    assert corpus.articles == ()
    title = project.articles()[0].title
    assert [each.in_words() for each in corpus.left_out][:3] == [
        f"“{title}”: Ben made 1 annotation in it, but has not marked it done.",
        f"“{title}”: Only Ana has done it.",
        "2 articles have been done by nobody who is compared.",
    ]


def test_who_found_nothing_counts_and_who_did_not_open_it_does_not(project):
    add(project, ACTOR, "the minister")
    done(project, ANA)
    done(project, BEN)
    corpus = compared(project)
    (article,) = corpus.articles
    assert {corpus.coders[coder]: len(coding.spans) for coder, coding in article.codings.items()} == {
        "Ana": 1,
        "Ben": 0,
    }
    # Ben's gap against Ana's span: agreement no better than chance, but a number.
    assert rows(project, "Actor")["bar_u_alpha"].value == pytest.approx(0, abs=0.1)
    project.sign_in(CAY)
    add(project, ACTOR, "Pickers", article=1)
    assert len(compared(project).articles[0].codings) == 2


def test_agreed_annotations_and_misfits_are_left_out_and_said(project, tmp_path):
    for coder in (ANA, BEN):
        project.sign_in(coder)
        add(project, ACTOR, "the minister")
        add(project, CLAIM, "not before winter")
        done(project, coder)
    path = project.path
    project.close()
    file = sqlite3.connect(path)
    with file:
        file.execute("UPDATE annotation SET consensus = 1 WHERE code_id = ?", (CLAIM,))
        file.execute(
            "UPDATE fragment SET quote = 'a minister' WHERE annotation_id = "
            "(SELECT id FROM annotation WHERE code_id = ? AND coder_id = ?)",
            (ACTOR, BEN.id),
        )
    file.close()
    corpus = compare(path, Selection())
    assert [len(coding.spans) for coding in corpus.articles[0].codings.values()] == [1, 0]
    said = [each.reason for each in corpus.left_out]
    assert "1 annotation does not fit the text." in said
    assert "2 agreed annotations (consensus): only independent ones are compared." in said


def test_a_text_that_is_not_the_one_that_was_coded_is_left_out(project):
    for coder in (ANA, BEN):
        done(project, coder)
    path = project.path
    project.close()
    file = sqlite3.connect(path)
    with file:
        file.execute("UPDATE text SET content = content || '!' WHERE content LIKE '%gate%'")
    file.close()
    corpus = compare(path, Selection())
    assert corpus.articles == ()
    assert "Its text is not the one that was coded: the hash differs." in [
        each.reason for each in corpus.left_out
    ]


def test_coders_and_articles_can_be_chosen(project):
    for coder in (ANA, BEN, CAY):
        done(project, coder, 0, 1)
    second = project.articles()[1].id
    corpus = compared(project, coders=(ANA.id, CAY.id), articles=(second,))
    assert list(corpus.coders.values()) == ["Ana", "Cay"]
    assert [(each.id, set(each.codings)) for each in corpus.articles] == [(second, {ANA.id, CAY.id})]
    with pytest.raises(UserError, match="1 of the coders are not in this project"):
        compared(project, coders=(ANA.id, CoderId(new_id())))


def test_the_numbers_are_those_of_the_same_texts_laid_out_by_hand(project):
    add(project, CONCERN, "unfit\u00a0for children")
    add(project, LABOUR, "The café was full")
    done(project, ANA)
    project.sign_in(BEN)
    add(project, LABOUR, "unfit\u00a0for children")
    add(project, LABOUR, "café was full")
    done(project, BEN)
    article = project.articles()[0]
    text = project.text(article)

    def unit(quote, code):
        return text.index(quote), text.index(quote) + len(quote), code

    path = "Concern > forced labour"
    by_hand = UnitSums(
        [
            Continuum(
                len(text),
                {
                    "a": [unit("unfit\u00a0for children", "Concern"), unit("The café was full", path)],
                    "b": [unit("unfit\u00a0for children", path), unit("café was full", path)],
                },
            )
        ],
        ["Concern", path],
    )
    expected = by_hand.coefficients(by_hand.total())
    found = rows(project, "Concern: which code")
    assert found["u_alpha"].value == expected.u.value
    assert found["cu_alpha"].value == expected.cu.value
    assert rows(project, path)["k_u_alpha"].value == expected.by_code[path].value
    assert rows(project, "Concern")["bar_u_alpha"].value == expected.bar_u.value


def test_whole_words_take_the_noise_from_the_edges(project):
    add(project, ACTOR, "the minister said")
    done(project, ANA)
    project.sign_in(BEN)
    add(project, ACTOR, "e minister said,")
    done(project, BEN)
    assert rows(project, "Actor")["f1_exact"].value == 0
    assert rows(project, "Actor", unit=Unit.WORDS)["f1_exact"].value == 1
    assert rows(project, "Actor", unit=Unit.WORDS)["bar_u_alpha"].value == 1
    corpus = compared(project, unit=Unit.WORDS)
    assert differences(corpus, variable(corpus, "Actor")) == []


def test_edges_within_tolerance_are_no_difference(project):
    add(project, ACTOR, "the minister said")
    done(project, ANA)
    project.sign_in(BEN)
    add(project, ACTOR, "e minister said,")
    done(project, BEN)
    for tolerance, count in ((0, 1), (1, 1), (2, 0)):
        corpus = compared(project, tolerance=tolerance)
        assert len(differences(corpus, variable(corpus, "Actor"))) == count
        assert rows(project, "Actor", tolerance=tolerance)["f1_exact"].value == 1 - count


def test_answers_links_and_variables_have_rows_of_their_own(project):
    for coder, kind, roles, stance, relevant in (
        (ANA, "state", ("speaker",), "for", True),
        (BEN, "NGO", ("speaker", "victim"), "for", False),
    ):
        project.sign_in(coder)
        actor = add(project, ACTOR, "the minister")
        other = add(project, ACTOR, "Aid groups")
        claim = add(project, CLAIM, "We will open the gate")
        project.apply(SetAnswer(id=actor, attribute_id=TYPE, answer=kind))
        project.apply(SetAnswer(id=other, attribute_id=TYPE, answer="NGO"))
        project.apply(SetAnswer(id=actor, attribute_id=ROLE, answer=roles))
        project.apply(SetAnswer(id=claim, attribute_id=STANCE, answer=stance))
        linked = actor if coder is ANA else other
        project.apply(
            SetAnswer(id=claim, attribute_id=CLAIMANT, answer=(AnnotationTarget(annotation=linked),))
        )
        project.apply(SetVariable(article_id=project.articles()[0].id, attribute_id=RELEVANT, value=relevant))
        done(project, coder)
    assert rows(project, "Actor: type")["percent_agreement"].value == 0.5
    assert rows(project, "Actor: role")["alpha_masi"].units == 1
    assert rows(project, "Actor: role = victim")["alpha_nominal"].value == 0
    assert rows(project, "Claim: claimant")["percent_agreement"].value == 0
    assert rows(project, "relevance")["percent_agreement"].value == 0
    stance = rows(project, "Claim: stance")["cu_alpha"]
    assert (stance.value, bool(stance.note)) == (None, True)

    corpus = compared(project)
    (link,) = differences(corpus, variable(corpus, "Claim: claimant"))
    assert link.kind is DifferenceKind.TARGET
    assert link.said == {ANA.id: "“the minister”", BEN.id: "“Aid groups”"}
    (answer,) = differences(corpus, variable(corpus, "Actor: type"))
    assert answer.said == {ANA.id: "state", BEN.id: "NGO"}
    (on_article,) = differences(corpus, variable(corpus, "relevance"))
    assert (on_article.start, on_article.end, on_article.said) == (0, 0, {ANA.id: "yes", BEN.id: "no"})
    table = confusion(corpus, variable(corpus, "Actor: type"), (ANA.id, BEN.id))
    assert (table.rows, table.counts, table.what) == (("state", "NGO"), ((0, 1), (0, 1)), "matched spans")


def test_what_nobody_answered_is_no_difference(project):
    for coder, kind in ((ANA, "state"), (BEN, None)):
        project.sign_in(coder)
        actor = add(project, ACTOR, "the minister")
        project.apply(SetAnswer(id=actor, attribute_id=TYPE, answer=kind))
        done(project, coder)
    corpus = compared(project)
    assert differences(corpus, variable(corpus, "Actor: type")) == []
    assert NO_ANSWER not in str(differences(corpus, variable(corpus, "Actor")))


def test_every_place_that_differs_is_listed_once_in_the_order_of_the_text(project):
    for coder, quotes in (
        (ANA, ("the minister", "Aid groups", "Hořice")),
        (BEN, ("the minister", "groups", "children")),
        (CAY, ("the minister", "Aid groups", "Hořice")),
    ):
        project.sign_in(coder)
        for quote in quotes:
            add(project, ACTOR, quote)
        done(project, coder)
    corpus = compared(project)
    found = differences(corpus, variable(corpus, "Actor"))
    assert [(each.quote, each.kind) for each in found] == [
        ("Aid groups", DifferenceKind.EDGES),
        ("Hořice", DifferenceKind.MISSED),
        ("children", DifferenceKind.MISSED),
    ]
    text = project.text(project.articles()[0])
    assert [text[each.start : each.end] for each in found] == ["Aid groups", "Hořice", "children"]
    assert found[2].said == {ANA.id: "", BEN.id: "“children”", CAY.id: ""}
    assert differences(restricted(corpus, (ANA.id, CAY.id)), variable(corpus, "Actor")) == []


def test_pairs_articles_shares_and_confusion_lie_below_a_headline(project):
    for coder, quote in ((ANA, "the minister"), (BEN, "the minister"), (CAY, "Aid groups")):
        project.sign_in(coder)
        add(project, ACTOR, quote)
        done(project, coder)
    corpus = compared(project)
    actor = variable(corpus, "Actor")
    matrix = pairwise(corpus, actor)
    assert [[each and each.value == 1 for each in row] for row in matrix] == [
        [None, True, False],
        [True, None, False],
        [False, False, None],
    ]
    (alone,) = by_article(corpus, actor)
    assert alone.result.value == headline(corpus, actor).value
    assert [(each.articles, each.units) for each in shares(corpus, actor)] == [(1, 1)] * 3
    table = confusion(corpus, actor, (ANA.id, CAY.id))
    length = len(project.text(project.articles()[0]))
    assert table.rows == table.columns == ("Actor", NOT_MARKED)
    assert table.counts == ((0, 12), (10, length - 22))
    both = confusion(corpus, actor)
    assert both.counts[0][1] == both.counts[1][0]
    assert sum(map(sum, both.counts)) == 6 * length


def test_drift_by_time_by_sample_and_by_coder(project):
    for coder, quotes in ((ANA, ("the minister",)), (BEN, ("the minister",)), (CAY, ("Aid groups",))):
        project.sign_in(coder)
        for quote in quotes:
            add(project, ACTOR, quote)
        done(project, coder, 0, 1)
    corpus = compared(project)
    actor = variable(corpus, "Actor")
    for period, length in ((Period.DAY, 10), (Period.WEEK, 8), (Period.MONTH, 7)):
        groups = by_period(corpus, period)
        assert [len(label) for label in groups] == [length]
        (point,) = over_groups(groups, actor, QUICK)
        assert (point.articles, point.result.value) == (2, headline(corpus, actor).value)
    assert list(by_batch(corpus)) == [NO_BATCH]
    standing = {each.coder_id: each for each in standings(corpus, groups, actor)}
    assert standing[CAY.id].without.value == 1
    assert standing[ANA.id].with_others > standing[CAY.id].with_others
    assert standing[ANA.id].over_time[0][1] == standing[ANA.id].with_others


@contextmanager
def own_study(folder):
    with Project.create(folder / "study.rubric", Places(folder / "a", folder / "b", folder / "c")) as project:
        yield fill(project)


QUOTES = ("the minister", "minister said", "Aid groups", "groups", "Hořice", "the camp", "children", "café")


@settings(max_examples=25)
@given(
    marked=st.lists(st.lists(st.sampled_from(QUOTES), max_size=4, unique=True), min_size=3, max_size=3),
    tolerance=st.integers(0, 3),
)
def test_differences_do_not_depend_on_the_order_of_coders(marked, tolerance):
    with tempfile.TemporaryDirectory() as folder, own_study(Path(folder)) as project:
        for coder, quotes in zip((ANA, BEN, CAY), marked, strict=True):
            project.sign_in(coder)
            for quote in quotes:
                add(project, ACTOR, quote)
            done(project, coder)
        corpus = compared(project, tolerance=tolerance)
    actor = variable(corpus, "Actor")
    seen = set()
    for order in permutations(corpus.coders):
        (article,) = corpus.articles
        turned = article._replace(codings={coder: article.codings[coder] for coder in order})
        found = differences(corpus._replace(articles=(turned,)), actor)
        seen.add(tuple((each.start, each.end, each.kind, tuple(sorted(each.said.items()))) for each in found))
    assert len(seen) == 1
    differ = any(set(marked[0]) != set(each) for each in marked)
    assert bool(seen.pop()) == differ or (differ and tolerance)
