"""Gamma: published disorders, the best alignment of all there are, and sampling by a seed."""

import csv
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.agreement.alignment import Placed, align, dissimilarity
from app.agreement.continua import Continuum
from app.agreement.gamma import corpus_gamma, gamma
from app.agreement.packing import TooDense
from tests.agreement.conftest import VECTORS


def coders_of(units, many=0):
    coders = {}
    for coder, start, end, code in units:
        coders.setdefault(coder, []).append((start, end, str(code)))
    return list(coders.values()) + [[]] * (many - len(coders))


def test_published_disorders(published):
    for case in published("08_gamma.json"):
        if "csv" in case:
            rows = csv.reader((VECTORS / case["csv"]).read_text(encoding="utf-8").splitlines())
            units = [(coder, int(start), int(end), code) for coder, code, start, end in rows]
        else:
            units = case["units"]
        coders, weights = coders_of(units), (case["params"]["alpha"], case["params"]["beta"])
        expected = case["expected"][0]
        assert align(coders, *weights).disorder == pytest.approx(expected["value"], abs=expected["tolerance"])
        for sample in case.get("samples", []):
            found = align(coders_of(sample["units"], len(coders)), *weights).disorder
            assert found == pytest.approx(sample["disorder"], abs=1e-4)


def test_the_published_example(three_coders):
    assert align(list(three_coders.coders.values())).disorder == pytest.approx(0.96062, abs=2e-5)
    for seed in range(3):
        assert 0.43 < gamma(three_coders, seed).figure.value < 0.47
    assert gamma(three_coders, 4) == gamma(three_coders, 4)
    assert gamma(three_coders, 4) != gamma(three_coders, 5)


def test_by_hand():
    # d = 3 · ((1 + 1) / 8)² = 0.1875 for both pairs, so the disorder is that.
    found = align([[(1, 5, "a"), (6, 10, "b")], [(2, 6, "a"), (7, 11, "b")]])
    assert found.disorder == pytest.approx(0.1875)
    assert [[unit.start for unit in group] for group in found.groups] == [[1, 2], [6, 7]]
    assert align([[(1, 5, "a")], []]).disorder == pytest.approx(2)


def test_undefined_says_why():
    assert gamma(Continuum(50, {"a": [], "b": []})).figure == (None, "nobody marked anything", None)
    assert gamma(Continuum(50, {"a": [(1, 2, "x")]})).figure.value is None
    assert corpus_gamma([]).reason == "nothing was coded by two coders"


def test_coders_who_are_alike_agree_and_articles_weigh_by_their_units():
    alike = Continuum(50, {coder: [(1, 9, "x"), (20, 29, "y")] for coder in "ab"})
    apart = Continuum(50, {"a": [(1, 9, "x")], "b": [(20, 29, "y")]})
    value = gamma(apart).figure.value
    assert gamma(alike).figure.value == 1
    assert corpus_gamma([alike, apart, Continuum(9, {"a": [], "b": []})]).value == pytest.approx(
        (4 + 2 * value) / 6
    )


def all_alignments(units):
    """Every partition into groups of units of different coders."""
    if not units:
        yield []
        return
    first, rest = units[0], units[1:]
    for size in range(len(rest) + 1):
        for others in combinations(rest, size):
            if len({unit.coder for unit in (first, *others)}) == size + 1:
                left = list(rest)
                for unit in others:
                    left.remove(unit)
                for way in all_alignments(left):
                    yield [(first, *others), *way]


units = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 6), st.sampled_from("ab")).map(
        lambda u: (u[0], u[0] + u[1], u[2])
    ),
    max_size=3,
)


def disorder_of(group, many):
    """The mean over the pairs of coders of one unitary alignment, 1 for each empty place."""
    pairs = many * (many - 1) / 2
    known = sum(dissimilarity(one, other) for one, other in combinations(group, 2))
    return (known + pairs - len(group) * (len(group) - 1) / 2) / pairs


@given(st.one_of(st.lists(units, min_size=2, max_size=2), st.lists(units, min_size=3, max_size=3)))
def test_the_alignment_is_the_best_of_all(coders):
    placed = [Placed(*unit, coder) for coder, each in enumerate(coders) for unit in each]
    if not placed or len(placed) > 6:
        return
    many = len(coders)
    wanted = min(sum(disorder_of(group, many) for group in way) for way in all_alignments(placed))
    assert align(coders).disorder == pytest.approx(wanted * many / len(placed))


@given(st.lists(units, min_size=4, max_size=4), st.permutations(range(4)))
def test_coders_may_change_places(coders, order):
    if any(coders):
        assert align([coders[at] for at in order]).disorder == pytest.approx(align(coders).disorder)


dense = st.lists(
    st.tuples(st.integers(0, 8), st.integers(1, 9), st.sampled_from("ab")).map(
        lambda u: (u[0], u[0] + u[1], u[2])
    ),
    max_size=4,
)


@given(st.lists(dense, min_size=3, max_size=6))
@settings(max_examples=60, deadline=None)
def test_many_coders_in_one_place_are_aligned_as_well_as_can_be(coders):
    """Held against every way to put units together, by all subsets of those that are left."""
    units = [Placed(*unit, coder) for coder, each in enumerate(coders) for unit in each][:9]
    if not units:
        return
    kept = [[unit[:3] for unit in units if unit.coder == coder] for coder in range(len(coders))]
    assert align(kept).disorder == pytest.approx(cheapest(units, len(coders)) * len(coders) / len(units))


def cheapest(units, many):
    pairs = many * (many - 1) / 2
    costs = [0.0] + [float("inf")] * (2 ** len(units) - 1)
    for mask in range(1, len(costs)):
        members = [unit for at, unit in enumerate(units) if mask >> at & 1]
        if len({unit.coder for unit in members}) == len(members):
            known = sum(dissimilarity(one, other) - 1 for one, other in combinations(members, 2))
            costs[mask] = 1 + known / pairs
    best = [0.0] * len(costs)
    for mask in range(1, len(costs)):
        first, part, best[mask] = mask & -mask, mask, float("inf")
        while part:
            if part & first:
                best[mask] = min(best[mask], costs[part] + best[mask ^ part])
            part = (part - 1) & mask
    return best[-1]


@given(st.lists(dense, min_size=3, max_size=4), st.randoms())
@settings(max_examples=20, deadline=None)
def test_names_and_order_of_coders_play_no_part(coders, chance):
    turned = coders[:]
    chance.shuffle(turned)
    found = gamma(Continuum(30, {f"coder {at}": units for at, units in enumerate(coders)}))
    again = gamma(Continuum(30, {f"other {at}": units for at, units in enumerate(turned)}))
    assert again == found


@given(st.lists(dense, min_size=2, max_size=4), st.sampled_from([("p", "q"), ("b", "a")]))
def test_names_of_codes_play_no_part_in_the_alignment(coders, names):
    other = dict(zip("ab", names, strict=True))
    renamed = [[(start, end, other[code]) for start, end, code in units] for units in coders]
    if any(coders):
        assert align(renamed).disorder == pytest.approx(align(coders).disorder)


@given(dense, st.integers(2, 4))
@settings(deadline=None)
def test_coders_who_are_alike_agree_and_nobody_alone_does(units, many):
    found = gamma(Continuum(30, {f"coder {at}": units for at in range(many)})).figure
    assert found.value == (1 if units else None)
    assert bool(found.reason) == (not units)


def test_what_cannot_be_proved_is_not_guessed(monkeypatch):
    heap = [[(at, at + 9, "ab"[at % 2]) for at in range(6)] for _coder in range(5)]
    heap[0] = [(start + 3, end + 1, code) for start, end, code in heap[0]]
    with pytest.raises(TooDense):
        align(heap, steps=500)
    monkeypatch.setattr("app.agreement.gamma.align", lambda *given: align(*given, steps=500))
    article = Continuum(30, {f"coder {at}": units for at, units in enumerate(heap)})
    found = gamma(article).figure
    assert found == (
        None,
        "too many units lie over each other for the best alignment to be proved, and none is guessed",
        None,
    )
    easy = Continuum(50, {coder: [(1, 9, "x")] for coder in "ab"})
    assert corpus_gamma([easy, article]) == found
    assert corpus_gamma([easy]).value == 1
