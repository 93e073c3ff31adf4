"""Workbooks as people make them, and those that are no such thing."""

import zipfile
from datetime import datetime, time

import openpyxl
import pytest
from docx.oxml.ns import nsdecls

from app.domain.errors import UserError
from app.domain.progress import Cancelled, unheard
from app.exchange.formats import NoArticles, ReadOptions
from app.exchange.registry import article_format_for
from tests.papers import changed

W = nsdecls("w")


def read(path, progress=unheard, **options):
    return article_format_for(path).read(path, ReadOptions(**options), progress)


def refusal(path, **options):
    with pytest.raises(UserError) as caught:
        read(path, **options)
    return str(caught.value)


@pytest.fixture
def book(tmp_path):
    """Saves a workbook whose first sheet has these rows."""

    def save(rows, change=lambda _book: None, name="t.xlsx"):
        made = openpyxl.Workbook()
        for row in rows:
            made.active.append(row)
        change(made)
        made.save(tmp_path / name)
        return tmp_path / name

    return save


def test_cells_are_as_they_show(book):
    row = [
        "T",
        "Words",
        datetime(2025, 3, 1),
        datetime(2025, 3, 1, 14, 30),
        time(9, 5),
        7.0,
        0.1 + 0.2,
        True,
        12345678901,
    ]
    path = book([["title", "text", "date", "seen", "at", "page", "score", "ok", "n"], row])
    (draft,) = read(path).drafts
    assert (draft.title, draft.text, draft.date) == ("T", "Words", "2025-03-01")
    assert draft.metadata == {
        "seen": "2025-03-01T14:30:00",
        "at": "09:05:00",
        "page": "7",
        "score": "0.3",
        "ok": "true",
        "n": "12345678901",
    }


def test_escaped_line_ends_and_empty_rows(book):
    path = book([["text"], ["one_x000D_\ntwo"], [None], ["three"]])
    reading = read(path)
    assert [draft.text for draft in reading.drafts] == ["one\ntwo", "three"]
    assert "1 line end turned to LF" in reading.notes


def test_sheets_are_told_and_can_be_chosen(book):
    def change(made):
        made.active.title = "old"
        made.active.sheet_state = "hidden"
        made.create_sheet("empty")
        made.create_sheet("news").append(["text"])
        made["news"].append(["from the news"])

    path = book([["text"], ["from the old"]], change)
    reading = read(path)
    assert reading.drafts[0].text == "from the news"
    assert reading.notes[:2] == ("sheet “news” of 3", "hidden: “old”")
    assert (reading.table.sheets, reading.table.hidden, reading.table.sheet) == (
        ("old", "empty", "news"),
        ("old",),
        "news",
    )
    assert read(path, sheet="old").drafts[0].text == "from the old"
    assert refusal(path, sheet="x") == "there is no sheet “x”, only “old”, “empty”, “news”."
    with pytest.raises(NoArticles, match="the sheet “empty” is empty") as caught:
        read(path, sheet="empty")
    assert caught.value.table.sheets == ("old", "empty", "news")


def test_a_sheet_of_explanations_is_passed_over(book):
    def change(made):
        made.active.title = "Readme"
        made.create_sheet("Old").append(["text"])
        made.create_sheet("Data").append(["title", "text"])
        made["Data"].append(["T", "Words."])

    path = book([["About", "this"], ["Made by", "the archive"]], change)
    reading = read(path)
    assert [draft.text for draft in reading.drafts] == ["Words."]
    assert reading.notes[0] == "sheet “Data” of 3, because “Readme” has no column of texts"
    with pytest.raises(NoArticles, match="This is the sheet “Readme”; the other sheets are “Old”, “Data”"):
        read(path, sheet="Readme")


@pytest.mark.parametrize(
    ("years", "told"),
    [
        (["2024"], "the sheet “2024” holds texts too, which are not taken; choose it and import once more"),
        (
            ["2024", "2025"],
            "the sheets “2024”, “2025” hold texts too, which are not taken; choose each and import once more",
        ),
    ],
)
def test_other_sheets_with_texts_are_told_unless_one_was_chosen(book, years, told):
    def change(made):
        made.create_sheet("Notes").append(["about", "this"])
        for year in years:
            made.create_sheet(year).append(["title", "text"])
            made[year].append(["T", f"Words of {year}."])

    path = book([["title", "text"], ["T", "Words."]], change)
    assert read(path).problems == (told,)
    assert read(path, sheet="Sheet").problems == ()
    assert [draft.text for draft in read(path, sheet="2024").drafts] == ["Words of 2024."]


def test_the_sheet_with_the_columns_that_were_named_is_taken(book):
    def change(made):
        made.create_sheet("Data").append(["kop", "tekst"])
        made["Data"].append(["T", "Woorden."])

    path = book([["About", "this"]], change)
    assert read(path, columns={"text": "tekst"}).drafts[0].text == "Woorden."
    with pytest.raises(NoArticles) as caught:
        read(path)
    assert "“About”, “this”" in str(caught.value)
    assert str(caught.value).endswith(
        "This is the sheet “Sheet”; the other sheet is “Data” (on the command line: --sheet NAME)."
    )


def test_merged_cells_a_title_above_and_formulas_without_a_value(book):
    def change(made):
        sheet = made.active
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("A3:A5")
        sheet["C3"] = "=1+1"

    rows = [
        ["Our corpus"],
        ["source", "text", "n"],
        ["Harbour", "one"],
        [None, "two"],
        [None, "three"],
        ["Post", "four"],
    ]
    reading = read(book(rows, change))
    assert [draft.source for draft in reading.drafts] == ["Harbour", "Harbour", "Harbour", "Post"]
    assert "1 row above the header left out" in reading.notes
    assert "merged cells filled downwards" in reading.notes
    assert any(
        note.startswith("1 formula was never worked out and counts as empty") for note in reading.notes
    )


def test_formulas_give_what_they_came_to(book, tmp_path):
    path = book([["text", "n"], ["words", 5]])
    worked = tmp_path / "worked.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(worked, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "xl/worksheets/sheet1.xml":
                assert b"<v>5</v>" in data
                data = data.replace(b"<v>5</v>", b"<f>2+3</f><v>5</v>")
            new.writestr(entry, data)
    reading = read(worked)
    assert reading.drafts[0].metadata == {"n": "5"}
    assert not any("formula" in note for note in reading.notes)


def test_columns_can_be_mapped_after_a_look(book):
    path = book([["a", "b"], ["x", "long text"]])
    with pytest.raises(NoArticles, match="no column holds the text") as caught:
        read(path)
    assert caught.value.table.columns == ("a", "b")
    assert caught.value.table.rows == (("x", "long text"),)
    assert read(path, columns={"text": "b", "title": "a"}).drafts[0].title == "x"


def test_what_is_no_workbook_is_said(tmp_path, book):
    (tmp_path / "a.xlsx").write_bytes(b"text")
    assert refusal(tmp_path / "a.xlsx") == "this is no Excel workbook (.xlsx), or it is damaged."
    (tmp_path / "b.xlsx").write_bytes(
        b"\xd0\xcf\x11\xe0" + b"x" * 600 + "EncryptedPackage".encode("utf-16-le")
    )
    assert refusal(tmp_path / "b.xlsx") == "it is protected with a password; save it without one."
    (tmp_path / "c.docx").write_bytes(b"\xd0\xcf\x11\xe0" + b"x" * 600)
    assert "old Office document; save it as a new Word document" in refusal(tmp_path / "c.docx")
    whole = book([["text"], ["a"]]).read_bytes()
    (tmp_path / "d.xlsx").write_bytes(whole[: len(whole) // 2])
    assert "damaged" in refusal(tmp_path / "d.xlsx")
    with zipfile.ZipFile(tmp_path / "e.xlsx", "w") as archive:
        archive.writestr("hello.txt", "x")
    assert "this is no Excel workbook" in refusal(tmp_path / "e.xlsx")
    assert refusal(tmp_path / "a.xls") == "this is an old Excel workbook; save it as .xlsx."


@pytest.mark.parametrize("name", ["bomb.xlsx", "bomb.docx"])
def test_an_archive_made_to_fill_the_memory_is_refused(tmp_path, name):
    with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b"\0" * 30_000_000)
    assert "may have been made to do harm" in refusal(tmp_path / name)


def test_entities_in_a_document_are_refused(tmp_path):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x><b>&b;</b></x>'
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("word/document.xml", bomb)
    assert refusal(tmp_path / "a.docx") == "this is no Word document (.docx), or it is damaged."


def test_a_long_sheet_tells_how_far_it_is_and_can_be_stopped(book):
    path = book([["text"], *([f"text {number}"] for number in range(1_600))])
    told = []
    assert len(read(path, lambda done, total: told.append((done, total))).drafts) == 1_600
    assert len(told) == 4, "once while it is looked through, then every 500 rows"
    assert all(done <= total for done, total in told)

    def stop(_done, _total):
        raise Cancelled

    with pytest.raises(Cancelled):
        read(path, stop)


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize("trap", [b"<f " * 100_000, b"<f/>" + b" " * 300_000], ids=["tags", "white space"])
def test_a_sheet_made_to_keep_the_search_for_formulas_at_work_is_read_at_once(book, trap):
    path = changed(
        book([["text"], ["words"]]),
        SHEET,
        lambda data: data.replace(b"</sheetData>", b"</sheetData><!-- " + trap + b"-->"),
    )
    assert [draft.text for draft in read(path).drafts] == ["words"]


def test_looking_through_a_sheet_can_be_stopped_before_any_row_is_read(book):
    told = []

    def stop(done, total):
        told.append((done, total))
        raise Cancelled

    with pytest.raises(Cancelled):
        read(book([["text"], ["words"]]), stop)
    assert told[0][0] == 0


@pytest.mark.parametrize("number", [b"1048577", b"2000000000"])
def test_rows_beyond_the_end_of_excel_are_said(book, number):
    row = b'<row r="%s"><c r="A%s" t="inlineStr"><is><t>x</t></is></c></row></sheetData>' % (number, number)
    path = changed(book([["text"], ["words"]]), SHEET, lambda data: data.replace(b"</sheetData>", row))
    assert refusal(path) == (
        "a row of the sheet “Sheet” has a number above 1,048,576, where Excel ends; "
        "save it anew in Excel, or as several sheets."
    )
