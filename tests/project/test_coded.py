"""Coded articles enter a project: matched, in one step, each thing once."""

import pytest

from app.domain.answers import AnnotationTarget
from app.domain.errors import UserError
from app.domain.reviews import ReviewState
from app.exchange.brat_read import BratReader
from app.exchange.coded import CodedOptions
from app.project.commands import ReplaceCodebook, SaveCoder
from app.project.project import Project
from app.project.staging_coded import CodedWishes, stage_coded
from tests.builders import ANA, CLAIM, CLAIMANT, GATES, STANCE

WHO = GATES.index("the minister")
SAID = GATES.index("We will open")
ANN = (
    f"T1\tactor {WHO} {WHO + 12}\tthe minister\nT2\tCLAIM {SAID} {SAID + 12}\tWe will open\n"
    "R1\tclaimant Arg1:T2 Arg2:T1\nA1\tstance T2 FOR\nA2\tstance T1 for\n#1\tAnnotatorNotes T2\tclear\n"
)


@pytest.fixture
def project(study, places):
    with Project.open(study, places) as project:
        yield project


@pytest.fixture
def top(tmp_path):
    for coder, ann in (("anna", ANN), ("ben", "")):
        (tmp_path / "set" / coder).mkdir(parents=True)
        (tmp_path / "set" / coder / "x.txt").write_bytes(GATES.encode())
        (tmp_path / "set" / coder / "x.ann").write_text(ann, encoding="utf-8")
    return tmp_path / "set"


def stage(project, top, **wishes):
    return stage_coded(project, top, BratReader(), CodedWishes(**wishes))


def bring(project, top, **wishes):
    staged = stage(project, top, **wishes)
    project.apply(staged.command)
    return staged


def made(project):
    found = [each for article in project.articles() for each in project.annotations(article.id)]
    return sorted(found, key=lambda each: each.start)


def test_articles_codes_and_questions_are_the_projects_own(project, top):
    before, articles = project.codebook(), project.article_count()
    staged = bring(project, top)
    assert project.article_count() == articles
    claim, actor = made(project)
    assert (claim.code_id, claim.memo) == (CLAIM, "clear")
    assert claim.answers == {STANCE: "for", CLAIMANT: (AnnotationTarget(annotation=actor.id),)}
    added = project.codebook()
    assert [code.id for code in added.codes] == [code.id for code in before.codes]
    assert added.version == before.version + 1 == claim.codebook_version
    assert staged.changes == ("new attribute “stance” on “Actor”",)


def test_the_same_again_adds_nothing_and_one_undo_takes_all_back(project, top):
    before = project.contents()
    bring(project, top, options=CodedOptions(done=True))
    after = project.contents()
    assert stage(project, top, options=CodedOptions(done=True)).command is None
    project.undo()
    assert project.contents() == before
    again = stage(project, top, options=CodedOptions(done=True)).command
    project.redo()
    assert project.contents() == after
    assert {each.id for each in again.annotations} == {each.id for each in made(project)}


def test_a_coder_is_somebody_new_unless_the_lead_says_who_it_is(project, top):
    project.apply(SaveCoder(coder=ANA.model_copy(update={"name": "anna"})))
    staged = stage(project, top)
    assert any("may be somebody else" in note for note in staged.notes)
    assert ANA.id not in {each.coder_id for each in staged.command.annotations}
    bring(project, top, coders={"anna": "anna"})
    assert {each.coder_id for each in made(project)} == {ANA.id}
    assert stage(project, top).command.annotations == ()


@pytest.mark.parametrize(
    "wishes", [{"coders": {"eve": "Ana"}}, {"coders": {"anna": "Eve"}}, {"codes": {"CLAIM": "Eve"}}]
)
def test_a_wish_that_names_nobody_is_refused(project, top, wishes):
    with pytest.raises(UserError, match=r"[Ee]ve"):
        stage(project, top, **wishes)


def test_a_code_is_the_one_that_the_lead_names(project, top):
    bring(project, top, codes={"actor": "Claim"})
    assert {each.code_id for each in made(project)} == {CLAIM}


def test_done_is_said_by_the_lead_only(project, top):
    bring(project, top)
    assert {review.state for review in project.reviews()} == {ReviewState.IN_PROGRESS}
    bring(project, top, options=CodedOptions(done=True))
    found = {review.nothing_found: review.state for review in project.reviews()}
    assert found == {False: ReviewState.DONE, True: ReviewState.DONE}


def test_an_answer_without_a_place_is_told(project, top):
    (top / "anna" / "x.ann").write_text(ANN.replace("FOR", "perhaps"), encoding="utf-8")
    staged = bring(project, top)
    assert [problem for problem in staged.problems if "“perhaps”" in problem] != []
    assert STANCE not in made(project)[0].answers


def test_an_answer_that_a_code_does_not_ask_for_is_named(project, top):
    conf = "[entities]\nactor\n\tnamed\nCLAIM\n"
    (top / "annotation.conf").write_text(conf, encoding="utf-8")
    ann = f"T1\tnamed {WHO} {WHO + 12}\tthe minister\nA1\tsure T1 high\n"
    (top / "anna" / "x.ann").write_text(ann, encoding="utf-8")
    staged = bring(project, top, codes={"named": "Claim"})
    assert any("“Claim” does not ask for “sure”" in each for each in staged.problems)


def test_what_was_changed_since_stays(project, top):
    bring(project, top)
    before = project.contents()
    (top / "anna" / "x.ann").write_text(ANN.replace("T1\tactor", "T1\tCLAIM"), encoding="utf-8")
    staged = stage(project, top)
    assert "1 annotation differs from what was imported before, and the project's stays" in staged.notes
    assert staged.command is None or staged.command.annotations == ()
    assert project.contents() == before


@pytest.mark.parametrize(
    ("old", "new"),
    [("clear", "not clear"), ("FOR", "against"), ("Arg2:T1", "Arg2:T9")],
    ids=["memo", "answer", "link"],
)
def test_other_words_of_the_same_annotation_are_counted_too(project, top, old, new):
    bring(project, top)
    (top / "anna" / "x.ann").write_text(ANN.replace(old, new), encoding="utf-8")
    staged = stage(project, top)
    assert staged.command is None
    assert any(each.startswith("1 annotation differs") for each in staged.notes)
    assert staged.summary.startswith("set: nothing new, ")


def test_another_folder_of_the_same_name_is_not_taken_for_the_same_in_silence(project, top, tmp_path):
    bring(project, top)
    other = tmp_path / "other" / "set"
    top.rename(tmp_path / "away")
    (other / "anna").mkdir(parents=True)
    (other / "anna" / "x.txt").write_bytes(GATES.encode())
    (other / "anna" / "x.ann").write_text(f"T1\tCLAIM {SAID} {SAID + 2}\tWe\n", encoding="utf-8")
    staged = stage(project, other, options=CodedOptions(layout="folders"))
    assert staged.command is None
    assert any("give the folder another name" in each for each in staged.notes)
    other.rename(tmp_path / "other" / "second")
    staged = stage(project, tmp_path / "other" / "second", options=CodedOptions(layout="folders"))
    assert len(staged.command.annotations) == 1


def test_nothing_that_can_be_taken_is_not_called_there_already(project, top):
    for coder in ("anna", "ben"):
        (top / coder / "x.txt").write_bytes(b"\xff")
    staged = stage(project, top)
    assert (staged.command, staged.summary) == (None, "set: nothing new, 2 problems.")


def test_codes_that_exclude_each_other_are_left_out_and_told(project, top):
    codes = tuple(
        each.model_copy(update={"exclusive": each.id == CLAIM}) for each in project.codebook().codes
    )
    project.apply(ReplaceCodebook(codebook=project.codebook().model_copy(update={"codes": codes})))
    twice = ANN + f"T3\tCLAIM {SAID + 3} {SAID + 12}\twill open\n"
    (top / "anna" / "x.ann").write_text(twice, encoding="utf-8")
    staged = bring(project, top)
    assert [each for each in staged.problems if "exclude each other" in each] != []
    assert len(made(project)) == 2
