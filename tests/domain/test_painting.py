from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.domain.painting import flat_segments, stack_lanes, stack_lanes_by_owner

PASSAGES = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 25)).map(lambda pair: (pair[0], pair[0] + pair[1])),
    max_size=25,
)


@given(PASSAGES)
def test_segments_cover_each_point_with_exactly_what_lies_there(passages):
    covers = {}
    for segment in flat_segments(passages):
        for point in range(segment.start, segment.end):
            assert point not in covers
            covers[point] = set(segment.covers)
    for point in range(100):
        here = {index for index, (start, end) in enumerate(passages) if start <= point < end}
        assert covers.get(point, set()) == here


@given(PASSAGES)
def test_segments_are_in_order_and_list_longer_passages_first(passages):
    segments = flat_segments(passages)
    assert all(a.end <= b.start for a, b in zip(segments, segments[1:], strict=False))
    for segment in segments:
        lengths = [passages[index][1] - passages[index][0] for index in segment.covers]
        assert lengths == sorted(lengths, reverse=True)


@given(PASSAGES, st.lists(st.integers(0, 8), min_size=25, max_size=25))
def test_lanes_never_hold_two_annotations_at_one_point(passages, owners):
    keyed = [(start, end, owner) for (start, end), owner in zip(passages, owners, strict=False)]
    lanes = stack_lanes(keyed)
    hulls = {}
    for (start, end, owner), lane in zip(keyed, lanes, strict=True):
        low, high, known = hulls.get(owner, (start, end, lane))
        assert known == lane, "fragments of one annotation share a lane"
        hulls[owner] = (min(low, start), max(high, end), lane)
    spans = list(hulls.values())
    for at, (start, end, lane) in enumerate(spans):
        for other_start, other_end, other_lane in spans[at + 1 :]:
            assert lane != other_lane or end <= other_start or other_end <= start


@given(PASSAGES)
def test_no_more_lanes_are_used_than_overlap_at_one_point(passages):
    keyed = [(start, end, index) for index, (start, end) in enumerate(passages)]
    deepest = max((sum(s <= point < e for s, e in passages) for point in range(100)), default=0)
    assert max(stack_lanes(keyed), default=-1) + 1 == deepest


@given(passages=PASSAGES, data=st.data())
def test_lanes_of_one_owner_lie_together_and_nothing_overlaps(passages, data):
    owners = [data.draw(st.sampled_from("abc")) for _ in passages]
    keyed = [
        (start, end, (owner, number))
        for number, ((start, end), owner) in enumerate(zip(passages, owners, strict=True))
    ]
    lanes = stack_lanes_by_owner(keyed, owners)
    for one, other in combinations(range(len(keyed)), 2):
        if keyed[one][0] < keyed[other][1] and keyed[other][0] < keyed[one][1]:
            assert lanes[one] != lanes[other]
    bands = [
        (min(mine), max(mine))
        for owner in "abc"
        if (mine := [lane for lane, each in zip(lanes, owners, strict=True) if each == owner])
    ]
    assert all(before[1] + 1 == after[0] for before, after in pairwise(bands))
    if len(bands) == 1:
        assert lanes == stack_lanes(keyed)
