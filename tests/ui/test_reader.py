"""The reader without a window: the caret in pieces and lines, what is laid out, what is under a place."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.annotations import Passage
from app.domain.codebook import Codebook
from app.system.settings import Settings
from app.ui.reader.blocks import Blocks
from app.ui.reader.caret import Caret, Move
from app.ui.reader.page import Page
from app.ui.reader.style import make_style
from app.ui.theme import LIGHT
from tests.builders import ACTOR, ANA, codebook

LINES = (
    "The first paragraph is long enough to be broken into three lines or more when the page is narrow.\n"
    "\n"
    "Short.\n"
    "Emoji 😀🚚🇺🇳 and e\u0301 stay whole.\n"
    "قال الوزير إن المساعدات ستصل غداً 😀.\n"
    "교육청은 문을 열겠다고 약속했다."
)
TEXTS = st.text(alphabet=st.sampled_from("ab c\n😀éقال한漢\u0301\u2028\u00a0"), max_size=120)
QUICK = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def style(qapp, tmp_path):
    return make_style(Settings(tmp_path / "s.json"), LIGHT, codebook())


def rows(page):
    """The first code point of every line on the page."""
    found = []
    for index in range(len(page.blocks)):
        found += [page.blocks.to_offset(index, row.start) for row in page.laid(index).rows]
    return found


def test_down_and_up_pass_through_every_line_and_paragraph(style):
    page = Page(LINES, style, 240.0)
    starts = rows(page)
    assert len(starts) >= 8
    caret = Caret(0)
    passed = [0]
    for _start in starts[1:]:
        caret.move(page, Move.DOWN, selecting=False, screen=400)
        passed.append(caret.offset)
    lines = [sum(start <= offset for start in starts) for offset in passed]
    assert lines == list(range(1, len(starts) + 1))
    caret.move(page, Move.DOWN, selecting=False, screen=400)
    assert caret.offset == len(LINES), "below the last line there is only its end"
    for _start in starts:
        caret.move(page, Move.UP, selecting=False, screen=400)
    assert caret.offset == 0


def walk(page, move, start):
    """Every offset that a movement leads through until it leads no further."""
    caret, passed = Caret(start), [start]
    while True:
        caret.move(page, move, selecting=True, screen=300)
        if caret.offset == passed[-1]:
            return passed
        passed.append(caret.offset)


@QUICK
@given(text=st.text(alphabet=st.sampled_from("ab \n😀é한漢\u00a0"), max_size=60))
def test_walking_passes_every_character_once_and_back_again(style, text):
    page = Page(text, style, 160.0)
    assert walk(page, Move.RIGHT, 0) == list(range(len(text) + 1))
    assert walk(page, Move.LEFT, len(text)) == list(range(len(text), -1, -1))


@QUICK
@given(text=TEXTS)
def test_every_movement_comes_to_an_end_at_an_end_of_the_text(style, text):
    page = Page(text, style, 160.0)
    for move, start, end in (
        (Move.DOWN, 0, len(text)),
        (Move.PAGE_DOWN, 0, len(text)),
        (Move.PARAGRAPH_DOWN, 0, len(text)),
        (Move.END, 0, len(text)),
        (Move.UP, len(text), 0),
        (Move.PAGE_UP, len(text), 0),
        (Move.PARAGRAPH_UP, len(text), 0),
        (Move.START, len(text), 0),
    ):
        assert walk(page, move, start)[-1] == end, move


def test_a_letter_and_its_accent_are_one_step(style):
    page = Page("e\u0301🇺🇳x", style, 300.0)
    assert walk(page, Move.RIGHT, 0) == [0, 2, 4, 5]


@QUICK
@given(text=TEXTS, data=st.data())
def test_a_place_on_the_page_leads_back_to_its_line(style, text, data):
    page = Page(text, style, 160.0)
    offset = data.draw(st.integers(0, len(text)))
    place = page.place_of(offset)
    again = page.spot_at(place.x, place.top + 1)
    assert page.place_of(again.offset, trailing=again.trailing).top == place.top


@QUICK
@given(text=TEXTS.filter(bool), data=st.data())
def test_what_is_annotated_at_a_place_is_what_covers_it(style, text, data):
    count = data.draw(st.integers(0, 6))
    passages = []
    for number in range(count):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        passages.append(Passage(start, end, f"n{number}", ACTOR, ANA.id))
    passages.sort(key=lambda each: (each.start, -each.end, each.annotation_id))
    page = Page(text, style, 160.0)
    page.set_passages(passages)
    for offset in range(len(text)):
        expected = {each.annotation_id for each in passages if each.start <= offset < each.end}
        if text[offset] != "\n":
            assert {each.annotation_id for each in page.passages_at(offset)} == expected
    for passage in passages:
        page.replace(passage.annotation_id, [])
    assert all(page.passages_at(offset) == [] for offset in range(len(text)))
    for passage in reversed(passages):
        page.replace(passage.annotation_id, [passage])
    fresh = Page(text, style, 160.0)
    fresh.set_passages(passages)
    for index in range(len(page.blocks)):
        assert page.laid(index).ties == fresh.laid(index).ties
        assert page.laid(index).height == fresh.laid(index).height


def test_an_annotation_across_pieces_is_tied_in_each(style):
    text = "one\ntwo\nthree"
    page = Page(text, style, 300.0)
    page.set_passages([Passage(1, 10, "n", ACTOR, ANA.id)])
    ties = [page.laid(index).ties for index in range(3)]
    assert [(tie.start, tie.end, tie.begins) for (tie,) in ties] == [
        (1, 3, True),
        (0, 3, False),
        (0, 2, False),
    ]
    assert page.replace("n", [Passage(9, 12, "n", ACTOR, ANA.id)]) == {0, 1, 2}
    assert [len(page.laid(index).ties) for index in range(3)] == [0, 0, 1]


def test_estimated_heights_are_corrected_as_pieces_are_seen(style):
    text = "\n".join("word " * (number % 40) for number in range(400))
    page = Page(text, style, 300.0)
    page.lay_between(0, 500)
    estimated = page.height
    for index in range(len(page.blocks)):
        page.laid(index)
    assert page.height != estimated
    tops = page.tops()
    assert all(page.block_at(tops[index] + 0.5) == index for index in range(len(page.blocks)))


def test_a_codebook_without_codes_has_a_style(qapp, tmp_path):
    assert make_style(Settings(tmp_path / "s.json"), LIGHT, Codebook()).codes == {}


HAN = "政府承诺在冬天之前开放山口，但是卡车在桥边已经停了十二天，孩子们睡在帐篷里。" * 3


def test_line_end_reaches_the_last_character_of_a_wrapped_line_without_spaces(style):
    page = Page(HAN, style, 240.0)
    starts = rows(page)
    assert len(starts) > 4
    for start, after in zip(starts, [*starts[1:], len(HAN)], strict=True):
        caret = Caret(start)
        caret.move(page, Move.LINE_END, selecting=True, screen=300)
        assert caret.selection == (start, after)
        place = page.place_of(start)
        assert page.place_of(caret.offset, trailing=caret.trailing).top == place.top, "it stays in its line"
        caret.move(page, Move.LINE_END, selecting=True, screen=300)
        assert caret.selection == (start, after), "a second time leads no further"
        caret.move(page, Move.LINE_START, selecting=False, screen=300)
        assert caret.offset == start
        assert page.spot_at(10_000.0, place.top + 1).offset == after


def test_down_from_the_end_of_a_wrapped_line_goes_to_the_next_line_only(style):
    page = Page(HAN, style, 240.0)
    second = page.place_of(rows(page)[1])
    caret = Caret(0)
    caret.move(page, Move.LINE_END, selecting=False, screen=300)
    caret.move(page, Move.DOWN, selecting=False, screen=300)
    assert page.place_of(caret.offset, trailing=caret.trailing).top == second.top


def test_a_line_that_is_wrapped_at_a_space_ends_before_the_space(style):
    page = Page(LINES, style, 240.0)
    caret = Caret(0)
    caret.move(page, Move.LINE_END, selecting=True, screen=300)
    assert caret.offset == rows(page)[1] - 1
    assert LINES[caret.offset] == " "


def test_the_end_of_a_line_where_a_paragraph_is_cut_is_its_last_character(style):
    page = Page(HAN * 60, style, 240.0)
    assert len(page.blocks) > 1
    cut = page.blocks[0].end
    caret = Caret(cut - 1)
    caret.move(page, Move.LINE_END, selecting=True, screen=300)
    assert caret.selection == (cut - 1, cut)
    assert page.place_of(cut, trailing=caret.trailing).block == 0


LONGEST = 4_000


@QUICK
@given(
    line=st.lists(
        st.tuples(
            st.sampled_from(["=", "-", "漢", "word ", "e\u0301", "😀", "🇺🇳", "\u0301", "👩\u200d🚒"]),
            st.integers(1, 9_000),
        ),
        max_size=4,
    ).map(lambda runs: "".join(piece * (count // len(piece)) for piece, count in runs))
)
def test_a_long_line_is_cut_into_pieces_of_a_fair_size(line):
    blocks = Blocks(line + "\nnext")
    pieces = [blocks[index] for index in range(len(blocks))]
    assert "".join(line[each.start : each.end] for each in pieces[:-1]) == line
    assert all(each.end - each.start <= LONGEST for each in pieces)
    for each in pieces[:-2]:
        assert each.end - each.start >= LONGEST // 2


@pytest.mark.parametrize(
    "character", ["e\u0301\u0323", "🇺🇳", "👩\u200d🚒", "👍🏽", "क्षि", "\u1100\u1161\u11a8"]
)
@pytest.mark.parametrize("before", range(6))
def test_a_long_line_is_never_cut_inside_a_character(character, before):
    line = "=" * before + character * 4_000
    blocks = Blocks(line)
    assert len(blocks) > 1
    for index in range(1, len(blocks)):
        assert (blocks[index].start - before) % len(character) == 0
