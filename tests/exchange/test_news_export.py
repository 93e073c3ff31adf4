"""Downloads from news databases are told apart; what is not certain stays whole."""

import pytest

from app.domain.articles import Draft
from app.exchange.dates import iso_date
from app.exchange.formats import ReadOptions
from app.exchange.news_export import take_apart
from tests.papers import academic, factiva, factiva_coded, lexis, nexis


def taken(text, split=None):
    return take_apart(Draft(text=text, title="whole", reference="file"), ReadOptions(split=split))


def test_nexis_articles_have_title_source_date_author_and_their_text_alone():
    cover = "User Name: = Library\nDate and Time: = Monday, 10 March 2025 10:00:00 CET\nDocuments (2)\n"
    cover += " 1. Gate number 1 opens\n"
    found = taken(cover + nexis(1) + nexis(2))
    assert (found.parts, found.split, found.problems) == (2, True, ())
    first = found.drafts[0]
    assert first.text == "First paragraph of story 1.\n\nSecond paragraph, with Body in it."
    assert (first.title, first.source) == ("Gate number 1 opens", "The Daily Harbour (Tavora)")
    assert (first.date, first.author, first.reference) == ("2025-03-03", "Jana Dvořák", "file 1")
    assert first.metadata["section"] == "WORLD; Pg. 1"
    assert first.metadata["after the text"] == "Graphic A gate."
    assert first.metadata["load-date"] == "March 4, 2025"


def test_the_older_lexis_layout_with_counted_documents():
    found = taken("\n" + lexis(1, 3) + lexis(2, 3) + lexis(3, 3))
    assert [draft.title for draft in found.drafts] == [
        "Bridge 1 closed",
        "Bridge 2 closed",
        "Bridge 3 closed",
    ]
    second = found.drafts[1]
    assert second.text == "   The bridge 2 is closed.\n   It will stay so."
    assert (second.source, second.date, second.author) == (
        "The Harbour Times",
        "2014-03-02",
        "JOHN DOE and MARY ROE",
    )
    assert second.metadata["language"] == "ENGLISH"


def test_the_older_lexis_layout_without_a_line_above_the_text():
    found = taken("\n".join(academic(number, 3) for number in (1, 2, 3)))
    assert (found.parts, found.split, found.problems) == (3, True, ())
    second = found.drafts[1]
    assert second.text == "TAVORA: The bridge 2 is closed.\n\nIt will stay so."
    assert second.title == "Bridge 2 closed after the long winter of March 1, 2013"
    assert (second.source, second.date) == ("The Harbour Times", "2014-03-02")
    assert second.author == "JOHN DOE and MARY ROE"
    assert second.metadata == {
        "section": "Section A; Pg. 2",
        "length": "21 words",
        "load-date": "March 2, 2014",
        "language": "ENGLISH",
        "after the text": "Copyright 2014 Harbour Times",
    }


@pytest.mark.parametrize(
    ("head", "text"),
    [
        ("LENGTH: 9 words\n\nHIGHLIGHT:\n\nIn short.\n\n", "The text."),
        ("HEADLINE: A title\n\nLENGTH: 9 words\n", "The text follows at once."),
        ("BYLINE: Jo Doe\nSECTION: Pg. 1\n", "A paragraph of Word is one line. " * 4 + "It ends."),
        ("LENGTH: 9 words\n\nDATELINE: TAVORA\n", "LENGTH is no label here."),
    ],
)
def test_the_text_begins_below_the_lines_that_have_a_label(head, text):
    pieces = f"1 of 1 DOCUMENTS\nThe Times\nMarch 3, 2014 Monday\nA title\n{head}{text}\nLOAD-DATE: March 4, 2014\n"
    (draft,) = taken(pieces).drafts
    assert (draft.text, draft.title, draft.date) == (text, "A title", "2014-03-03")


def test_an_article_of_which_nothing_says_where_it_begins_stays_whole():
    text = "1 of 1 DOCUMENTS\nThe Times\nMarch 3, 2014\nA title\nThe text.\nLOAD-DATE: March 4, 2014\nLast.\n"
    assert (taken(text).parts, taken(text).split) == (1, False)
    assert "a line that says where the text begins" in taken(text, split=True).problems[0]


@pytest.mark.parametrize(
    "line",
    [
        "Graphic",
        "Classification",
        "Copyright 1999 was the notice that nobody read.",
        "SUBJECT: a letter without an answer.",
        "Language: it was ours.",
    ],
)
def test_a_line_of_the_text_that_looks_like_a_label_does_not_end_it(line):
    story = f"{line}\n\nThe third paragraph.\n\nThe last one."
    found = taken(
        "".join(nexis(number) for number in (1, 2)).replace("\n\nGraphic\n", f"\n\n{story}\n\nGraphic\n")
    )
    for draft in found.drafts:
        assert draft.text.endswith(f"Second paragraph, with Body in it.\n\n{story}")
        assert draft.metadata["after the text"] == "Graphic A gate."


def test_what_follows_the_text_is_kept_beside_it_and_counted():
    after = (
        "SUBJECT: GATES (90%);\nWINTER (80%)\n\nCopyright 2025 Harbour Press\n\nClassification\n\n\n"
        "Language: ENGLISH\n\nPublication-Type: Newspaper\n\nSubject: ROADS\n\n"
    )
    found = taken("".join(nexis(number).replace("Graphic\n", f"{after}Graphic\n") for number in (1, 2)))
    first = found.drafts[0]
    assert first.text == "First paragraph of story 1.\n\nSecond paragraph, with Body in it."
    assert first.metadata["after the text"] == "Copyright 2025 Harbour Press Classification Graphic A gate."
    assert "20 lines after the text set apart" in found.notes


@pytest.mark.parametrize("layout", [factiva, factiva_coded])
def test_factiva_articles_with_and_without_codes(layout):
    found = taken("".join(layout(number) for number in range(1, 6)))
    assert (len(found.drafts), found.problems) == (5, ())
    third = found.drafts[2]
    assert (third.title, third.source, third.date) == ("Aid reaches camp 3", "Harbour Newswire", "2025-03-03")
    assert (third.author, third.reference) == ("Jana Dvořák", "HARB000020250303el3300003")
    assert "IN the end" in third.text, "two capitals in the text are no field"
    assert "RE reading" in third.text or layout is factiva
    assert third.metadata["section"].startswith("World")
    assert "Document" not in third.text


def test_one_article_of_a_database_is_read_as_one():
    found = taken(factiva(7))
    (draft,) = found.drafts
    assert (draft.title, found.split) == ("Aid reaches camp 7", True)


def test_what_is_said_otherwise_is_done():
    text = nexis(1) + nexis(2)
    whole = taken(text, split=False)
    assert (len(whole.drafts), whole.parts, whole.split) == (1, 2, False)
    assert whole.drafts[0].text == text
    assert "looks like 2 articles (Nexis); taken whole" in whole.notes


def test_an_uncertain_layout_stays_whole_and_is_offered():
    text = "A story.\nEnd of Document\nAnother.\nEnd of Document\n"
    found = taken(text)
    assert (len(found.drafts), found.parts, found.split) == (1, 2, False)
    apart = taken(text, split=True)
    assert [draft.text for draft in apart.drafts] == ["A story.", "Another."]
    assert "article 1, “A story.”, is taken whole: it lacks" in apart.problems[0]


def test_ruled_lines_are_only_offered():
    text = "One\ntext.\n\n-----\n\nTwo.\n* * * * *\nThree.\n"
    assert (len(taken(text).drafts), taken(text).parts) == (1, 3)
    assert [draft.text for draft in taken(text, split=True).drafts] == ["One\ntext.", "Two.", "Three."]


def test_a_plain_story_is_plainly_one():
    found = taken("Body of evidence\n\nThe Document was signed.\nDocument 12\nEnd of story")
    assert (found.parts, found.notes) == (0, ())
    assert "nothing in it says" in taken("A story", split=True).notes[0]


def test_one_article_in_many_that_is_laid_out_otherwise_is_named_and_nothing_is_lost():
    text = "".join(nexis(number) for number in range(1, 13)) + "Search Summary: gate\n"
    found = taken(
        text.replace("story 4.", "story four.").replace("Body\n\nFirst paragraph of story four", "First four")
    )
    assert (len(found.drafts), found.split) == (12, True)
    assert found.problems == (
        "article 4, “Gate number 4 opens”, is taken whole: it lacks a title and a source and a date and a line that "
        "says where the text begins",
    )
    assert "First four.\n\nSecond paragraph" in found.drafts[3].text
    assert "what belongs to no article is left out: “Search Summary: gate”" in found.notes


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("March 3, 2025 Monday", "2025-03-03"),
        ("Monday 3 March 2025", "2025-03-03"),
        ("3. März 2025", "2025-03-03"),
        ("le 14 février 2024", "2024-02-14"),
        ("3 de marzo de 2025", "2025-03-03"),
        ("2025年3月3日 星期一", "2025-03-03"),
        ("2025-03-03T10:00", "2025-03-03"),
        ("31 February 2025", ""),
        ("3/4/2025", ""),
        ("in March 2025", ""),
    ],
)
def test_dates_as_they_are_printed(words, iso):
    assert iso_date(words) == iso
