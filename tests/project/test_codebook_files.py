"""Codebook files into a project: what they would change is known before they do."""

import pytest

from app.domain.codebook import Code, Codebook
from app.domain.errors import UserError
from app.domain.ids import CodeId, new_id
from app.project.codebook_files import export_codebook, stage_codebook
from app.project.commands import ReplaceCodebook
from app.project.project import Project
from tests.builders import ACTOR, ANA, LABOUR, add, codebook


def no_press(_shown):
    raise AssertionError("nothing is to be printed here")


@pytest.fixture
def project(study, places):
    with Project.open(study, places) as opened:
        opened.sign_in(ANA)
        yield opened


@pytest.fixture
def staged(project, tmp_path):
    """Exports a codebook, changes words of the file, and stages it."""

    def stage(name, *changes, book=None):
        path = tmp_path / name
        export_codebook(project.path, book or project.codebook(), path, no_press)
        text = path.read_bytes().decode("utf-8-sig")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path.write_bytes(text.encode("utf-8-sig"))
        return stage_codebook(project, path)

    return stage


@pytest.mark.parametrize("name", ["book.yaml", "book.json", "book.csv", "book.qdc"])
def test_a_codebook_that_only_went_out_and_in_is_no_step(staged, name):
    found = staged(name)
    assert (found.changes, found.command, found.refusal) == ((), None, "")
    assert found.summary == f"{name} holds the codebook that the project has already."


@pytest.mark.parametrize("name", ["book.yaml", "book.json", "book.csv", "book.qdc"])
def test_codes_that_files_write_in_another_order_are_no_change(project, staged, name):
    late = Code(id=CodeId(new_id()), name="late", parent=ACTOR, colour="#000000")
    book = codebook()
    project.apply(ReplaceCodebook(codebook=book.model_copy(update={"codes": (*book.codes, late)})))
    assert staged(name).command is None


def test_changes_are_counted_and_named_before_they_enter(project, staged):
    added = Code(id=CodeId(new_id()), name="Place", colour="#000000")
    book = codebook()
    without = tuple(code for code in book.codes if code.id != LABOUR)
    wanted = Codebook(name="Test", codes=(*without, added), variables=book.variables[:1])
    found = staged("book.yaml", ("Claim", "Statement"), book=wanted)
    assert found.summary == "1 code added, 1 code changed, 1 code removed, 1 article variable removed."
    assert "Layer “Place” was added." in found.changes
    assert "“Claim” is now called “Statement”." in found.changes
    assert "Code “forced labour” was removed." in found.changes
    project.apply(found.command)
    assert {code.name for code in project.codebook().codes} == {"Actor", "Statement", "Concern", "Place"}
    project.undo()
    assert project.codebook() == book


def test_what_is_in_use_is_refused_before_the_step(project, staged):
    add(project, LABOUR, "Pickers", article=1)
    book = codebook()
    wanted = book.model_copy(update={"codes": tuple(code for code in book.codes if code.id != LABOUR)})
    found = staged("book.csv", book=wanted)
    assert found.command is None
    assert found.summary == found.refusal
    assert "lacks codes that are in use: forced labour (1 annotation)" in found.refusal
    with pytest.raises(UserError, match="in use"):
        project.apply(ReplaceCodebook(codebook=wanted))


def test_an_export_is_never_written_over_the_project(project, tmp_path):
    with pytest.raises(UserError, match="is the project itself"):
        export_codebook(project.path, project.codebook(), project.path, no_press)
    assert "no room for" in export_codebook(project.path, codebook(), tmp_path / "b.qdc", no_press)[0]


def test_the_format_may_be_named_where_the_ending_says_nothing(project, tmp_path):
    path = tmp_path / "book.txt"
    path.write_text("name;definition\nActor;Who acts\n", encoding="utf-8")
    assert stage_codebook(project, path, "csv").format == "CSV table"
    with pytest.raises(UserError, match="“xyz” is not a format of codebooks"):
        stage_codebook(project, path, "xyz")
