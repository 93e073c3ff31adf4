"""The u-alpha family: published numbers, brute force over characters, and what must always hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.agreement.continua import Continuum, only
from app.agreement.distances import Metric
from app.agreement.unitizing import UnitSums
from tests.continua import LENGTH, any_units, continua


def family(articles):
    made = UnitSums(articles)
    return made.coefficients(made.total())


def values(articles):
    found = family(articles)
    return [
        found.u.value,
        found.bar_u.value,
        found.cu.value,
        *(found.by_code[code].value for code in found.by_code),
    ]


def test_the_published_example(three_coders):
    found = family([three_coders])
    assert found.u.value == pytest.approx(0.510, abs=0.0005)
    assert found.bar_u.value == pytest.approx(0.413, abs=0.0005)
    assert found.cu.value == pytest.approx(0.724, abs=0.0005)
    assert found.cu.coverage == pytest.approx(0.4611, abs=0.00005)
    told = {code: figure.value for code, figure in found.by_code.items()}
    assert told.pop("7") is None
    assert list(told.values()) == pytest.approx([1, 0, 0, 0, 1, 1], abs=1e-9)
    assert found.by_code["5"].coverage == pytest.approx(4 / 9)
    assert found.by_code["7"].coverage == 0


def test_edges_of_the_definition(published):
    for case in published("11_edge_cases.json"):
        if "spans" not in case:
            continue
        coders = {str(at): [tuple(unit) for unit in units] for at, units in enumerate(case["spans"])}
        found = family([Continuum(100, coders)])
        for figure, wanted in zip((found.u, found.bar_u, found.cu), case["prototype"].values(), strict=True):
            assert (figure.value is None) == (wanted is None) == bool(figure.reason)
            assert wanted is None or figure.value == pytest.approx(wanted, abs=1e-6)


def test_undefined_says_why():
    assert family([Continuum(50, {"a": [], "b": []})]).u == (None, "nobody marked anything", None)
    assert family([Continuum(50, {"a": [(0, 5, "x")]})]).u.reason == "nothing was coded by two coders"
    assert family([Continuum(50, {"a": [(0, 9, "x"), (5, 12, "y")], "b": []})]).u.reason.startswith(
        "different codes"
    )
    disjoint = family([Continuum(50, {"a": [(0, 9, "x")], "b": [(20, 30, "x")]})])
    assert disjoint.u.value < 0
    assert disjoint.cu.reason == "no character was marked by two coders"


def test_overlapping_units_of_one_code_are_made_one():
    overlapping = UnitSums([Continuum(50, {"a": [(0, 9, "x"), (5, 12, "x")], "b": [(0, 12, "x")]})])
    assert (overlapping.merged, overlapping.exclusive) == (1, True)
    assert overlapping.coefficients(overlapping.total()).u.value == pytest.approx(1)


def test_codes_that_overlap_leave_each_code_and_the_sets():
    article = Continuum(50, {"a": [(0, 9, "x"), (5, 12, "y")], "b": [(0, 9, "x"), (5, 12, "y")]})
    made = UnitSums([article])
    assert made.characters(made.total()).value == pytest.approx(1)
    assert family(only([article], "x")).u.value == pytest.approx(1)


def by_characters(articles, distance):
    """Alpha over characters, each counted by itself."""
    observed, everything = 0.0, []
    for article in articles:
        for place in range(article.length):
            sets = [
                frozenset(code for start, end, code in units if start <= place < end)
                for units in article.coders.values()
            ]
            everything += sets
            many = len(sets)
            pairs = ((a, b) for a in range(many) for b in range(many) if a != b)
            observed += sum(distance(sets[a], sets[b]) for a, b in pairs) / (many - 1)
    counts = {each: everything.count(each) for each in set(everything)}
    expected = sum(n * k * distance(a, b) for a, n in counts.items() for b, k in counts.items())
    return 1 - (len(everything) - 1) * observed / expected if expected else None


def jaccard(one, other):
    return 1 - len(one & other) / len(one | other) if one | other else 0


@given(continua(any_units))
def test_sets_over_characters_are_what_each_character_says(articles):
    made = UnitSums(articles)
    found = made.characters(made.total(), Metric.JACCARD).value
    wanted = by_characters(articles, jaccard)
    assert found == (None if wanted is None else pytest.approx(wanted))


def u_by_characters(article):
    """u-alpha of one article from its definition, character by character."""
    coders = list(article.coders.values())
    lines = [
        [next((c for s, e, c in units if s <= at < e), "") for at in range(article.length)]
        for units in coders
    ]
    many, whole = len(lines), len(lines) * article.length
    differing = sum(
        a != b for at in range(article.length) for a in (x[at] for x in lines) for b in (x[at] for x in lines)
    )
    margins = {code: sum(line.count(code) for line in lines) for code in "abc"} | {"": 0}
    margins[""] = sum(line.count("") for line in lines)
    own = {code: sum((e - s) ** 2 for units in coders for s, e, c in units if c == code) for code in "abc"}
    own[""] = margins[""]
    room = whole**2 - sum(own.values())
    expected = whole - whole * sum(margins[c] ** 2 - own[c] for c in margins) / room if room else 0
    return 1 - differing / (many - 1) / expected if expected > 1e-9 and margins[""] < whole else None


@given(continua())
def test_u_alpha_is_what_its_definition_says(articles):
    for article in articles:
        wanted = u_by_characters(article)
        assert family([article]).u.value == (None if wanted is None else pytest.approx(wanted))


@given(continua(), st.randoms())
def test_names_and_order_of_coders_and_codes_play_no_part(articles, chance):
    names = dict(zip("abc", chance.sample("abc", 3), strict=True))
    turned = []
    for article in articles:
        coders = list(article.coders.values())
        chance.shuffle(coders)
        renamed = [[(start, end, names[code]) for start, end, code in units] for units in coders]
        turned.append(Continuum(article.length, {f"other {at}": units for at, units in enumerate(renamed)}))
    before, after = family(articles), family(turned)
    for name in ("u", "bar_u", "cu"):
        assert getattr(after, name).value == pytest.approx(getattr(before, name).value)
    assert {names[code]: figure.value for code, figure in before.by_code.items()} == pytest.approx(
        {code: figure.value for code, figure in after.by_code.items()}
    )


@given(continua(most=2))
def test_coders_who_are_alike_agree(articles):
    alike = [Continuum(LENGTH, dict.fromkeys("pqr", each.coders["coder 0"])) for each in articles]
    for value in values(alike):
        assert value is None or value == pytest.approx(1)


@given(continua(), st.data())
def test_a_split_changes_nothing_that_is_seen(articles, data):
    """Observed agreement stays; what is expected loses the self-pairs across the cut and nothing else."""
    alike = [Continuum(each.length, dict.fromkeys("pq", each.coders["coder 0"])) for each in articles]
    split = []
    for each in alike:
        units = [
            piece
            for start, end, code in each.coders["p"]
            for cut in [data.draw(st.integers(start, end))]
            for piece in ((start, cut, code), (cut, end, code))
            if piece[0] < piece[1]
        ]
        split.append(Continuum(each.length, {"p": each.coders["p"], "q": units}))
    assert [value is None for value in values(split)] == [value is None for value in values(alike)]
    assert all(value is None or value == pytest.approx(1) for value in values(split))


@given(continua(), st.randoms())
def test_other_codes_leave_what_is_marked(articles, chance):
    relabelled = [
        Continuum(
            each.length,
            {c: [(s, e, chance.choice("abc")) for s, e, _ in us] for c, us in each.coders.items()},
        )
        for each in articles
    ]
    assert family(relabelled).bar_u.value == pytest.approx(family(articles).bar_u.value)


@given(st.lists(st.tuples(*[continua(most=2).map(lambda found: found[0])] * 2), min_size=1, max_size=2))
def test_articles_add_up_to_one_long_text(pairs):
    articles = [article for pair in pairs for article in pair]
    joined = {}
    for at, article in enumerate(articles):
        for coder, units in article.coders.items():
            moved = [(start + at * LENGTH, end + at * LENGTH, code) for start, end, code in units]
            joined.setdefault(coder, []).extend(moved)
    assert values([Continuum(LENGTH * len(articles), joined)]) == pytest.approx(values(articles))
