"""F1 of spans, and matching: held against every way there is."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.agreement.continua import Continuum
from app.agreement.matching import assignment, best, edges, matched, most
from app.agreement.span_f1 import SpanSums, Variant
from tests.continua import any_units, continua, tidy_units


def f1(ones, others, variant, threshold=0.5):
    made = SpanSums([Continuum(100, {"p": ones, "q": others})], threshold)
    return made.mean_f1(made.total(), variant).value


def every(articles):
    made = SpanSums(articles)
    return [made.mean_f1(made.total(), variant).value for variant in Variant]


def test_variants_see_different_things():
    ones, others = [(2, 4, "PER"), (10, 12, "LOC")], [(2, 5, "PER"), (10, 12, "ORG")]
    assert [f1(ones, others, variant) for variant in Variant] == [0, 0.5, 0.5, 0.5, 0.75]
    assert f1(ones, others, Variant.IOU, 0.7) == 0


def test_a_tie_at_half_counts_once():
    assert f1([(0, 10, "a")], [(0, 5, "a"), (5, 10, "a")], Variant.IOU) == pytest.approx(2 / 3)


def test_order_of_nested_spans_plays_no_part():
    ones, others = [(0, 20, "a"), (5, 8, "a")], [(5, 8, "a"), (0, 3, "a")]
    assert f1(ones, others, Variant.OVERLAP) == 1
    assert matched(ones, others) == [(0, 1), (1, 0)]


def test_nobody_marked_anything_is_undefined():
    made = SpanSums([Continuum(9, {"p": [], "q": []})])
    assert made.mean_f1(made.total(), Variant.EXACT) == (None, "nobody marked anything", None)
    assert f1([(0, 3, "a")], [], Variant.EXACT) == 0


def test_pairs_of_coders_are_told_one_by_one():
    made = SpanSums(
        [Continuum(9, {"p": [(0, 3, "a")], "q": [(0, 3, "a")], "r": []}), Continuum(9, {"p": [], "r": []})]
    )
    told = {pair: made.f1(made.total(), Variant.EXACT, at).value for at, pair in enumerate(made.pairs)}
    assert told == {("p", "q"): 1, ("p", "r"): 0, ("q", "r"): 0}
    assert made.mean_f1(made.total(), Variant.EXACT).value == pytest.approx(1 / 3)


def all_ways(found):
    if not found:
        yield []
        return
    first, rest = found[0], found[1:]
    yield from all_ways(rest)
    for way in all_ways([e for e in rest if e.one != first.one and e.other != first.other]):
        yield [first, *way]


@given(
    st.lists(st.tuples(st.integers(0, 12), st.integers(1, 8)), max_size=4),
    st.lists(st.tuples(st.integers(0, 12), st.integers(1, 8)), max_size=4),
)
def test_matching_is_the_best_of_all_ways(one, other):
    ones = sorted((start, start + length, "a") for start, length in one)
    others = sorted((start, start + length, "a") for start, length in other)
    found = edges(ones, others)
    chosen = best(found)
    assert len({e.one for e in chosen}) == len({e.other for e in chosen}) == len(chosen)
    wanted = max((len(way), sum(e.iou for e in way)) for way in all_ways(found))
    assert len(chosen) == most(found) == wanted[0]
    assert sum(e.iou for e in chosen) == pytest.approx(wanted[1])


@given(tidy_units, tidy_units, st.sampled_from([0.2, 0.5, 0.8]))
def test_tidy_units_are_matched_the_fast_way(ones, others, threshold):
    found = edges(sorted(ones), sorted(others))
    for variant, kept in (
        (Variant.OVERLAP, [e for e in found if e.same]),
        (Variant.IOU, [e for e in found if e.same and e.iou >= threshold]),
    ):
        wanted = max(len(way) for way in all_ways(kept))
        total = len(ones) + len(others)
        assert f1(ones, others, variant, threshold) == (2 * wanted / total if total else None)


@given(tidy_units, tidy_units)
def test_partial_credit_is_that_of_the_best_way(ones, others):
    found = edges(sorted(ones), sorted(others))
    total = len(ones) + len(others)
    credit = sum(2 if e.iou == 1 else 1 for e in best(found))
    assert f1(ones, others, Variant.PARTIAL) == (credit / total if total else None)


@given(continua(any_units))
def test_symmetry_and_self(articles):
    turned = [
        Continuum(a.length, {f"x{9 - at}": units for at, units in enumerate(a.coders.values())})
        for a in articles
    ]
    if len({len(a.coders) for a in articles}) == 1:
        assert every(turned) == pytest.approx(every(articles))
    alike = [Continuum(a.length, dict.fromkeys("pq", a.coders["coder 0"])) for a in articles]
    assert all(value is None or value == 1 for value in every(alike))


def within(ones, others, tolerance):
    sums = SpanSums([Continuum(100, {"p": ones, "q": others})], tolerance=tolerance)
    return [sums.mean_f1(sums.total(), variant).value for variant in Variant]


def test_edges_may_lie_apart_by_the_tolerance():
    ones, others = [(10, 20, "a"), (40, 41, "a")], [(12, 19, "b"), (41, 42, "a")]
    assert within(ones, others, 1)[:2] == [0, 0]
    # The second two are as near as can be, but share no character.
    assert within(ones, others, 2)[:2] == [0, 0.5]
    assert within([(10, 20, "a"), (11, 21, "a")], [(10, 20, "a")], 1)[0] == pytest.approx(2 / 3)
    assert within([(10, 20, "a"), (12, 22, "a")], [(11, 21, "a"), (13, 23, "a")], 1)[0] == 1


@given(st.one_of(st.tuples(tidy_units, tidy_units), st.tuples(any_units, any_units)))
def test_more_tolerance_never_finds_less_and_both_ways_the_same(coders):
    before = None
    for tolerance in range(5):
        found = within(*coders, tolerance)
        assert found == within(*reversed(coders), tolerance)
        if not any(coders):
            assert found == [None] * len(Variant)
            continue
        assert found[2:] == within(*coders, 0)[2:]
        assert before is None or (found[0] >= before[0] and found[1] >= before[1])
        before = found


@given(any_units, any_units, st.integers(1, 3))
def test_tolerance_takes_as_many_pairs_as_can_be(ones, others, tolerance):
    first, second = sorted(ones), sorted(others)
    near = [
        edge
        for edge in edges(first, second)
        if all(abs(first[edge.one][at] - second[edge.other][at]) <= tolerance for at in (0, 1))
    ]
    total = len(ones) + len(others)
    wanted = [
        2 * max(len(way) for way in all_ways(kept)) / total if total else None
        for kept in ([edge for edge in near if edge.same], near)
    ]
    assert within(ones, others, tolerance)[:2] == wanted


@given(st.integers(1, 4), st.integers(1, 4), st.data())
def test_assignment_is_the_cheapest(rows, columns, data):
    costs = [[data.draw(st.integers(-9, 9)) for _ in range(columns)] for _ in range(rows)]
    found = sum(costs[row][column] for row, column in assignment(costs))
    if rows <= columns:
        ways = (
            sum(costs[at][place] for at, place in enumerate(way))
            for way in permutations(range(columns), rows)
        )
    else:
        ways = (
            sum(costs[place][at] for at, place in enumerate(way))
            for way in permutations(range(rows), columns)
        )
    assert found == min(ways)
