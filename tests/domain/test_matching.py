"""What is typed against names: nothing that should be found is missed, the best stands first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.matching import Fit, Typed, fold

NAMES = st.text(alphabet="abÀßĆé ǆﬁ가İ-’ال一\u0301\u00a0", max_size=20)
WORDS = st.lists(st.text(alphabet="abcé", min_size=1, max_size=5), min_size=1, max_size=4)


def fit(typed, name):
    found = Typed(typed).match(name)
    return None if found is None else found.fit


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("for", Fit.NAME_BEGINS),
        ("FORCED LAB", Fit.NAME_BEGINS),
        ("lab", Fit.WORD_BEGINS),
        ("fl", Fit.WORDS_BEGIN_IN_ORDER),
        ("f l", Fit.WORDS_BEGIN_IN_ORDER),
        ("forlac", Fit.WORDS_BEGIN_IN_ORDER),
        ("labour for", Fit.WORDS_BEGIN),
        ("bour", Fit.INSIDE),
        ("lf", None),
        ("fo rced", None),
        ("labours", None),
        ("  ", Fit.NAME_BEGINS),
    ],
)
def test_beginnings_are_found_and_weighed(typed, expected):
    assert fit(typed, "Forced labour and conditions") == expected


def test_the_better_fit_stands_first():
    names = ["Air harm", "Civilian harm", "Harm", "Harvest and mud", "Alarm", "Charm"]
    ranked = sorted((match, name) for name in names if (match := Typed("har").match(name)))
    assert [name for _match, name in ranked] == [
        "Harm",
        "Harvest and mud",
        "Air harm",
        "Civilian harm",
        "Charm",
    ]


@given(NAMES)
def test_a_name_fits_itself_however_it_is_written(name):
    assert fit(name.strip(), name.strip()) is Fit.NAME_BEGINS
    assert fit(fold(name).text.strip(), name.strip()) is Fit.NAME_BEGINS
    assert fit(name.strip(), fold(name).text.strip()) is Fit.NAME_BEGINS


@given(WORDS, st.data())
def test_beginnings_of_words_in_order_are_always_found(words, data):
    taken = [data.draw(st.integers(0, len(word))) for word in words]
    pieces = [word[:count] for word, count in zip(words, taken, strict=True)]
    name = " ".join(words)
    for typed in ("".join(pieces), " ".join(pieces)):
        found = fit(typed, name)
        assert found is not None and found <= Fit.WORDS_BEGIN_IN_ORDER


@given(WORDS, st.permutations(range(4)))
def test_words_in_another_order_are_found(words, order):
    shuffled = [words[place] for place in order if place < len(words)]
    assert fit(" ".join(shuffled), " ".join(words)) is not None


@given(NAMES, NAMES)
def test_every_further_letter_narrows(typed, name):
    if Typed(typed).match(name) is not None:
        for length in range(len(typed)):
            assert Typed(typed[:length]).match(name) is not None


@given(NAMES, NAMES)
def test_the_letters_that_fit_are_those_that_were_typed(typed, name):
    found = Typed(typed).match(name)
    if found is not None:
        assert list(found.at) == sorted(set(found.at))
        there = fold("".join(name[place] for place in found.at)).text.replace(" ", "")
        assert set(fold(typed).text.replace(" ", "")) <= set(there)


@given(st.text(max_size=30))
def test_folding_says_where_each_letter_came_from(text):
    folded = fold(text)
    assert len(folded.text) == len(folded.at)
    assert list(folded.at) == sorted(folded.at)
    for letter, place in zip(folded.text, folded.at, strict=True):
        assert letter == " " or letter in fold(text[place]).text
    assert "  " not in folded.text and not folded.text.startswith(" ")
    assert fold(folded.text).text == folded.text


def test_a_long_name_of_one_letter_costs_little():
    assert fit("a" * 60 + "b", "a " * 200) is None
