"""PDFs and saved web pages."""

import threading

import pytest

from app.domain.errors import UserError
from app.domain.progress import Cancelled, unheard
from app.exchange import html
from app.exchange.formats import ReadOptions
from app.exchange.registry import article_format_for
from tests.papers import PARAGRAPH, page, pdf


def read(path, progress=unheard, **options):
    return article_format_for(path).read(path, ReadOptions(**options), progress)


@pytest.fixture
def file(tmp_path):
    def save(name, data):
        (tmp_path / name).write_bytes(data)
        return tmp_path / name

    return save


def refusal(path):
    with pytest.raises(UserError) as caught:
        read(path)
    return str(caught.value)


# PDF


def test_lines_become_paragraphs(file):
    lines = [
        (72, 770, 20, "Gate opens before winter"),
        (72, 730, 11, "The mayor said on Thursday that the gate on the northern road will"),
        (72, 716, 11, "be opened before the winter, and that the council had found the mo-"),
        (72, 702, 11, "ney for it."),
        (90, 688, 11, "“We have waited long enough,” said the head of the parents’ council,"),
        (72, 674, 11, "who had written letters to everybody (twice) for more than a year."),
        (72, 646, 11, "After a gap a new paragraph stands."),
    ]
    path = file("a.pdf", pdf([lines]))
    reading = read(path)
    assert reading.drafts[0].text.split("\n\n") == [
        "Gate opens before winter",
        "The mayor said on Thursday that the gate on the northern road will be opened before the winter, and that the "
        "council had found the mo-ney for it.",
        "“We have waited long enough,” said the head of the parents’ council, who had written letters to everybody "
        "(twice) for more than a year.",
        "After a gap a new paragraph stands.",
    ]
    assert reading.drafts[0].title == "Gate opens before winter"
    assert (reading.hyphens, reading.notes) == (
        1,
        ("1 page", "1 word divided at line ends left with their hyphens"),
    )
    joined = read(path, join_hyphens=True)
    assert "had found the money for it." in joined.drafts[0].text
    assert "1 word divided at line ends joined" in joined.notes


def test_three_hundred_pages_lose_their_heads_and_numbers_and_tell_how_far_it_is(file):
    words = [f"{first}{second}a" for first in "bdfgklmnprst" for second in "aeiou" for _five in range(5)]
    pages = [
        [
            (72, 810, 9, "Harbour Review 2025"),
            (72, 770, 11, f"the {word} of the report goes on in a long sentence, and so does"),
            (72, 756, 11, f"page after page {number},"),
            (72, 742, 11, f"without {word}{word} end,"),
            (280, 30, 9, f"- {number} -"),
        ]
        for number, word in enumerate(words, start=1)
    ]
    path = file("long.pdf", pdf(pages))
    told = []
    reading = read(path, lambda done, total: told.append((done, total)))
    text = reading.drafts[0].text
    assert "Harbour Review" not in text
    assert "- 7 -" not in text
    assert "so does page after page 300, without tuatua end," in text
    assert "“Harbour Review #” at the edge of 300 pages dropped" in reading.notes
    assert "“- # -” at the edge of 300 pages dropped" in reading.notes
    assert told == [(number, 300) for number in range(300)]

    def stop(done, _total):
        if done == 5:
            raise Cancelled

    with pytest.raises(Cancelled):
        read(path, stop)


def test_a_sentence_goes_on_over_the_end_of_a_page(file):
    path = file("two.pdf", pdf([["A sentence that does not end"], ["with its page. And more."]]))
    assert read(path).drafts[0].text == "A sentence that does not end with its page. And more."


def test_a_scan_is_refused_and_a_page_without_text_is_told(file):
    assert refusal(file("scan.pdf", pdf([[], []]))) == (
        "it holds pictures of pages but no text (a scan). Run a text recognition (OCR) over it first."
    )
    reading = read(file("half.pdf", pdf([[PARAGRAPH[:80]], []])))
    assert "no text on page 2" in reading.notes


def test_what_is_locked_or_no_pdf_is_said(file):
    assert refusal(file("a.pdf", b"")) == "the file is empty."
    assert refusal(file("b.pdf", b"%PDF-1.4 nonsense")) == "this is no PDF, or it is damaged."
    assert refusal(file("c.pdf", b"plain text")) == "this is no PDF, or it is damaged."
    locked = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O (%s) /U (%s) /P -4 >> /ID [<00> <00>]" % (
        b"x" * 32,
        b"y" * 32,
    )
    assert (
        refusal(file("d.pdf", pdf([["secret"]], extra=locked)))
        == "it is protected with a password; save it without one."
    )


# Web pages


def test_the_article_of_a_page_without_what_stands_around_it(file):
    reading = read(file("gate.html", page().encode()))
    (draft,) = reading.drafts
    assert (draft.title, draft.author, draft.date) == (
        "Gate opens before winter",
        "Jana Dvořák",
        "2025-03-01",
    )
    assert (draft.url, draft.source) == ("https://harbour.example/world/gate", "The Daily Harbour")
    assert PARAGRAPH in draft.text
    assert "blankets & medicine" in draft.text
    for foreign in ("cookies", "Sport", "I do not believe", "newsletter", "tracker", "color"):
        assert foreign not in draft.text
    assert (reading.encoding, reading.problems) == ("UTF-8", ())


@pytest.mark.parametrize(
    ("charset", "encoding", "name"),
    [
        ("windows-1250", "cp1250", "Windows-1250"),
        ("iso-8859-2", "iso8859_2", "ISO8859-2"),
        ("utf-16", "utf-16", "UTF-16 (little endian)"),
        ("utf-8", "utf-8-sig", "UTF-8"),
    ],
)
def test_the_encoding_that_a_page_states_is_taken(file, charset, encoding, name):
    text = page(charset=charset).replace("“", '"').replace("”", '"').replace("’", "'")
    reading = read(file("gate.htm", text.encode(encoding)))
    assert "hospital of Hořice" in reading.drafts[0].text
    assert reading.encoding == name


def test_a_page_that_states_the_wrong_encoding_is_read_all_the_same(file):
    czech = (
        "<p>Starosta řekl, že se brána otevře ještě před zimou a že město našlo peníze na opravu mostu.</p>"
        * 3
    )
    text = page(czech, charset="utf-8").replace("“", '"').replace("”", '"').replace("’", "'")
    reading = read(file("gate.html", text.encode("cp1250")))
    assert "Hořice" in reading.drafts[0].text
    assert reading.notes == ("the page says it is utf-8, which it is not",)


def test_a_page_without_an_article_is_said(file):
    bare = "<html><head><title>x</title></head><body><script>load()</script></body></html>"
    assert refusal(file("a.html", bare.encode())).startswith("no article was found on this page.")
    assert refusal(file("b.html", b"no markup at all")) == "this is no web page: it holds no HTML."
    archive = b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n\r\n<html></html>"
    assert "web archive" in refusal(file("c.html", archive))
    assert refusal(file("d.html", b"%PDF-1.4")) == "this is a PDF, not plain text."


def test_a_page_that_would_take_minutes_or_all_memory_is_refused(file):
    advice = "Copy the article from the browser and save it as a text file."
    assert refusal(file("a.html", page("<a href='x'>abc</a>" * 60_000).encode())).endswith(
        f"tags; up to 100,000 can be read. {advice}"
    )
    assert refusal(file("b.html", page(f"<p>{'word ' * 1_000_000}</p>").encode())).endswith(
        f"characters; up to 5,000,000 can be read. {advice}"
    )


def test_pictures_in_the_file_of_a_page_do_not_count(file):
    picture = f'<img src="data:image/png;base64,{"iVBORw0K" * 800_000}">'
    assert (
        PARAGRAPH
        in read(file("a.html", page().replace("<article>", f"<article>{picture}").encode())).drafts[0].text
    )


def test_a_very_short_article_is_pointed_out(file):
    short = (
        "<html><body><article><h1>Short</h1><p>Only a few words stand here today.</p></article></body></html>"
    )
    reading = read(file("a.html", short.encode()))
    assert "look whether it is all" in reading.problems[0]


def test_a_page_that_takes_long_tells_so_and_can_be_stopped(file, monkeypatch):
    told, enough, path = [], threading.Event(), file("gate.html", page().encode())

    def hold(_page):
        assert enough.wait(30)

    def tell(done, total):
        told.append((done, total))
        if len(told) > 4:
            enough.set()

    def stop(done, _total):
        if done:
            raise Cancelled

    with monkeypatch.context() as patched:
        patched.setattr(html, "_extracted", hold)
        with pytest.raises(UserError, match="no article was found"):
            read(path, tell)
        assert told[0] == (0, 2)
        assert told[1:5] == [(1, 2)] * 4
        assert told[-1] == (2, 2)
        enough.clear()
        with pytest.raises(Cancelled):
            read(path, stop)
        enough.set()
    assert PARAGRAPH in read(path).drafts[0].text
