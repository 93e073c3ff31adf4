import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.edges import Unit, move_edge, without_fragment
from app.domain.errors import UserError
from app.domain.segmentation import Granularity, fit, next_sentence, previous_sentence
from app.domain.spans import Span

TEXT = "“We will open the gate,” she said.  Aid groups wait. Children e\u0301te\u0301!"
TEXTS = st.text(alphabet=st.sampled_from("ab c.\n“”😀é\u0301한。漢カ"), min_size=1, max_size=60)


def spans(*pairs):
    return tuple(Span(start=start, end=end) for start, end in pairs)


def quotes(text, moved):
    return [span.quote(text) for span in moved]


@pytest.mark.parametrize(
    ("unit", "at_end", "outward", "expected"),
    [
        (Unit.WORD, True, True, "open the gate"),
        (Unit.WORD, True, False, "open"),
        (Unit.WORD, False, True, "will open the"),
        (Unit.WORD, False, False, "the"),
        (Unit.CHARACTER, True, True, "open the "),
        (Unit.CHARACTER, True, False, "open th"),
        (Unit.CHARACTER, False, True, " open the"),
        (Unit.CHARACTER, False, False, "pen the"),
        (Unit.SENTENCE, True, True, "open the gate,” she said."),
        (Unit.SENTENCE, False, True, "“We will open the"),
    ],
)
def test_an_edge_moves_by_its_unit(unit, at_end, outward, expected):
    start = TEXT.index("open the")
    moved = move_edge(TEXT, spans((start, start + 8)), 0, unit, at_end=at_end, outward=outward)
    assert quotes(TEXT, moved) == [expected]


def test_an_accent_stays_with_its_letter():
    start = TEXT.index("e\u0301te\u0301")
    moved = move_edge(TEXT, spans((start, start + 5)), 0, Unit.CHARACTER, at_end=True, outward=False)
    assert quotes(TEXT, moved) == ["e\u0301t"]
    moved = move_edge(TEXT, moved, 0, Unit.CHARACTER, at_end=True, outward=True)
    assert quotes(TEXT, moved) == ["e\u0301te\u0301"]


def test_growing_into_a_fragment_joins_it():
    text = "one two three four"
    three = spans((0, 3), (8, 13), (14, 18))
    grown = move_edge(text, three, 0, Unit.WORD, at_end=True, outward=True)
    assert quotes(text, grown) == ["one two", "three", "four"]
    joined = move_edge(text, three, 1, Unit.SENTENCE, at_end=True, outward=True)
    assert quotes(text, joined) == ["one", "three four"]
    joined = move_edge(text, three, 1, Unit.SENTENCE, at_end=False, outward=True)
    assert quotes(text, joined) == ["one two three", "four"]


@pytest.mark.parametrize(("at_end", "outward"), [(True, True), (False, True)])
def test_the_ends_of_the_text_are_said(at_end, outward):
    with pytest.raises(UserError, match="no further"):
        move_edge("word", spans((0, 4)), 0, Unit.WORD, at_end=at_end, outward=outward)


@pytest.mark.parametrize("at_end", [True, False])
def test_nothing_is_never_left(at_end):
    with pytest.raises(UserError, match="Nothing would be left"):
        move_edge("one two", spans((0, 3)), 0, Unit.WORD, at_end=at_end, outward=False)


@given(
    text=TEXTS,
    data=st.data(),
    unit=st.sampled_from(Unit),
    at_end=st.booleans(),
    outward=st.booleans(),
)
def test_whatever_moves_stays_inside_the_text_and_moves_the_right_way(text, data, unit, at_end, outward):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    try:
        (moved,) = move_edge(text, spans((start, end)), 0, unit, at_end=at_end, outward=outward)
    except UserError:
        return
    assert 0 <= moved.start < moved.end <= len(text)
    kept, other = (moved.start, moved.end) if at_end else (moved.end, moved.start)
    assert kept == (start if at_end else end)
    before = end if at_end else start
    assert (other > before) == (at_end == outward)


def test_a_fragment_goes_by_its_place_and_never_the_last_one():
    three = spans((0, 3), (5, 8), (10, 12))
    assert without_fragment(three, 6) == spans((0, 3), (10, 12))
    assert without_fragment(three, 99) == spans((0, 3), (5, 8))
    with pytest.raises(UserError, match="only fragment"):
        without_fragment(three[:1], 0)


@given(TEXTS)
def test_sentences_lead_from_one_end_to_the_other(text):
    at, passed = 0, 0
    while at < len(text):
        after = next_sentence(text, at)
        assert after > at
        at, passed = after, passed + 1
    while at > 0:
        before = previous_sentence(text, at)
        assert before < at
        at = before


@given(text=TEXTS, data=st.data(), granularity=st.sampled_from(Granularity))
def test_a_fitted_range_has_no_white_space_at_its_edges_and_fits_again(text, data, granularity):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    fitted = fit(text, start, end, granularity)
    assert fit(text, *fitted, granularity) == fitted
    piece = text[fitted[0] : fitted[1]]
    assert piece == piece.strip()
    assert bool(piece) == bool(text[start:end].strip())


def test_sentences_are_fitted_whole():
    start = TEXT.index("groups")
    assert TEXT[slice(*fit(TEXT, start, start + 3, Granularity.SENTENCE))] == "Aid groups wait."
    assert TEXT[slice(*fit(TEXT, start, start + 3, Granularity.WORD))] == "groups"
    assert TEXT[slice(*fit(TEXT, start, start + 3, Granularity.ANY))] == "gro"


def test_runs_of_katakana_are_words_and_han_stand_alone():
    text = "東京タワーへ"
    assert text[slice(*fit(text, 3, 4, Granularity.WORD))] == "タワー"
    assert text[slice(*fit(text, 0, 1, Granularity.WORD))] == "東"
