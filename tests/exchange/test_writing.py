"""Projects out: the CSV folder of the design, the JSON Lines with everything, and the way back."""

import csv
import hashlib
import json
import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.answers import AnnotationTarget, EntityTarget, NotInText
from app.domain.articles import Draft
from app.domain.coders import Coder
from app.domain.editing import with_values
from app.domain.entities import Entity
from app.domain.errors import UserError
from app.domain.ids import AnnotationId, EntityId, new_id
from app.domain.progress import Cancelled
from app.domain.spans import Span
from app.exchange.csv_folder import guarded
from app.exchange.formats import ExportOptions
from app.exchange.project_jsonl import looks_like_project, read_project
from app.project.commands import AddAnnotation, ImportArticles, MarkDone, SaveEntity, SetVariable
from app.project.commands_codebook import SaveAttribute
from app.project.exporting import export
from app.project.project import Project
from app.project.restoring import restore_project
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
    GATES,
    NOTE,
    RELEVANT,
    ROLE,
    STANCE,
    TONE,
    TYPE,
    WHO,
    add,
    fill,
)

UNITS = (("", None), ("_utf16", "utf-16-le"), ("_byte", "utf-8"))


@pytest.fixture
def study(tmp_path, places):
    """Two coders, links, entities, fragments, memos, reviews."""
    path = tmp_path / "study.rubric"
    with Project.create(path, places) as project:
        fill(project)
        ministry = Entity(
            id=EntityId("e" * 36), name="Ministry", aliases=("the ministry", "it"), type="state"
        )
        project.apply(SaveEntity(entity=ministry))
        entity = (EntityTarget(entity=ministry.id),)
        actor = add(
            project, ACTOR, "the minister", answers={TYPE: "state", ROLE: ("speaker", "victim"), WHO: entity}
        )
        add(
            project,
            CLAIM,
            "We will open the gate,",
            "but not before winter.",
            answers={CLAIMANT: (AnnotationTarget(annotation=actor),), DIRECT: True, NOTE: "=1+1"},
            memo='says "so",\ntwice; and\ttabs',
            discuss=True,
        )
        add(project, CONCERN, "🚚🇺🇳 in Hořice called the camp unfit\u00a0for", answers={FIGURE: 900.0})
        article = project.articles()[0]
        project.apply(MarkDone(article_id=article.id))
        project.apply(SetVariable(article_id=article.id, attribute_id=RELEVANT, value=False))
        project.visit(article.id, seconds=90.5, offset=3)
        project.apply(MarkDone(article_id=project.articles()[1].id))
        project.sign_in(BEN)
        add(project, CLAIM, "not before winter", answers={CLAIMANT: (NotInText(),)})
    return path


def table(folder, name, separator=","):
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=separator))


def texts(path, places):
    with Project.open(path, places, read_only=True) as project:
        return {article.id: project.text(article) for article in project.articles()}


def check_offsets(folder, by_id):
    """Every quote must be the text at its offsets, counted in code points, UTF-16 units and bytes."""
    checked = 0
    for name in ("annotations.csv", "fragments.csv"):
        for row in table(folder, name):
            text = by_id[row["article_id"]]
            for suffix, encoding in UNITS:
                start, end = int(row[f"start{suffix}"]), int(row[f"end{suffix}"])
                if encoding is None:
                    assert text[start:end] == row["quote"]
                else:
                    wide = 2 if encoding == "utf-16-le" else 1
                    assert text.encode(encoding)[start * wide : end * wide].decode(encoding) == row["quote"]
                checked += 1
    return checked


def test_every_quote_fits_in_three_units(study, tmp_path, places):
    export(study, "csv", tmp_path / "out", ExportOptions())
    assert check_offsets(tmp_path / "out", texts(study, places)) == 3 * (4 + 5)


ODD_TEXT = st.text(alphabet="ab \n\t\"',;=é\u0301\u00a0\u2028😀🇺🇳قا한漢|", min_size=1, max_size=40)


@given(text=ODD_TEXT, data=st.data())
@settings(max_examples=40)
def test_any_text_any_spans_any_unit(tmp_path_factory, text, data):
    folder = tmp_path_factory.mktemp("p")
    places = Places(folder / "s", folder / "d", folder / "l")
    path = folder / "a.rubric"
    with Project.create(path, places) as project:
        fill(project)
        project.apply(ImportArticles(drafts=(Draft(text="z" + text, title=text),)))
        article = project.articles()[-1]
        for _annotation in range(data.draw(st.integers(1, 3))):
            start = data.draw(st.integers(0, len(text)))
            spans = (Span(start=start, end=data.draw(st.integers(start + 1, len(text) + 1))),)
            command = AddAnnotation(
                id=AnnotationId(new_id()), article_id=article.id, code_id=ACTOR, spans=spans, memo=text
            )
            try:
                project.apply(command)
            except UserError:
                continue
    export(path, "csv", folder / "out", ExportOptions())
    assert check_offsets(folder / "out", texts(path, places)) >= 6
    for row in table(folder / "out", "annotations.csv"):
        assert (row["memo"], row["article_title"]) == (text, text)


def test_the_tables_are_those_of_the_design(study, tmp_path, places):
    counts = export(study, "csv", tmp_path / "out", ExportOptions())
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "annotations.csv",
        "articles.csv",
        "codebook.csv",
        "entities.csv",
        "fragments.csv",
        "links.csv",
        "manifest.json",
        "reviews.csv",
    ]
    header = (tmp_path / "out" / "annotations.csv").read_text(encoding="utf-8").split("\n", 1)[0]
    assert header == (
        "article_id,article_title,coder,annotation_id,layer,code,start,end,start_utf16,end_utf16,"
        "start_byte,end_byte,fragments,quote,flag,memo,created_at,updated_at,codebook_version,"
        "attr.Actor.type,attr.Actor.role,attr.Actor.entity,attr.Claim.claimant,attr.Claim.stance,"
        "attr.Claim.date,attr.Claim.direct,attr.Claim.note,attr.Concern.figure"
    )
    assert counts.rows["annotations.csv"] == 4


def test_answers_are_cells(study, tmp_path, places):
    export(study, "csv", tmp_path / "out", ExportOptions())
    rows = table(tmp_path / "out", "annotations.csv")
    actor = next(row for row in rows if row["code"] == "Actor")
    claim = next(row for row in rows if row["coder"] == "Ana" and row["code"] == "Claim")
    assert (actor["attr.Actor.type"], actor["attr.Actor.role"]) == ("state", "speaker|victim")
    assert actor["attr.Actor.entity"] == "e" * 36
    assert claim["attr.Claim.claimant"] == actor["annotation_id"]
    assert (claim["attr.Claim.direct"], claim["attr.Claim.note"]) == ("yes", "=1+1")
    assert (claim["flag"], claim["fragments"], claim["memo"]) == ("1", "2", 'says "so",\ntwice; and\ttabs')
    assert claim["quote"] == "We will open the gate,” the minister said, “but not before winter."
    assert [row["attr.Concern.figure"] for row in rows if row["code"] == "Concern"] == ["900"]
    fragments = [
        row
        for row in table(tmp_path / "out", "fragments.csv")
        if row["annotation_id"] == claim["annotation_id"]
    ]
    assert [(row["position"], row["quote"]) for row in fragments] == [
        ("1", "We will open the gate,"),
        ("2", "but not before winter."),
    ]


def test_links_entities_and_reviews(study, tmp_path, places):
    export(study, "csv", tmp_path / "out", ExportOptions())
    links = {(row["coder"], row["attribute"]): row for row in table(tmp_path / "out", "links.csv")}
    assert links["Ana", "claimant"]["target_quote"] == "the minister"
    assert links["Ana", "entity"]["target_quote"] == "Ministry"
    assert links["Ben", "claimant"]["target_kind"] == "not in this text"
    (entity,) = table(tmp_path / "out", "entities.csv")
    assert (entity["aliases"], entity["annotations"], entity["articles"]) == ("the ministry|it", "1", "1")
    reviews = {
        (row["article_title"][:3], row["coder"]): row for row in table(tmp_path / "out", "reviews.csv")
    }
    assert len(reviews) == 6, "every article by every coder: the denominators"
    first, second = reviews["“We", "Ana"], reviews["The", "Ana"]
    assert (first["state"], first["annotations"], first["count.Claim"], first["seconds"]) == (
        "done",
        "3",
        "1",
        "90.5",
    )
    assert (first["var.relevance"], first["nothing_found"]) == ("no", "0")
    assert (second["state"], second["nothing_found"], second["annotations"]) == ("done", "1", "0")
    assert reviews["The", "Ben"]["state"] == "not opened"


def test_questions_that_came_to_be_open_are_counted_as_the_codebook_stands(study, tmp_path, places):
    with Project.open(study, places) as project:
        project.sign_in(ANA)
        for owner, question in ((CLAIM, STANCE), (None, TONE)):
            asked = with_values(project.codebook().attribute(question), required=True)
            project.apply(SaveAttribute(code_id=owner, attribute=asked))
    export(study, "csv", tmp_path / "out", ExportOptions())
    rows = table(tmp_path / "out", "reviews.csv")
    counts = {(row["article_title"][:3], row["coder"]): row["open_questions"] for row in rows}
    assert (counts["“We", "Ana"], counts["The", "Ana"], counts["“We", "Ben"]) == ("2", "1", "2")


def test_the_manifest_tells_what_the_files_are(study, tmp_path, places):
    export(study, "csv", tmp_path / "out", ExportOptions())
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["offset_units"]["start, end"] == "Unicode code points, half-open"
    assert manifest["codebook"] == {"name": "Test", "version": 1}
    for name, facts in manifest["files"].items():
        data = (tmp_path / "out" / name).read_bytes()
        assert facts["sha256"] == hashlib.sha256(data).hexdigest()
        assert facts["rows"] == len(table(tmp_path / "out", name))
        assert b"\r" not in data


def test_separator_mark_and_guard(study, tmp_path, places):
    export(study, "csv", tmp_path / "o", ExportOptions(separator=";", byte_order_mark=True, guard=True))
    assert (tmp_path / "o" / "articles.csv").read_bytes().startswith(b"\xef\xbb\xbfarticle_id;position;")
    rows = table(tmp_path / "o", "annotations.csv", ";")
    assert "'=1+1" in [row["attr.Claim.note"] for row in rows]


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1", "'=1"),
        ("+a", "'+a"),
        ("-x", "'-x"),
        ("@b", "'@b"),
        ("\tc", "'\tc"),
        ("-3.5", "-3.5"),
        (-3, -3),
        ("a=", "a="),
    ],
)
def test_only_cells_that_a_spreadsheet_would_run_are_guarded(cell, safe):
    assert guarded([cell]) == [safe]


def test_two_coders_of_one_name_stay_two(study, tmp_path, places):
    with Project.open(study, places) as project:
        project.sign_in(Coder(id="7" * 36, name="Ben"))
        add(project, CLAIM, "not before winter")
    export(study, "csv", tmp_path / "out", ExportOptions())
    names = {row["coder"] for row in table(tmp_path / "out", "annotations.csv")}
    assert names == {"Ana", f"Ben ({BEN.id[-8:]})", "Ben (77777777)"}


def test_a_choice_of_coders_holds_in_every_table(study, tmp_path, places):
    export(study, "csv", tmp_path / "out", ExportOptions(coders=frozenset({BEN.id})))
    for name in ("annotations.csv", "fragments.csv", "links.csv", "reviews.csv"):
        assert {row["coder"] for row in table(tmp_path / "out", name)} == {"Ben"}


def test_an_export_replaces_an_export_and_nothing_else(study, tmp_path, places):
    out = tmp_path / "out"
    export(study, "csv", out, ExportOptions())
    export(study, "csv", out, ExportOptions(separator=";"))
    assert ";" in (out / "annotations.csv").read_text(encoding="utf-8").split("\n")[0]
    (out / "manifest.json").unlink()
    with pytest.raises(UserError, match="not an export of ours"):
        export(study, "csv", out, ExportOptions())


@pytest.mark.parametrize("name", ["csv", "jsonl"])
def test_an_export_that_is_stopped_leaves_the_old_state(study, tmp_path, name):
    def stop(_done, _total):
        raise Cancelled

    before = sorted(tmp_path.iterdir())
    with pytest.raises(Cancelled):
        export(study, name, tmp_path / "out", ExportOptions(), stop)
    assert sorted(tmp_path.iterdir()) == before


def test_a_place_that_cannot_be_written_is_said(study, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("x")
    for name in ("csv", "jsonl"):
        with pytest.raises(UserError, match="failed"):
            export(study, name, blocked / "out", ExportOptions())


def test_a_project_comes_back_equal_with_its_history(study, tmp_path, places):
    export(study, "jsonl", tmp_path / "all.jsonl", ExportOptions())
    assert looks_like_project(tmp_path / "all.jsonl")
    restore_project(tmp_path / "all.jsonl", tmp_path / "new.rubric")
    with Project.open(study, places) as old, Project.open(tmp_path / "new.rubric", places) as new:
        assert new.contents(history=True) == old.contents(history=True)
        while new.undoable():
            assert new.undo() == old.undo()
        assert new.contents() == old.contents()


def test_json_lines_of_a_choice_of_coders_are_refused(study, tmp_path):
    with pytest.raises(UserError, match="everybody's work"):
        export(study, "jsonl", tmp_path / "x.jsonl", ExportOptions(coders=frozenset({ANA.id})))


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda lines: lines[1:], "line 1: the project comes first"),
        (lambda lines: [lines[0], *lines], "line 2: the project comes first"),
        (lambda lines: [lines[0].replace('"version": 1', '"version": 2')], "written by a newer Rubricator"),
        (lambda lines: [*lines[:3], "{"], "line 4 is not a line of a project export"),
        (lambda lines: [*lines[:3], '{"type": "coder", "coder": {"id": "x"}}'], "line 4: coder > name"),
        (lambda lines: [line.replace("before winter", "before Winter") for line in lines], "does not fit"),
        (
            lambda lines: [line.replace('"quote": "the', '"quote": "The') for line in lines],
            "does not fit the text",
        ),
        (
            lambda lines: [line for line in lines if '"type": "article"' not in line],
            "does not follow its article",
        ),
    ],
)
def test_a_project_that_was_tampered_with_is_refused_whole(study, tmp_path, change, complaint):
    path = tmp_path / "all.jsonl"
    export(study, "jsonl", path, ExportOptions())
    lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    path.write_text("\n".join(change(lines)) + "\n", encoding="utf-8", newline="\n")
    with pytest.raises(UserError, match=complaint):
        restore_project(path, tmp_path / "new.rubric")
    assert not (tmp_path / "new.rubric").exists()


def test_records_come_in_an_order_that_can_be_read_in_one_pass(study, tmp_path):
    export(study, "jsonl", tmp_path / "all.jsonl", ExportOptions())
    kinds = [record.type for record in read_project(tmp_path / "all.jsonl")]
    order = ["project", "codebook", "version", "coder", "entity", "article", "annotation", "review", "step"]
    assert list(dict.fromkeys(kinds)) == order
    assert GATES in [
        record.text for record in read_project(tmp_path / "all.jsonl") if record.type == "article"
    ]


@pytest.fixture
def bent(study):
    """The study with one quote that another program has changed."""
    with sqlite3.connect(study) as db:
        db.execute("UPDATE fragment SET quote = 'the Minister' WHERE quote = 'the minister'")
    db.close()
    return study


def test_what_does_not_fit_its_text_stands_apart(bent, tmp_path, places):
    written = export(bent, "csv", tmp_path / "out", ExportOptions())
    assert written.quarantined == 1
    assert written.in_words() == (
        "1 annotation does not fit the text at the noted place and stands apart, in quarantine."
    )
    assert written.in_words().startswith("1 annotation does not fit the text")
    (row,) = table(tmp_path / "out", "quarantine.csv")
    assert (row["coder"], row["code"], row["quote"], row["text_there"]) == (
        "Ana",
        "Actor",
        "the Minister",
        "the minister",
    )
    for name in ("annotations.csv", "fragments.csv", "links.csv"):
        assert row["annotation_id"] not in {each["annotation_id"] for each in table(tmp_path / "out", name)}
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["quarantined"] == 1
    assert manifest["files"]["quarantine.csv"]["rows"] == 1


def test_json_lines_keep_what_does_not_fit_as_it_is(bent, tmp_path, places):
    written = export(bent, "jsonl", tmp_path / "all.jsonl", ExportOptions())
    assert (written.quarantined, written.rows["quarantined"]) == (1, 1)
    restore_project(tmp_path / "all.jsonl", tmp_path / "new.rubric")
    with Project.open(bent, places) as old, Project.open(tmp_path / "new.rubric", places) as new:
        assert new.contents(history=True) == old.contents(history=True)
