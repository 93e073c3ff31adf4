"""From overlapping annotations to something that can be painted: flat segments and stacked lanes.

Everything here is plain tuples of code points, because it runs while the reader scrolls.
"""

from collections.abc import Hashable, Sequence
from heapq import heappop, heappush
from typing import NamedTuple, TypeVar

Key = TypeVar("Key", bound=Hashable)


class Segment(NamedTuple):
    """A stretch of text under one and the same set of passages: `covers` holds their indices, longest first."""

    start: int
    end: int
    covers: tuple[int, ...]


def flat_segments(passages: Sequence[tuple[int, int]]) -> list[Segment]:
    """Return the covered text as segments that do not overlap, in text order.

    A segment ends wherever a passage starts or ends; text under no passage is in none. Adjacent segments differ
    in what covers them. Runs in O(n log n + size of the answer).
    """
    edges = sorted(
        [(start, 1, index) for index, (start, _end) in enumerate(passages)]
        + [(end, 0, index) for index, (_start, end) in enumerate(passages)]
    )
    segments: list[Segment] = []
    open_now: set[int] = set()
    since = 0
    for offset, opens, index in edges:
        if open_now and offset > since:
            order = sorted(open_now, key=lambda each: (passages[each][0] - passages[each][1], each))
            segments.append(Segment(since, offset, tuple(order)))
        since = offset
        if opens:
            open_now.add(index)
        else:
            open_now.discard(index)
    return segments


def stack_lanes(passages: Sequence[tuple[int, int, Key]]) -> list[int]:
    """Return for each passage `(start, end, annotation)` the lane to draw it in, 0 being next to the text.

    Passages that overlap never share a lane; those of one annotation always do, so that its fragments read as
    one. Longer annotations lie nearer the text where that costs no lane: earlier start first, then the longer.
    """
    hulls: dict[Key, tuple[int, int]] = {}
    for start, end, key in passages:
        low, high = hulls.get(key, (start, end))
        hulls[key] = (min(low, start), max(high, end))
    order = sorted(hulls, key=lambda key: (hulls[key][0], -hulls[key][1]))
    lanes: dict[Key, int] = {}
    free: list[int] = []
    busy: list[tuple[int, int]] = []
    used = 0
    for key in order:
        start, end = hulls[key]
        while busy and busy[0][0] <= start:
            heappush(free, heappop(busy)[1])
        if free:
            lane = heappop(free)
        else:
            lane, used = used, used + 1
        lanes[key] = lane
        heappush(busy, (end, lane))
    return [lanes[key] for _start, _end, key in passages]


def stack_lanes_by_owner(passages: Sequence[tuple[int, int, Key]], owners: Sequence[Hashable]) -> list[int]:
    """Return lanes as `stack_lanes` does, but so that those of one owner lie together.

    Owners come in the order of their ids, in every text the same; with one owner nothing is different.
    """
    order = sorted(set(owners), key=str)
    if len(order) < 2:
        return stack_lanes(passages)
    lanes = [0] * len(passages)
    first = 0
    for owner in order:
        mine = [index for index, each in enumerate(owners) if each == owner]
        stacked = stack_lanes([passages[index] for index in mine])
        for index, lane in zip(mine, stacked, strict=True):
            lanes[index] = first + lane
        first += 1 + max(stacked)
    return lanes
