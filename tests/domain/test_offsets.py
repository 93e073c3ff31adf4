import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.offsets import OffsetMap

TEXTS = st.text(
    alphabet=st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("aé漢😀\u0301\n\u2028"))
)


@given(TEXTS)
def test_every_offset_counts_what_the_encodings_count(text):
    offsets = OffsetMap(text)
    for at in range(len(text) + 1):
        assert offsets.to_utf16(at) == len(text[:at].encode("utf-16-le")) // 2
        assert offsets.to_byte(at) == len(text[:at].encode())


@given(TEXTS, st.data())
def test_a_range_in_all_units_cuts_the_same_text(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    *points, start16, end16, start8, end8 = OffsetMap(text).in_units(start, end)
    assert points == [start, end]
    assert text.encode("utf-16-le")[2 * start16 : 2 * end16].decode("utf-16-le") == text[start:end]
    assert text.encode()[start8:end8].decode() == text[start:end]


@given(TEXTS)
def test_offsets_come_back_from_both_units(text):
    offsets = OffsetMap(text)
    for at in range(len(text) + 1):
        assert offsets.from_utf16(offsets.to_utf16(at)) == at
        assert offsets.from_byte(offsets.to_byte(at)) == at


@given(TEXTS)
def test_an_offset_inside_a_character_is_never_guessed(text):
    offsets = OffsetMap(text)
    real16 = {offsets.to_utf16(at) for at in range(len(text) + 1)}
    real8 = {offsets.to_byte(at) for at in range(len(text) + 1)}
    for at in range(offsets.utf16_length + 1):
        if at not in real16:
            with pytest.raises(ValueError, match="surrogate pair"):
                offsets.from_utf16(at)
    for at in range(offsets.byte_length + 1):
        if at not in real8:
            with pytest.raises(ValueError, match="inside a character"):
                offsets.from_byte(at)


@pytest.mark.parametrize("offset", [-1, 4])
def test_an_offset_outside_the_text_raises(offset):
    offsets = OffsetMap("a😀b")
    for convert in (offsets.to_utf16, offsets.to_byte):
        with pytest.raises(IndexError):
            convert(offset)
    for convert in (offsets.from_utf16, offsets.from_byte):
        with pytest.raises(IndexError):
            convert(-1 if offset < 0 else 99)
