"""Pairs of coders and single articles: the same as if nobody and nothing else were there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.agreement.continua import Continuum, pair_of
from app.agreement.distances import Metric
from app.agreement.pairs import by_article, by_pair
from app.agreement.unitizing import UnitSums
from tests.continua import any_units, continua, tidy_units

CODES = list("abc")


def same(found, wanted):
    for one, other in [
        *zip(found[:3], wanted[:3], strict=True),
        *zip(found.by_code.values(), wanted.by_code.values(), strict=True),
    ]:
        assert (one.value is None, one.reason) == (other.value is None, other.reason)
        assert one.value is None or one.value == pytest.approx(other.value)
        assert one.coverage == (None if other.coverage is None else pytest.approx(other.coverage))


@given(continua(st.one_of(tidy_units, any_units)))
def test_a_pair_is_what_two_coders_alone_would_give(articles):
    found = by_pair(articles, CODES)
    many = len({coder for each in articles for coder in each.coders})
    assert len(found) == many * (many - 1) / 2
    for each in found:
        alone = pair_of(articles, each.one, each.other)
        assert each.articles == len(alone)
        sums = UnitSums(alone, CODES)
        same(each.figures, sums.coefficients(sums.total()))


@given(continua(st.one_of(tidy_units, any_units)))
def test_an_article_is_what_it_alone_would_give(articles):
    for article, found in zip(articles, by_article(articles, CODES), strict=True):
        sums = UnitSums([article], CODES)
        same(found, sums.coefficients(sums.total()))


def test_numbers_are_apart_by_the_metric_asked_for():
    article = Continuum(50, {"p": [(0, 9, "1"), (20, 29, "2")], "q": [(0, 9, "1"), (20, 29, "4")]})
    sums = UnitSums([article])
    wanted = sums.coefficients(sums.total(), Metric.INTERVAL).cu.value
    (pair,) = by_pair([article], metric=Metric.INTERVAL)
    (alone,) = by_article([article], metric=Metric.INTERVAL)
    assert pair.figures.cu.value == alone.cu.value == pytest.approx(wanted)


def test_one_untidy_coder_leaves_the_other_pairs():
    article = Continuum(50, {"p": [(0, 9, "x")], "q": [(0, 9, "x")], "r": [(0, 9, "x"), (5, 12, "y")]})
    told = {(each.one, each.other): each.figures.u for each in by_pair([article])}
    assert told["p", "q"].value == 1
    assert told["p", "r"].value is None
    assert told["p", "r"].reason.startswith("different codes overlap")


def test_coders_who_never_met_say_so():
    articles = [Continuum(9, {"p": [(0, 3, "x")], "q": []}), Continuum(9, {"q": [], "r": []})]
    told = {(each.one, each.other): (each.articles, each.figures.u.reason) for each in by_pair(articles)}
    assert told["p", "r"] == (0, "nothing was coded by two coders")
    assert told["q", "r"] == (1, "nobody marked anything")
    assert by_article([Continuum(9, {"p": []})])[0].u.reason == "nothing was coded by two coders"
    assert by_pair([]) == by_article([]) == []
