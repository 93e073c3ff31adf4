"""Codebooks that are replaced and published: answers keep their questions, versions stay as they were."""

import pytest

from app.domain.answers import AnnotationTarget
from app.domain.codebook import Attribute, AttributeKind, Code, Codebook
from app.domain.editing import with_values
from app.domain.errors import UserError
from app.domain.ids import AttributeId, CodeId, new_id
from app.project.commands import ReplaceCodebook, SetAnswer, SetVariable
from app.project.commands_codebook import (
    ConfirmAnnotations,
    MergeCode,
    PublishCodebook,
    SaveAttribute,
    SaveCode,
)
from app.project.project import Project
from tests.builders import ACTOR, ANA, BEN, CLAIM, CLAIMANT, TONE, TYPE, add, codebook


@pytest.fixture
def project(study, places):
    with Project.open(study, places) as opened:
        opened.sign_in(ANA)
        yield opened


@pytest.fixture
def empty(tmp_path, places):
    with Project.create(tmp_path / "empty.rubric", places) as made:
        made.sign_in(ANA)
        yield made


def test_answers_to_an_article_variable_go_with_it_to_another_id(project):
    article = project.articles()[0]
    project.apply(SetVariable(article_id=article.id, attribute_id=TONE, value="bad"))
    book, other = project.codebook(), AttributeId(new_id())
    anew = tuple(with_values(each, id=other) if each.id == TONE else each for each in book.variables)
    project.apply(ReplaceCodebook(codebook=book.model_copy(update={"variables": anew})))
    assert project.review(article.id, ANA.id).variables == {other: "bad"}
    project.undo()
    assert project.review(article.id, ANA.id).variables == {TONE: "bad"}


def test_answers_and_links_go_with_their_questions_to_other_ids_and_back(project):
    actor = add(project, ACTOR, "minister", answers={TYPE: "state"})
    claim = add(project, CLAIM, "gate", answers={CLAIMANT: (AnnotationTarget(annotation=actor),)})
    book = project.codebook()
    others = {TYPE: AttributeId(new_id()), CLAIMANT: AttributeId(new_id())}
    codes = tuple(
        code.model_copy(
            update={
                "attributes": tuple(
                    with_values(each, id=others.get(each.id, each.id)) for each in code.attributes
                )
            }
        )
        for code in book.codes
    )

    def replace():
        return project.apply(ReplaceCodebook(codebook=book.model_copy(update={"codes": codes})))

    before = project.contents()
    replace()
    after = project.contents()
    project.undo()
    assert project.contents() == before
    project.redo()
    assert project.contents() == after
    assert project.annotation(actor).answers == {others[TYPE]: "state"}
    assert project.annotation(claim).answers == {others[CLAIMANT]: (AnnotationTarget(annotation=actor),)}


def test_a_published_version_stays_as_it_was_published(project):
    claim = project.codebook().code(CLAIM)
    project.apply(SaveCode(code=with_values(claim, definition="two")))
    project.apply(PublishCodebook(note="The pilot showed it"))
    kept, book = project.versions.all(), project.codebook()
    project.apply(SaveCode(code=with_values(claim, definition="three")))
    project.sign_in(BEN)
    project.apply(ReplaceCodebook(codebook=book))
    assert project.versions.all() == kept
    assert project.versions.unpublished() == ()


def test_an_empty_codebook_in_between_gives_no_number_twice(empty):
    first = codebook()
    empty.apply(ReplaceCodebook(codebook=first))
    empty.apply(SaveCode(code=with_values(first.code(CLAIM), definition="two")))
    empty.apply(PublishCodebook(note="second"))
    empty.apply(ReplaceCodebook(codebook=Codebook()))
    empty.apply(ReplaceCodebook(codebook=first))
    assert [each.number for each in empty.versions.all()] == [1, 2, 3, 4]
    assert [each.note for each in empty.versions.all()][1] == "second"
    assert empty.codebook().version == 4
    assert empty.versions.codebook(1).code(CLAIM) == first.code(CLAIM)


def test_every_answer_that_a_merge_loses_is_counted(project):
    one, two = (
        Code(id=CodeId(new_id()), name=name, colour="#000000") for name in ("First twin", "Second twin")
    )
    asked, other = AttributeId(new_id()), AttributeId(new_id())
    for code, attribute_id, choices in ((one, asked, ("a", "b")), (two, other, ("a", "c"))):
        project.apply(SaveCode(code=code))
        question = Attribute(id=attribute_id, name="x", kind=AttributeKind.CHOICE, choices=choices)
        project.apply(SaveAttribute(code_id=code.id, attribute=question))
    for code, quote, attribute_id, answer in (
        (one.id, "minister", asked, "a"),
        (two.id, "minister", other, "c"),
        (one.id, "gate", asked, "b"),
    ):
        annotation = add(project, code, quote)
        project.apply(SetAnswer(id=annotation, attribute_id=attribute_id, answer=answer))
    outcome = project.design.outcome(MergeCode(id=one.id, into=two.id))
    assert sum(outcome.fate.lost.values()) + outcome.differing == 2


def test_what_is_in_quarantine_is_not_to_be_looked_at_again(project):
    annotation = add(project, CLAIM, "minister")
    project.apply(SaveCode(code=with_values(project.codebook().code(CLAIM), definition="other")))
    project.apply(PublishCodebook())
    assert project.versions.queue_length() == 1
    project.quarantine = frozenset([annotation])
    assert (project.versions.queue(), project.versions.queue_length()) == ([], 0)
    with pytest.raises(UserError, match="does not fit its text"):
        project.apply(ConfirmAnnotations(ids=(annotation,)))


def test_a_layer_with_another_name_brings_nobody_back_who_links_to_it(project):
    add(project, CLAIM, "minister")
    project.apply(SaveCode(code=with_values(project.codebook().code(ACTOR), name="Actors")))
    project.apply(PublishCodebook())
    assert project.versions.queue() == []
