"""Coefficients for units that are given: published numbers, numbers by hand, and what must always hold."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.agreement.distances import Metric, jaccard, masi
from app.agreement.ratings import RatingSums
from tests.agreement.conftest import rows_of

ratings = st.lists(
    st.lists(st.one_of(st.none(), st.integers(1, 4)), min_size=3, max_size=3), min_size=1, max_size=8
)


def sums(rows, metric=Metric.NOMINAL):
    return RatingSums([[row] for row in rows], metric)


def every(rows, metric=Metric.NOMINAL):
    made = sums(rows, metric)
    total = made.total()
    figures = (
        made.alpha(total),
        made.percent_agreement(total),
        made.fleiss_kappa(total),
        made.ac1(total, 5),
        made.mean_cohen_kappa(total),
    )
    return [figure.value for figure in figures]


def value_of(measure, rows):
    made = sums(
        rows, Metric(measure.removeprefix("alpha_")) if measure.startswith("alpha_") else Metric.NOMINAL
    )
    total = made.total()
    measures = {
        "percent_agreement": made.percent_agreement,
        "observed": made.percent_agreement,
        "pa": made.percent_agreement,
        "cohen_kappa": made.mean_cohen_kappa,
        "scott_pi": made.fleiss_kappa,
        "fleiss_kappa": made.fleiss_kappa,
        "fleiss_kappa_incomplete": made.fleiss_kappa,
        "gwet_ac1": made.ac1,
    }
    return measures.get(measure, made.alpha)(total).value


@pytest.mark.parametrize(
    "name",
    ["01_alpha_predefined_units.json", "02_kappa.json", "03_gwet_ac1.json", "11_edge_cases.json"],
)
def test_published_numbers(published, name):
    tried = 0
    for case in published(name):
        for wanted in case["expected"]:
            if wanted["measure"] in ("percent_agreement_pairable", "expected", "pe"):
                continue
            tried += 1
            expected = wanted["value"]
            found = value_of(wanted["measure"], rows_of(case))
            assert (found is None) == (expected is None), case["id"]
            assert expected is None or found == pytest.approx(expected, abs=wanted["tolerance"]), case["id"]
    assert tried


def test_numbers_by_hand():
    # o_aa = 2, o_bb = 2, o_ab = 1 each way; n = 6: alpha = 1 - 5 · 2 / (2 · 3 · 3).
    made = sums([["a", "a"], ["b", "b"], ["a", "b"]])
    total = made.total()
    assert made.alpha(total).value == pytest.approx(1 - 10 / 18)
    assert made.percent_agreement(total).value == pytest.approx(2 / 3)
    assert made.fleiss_kappa(total).value == pytest.approx((2 / 3 - 1 / 2) / (1 / 2))
    assert made.ac1(total).value == pytest.approx((2 / 3 - 1 / 2) / (1 / 2))
    assert made.ac1(total, 3).value == pytest.approx((2 / 3 - 1 / 4) / (3 / 4))
    assert made.cohen_kappa(total, 0, 1).value == pytest.approx((2 / 3 - 4 / 9) / (5 / 9))


def test_a_unit_with_one_value_leaves_alpha_as_it_is():
    rows = [[1, 1, 2], [2, 3, None], [3, 3, 3]]
    for metric in (Metric.NOMINAL, Metric.ORDINAL, Metric.INTERVAL, Metric.RATIO):
        assert every([*rows, [None, 4, None]], metric)[0] == pytest.approx(every(rows, metric)[0])


def test_undefined_says_why():
    alike = sums([[1, 1], [1, 1]])
    assert alike.alpha(alike.total()) == (None, "nothing varies: all values are the same", None)
    assert alike.ac1(alike.total()).reason == "there is only one category"
    single = sums([[1, None], [None, 2]])
    assert single.alpha(single.total()) == (None, "nothing was coded by two coders", None)
    assert single.percent_agreement(single.total()).value is None


def test_sets_are_apart_by_masi_and_jaccard():
    pairs = [("A", "A", 0, 0), ("A", "AB", 1 / 2, 2 / 3), ("AB", "BC", 2 / 3, 8 / 9), ("A", "B", 1, 1)]
    for one, other, by_jaccard, by_masi in [*pairs, ("A", "", 1, 1), ("", "", 0, 0)]:
        assert jaccard(frozenset(one), frozenset(other)) == pytest.approx(by_jaccard)
        assert masi(frozenset(one), frozenset(other)) == pytest.approx(by_masi)
    made = sums([[frozenset("a"), frozenset("a")], [frozenset("ab"), frozenset("b")]], Metric.MASI)
    # o_ab,b = 1; margins a 2, ab 1, b 1; distances ab-a 2/3, ab-b 2/3, a-b 1.
    assert made.alpha(made.total()).value == pytest.approx(
        1 - 3 * (4 / 3) / (2 * (2 * 2 / 3 + 2 * 1 + 2 / 3))
    )


@given(ratings, st.permutations([0, 1, 2]))
def test_coders_may_change_places(rows, order):
    for metric in (Metric.NOMINAL, Metric.ORDINAL, Metric.INTERVAL, Metric.RATIO):
        turned = [[row[at] for at in order] for row in rows]
        assert every(turned, metric) == pytest.approx(every(rows, metric), nan_ok=True)


@given(ratings, st.permutations([1, 2, 3, 4]))
def test_nominal_values_may_change_names(rows, names):
    renamed = [[None if value is None else names[value - 1] for value in row] for row in rows]
    assert every(renamed) == pytest.approx(every(rows))


@given(st.lists(st.integers(1, 4), min_size=2, max_size=8).filter(lambda values: len(set(values)) > 1))
def test_coders_who_are_alike_agree(values):
    for metric in (Metric.NOMINAL, Metric.ORDINAL, Metric.INTERVAL, Metric.RATIO):
        assert every([[value] * 3 for value in values], metric) == pytest.approx([1] * 5)


@given(ratings)
def test_alpha_is_what_all_pairs_say(rows):
    """Counts every ordered pair of values one by one, as the definition has it."""
    kept = [[value for value in row if value is not None] for row in rows]
    kept = [row for row in kept if len(row) > 1]
    everything = [value for row in kept for value in row]
    observed = sum((a - b) ** 2 / (len(row) - 1) for row in kept for a, b in permutations(row, 2))
    expected = sum((a - b) ** 2 for a, b in permutations(everything, 2))
    found = every(rows, Metric.INTERVAL)[0]
    if not expected:
        assert found is None
    else:
        assert found == pytest.approx(1 - (len(everything) - 1) * observed / expected)
