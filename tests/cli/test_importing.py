"""The options of `import`: sheets, downloads, likeness, trying out, reports."""

import csv
import os

import openpyxl
import pytest

from tests.builders import GATES
from tests.papers import academic, nexis, pdf

WIRE = " ".join(f"word{number}" for number in range(120))


@pytest.fixture
def wires(tmp_path):
    """Two files with the same story, and one with a story that the project has much alike."""
    for name, text in (
        ("a", WIRE),
        ("b", WIRE.replace("word50", "other")),
        ("c", GATES.replace("winter", "spring")),
    ):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return [tmp_path / f"{name}.txt" for name in "abc"]


def test_a_sheet_is_chosen_by_its_name(run, study, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["text"])
    book.create_sheet("old").append(["text"])
    book["old"].append(["From the old sheet."])
    book.save(tmp_path / "a.xlsx")
    assert "no row holds an article" in run("import", study, tmp_path / "a.xlsx", "--sheet", "Sheet").err
    said = run("import", study, tmp_path / "a.xlsx", "--sheet", "old")
    assert said.out == "a.xlsx: 1 new article (sheet “old”, text from “text”)\n"
    assert "there is no sheet “x”" in run("import", study, tmp_path / "a.xlsx", "--sheet", "x").err


def test_a_download_is_taken_apart_or_whole(run, study, tmp_path):
    (tmp_path / "n.txt").write_text(nexis(1) + nexis(2), encoding="utf-8")
    assert run("import", study, tmp_path / "n.txt", "--dry-run", "--json").json["new"] == 2
    assert run("import", study, tmp_path / "n.txt", "--whole", "--json").json["new"] == 1
    (tmp_path / "r.txt").write_text("One.\n-----\nTwo.\n", encoding="utf-8")
    assert "looks like 2 articles (ruled lines)" in run("import", study, tmp_path / "r.txt", "--dry-run").out
    assert run("import", study, tmp_path / "r.txt", "--split", "--json").json["new"] == 2


def test_texts_that_enter_whole_and_apart_are_told(run, study, tmp_path):
    download = tmp_path / "n.txt"
    download.write_text(academic(1, 2) + academic(2, 2), encoding="utf-8")
    assert "hold" not in run("import", study, download, "--dry-run").out
    run("import", study, download, "--whole")
    said = run("import", study, download, "--dry-run", "--report", tmp_path / "r.txt")
    sentence = "“1 of 2 DOCUMENTS” is one article that holds the texts of these 2; keep either"
    assert f"n.txt: {sentence}" in said.out
    assert f"problem: {sentence}" in (tmp_path / "r.txt").read_text(encoding="utf-8")
    run("import", study, download, "--split")
    again = run("import", study, download, "--split").out
    assert "2 more" not in again and "holds the texts" not in again, "nothing enters a second time"


def test_a_text_whose_parts_are_there_already_is_told(run, study, tmp_path):
    download = tmp_path / "n.txt"
    download.write_text(nexis(1) + nexis(2), encoding="utf-8")
    run("import", study, download)
    (said,) = run("import", study, download, "--whole", "--json").json["files"]
    assert said["problems"] == [
        "2 articles hold parts of this text, such as “Gate number 1 opens”; keep either, or they stand there twice"
    ]


def test_divided_words_are_joined_when_asked(run, study, tmp_path):
    (tmp_path / "a.pdf").write_bytes(pdf([["The council met the mo-", "ney question."]]))
    said = run("import", study, tmp_path / "a.pdf", "--join-hyphens")
    assert said.out == "a.pdf: 1 new article (1 page, 1 word divided at line ends joined)\n"


def test_articles_that_are_much_alike_are_told(run, study, wires):
    said = run("import", study, *wires, "--near-duplicates", "report", "--dry-run", "--json").json
    assert said["new"] == 3
    assert [(each["in_project"], each["similarity"] > 0.7) for each in said["near_duplicates"]] == [
        (False, True),
        (True, True),
    ]
    assert said["files"][1]["flagged"][0].endswith("in this import")
    assert "is 95 % alike to" in run("import", study, *wires, "--near-duplicates", "report").out


def test_articles_that_are_much_alike_are_left_out_when_asked(run, study, wires):
    said = run("import", study, *wires, "--near-duplicates", "skip", "--json").json
    assert (said["new"], [each["new"] for each in said["files"]]) == (1, [1, 0, 0])
    assert run("info", study, "--json").json["articles"] == 4
    assert run("import", study, *wires, "--near-duplicates", "perhaps").code == 2


def test_trying_out_changes_nothing_and_a_report_is_written(run, study, wires, tmp_path):
    said = run("import", study, *wires, "--dry-run", "--report", tmp_path / "r.csv")
    assert said.out.endswith("Nothing was changed.\n")
    assert run("info", study, "--json").json["articles"] == 3
    with (tmp_path / "r.csv").open(encoding="utf-8") as file:
        assert [row["kind"] for row in csv.DictReader(file)] == ["new", "new", "new"]
    assert run("import", study, *wires, "--report", tmp_path / "r.txt").code == 0
    assert (
        (tmp_path / "r.txt")
        .read_text(encoding="utf-8")
        .startswith("Imported into study.rubric\n3 new articles.")
    )
    again = run("import", study, *wires, "--json").json
    assert again["new"] == 0, "the same files twice add nothing"
    assert "cannot be written" in run("import", study, *wires, "--report", tmp_path / "no" / "r.txt").err


def test_what_of_a_folder_is_skipped_is_counted_and_named(run, study, tmp_path):
    folder = tmp_path / "corpus"
    (folder / "deeper").mkdir(parents=True)
    for name in ("a.txt", "mails.mbox", "deeper/scan.tif", "deeper/NOTES", ".hidden.mbox"):
        (folder / name).write_text(name, encoding="utf-8")
    said = run("import", study, folder, "--report", tmp_path / "r.csv")
    assert said.code == 0
    assert said.out.endswith(
        "corpus: 3 files skipped that cannot be imported: "
        f"“deeper{os.sep}NOTES”, “deeper{os.sep}scan.tif”, “mails.mbox”\n"
    )
    with (tmp_path / "r.csv").open(encoding="utf-8") as file:
        rows = [(row["kind"], row["what"]) for row in csv.DictReader(file)]
    assert rows[-1] == ("skipped", "mails.mbox cannot be imported")
    (folder / "a.txt").unlink()
    said = run("import", study, folder, "--json")
    assert (said.code, len(said.json["files"][0]["skipped"])) == (1, 3)
    assert said.json["files"][0]["error"] == "corpus: the folder holds no file that can be imported."


@pytest.mark.parametrize("name", ["nowhere", "nowhere.mbox", "nowhere.txt"])
def test_a_file_that_is_not_there_is_said_whatever_its_ending(run, study, tmp_path, name):
    said = run("import", study, tmp_path / name)
    assert (said.code, said.err) == (1, f"{name}: there is no such file.\n")


def test_apart_and_whole_together_are_wrong_usage(run, study, tmp_path):
    (tmp_path / "a.txt").write_text("words", encoding="utf-8")
    for words in (("--split", "--whole"), ("--whole", "--split")):
        said = run("import", study, tmp_path / "a.txt", *words)
        assert (said.code, said.out) == (2, "")
        assert "either apart with --split or whole with --whole, not both" in said.err


def test_a_workbook_that_begins_with_explanations(run, study, tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Readme"
    book.active.append(["About", "this"])
    book.create_sheet("Data").append(["kop", "tekst"])
    book["Data"].append(["T", "Woorden."])
    book.save(tmp_path / "a.xlsx")
    said = run("import", study, tmp_path / "a.xlsx")
    assert said.code == 1
    assert "the other sheet is “Data” (on the command line: --sheet NAME).\n" in said.err
    said = run("import", study, tmp_path / "a.xlsx", "--map", "text=tekst")
    assert said.out.startswith(
        "a.xlsx: 1 new article (sheet “Data” of 2, because “Readme” has no column of texts,"
    )
