"""What annotations put on one line of a piece, worked out once and painted often: tints, bars, labels, ties."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QPen, QTextLine

from app.domain.ids import AnnotationId, CodeId
from app.domain.painting import Segment
from app.ui.reader.lanes import Laned, Tie
from app.ui.reader.patterns import BAR
from app.ui.reader.style import TINT_SHARE, CodeLook, ReaderStyle
from app.ui.theme import blend

_LABEL_GAP = 3.0

Stretches = Callable[[int, int], list[tuple[float, float]]]
"""From two positions in a piece to the left and right edges of what lies between them on one line."""


class Gap(NamedTuple):
    """What lies between two fragments of one annotation in this piece, in UTF-16 positions; `tie` is the second."""

    start: int
    end: int
    tie: int
    code_id: CodeId


class Row(NamedTuple):
    """One line of text with the lanes beneath it; lengths are pixels from the top of the piece."""

    line: QTextLine
    start: int
    end: int
    top: float
    baseline: float
    lanes_top: float
    bottom: float
    laned: Laned


class Tint(NamedTuple):
    """A box behind letters and its colour."""

    box: QRectF
    colour: QColor


class LaneMark(NamedTuple):
    """One annotation in its lane: the whole of its room, the words at `at`, the bar in what they leave free."""

    annotation_id: AnnotationId
    look: CodeLook
    room: QRectF
    words: str
    at: QPointF
    bar: QRectF


class Marks(NamedTuple):
    """Everything that annotations put on a line, in the order of painting; from the top left of the piece."""

    tints: Sequence[Tint]
    gaps: Sequence[tuple[QPen, QLineF]]
    lanes: Sequence[LaneMark]


class Annotated(NamedTuple):
    """What is annotated in a piece: ties, the segments of one cover, the gaps of fragments."""

    ties: Sequence[Tie]
    segments: Sequence[Segment]
    gaps: Sequence[Gap]


def marks_on(
    row: Row, annotated: Annotated, stretches: Stretches, style: ReaderStyle, *, right_to_left: bool
) -> Marks:
    """Work out what is painted on a line."""
    return Marks(
        _tints(row, annotated, stretches, style),
        _gaps(row, annotated, stretches, style),
        _lanes(row, annotated, stretches, style, right_to_left=right_to_left),
    )


def _tints(row: Row, annotated: Annotated, stretches: Stretches, style: ReaderStyle) -> list[Tint]:
    tints: list[Tint] = []
    for segment in annotated.segments:
        if segment.end <= row.start or segment.start >= row.end:
            continue
        colour = style.theme.paper
        for index in segment.covers:
            colour = blend(style.codes[annotated.ties[index].code_id].tint, colour, TINT_SHARE)
        tints += [Tint(box, colour) for box in boxes(row, stretches(segment.start, segment.end))]
    return tints


def boxes(row: Row, stretches: Sequence[tuple[float, float]]) -> list[QRectF]:
    """Return the boxes behind the letters of some stretches of a line."""
    height = row.lanes_top - row.top - 1.0
    return [QRectF(left, row.top, right - left, height) for left, right in stretches]


def _gaps(
    row: Row, annotated: Annotated, stretches: Stretches, style: ReaderStyle
) -> list[tuple[QPen, QLineF]]:
    """Tie the fragments of one annotation together with a line too thin to be a bar."""
    ties: list[tuple[QPen, QLineF]] = []
    for gap in annotated.gaps:
        y = row.lanes_top + (row.laned.lanes[gap.tie] + 0.5) * style.lane
        pen = QPen(style.codes[gap.code_id].bar, 1.0)
        ties += [(pen, QLineF(left, y, right, y)) for left, right in stretches(gap.start, gap.end)]
    return ties


def _lanes(
    row: Row, annotated: Annotated, stretches: Stretches, style: ReaderStyle, *, right_to_left: bool
) -> list[LaneMark]:
    marks: list[LaneMark] = []
    labelled: dict[int, float] = {}
    for tie, lane in zip(annotated.ties, row.laned.lanes, strict=True):
        if tie.end <= row.start or tie.start >= row.end:
            continue
        pieces = stretches(tie.start, tie.end)
        if right_to_left:
            pieces.reverse()
        top = row.lanes_top + lane * style.lane
        for number, (left, right) in enumerate(pieces):
            room = QRectF(left, top, right - left, style.lane)
            if number == 0 and tie.begins and tie.start >= row.start:
                # Where lanes are grouped by coder, the margin says who.
                who = "" if row.laned.groups else style.coders.get(tie.coder_id, "")
                mark = _labelled(tie, style, room, who, at_right=right_to_left)
            else:
                from_left = left if right_to_left else max(left, labelled.get(lane, 0.0))
                mark = _mark(tie, style, room, "", QPointF(), (from_left, right))
            labelled[lane] = mark.bar.left()
            marks.append(mark)
    return marks


def _labelled(tie: Tie, style: ReaderStyle, room: QRectF, who: str, *, at_right: bool) -> LaneMark:
    """Write the first of some words that has room where a lane begins, and leave the rest to the bar."""
    look, metrics = style.codes[tie.code_id], style.label_metrics
    for words in (f"{who} {look.name}", f"{who} {look.key}", who) if who else (look.name, look.key):
        width = metrics.horizontalAdvance(words)
        if words and width <= room.width():
            at = QPointF(
                room.right() - width if at_right else room.left(),
                room.top() + (room.height() + metrics.capHeight()) / 2,
            )
            taken = width + _LABEL_GAP
            free = (room.left(), room.right() - taken) if at_right else (room.left() + taken, room.right())
            return _mark(tie, style, room, words, at, free)
    return _mark(tie, style, room, "", QPointF(), (room.left(), room.right()))


def _mark(
    tie: Tie, style: ReaderStyle, room: QRectF, words: str, at: QPointF, free: tuple[float, float]
) -> LaneMark:
    # On whole pixels, or the same pattern looks different from lane to lane.
    bar = QRectF(free[0], round(room.top() + (style.lane - BAR) / 2), free[1] - free[0], BAR)
    return LaneMark(tie.annotation_id, style.codes[tie.code_id], room, words, at, bar)
