"""Intervals by drawing articles anew."""

import random
from statistics import mean

from hypothesis import given
from hypothesis import strategies as st

from app.agreement.resampling import bootstrap, percentile


def share(total):
    return [total[0] / total[1] if total[1] else None]


def test_an_interval_is_what_drawing_says():
    sums = [[at % 3, 2] for at in range(30)]
    (found,) = bootstrap(sums, share, 500, seed=7)
    chance = random.Random(7)
    drawn = [chance.choices(sums, k=30) for _ in range(500)]
    values = sorted(sum(row[0] for row in rows) / 60 for rows in drawn)
    assert (found.low, found.high) == (percentile(values, 0.025), percentile(values, 0.975))
    assert found.below_667 == mean(value < 0.667 for value in values)
    assert (found.rounds, found.undefined, found.below_800) == (500, 0, 1)
    assert bootstrap(sums, share, 500, seed=7) == [found]
    assert bootstrap(sums, share, 500, seed=8) != [found]


def test_rounds_without_a_value_are_counted_and_one_article_says_nothing():
    (found,) = bootstrap([[1, 1], [0, 0]], share, 400)
    assert 60 < found.undefined < 140
    assert (found.low, found.high) == (1, 1)
    assert bootstrap([[1, 1]], share) == [None]
    assert bootstrap([[0, 0], [0, 0]], share, 10) == [None]
    assert bootstrap([], share) == []


@given(st.lists(st.tuples(st.integers(0, 2**90), st.integers(0, 2**90)), min_size=2, max_size=5))
def test_sums_are_exact_however_large(rows):
    seen = []
    bootstrap(rows, lambda total: seen.append(total) or [None], 5, seed=3)
    chance = random.Random(3)
    wanted = [
        [sum(column) for column in zip(*chance.choices(rows, k=len(rows)), strict=True)] for _ in range(5)
    ]
    assert seen == wanted
