"""Word documents as people make them: everything that shows, once and in order."""

import random
import re
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from app.domain.errors import UserError
from app.domain.progress import unheard
from app.exchange.formats import ReadOptions
from app.exchange.registry import article_format_for
from tests.papers import academic, changed, factiva_coded, nexis

W = nsdecls("w")


def read(path, **options):
    return article_format_for(path).read(path, ReadOptions(**options), unheard)


def refusal(path):
    with pytest.raises(UserError) as caught:
        read(path)
    return str(caught.value)


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
