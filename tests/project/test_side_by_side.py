"""What is read of one article to compare its coders, and how it is put into words."""

import pytest

from app.domain.answers import AnnotationTarget, EntityTarget, NotInText
from app.domain.coders import Coder
from app.domain.comparing import DifferenceKind
from app.domain.entities import Entity
from app.domain.errors import UserError
from app.domain.ids import CoderId, EntityId, new_id
from app.domain.progress import unheard
from app.domain.reviews import ReviewState
from app.domain.side_by_side import sites
from app.project.commands import MarkDone, SaveEntity
from app.project.project import Project
from app.project.side_by_side import SideReader
from app.project.site_words import compared, said
from tests.builders import ACTOR, ANA, BEN, CLAIM, CLAIMANT, CONCERN, LABOUR, STANCE, TYPE, WHO, add

CLEO = Coder(id=CoderId(new_id()), name="Cleo")
GATE = "We will open the gate"


@pytest.fixture
def project(study, places):
    with Project.open(study, places) as made:
        made.sign_in(ANA)
        yield made


def done(project, coder, *marks):
    """Sign a coder in, code quotes in the first article, and mark it done."""
    project.sign_in(coder)
    made = [add(project, code, quote, answers=answers) for code, quote, answers in marks]
    project.apply(MarkDone(article_id=project.articles()[0].id, reason="seen"))
    return made


def sides(project):
    reader = SideReader(project.path)
    try:
        return {side.coder.id: side for side in reader.read(project.articles()[0].id, unheard)}
    finally:
        reader.close()


def places_of(project):
    book = project.codebook()
    codings = {coder: side.spans for coder, side in sides(project).items()}
    return sites(codings, {code.id: book.layer(code.id).id for code in book.codes})


def test_everybody_is_read_with_how_far_each_is(project):
    done(project, ANA, (CLAIM, GATE, {}), (ACTOR, "the minister", {TYPE: "state"}))
    project.sign_in(BEN)
    add(project, CLAIM, GATE)
    read = sides(project)
    assert [(read[each.id].state, len(read[each.id].spans)) for each in (ANA, BEN)] == [
        (ReviewState.DONE, 2),
        (ReviewState.IN_PROGRESS, 1),
    ]
    assert [span.quote for span in read[ANA.id].spans] == [GATE, "the minister"]
    assert read[ANA.id].spans[1].answers == {TYPE: "state"}


def test_what_was_agreed_on_and_what_does_not_fit_is_left_out(project):
    agreed, moved, kept = done(project, ANA, (CLAIM, GATE, {}), (CLAIM, "winter", {}), (CLAIM, "camp", {}))
    with project._file.step("", ANA.id):
        project._file.annotations.change(agreed, consensus=1)
        project._file._db.execute("UPDATE fragment SET quote = 'summer' WHERE annotation_id = ?", (moved,))
    assert [span.id for span in sides(project)[ANA.id].spans] == [kept]


def test_an_article_that_is_gone_is_refused(project):
    reader = SideReader(project.path)
    with pytest.raises(UserError, match="no longer in the project"):
        reader.read(new_id(), unheard)
    reader.close()


def test_a_reader_sees_what_was_written_since(project):
    reader, article = SideReader(project.path), project.articles()[0].id
    assert reader.read(article, unheard) == ()
    done(project, ANA, (CLAIM, GATE, {}))
    (side,) = reader.read(article, unheard)
    assert len(side.spans) == 1
    reader.close()
    reader.close()


def test_what_each_marked_is_told_beside_the_first(project):
    done(project, ANA, (CLAIM, GATE, {}), (LABOUR, "children", {}))
    done(project, BEN, (CLAIM, f"{GATE},”", {}), (CONCERN, "children", {}))
    done(project, CLEO, (CLAIM, "open the gate,”", {}))
    claim, concern = places_of(project)
    book = project.codebook()
    assert said(claim, book) == {
        ANA.id: "Claim",
        BEN.id: "Claim, 2 characters longer",
        CLEO.id: "Claim, starts 8 later, ends 2 later",
    }
    assert said(concern, book) == {ANA.id: "forced labour", BEN.id: "Concern", CLEO.id: "nothing"}


def test_other_edges_inside_an_interrupted_annotation_are_told(project):
    for coder, inner in ((ANA, "We will open"), (BEN, "We will")):
        project.sign_in(coder)
        add(project, CLAIM, inner, "not before winter")
    (site,) = places_of(project)
    assert site.kind is DifferenceKind.EDGES
    told = said(site, project.codebook())
    assert told[ANA.id] != told[BEN.id]
    assert any(words.endswith("in 2 fragments, other edges inside") for words in told.values())


def test_long_quotes_that_differ_at_their_end_stand_apart(project):
    quote = project.text(project.articles()[0])[:120]
    for coder, words in ((ANA, quote), (BEN, quote[:-1])):
        project.sign_in(coder)
        add(project, CLAIM, words)
    (site,) = places_of(project)
    words = next(row for row in compared(site, project.codebook(), {}) if row.question == "words")
    assert len({each for each, _coders in words.answers}) == 2


def test_answers_are_grouped_and_what_differs_comes_first(project):
    ministry = Entity(id=EntityId(new_id()), name="Ministry")
    project.apply(SaveEntity(entity=ministry))
    for coder, stance in ((ANA, "for"), (BEN, "against"), (CLEO, "for")):
        project.sign_in(coder)
        actor = add(project, ACTOR, "the minister", answers={WHO: (EntityTarget(entity=ministry.id),)})
        target = NotInText() if coder is CLEO else AnnotationTarget(annotation=actor)
        add(project, CLAIM, GATE, answers={STANCE: stance, CLAIMANT: (target,)})
        project.apply(MarkDone(article_id=project.articles()[0].id, reason="seen"))
    claim, actor = places_of(project)
    spans = {span.id: span for side in sides(project).values() for span in side.spans}
    rows = {row.question: row for row in compared(claim, project.codebook(), spans)}
    assert list(rows) == ["code", "words", "claimant", "stance"]
    assert rows["claimant"].answers == (
        ("“the minister”", (ANA.id, BEN.id)),
        ("not in this text", (CLEO.id,)),
    )
    assert rows["stance"].answers == (("for", (ANA.id, CLEO.id)), ("against", (BEN.id,)))
    assert not rows["code"].differs
    entity = next(row for row in compared(actor, project.codebook(), spans) if row.question == "entity")
    assert entity.answers == (("Ministry", (ANA.id, BEN.id, CLEO.id)),)


def test_articles_that_several_have_done_are_known(project):
    first, second, _third = (each.id for each in project.articles())
    done(project, ANA)
    assert project.collection.done_by_several() == frozenset()
    done(project, BEN)
    project.apply(MarkDone(article_id=second))
    assert project.collection.done_by_several() == {first}
