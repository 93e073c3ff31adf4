"""Random verbs with undo, redo, close and reopen, held against a model of snapshots."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app.domain.answers import AnnotationTarget, EntityTarget, NotInText
from app.domain.articles import Draft
from app.domain.codebook import Attribute, AttributeKind, Code
from app.domain.editing import owner, with_values
from app.domain.entities import Entity, LinkKey
from app.domain.errors import UserError
from app.domain.ids import AnnotationId, AttributeId, CodeId, EntityId, SampleId, new_id
from app.domain.ordering import OrderKind
from app.domain.sampling import Share
from app.domain.spans import Span
from app.project.commands import (
    AddAnnotation,
    ChangeCode,
    ChangeSpans,
    CodeOccurrences,
    ImportArticles,
    MarkDone,
    MergeEntities,
    Occurrence,
    RemoveAnnotations,
    RemoveEntities,
    RenameProject,
    SaveEntity,
    SetAnswer,
    SetDiscuss,
    SetMemo,
    SetNotes,
    SetVariable,
    SetWords,
    SplitEntity,
)
from app.project.commands_articles import (
    DrawSample,
    EditArticles,
    RemoveArticles,
    RemoveSamples,
    RenameSample,
    SetOrder,
)
from app.project.commands_codebook import (
    ConfirmAnnotations,
    MergeCode,
    MoveAttribute,
    MoveCode,
    PublishCodebook,
    RemoveAttribute,
    RemoveCode,
    SaveAttribute,
    SaveCode,
)
from app.project.project import Project
from app.system.paths import Places
from tests.builders import (
    ACTOR,
    ANA,
    BEN,
    CLAIM,
    CLAIMANT,
    CONCERN,
    DIRECT,
    FIGURE,
    LABOUR,
    RELEVANT,
    ROLE,
    STANCE,
    TYPE,
    WHO,
    fill,
    term,
)

CODES = st.sampled_from([ACTOR, CLAIM, CONCERN, LABOUR])
SPANS = st.lists(st.tuples(st.integers(0, 55), st.integers(1, 15)), min_size=1, max_size=3).map(
    lambda pairs: tuple(Span(start=start, end=start + length) for start, length in pairs)
)
PICK = st.integers(0, 10_000)
WORDS = st.text(alphabet="aé😀\u0301\n\"'习", max_size=6)
ANSWERS = st.sampled_from(
    [
        (TYPE, "state"),
        (ROLE, ("speaker", "victim")),
        (STANCE, "for"),
        (DIRECT, False),
        (FIGURE, 3.5),
        (FIGURE, None),
    ]
)


class ProjectMachine(RuleBasedStateMachine):
    """The model is a list of snapshots, a place in it and who made each, as a person imagines undo."""

    @initialize()
    def begin(self):
        self.folder = Path(tempfile.mkdtemp())
        self.places = Places(self.folder / "s", self.folder / "d", self.folder / "l")
        self.path = self.folder / "study.rubric"
        self.project = fill(Project.create(self.path, self.places))
        self.snapshots = [self.snapshot()]
        self.by = [None]
        self.at = 0

    def snapshot(self):
        """Everything but texts, which stay for a redo, and visits, which are no steps."""
        contents = self.project.contents()
        return {table: rows for table, rows in contents.items() if table not in ("text", "visit")}

    def do(self, command):
        """Apply; a refusal must change nothing, a step is one more snapshot, and ends what could be redone."""
        try:
            changes = self.project.apply(command)
        except UserError:
            return
        if not changes.nothing:
            self.snapshots = [*self.snapshots[: self.at + 1], self.snapshot()]
            self.by = [*self.by[: self.at + 1], self.project.coder]
            self.at += 1

    def some_annotation(self, pick):
        found = [
            each.id for article in self.project.articles() for each in self.project.annotations(article.id)
        ]
        return found[pick % len(found)] if found else AnnotationId(new_id())

    def some_article(self, pick):
        articles = self.project.articles()
        return articles[pick % len(articles)].id

    @rule(pick=PICK, code=CODES, spans=SPANS, memo=WORDS)
    def add(self, pick, code, spans, memo):
        article = self.some_article(pick)
        made = AnnotationId(new_id())
        self.do(AddAnnotation(id=made, article_id=article, code_id=code, spans=spans, memo=memo))

    @rule(pick=PICK, code=CODES, spans=SPANS)
    def add_in_many_places(self, pick, code, spans):
        places = [(self.some_article(pick + number), span) for number, span in enumerate(spans)]
        occurrences = tuple(
            Occurrence(id=AnnotationId(new_id()), article_id=article, span=span) for article, span in places
        )
        self.do(CodeOccurrences(code_id=code, occurrences=occurrences))

    @rule(pick=PICK, more=st.integers(0, 2))
    def remove(self, pick, more):
        self.do(RemoveAnnotations(ids=tuple({self.some_annotation(pick + each) for each in range(more + 1)})))

    @rule(pick=PICK, code=CODES)
    def change_code(self, pick, code):
        self.do(ChangeCode(id=self.some_annotation(pick), code_id=code))

    @rule(pick=PICK, spans=SPANS)
    def change_spans(self, pick, spans):
        self.do(ChangeSpans(id=self.some_annotation(pick), spans=spans))

    @rule(pick=PICK, answer=ANSWERS)
    def answer(self, pick, answer):
        self.do(SetAnswer(id=self.some_annotation(pick), attribute_id=answer[0], answer=answer[1]))

    @rule(pick=PICK, other=PICK)
    def link(self, pick, other):
        answer = (AnnotationTarget(annotation=self.some_annotation(other)),) if other % 4 else (NotInText(),)
        self.do(SetAnswer(id=self.some_annotation(pick), attribute_id=CLAIMANT, answer=answer))

    @rule(pick=PICK, memo=WORDS, flag=st.booleans())
    def annotate_further(self, pick, memo, flag):
        self.do(SetMemo(id=self.some_annotation(pick), memo=memo))
        self.do(SetDiscuss(id=self.some_annotation(pick), discuss=flag))

    @rule(
        pick=PICK,
        done=st.booleans(),
        reason=WORDS,
        notes=WORDS,
        relevant=st.sampled_from([True, False, None]),
    )
    def review(self, pick, done, reason, notes, relevant):
        article = self.some_article(pick)
        self.do(MarkDone(article_id=article, done=done, reason=reason))
        self.do(SetNotes(article_id=article, notes=notes))
        self.do(SetVariable(article_id=article, attribute_id=RELEVANT, value=relevant))

    @rule(text=WORDS.filter(str.strip))
    def bring_in(self, text):
        self.do(ImportArticles(drafts=(Draft(text=text), Draft(text=text + " more"))))

    @rule(name=WORDS.filter(str.strip))
    def name_things(self, name):
        self.do(SaveEntity(entity=Entity(id=EntityId(new_id()), name=name, aliases=(name, "x"))))
        self.do(RenameProject(name=name))

    def some_entity(self, pick):
        found = self.project.entities()
        return found[pick % len(found)].id if found else EntityId(new_id())

    @rule(pick=PICK, picks=st.lists(PICK, min_size=1, max_size=3))
    def link_entities(self, pick, picks):
        answer = tuple(EntityTarget(entity=self.some_entity(each)) for each in picks)
        self.do(SetAnswer(id=self.some_annotation(pick), attribute_id=WHO, answer=answer))

    @rule(pick=PICK, picks=st.lists(PICK, min_size=1, max_size=3))
    def merge(self, pick, picks):
        others = tuple(self.some_entity(each) for each in picks)
        self.do(MergeEntities(survivor=self.some_entity(pick), others=others))

    @rule(pick=PICK, other=PICK, name=WORDS.filter(str.strip))
    def split(self, pick, other, name):
        links = (LinkKey(self.some_annotation(pick), WHO),)
        to = Entity(id=EntityId(new_id()), name=name) if other % 2 else self.some_entity(other)
        for entity in self.project.entities():
            self.do(SplitEntity(id=entity.id, links=links, to=to))
        self.do(RemoveEntities(ids=(self.some_entity(pick),)))

    @rule(pick=PICK, pattern=WORDS.filter(lambda text: text.strip() and "\n" not in text), on=st.booleans())
    def list_words(self, pick, pattern, on):
        terms = list(self.project.words())
        terms.insert(pick % (len(terms) + 1), term(pattern, on=on))
        if pick % 3 == 0:
            terms.reverse()
        self.do(SetWords(terms=tuple(terms[:3])))

    def some_code(self, pick):
        codes = self.project.codebook().codes
        return codes[pick % len(codes)]

    def some_attribute(self, pick):
        book = self.project.codebook()
        every = [*(each for code in book.codes for each in code.attributes), *book.variables]
        return every[pick % len(every)] if every else None

    @rule(pick=PICK, below=st.booleans(), text=WORDS)
    def write_codes(self, pick, below, text):
        code = self.some_code(pick)
        made = Code(
            id=CodeId(new_id()), name=f"c{pick % 9}", colour="#000000", parent=code.id if below else None
        )
        self.do(SaveCode(code=made, after=code.id))
        self.do(SaveCode(code=with_values(code, definition=text, exclusive=not (below or code.parent))))

    @rule(pick=PICK, other=PICK, drop=st.booleans())
    def arrange_codes(self, pick, other, drop):
        code, target = self.some_code(pick), self.some_code(other)
        if len(self.project.codebook().codes) > 3:
            self.do(RemoveCode(id=code.id))
        self.do(MoveCode(id=code.id, parent=target.id if drop else target.parent, before=target.id))

    @rule(pick=PICK, other=PICK, drop=st.booleans())
    def merge_codes(self, pick, other, drop):
        code, into = self.some_code(pick), self.some_code(other)
        before = sum(self.project.annotation_counts().values())
        joined = 0
        if code.id != into.id:
            try:
                joined = len(self.project.design.outcome(MergeCode(id=code.id, into=into.id)).joined)
            except UserError:
                return
        self.do(MergeCode(id=code.id, into=into.id, drop_answers=drop))
        assert sum(self.project.annotation_counts().values()) in (before, before - joined)

    @rule(pick=PICK, other=PICK, kind=st.sampled_from(AttributeKind), drop=st.booleans())
    def ask_otherwise(self, pick, other, kind, drop):
        asked, code = self.some_attribute(pick), self.some_code(other)
        choices = ("state", "for") if "choice" in kind else ()
        made = Attribute(id=AttributeId(new_id()), name=f"q{pick % 5}", kind=kind, choices=choices)
        self.do(SaveAttribute(code_id=code.id if drop else None, attribute=made))
        if asked is None:
            return
        place = owner(self.project.codebook(), asked.id)
        values = {"kind": kind, "choices": choices, "targets": (), "default": None}
        wish = SaveAttribute(code_id=place, attribute=with_values(asked, **values), drop_answers=drop)
        self.do(wish.model_copy(update={"choices": {"NGO": "state", "against": "for"}}))
        self.do(MoveAttribute(id=asked.id, code_id=code.id, drop_answers=drop))
        if pick % 4 == 0:
            self.do(RemoveAttribute(id=asked.id, drop_answers=drop))

    @rule(pick=PICK, note=WORDS)
    def publish(self, pick, note):
        self.do(PublishCodebook(note=note))
        queue = self.project.versions.queue()
        self.do(ConfirmAnnotations(ids=tuple(each.annotation_id for each in queue[: pick % 4])))

    @rule(pick=PICK, source=WORDS, key=st.sampled_from(["page", "desk"]), value=st.none() | WORDS)
    def edit_articles(self, pick, source, key, value):
        some = tuple(self.some_article(pick + each) for each in range(2))
        self.do(EditArticles(ids=some, source=source, metadata={key: value}))

    @rule(pick=PICK)
    def remove_articles(self, pick):
        if self.project.article_count() > 2:
            some = self.some_article(pick)
            self.do(RemoveArticles(ids=(some,)))
            if pick % 3 == 0 and self.project.article_line(some):
                self.do(RemoveArticles(ids=(some,), even_if_coded=True))

    @rule(kind=st.sampled_from(list(OrderKind)), seed=st.integers(0, 3))
    def set_order(self, kind, seed):
        self.do(SetOrder(kind=kind, seed=seed))

    @rule(pick=PICK, name=WORDS, share=st.sampled_from(list(Share)))
    def sample(self, pick, name, share):
        made = SampleId(new_id())
        stratify = ("", "outlet", "page")[pick % 3]
        self.do(DrawSample(id=made, name=name, size=pick % 4 + 1, seed=pick, stratify=stratify, share=share))
        samples = self.project.collection.samples()
        if samples and pick % 5 == 0:
            self.do(RemoveSamples(ids=(samples[0].id,)))
        elif samples:
            self.do(RenameSample(id=samples[0].id, name=f"{name}x"))

    @rule(pick=PICK, seconds=st.floats(0, 100))
    def visit(self, pick, seconds):
        self.project.visit(self.some_article(pick), seconds=seconds, offset=pick % 40)

    @rule(coder=st.sampled_from([ANA, BEN]))
    def change_coder(self, coder):
        self.project.sign_in(coder)

    @rule()
    def undo(self):
        if self.by[self.at] != self.project.coder:
            # What came before is the setting up, or another coder's work.
            assert self.project.undoable() == ""
            with pytest.raises(UserError, match="not a step of yours"):
                self.project.undo()
            return
        self.project.undo()
        self.at -= 1

    @rule()
    def redo(self):
        if self.at + 1 == len(self.snapshots):
            assert self.project.redoable() == ""
            return
        if self.by[self.at + 1] != self.project.coder:
            assert self.project.redoable() == ""
            with pytest.raises(UserError, match="not a step of yours"):
                self.project.redo()
            return
        self.project.redo()
        self.at += 1

    @rule()
    def close_and_reopen(self):
        coder = self.project.coder
        self.project.close()
        assert [path.name for path in self.folder.glob("study*")] == ["study.rubric"]
        self.project = Project.open(self.path, self.places)
        self.project.sign_in(coder)

    @invariant()
    def the_project_is_what_the_model_says(self):
        assert self.snapshot() == self.snapshots[self.at]

    @invariant()
    def every_quote_fits_its_text(self):
        for article in self.project.articles():
            text = self.project.text(article)
            assert all(annotation.fits(text) for annotation in self.project.annotations(article.id))

    @invariant()
    def versions_are_kept_and_every_answer_is_to_a_question_of_the_codebook(self):
        book, kept = self.project.codebook(), self.project.versions.all()
        assert kept[-1].number == book.version
        asked = {each.id for code in book.codes for each in code.attributes}
        for article in self.project.articles():
            for annotation in self.project.annotations(article.id):
                assert annotation.codebook_version <= book.version
                assert {each.id for each in book.path(annotation.code_id)}
                assert asked.issuperset(annotation.answers)

    def teardown(self):
        if hasattr(self, "project"):
            self.project.close()
            shutil.rmtree(self.folder)


TestProjectMachine = ProjectMachine.TestCase
TestProjectMachine.settings = settings(max_examples=40, stateful_step_count=40)
