"""The whole article as one tall page of which only the visible part is ever laid out."""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from app.domain.annotations import Passage
from app.domain.ids import AnnotationId
from app.domain.words import Hit, Matcher
from app.ui.reader.blocks import Blocks
from app.ui.reader.laid_block import LaidBlock
from app.ui.reader.lanes import Tie
from app.ui.reader.marks import Row
from app.ui.reader.style import ReaderStyle

_KEPT = 120
"""Laid-out pieces that are kept: several screens full."""


class Place(NamedTuple):
    """Where a code point is: its piece, that piece's line, and x and y on the page in pixels."""

    block: int
    row: Row
    x: float
    top: float


class Spot(NamedTuple):
    """Where the caret stands: before a code point.

    `trailing` tells that it stands after the last character of a wrapped line and not before the first of the next.
    """

    offset: int
    trailing: bool = False


class Page:
    """Pieces of text with their heights; unseen ones are estimated and corrected once they are seen.

    Heights are pixels from the top of the first piece. Offsets are code points of the article.
    """

    def __init__(self, text: str, style: ReaderStyle, width: float) -> None:
        self.blocks = Blocks(text)
        self._style = style
        self._width = width
        self._passages: dict[int, list[Passage]] = {}
        self._where: dict[AnnotationId, tuple[int, int]] = {}
        self._laid: OrderedDict[int, LaidBlock] = OrderedDict()
        self._matcher: Matcher | None = None
        self._heights: list[float] = []
        self._tops: list[float] | None = None
        self._estimate()

    @property
    def text(self) -> str:
        """The text of the article."""
        return self.blocks.text

    @property
    def height(self) -> float:
        """The height of the page, as far as it is known."""
        return self.tops()[-1]

    def restyle(self, style: ReaderStyle, width: float) -> None:
        """Lay everything out anew for another style or width."""
        self._style, self._width = style, width
        self._laid.clear()
        self._estimate()

    def set_matcher(self, matcher: Matcher | None) -> None:
        """Say what finds the terms of the word list; they are looked for piece by piece, as those are painted."""
        if matcher is not self._matcher:
            self._matcher = matcher
            for laid in self._laid.values():
                laid.hits = None

    def hits(self, index: int) -> Sequence[Hit]:
        """Return the terms of the word list in a piece, in its UTF-16 positions."""
        laid = self.laid(index)
        if laid.hits is None:
            found = self._matcher.hits(self.blocks.text_of(index)) if self._matcher else ()
            start = self.blocks[index].start
            laid.hits = [
                Hit(
                    self.blocks.to_local(index, start + hit.start),
                    self.blocks.to_local(index, start + hit.end),
                    hit.term,
                )
                for hit in found
            ]
        return laid.hits

    def set_passages(self, passages: Iterable[Passage]) -> None:
        """Say what is annotated in the whole article."""
        self._passages.clear()
        self._where.clear()
        self._sweep(passages)
        for index, laid in self._laid.items():
            self._tie(index, laid)

    def blocks_of(self, annotation_id: AnnotationId | None) -> range:
        """Return the pieces from the first to the last that an annotation touches."""
        first, last = self._where.get(annotation_id, (0, -1)) if annotation_id else (0, -1)
        return range(first, last + 1)

    def replace(self, annotation_id: AnnotationId, passages: Sequence[Passage]) -> set[int]:
        """Say where one annotation is now; returns the pieces that it touches or touched.

        No others are looked at.
        """
        touched = set(self.blocks_of(annotation_id))
        self._where.pop(annotation_id, None)
        for index in touched:
            here = self._passages.get(index, ())
            self._passages[index] = [each for each in here if each.annotation_id != annotation_id]
        self._sweep(passages)
        touched.update(self.blocks_of(annotation_id))
        for index in touched:
            self._passages.get(index, []).sort(key=lambda each: (each.start, -each.end, each.annotation_id))
            if index in self._laid:
                self._tie(index, self._laid[index])
        return touched

    def laid(self, index: int) -> LaidBlock:
        """Return a piece, laid out."""
        if index not in self._laid:
            block = self.blocks[index]
            laid = LaidBlock(
                self.blocks.text_of(index), self._style, self._width, ends_paragraph=block.ends_paragraph
            )
            self._laid[index] = laid
            self._tie(index, laid)
            if len(self._laid) > _KEPT:
                self._laid.popitem(last=False)
        self._laid.move_to_end(index)
        return self._laid[index]

    def tops(self) -> list[float]:
        """Return where each piece begins, and at the end the height of the page."""
        if self._tops is None:
            self._tops = list(accumulate(self._heights, initial=0.0))
        return self._tops

    def block_at(self, y: float) -> int:
        """Return the piece at a height, the nearest one outside the page."""
        return min(max(0, bisect_right(self.tops(), y) - 1), len(self.blocks) - 1)

    def lay_between(self, top: float, bottom: float) -> range:
        """Lay out what is visible between two heights and return which pieces that are."""
        first = index = self.block_at(top)
        y = self.tops()[first] + self.laid(first).height
        while index + 1 < len(self.blocks) and y < bottom:
            index += 1
            y += self.laid(index).height
        return range(first, index + 1)

    def place_of(self, offset: int, *, trailing: bool = False) -> Place:
        """Return where the caret before a code point stands; see `Spot` for `trailing`."""
        index = self.blocks.at(offset, trailing=trailing)
        laid = self.laid(index)
        position = self.blocks.to_local(index, offset)
        row = laid.rows[laid.row_of(position, trailing=trailing)]
        return Place(index, row, laid.x_of(row, position), self.tops()[index] + row.top)

    def span_of_character(self, offset: int) -> tuple[float, float]:
        """Return the left and right edge of the character at a code point; of a line break, where it stands."""
        index = self.blocks.at(offset)
        laid = self.laid(index)
        start, end = self.blocks.to_local(index, offset), self.blocks.to_local(index, offset + 1)
        row = laid.rows[laid.row_of(start)]
        x = laid.x_of(row, start)
        return next(iter(laid.stretches(row, start, end)), (x, x))

    def neighbouring_row(self, spot: Spot, *, below: bool) -> float | None:
        """Return a height inside the line above or below that of the caret; None where there is none."""
        index = self.blocks.at(spot.offset, trailing=spot.trailing)
        position = self.blocks.to_local(index, spot.offset)
        number = self.laid(index).row_of(position, trailing=spot.trailing) + (1 if below else -1)
        if not 0 <= number < len(self.laid(index).rows):
            index += 1 if below else -1
            if not 0 <= index < len(self.blocks):
                return None
            number = 0 if below else len(self.laid(index).rows) - 1
        row = self.laid(index).rows[number]
        return self.tops()[index] + (row.top + row.bottom) / 2

    def spot_at(self, x: float, y: float) -> Spot:
        """Return where a click at a place puts the caret."""
        index = self.block_at(y)
        laid = self.laid(index)
        row = laid.rows[laid.row_at(y - self.tops()[index])]
        return self._spot(index, row, laid.position_at(row, x))

    def line_edge(self, spot: Spot, *, end: bool) -> Spot:
        """Return the start or the end of the line in which the caret stands."""
        index = self.blocks.at(spot.offset, trailing=spot.trailing)
        laid = self.laid(index)
        position = self.blocks.to_local(index, spot.offset)
        row = laid.rows[laid.row_of(position, trailing=spot.trailing)]
        return self._spot(index, row, laid.end_of(row) if end else row.start)

    def _spot(self, index: int, row: Row, position: int) -> Spot:
        trailing = position == row.end and self.laid(index).is_wrapped(row)
        return Spot(self.blocks.to_offset(index, position), trailing)

    def passages_under(self, x: float, y: float) -> list[Passage]:
        """Return what is annotated at a place, the shortest passage first."""
        offset = self.character_under(x, y)
        return [] if offset is None else self.passages_at(offset)

    def character_under(self, x: float, y: float) -> int | None:
        """Return the code point that is drawn at a place, or None beside the lines."""
        index = self.block_at(y)
        laid = self.laid(index)
        row = laid.rows[laid.row_at(y - self.tops()[index])]
        position = laid.position_under(row, x)
        return None if position is None else self.blocks.to_offset(index, position)

    def passages_at(self, offset: int) -> list[Passage]:
        """Return what is annotated at a code point, the shortest passage first."""
        here = self._passages.get(self.blocks.at(offset), ())
        found = [passage for passage in here if passage.start <= offset < passage.end]
        return sorted(found, key=lambda each: (each.end - each.start, each.annotation_id))

    def _sweep(self, passages: Iterable[Passage]) -> None:
        """Put passages, which come in text order, into the pieces that they touch."""
        blocks, by_block, where = self.blocks, self._passages, self._where
        index, next_start = 0, 0
        here: list[Passage] = []
        for passage in passages:
            if passage.start >= next_start:
                index = blocks.at(passage.start)
                next_start = blocks.start_after(index)
                here = by_block.setdefault(index, [])
            here.append(passage)
            last = index
            while passage.end > blocks.start_after(last):
                last += 1
                by_block.setdefault(last, []).append(passage)
            first, furthest = where.get(passage.annotation_id, (index, last))
            where[passage.annotation_id] = min(first, index), max(furthest, last)

    def _tie(self, index: int, laid: LaidBlock) -> None:
        ties = [self._tied(index, passage) for passage in self._passages.get(index, ())]
        laid.set_ties([tie for tie in ties if tie.start < tie.end])
        if laid.height != self._heights[index]:
            self._heights[index] = laid.height
            self._tops = None

    def _tied(self, index: int, passage: Passage) -> Tie:
        return Tie(
            self.blocks.to_local(index, passage.start),
            self.blocks.to_local(index, passage.end),
            passage.annotation_id,
            passage.code_id,
            passage.coder_id,
            begins=passage.start >= self.blocks[index].start,
        )

    def _estimate(self) -> None:
        style = self._style
        per_line = max(10.0, self._width / style.character)
        self._heights = []
        for index in range(len(self.blocks)):
            block = self.blocks[index]
            lines = 1 + (block.end - block.start) // per_line
            self._heights.append(lines * style.row + (style.paragraph_gap if block.ends_paragraph else 0.0))
        self._tops = None
