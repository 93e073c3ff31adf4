"""Workbooks and Word documents as people make them, and those that are no such thing."""

import random
import re
import zipfile
from datetime import datetime, time

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from app.domain.errors import UserError
from app.domain.progress import Cancelled, unheard
from app.exchange.formats import NoArticles, ReadOptions
from app.exchange.registry import article_format_for
from tests.papers import academic, factiva_coded, nexis

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
        "This is the sheet “Sheet”; the other sheet is “Data”, to be taken with --sheet NAME."
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
    assert any(note.startswith("1 formula was never worked out") for note in reading.notes)


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


def changed(path, name, change):
    """Write an archive anew with one of its parts changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    parts[name] = change(parts.get(name, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, data in parts.items():
            archive.writestr(entry, data)
    return path


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


STRINGS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"


@pytest.mark.parametrize("name", ["xl/sharedStrings.xml", "xl/worksheets/hidden.bin"])
def test_texts_of_a_workbook_that_would_fill_the_memory_are_refused_before_they_are_read(book, name):
    chance = random.Random(1)
    noise = chance.randbytes(30_000).hex().encode()
    path = book([["text"], ["words"]])
    declared = f'<Override PartName="/{name}" ContentType="{STRINGS}"/></Types>'.encode()
    changed(path, "[Content_Types].xml", lambda data: data.replace(b"</Types>", declared))
    strings = b"<sst><!--" + noise + b"-->" + b"<si/>" * 41_000
    changed(path, name, lambda _: strings * 100 + b"</sst>")
    assert refusal(path) == "its text has more than 4,000,000 tags; that many can be read, so split it."


def test_styles_that_would_fill_the_memory_are_refused_before_they_are_read(book):
    letters = random.Random(1).randbytes(300_000).hex().encode()
    path = book([["text"], ["words"]])
    changed(
        path, "xl/styles.xml", lambda data: data.replace(b"<fonts", b"<!--" + letters * 52 + b"--><fonts", 1)
    )
    assert refusal(path) == "its text unpacks to 31 MB; up to 30 MB can be read, so split it."


# Word


@pytest.fixture
def word(tmp_path):
    """Saves a document that was made with python-docx."""

    def save(make, name="story.docx"):
        document = docx.Document()
        make(document)
        document.save(tmp_path / name)
        return tmp_path / name

    return save


def test_paragraphs_and_tables_come_in_their_order(word):
    def make(document):
        document.add_heading("Gate opens", 0)
        document.add_paragraph("Before.\tTab\nand break.")
        table = document.add_table(2, 2)
        for cell, text in zip(
            (c for row in table.rows for c in row.cells), ("Town", "People", "Hořice", "200"), strict=True
        ):
            cell.text = text
        document.add_paragraph("After.")
        document.sections[0].header.paragraphs[0].text = "RUNNING HEAD"
        document.core_properties.author = "Research assistant"
        document.core_properties.title = "Word Document"

    reading = read(word(make))
    (draft,) = reading.drafts
    assert draft.text == "Gate opens\nBefore.\tTab\nand break.\nTown\tPeople\nHořice\t200\nAfter."
    assert (draft.title, draft.author, draft.reference) == ("Gate opens", "", "story")
    assert draft.metadata["file author"] == "Research assistant"
    assert "1 table set as rows with tabs" in reading.notes


def test_nothing_that_shows_is_lost_and_nothing_deleted_comes_back(word):
    def make(document):
        paragraph = document.add_paragraph("Start ")._p
        for xml in (
            f"<w:ins {W}><w:r><w:t xml:space='preserve'>inserted </w:t></w:r></w:ins>",
            f"<w:del {W}><w:r><w:delText>deleted</w:delText></w:r></w:del>",
            f"<w:sdt {W}><w:sdtContent><w:r><w:t xml:space='preserve'>controlled </w:t></w:r></w:sdtContent></w:sdt>",
            f"<w:hyperlink {W}><w:r><w:t>link</w:t></w:r></w:hyperlink>",
            f"<w:r {W}><w:t>co</w:t><w:noBreakHyphen/><w:t>op</w:t><w:br w:type='page'/></w:r>",
            f"<w:r {W}><w:fldChar w:fldCharType='begin'/><w:instrText>PAGE</w:instrText></w:r>",
        ):
            paragraph.append(parse_xml(xml))

    reading = read(word(make))
    assert reading.drafts[0].text == "Start inserted controlled linkco‑op"
    assert "1 tracked deletion left out" in reading.notes


def test_notes_stand_at_the_end_with_their_numbers(word, tmp_path):
    def make(document):
        paragraph = document.add_paragraph("A claim")._p
        paragraph.append(parse_xml(f"<w:r {W}><w:footnoteReference w:id='2'/></w:r>"))
        paragraph.append(parse_xml(f"<w:r {W}><w:t> that is disputed.</w:t></w:r>"))

    plain, path = word(make), tmp_path / "noted.docx"
    notes = (
        f"<w:footnotes {W}><w:footnote w:id='0' w:type='separator'><w:p/></w:footnote>"
        "<w:footnote w:id='2'><w:p><w:r><w:t>By whom?</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w") as new:
        for entry in old.infolist():
            new.writestr(entry, old.read(entry))
        new.writestr("word/footnotes.xml", notes)
    reading = read(path)
    assert reading.drafts[0].text == "A claim[1] that is disputed.\n\n[1] By whom?"
    assert "1 note set at the end" in reading.notes


def test_a_note_has_one_number_however_often_it_is_cited_and_by_whom(word):
    """Twenty-four notes that cite the next one twice each; read inside one another they would be 2²⁴."""
    mark = "<w:r><w:footnoteReference w:id='{}'/></w:r>"
    body = f"<w:p><w:r><w:t>One</w:t></w:r>{mark.format(1)}<w:r><w:t>, two</w:t></w:r>{mark.format(1)}</w:p></w:body>"
    notes = "".join(
        f"<w:footnote w:id='{number}'><w:p><w:r><w:t>Note {number}</w:t></w:r>{mark.format(number + 1) * 2}</w:p>"
        "</w:footnote>"
        for number in range(1, 25)
    )
    own = f"<w:footnote w:id='25'><w:p><w:r><w:t>Itself</w:t></w:r>{mark.format(25)}</w:p></w:footnote>"
    path = changed(
        word(lambda _document: None),
        "word/document.xml",
        lambda data: data.replace(b"</w:body>", body.encode()),
    )
    changed(path, "word/footnotes.xml", lambda _: f"<w:footnotes {W}>{notes}{own}</w:footnotes>".encode())
    reading = read(path)
    lines = reading.drafts[0].text.split("\n")
    assert lines[:4] == ["One[1], two[1]", "", "[1] Note 1[2][2]", "[2] Note 2[3][3]"]
    assert lines[-2:] == ["[24] Note 24[25][25]", "[25] Itself[25]"]
    assert "25 notes set at the end" in reading.notes


def test_a_document_that_would_fill_the_memory_is_refused_before_it_is_read(word):
    def many(data):
        # Not all alike, or it would pack too well to get past the first look.
        chance = random.Random(1)
        blocks = b"".join(chance.choice((b"<w:p/>", b"<w:r/>")) for _ in range(1_000))
        return data.replace(b"</w:body>", b"".join([blocks] * 4_001) + b"</w:body>")

    path = changed(word(lambda _document: None), "word/document.xml", many)
    assert re.fullmatch(
        r"its text has 4,001,\d+ tags; up to 4,000,000 can be read, so split it\.", refusal(path)
    )


def test_a_document_of_more_than_a_hundred_megabytes_is_refused(word):
    chance = random.Random(1)
    letters = chance.randbytes(400_000).hex().encode()
    path = changed(
        word(lambda _document: None),
        "word/document.xml",
        lambda data: data.replace(b"</w:body>", b"<!--" + letters * 126 + b"--></w:body>"),
    )
    assert refusal(path) == "its text unpacks to 101 MB; up to 100 MB can be read, so split it."


def test_a_database_download_gives_its_articles(word):
    path = word(lambda document: [document.add_paragraph(line) for line in (nexis(1) + nexis(2)).split("\n")])
    reading = read(path)
    assert [draft.title for draft in reading.drafts] == ["Gate number 1 opens", "Gate number 2 opens"]
    assert (reading.parts, reading.split) == (2, True)
    assert len(read(path, split=False).drafts) == 1


def test_lexis_documents_without_a_line_above_the_text_are_told_apart(word):
    lines = "".join(academic(number, 2) for number in (1, 2)).replace("\f", "").split("\n")

    def make(document):
        for line in lines:
            if line.strip():
                document.add_paragraph(line)

    reading = read(word(make))
    assert [draft.text for draft in reading.drafts] == [
        f"TAVORA: The bridge {number} is closed.\nIt will stay so." for number in (1, 2)
    ]
    assert [(draft.date, draft.source) for draft in reading.drafts] == [
        ("2014-03-01", "The Harbour Times"),
        ("2014-03-02", "The Harbour Times"),
    ]


def test_factiva_writes_its_fields_into_tables(word):
    def make(document):
        for number in (1, 2):
            rows = [line.split("\t") for line in factiva_coded(number).strip().split("\n") if "\t" in line]
            table = document.add_table(len(rows), 2)
            for row, (code, value) in zip(table.rows, rows, strict=True):
                row.cells[0].text, row.cells[1].text = code, value
                if code == "TD":
                    row.cells[1].add_paragraph("A second paragraph.")
            document.add_paragraph("")

    reading = read(word(make))
    assert [draft.title for draft in reading.drafts] == ["Aid reaches camp 1", "Aid reaches camp 2"]
    assert reading.drafts[0].text == "TAVORA - Aid came.\nThe rest 1.\nA second paragraph."


def test_a_document_without_text_is_said(word, tmp_path):
    assert "holds no text" in refusal(word(lambda _document: None))
    (tmp_path / "a.docx").write_bytes(b"")
    assert refusal(tmp_path / "a.docx") == "the file is empty."
    assert refusal(tmp_path / "a.doc") == "this is an old Word document; save it as .docx."
