import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.domain.errors import UserError
from app.domain.ids import TermId
from app.domain.pieces import pieces
from app.domain.searching import Query, Searcher
from app.domain.words import Matcher, Term, check_term
from tests.builders import term

TEXTS = st.text(alphabet=st.sampled_from("ab cé😀-\u0301習É"), max_size=80)
PATTERNS = st.text(alphabet=st.sampled_from("ab cé😀-.*習É"), min_size=1, max_size=4).filter(str.strip)
TERMS = st.builds(
    lambda pattern, whole, case: term(pattern, whole_words=whole, match_case=case),
    PATTERNS,
    st.booleans(),
    st.booleans(),
)
CATASTROPHE = "(a+)+$"
BAIT = "a" * 3_000 + "!"


def found(text, pattern, **values):
    return [text[start:end] for start, end in Matcher([term(pattern, **values)]).ranges(0, text)]


@given(text=TEXTS, pattern=PATTERNS)
def test_a_plain_text_is_found_where_it_stands(text, pattern):
    expected, at = [], text.find(pattern)
    while at >= 0:
        expected.append((at, at + len(pattern)))
        at = text.find(pattern, at + len(pattern))
    wanted = term(pattern, whole_words=False, match_case=True)
    assert Matcher([wanted]).ranges(0, text) == expected


@given(text=TEXTS, terms=st.lists(TERMS, max_size=5))
def test_every_character_is_coloured_once_by_the_first_term_that_covers_it(text, terms):
    matcher = Matcher(terms)
    expected = {}
    for number in reversed(range(len(terms))):
        for start, end in matcher.ranges(number, text):
            expected.update(dict.fromkeys(range(start, end), number))
    hits = matcher.hits(text)
    assert all(hit.start < hit.end for hit in hits)
    assert all(before.end <= after.start for before, after in zip(hits, hits[1:], strict=False))
    assert {at: hit.term for hit in hits for at in range(hit.start, hit.end)} == expected


@given(text=st.text(alphabet=st.sampled_from("ab \n習"), max_size=60), lines=st.integers(0, 4))
def test_pieces_make_up_the_whole_text_and_hold_no_line_break(text, lines):
    text = text + "\n" * lines + text * (200 * lines)
    found = list(pieces(text))
    again = "".join(text[each.start : each.end] + "\n" * each.ends_paragraph for each in found)
    assert again == text + "\n"
    assert all("\n" not in text[each.start : each.end] for each in found)
    assert max(each.end - each.start for each in found) <= 4_000


def test_whole_words_touch_no_letter():
    assert found("aid, Aids and AID", "aid") == ["aid", "AID"]
    assert found("aid, Aids and AID", "aid", whole_words=False) == ["aid", "Aid", "AID"]
    assert found("aid, Aids and AID", "aid", match_case=True) == ["aid"]
    assert found("cafe\u0301 cafe", "cafe") == ["cafe"]
    assert found("in C++ and #MeToo", "c++") == ["C++"]
    assert found("in C++ and #MeToo", "#metoo") == ["#MeToo"]
    assert found("교육청 教育局", "教育") == ["教育"]


def test_case_is_compared_as_finding_in_a_text_does():
    text = "Die Straße, die STRASSE und die Strasse"
    for pattern in ("strasse", "STRASSE", "Straße"):
        found = Matcher([term(pattern)]).ranges(0, text)
        assert found == list(Searcher(Query(words=pattern, whole_words=True)).find(text))
        assert len(found) == 3
    assert len(Matcher([term("Straße", match_case=True)]).ranges(0, text)) == 1


def test_expressions_are_matched_as_such_and_plain_texts_are_not():
    assert found("refugee, refugees, refuge", "refugees?", regular=True) == ["refugee", "refugees"]
    assert found("aids aid", "aid|aids", regular=True) == ["aids", "aid"]
    assert found("what? What.", "what?", whole_words=False) == ["what?"]
    assert found("abc", "x*", regular=True, whole_words=False) == []


def test_a_term_that_is_off_is_not_found():
    assert Matcher([term("a", on=False), term("b")]).hits("a b") == [(2, 3, 1)]


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("(aid", "broken at its end: missing )."),
        ("a**b", "broken at character 3, before “*b”: multiple repeat."),
        ("a{99999999999}", "broken at character 3, before “9999999999”: repeat count too big."),
    ],
)
def test_a_broken_expression_is_refused_with_why_and_where(pattern, why):
    with pytest.raises(UserError) as caught:
        check_term(term(pattern, regular=True))
    assert str(caught.value) == f"The expression “{pattern}” is {why} Correct it there."
    check_term(term(pattern))


def test_a_broken_expression_leaves_the_others_alone():
    matcher = Matcher([term("(a", regular=True), term("b")])
    assert matcher.hits("a b") == [(2, 3, 1)]
    assert matcher.given_up == {0}


def test_too_deep_an_expression_is_refused_in_words():
    def from_far_below(calls):
        if calls:
            from_far_below(calls - 1)
        else:
            check_term(term("(" * 249 + "a" + ")" * 249, regular=True))

    with pytest.raises(UserError, match="too complicated"):
        from_far_below(800)


def test_an_expression_that_never_ends_is_given_up_soon_and_for_good():
    matcher = Matcher([term(CATASTROPHE, regular=True, whole_words=False), term("a", whole_words=False)])
    hits = matcher.hits(BAIT)
    assert len(hits) == 3_000
    assert {hit.term for hit in hits} == {1}
    assert matcher.given_up == {0}
    assert matcher.ranges(0, "aa") == []


def test_a_list_full_of_such_expressions_holds_nobody_up():
    bad = [term(f"(a+)+{number}?$", regular=True, whole_words=False) for number in range(40)]
    matcher = Matcher([*bad, term("a", whole_words=False)])
    assert len(matcher.hits(BAIT)) == 3_000
    assert len(matcher.given_up) == 40


@pytest.mark.parametrize("pattern", ["", "  ", "a\nb", "a" * 501])
def test_a_term_is_one_line_that_is_not_empty(pattern):
    with pytest.raises(ValidationError):
        term(pattern)


def test_a_term_has_a_colour():
    with pytest.raises(ValidationError):
        Term(id=TermId("t"), pattern="a", colour="red")


def test_fifty_terms_in_a_long_article():
    text = "\n".join(f"Aid for camp {number} came late, said the minister. " * 8 for number in range(800))
    assert len(text) >= 300_000
    matcher = Matcher([term(word) for word in ("aid", "late", *(f"word{n}" for n in range(48)))])
    whole = [matcher.hits(text[each.start : each.end]) for each in pieces(text)]
    assert sum(len(hits) for hits in whole) == 2 * 8 * 800
    assert matcher.given_up == set()
