"""One piece of the article, laid out: its lines, what is painted under them, and where everything is."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from unicodedata import bidirectional

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QTextLayout, QTextLine, QTextOption

from app.domain.ids import AnnotationId
from app.domain.painting import flat_segments
from app.domain.words import Hit
from app.ui.reader.lanes import Laned, Tie
from app.ui.reader.marks import Annotated, Gap, Marks, Row, marks_on
from app.ui.reader.style import LANES_GAP, ReaderStyle

_RIGHT_TO_LEFT = ("R", "AL", "AN")
_BLANK = 0.4
"""The height of an empty line, as a share of a line of text."""


class LaidBlock:
    """A piece of text in a width. Positions are UTF-16 within the piece, as Qt counts."""

    def __init__(self, text: str, style: ReaderStyle, width: float, *, ends_paragraph: bool) -> None:
        self._style = style
        self._ascent = QFontMetricsF(style.font).ascent() + 0.5
        self.width = width
        self._gap = style.paragraph_gap if ends_paragraph else 0.0
        self._ends_paragraph = ends_paragraph
        self.mixed = has_right_to_left(text)
        self.right_to_left = self.mixed and starts_right_to_left(text)
        self.layout = QTextLayout(text, style.font)
        self.layout.setTextOption(text_option(right_to_left=self.right_to_left))
        self.layout.setCacheEnabled(True)
        self.layout.beginLayout()
        self._lines: list[QTextLine] = []
        while (line := self.layout.createLine()).isValid():
            line.setLineWidth(width)
            self._lines.append(line)
        self.layout.endLayout()
        self.rows: list[Row] = []
        self.height = 0.0
        self.hits: Sequence[Hit] | None = None
        """Terms of the word list in UTF-16 positions; None while nobody has looked for them."""
        self.set_ties(())

    def set_ties(self, ties: Sequence[Tie]) -> None:
        """Say what is annotated here; lines stay as they are broken, only their distance may change."""
        self.ties = ties
        ranges = [(line.textStart(), line.textStart() + line.textLength()) for line in self._lines]
        self._marks: dict[int, Marks] = {}
        self._annotated: Annotated | None = None
        self.rows = []
        top = 0.0
        for line, laned in zip(self._lines, self._style.lanes.lay(ties, ranges), strict=True):
            row = self._row(line, laned, top)
            self.rows.append(row)
            top = row.bottom
        self.height = top + self._gap

    def _row(self, line: QTextLine, laned: Laned, top: float) -> Row:
        start = line.textStart()
        end = start + line.textLength()
        style, lanes = self._style, laned.room
        # Letters of another typeface, as in a line with Arabic in it, may need more room than the reading face.
        baseline = top + (
            style.rise if line.ascent() <= self._ascent else min(line.ascent(), style.size * 1.1)
        )
        lanes_top = baseline + max(style.drop, line.descent() * 0.7) + LANES_GAP
        least = style.row * (_BLANK if not self.layout.text() else 1.0)
        bottom = max(top + least, lanes_top + lanes * style.lane + LANES_GAP if lanes else 0.0)
        return Row(line, start, end, top, baseline, lanes_top, bottom, laned)

    def marks(self, number: int) -> Marks:
        """Return what annotations put on a line."""
        if number not in self._marks:
            if self._annotated is None:
                segments = flat_segments([(tie.start, tie.end) for tie in self.ties])
                self._annotated = Annotated(self.ties, segments, _gaps(self.ties))
            row = self.rows[number]
            self._marks[number] = marks_on(
                row,
                self._annotated,
                partial(self.stretches, row),
                self._style,
                right_to_left=self.right_to_left,
            )
        return self._marks[number]

    def row_of(self, position: int, *, trailing: bool = False) -> int:
        """Return the number of the line that holds a position; `trailing` means the line that ends there."""
        for number, row in enumerate(self.rows):
            if position < row.end or (trailing and position == row.end):
                return number
        return len(self.rows) - 1

    def row_at(self, y: float) -> int:
        """Return the number of the line at a height."""
        for number, row in enumerate(self.rows):
            if y < row.bottom:
                return number
        return len(self.rows) - 1

    def x_of(self, row: Row, position: int) -> float:
        """Return where the caret stands for a position."""
        return _x(row.line, position)

    def position_at(self, row: Row, x: float) -> int:
        """Return the position between characters that is nearest to `x` in a line."""
        end = self.end_of(row)
        # In text of both directions Qt may name a place on another line.
        position = max(row.start, min(row.line.xToCursor(x), end))
        if position < end <= self.layout.nextCursorPosition(position):
            # Where a line is wrapped, Qt never names the place after its last character.
            after = abs(x - self.x_of(row, end)) < abs(x - self.x_of(row, position))
            return end if after else position
        return position

    def end_of(self, row: Row) -> int:
        """Return the last position in a line: before the space at which it is wrapped, if there is one."""
        if self.is_wrapped(row) and self._units_of(row.end - 1).isspace():
            return row.end - 1
        return row.end

    def is_wrapped(self, row: Row) -> bool:
        """Tell whether the paragraph goes on in another line."""
        return row is not self.rows[-1] or not self._ends_paragraph

    def _units_of(self, position: int) -> str:
        """Return the character at a position; half of a surrogate pair is read as an unknown one."""
        unit = self.layout.text().encode("utf-16-le")[2 * position : 2 * position + 2]
        return unit.decode("utf-16-le", errors="replace")

    def position_under(self, row: Row, x: float) -> int | None:
        """Return the character under `x`, or None beside the line."""
        if not row.line.naturalTextRect().left() <= x <= row.line.naturalTextRect().right():
            return None
        return row.line.xToCursor(x, QTextLine.CursorPosition.CursorOnCharacter)

    def stretches(self, row: Row, start: int, end: int) -> list[tuple[float, float]]:
        """Return the pieces of a line that `[start, end)` covers on screen, as left and right edges.

        In text of both directions one range may be several pieces.
        """
        low, high = max(start, row.start), min(end, row.end)
        if low >= high:
            return []
        if not self.mixed:
            return [(_x(row.line, low), _x(row.line, high))]
        pieces: list[tuple[float, float]] = []
        at = low
        while at < high:
            after = max(at + 1, self.layout.nextCursorPosition(at))
            edges = (_x(row.line, at), _x(row.line, at, QTextLine.Edge.Trailing))
            pieces.append((min(edges), max(edges)))
            at = after
        return _joined(pieces)


def _x(line: QTextLine, position: int, edge: QTextLine.Edge = QTextLine.Edge.Leading) -> float:
    # PySide6 returns the position along with x, unlike what its stubs say.
    found: Any = line.cursorToX(position, edge)
    return float(found[0])


def _gaps(ties: Sequence[Tie]) -> list[Gap]:
    gaps: list[Gap] = []
    ends: dict[AnnotationId, int] = {}
    for at, tie in enumerate(ties):
        before = ends.get(tie.annotation_id)
        if before is not None and before < tie.start:
            gaps.append(Gap(before, tie.start, at, tie.code_id))
        ends[tie.annotation_id] = tie.end
    return gaps


def _joined(pieces: list[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for left, right in sorted(pieces):
        if joined and left <= joined[-1][1] + 0.5:
            joined[-1] = (joined[-1][0], max(joined[-1][1], right))
        else:
            joined.append((left, right))
    return joined


def text_option(*, right_to_left: bool) -> QTextOption:
    """Return how a paragraph runs: wrapped at words, from the side where its script begins."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    if right_to_left:
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
    return option


def has_right_to_left(text: str) -> bool:
    """Tell whether some letter of the text runs from right to left."""
    return not text.isascii() and any(bidirectional(char) in _RIGHT_TO_LEFT for char in text)


def starts_right_to_left(text: str) -> bool:
    """Tell the direction of a paragraph by its first letter, as Unicode's rule P2 does."""
    for char in text:
        kind = bidirectional(char)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False
