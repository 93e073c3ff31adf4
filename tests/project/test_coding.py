import pytest

from app.domain.answers import AnnotationTarget, EntityTarget, NotInText
from app.domain.articles import Draft
from app.domain.codebook import AttributeKind
from app.domain.entities import Entity
from app.domain.errors import UserError
from app.domain.ids import AnnotationId, EntityId, new_id
from app.domain.reviews import ReviewState
from app.domain.spans import Span
from app.project.commands import (
    AddAnnotation,
    ChangeCode,
    ChangeSpans,
    ImportArticles,
    MarkDone,
    RemoveAnnotations,
    ReplaceCodebook,
    SaveEntity,
    SetAnswer,
    SetDiscuss,
    SetMemo,
    SetNotes,
    SetVariable,
)
from app.project.project import Project
from tests.builders import (
    ACTOR,
    ANA,
    BEN,
    CLAIM,
    CLAIMANT,
    CONCERN,
    DATE,
    FIGURE,
    GATES,
    LABOUR,
    RELEVANT,
    ROLE,
    STANCE,
    TONE,
    TYPE,
    WHO,
    add,
    codebook,
    fill,
)


@pytest.fixture
def project(tmp_path, places):
    with Project.create(tmp_path / "study.rubric", places) as made:
        yield fill(made)


def spans_of(project, annotation_id):
    return [(f.span.start, f.span.end, f.quote) for f in project.annotation(annotation_id).fragments]


def test_an_annotation_keeps_spans_and_quotes_in_code_points(project):
    made = add(project, CLAIM, "We will open the gate,", "but not before winter.")
    assert spans_of(project, made) == [
        (1, 23, "We will open the gate,"),
        (45, 67, "but not before winter."),
    ]
    emoji = add(project, ACTOR, "🇺🇳")
    start = GATES.index("🇺🇳")
    assert spans_of(project, emoji) == [(start, start + 2, "🇺🇳")]
    assert project.annotation(emoji).coder_id == ANA.id


def test_every_verb_answers_with_what_it_changed(project):
    article = project.articles()[0]
    annotation_id = AnnotationId(new_id())
    changes = project.apply(
        AddAnnotation(id=annotation_id, article_id=article.id, code_id=ACTOR, spans=(Span(start=25, end=37),))
    )
    assert changes.step == "Code Actor: “the minister”"
    assert changes.annotations == {annotation_id}
    assert changes.coded == {article.id}
    assert changes.coders == {ANA.id}, "the coder enters the file with the first step"
    assert not changes.articles
    assert not changes.codebook
    answered = project.apply(SetAnswer(id=annotation_id, attribute_id=TYPE, answer="state"))
    assert (answered.coded, answered.annotations) == ({article.id}, {annotation_id})


def test_touching_spans_become_one_fragment(project):
    article = project.articles()[0]
    made = AnnotationId(new_id())
    spans = (Span(start=10, end=14), Span(start=3, end=10))
    project.apply(AddAnnotation(id=made, article_id=article.id, code_id=ACTOR, spans=spans))
    assert [(s, e) for s, e, _ in spans_of(project, made)] == [(3, 14)]


@pytest.mark.parametrize(
    ("spans", "complaint"), [((), "Select some text"), ((Span(start=0, end=10_000),), "outside the article")]
)
def test_spans_that_are_not_in_the_text_are_refused(project, spans, complaint):
    article = project.articles()[0]
    with pytest.raises(UserError, match=complaint):
        project.apply(
            AddAnnotation(id=AnnotationId(new_id()), article_id=article.id, code_id=ACTOR, spans=spans)
        )
    assert project.passages(article.id) == []


def test_the_same_code_on_the_same_spans_is_refused_but_another_is_not(project):
    add(project, ACTOR, "the minister")
    with pytest.raises(UserError, match="coded Actor already"):
        add(project, ACTOR, "the minister")
    add(project, CLAIM, "the minister")
    add(project, ACTOR, "minister")
    project.sign_in(BEN)
    add(project, ACTOR, "the minister")


def test_codes_of_an_exclusive_layer_do_not_overlap(project):
    codes = tuple(
        code.model_copy(update={"exclusive": True}) if code.id == CONCERN else code
        for code in codebook().codes
    )
    project.apply(ReplaceCodebook(codebook=codebook().model_copy(update={"codes": codes})))
    add(project, CONCERN, "the camp unfit")
    with pytest.raises(UserError, match="exclude each other"):
        add(project, LABOUR, "unfit")
    add(project, LABOUR, "for children")


def test_nobody_changes_another_coders_annotation(project):
    made = add(project, ACTOR, "the minister")
    project.sign_in(BEN)
    for command in (
        RemoveAnnotations(ids=(made,)),
        ChangeCode(id=made, code_id=CLAIM),
        ChangeSpans(id=made, spans=(Span(start=0, end=4),)),
        SetMemo(id=made, memo="x"),
        SetAnswer(id=made, attribute_id=TYPE, answer="state"),
    ):
        with pytest.raises(UserError, match="another coder's"):
            project.apply(command)


def test_coding_needs_somebody_at_work(project):
    project.sign_in(None)
    with pytest.raises(UserError, match="who is coding"):
        add(project, ACTOR, "the minister")


def test_deleting_an_annotation_takes_links_to_it_along_and_undo_brings_them_back(project):
    actor = add(project, ACTOR, "the minister")
    claim = add(
        project,
        CLAIM,
        "We will open the gate,",
        answers={CLAIMANT: (AnnotationTarget(annotation=actor),), STANCE: "for"},
    )
    before = project.contents()
    project.apply(RemoveAnnotations(ids=(actor,)))
    assert CLAIMANT not in project.annotation(claim).answers
    assert project.annotation(claim).answers[STANCE] == "for"
    project.undo()
    assert project.contents() == before
    assert project.annotation(claim).answers[CLAIMANT] == (AnnotationTarget(annotation=actor),)


def test_links_stay_inside_one_article_coder_and_layer(project):
    actor = add(project, ACTOR, "the minister")
    elsewhere = add(project, ACTOR, "Pickers", article=1)
    claim = add(project, CLAIM, "We will open")

    def link(target):
        answer = (AnnotationTarget(annotation=target),)
        return project.apply(SetAnswer(id=claim, attribute_id=CLAIMANT, answer=answer))

    with pytest.raises(UserError, match="inside one article"):
        link(elsewhere)
    with pytest.raises(UserError, match="link to itself"):
        link(claim)
    with pytest.raises(UserError, match="links to Actor, not to Claim"):
        link(add(project, CLAIM, "but not"))
    with pytest.raises(UserError, match="no longer in the project"):
        link(AnnotationId(new_id()))
    link(actor)
    project.apply(SetAnswer(id=claim, attribute_id=CLAIMANT, answer=(NotInText(),)))
    assert project.annotation(claim).answers[CLAIMANT] == (NotInText(),)


def test_entities_are_answers_once_they_are_in_the_register(project):
    entity = Entity(id=EntityId(new_id()), name="Ministry", aliases=("the ministry",))
    actor = add(project, ACTOR, "the minister")
    answer = (EntityTarget(entity=entity.id),)
    with pytest.raises(UserError, match="no longer in the register"):
        project.apply(SetAnswer(id=actor, attribute_id=WHO, answer=answer))
    project.apply(SaveEntity(entity=entity))
    project.apply(SetAnswer(id=actor, attribute_id=WHO, answer=answer))
    assert project.annotation(actor).answers[WHO] == answer
    assert project.entities() == [entity]


def test_growing_keeps_answers_and_changing_the_code_keeps_what_is_still_asked(project):
    made = add(project, CONCERN, "the camp", answers={FIGURE: 12.0}, memo="why", discuss=True)
    project.apply(
        ChangeSpans(id=made, spans=(Span(start=GATES.index("the camp"), end=GATES.index("\u00a0for")),))
    )
    assert spans_of(project, made)[0][2] == "the camp unfit"
    project.apply(ChangeCode(id=made, code_id=LABOUR))
    after = project.annotation(made)
    assert (after.code_id, after.answers, after.memo, after.discuss) == (LABOUR, {FIGURE: 12.0}, "why", True)
    project.apply(ChangeCode(id=made, code_id=ACTOR))
    assert project.annotation(made).answers == {}


def test_memo_and_flag(project):
    made = add(project, ACTOR, "the minister")
    assert project.apply(SetMemo(id=made, memo="sure?")).step == "Memo: “the minister”"
    assert project.apply(SetDiscuss(id=made, discuss=True)).step == "Discuss: “the minister”"
    assert project.annotation(made).memo == "sure?"
    assert project.annotation(made).discuss


def test_done_without_annotations_is_nothing_found_and_follows_what_is_coded(project):
    article = project.articles()[1]
    assert project.review(article.id, ANA.id).state is ReviewState.NOT_OPENED
    assert project.apply(MarkDone(article_id=article.id)).step.startswith("Done, nothing found")
    review = project.review(article.id, ANA.id)
    assert (review.state, review.nothing_found) == (ReviewState.DONE, True)
    made = add(project, ACTOR, "Pickers", article=1)
    assert not project.review(article.id, ANA.id).nothing_found
    project.apply(RemoveAnnotations(ids=(made,)))
    assert project.review(article.id, ANA.id).nothing_found
    project.apply(MarkDone(article_id=article.id, done=False))
    review = project.review(article.id, ANA.id)
    assert (review.nothing_found, review.done_at) == (False, "")


def test_notes_variables_and_visits_belong_to_one_coder(project):
    article = project.articles()[0]
    project.apply(SetNotes(article_id=article.id, notes="odd"))
    project.apply(SetVariable(article_id=article.id, attribute_id=RELEVANT, value=True))
    project.visit(article.id, seconds=12.5, offset=7)
    project.visit(article.id, seconds=2.5, offset=9)
    mine = project.review(article.id, ANA.id)
    assert (mine.notes, mine.variables, mine.seconds, mine.offset) == ("odd", {RELEVANT: True}, 15.0, 9)
    assert project.review(article.id, BEN.id).state is ReviewState.NOT_OPENED
    project.apply(SetVariable(article_id=article.id, attribute_id=RELEVANT, value=None))
    assert project.review(article.id, ANA.id).variables == {}


def test_a_visit_is_not_a_step(project):
    before = project.undoable()
    project.visit(project.articles()[0].id, seconds=5, offset=3)
    assert project.undoable() == before


def test_texts_that_are_there_already_do_not_enter_again(project):
    changes = project.apply(
        ImportArticles(drafts=(Draft(text=GATES), Draft(text="New."), Draft(text="New.")))
    )
    assert changes.step == "Import 1 article"
    assert [article.title for article in project.articles()][-1] == "New."
    assert [article.position for article in project.articles()] == [0, 1, 2, 3]


def test_undoing_an_import_and_redoing_it_brings_text_and_time_back(project):
    project.apply(ImportArticles(drafts=(Draft(text="New words."),)))
    article = project.articles()[-1]
    project.visit(article.id, seconds=4, offset=2)
    project.undo()
    assert len(project.articles()) == 3
    assert list(project.reviews()) == []
    project.redo()
    assert project.text(project.articles()[-1]) == "New words."
    assert project.review(article.id, ANA.id).seconds == 4


def test_a_codebook_keeps_what_is_in_use_and_counts_its_versions(project):
    add(project, LABOUR, "the camp", answers={FIGURE: 3.0})
    without = tuple(code for code in codebook().codes if code.id != LABOUR)
    with pytest.raises(UserError, match=r"forced labour \(1 annotation\)"):
        project.apply(ReplaceCodebook(codebook=codebook().model_copy(update={"codes": without})))
    unasked = tuple(code.model_copy(update={"attributes": ()}) for code in codebook().codes)
    with pytest.raises(UserError, match=r"“figure” is no longer asked \(1 answer\)"):
        project.apply(ReplaceCodebook(codebook=codebook().model_copy(update={"codes": unasked})))
    renamed = tuple(
        code.model_copy(update={"name": "coerced work"}) if code.id == LABOUR else code
        for code in codebook().codes
    )
    changes = project.apply(ReplaceCodebook(codebook=codebook().model_copy(update={"codes": renamed})))
    assert changes.codebook
    assert project.codebook().version == 2
    assert project.codebook().code(LABOUR).name == "coerced work"
    project.undo()
    assert project.codebook() == codebook()


def test_a_new_codebook_that_is_the_old_one_is_no_step(project):
    count = project.step_count()
    assert project.apply(ReplaceCodebook(codebook=codebook())).nothing
    assert project.step_count() == count


def changed(**by_id):
    """The codebook with other values for attributes and variables, None to drop one."""

    def kept(questions):
        return tuple(
            each.model_copy(update=by_id.get(each.id, {}))
            for each in questions
            if by_id.get(each.id, {}) is not None
        )

    book = codebook()
    codes = tuple(code.model_copy(update={"attributes": kept(code.attributes)}) for code in book.codes)
    return book.model_copy(update={"codes": codes, "variables": kept(book.variables)})


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({TYPE: None}, "“type” is no longer asked (2 answers)"),
        ({TYPE: {"choices": ("NGO", "media")}}, "“type” lacks “state” (2 answers)"),
        ({ROLE: {"choices": ("speaker",)}}, "“role” lacks “victim” (1 answer)"),
        (
            {TYPE: {"kind": AttributeKind.NUMBER, "choices": ()}},
            "“type” would become a question of the kind number (2 answers)",
        ),
        (
            {CLAIMANT: {"kind": AttributeKind.ENTITY, "targets": ()}},
            "“claimant” would become a question of the kind entity (1 answer)",
        ),
        ({TONE: None}, "“tone” is no longer asked (1 answer)"),
        ({TONE: {"choices": ("bad",)}}, "“tone” lacks “good” (1 answer)"),
        (
            {RELEVANT: {"kind": AttributeKind.TEXT}, TONE: None},
            "“relevance” would become a question of the kind text (1 answer); “tone” is no longer asked (1 answer)",
        ),
    ],
)
def test_a_codebook_that_does_not_fit_answers_is_refused_and_nothing_is_lost(project, change, reason):
    article = project.articles()[0]
    actor = add(project, ACTOR, "the minister", answers={TYPE: "state", ROLE: ("speaker", "victim")})
    add(project, ACTOR, "groups", answers={TYPE: "state"})
    add(project, CLAIM, "We will open", answers={CLAIMANT: (AnnotationTarget(annotation=actor),)})
    project.apply(SetVariable(article_id=article.id, attribute_id=TONE, value="good"))
    project.apply(SetVariable(article_id=article.id, attribute_id=RELEVANT, value=True))
    before = project.contents(history=True)
    with pytest.raises(UserError) as caught:
        project.apply(ReplaceCodebook(codebook=changed(**change)))
    assert reason in "; ".join(sorted(str(caught.value).split(": ", 1)[1].split(". Keep")[0].split("; ")))
    assert project.contents(history=True) == before


def test_questions_may_change_where_no_answer_stands_against_it(project):
    add(project, ACTOR, "the minister", answers={TYPE: "state"})
    add(project, CLAIM, "We will open", answers={DATE: "2026-05"})
    change = {
        TYPE: {"choices": ("media", "state"), "name": "sort"},
        DATE: {"kind": AttributeKind.TEXT},
        STANCE: None,
        TONE: {"choices": ("bad",)},
    }
    project.apply(ReplaceCodebook(codebook=changed(**change)))
    assert project.codebook().version == 2
