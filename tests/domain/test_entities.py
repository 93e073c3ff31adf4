import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.entities import Completion, Entity, completions, folded, merged, tidied
from app.domain.ids import EntityId, new_id

NAMES = st.text(alphabet="abAB éÉßİ-.ł习 ", min_size=1, max_size=8)
ENTITIES = st.lists(
    st.builds(
        Entity,
        id=st.builds(lambda: EntityId(new_id())),
        name=NAMES,
        aliases=st.lists(NAMES, max_size=3).map(tuple),
    ),
    max_size=8,
)


def entity(name, *aliases, **values):
    return Entity(id=EntityId(new_id()), name=name, aliases=aliases, **values)


def found(typed, *entities, limit=10):
    return [each.entity.name for each in completions(typed, entities, limit)]


def test_the_start_of_a_name_comes_before_a_word_an_alias_and_anything_else():
    register = (
        entity("Computer makers"),
        entity("Relief fund", "the Putnam trust"),
        entity("Vladimir Putin"),
        entity("Putney council"),
    )
    assert found("put", *register) == [
        "Putney council",
        "Vladimir Putin",
        "Relief fund",
        "Computer makers",
    ]


@pytest.mark.parametrize("typed", ["łódź", "LODZ", "Lódz", "lódź  council"])
def test_case_accents_and_spaces_make_no_difference(typed):
    assert found(typed, entity("Łódź\u00a0Council")) == ["Łódź\u00a0Council"]


def test_an_entity_comes_once_with_the_name_by_which_it_was_found():
    register = [entity("Northern Relief Network", "NRN", "nrn north")]
    assert completions("NRN", register, 5) == [Completion(register[0], "NRN")]
    assert completions("relief", register, 5) == [Completion(register[0], "Northern Relief Network")]


def test_nothing_typed_offers_everything_by_name():
    assert found(" ", entity("Zoë"), entity("Adam of the long name"), entity("élan")) == [
        "Adam of the long name",
        "élan",
        "Zoë",
    ]


def rank(typed, each):
    """Said again in the words of the rule: 0 start, 1 word, 2 alias, 3 anywhere."""
    wanted, name = folded(typed), folded(each.name)

    def begins_word(text):
        return any(
            text.startswith(wanted, at) and (at == 0 or not text[at - 1].isalnum())
            for at in range(len(text) + 1)
        )

    aliases = [folded(alias) for alias in each.aliases]
    if name.startswith(wanted):
        return 0
    if begins_word(name):
        return 1
    if any(map(begins_word, aliases)):
        return 2
    return 3 if any(wanted in text for text in (name, *aliases)) else None


@given(NAMES, ENTITIES, st.integers(0, 10))
def test_completions_are_those_that_fit_the_best_first(typed, register, limit):
    every = completions(typed, register, len(register))
    ranks = [rank(typed, each.entity) for each in every]
    assert ranks == sorted(ranks)
    assert {each.entity.id for each in every} == {
        each.id for each in register if rank(typed, each) is not None
    }
    assert len({each.entity.id for each in every}) == len(every)
    assert all(folded(typed) in folded(each.name) for each in every)
    assert completions(typed, register, limit) == every[:limit]


@given(NAMES, ENTITIES)
def test_how_it_is_typed_makes_no_difference(typed, register):
    plain = completions(typed, register, 10)
    for other in (unicodedata.normalize("NFD", typed), typed.casefold(), f"  {typed} "):
        assert completions(other, register, 10) == plain


@given(st.text())
def test_folding_what_is_folded_changes_nothing(text):
    assert folded(folded(text)) == folded(text)


@given(ENTITIES)
def test_tidy_names_are_one_line_none_empty_none_twice(register):
    for each in map(tidied, register):
        assert tidied(each) == each
        assert len({each.name, *each.aliases}) == 1 + len(each.aliases)
        assert all(alias.strip() == alias != "" and "\n" not in alias for alias in each.aliases)


@given(ENTITIES.filter(len))
def test_merging_loses_no_name(register):
    survivor, *others = map(tidied, register)
    one = merged(survivor, others)
    assert (one.id, one.name) == (survivor.id, survivor.name)
    kept = {one.name, *one.aliases}
    assert kept == {name for each in (survivor, *others) for name in (each.name, *each.aliases)} - (
        {""} - {one.name}
    )


def test_merging_fills_what_was_open_and_joins_notes():
    one = merged(
        entity("A", type="business", note="first"),
        [entity("B", type="media", country="Tavora", note="second"), entity("C", note="first")],
    )
    assert (one.type, one.country, one.note) == ("business", "Tavora", "first\nsecond")
