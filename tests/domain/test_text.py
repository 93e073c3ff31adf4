from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.articles import canonical, text_hash, title_from
from app.domain.errors import UserError
from app.domain.segmentation import (
    next_sentence,
    next_word,
    next_word_end,
    previous_sentence,
    previous_word,
    sentence_at,
    snap,
    word_at,
)
from app.domain.spans import Span, tidy, trim


def test_canonical_text_has_lf_no_mark_no_nul_and_says_so():
    found = canonical("\ufeffone\r\ntwo\rthree\0")
    assert found.text == "one\ntwo\nthree"
    assert found.changed == (
        "byte order mark dropped",
        "2 line ends turned to LF",
        "1 NUL character removed",
    )


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\r\0\ufeff")))
def test_canonical_text_touches_nothing_else(text):
    assert canonical(text) == (text, ())


def test_half_a_surrogate_pair_is_refused():
    with pytest.raises(UserError, match="half of a character"):
        canonical("a\ud83db")


def test_unicode_is_not_normalised():
    assert canonical("e\u0301").text != "é"
    assert text_hash("e\u0301") != text_hash("é")


def test_a_title_is_the_first_line_cut_at_a_word():
    assert title_from("\n  Short line\nmore") == "Short line"
    assert title_from("word " * 40) == "word " * 15 + "word…"


@pytest.mark.parametrize(
    ("start", "end", "word"),
    [(5, 6, "didn’t"), (4, 9, "didn’t"), (13, 18, "co-operate"), (11, 23, "co-operate")],
)
def test_a_selection_snaps_to_whole_words(start, end, word):
    text = "They didn’t  co-operate.  "
    low, high = snap(text, start, end)
    assert text[low:high] == word


def test_snapping_leaves_edges_that_stand_between_words():
    text = "said “we will”, then"
    assert snap(text, 5, 14) == (5, 14)


def test_scripts_without_spaces_snap_to_single_characters():
    text = "习近平说好的"
    assert snap(text, 1, 3) == (1, 3)


def test_a_selection_of_white_space_is_empty():
    assert snap("a  \n b", 1, 4)[0] == snap("a  \n b", 1, 4)[1]
    assert trim("a   b", 1, 4) == (1, 1)


@given(st.text(alphabet="ab’.- \n习é\u0301😀", max_size=40), st.data())
def test_snapping_never_loses_a_character_that_was_selected(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    low, high = snap(text, start, end)
    trimmed = trim(text, start, end)
    if trimmed[0] < trimmed[1]:
        assert low <= trimmed[0]
        assert trimmed[1] <= high
        assert not text[low].isspace()
        assert not text[high - 1].isspace()


@given(st.text(alphabet="ab’. \n习é😀", max_size=60))
def test_moving_by_words_always_gets_to_the_end_and_back(text):
    at, steps = 0, 0
    while at < len(text):
        after = next_word(text, at)
        assert after > at
        assert at < next_word_end(text, at) <= len(text)
        at, steps = after, steps + 1
    while at > 0:
        before = previous_word(text, at)
        assert before < at
        at = before
    assert steps <= len(text)


def test_sentences_end_at_their_stops_and_at_line_breaks():
    text = "He left. “Stop!” she cried.\nNew line 好的。走。"
    found = {text[slice(*sentence_at(text, at))] for at in range(len(text))}
    assert {"He left.", "“Stop!”", "she cried.", "New line 好的。", "走。"} <= found


def test_a_word_is_found_at_its_end_too():
    assert word_at("ab cd", 2) == (0, 2)
    assert word_at("  ", 1) is None


SPANS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 10)).map(lambda p: Span(start=p[0], end=p[0] + p[1])),
    max_size=12,
)


@given(SPANS)
def test_tidy_spans_cover_the_same_points_without_touching(spans):
    merged = tidy(spans)
    points = {point for span in spans for point in range(span.start, span.end)}
    assert {point for span in merged for point in range(span.start, span.end)} == points
    assert all(a.end < b.start for a, b in zip(merged, merged[1:], strict=False))


def test_an_empty_span_does_not_exist():
    with pytest.raises(ValueError, match="ends after it starts"):
        Span(start=3, end=3)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("आज प्रधानमंत्री ने कहा", "प्रधानमंत्री"),
        ("பிரதமர் இன்று கூறினார்", "பிரதமர்"),
        ("প্রধানমন্ত্রী বলেছেন", "প্রধানমন্ত্রী"),
        ("קבעה שָׁלוֹם היום", "שָׁלוֹם"),
        ('דובר צה"ל אמר', 'צה"ל'),
        ("نمی\u200cخواهم بروم", "نمی\u200cخواهم"),
        ("some 3,500 people", "3,500"),
        ("about 3.5 million", "3.5"),
        ("ca. 1.234.567,89 Euro", "1.234.567,89"),
        ("\u0661\u066c\u0665\u0660\u0660", "\u0661\u066c\u0665\u0660\u0660"),
        ("これはテレビです", "テレビ"),
        ("新型コロナウイルスの", "コロナウイルス"),
        ("ที่น้ำ", "น้ำ"),
        ("ក្រុម", "ក្រុ"),
        ("习近平", "近"),
        ("e\u0301te\u0301 chaud", "e\u0301te\u0301"),
    ],
)
def test_words_of_many_scripts(text, word):
    start = text.index(word)
    for offset in range(start, start + len(word)):
        assert word_at(text, offset) == (start, start + len(word))


def test_a_comma_between_words_ends_them():
    assert word_at("one,two 3, 5", 1) == (0, 3)
    assert word_at("one,two 3, 5", 8) == (8, 9)


SCRIPTS = st.text(
    alphabet=st.sampled_from("ab3, .’-\nकिंत्ि\u093cதிกำ้ក្រမ္ကテー习ひ한éש\u05bc״ع\u064e\u200d\u0301\u0e33😀"),
    max_size=40,
)


@given(SCRIPTS)
def test_every_letter_and_digit_is_in_a_word(text):
    for offset, char in enumerate(text):
        if char.isalnum():
            start, end = word_at(text, offset)
            assert start <= offset < end


@given(SCRIPTS, st.data())
def test_snapping_never_separates_a_mark_from_its_letter(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    for edge in snap(text, start, end):
        if 0 < edge < len(text) and text[edge - 1].isalnum() and start < end and text[start:end].strip():
            assert category(text[edge])[0] != "M"


@pytest.mark.parametrize("between", ["\n", "\n\n", "  \n \n", "\n\n\n"])
def test_the_end_of_a_paragraph_belongs_to_its_last_sentence(between):
    text = f"One here. Two here.{between}Three here. Four."
    for offset in range(len("One here. Two here."), text.index("\n") + 1):
        assert text[slice(*sentence_at(text, offset))] == "Two here."
    assert text[slice(*sentence_at(text, len(text)))] == "Four."


def test_an_empty_line_holds_no_sentence():
    text = "One.\n\nTwo."
    assert sentence_at(text, 5) == (5, 5)
    assert next_sentence(text, 5) == 6
    assert previous_sentence(text, 5) == 0


@given(st.text(alphabet="ab. \n。习é", max_size=60))
def test_moving_by_sentences_always_gets_to_the_end_and_back(text):
    at = 0
    while at < len(text):
        after = next_sentence(text, at)
        assert after > at
        at = after
    while at > 0:
        before = previous_sentence(text, at)
        assert before < at
        at = before
