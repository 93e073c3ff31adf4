"""Finding words, held against a model that tries every range."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import UserError
from app.domain.searching import Query, Searcher, context, parts_word
from tests.builders import ARABIC, GATES

PIECES = [*"aAbsSßİiıς ΣΟ\n\u00a0\u2028😀é\u0301漢字_3’-", "ال", "وز", "\u064e", "🇺🇳", "\u200d"]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)
WORDS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join)


def quotes(text, words, **options):
    return [text[start:end] for start, end in Searcher(Query(words=words, **options)).find(text)]


def model(text, words, *, match_case):
    """Leftmost ranges that fit, as anybody would look for them who had the time."""
    fold = str if match_case else str.casefold
    wanted, found, at = fold(words).split(), [], 0
    while wanted and at < len(text):
        fits = [
            end
            for end in range(at + 1, len(text) + 1)
            if not text[at].isspace() and not text[end - 1].isspace() and fold(text[at:end]).split() == wanted
        ]
        if fits:
            found.append((at, fits[0]))
        at = fits[0] if fits else at + 1
    return found


@given(text=TEXTS, words=WORDS, match_case=st.booleans())
def test_what_is_found_is_what_trying_every_range_finds(text, words, match_case):
    found = list(Searcher(Query(words=words, match_case=match_case)).find(text))
    assert found == model(text, words, match_case=match_case)


@given(text=TEXTS, data=st.data(), match_case=st.booleans())
def test_a_piece_of_the_text_is_found_in_it(text, data, match_case):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = quotes(text, text[start:end], match_case=match_case)
    assert bool(found) == bool(text[start:end].split())


@given(text=TEXTS, words=WORDS)
def test_whole_words_are_found_among_all_and_stand_alone(text, words):
    whole = list(Searcher(Query(words=words, whole_words=True)).find(text))
    assert not any(parts_word(text, start) or parts_word(text, end) for start, end in whole)
    if not whole:
        assert all(parts_word(text, start) or parts_word(text, end) for start, end in _starts(text, words))


def _starts(text, words):
    """Every place where the words stand, those that overlap too."""
    searcher = Searcher(Query(words=words))
    for offset in range(len(text)):
        yield from ((start + offset, end + offset) for start, end in searcher.find(text[offset:]))


@given(text=TEXTS, words=WORDS)
def test_a_regular_expression_of_plain_characters_finds_them_within_a_line(text, words):
    escaped = "".join(f"\\{char}" if char in "-" else char for char in words)
    found = quotes(text, escaped, regular=True, match_case=True)
    assert found == [words] * sum(line.count(words) for line in text.split("\n") if "\n" not in words)


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Straße STRASSE strasse", "strasse", ["Straße", "STRASSE", "strasse"]),
        ("sß", "ss", ["ß"]),
        ("groß", "s", []),
        ("İstanbul", "İSTANBUL", ["İstanbul"]),
        ("ΟΔΟΣ οδός οδος", "οδοσ", ["ΟΔΟΣ", "οδος"]),
        (GATES, "unfit for  children. the CAFÉ", ["unfit\u00a0for children.\u2028The café"]),
        (ARABIC, "الوزير", ["الوزير"]),
        ("习近平说习近平", "近平", ["近平", "近平"]),
        ("a.c abc", "a.c", ["a.c"]),
        ("anything", " \n", []),
    ],
)
def test_case_and_white_space(text, words, found):
    assert quotes(text, words) == found


def test_match_case_finds_nothing_else():
    assert quotes("The the THE", "the", match_case=True) == ["the"]


@pytest.mark.parametrize(
    ("text", "words", "count"),
    [
        ("Putin’s Putins Putin, anti-Putin", "putin", 3),
        ("cafe\u0301 cafe", "cafe", 1),
        ("हिन्दी ह", "ह", 1),
        ("习近平说", "近平", 1),
        ("“Stop!” Stop!!", "Stop!", 2),
        ("snake_case case", "case", 1),
        ("👩\u200d🚀 👩", "👩", 1),
    ],
)
def test_whole_words_in_many_scripts(text, words, count):
    assert len(quotes(text, words, whole_words=True)) == count


def test_a_regular_expression_stays_in_its_paragraph_and_finds_nothing_empty():
    assert quotes("one two\nthree", r"^\w+$", regular=True) == ["three"]
    assert quotes("one\ntwo", r"(?s)e.t", regular=True) == []
    assert quotes("aXbx", "x?", regular=True) == ["X", "x"]
    assert quotes("", "", regular=True) == []


@pytest.mark.parametrize("broken", ["(a", "[", "a**", "*"])
def test_a_broken_regular_expression_says_why_and_where(broken):
    with pytest.raises(UserError, match=r"no regular expression: .+ at character \d"):
        Searcher(Query(words=broken, regular=True))


@pytest.mark.parametrize("endless", ["(a+)+b", r"(\w+\s?)*x", "(?:(a*))+", "((a|b{2,})x)*", "([)]+)+"])
def test_an_expression_that_may_never_end_is_not_begun(endless):
    with pytest.raises(UserError, match="may never come to an end"):
        Searcher(Query(words=endless, regular=True))


@pytest.mark.parametrize(
    "words",
    [
        "(?:ab)+",
        "(?:a+)?b",
        "[+*]*[(a+)+]+",
        r"\(?(b+)\)*",
        "(?>a+)+b",
        "(?:a+)++",
        "(?:b+){1,3}",
        "a+?b",
        "(a+)(b)+",
    ],
)
def test_other_repetitions_are_welcome(words):
    assert quotes("(aab)", words, regular=True)


@given(text=TEXTS, data=st.data())
def test_the_words_around_a_hit_are_those_of_the_text(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    before, quote, after = context(text, start, end)
    assert "".join((before + quote + after).split()) == "".join(text.split())
    assert "\n" not in before + quote + after


def test_long_surroundings_are_cut_at_words():
    text = "word " * 200
    before, quote, after = context(text, 500, 504)
    assert before.startswith("… word")
    assert quote == "word"
    assert after.endswith("word …")
    assert len(before + after) < 160
