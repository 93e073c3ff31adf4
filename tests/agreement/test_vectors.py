"""The published numbers: that every one of them is held against something, and those that no other file holds."""

from collections import Counter

import pytest

from app.agreement.continua import Continuum
from app.agreement.distances import jaccard, masi
from app.agreement.ratings import RatingSums
from app.agreement.span_f1 import SpanSums, Variant
from app.agreement.unitizing import UnitSums
from tests.agreement.conftest import VECTORS, rows_of

BY_RATINGS = {
    "alpha_nominal",
    "alpha_ordinal",
    "alpha_interval",
    "alpha_ratio",
    "percent_agreement",
    "percent_agreement_pairable",
    "cohen_kappa",
    "scott_pi",
    "fleiss_kappa",
    "fleiss_kappa_incomplete",
    "gwet_ac1",
    "observed",
    "expected",
    "pa",
    "pe",
}
HELD = {
    "01_alpha_predefined_units.json": BY_RATINGS,
    "02_kappa.json": BY_RATINGS,
    "03_gwet_ac1.json": BY_RATINGS,
    # Alpha for several values at once (Krippendorff & Craggs 2016) is another coefficient, which is not offered.
    "05_set_valued.json": {"mv_alpha_nominal"},
    "07_u_alpha_family.json": {"u_alpha", "bar_u_alpha", "cu_alpha", "(k)u_alpha", "coverage"},
    "08_gamma.json": {"best_alignment_disorder", "sample_disorder"},
    "09_span_f1.json": {
        "strict_f1",
        "exact_boundary_f1",
        "partial_f1 (0.5 credit)",
        "type_f1 (overlap + same label)",
    },
    "11_edge_cases.json": {"alpha_nominal"},
}


def test_every_published_number_is_held(published):
    if VECTORS.is_dir():
        assert {path.name for path in VECTORS.glob("*.json")} == set(HELD)
    for name, measures in HELD.items():
        for case in published(name):
            assert {wanted["measure"].split("[")[0] for wanted in case["expected"]} <= measures


def test_the_u_alpha_family(published):
    for case in published("07_u_alpha_family.json"):
        start, end = case["continuum"]
        coders = {coder: [tuple(unit) for unit in units] for coder, units in case["spans"].items()}
        sums = UnitSums([Continuum(end - start, coders)])
        found = sums.coefficients(sums.total())
        plain = {"u_alpha": found.u.value, "bar_u_alpha": found.bar_u.value, "cu_alpha": found.cu.value}
        told = {f"(k)u_alpha[{code}]": figure.value for code, figure in found.by_code.items()}
        covered = {f"coverage[{code}]": figure.coverage for code, figure in found.by_code.items()}
        for wanted in case["expected"]:
            value = {**plain, **told, **covered}[wanted["measure"]]
            if wanted["value"] is None:
                assert value is None
            else:
                assert value == pytest.approx(wanted["value"], abs=wanted["tolerance"])


def test_span_f1(published):
    variants = dict(
        zip(
            ["strict_f1", "exact_boundary_f1", "partial_f1 (0.5 credit)", "type_f1 (overlap + same label)"],
            [Variant.EXACT, Variant.BOUNDARY, Variant.PARTIAL, Variant.OVERLAP],
            strict=True,
        )
    )
    for case in published("09_span_f1.json"):
        coders = {name: [tuple(unit) for unit in case[f"coder_{name}"]] for name in "AB"}
        sums = SpanSums([Continuum(100, coders)])
        for wanted in case["expected"]:
            found = sums.mean_f1(sums.total(), variants[wanted["measure"]])
            assert found.value == pytest.approx(wanted["value"])


def test_distances_of_sets(published):
    pairs = [pair for case in published("05_set_valued.json") for pair in case.get("pairs", [])]
    assert pairs
    for pair in pairs:
        one, other = frozenset(pair["a"]), frozenset(pair["b"])
        assert jaccard(one, other) == pytest.approx(pair["jaccard_distance"], abs=1e-6)
        assert masi(one, other) == pytest.approx(pair["masi_distance"], abs=1e-6)


def test_ac1_beside_alpha(published):
    cases = [case for case in published("11_edge_cases.json") if "gwet_ac1" in case]
    assert len(cases) == 3
    for case in cases:
        sums = RatingSums([[row] for row in case["data"]])
        found, wanted = sums.ac1(sums.total()).value, case["gwet_ac1"]
        assert found == (None if wanted is None else pytest.approx(wanted, abs=1e-6))


def test_what_chance_would_give(published):
    """p_e is what turns p_a into the coefficient."""
    tried = 0
    for name in ("02_kappa.json", "03_gwet_ac1.json"):
        for case in published(name):
            sums = RatingSums([[row] for row in rows_of(case)])
            total = sums.total()
            agreed = sums.percent_agreement(total).value
            for wanted in case["expected"]:
                if wanted["measure"] not in ("expected", "pe"):
                    continue
                tried += 1
                kappa = sums.fleiss_kappa if case["id"] == "fleiss-1971" else sums.mean_cohen_kappa
                corrected = (sums.ac1 if wanted["measure"] == "pe" else kappa)(total).value
                found = (agreed - corrected) / (1 - corrected)
                assert found == pytest.approx(wanted["value"], abs=wanted["tolerance"])
    assert tried == 3


def test_agreement_of_pairable_values_is_what_alpha_observes(published):
    (case,) = [
        case
        for case in published("01_alpha_predefined_units.json")
        if any(wanted["measure"] == "percent_agreement_pairable" for wanted in case["expected"])
    ]
    kept = [[value for value in row if value is not None] for row in case["data"]]
    counts = Counter(value for row in kept if len(row) > 1 for value in row)
    many = counts.total()
    by_chance = 1 - sum(n * (n - 1) for n in counts.values()) / (many * (many - 1))
    sums = RatingSums([[row] for row in case["data"]])
    (wanted,) = [each for each in case["expected"] if each["measure"] == "percent_agreement_pairable"]
    found = 1 - (1 - sums.alpha(sums.total()).value) * by_chance
    assert found == pytest.approx(wanted["value"], abs=wanted["tolerance"])
