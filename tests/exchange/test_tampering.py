"""JSON Lines of a project that lost, doubled or changed a line: refused whole, by check and by import alike."""

import json
from collections.abc import Callable

import pytest

from app.domain.answers import AnnotationTarget, EntityTarget
from app.domain.articles import Draft
from app.domain.entities import Entity
from app.domain.errors import UserError
from app.domain.ids import EntityId
from app.exchange.formats import ExportOptions
from app.project.checking import check_project
from app.project.commands import ImportArticles, SaveEntity, SetVariable
from app.project.exporting import export
from app.project.project import Project
from app.project.restoring import restore_project
from tests.builders import ACTOR, ANA, CLAIM, CLAIMANT, RELEVANT, TYPE, WHO, add

Line = dict


@pytest.fixture
def lines(study, tmp_path, places):
    """Every record of a small project with work in it."""
    with Project.open(study, places) as project:
        project.sign_in(ANA)
        ministry = Entity(id=EntityId("e" * 36), name="Ministry")
        project.apply(SaveEntity(entity=ministry))
        who = {TYPE: "state", WHO: (EntityTarget(entity=ministry.id),)}
        actor = add(project, ACTOR, "the minister", answers=who)
        add(project, CLAIM, "We will open", answers={CLAIMANT: (AnnotationTarget(annotation=actor),)})
        project.apply(SetVariable(article_id=project.articles()[0].id, attribute_id=RELEVANT, value=True))
        project.undo()
        project.redo()
    export(study, "jsonl", tmp_path / "all.jsonl", ExportOptions())
    text = (tmp_path / "all.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.removesuffix("\n").split("\n")]


def refusal(tmp_path, lines):
    path = tmp_path / "bent.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    (said,) = check_project(path)
    with pytest.raises(UserError) as caught:
        restore_project(path, tmp_path / "new.rubric")
    assert list(tmp_path.glob("new*")) == []
    return said, str(caught.value)


def test_a_file_cut_at_any_line_end_is_refused(lines, tmp_path):
    for length in range(1, len(lines)):
        said, raised = refusal(tmp_path, lines[:length])
        assert said == raised == "bent.jsonl is incomplete: its end is missing. Export the project again."


def test_no_line_can_be_left_out_or_doubled(lines, tmp_path):
    for at in range(len(lines) - 1):
        refusal(tmp_path, [*lines[:at], *lines[at + 1 :]])
        refusal(tmp_path, [*lines[: at + 1], *lines[at:]])
    assert "something follows the end" in refusal(tmp_path, [*lines, lines[-1]])[0]


def without(kind: str) -> Callable[[list[Line]], list[Line]]:
    """Leave every record of a type out, and count as if that were right."""

    def change(lines: list[Line]) -> list[Line]:
        kept = [line for line in lines if line["type"] != kind]
        kept[-1]["counts"].pop(kind)
        return kept

    return change


def setting(kind: str, part: str, value: object, inner: str = "") -> Callable[[list[Line]], list[Line]]:
    def change(lines: list[Line]) -> list[Line]:
        for line in lines:
            if line["type"] == kind:
                line[inner or kind][part] = value
        return lines

    return change


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (without("coder"), "there is no coder"),
        (without("entity"), "there is no entity"),
        (without("codebook"), "has no code"),
        (setting("annotation", "code_id", "x"), "the codebook has no code x"),
        (setting("annotation", "answers", {"x": "y"}), "no code has an attribute x"),
        (
            setting("annotation", "answers", {CLAIMANT: [{"annotation": "x"}]}),
            "annotation x, which is missing",
        ),
        (setting("review", "article_id", "x"), "there is no article x"),
        (setting("review", "variables", {"x": True}), "no article variable x"),
        (setting("step", "of", 99), "there is no step 99"),
        (setting("step", "state", "odd"), "step > state"),
        (setting("step", "rows", [{"table": "x", "before": None, "after": {}}]), "row of “x”"),
        (setting("step", "rows", [{"table": "coder", "before": None, "after": {'a"': 1}}]), "row of “coder”"),
        (setting("article", "position", 10**30), "do"),
        (setting("annotation", "memo", "\ud800"), "is not a line of a project export"),
        (setting("coder", "name", "\ud800"), "is not a line of a project export"),
    ],
)
def test_what_points_nowhere_or_cannot_be_is_refused(lines, tmp_path, change, complaint):
    said, raised = refusal_by_either(tmp_path, change(lines))
    assert complaint in (said or raised)


def refusal_by_either(tmp_path, lines):
    """Rows of the history are held against the tables only on import; all else is seen by check too."""
    path = tmp_path / "bent.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    said = check_project(path)
    with pytest.raises(UserError) as caught:
        restore_project(path, tmp_path / "new.rubric")
    assert list(tmp_path.glob("new*")) == []
    return (said or [""])[0], str(caught.value)


def test_a_step_without_rows_is_refused(lines, tmp_path):
    for line in lines:
        if line["type"] == "step":
            del line["step"]["rows"]
    assert "step > rows" in refusal(tmp_path, lines)[0]


def test_time_spent_in_an_article_outlives_the_undone_import_on_the_way_out_and_back(study, tmp_path, places):
    with Project.open(study, places) as project:
        project.sign_in(ANA)
        project.apply(ImportArticles(drafts=(Draft(text="Something new."),)))
        project.visit(project.articles()[-1].id, seconds=12.5, offset=3)
        project.undo()
        before = project.contents(history=True)
    written = export(study, "jsonl", tmp_path / "all.jsonl", ExportOptions())
    assert written.rows["visit"] == 1
    restore_project(tmp_path / "all.jsonl", tmp_path / "new.rubric")
    with Project.open(tmp_path / "new.rubric", places) as project:
        assert project.contents(history=True) == before
        project.sign_in(ANA)
        project.redo()
        assert [review.seconds for review in project.reviews()] == [12.5]
