"""Answers on matched spans, answers by shared length, and links."""

import pytest

from app.agreement.attributes import Answered, Linked, link_sums, on_matched
from app.agreement.continua import Continuum
from app.agreement.distances import Metric
from app.agreement.unitizing import UnitSums

CLAIM, OTHER = (0, 10, "claim"), (20, 30, "claim")


def test_answers_are_compared_on_matched_spans():
    article = {
        "p": [Answered(CLAIM, 1), Answered(OTHER, 3), Answered((40, 44, "claim"), 2)],
        "q": [Answered((21, 30, "claim"), 2), Answered((1, 9, "claim"), 1)],
    }
    found = on_matched([article], Metric.INTERVAL)
    assert found.share(found.total()).value == pytest.approx(4 / 5)
    # Matched values (1, 1) and (3, 2): observed 2 · 1, all ordered pairs 2 · (0 + 4 + 1 + 4 + 1 + 1).
    assert found.sums.alpha(found.sums.total()).value == pytest.approx(1 - 3 * 2 / 22)


def test_sets_of_choices_are_compared_by_masi():
    article = {
        "p": [Answered(CLAIM, frozenset("ab")), Answered(OTHER, frozenset())],
        "q": [Answered(CLAIM, frozenset("ab")), Answered(OTHER, frozenset())],
    }
    found = on_matched([article], Metric.MASI)
    assert found.sums.alpha(found.sums.total()).value == pytest.approx(1)


def test_unanswered_spans_are_matched_and_no_more():
    found = on_matched([{"p": [Answered(CLAIM, None)], "q": [Answered(CLAIM, 1)]}], Metric.NOMINAL)
    assert found.share(found.total()).value == 1
    assert found.sums.alpha(found.sums.total()).value is None


def test_answers_are_compared_by_shared_length():
    article = {"p": [(*CLAIM[:2], "1"), (*OTHER[:2], "2")], "q": [(*CLAIM[:2], "1"), (*OTHER[:2], "4")]}
    sums = UnitSums([Continuum(50, article)])
    interval = sums.coefficients(sums.total(), Metric.INTERVAL).cu
    # l* = 40, margins 20, 10, 10, B = 200, 100, 100; e*_12 = e*_14 = 40 · 200 / 1200, e*_24 = 40 · 100 / 1200.
    expected = 40 / 1200 * 2 * (200 * 1 + 200 * 9 + 100 * 4)
    assert interval.value == pytest.approx(1 - 2 * 10 * 4 / expected)


def test_links_are_the_same_where_actors_match():
    article = {
        "p": [Linked(CLAIM, [(12, 15, "actor")]), Linked(OTHER, [(40, 45, "actor")], frozenset({"Putin"}))],
        "q": [
            Linked((1, 10, "claim"), [(12, 16, "actor")]),
            Linked(OTHER, [(60, 65, "actor")], frozenset({"Putin"})),
        ],
    }
    found = link_sums([article, {"p": [Linked(CLAIM, [])], "q": [Linked(CLAIM, [])]}])
    assert found.total() == [3, 2, 2, 6]
    assert found.same(found.total()).value == pytest.approx(2 / 3)
    assert found.f1(found.total()).value == pytest.approx(4 / 6)
    assert found.sums.alpha([sum(column) for column in zip(*found.sums.rows, strict=True)]).value < 1


def test_without_matched_claims_there_is_nothing_to_say():
    found = link_sums([{"p": [Linked(CLAIM, [])], "q": [Linked(OTHER, [])]}])
    assert found.same(found.total()).reason == "no span of one coder matches one of another"
    assert found.f1(found.total()).value is None
