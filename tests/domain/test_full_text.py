"""What somebody types is never an error of a grammar, and what is found is led back to the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import UserError
from app.domain.full_text import CLOSE, CUT, OPEN, Term, cut, found, wanted


def test_words_phrases_exceptions_and_beginnings():
    asked = wanted('aid “the gate” -café -"not this" pre* Franco-German')
    assert asked.terms == (Term("aid"), Term("the gate"), Term("pre", prefix=True), Term("Franco-German"))
    assert asked.none == (Term("café"), Term("not this"))


@pytest.mark.parametrize(
    "typed", ['"open', 'a"b"c', "AND OR NOT NEAR(a b)", 'a* *b ** -- - ""', "body:x ^y {z}"]
)
def test_anything_that_holds_a_word_can_be_looked_for(typed):
    assert wanted(typed).terms


@pytest.mark.parametrize(
    ("typed", "advice"), [("", "Type a word"), ('"" - *', "Type a word"), ("-aid", "Add a word")]
)
def test_what_asks_for_nothing_gets_a_sentence(typed, advice):
    with pytest.raises(UserError, match=advice):
        wanted(typed)


@given(st.text(alphabet=f"ab éßİﬁΐ\n习正부ไก่カー😀{CUT}{OPEN}{CLOSE}\0", max_size=30), st.data())
def test_marks_lead_back_to_the_text(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    whole = cut(text)
    # Marks go where SQLite puts them: before the first and after the last character of what it finds.
    places, at = [], 0
    plain = text.translate(str.maketrans(dict.fromkeys((CUT, OPEN, CLOSE, "\0"), " ")))
    folded = [(char, number) for number, each in enumerate(plain) for char in each.casefold()]
    for position, char in enumerate(whole):
        if at < len(folded) and char == folded[at][0]:
            places.append((position, folded[at][1]))
            at += 1
    assert at == len(folded)
    if start == end:
        return
    first = next(position for position, number in places if number == start)
    last = max(position for position, number in places if number == end - 1) + 1
    marked = whole[:first] + OPEN + whole[first:last] + CLOSE + whole[last:]
    assert list(found(marked, text)) == [(start, end)]
