"""Alpha over pairs of sets, held against alpha that takes every pair of values."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.agreement.distances import Metric
from app.agreement.figures import NO_VARIATION, NOBODY_TWICE
from app.agreement.ratings import RatingSums
from app.agreement.set_pairs import SetPairs

SETS = st.frozensets(st.sampled_from("abcdefgh"), max_size=3)
ARTICLES = st.lists(st.lists(st.tuples(SETS, SETS), max_size=5), min_size=1, max_size=5)


def added(rows, drawn):
    return [sum(column) for column in zip(*(rows[at] for at in drawn), strict=True)]


@given(ARTICLES, st.data())
def test_alpha_is_that_over_all_pairs_of_values_however_articles_are_drawn(articles, data):
    drawn = data.draw(st.lists(st.sampled_from(range(len(articles))), min_size=1, max_size=7))
    quick, whole = SetPairs(articles), RatingSums(articles, Metric.MASI)
    found, expected = quick.alpha(added(quick.rows, drawn)), whole.alpha(added(whole.rows, drawn))
    assert found.reason == expected.reason
    assert found.value == (None if expected.value is None else pytest.approx(expected.value, abs=1e-9))


def test_undefined_has_its_reason():
    assert SetPairs([]).alpha([]).reason == NOBODY_TWICE
    same = SetPairs([[(frozenset("a"), frozenset("a"))] * 3, [(frozenset("a"), frozenset("a"))]])
    assert same.alpha(added(same.rows, (0, 1))).reason == NO_VARIATION


def test_rows_stay_short_where_every_article_has_targets_of_its_own():
    chance = random.Random(1)
    articles = [
        [(frozenset({f"{at} {n}"}), frozenset({f"{at} {chance.randrange(300)}"})) for n in range(300)]
        for at in range(24)
    ]
    assert max(map(len, SetPairs(articles).rows)) < 30
