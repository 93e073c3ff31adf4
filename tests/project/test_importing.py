"""Files to articles: what enters, what is recognised, what is said."""

import csv
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.articles import Draft, text_hash
from app.domain.errors import UserError
from app.domain.progress import Cancelled
from app.exchange.formats import ReadOptions
from app.project.import_report import FileReport, sentences, summary, write_report
from app.project.importing import files_below, gather, read_file, read_files, stage
from app.project.near import find_near, reasons, text_in_project, to_leave_out
from app.project.project import Project
from tests.builders import GATES, HARVEST
from tests.papers import PARAGRAPH, nexis, page, pdf

WIRE = " ".join(f"word{number}" for number in range(120))


def changed(text, *places):
    words = text.split(" ")
    for place in places:
        words[place] = "changed"
    return " ".join(words)


@pytest.fixture
def mixed(tmp_path):
    """A folder as people have them: every kind of file, good, bad and hidden."""
    folder = tmp_path / "corpus"
    (folder / "deeper").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    (folder / "Gate_files").mkdir()
    book = openpyxl.Workbook()
    for row in (["headline", "text"], ["A", "From a workbook."], ["B", None]):
        book.active.append(row)
    book.save(folder / "a.xlsx")
    (folder / "b.csv").write_bytes('title;text\nÄ;"He said ""no; never"", he did."\n'.encode("utf-16"))
    (folder / "c.pdf").write_bytes(pdf([[PARAGRAPH[:80]]]))
    (folder / "scan.pdf").write_bytes(pdf([[]]))
    (folder / "deeper" / "nexis.txt").write_text(nexis(1) + nexis(2), encoding="utf-8")
    (folder / "Gate.html").write_text(page(), encoding="utf-8")
    (folder / "Gate_files" / "frame.html").write_text(page(), encoding="utf-8")
    (folder / ".hidden" / "x.txt").write_text("hidden", encoding="utf-8")
    (folder / "~$a.docx").write_bytes(b"lock")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    return folder


def test_a_mixed_folder_enters_and_what_cannot_be_read_is_named(mixed, study, places):
    old = mixed.parent / "old.doc"
    old.write_bytes(b"Word")
    staged = stage([mixed, mixed / "Gate.html", old], {})
    assert sorted(draft.title for draft in staged.drafts) == [
        *("A", "Gate number 1 opens", "Gate number 2 opens", "Gate opens before winter", PARAGRAPH[:80], "Ä"),
    ]
    assert [report.error for report in staged.reports if report.error] == [
        "scan.pdf: it holds pictures of pages but no text (a scan). Run a text recognition (OCR) over it first.",
        "old.doc: this is an old Word document; save it as .docx.",
    ]
    with Project.open(study, places) as project:
        project.apply(staged.command)
        again = stage([mixed], project.titles_by_hash())
        assert again.command is None, "the same files a second time add nothing"
        assert sum(len(report.duplicates) for report in again.reports) == len(staged.drafts)
        before = project.article_count()
        project.apply(staged.command)
        assert project.article_count() == before, "even if somebody had them staged twice"
        project.undo()
        assert project.article_count() == 3, "an import is one step, and one that adds nothing is none"


def test_files_are_named_once_and_what_belongs_to_a_page_is_passed_over(mixed):
    below = files_below([mixed, mixed / "b.csv"])
    assert [path.name for path in below.skipped[mixed]] == ["picture.png"]
    names = [path.name for path in below.files]
    assert names == ["Gate.html", "a.xlsx", "b.csv", "c.pdf", "nexis.txt", "scan.pdf"]


def test_options_are_for_one_file_alone(tmp_path):
    (tmp_path / "a.csv").write_text("x,y\n1,long words\n", encoding="utf-8")
    read = read_file(tmp_path / "a.csv")
    assert (read.reading, read.table.columns, read.encoding) == (None, ("x", "y"), "UTF-8")
    assert read.error.startswith("a.csv: no column holds the text.")
    mapped = read_file(tmp_path / "a.csv", options=ReadOptions(columns={"text": "y", "title": "x"}))
    assert mapped.reading.table.mapping == {"title": "x", "text": "y"}
    without = read_file(tmp_path / "a.csv", options=ReadOptions(columns={"text": "y", "title": ""}))
    assert "title" not in without.reading.table.mapping
    (tmp_path / "t.txt").write_text("x", encoding="utf-8")
    wrong = read_file(tmp_path / "t.txt", options=ReadOptions(columns={"text": "y"}))
    assert wrong.error == "t.txt: a Plain text file has no columns to map."


def test_reading_many_files_can_be_stopped_in_the_middle_of_one(tmp_path):
    (tmp_path / "long.pdf").write_bytes(pdf([["Some text on this page."]] * 30))
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    told = []

    def stop(done, total):
        told.append((done, total))
        if len(told) == 10:
            raise Cancelled

    with pytest.raises(Cancelled):
        read_files([tmp_path / "a.txt", tmp_path / "long.pdf"], progress=stop)
    assert told[-1] == (1, 2)


# Articles that are much alike


def near(*texts, path=None):
    return find_near([Draft(text=text, title=f"T{number}") for number, text in enumerate(texts)], path)


def test_a_story_that_was_printed_twice_is_found_and_measured():
    (pair,) = near(WIRE, "Something else altogether.", changed(WIRE, 50))
    assert (pair.number, pair.other, pair.title, pair.other_title) == (2, 0, "T2", "T0")
    assert pair.found.percent == 95
    assert pair.in_words() == "“T2” is 95 % alike to “T0” in this import"


def test_articles_of_the_project_are_compared_too(study, places):
    (pair,) = near("It is told that " + GATES.replace("winter", "spring"), path=study)
    assert (pair.other, pair.other_title) == (
        -1,
        "“We will open the gate,” the minister said, “but not before winter.”",
    )
    assert text_in_project(study, pair.sha256) == GATES
    assert near(HARVEST.upper(), path=study)[0].found.percent == 100


def test_of_many_copies_one_stays():
    copies = [changed(WIRE, number) for number in range(60)]
    left_out = to_leave_out(near(*copies))
    assert sorted(left_out) == list(range(1, 60))
    assert all(pair.other == 0 for pair in left_out.values())


def test_what_is_like_something_left_out_but_not_like_what_stays_is_kept():
    drift = [changed(WIRE, *range(0, 40, 4)), WIRE, changed(WIRE, *range(60, 100, 4))]
    pairs = near(*drift)
    assert {(pair.number, pair.other) for pair in pairs} >= {(1, 0), (2, 1)}, "each like the one before"
    assert list(to_leave_out(pairs)) == [1]


def test_the_reason_why_something_is_left_out_is_what_stays():
    """The third is most like the second, which is left out itself; it goes because it is like the first."""
    texts = [WIRE, changed(WIRE, 50, 60), changed(WIRE, 50, 61)]
    pairs = near(*texts, "Something else.")
    assert next(pair.other for pair in pairs if pair.number == 2) == 1
    left_out = to_leave_out(pairs)
    assert sorted(left_out) == [1, 2]
    told = {number: pair.other for number, pair in reasons(pairs, left_out).items()}
    assert told == {1: 0, 2: 0} == {number: pair.other for number, pair in left_out.items()}
    assert reasons(pairs, frozenset({0, 1, 2}))[2].other == 1, "if nothing stays, the most alike"


@given(st.lists(st.integers(0, 119), max_size=30), st.lists(st.integers(0, 119), max_size=30))
def test_the_order_of_two_articles_makes_no_difference_to_how_alike_they_are(one, other):
    first, second = changed(WIRE, *one), changed(WIRE, *other)
    assert [pair.found for pair in near(first, second)] == [pair.found for pair in near(second, first)]


def test_comparing_tells_how_far_it_is_and_can_be_stopped():
    told = []
    find_near([Draft(text=f"a {number}") for number in range(5)], None, lambda *at: told.append(at))
    assert told[0] == (0, 5)
    assert told[-1] == (5, 5)

    def stop(_done, _total):
        raise Cancelled

    with pytest.raises(Cancelled):
        find_near([Draft(text="a")], None, stop)


# The report


@pytest.fixture
def staged(tmp_path):
    (tmp_path / "a.csv").write_text(
        f"title,text\n=1+1,{WIRE}\nTwice,{WIRE}\nNear,{changed(WIRE, 9)}\nNone,\n", encoding="utf-8"
    )
    return gather(read_files([tmp_path / "a.csv", tmp_path / "gone.txt"]), {})


def test_what_is_left_out_is_in_the_report_and_not_in_the_step(staged):
    assert len(staged.drafts) == 2
    decided = staged.flagging({0: "“=1+1” is like none"}).leaving_out({1: "“Near” is 95 % alike to “=1+1”"})
    assert [draft.title for draft in decided.command.drafts] == ["=1+1"]
    report = decided.reports[0]
    assert (report.new, report.left_out, report.flagged) == (
        1,
        ("“Near” is 95 % alike to “=1+1”",),
        ("“=1+1” is like none",),
    )
    assert list(sentences(report))[1:] == [
        "a.csv: left out, “Twice” has the same text as “=1+1” in a.csv",
        "a.csv: left out, “Near” is 95 % alike to “=1+1”",
        "a.csv: “=1+1” is like none",
        "a.csv: row 5: there is no text",
    ]
    assert summary(decided.reports) == (
        "1 new article, 1 left out because the same text is there already, 1 left out by choice, 1 problem, "
        "1 file that cannot be read."
    )


def test_a_text_that_is_there_already_is_said_to_be_in_the_project_or_in_a_file(tmp_path):
    for name, title in (("a.csv", "Aid"), ("b.csv", "Help")):
        (tmp_path / name).write_text(f"title,text\n{title},{WIRE}\n", encoding="utf-8")
    reads = read_files([tmp_path / "a.csv", tmp_path / "b.csv"])
    assert gather(reads, {}).reports[1].duplicates == ("“Help” has the same text as “Aid” in a.csv",)
    again = gather(reads, {text_hash(reads[0].reading.drafts[0].text): "Aid"}).reports
    assert again[0].duplicates == ("“Aid” is in the project already",)
    assert again[1].duplicates == ("“Help” has the same text as “Aid” in the project",)


def test_many_articles_are_counted_with_commas():
    report = FileReport(path="big.csv", new=10_000)
    assert list(sentences(report)) == ["big.csv: 10,000 new articles"]
    assert list(report.details()) == [("new", "10,000 new articles")]


def test_the_report_is_saved_as_text_or_as_a_table(staged, tmp_path):
    write_report(staged.reports, tmp_path / "r.txt", head="Import into study.rubric")
    text = (tmp_path / "r.txt").read_text(encoding="utf-8")
    assert text.startswith("Import into study.rubric\n2 new articles, ")
    assert "  problem: row 5: there is no text\n" in text
    assert "  error: gone.txt: there is no such file.\n" in text
    write_report(staged.reports, tmp_path / "r.csv", head="")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "r.csv").read_text(encoding="utf-8"))))
    assert [(row["kind"], row["what"]) for row in rows if row["kind"] in ("new", "same text", "error")] == [
        ("new", "2 new articles"),
        ("same text", "“Twice” has the same text as “=1+1” in a.csv"),
        ("error", "gone.txt: there is no such file."),
    ]
    with pytest.raises(UserError, match=r"r\.txt cannot be written"):
        write_report(staged.reports, tmp_path / "nowhere" / "r.txt", head="")
