"""Articles in: encodings, text, tables, JSON Lines, and everything that can be wrong with them."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import UserError
from app.domain.progress import Cancelled, unheard
from app.exchange.encodings import decode
from app.exchange.formats import ReadOptions
from app.exchange.registry import ARTICLE_FORMATS, article_format, article_format_for

WORDS = st.text(
    alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff"),
    min_size=1,
    max_size=80,
).filter(lambda text: text.strip())


def read(tmp_path, name, content, columns=None, progress=unheard):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return article_format_for(path).read(path, ReadOptions(columns=columns or {}), progress)


def refusal(tmp_path, name, content, columns=None):
    with pytest.raises(UserError) as caught:
        read(tmp_path, name, content, columns)
    return str(caught.value)


# Encodings


@given(WORDS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_unicode_with_or_without_a_mark_is_decoded_to_itself(text, encoding):
    assert decode(text.encode(encoding)).text.removeprefix("\ufeff") == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_recognised(encoding):
    assert decode("A text in Latin letters, für alle.".encode(encoding)).text.startswith("A text")


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        ("Müller sagte: “Nein”.", "cp1252", "Windows-1252"),
        ("Où est le café ? À côté, à 5 € près.", "cp1252", "Windows-1252"),
        (
            "Правительство обещало открыть дорогу до зимы, но люди ждут уже двенадцать дней. " * 6,
            "cp1251",
            None,
        ),
        (
            "حذرت المنظمة من نفاد المياه في المخيم خلال أيام وقالت إن الأطفال يشربون من القناة. " * 6,
            "cp1256",
            None,
        ),
        ("政府承诺在冬天之前开放山口，但是卡车在桥边已经停了十二天，孩子们睡在帐篷里。" * 6, "gb18030", None),
        (
            "교육청은 안전 점검이 끝나는 대로 문을 열겠다고 약속했지만 날짜는 밝히지 않았다. " * 6,
            "euc_kr",
            None,
        ),
        (
            "子どもたちは教室に戻るべきだと、保護者会の代表は木曜日の記者会見で述べた。" * 6,
            "shift_jis",
            None,
        ),
        (
            "Żółty most jest zamknięty od wiosny, mówi burmistrz. Łódź czeka na ciężarówki. " * 6,
            "cp1250",
            None,
        ),
    ],
)
def test_older_encodings_are_told_apart(text, encoding, name):
    found = decode(text.encode(encoding))
    assert found.text == text
    assert name is None or found.encoding == name


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"%PDF-1.7 ...", "this is a PDF, not plain text."),
        (b"PK\x03\x04 ...", "this is a ZIP archive or an Office document, not plain text."),
        (b"\x89PNG\r\n", "this is a PNG picture, not plain text."),
        (b"SQLite format 3\x00 ...", "this is a database, not plain text."),
        (bytes(range(256)) * 20, "this is not a text file."),
        (b"\x01\x02\x03\x04" * 100, "this is not a text file."),
        (b" \n\t\r\n ", "the file holds no text."),
        (b"\xff\xfe", "the file holds no text."),
        (
            "x".encode("utf-16") + b"\xd8",
            "the file says it is UTF-16 (little endian), but byte 5 (in line 1) is not. Save it again",
        ),
    ],
)
def test_what_is_no_text_is_said_in_one_sentence(data, sentence):
    with pytest.raises(UserError) as caught:
        decode(data)
    assert str(caught.value).startswith(sentence)


# Plain text


def test_a_text_file_is_one_article(tmp_path):
    reading = read(
        tmp_path, "story 12.txt", b"\xef\xbb\xbfTitle line\r\nBody\xc2\xa0with \xe2\x80\xa8 all.\0"
    )
    (draft,) = reading.drafts
    assert draft.text == "Title line\nBody\u00a0with \u2028 all."
    assert (draft.title, draft.reference) == ("Title line", "story 12")
    assert reading.encoding == "UTF-8"
    assert reading.notes == ("byte order mark dropped", "1 line end turned to LF", "1 NUL character removed")


def test_an_empty_file_and_a_huge_one_are_refused_by_size_alone(tmp_path):
    assert refusal(tmp_path, "e.txt", b"") == "the file is empty."
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(200_000_000)
    for name in ("huge.txt", "huge.csv", "huge.jsonl"):
        huge = huge.rename(tmp_path / name)
        with pytest.raises(UserError, match=r"the file has 200 MB; up to \d+ MB can be imported"):
            article_format_for(huge).read(huge, ReadOptions(), unheard)


def test_formats_are_found_by_ending_and_by_name(tmp_path):
    assert article_format_for(tmp_path / "A.TXT").name == "text"
    with pytest.raises(UserError, match=r"files ending in \.exe cannot be imported; these can: \.txt"):
        article_format_for(tmp_path / "a.exe")
    with pytest.raises(UserError, match="“doc” is not a format to import; these are: text, csv, tsv, jsonl"):
        article_format("doc")
    assert len({each.name for each in ARTICLE_FORMATS}) == len(ARTICLE_FORMATS)


# Tables


def test_columns_are_guessed_and_the_rest_is_kept(tmp_path):
    reading = read(
        tmp_path,
        "a.csv",
        "Doc ID,Headline,Full_Text,Outlet,Pub-Date,Link,Byline,Region,Empty\n7,T,Words here,O,2025,u,B,North,\n",
    )
    (draft,) = reading.drafts
    assert draft.model_dump() == {
        "text": "Words here",
        "title": "T",
        "source": "O",
        "date": "2025",
        "url": "u",
        "author": "B",
        "reference": "7",
        "metadata": {"Region": "North"},
    }
    assert "text from “Full_Text”" in reading.notes[1]


def test_a_column_can_be_named_and_a_wrong_one_is_said(tmp_path):
    table = "text,lead,other\na,b,c\n"
    assert read(tmp_path, "a.csv", table, {"text": "lead"}).drafts[0].text == "b"
    assert (
        refusal(tmp_path, "a.csv", table, {"text": "x"})
        == "there is no column “x”, only “text”, “lead”, “other”."
    )
    assert "“body” is not a field of an article" in refusal(tmp_path, "a.csv", table, {"body": "lead"})
    assert "no column holds the text. The columns are “a”, “b”" in refusal(tmp_path, "b.csv", "a,b\n1,2\n")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(tmp_path, separator):
    rows = [["title", "text"], ["A", f'He said "no{separator} never", twice;\nthen left, tired.'], ["B", "b"]]
    table = "\r\n".join(separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    reading = read(tmp_path, "a.csv", table)
    assert [draft.text for draft in reading.drafts] == [rows[1][1], "b"]


def test_a_separator_that_excel_names_is_taken(tmp_path):
    assert read(tmp_path, "a.csv", "sep=;\ntitle;text\nA, B;one, two\n").drafts[0].title == "A, B"


def test_a_table_in_utf_16_from_excel(tmp_path):
    data = "title\ttext\r\nÄ\tFür alle 😀\r\n".encode("utf-16")
    reading = read(tmp_path, "a.tsv", data)
    assert reading.drafts[0].text == "Für alle 😀"
    assert reading.encoding == "UTF-16 (little endian)"


def test_rows_that_hold_no_article_are_left_out_and_named(tmp_path):
    reading = read(tmp_path, "a.csv", 'title,text\nA,one\nB,\nC,"  "\n\nD,two,more,cells\nE\nF,three\n')
    assert [draft.text for draft in reading.drafts] == ["one", "three"]
    assert reading.problems == (
        "row 3: there is no text",
        "row 4: there is no text",
        "row 6 has 4 cells, but there are 2 columns",
        "row 7: there is no text",
    )


def test_a_quote_that_is_never_closed_is_named_by_its_line(tmp_path):
    sentence = refusal(tmp_path, "a.csv", 'title,text\nA,one\nB,"two\nC,three\nD,four\n')
    assert sentence == "a quotation mark is opened in line 3 and never closed."


def test_line_breaks_of_every_kind_survive_inside_fields(tmp_path):
    text = "a\u2028b\u0085c\x0bd\x0ce\u00a0f"
    (draft,) = read(tmp_path, "a.csv", f'text\n"{text}"\n').drafts
    assert draft.text == text
    (draft,) = read(tmp_path, "b.csv", 'text\r\n"a\r\nb\rc"\r\n').drafts
    assert draft.text == "a\nb\nc"


def test_what_was_changed_in_texts_is_summed_up(tmp_path):
    reading = read(tmp_path, "a.csv", 'text\n"a\r\nb\r\nc"\n"d\re"\n')
    assert "3 line ends turned to LF" in reading.notes


def test_headers_that_are_empty_or_twice_the_same_are_told_apart(tmp_path):
    (draft,) = read(tmp_path, "a.csv", "text,,x,x\na,b,c,d\n").drafts
    assert draft.metadata == {"column 2": "b", "x": "c", "x (2)": "d"}


def test_a_table_without_rows_is_said(tmp_path):
    assert refusal(tmp_path, "a.csv", "title,text\n") == "no row holds an article."


def test_reading_a_table_tells_how_far_it_is_and_can_be_stopped(tmp_path):
    table = "text\n" + "".join(f"text {number}\n" for number in range(3_000))
    told = []
    read(tmp_path, "a.csv", table, progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert len(told) == 6
    assert all(done <= total for done, total in told)

    def stop(_done, _total):
        raise Cancelled

    with pytest.raises(Cancelled):
        read(tmp_path, "a.csv", table, progress=stop)


CELLS = st.text(
    alphabet=st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff")
    | st.sampled_from("\n\t"),
    max_size=30,
)


@given(rows=st.lists(st.tuples(CELLS.filter(lambda cell: cell.strip()), CELLS), min_size=1, max_size=6))
def test_what_the_csv_module_writes_is_read_as_it_was(tmp_path_factory, rows):
    out = io.StringIO(newline="")
    csv.writer(out).writerows([("text", "remark"), *rows])
    reading = read(tmp_path_factory.mktemp("t"), "a.csv", out.getvalue())
    assert [draft.text for draft in reading.drafts] == [text for text, _remark in rows]
    assert [draft.metadata.get("remark", "") for draft in reading.drafts] == [
        remark for _text, remark in rows
    ]


# JSON Lines


def test_json_lines_are_articles_whatever_breaks_stand_in_strings(tmp_path):
    lines = [
        {
            "headline": "A",
            "body": "one\u2028two\u0085",
            "tags": ["x", 1],
            "score": 2.5,
            "none": None,
            "ok": True,
        },
        {"body": "three"},
    ]
    data = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    reading = read(tmp_path, "a.jsonl", data)
    assert [draft.text for draft in reading.drafts] == ["one\u2028two\u0085", "three"]
    assert reading.drafts[0].metadata == {"tags": '["x",1]', "score": "2.5", "ok": "true"}
    assert reading.drafts[1].title == "three"


def test_lines_that_are_no_objects_are_named(tmp_path):
    reading = read(tmp_path, "a.jsonl", '{"text": "a"}\n[1]\nnope\n\n{"title": "x"}\n')
    assert reading.problems == (
        "line 2 is not an object",
        "line 3 is not valid JSON",
        "line 5: there is no text",
    )
    assert "no line is a JSON object" in refusal(tmp_path, "b.jsonl", "1\n2\n")
    assert "nested far too deeply" in refusal(tmp_path, "c.jsonl", "[" * 100_000)
    deep = '{"text": ' + "[" * 100_000
    assert "no line is a JSON object: line 1 is nested far too deeply" in refusal(tmp_path, "d.jsonl", deep)


def test_a_json_list_of_objects_is_read_too(tmp_path):
    assert len(read(tmp_path, "a.json", '[{"text": "a"}, {"text": "b"}]').drafts) == 2
    assert "not valid JSON" in refusal(tmp_path, "b.json", '[{"text": "a"}, ')
