"""Every command, its exit code, and one sentence where something is wrong."""

import csv
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from app import __version__
from app.domain.editing import with_values
from app.project.commands import SetWords
from app.project.commands_codebook import SaveCode
from app.project.project import Project
from tests.builders import ACTOR, ANA, BEN, CLAIM, GATES, add, term


def one_sentence(said, code=1):
    assert said.code == code
    assert said.out == ""
    assert "Traceback" not in said.err
    assert said.err.count("\n") == 1
    return said.err.strip()


def test_version_and_help(run):
    assert __version__ in run("--version").out
    helped = run("--help")
    for command in ("new", "demo", "import", "export", "codebook", "info", "check", "formats"):
        assert f"  {command}" in helped.out


@pytest.mark.parametrize(
    "words", [("nonsense",), ("export", "x.rubric"), ("import", "x.rubric"), ("info",), ("--no",)]
)
def test_wrong_usage_is_exit_code_2(run, words):
    said = run(*words)
    assert said.code == 2
    assert "Traceback" not in said.err


def test_new_makes_a_project_with_the_default_codebook_once(run, tmp_path):
    path = tmp_path / "study.rubric"
    assert run("new", path).out == f"Made {path}.\n"
    assert run("info", path, "--json").json["codebook"]["name"] == "Humanitarian news"
    assert one_sentence(run("new", path)) == "study.rubric exists already. Open it, or choose another name."


def test_import_reports_each_file_and_lets_the_good_ones_in(run, study, tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text("A first text.", encoding="utf-8")
    (folder / "b.csv").write_text("headline,body,town\nOne,Some text,Tavora\nTwo,,x\n", encoding="utf-8")
    (folder / "c.txt").write_bytes(b"")
    (folder / "d.txt").write_text(GATES, encoding="utf-8", newline="")
    said = run("import", study, folder, "--json")
    assert said.code == 1, "one file failed"
    files = {Path(each["path"]).name: each for each in said.json["files"]}
    assert said.json["new"] == 2
    assert files["c.txt"]["error"] == "c.txt: the file is empty."
    assert files["b.csv"]["problems"] == ["row 3: there is no text"]
    assert len(files["d.txt"]["duplicates"]) == 1
    again = run("import", study, folder / "a.txt", folder / "b.csv", "--json")
    assert (again.code, again.json["new"]) == (0, 0)
    assert run("info", study, "--json").json["articles"] == 5


def test_import_says_in_words_what_happened(run, study, tmp_path):
    file = tmp_path / "late.txt"
    file.write_bytes("Es hieß: „Schluß jetzt“.".encode("cp1252"))
    assert run("import", study, file).out == "late.txt: 1 new article (Windows-1252)\n"
    table = tmp_path / "t.tsv"
    table.write_text("a\tb\n1\tlong text\n", encoding="utf-8")
    said = run("import", study, table)
    assert said.code == 1
    assert "no column holds the text. The columns are “a”, “b”" in said.err
    assert run("import", study, table, "--map", "text=b").code == 0
    assert "there is no column “c”" in run("import", study, table, "--map", "text=c").err
    assert run("import", study, table, "--map", "text").code == 2


def test_an_encoding_can_be_named_for_an_import(run, study, tmp_path):
    file = tmp_path / "old.txt"
    file.write_bytes(b"\x9c\xe6")
    said = run("import", study, file, "--encoding", "windows-1250")
    assert said.out == "old.txt: 1 new article (Windows-1250)\n"
    refused = run("import", study, file, "--encoding", "klingon")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err == "“klingon” is not an encoding; take a name such as utf-8, cp1250 or shift_jis.\n"
    wrong = run("import", study, file, "--encoding", "utf-8")
    assert wrong.code == 1
    assert "old.txt: the file was to be read as UTF-8, but byte 1 (in line 1) is not." in wrong.err


def test_export_csv_and_the_whole_project_there_and_back(run, study, tmp_path, places):
    with Project.open(study, places) as project:
        project.sign_in(ANA)
        add(project, ACTOR, "the minister")
        project.sign_in(BEN)
        add(project, CLAIM, "We will open the gate,", "but not before winter.", memo='a "memo",\nwith lines')
        project.undo()
        project.redo()
        project.visit(project.articles()[0].id, seconds=12, offset=4)
        before = project.contents(history=True)
    rows = run(
        "export", study, "--format", "csv", "--out", tmp_path / "csv", "--coder", "Ben", "--json"
    ).json["rows"]
    assert rows["annotations.csv"] == 1
    with (tmp_path / "csv" / "annotations.csv").open(encoding="utf-8", newline="") as file:
        assert [row["coder"] for row in csv.DictReader(file)] == ["Ben"]
    assert run("export", study, "--format", "jsonl", "--out", tmp_path / "all.jsonl").code == 0
    copy = tmp_path / "copy.rubric"
    assert run("import", copy, tmp_path / "all.jsonl").code == 0
    with Project.open(copy, places) as project:
        assert project.contents(history=True) == before
        project.sign_in(BEN)
        assert project.undoable() == "Code Claim: “We will open the gate, … but not before…”"
    assert "exists already" in one_sentence(run("import", copy, tmp_path / "all.jsonl"))


def test_export_refuses_in_words(run, study, tmp_path):
    out = tmp_path / "out"
    assert "“xyz” is not a format to export" in one_sentence(
        run("export", study, "--format", "xyz", "--out", out)
    )
    said = run("export", study, "--format", "csv", "--out", out, "--coder", "Nobody")
    assert one_sentence(said) == "There is no coder “Nobody” in this project, only nobody."
    assert run("export", study, "--format", "csv", "--out", out, "--separator", "ab").code == 2
    out.mkdir()
    (out / "thesis.txt").write_text("mine")
    assert "not an export of ours" in one_sentence(run("export", study, "--format", "csv", "--out", out))
    assert (out / "thesis.txt").read_text() == "mine"


def test_codebook_shows_exports_and_imports(run, study, tmp_path):
    assert "Actor [A]\n  - type (choice, required)\n" in run("codebook", study, "show").out
    file = tmp_path / "book.yaml"
    assert run("codebook", study, "export", file).code == 0
    assert "version 1" in run("codebook", study, "import", file).out, "the same codebook is no new version"
    file.write_text(file.read_text(encoding="utf-8").replace("name: Actor", "name: Agent"), encoding="utf-8")
    file.write_text(file.read_text(encoding="utf-8").replace("- Actor", "- Agent"), encoding="utf-8")
    assert "version 2" in run("codebook", study, "import", file).out
    file.write_text("codes: [{name: X, colour: blue}]", encoding="utf-8")
    assert "“blue” is not a colour" in one_sentence(run("codebook", study, "import", file))
    file.write_text("codes: [", encoding="utf-8")
    assert "is not valid YAML in line" in one_sentence(run("codebook", study, "import", file))


def test_a_codebook_is_written_over_nothing_but_a_codebook(run, study, tmp_path):
    before = study.read_bytes()
    assert "is the project itself" in one_sentence(run("codebook", study, "export", study))
    other = tmp_path / "other.yaml"
    other.write_bytes(before)
    assert "is not a codebook file" in one_sentence(run("codebook", study, "export", other))
    assert (study.read_bytes(), other.read_bytes()) == (before, before)
    assert run("codebook", study, "export", tmp_path / "book.yaml").code == 0
    assert run("codebook", study, "export", tmp_path / "book.yaml").code == 0


@pytest.mark.parametrize("separator", ['"', "\n", "\r", "x", "1"])
def test_a_separator_that_would_break_the_tables_is_refused(run, study, tmp_path, separator):
    said = run("export", study, "--format", "csv", "--out", tmp_path / "o", "--separator", separator)
    assert (said.code, "the separator is one character" in said.err) == (2, True)


def test_info_counts_coders_and_progress(run, study, places):
    with Project.open(study, places) as project:
        project.sign_in(ANA)
        add(project, ACTOR, "the minister")
        project.apply(SetWords(terms=(term("gate"), term("winter"))))
    said = run("info", study, "--json").json
    assert said["terms"] == 2
    (coder,) = said["coders"]
    assert (said["articles"], said["annotations"], coder["name"], coder["in_progress"]) == (3, 1, "Ana", 1)
    assert "Ana: done 0, in progress 1, 1 annotation\n" in run("info", study).out
    assert run("info", study).out.startswith("study: 3 articles, 1 annotation\n")


def test_formats_lists_what_there_is(run):
    said = run("formats", "--json").json
    assert [each["name"] for each in said["import"]] == [
        *("text", "csv", "tsv", "jsonl", "xlsx", "docx", "pdf", "html"),
    ]
    assert [each["name"] for each in said["export"]] == ["csv", "jsonl", "brat"]


def test_a_sound_project_is_said_to_be_sound(run, study):
    said = run("check", study)
    assert (said.code, said.out) == (0, "study.rubric is sound.\n")


def test_check_finds_quotes_and_texts_that_do_not_fit(run, study, places):
    with Project.open(study, places) as project:
        project.sign_in(ANA)
        made = add(project, ACTOR, "the minister")
    connection = sqlite3.connect(study)
    connection.execute("UPDATE fragment SET start = start + 1")
    connection.execute("UPDATE text SET content = content || 'x' WHERE content LIKE 'The harvest%'")
    connection.commit()
    connection.close()
    said = run("check", study, "--json")
    assert said.code == 1
    assert any(f"The quote of annotation {made} does not fit" in each for each in said.json["problems"])
    assert any("is not what was imported" in each for each in said.json["problems"])


def test_a_repaired_text_that_was_altered_says_so_for_good(run, study):
    connection = sqlite3.connect(study)
    connection.execute("UPDATE text SET content = content || 'x' WHERE content LIKE 'The harvest%'")
    connection.commit()
    connection.close()
    said = run("check", study, "--repair")
    assert "Mended" not in said.out
    assert "Not the text that was imported, but kept as it stands" in said.out
    repaired = study.with_name("study (repaired).rubric")
    assert run("check", repaired).code == 0
    (harvest,) = [
        each for each in run("articles", repaired, "--json").json if each["title"].startswith("The harvest")
    ]
    assert "SHA-256 was" in harvest["metadata"]["text altered outside Rubricator"]


def test_one_problem_is_said_to_be_one(run, study, tmp_path):
    (tmp_path / "a.csv").write_text("title,text\n", encoding="utf-8")
    said = run("check", tmp_path / "a.csv")
    assert (said.code, said.out.splitlines()[-1]) == (1, "a.csv: 1 problem.")
    (tmp_path / "b.csv").write_text("text\none\ntwo,more\n", encoding="utf-8")
    assert "row 3 has 2 cells, but there is 1 column" in run("import", study, tmp_path / "b.csv").out


def test_check_repairs_what_can_be_read(run, study, places):
    with Project.open(study, places) as project:
        project.sign_in(ANA)
        for end in range(2, 400):
            add(project, ACTOR, GATES[:end]) if end < len(GATES) else None
    data = bytearray(study.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 4096] = os.urandom(4096)
    study.write_bytes(data)
    said = run("check", study, "--repair", "--json")
    assert said.code == 1
    repaired = study.with_name("study (repaired).rubric")
    assert said.json["repaired"] == str(repaired)
    assert run("check", repaired).code == 0
    assert run("info", repaired, "--json").json["articles"] == 3


def test_check_on_an_export_of_a_project(run, study, tmp_path):
    out = tmp_path / "all.jsonl"
    run("export", study, "--format", "jsonl", "--out", out)
    assert run("check", out).code == 0
    out.write_text(out.read_text(encoding="utf-8").replace("harvest", "HARVEST"), encoding="utf-8")
    said = run("check", out)
    assert said.code == 1
    assert "does not fit its hash" in said.out


@pytest.mark.parametrize(("command", "verb"), [("info", []), ("check", []), ("codebook", ["show"])])
def test_a_project_that_is_not_there_is_one_sentence(run, tmp_path, command, verb):
    assert "There is no file" in one_sentence(run(command, tmp_path / "none.rubric", *verb))


def test_a_project_that_a_window_has_is_not_changed(run, study, places, tmp_path):
    (tmp_path / "a.txt").write_text("text")
    with Project.open(study, places, who="Ana"):
        sentence = one_sentence(run("import", study, tmp_path / "a.txt"))
    assert sentence.startswith("study.rubric cannot be changed now: open in another window (Ana, process")


def demo(tmp_path, **environment):
    """The demo in a process of its own, without a display."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    return subprocess.run(
        [sys.executable, "-m", "app", "demo", "--dir", str(tmp_path / "demo")],
        env={**kept, **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_the_demo_without_a_display_says_so_and_leaves_things_to_look_at(tmp_path):
    done = demo(tmp_path)
    folder = tmp_path / "demo"
    assert done.stderr.count("\n") == 1, done.stderr
    if done.returncode == 0:
        assert "There is no display" in done.stderr
        assert (folder / "demo.png").read_bytes().startswith(b"\x89PNG")
    else:
        assert "apt-get install" in done.stderr
    assert (folder / "demo.rubric").is_file()
    manifest = json.loads((folder / "demo-csv" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["files"]["annotations.csv"]["rows"] == 78


def test_a_display_that_does_not_answer_is_no_display(tmp_path):
    done = demo(tmp_path, DISPLAY=":987")
    assert "Traceback" not in done.stderr
    assert (tmp_path / "demo" / "demo-csv" / "annotations.csv").is_file()


def test_the_demo_holds_what_every_page_needs(run, tmp_path, places):
    demo(tmp_path)
    with Project.open(tmp_path / "demo" / "demo.rubric", places, read_only=True) as project:
        articles = project.articles()
        assert 6 <= len(articles) <= 10
        texts = "".join(project.text(article) for article in articles)
        assert any("\u0600" <= char <= "\u06ff" for char in texts), "Arabic"
        assert any("\uac00" <= char <= "\ud7a3" for char in texts), "Korean"
        assert any(ord(char) > 0xFFFF for char in texts), "emoji"
        everything = [each for article in articles for each in project.annotations(article.id)]
        assert len({each.coder_id for each in everything}) == 2
        assert any(len(each.fragments) > 1 for each in everything)
        layers = {project.codebook().layer(each.code_id).name for each in everything}
        assert layers == {"Actor", "Claim", "Humanitarian concern"}
        first = project.annotations(articles[0].id)
        assert {project.codebook().layer(each.code_id).name for each in first} == layers, (
            "three colours at once"
        )
    assert run("check", tmp_path / "demo" / "demo.rubric").code == 0


def test_every_code_of_the_default_codebook_is_explained(run, tmp_path, places):
    run("new", tmp_path / "a.rubric")
    with Project.open(tmp_path / "a.rubric", places, read_only=True) as project:
        codes = project.codebook().codes
    assert len(codes) == 14
    for code in codes:
        assert code.definition
        assert code.when
        assert code.when_not
        assert code.examples
        assert code.shortcut


def test_a_codebook_with_a_default_that_is_no_answer_is_refused(run, study, tmp_path):
    book = tmp_path / "book.yaml"
    book.write_text(
        "codes:\n- name: A\n  attributes:\n  - {name: sort, kind: choice, choices: [a, b], default: zzz}\n",
        encoding="utf-8",
    )
    for words in (("codebook", study, "import", book), ("new", tmp_path / "new.rubric", "--codebook", book)):
        said = run(*words)
        assert said.code == 1
        sentence = "The default of “sort” is no answer to it: “sort” takes one of a, b, not “zzz”."
        assert said.err == f"book.yaml: {sentence}\n"
    assert not (tmp_path / "new.rubric").exists()


def test_a_codebook_is_compared_published_and_its_versions_listed(run, study, places):
    with Project.open(study, places) as project:
        claim = next(code for code in project.codebook().codes if code.name == "Claim")
        project.apply(SaveCode(code=with_values(claim, definition="Words.")))
    sentence = "The definition of “Claim” was written: “Words.”"
    assert run("codebook", study, "diff").out.splitlines() == [sentence]
    assert "Changes that are not published: 1." in run("codebook", study, "versions").out
    assert "is now version 2" in run("codebook", study, "publish", "--note", "clearer").out
    assert run("codebook", study, "diff").out.splitlines() == ["Nothing has changed."]
    assert run("codebook", study, "diff", "1", "2").out.splitlines() == [sentence]
    told = run("codebook", study, "diff", "1", "--json").json
    assert told == {"old": 1, "new": None, "differences": [sentence]}
    listed = run("codebook", study, "versions", "--json").json
    assert [(each["version"], each["note"]) for each in listed["versions"]] == [(1, ""), (2, "clearer")]
    assert listed["unpublished"] == []
    assert "Version 9 of the codebook is not kept" in one_sentence(run("codebook", study, "diff", "9"))
    assert "Nothing has changed since version 2" in one_sentence(run("codebook", study, "publish"))


def test_nothing_of_somebody_elses_is_written_over(run, study, tmp_path):
    mine = tmp_path / "mine.csv"
    mine.write_text("title;text\nA;B\n", encoding="utf-8")
    before = mine.read_bytes(), study.read_bytes()
    for words in (
        ("import", study, mine, "--report", study),
        ("import", study, mine, "--report", mine),
        ("codebook", study, "export", mine),
        ("codebook", "schema", "--out", mine),
        ("codebook", "schema", "--out", study),
    ):
        done = run(*words)
        assert "is there already" in one_sentence(done), words
        assert (mine.read_bytes(), study.read_bytes()) == before, "and nothing was imported"
    for name in ("book.csv", "book.yaml", "book.json", "book.qdc", "book.html"):
        for _again in range(2):
            assert run("codebook", study, "export", tmp_path / name).code == 0
    for _again in range(2):
        assert run("codebook", "schema", "--out", tmp_path / "schema.json").code == 0
        assert run("import", study, mine, "--report", tmp_path / "report.txt").code == 0
