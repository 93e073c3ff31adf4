"""Samples and orders: the same for everybody with the same texts and seed, whatever order rows come in."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.articles import text_hash
from app.domain.dates import is_date, month_of, year_of
from app.domain.errors import UserError
from app.domain.ordering import OrderKind, Placed, arranged, arrivals
from app.domain.sampling import Candidate, Share, chance, draw, equal_shares, proportional_shares, shuffled

SIZES = st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(1, 40), min_size=1, max_size=8)


def candidates(count, strata=("",)):
    return [
        Candidate(f"id{number:03}", text_hash(f"text {number}"), strata[number % len(strata)])
        for number in range(count)
    ]


def test_the_numbers_of_chance_are_those_of_every_version():
    # Written down once: a change would draw other samples than those that papers have reported.
    assert chance(42, text_hash("text 0")) == (
        "8ec94bd963d9b335933dd1abe0c67be9499c03259163bf36e6547e313ff7aa1d"
    )
    assert shuffled(candidates(6), 7) == ["id001", "id000", "id003", "id002", "id005", "id004"]


@given(st.integers(1, 60), st.integers(0, 2**53 - 1), st.randoms(use_true_random=False), st.data())
def test_a_sample_depends_on_texts_and_seed_alone(count, seed, rng, data):
    size = data.draw(st.integers(1, count))
    share = data.draw(st.sampled_from(list(Share)))
    rows = candidates(count, ("a", "b", "b", "c"))
    once = draw(rows, size, seed, share)
    rng.shuffle(rows)
    assert draw(rows, size, seed, share) == once
    assert len(set(once.articles)) == len(once.articles) == size
    assert sum(each.drawn for each in once.strata) == size
    assert sum(each.size for each in once.strata) == count


def test_ids_of_another_laptop_change_nothing():
    rows = candidates(40)
    others = [each._replace(id=f"other{number}") for number, each in enumerate(rows)]
    names = {each.id: other.id for each, other in zip(rows, others, strict=True)}
    ours, theirs = (draw(each, 12, 5, Share.PROPORTIONAL).articles for each in (rows, others))
    assert [names[each] for each in ours] == list(theirs)


def test_a_larger_sample_holds_the_smaller_one_and_another_seed_another_sample():
    rows = candidates(200)
    small, large = (draw(rows, size, 11, Share.PROPORTIONAL).articles for size in (20, 50))
    assert large[:20] == small
    assert set(draw(rows, 20, 12, Share.PROPORTIONAL).articles) != set(small)


def test_every_article_has_the_same_chance():
    rows = candidates(10)
    hits = dict.fromkeys((each.id for each in rows), 0)
    for seed in range(2_000):
        for each in draw(rows, 3, seed, Share.PROPORTIONAL).articles:
            hits[each] += 1
    # 600 each are expected; the standard deviation is 20.
    assert all(500 < count < 700 for count in hits.values()), hits


@given(SIZES, st.data())
def test_shares_are_whole_and_none_is_larger_than_its_stratum(sizes, data):
    total = sum(sizes.values())
    size = data.draw(st.integers(0, total))
    for shares in (proportional_shares(sizes, size), equal_shares(sizes, size)):
        assert sum(shares.values()) == size
        assert all(0 <= shares[name] <= count for name, count in sizes.items())
    in_proportion = proportional_shares(sizes, size)
    assert all(abs(in_proportion[name] - size * count / total) < 1 for name, count in sizes.items())
    evenly = equal_shares(sizes, size)
    unfilled = [evenly[name] for name, count in sizes.items() if evenly[name] < count]
    # Who has less than another could have given more only if nothing was left to give.
    assert not unfilled or max(evenly.values()) - min(unfilled) <= 1


def test_shares_by_hand():
    assert proportional_shares({"a": 50, "b": 30, "c": 20}, 7) == {"a": 4, "b": 2, "c": 1}
    assert equal_shares({"a": 2, "b": 30, "c": 20}, 12) == {"a": 2, "b": 5, "c": 5}


@pytest.mark.parametrize("size", [0, 11])
def test_a_sample_that_cannot_be_drawn_is_refused(size):
    with pytest.raises(UserError, match="sample"):
        draw(candidates(10), size, 1, Share.EQUAL)


@pytest.mark.parametrize(
    ("text", "good"),
    [("2026", True), ("2026-05", True), ("2024-02-29", True)]
    + [
        (each, False)
        for each in ("", "2026-13", "2025-02-29", "0000", "2026-W10-1", "12 May", "２０２６", "2026-5")
    ],
)
def test_dates(text, good):
    assert is_date(text) is good


def test_months_and_years_are_only_of_dates_that_have_them():
    assert [month_of(each) for each in ("2026", "2026-05", "2026-05-31", "May")] == [
        "",
        "2026-05",
        "2026-05",
        "",
    ]
    assert [year_of(each) for each in ("2026", "2026-05-31", "2026-99")] == ["2026", "2026", ""]


def placed(*dates):
    return [Placed(f"id{number}", text_hash(f"text {number}"), date) for number, date in enumerate(dates)]


def test_by_date_what_has_none_comes_last_and_equal_dates_stay_as_imported():
    articles = placed("2026-05", "soon", "2025", "2026-05", "", "2026-05-02")
    arrived = [each.id for each in articles]
    random.Random(1).shuffle(articles)
    assert arranged(articles, OrderKind.DATE, 0, arrived) == ["id2", "id0", "id3", "id5", "id1", "id4"]
    assert arranged(articles, OrderKind.IMPORTED, 0, arrived) == arrived


def test_what_came_since_the_order_was_chosen_counts_as_imported_later():
    assert arrivals(("b", "a"), ["a", "b", "c", "d"]) == ("b", "a", "c", "d")
