"""The codebook for the coders' desk: one HTML file that holds everything and runs nothing."""

from html.parser import HTMLParser

from hypothesis import given, settings

from app.domain.codebook import Codebook
from app.exchange.codebook_html import HtmlCodebook
from app.exchange.codebook_sections import printout
from app.project.demo import default_codebook
from tests.builders import codebook
from tests.codebooks import codebooks

VOID = {"meta", "br", "line"}


class Page(HTMLParser):
    """Notes elements that are open, texts, targets and references."""

    def __init__(self, text):
        super().__init__()
        self.open, self.texts, self.ids, self.links, self.tags = [], [], [], [], []
        self.problems = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        values = dict(attrs)
        self.ids += [values["id"]] if "id" in values else []
        self.links += [values["href"]] if "href" in values else []
        self.problems += [name for name in values if name.startswith("on") or name == "src"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}>")

    def handle_data(self, data):
        self.texts.append(data)


def no_press(_shown):
    raise AssertionError("nothing is to be printed here")


def page(book):
    return Page(HtmlCodebook().write(book, no_press).decode())


@settings(max_examples=30)
@given(book=codebooks())
def test_whatever_stands_in_a_codebook_the_page_is_whole_and_harmless(book):
    shown = page(book)
    assert (shown.open, shown.problems) == ([], [])
    assert not {"script", "img", "link", "iframe", "b onmouseover"} & set(shown.tags)
    assert shown.links == [f"#{each}" for each in shown.ids]
    assert len(shown.ids) == len(set(shown.ids)) == len(book.codes) + bool(book.variables)


def test_the_page_holds_what_a_coder_looks_up():
    text = "\n".join(page(default_codebook()).texts)
    for code in default_codebook().codes:
        for wanted in (code.name, code.definition, code.when, code.when_not, *code.examples):
            assert wanted in text
        for question in code.attributes:
            assert all(wanted in text for wanted in (question.name, question.help, *question.choices))
    assert all(variable.name in text for variable in default_codebook().variables)


def test_choices_are_numbered_and_sub_codes_name_what_is_asked_above():
    sections = {each.title: each for each in printout(codebook()).sections}
    assert '<ol><li dir="auto">against</li><li dir="auto">for</li></ol>' in sections["Claim"].body
    assert "Also asked here, from above: <bdi>figure</bdi>." in sections["forced labour"].body
    assert (sections["forced labour"].above, sections["forced labour"].layer) == ("Concern", 2)
    assert sections["Actor"].key == "A"
    assert "Not defined yet." in sections["Actor"].body


def test_layers_are_told_apart_without_colour():
    text = HtmlCodebook().write(default_codebook(), no_press).decode()
    headings = [line for line in text.splitlines() if line.startswith("<h2>") and "<svg" in line]
    drawn = {(line.count("<line"), "stroke-dasharray" in line) for line in headings}
    assert drawn == {(1, False), (1, True), (2, False)}, "solid, dashed, double"
    assert "prefers-color-scheme" not in text, "paper is white"


def test_an_empty_codebook_says_so():
    assert "no codes yet" in "".join(page(Codebook(name="New")).texts)


def test_right_to_left_words_keep_to_themselves():
    arabic = codebook().codes[0].model_copy(update={"name": "فاعل", "definition": "من يتكلم"})
    text = HtmlCodebook().write(Codebook(name="دليل", codes=(arabic,)), no_press).decode()
    assert '<p dir="auto">من يتكلم</p>' in text
    assert "<bdi>فاعل</bdi>" in text
    assert '<h1 dir="auto">دليل</h1>' in text
