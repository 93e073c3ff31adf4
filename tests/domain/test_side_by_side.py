"""Places of an article where coders did the same, or did not."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.coders import Coder, letters
from app.domain.comparing import CodedSpan, DifferenceKind, LinkedTo
from app.domain.side_by_side import same_answer, sites

LAYERS = {"claim": "claim", "actor": "actor", "state": "actor"}
KIND = DifferenceKind


def span(annotation_id, code, *fragments, answers=None, links=None):
    return CodedSpan(annotation_id, code, fragments, fragments, "", answers or {}, links or {})


def found(tolerance=0, **codings):
    return sites(codings, LAYERS, tolerance)


def shape(site):
    return site.start, site.end, site.kind


def test_the_same_words_and_code_agree():
    (site,) = found(a=[span("1", "claim", (3, 9))], b=[span("2", "claim", (3, 9))])
    assert shape(site) == (3, 9, None)
    assert site.agreed


@pytest.mark.parametrize(
    ("theirs", "kind"),
    [
        ([], KIND.MISSED),
        ([span("2", "actor", (3, 9))], KIND.CODE),
        ([span("2", "state", (3, 8))], KIND.EDGES),
        ([span("2", "state", (3, 5), (7, 9))], KIND.EDGES),
    ],
)
def test_how_coders_differ_is_told(theirs, kind):
    (site,) = found(a=[span("1", "state", (3, 9))], b=theirs)
    assert site.kind is kind
    assert not site.agreed
    assert site.spans["b"] == tuple(theirs)


def test_layers_are_compared_apart():
    claim, actor = found(
        a=[span("1", "claim", (0, 20)), span("2", "actor", (3, 6))],
        b=[span("3", "claim", (0, 20))],
    )
    assert (claim.layer, claim.kind) == ("claim", None)
    assert (actor.layer, actor.kind) == ("actor", KIND.MISSED)


def test_what_all_marked_alike_stays_calm_inside_what_they_did_not():
    outer, inner = found(
        a=[span("1", "actor", (0, 20)), span("2", "state", (3, 6))], b=[span("3", "state", (3, 6))]
    )
    assert shape(outer) == (0, 20, KIND.MISSED)
    assert outer.besides
    assert shape(inner) == (3, 6, None)


def test_edges_within_the_tolerance_agree_and_beyond_it_do_not():
    codings = {"a": [span("1", "claim", (3, 9))], "b": [span("2", "claim", (5, 10))]}
    assert [site.agreed for site in sites(codings, LAYERS, 1)] == [False]
    assert [site.agreed for site in sites(codings, LAYERS, 2)] == [True]


def test_every_pair_must_be_within_the_tolerance():
    codings = {name: [span(name, "claim", (start, 20))] for name, start in (("a", 4), ("b", 2), ("c", 6))}
    assert not sites(codings, LAYERS, 2)[0].agreed
    assert sites(codings, LAYERS, 4)[0].agreed


def test_answers_and_links_may_differ_where_the_words_agree():
    def with_answer(annotation_id, answer):
        return span(annotation_id, "claim", (3, 9), answers={"stance": answer})

    (same,) = found(a=[with_answer("1", "for")], b=[with_answer("2", "for")])
    (other,) = found(a=[with_answer("1", "for")], b=[with_answer("2", "against")])
    (open_,) = found(a=[with_answer("1", "for")], b=[span("2", "claim", (3, 9))])
    assert [same.kind, other.kind, open_.kind] == [None, KIND.ANSWER, KIND.ANSWER]
    assert other.agreed


def test_links_to_overlapping_annotations_are_the_same():
    where = {"1": ((0, 5),), "2": ((3, 8),), "3": ((8, 9),)}
    link = {key: LinkedTo((key,), frozenset()) for key in where}
    assert same_answer(link["1"], link["2"], where)
    assert not same_answer(link["1"], link["3"], where)
    assert not same_answer(link["1"], LinkedTo((), frozenset({"Ministry"})), where)


def test_one_coder_alone_is_compared_with_nobody():
    assert found(a=[span("1", "claim", (3, 9))]) == []


def test_two_fragments_lead_to_one_place():
    (site,) = found(
        a=[span("1", "claim", (0, 3), (10, 14))],
        b=[span("2", "claim", (0, 3)), span("3", "claim", (10, 14))],
    )
    assert shape(site) == (0, 14, KIND.EDGES)


@st.composite
def codings(draw):
    made = {}
    for coder in ("a", "b", "c")[: draw(st.integers(2, 3))]:
        mine = draw(
            st.lists(
                st.tuples(st.sampled_from(sorted(LAYERS)), st.integers(0, 12), st.integers(1, 6)), max_size=5
            )
        )
        made[coder] = [
            span(f"{coder}{number}", code, (start, start + length))
            for number, (code, start, length) in enumerate(mine)
        ]
    return made


@given(codings(), st.integers(0, 3))
def test_every_annotation_is_in_exactly_one_place_of_its_layer(made, tolerance):
    places = sites(made, LAYERS, tolerance)
    seen = Counter(each.id for site in places for mine in site.spans.values() for each in mine)
    assert seen == Counter(each.id for mine in made.values() for each in mine)
    for site in places:
        every = [each for mine in site.spans.values() for each in mine]
        assert {LAYERS[each.code] for each in every} == {site.layer}
        assert (site.start, site.end) == (
            min(each.hull[0] for each in every),
            max(each.hull[1] for each in every),
        )
    assert places == sorted(places, key=lambda site: (site.start, site.end, site.layer))


@given(codings())
def test_places_agree_exactly_as_often_as_everybody_has_the_same(made):
    counted = [Counter((each.code, each.fragments) for each in mine) for mine in made.values()]
    shared = counted[0]
    for each in counted[1:]:
        shared &= each
    assert sum(site.agreed for site in sites(made, LAYERS)) == shared.total()


@given(codings(), st.integers(0, 3))
def test_the_order_of_coders_changes_nothing(made, tolerance):
    def shapes(codings):
        return [
            (*shape(site), {key: site.spans[key] for key in sorted(site.spans)})
            for site in sites(codings, LAYERS, tolerance)
        ]

    assert shapes(made) == shapes(dict(reversed(made.items())))


@given(codings())
def test_more_tolerance_never_has_fewer_agree_completely(made):
    if all(site.agreed for site in sites(made, LAYERS)):
        assert all(site.agreed for site in sites(made, LAYERS, 3))


def test_letters_follow_the_seed_and_not_the_names():
    coders = [
        Coder(id=f"id-{number}", name=name) for number, name in enumerate(["Ana", "Ben", "Cleo", "Dora"])
    ]
    assert sorted(letters(coders, "x").values()) == list("ABCD")
    assert letters(coders, "x") == letters(reversed(coders), "x")
    renamed = [each.model_copy(update={"name": each.name[::-1]}) for each in coders]
    assert letters(renamed, "x") == letters(coders, "x")
    assert len({letters(coders, str(seed))["id-0"] for seed in range(50)}) == 4, "anybody may be A"


def test_there_are_letters_for_everybody():
    coders = [Coder(id=str(number), name="x") for number in range(60)]
    assert {letters(coders, "")[each.id] for each in coders} >= {"A", "Z", "AA", "AZ", "BH"}
    assert len(set(letters(coders, "").values())) == 60
