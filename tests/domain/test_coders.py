"""Coders told apart in a few characters."""

from hypothesis import given
from hypothesis import strategies as st

from app.domain.coders import Coder, initials
from app.domain.ids import CoderId, new_id

NAMES = st.text(alphabet=st.sampled_from("aAbß 1漢"), min_size=1, max_size=6)


def coders(*names):
    return [Coder(id=CoderId(new_id()), name=name) for name in names]


def short(*names):
    made = coders(*names)
    found = initials(made)
    return [found[coder.id] for coder in made]


def test_initials_are_those_of_the_name():
    assert short("Ana Novak", "coder 1", "coder 2", "Jean de la Tour") == ["AN", "C1", "C2", "JDL"]


def test_coders_with_the_same_initials_get_more_of_their_names():
    assert short("Ana", "Anton", "Ava", "Antonia") == ["A", "An", "Av", "Ant"]


def test_two_of_the_same_name_stay_two():
    assert sorted(short("Ana", "Ana", "Ana", "Ana")) == ["A", "A2", "An", "Ana"]


@given(names=st.lists(NAMES, max_size=12), data=st.data())
def test_no_two_coders_share_initials_and_the_order_does_not_matter(names, data):
    made = coders(*names)
    found = initials(made)
    assert len({each.casefold() for each in found.values()}) == len(made)
    assert all(found.values())
    assert initials(data.draw(st.permutations(made))) == found
