"""REFI-QDA codebooks from other programs and from strangers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.codebook import Codebook
from app.domain.errors import UserError
from app.exchange.codebook_description import Description, one_text, taken_apart
from app.exchange.codebook_qdc import QdcCodebook
from tests.builders import ACTOR, CLAIMANT, CONCERN, LABOUR, codebook

QDC = QdcCodebook()
ATLAS = """<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" origin="Other 23" xmlns="urn:QDA-XML:codebook:1.0">
 <Codes>
  <Code guid="{1FF58B12-6F6F-4B0C-8BE5-BBDC91F55294}" name="Trust" color="#4a0" isCodable="false">
   <Description>
     What people rely on.
   </Description>
   <Code guid="1ff58b12-6f6f-4b0c-8be5-bbdc91f55295" name="Institutions &amp; law" isCodable="true"/>
  </Code>
 </Codes>
 <Sets><Set name="round one" guid="ECA18D76-2B8B-4F26-BC1D-19ECA19FB3F0"/></Sets>
</CodeBook>
"""


def no_press(_shown):
    raise AssertionError("nothing is to be printed here")


def read(text, known=None):
    data = text if isinstance(text, bytes) else text.encode()
    return QDC.read(data, known or Codebook())


def wrapped(codes):
    return f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>{codes}</Codes></CodeBook>'


@pytest.mark.parametrize(
    "space", [' xmlns="urn:QDA-XML:codebook:1.0"', ' xmlns="urn:QDA-XML:project:1.0"', ""]
)
def test_codes_of_other_programs_are_read(space):
    reading = read(ATLAS.replace(' xmlns="urn:QDA-XML:codebook:1.0"', space))
    trust, law = reading.codebook.codes
    assert (trust.id, trust.colour) == ("1ff58b12-6f6f-4b0c-8be5-bbdc91f55294", "#44AA00")
    assert (trust.definition, law.name, law.parent) == (
        "What people rely on.",
        "Institutions & law",
        trust.id,
    )
    assert law.colour == trust.colour
    assert reading.notes == (
        "sets of codes left aside: “round one”",
        "codes that were only headings can be applied here: “Trust”",
    )


def test_a_code_book_inside_a_project_is_read():
    codes = wrapped(f'<Code guid="{ACTOR}" name="A"/>')
    text = f"<Project>{codes}</Project>"
    assert read(text).codebook.codes[0].id == ACTOR


def test_what_the_format_cannot_hold_is_counted_on_the_way_out():
    (said,) = QDC.losses(codebook())
    assert (
        "9 attributes, 2 article variables, 4 shortcuts, the name and version of the codebook (Test, 1)"
        in said
    )
    odd = codebook().codes[0].model_copy(update={"definition": "bell \x07"})
    assert "control characters in “Actor”" in QDC.losses(Codebook(codes=(odd,)))[1]


def test_what_the_format_cannot_hold_stays_as_the_project_has_it():
    book = codebook()
    text = (
        QDC.write(book, no_press)
        .decode()
        .replace('name="Actor"', 'name="Agent"')
        .replace(' color="#0072B2"', "")
    )
    reading = read(text, book)
    agent = reading.codebook.code(ACTOR)
    assert (agent.name, agent.shortcut, agent.colour) == ("Agent", "a", "#0072B2")
    assert agent.attributes == book.code(ACTOR).attributes
    assert reading.codebook.attribute(CLAIMANT).targets == ("Agent",), "links follow a layer to its new name"
    assert (reading.codebook.variables, reading.codebook.name) == (book.variables, "Test")
    assert any("11 questions, 4 shortcuts" in note for note in reading.notes)


def test_a_code_that_became_a_layer_elsewhere_is_one():
    text = wrapped(f'<Code guid="{LABOUR}" name="Labour"/><Code guid="{CONCERN}" name="Concern"/>')
    assert [layer.id for layer in read(text, codebook()).codebook.layers()] == [LABOUR, CONCERN]


pieces = st.sampled_from(
    ["When to use:", "Examples:", "• ", "•", "\\", "\n", "\n\n", " ", "a", "\\Examples:"]
)
described = st.lists(pieces, max_size=7).map("".join)


@settings(max_examples=300)
@given(described, described, described, st.lists(described, max_size=3).map(tuple))
def test_a_description_that_we_wrote_comes_apart_again(definition, when, when_not, examples):
    parts = Description(definition, when, when_not, examples)
    assert taken_apart(one_text(parts)) == parts


@pytest.mark.parametrize(
    "text", ["Plain words.", "Examples:\nnone of ours", "See when to use: never", "\\ back"]
)
def test_any_other_description_is_a_definition(text):
    assert taken_apart(text) == Description(text)


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BOMB + wrapped('<Code name="&b;"/>'), "document type or entities"),
        (
            '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + wrapped('<Code name="&a;"/>'),
            "document type",
        ),
        ('<!DOCTYPE x SYSTEM "http://localhost/x.dtd">' + wrapped('<Code name="A"/>'), "document type"),
        ("<CodeBook>\n<Codes>", "not valid XML in line 2"),
        ("no XML", "not valid XML in line 1"),
        ('<?xml version="1.0" encoding="nonsense"?><CodeBook/>', "not valid XML"),
        ("<Codes/>", "not a REFI-QDA codebook"),
        (wrapped(""), "holds no codes"),
        (wrapped('<Code guid="7" name="A"/>'), "“7” is not an id"),
        (wrapped('<Code name=""/>'), "codes > 1 > name: this is empty"),
        (wrapped('<Code name="A" color="red"/>'), "“red” is not a colour"),
        (wrapped('<Code name="A"/>' * 2), "two codes beside each other are named “A”"),
        (wrapped('<Code name="A">' * 200 + "</Code>" * 200), "nested far too deeply"),
        (wrapped('<Code name="A">' * 2900 + "</Code>" * 2900), "nested far too deeply"),
        (wrapped('<Code name="A"/>' * 3001), "more than 3,000"),
        (b"\xff\xfe\x00", "not valid XML"),
    ],
)
def test_hostile_or_broken_files_are_harmless(text, said):
    with pytest.raises(UserError) as caught:
        read(text)
    assert said in str(caught.value)
