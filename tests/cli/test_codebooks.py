"""Codebook files on the command line."""

import json

from app.domain.codebook import Codebook
from app.exchange.codebook_files import read_codebook
from app.exchange.codebook_model import codebook_schema
from tests.builders import codebook


def one_sentence(said):
    assert said.code == 1
    assert said.err.count("\n") == 1 and "Traceback" not in said.err
    return said.err.strip()


def test_the_schema_needs_no_project(run, tmp_path):
    assert json.loads(run("codebook", "schema").out) == codebook_schema()
    target = tmp_path / "rubricator-codebook.schema.json"
    assert run("codebook", "schema", "--out", target).out == f"Wrote {target}.\n"
    assert json.loads(target.read_text(encoding="utf-8")) == codebook_schema()
    assert "cannot be written" in one_sentence(run("codebook", "schema", "--out", tmp_path / "no" / "x"))


def test_every_format_goes_out_and_says_what_it_lacks(run, study, tmp_path):
    for ending in ("yaml", "yml", "json", "csv"):
        path = tmp_path / f"book.{ending}"
        assert run("codebook", study, "export", path).out == f"Wrote {path}.\n"
        assert read_codebook(path).codebook == codebook()
    assert "no room for 9 attributes" in run("codebook", study, "export", tmp_path / "book.qdc").out
    assert "cannot be imported again" in run("codebook", study, "export", tmp_path / "book.html").out
    said = run("codebook", study, "export", tmp_path / "book.docx")
    assert "book.docx has no ending of a codebook file; these are: .yaml .yml .json" in one_sentence(said)


def test_a_dry_run_says_what_would_change_and_changes_nothing(run, study, tmp_path):
    path = tmp_path / "book.csv"
    path.write_text("path;definition\nActor;Who acts\nPlace;Where\n", encoding="utf-8")
    before = study.read_bytes()
    said = run("codebook", study, "import", path, "--dry-run")
    assert "book.csv: 1 code or question without an id in the file was matched" in said.out
    assert "Layer “Place” was added.\n" in said.out
    assert "1 code added, 1 code changed, 3 codes removed, 2 article variables removed.\n" in said.out
    assert "version" not in said.out
    assert study.read_bytes() == before
    assert "The codebook of study.rubric is now version 2." in run("codebook", study, "import", path).out


def test_a_new_project_takes_any_codebook_file(run, study, tmp_path):
    path = tmp_path / "book.qdc"
    run("codebook", study, "export", path)
    assert run("new", tmp_path / "new.rubric", "--codebook", path).code == 0
    assert "forced labour" in run("codebook", tmp_path / "new.rubric", "show").out


def test_formats_names_those_of_codebooks(run):
    listed = run("formats", "--json").json["codebook"]
    assert {each["name"]: (each["import"], each["export"]) for each in listed} == {
        **dict.fromkeys(("yaml", "json", "csv", "qdc"), (True, True)),
        **dict.fromkeys(("html", "pdf"), (False, True)),
    }
    assert "  qdc: REFI-QDA codebook (.qdc), both ways\n" in run("formats").out
    assert "  pdf: PDF to print (.pdf), export only\n" in run("formats").out


def test_an_empty_codebook_has_no_qdc(run, tmp_path, places):
    book = tmp_path / "empty.yaml"
    book.write_text("name: Empty", encoding="utf-8")
    assert read_codebook(book).codebook == Codebook(name="Empty")
    run("new", tmp_path / "p.rubric", "--codebook", book)
    assert "has no codes" in one_sentence(
        run("codebook", tmp_path / "p.rubric", "export", tmp_path / "b.qdc")
    )


def test_show_ends_with_the_article_variables(run, tmp_path):
    run("new", tmp_path / "a.rubric")
    shown = run("codebook", tmp_path / "a.rubric", "show").out.splitlines()
    assert "  - type (choice, required)" in shown
    assert shown[-5:-2] == ["Article variables", "  - relevance (yes/no, required)", "  - genre (choice)"]
