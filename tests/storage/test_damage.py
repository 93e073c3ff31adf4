"""Damaged files: check says what is wrong, repair saves what it can, and neither ever falls over."""

import random
import sqlite3

import pytest

from app.domain.answers import AnnotationTarget
from app.domain.errors import UserError
from app.domain.ids import SampleId, new_id
from app.domain.ordering import OrderKind
from app.exchange.formats import ExportOptions
from app.project.checking import check_project, repair_project
from app.project.commands import MarkDone, SetVariable
from app.project.commands_articles import DrawSample, SetOrder
from app.project.exporting import export
from app.project.project import Project
from app.project.restoring import restore_project
from tests.builders import ACTOR, ANA, BEN, CLAIM, CLAIMANT, DIRECT, GATES, RELEVANT, TYPE, add

ROUNDS = 60


@pytest.fixture
def coded(study, places):
    """The study with annotations by two coders, answers, links, reviews and a history."""
    with Project.open(study, places) as project:
        first = project.articles()[0].id
        for coder in (ANA, BEN):
            project.sign_in(coder)
            actor = add(project, ACTOR, "the minister", answers={TYPE: "state"})
            claim = {CLAIMANT: (AnnotationTarget(annotation=actor),), DIRECT: True}
            add(project, CLAIM, "We will open the gate,", "but not before winter.", answers=claim)
            for end in range(3, 60, 3):
                add(project, ACTOR, GATES[:end])
            add(project, ACTOR, "Pickers", article=1)
            project.apply(SetVariable(article_id=first, attribute_id=RELEVANT, value=False))
            project.apply(MarkDone(article_id=first, reason="read aloud"))
            project.visit(first, seconds=3, offset=2)
        project.apply(SetOrder(kind=OrderKind.DATE))
        project.apply(DrawSample(id=SampleId(new_id()), name="Test", size=2, seed=4))
    return study


def whole(path, folder):
    """A repaired file must be sound and leave by every door."""
    assert check_project(path) == []
    export(path, "csv", folder / "csv", ExportOptions())
    export(path, "jsonl", folder / "all.jsonl", ExportOptions())
    assert check_project(folder / "all.jsonl") == []
    restore_project(folder / "all.jsonl", folder / "again.rubric")


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_no_damage_makes_check_or_repair_fall_over(coded, tmp_path, places, seed):
    chance = random.Random(seed)
    data = bytearray(coded.read_bytes())
    for _place in range(chance.choice((1, 3, 30))):
        at = chance.randrange(0 if seed % 10 == 0 else 4096, len(data))
        size = chance.choice((1, 2, 40, 4096))
        data[at : at + size] = chance.randbytes(size)[: len(data) - at]
    coded.write_bytes(data)
    findings = check_project(coded)
    assert all(isinstance(each, str) and "\n" not in each for each in findings)
    try:
        repaired = repair_project(coded)
    except UserError as error:
        assert "Too little of study.rubric can be read" in str(error)
        assert not list(tmp_path.glob("*repaired*"))
        return
    whole(repaired.path, tmp_path / "out")
    with Project.open(repaired.path, places) as project:
        assert project.undoable() == ""


def spoil(path, *statements):
    with sqlite3.connect(path) as db:
        for statement in statements:
            db.execute(statement)
    db.close()


@pytest.mark.parametrize(
    ("statement", "said", "lost", "mended"),
    [
        ("DELETE FROM fragment WHERE quote = 'Pickers'", "has no fragment", {"annotation": 2}, {}),
        ("UPDATE answer SET content = '{'", "rows of answer", {"answer": 4}, {}),
        ("UPDATE answer SET content = '\"\\ud800\"'", "rows of answer", {"answer": 4}, {}),
        ("UPDATE article SET metadata = '[1'", "3 rows of article cannot be", {}, {"article": 3}),
        ("UPDATE code SET examples = 'x' WHERE name = 'Actor'", "1 row of code", {}, {"code": 1}),
        ("UPDATE code SET colour = 'blue' WHERE name = 'Actor'", "1 row of code", {}, {"code": 1}),
        ("UPDATE code SET name = 'Claim' WHERE name = 'Actor'", "does not hold together", {}, {"code": 4}),
        ("UPDATE attribute SET kind = 'odd' WHERE name = 'type'", "1 row of attribute", {}, {"attribute": 1}),
        ("UPDATE attribute SET kind = 'odd' WHERE name = 'date'", "1 row of attribute", {}, {"attribute": 1}),
        ("UPDATE entity SET aliases = '1'", "", {}, {}),
        ("UPDATE coder SET name = '' WHERE name = 'Ana'", "1 row of coder", {}, {"coder": 1}),
        ("UPDATE step_row SET after = '[' WHERE step = 3", "of step_row", {"step_row": 4}, {}),
        ("UPDATE fragment SET start = start + 1 WHERE quote = 'Pickers'", "not fit", {"annotation": 2}, {}),
        ("DELETE FROM project", "", {}, {}),
        ("UPDATE text SET content = content || '!' WHERE content LIKE 'The h%'", "not what", {}, {}),
        (
            'UPDATE fragment SET start = 5000, "end" = 5001 WHERE position = 1',
            "not fit",
            {"annotation": 2},
            {},
        ),
        ("UPDATE sample SET strata = '['", "1 row of sample", {}, {"sample": 1}),
        ("UPDATE sample SET seed = -1", "1 row of sample", {"sample": 1}, {}),
        ("UPDATE sample SET articles = '{'", "1 row of sample", {"sample": 1}, {}),
        ("UPDATE ordering SET kind = 'odd'", "1 row of ordering", {"ordering": 1}, {}),
        ("UPDATE visit SET seconds = 9e999", "2 rows of visit", {"visit": 2}, {}),
    ],
)
def test_what_is_wrong_is_said_and_repair_counts_it(coded, tmp_path, statement, said, lost, mended):
    spoil(coded, statement)
    findings = check_project(coded)
    assert any(said in each for each in findings) or not said
    repaired = repair_project(coded)
    whole(repaired.path, tmp_path / "out")
    kept = {table: count for table, count in repaired.salvaged.lost.items() if table in lost}
    assert kept == lost
    assert dict(repaired.salvaged.mended) == mended


def test_bytes_that_are_no_text_are_said_and_replaced(coded, places):
    spoil(
        coded,
        "UPDATE annotation SET memo = CAST(x'61ff62' AS TEXT) WHERE coder_id = (SELECT min(id) FROM coder)",
    )
    assert any("of annotation cannot be what was written" in each for each in check_project(coded))
    repaired = repair_project(coded)
    assert not repaired.salvaged.lost
    with Project.open(repaired.path, places) as project:
        assert {each.memo for each in project.annotations(project.articles()[0].id)} == {"a\ufffdb", ""}


def test_repair_says_in_words_what_was_lost(coded):
    spoil(
        coded,
        "DELETE FROM fragment WHERE quote = 'Pickers'",
        "UPDATE article SET metadata = 'x' WHERE position = 2",
    )
    words = repair_project(coded).salvaged.in_words()
    assert words == ("Lost: 2 annotations. Mended: 1 article. Steps from before the repair cannot be undone.")


def test_what_is_no_project_is_not_repaired(tmp_path):
    path = tmp_path / "letter.rubric"
    path.write_bytes(b"just a letter " * 400)
    assert check_project(path)
    with pytest.raises(UserError, match="Too little"):
        repair_project(path)
    assert sorted(tmp_path.iterdir()) == [path]
