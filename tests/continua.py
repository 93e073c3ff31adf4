"""Texts that people might have coded, for tests of agreement."""

from hypothesis import strategies as st

from app.agreement.continua import Continuum

LENGTH = 40


def _apart(cuts, codes):
    places = sorted(set(cuts))
    return [(start, end, code) for start, end, code in zip(places[::2], places[1::2], codes, strict=False)]


tidy_units = st.builds(
    _apart,
    st.lists(st.integers(0, LENGTH), max_size=8),
    st.lists(st.sampled_from("abc"), min_size=4, max_size=4),
)
any_units = st.lists(
    st.tuples(st.integers(0, LENGTH - 6), st.integers(1, 6), st.sampled_from("ab")).map(
        lambda each: (each[0], each[0] + each[1], each[2])
    ),
    max_size=6,
)


def continua(units=tidy_units, most=4):
    return st.lists(
        st.lists(units, min_size=2, max_size=most).map(
            lambda coders: Continuum(LENGTH, {f"coder {at}": each for at, each in enumerate(coders)})
        ),
        min_size=1,
        max_size=3,
    )
