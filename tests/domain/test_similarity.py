"""The measure of likeness: symmetric, whole for the same words, and nothing likely is overlooked."""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.similarity import ALIKE, Shingler, Sketches, alikeness, is_near, unshared

WORDS = ("a", "b", "c", "d", "e", "f", "gate", "Gate", "war", "aid", "援", "助", "物", "資")
TEXTS = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)


def like(one, other):
    shingler = Shingler()
    return alikeness(shingler.shingles(one), shingler.shingles(other))


@given(TEXTS, TEXTS)
def test_likeness_is_symmetric_and_a_share(one, other):
    found = like(one, other)
    assert found == like(other, one)
    assert 0 <= found.share <= found.contained <= 1
    assert found.percent == int(100 * found.share)


@given(st.text())
def test_a_text_is_wholly_like_itself(text):
    assert like(text, text).percent == 100


@given(TEXTS)
def test_case_white_space_and_punctuation_make_no_difference(text):
    assert like(text, "  " + text.upper().replace(" ", ",\n ") + "!").percent == 100


@given(TEXTS, TEXTS)
def test_a_shingler_that_has_seen_other_texts_cuts_the_same(one, other):
    worn = Shingler()
    worn.shingles(other)
    assert worn.shingles(one) == Shingler().shingles(one)


def test_one_word_of_ten_changed_is_still_more_alike_than_not():
    words = [f"word{number}" for number in range(300)]
    changed = [word if number % 10 else f"other{number}" for number, word in enumerate(words)]
    found = like(" ".join(words), " ".join(changed))
    # Each changed word spoils three shingles: 89 of 298 are lost on either side.
    assert found.share == pytest.approx(209 / (298 + 89), abs=0.01)


def test_a_short_report_inside_a_long_one_is_contained():
    long = " ".join(f"word{number}" for number in range(600))
    short = " ".join(f"word{number}" for number in range(200, 320))
    found = like(long, short)
    assert (found.contained, found.percent) == (1.0, 19)
    shingler = Shingler()
    assert is_near(found, shingler.shingles(long), shingler.shingles(short))
    tiny = shingler.shingles("word1 word2 word3 word4")
    assert not is_near(alikeness(shingler.shingles(long), tiny), shingler.shingles(long), tiny)


@pytest.mark.parametrize(
    "text",
    [
        "政府承诺在冬天之前开放山口，但是卡车在桥边已经停了十二天，孩子们睡在帐篷里。",
        "子どもたちは教室に戻るべきだと、保護者会の代表は木曜日の記者会見で述べた。",
        "รัฐบาลสัญญาว่าจะเปิดช่องเขาก่อนฤดูหนาวแต่รถบรรทุกยังคงจอดอยู่ที่สะพาน",
    ],
)
def test_scripts_without_spaces_are_compared_by_their_signs(text):
    assert 50 < like(text, text[:-3]).percent < 100
    assert like(text, text[::-1]).percent == 0


def test_texts_that_are_alike_are_found_among_others():
    """Every pair that comparing all with all would find, found by sketches; the seed makes it a fixed sample."""
    chance = random.Random(7)
    words = [f"w{number}" for number in range(4_000)]
    texts = [chance.choices(words, k=chance.choice((12, 60, 300, 900))) for _text in range(150)]
    for origin in range(100):
        share = chance.choice((0.02, 0.05, 0.1, 0.2))
        texts.append([chance.choice(words) if chance.random() < share else word for word in texts[origin]])
    shingler, sketches = Shingler(), Sketches()
    cut = [shingler.shingles(" ".join(each)) for each in texts]
    found = {(other, number) for number, each in enumerate(cut) for other in sketches.meet(number, each)}
    truly = {
        (other, number)
        for number in range(len(cut))
        for other in range(number)
        if alikeness(cut[other], cut[number]).share >= ALIKE
    }
    assert len(truly) > 60
    assert truly <= found


def test_copies_are_found_where_every_text_has_the_same_footer():
    chance = random.Random(3)
    words = [f"w{number}" for number in range(5_000)]
    footer = chance.choices(words, k=70)
    texts = [chance.choices(words, k=80) for _text in range(300)]
    copies = [[chance.choice(words) if chance.random() < 0.05 else word for word in text] for text in texts]
    shingler, sketches = Shingler(), Sketches()
    cut = [shingler.shingles(" ".join([*each, *footer])) for each in (*texts, *copies)]
    likely = [sketches.meet(number, each) for number, each in enumerate(cut)]
    pairs = [(number, number + 300) for number in range(300)]
    assert all(is_near(alikeness(cut[a], cut[b]), cut[a], cut[b]) for a, b in pairs)
    assert [pair for pair in pairs if pair[0] not in likely[pair[1]]] == []


def test_very_many_copies_are_no_burden_and_each_finds_one():
    shingler, sketches = Shingler(), Sketches()
    text = " ".join(f"word{number}" for number in range(100))
    likely = [sketches.meet(number, shingler.shingles(f"{text} end{number}")) for number in range(500)]
    assert likely[0] == []
    assert all(0 < len(each) <= 8 for each in likely[1:])


def test_what_only_one_text_says_is_shown():
    one = "The gate opens on Monday, the mayor said, and the road is free. Straße und Tor."
    other = "THE GATE OPENS on Friday, the mayor said, and the road is free. STRASSE und Tor."
    assert [span.quote(one) for span in unshared(one, other)] == ["Monday"]
    assert [span.quote(other) for span in unshared(other, one)] == ["Friday"]
    assert unshared(one, one) == []
    assert [span.quote("all new") for span in unshared("all new", "")] == ["all new"]


@given(TEXTS, TEXTS)
def test_ranges_lie_in_order_inside_the_text(one, other):
    spans = unshared(one, other)
    assert all(span.end <= len(one) for span in spans)
    assert all(before.end < after.start for before, after in pairwise(spans))
