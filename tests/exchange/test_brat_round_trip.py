"""What goes out as brat comes back, whatever the texts, codes and answers; and brat's own rules are kept."""

import json
import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.answers import AnnotationTarget, EntityTarget, NotInText
from app.domain.articles import Draft
from app.domain.codebook import Attribute, AttributeKind, Code, Codebook
from app.domain.entities import Entity
from app.domain.errors import UserError
from app.domain.ids import AnnotationId, AttributeId, CodeId, EntityId, new_id
from app.domain.spans import Span
from app.exchange.brat_names import annotation_conf, escaped, names_for, unescaped, visual_conf
from app.exchange.brat_read import BratReader
from app.exchange.formats import ExportOptions
from app.project.commands import AddAnnotation, ImportArticles, MarkDone, SaveEntity
from app.project.exporting import export
from app.project.project import Project
from app.project.staging_coded import CodedWishes, stage_coded
from tests import builders as b

TEXTS = st.text(st.sampled_from("ab \n\t\u2028é🚚\u0301ع"), min_size=3, max_size=25).filter(str.strip)
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8).filter(str.strip)
ANSWERS = {
    b.ACTOR: {
        b.TYPE: st.sampled_from(["state", "NGO"]),
        b.ROLE: st.sampled_from([("speaker",), ("speaker", "victim")]),
    },
    b.CLAIM: {
        b.STANCE: st.sampled_from(["against", "for"]),
        b.DATE: st.just("2026-05"),
        b.DIRECT: st.booleans(),
        b.NOTE: WORDS,
        b.CLAIMANT: st.just((NotInText(),)),
    },
    b.LABOUR: {b.FIGURE: st.floats(allow_nan=False, allow_infinity=False)},
}
ENTITY = Entity(id=EntityId(new_id()), name="A\\n | b", aliases=("c",))


@st.composite
def wishes(draw, text):
    """One annotation of a text: code, spans of which none is line ends alone, and whatever can be said of it."""
    code = draw(st.sampled_from(list(ANSWERS)))
    points = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=6)))
    pairs = list(zip(points[::2], points[1::2], strict=False))
    spans = tuple(Span(start=start, end=end) for start, end in pairs if text[start:end].strip("\n"))
    answers = draw(st.fixed_dictionaries({}, optional=ANSWERS[code]))
    return code, spans, answers, draw(st.one_of(st.just(""), WORDS)), draw(st.booleans())


def code_one(project, article, wish):
    code, spans, answers, memo, discuss = wish
    there = project.annotations(article.id)
    mine = [each for each in there if each.coder_id == project.coder.id and each.code_id == b.ACTOR]
    if code == b.CLAIM and mine:
        answers = {**answers, b.CLAIMANT: tuple(AnnotationTarget(annotation=each.id) for each in mine)}
    if code == b.ACTOR and discuss:
        answers = {**answers, b.WHO: (EntityTarget(entity=ENTITY.id),)}
    if not spans or any(
        (each.coder_id, each.code_id) == (project.coder.id, code)
        and tuple(fragment.span for fragment in each.fragments) == spans
        for each in there
    ):
        return
    project.apply(
        AddAnnotation(
            id=AnnotationId(new_id()),
            article_id=article.id,
            code_id=code,
            spans=spans,
            answers=answers,
            memo=memo,
            discuss=discuss,
        )
    )


def held(project):
    """What brat and the manifest can hold of a project."""
    moments = {"created_at": "", "updated_at": "", "codebook_version": 1}
    articles = project.articles()
    return {
        "codebook": project.codebook().model_copy(update={"version": 1}),
        "articles": {(project.text(each), each.title, each.source) for each in articles},
        "entities": project.entities(),
        "coders": {each.id for each in project.coders()},
        "annotations": sorted(
            (
                each.model_copy(update=moments)
                for article in articles
                for each in project.annotations(article.id)
            ),
            key=lambda each: each.id,
        ),
        "done": sorted((each.article_id, each.coder_id) for each in project.reviews() if each.done_at),
    }


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), texts=st.lists(TEXTS, min_size=1, max_size=2, unique=True))
def test_a_project_comes_back_with_all_that_brat_can_hold(places, data, texts):
    with tempfile.TemporaryDirectory() as name:
        top = Path(name)
        with Project.create(top / "a.rubric", places) as project:
            b.fill(project, *texts)
            project.apply(SaveEntity(entity=ENTITY))
            for article in project.articles():
                for coder in (b.ANA, b.BEN):
                    project.sign_in(coder)
                    for wish in data.draw(st.lists(wishes(project.text(article)), max_size=4)):
                        code_one(project, article, wish)
                    if data.draw(st.booleans()):
                        project.apply(MarkDone(article_id=article.id, reason="open"))
            before = held(project)
        export(top / "a.rubric", "brat", top / "out", ExportOptions())
        for folder_name, own in (("b.rubric", False), ("a.rubric", True)):
            opened = Project.open if own else Project.create
            with opened(top / folder_name, places) as project:
                staged = stage_coded(project, top / "out", BratReader(), CodedWishes())
                assert staged.problems == ()
                if own:
                    assert staged.command is None
                    assert not [each for each in staged.notes if "differ" in each]
                else:
                    project.apply(staged.command)
                    after = held(project)
        assert after == {**before, "coders": after["coders"]}
        assert after["coders"] <= before["coders"]


@pytest.fixture
def out(study, places, tmp_path):
    """An export with one annotation of each of two coders, over a line end."""
    with Project.open(study, places) as project:
        for coder in (b.ANA, b.BEN):
            project.sign_in(coder)
            b.add(project, b.CLAIM, "late.\nPickers", article=1)
    export(study, "brat", tmp_path / "out", ExportOptions())
    return tmp_path / "out"


def test_the_files_are_as_brat_wants_them(out):
    names = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert {"annotation.conf", "visual.conf", "manifest.json"} < names
    assert {"Ana/2-The_harvest_was_late.ann", "Ben/2-The_harvest_was_late.txt"} < names
    ann = (out / "Ana" / "2-The_harvest_was_late.ann").read_text(encoding="utf-8")
    assert ann == "T1\tClaim 16 21;22 29\tlate. Pickers\n"
    assert "\tforced_labour\n" in (out / "annotation.conf").read_text(encoding="utf-8")
    files = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert files["Ana/2-The_harvest_was_late.ann"]["rows"] == 1


def test_only_the_chosen_coders_go_out(study, out, places, tmp_path):
    export(study, "brat", tmp_path / "one", ExportOptions(coders=frozenset([b.BEN.id])))
    assert sorted(path.name for path in (tmp_path / "one").iterdir() if path.is_dir()) == ["Ben", "articles"]
    assert b.ANA.id not in (tmp_path / "one" / "manifest.json").read_text(encoding="utf-8")


def test_what_was_done_with_brat_meanwhile_comes_in_and_is_never_overwritten(study, out, places, tmp_path):
    ann = out / "Ana" / "2-The_harvest_was_late.ann"
    ann.write_text(
        ann.read_text(encoding="utf-8") + "T2\tActor 4 11\tharvest\nR1\tclaimant Arg1:T1 Arg2:T2\n"
    )
    with pytest.raises(UserError, match="was changed since it was exported"):
        export(study, "brat", out, ExportOptions())
    with Project.open(study, places) as project:
        staged = stage_coded(project, out, BratReader(), CodedWishes())
        assert [each.code_id for each in staged.command.annotations] == [b.ACTOR]
        project.apply(staged.command)
        assert stage_coded(project, out, BratReader(), CodedWishes()).command is None


@pytest.mark.parametrize("own", [True, False], ids=["into the project", "into another"])
def test_a_text_that_was_changed_in_an_export_is_another_article(study, out, places, tmp_path, own):
    text = out / "Ana" / "2-The_harvest_was_late.txt"
    text.write_bytes(text.read_bytes() + b" More.")
    with Project.open(study, places) if own else Project.create(tmp_path / "n.rubric", places) as project:
        count = project.article_count()
        staged = stage_coded(project, out, BratReader(), CodedWishes())
        project.apply(staged.command)
        made = [project.annotations(article.id) for article in project.articles()]
        assert (project.article_count(), sorted(map(len, made))) == (
            (count + 1, [0, 0, 1, 2]) if own else (4, [0, 0, 1, 1])
        )
        assert staged.counts["new annotations"] == (1 if own else 2)
        assert stage_coded(project, out, BratReader(), CodedWishes()).command is None


def test_an_untouched_export_is_replaced_and_a_strange_file_is_not(study, out):
    export(study, "brat", out, ExportOptions())
    (out / "Ana" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UserError, match=r"Ana/mine\.txt"):
        export(study, "brat", out, ExportOptions())
    assert (out / "Ana" / "mine.txt").exists()


@pytest.mark.parametrize(
    ("where", "wrong"),
    [
        (("folders",), 3),
        (("codebook", "codes"), []),
        (("names", "types", "Claim"), "nobody"),
        (("folders", "Ana", "annotations", "2-The_harvest_was_late", "T1", "spans"), [[9, 3]]),
    ],
)
def test_a_damaged_manifest_is_told(out, where, wrong):
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    inner = manifest["brat"]
    for step in where[:-1]:
        inner = inner[step]
    inner[where[-1]] = wrong
    (out / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(UserError, match=r"manifest\.json is damaged"):
        BratReader().read(out, CodedWishes().options, lambda _done, _total: None)


@given(
    st.lists(WORDS, min_size=1, max_size=6, unique_by=str.casefold), st.lists(WORDS, min_size=1, max_size=4)
)
def test_names_are_brats_and_none_is_there_twice(codes, choices):
    listed = tuple(dict.fromkeys(each.replace("|", "/") for each in choices))
    question = Attribute(id=AttributeId(new_id()), name="q", kind=AttributeKind.MULTIPLE, choices=listed)
    made = [
        Code(id=CodeId(new_id()), name=name, colour="#000000", attributes=(question,) if not at else ())
        for at, name in enumerate(codes)
    ]
    names = names_for(Codebook(codes=tuple(made)))
    assert sorted(names.types.values()) == sorted(code.id for code in made)
    assert [term.choice for term in names.terms.values()] == list(listed)
    for some in ([*names.types], [*names.terms, names.discuss]):
        assert len({each.casefold() for each in some}) == len(some)
        assert all(re.fullmatch(r"[A-Za-z0-9_-]+", each) for each in some)


def test_names_of_other_scripts_of_devices_and_of_brats_own_are_told_apart():
    asked = [("AnnotatorNotes", AttributeKind.TEXT, ()), ("позиция", AttributeKind.CHOICE, ("за", "yes"))]
    questions = tuple(
        Attribute(id=AttributeId(new_id()), name=name, kind=kind, choices=choices)
        for name, kind, choices in asked
    )
    made = [
        Code(id=CodeId(new_id()), name=name, colour="#000000", attributes=questions if name == "con" else ())
        for name in ("con", "актор", "行为者")
    ]
    book = Codebook(codes=tuple(made))
    names = names_for(book)
    assert list(names.types) == ["con_2", "code", "code_2"]
    assert list(names.terms) == ["AnnotatorNotes_2", "question"]
    assert list(names.terms["question"].values) == ["choice", "yes"]
    labels = visual_conf(book, names)
    assert "code | актор\n" in labels
    assert "question | позиция\n" in labels
    assert "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n" in annotation_conf(book, names)


@given(st.text(st.sampled_from("a\\nrt\n\r\t")))
def test_texts_come_back_from_one_line(text):
    assert unescaped(escaped(text)) == text
    assert not re.search(r"[\n\r\t]", escaped(text))


def test_an_article_without_anybody_lies_in_a_folder_of_nobody(out, study, places):
    assert (out / "articles" / "1-We_will_open_the_gate_the_minister_said.txt").exists()
    with Project.open(study, places) as project:
        project.apply(ImportArticles(drafts=(Draft(text="One more."),)))
    (out / "articles" / "1-We_will_open_the_gate_the_minister_said.ann").write_text("T1\tActor 1 3\tWe\n")
    reading = BratReader().read(out, CodedWishes().options, lambda _done, _total: None)
    assert [each for each in reading.problems if "no coder's" in each] != []
