"""The forest plot: a row for each coefficient, with its interval on one axis and its numbers beside it."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from pydantic import Field

from app.project.agreement_words import BANDS, number
from app.ui.plots.drawing import Anchor, Drawing, Spot, rectangle
from app.ui.plots.measured import Measured
from app.ui.plots.scale import Scale, bounds, tick_words
from app.ui.plots.sheet import Framed, Sheet, span
from app.ui.plots.style import Style, plain

_AXIS = 9.0
"""The narrowest axis, as a multiple of the size of words."""

_LONGEST_MEASURE = 14.0
"""How long the name of a measure may be beside each row, likewise."""

_SHARE = 1 / 3
"""How much of the width labels may take before their middle is left out."""

_MEASURE, _VALUE = "Measure", "Value"

_BANDS_NOTE = "Dashed: .667 and .800, for measures of the alpha type."


class ForestRow(Measured):
    """One coefficient. `key` names it for whoever made the plot; `group` is how far it stands in, 0 to 5.

    `value` is None where it is undefined, and `reason` says why; without a reason the row is the heading of a group.
    `banded` says that the measure is of the alpha type, for which .667 and .800 mean something. `units` is text.
    """

    key: str = Field(min_length=1)
    label: str
    group: int = Field(0, ge=0, le=5)
    measure: str = ""
    units: str = ""
    banded: bool = False

    @property
    def heading(self) -> bool:
        """Whether it only names the rows below it."""
        return self.value is None and not self.reason

    @property
    def interval(self) -> str:
        """The interval in brackets; empty where there is none."""
        return f"[{number(self.ends[0])}, {number(self.ends[1])}]" if self.ends else ""


class ForestPlot(Framed):
    """Rows from the top down, as they are given or with the highest values first within each group."""

    rows: tuple[ForestRow, ...] = ()
    axis: str = "Agreement"
    label_name: str = ""
    units_name: str = "Units"
    interval_name: str = "95 % interval"
    by_value: bool = False

    def least_width(self, style: Style) -> float:
        """Return how narrow it can be drawn, in points."""
        columns = _Columns.of(self, style, 0.0)
        labels = max((_label_room(each, style) for each in self.rows), default=0.0)
        rest = columns.fixed + _AXIS * style.size
        # Labels take a third of the width, or less.
        return min(rest / (1 - _SHARE), rest + labels)

    def draw(self, width: float, style: Style) -> Drawing:
        """Lay the plot out at a width in points."""
        sheet = Sheet(style, width, self.title)
        rows = sorted_rows(self.rows) if self.by_value else self.rows
        if all(each.heading for each in rows):
            return sheet.finished(self)
        _Forest(self, rows, sheet).lay()
        noted = [_BANDS_NOTE] if any(each.banded and each.value is not None for each in rows) else []
        return sheet.finished(self, noted)


class _Columns(NamedTuple):
    """Where the columns stand, in points. `fixed` is what all but labels and axis take, gaps included."""

    label: float
    measure: float
    units: float
    value: float
    interval: float
    gap: float
    fixed: float

    @classmethod
    def of(cls, plot: ForestPlot, style: Style, width: float) -> "_Columns":
        rows, size = [each for each in plot.rows if not each.heading], style.size
        measures = sorted({plain(each.measure) for each in rows})
        measure = _widest(measures, style, _MEASURE) if len(measures) > 1 else 0.0
        measure = min(measure, _LONGEST_MEASURE * size)
        units = _widest([plain(each.units) for each in rows], style, plain(plot.units_name))
        value = _widest(
            [number(each.value) if each.value is not None else "n/a" for each in rows], style, _VALUE
        )
        interval = _widest([each.interval for each in rows], style, plain(plot.interval_name))
        gap = size * 1.1
        shown = [each for each in (measure, units, interval) if each]
        fixed = 2 * style.margin + sum(shown) + value + gap * (2 + len(shown))
        labels = max((_label_room(each, style) for each in plot.rows), default=0.0)
        labels = max(labels, style.length(plain(plot.label_name), size, bold=True))
        return cls(min(labels, width * _SHARE), measure, units, value, interval, gap, fixed)


class _Forest:
    """One forest plot on its way to a sheet."""

    def __init__(self, plot: ForestPlot, rows: Sequence[ForestRow], sheet: Sheet) -> None:
        self._plot, self._rows, self._sheet, self._style = plot, rows, sheet, sheet.style
        self._columns = columns = _Columns.of(plot, sheet.style, sheet.width)
        at = sheet.left + columns.label + columns.gap
        self._measure = at
        at += columns.measure + columns.gap if columns.measure else 0
        self._units = at + columns.units
        at += columns.units + columns.gap if columns.units else 0
        self._value = sheet.right - (columns.interval + columns.gap if columns.interval else 0)
        low, high = bounds(value for each in rows for value in (each.value, each.low, each.high))
        end = self._value - columns.value - columns.gap
        # Half a tick label and half a square stand out at either side.
        self._bottom = 0.0
        self._scale = Scale(low, high, at + self._style.size * 0.5, max(at + 1, end - self._style.size * 0.5))

    def lay(self) -> None:
        """Lay out heads, rows, bands and axis."""
        self._lay_heads()
        tops = list(self._lay_rows())
        self._bottom = self._sheet.y
        self._lay_bands(tops)
        self._lay_axis(tops)

    def _lay_heads(self) -> None:
        sheet, size, columns = self._sheet, self._style.size, self._columns
        base = sheet.y + size
        sheet.words(plain(self._plot.label_name), sheet.left, base, bold=True)
        if columns.measure:
            sheet.words(_MEASURE, self._measure, base, bold=True)
        if columns.units:
            sheet.words(plain(self._plot.units_name), self._units, base, bold=True, anchor=Anchor.END)
        sheet.words(_VALUE, self._value, base, bold=True, anchor=Anchor.END)
        if columns.interval:
            sheet.words(plain(self._plot.interval_name), sheet.right, base, bold=True, anchor=Anchor.END)
        sheet.y = base + size * 0.5
        sheet.line((sheet.left, sheet.y), (sheet.right, sheet.y), self._style.theme.ink, 0.7)
        sheet.y += size * 0.4

    def _lay_rows(self) -> Iterator[float]:
        """Lay every row out and yield where it begins; room for the names of the bands is kept above the first."""
        sheet, size = self._sheet, self._style.size
        named = False
        for at, each in enumerate(self._rows):
            if each.banded and each.value is not None and not named:
                sheet.y += size * 0.9
                named = True
            if each.heading and at:
                sheet.y += size * 0.5
            yield sheet.y
            top, lines = sheet.y, self._reason(each)
            sheet.y += size * (1.75 + 1.1 * max(0, len(lines) - 1))
            self._lay_label(each, top + size * 0.875)
            if each.value is not None:
                self._lay_numbers(each, top + size * 0.875)
            for number_, line in enumerate(lines):
                self._lay_reason(line, top + size * (0.875 + 1.1 * number_), first=not number_)
            if not each.heading:
                room = span(sheet.left - size * 0.35, top, sheet.right + size * 0.35, sheet.y)
                sheet.spot(Spot(len(sheet.spots), 0, room, self._spoken(each), each.key))

    def _reason(self, row: ForestRow) -> list[str]:
        if row.value is not None or row.heading:
            return []
        room = self._value - self._style.length("n/a", self._style.size) - self._scale.start
        return self._style.wrapped(plain(row.reason), room - self._style.size, self._style.small)

    def _lay_label(self, row: ForestRow, middle: float) -> None:
        style, sheet = self._style, self._sheet
        indent, bold = row.group * style.size, row.heading
        base = middle + style.rise(style.size)
        # A heading has the whole line to itself.
        room = (sheet.right - sheet.left if bold else self._columns.label) - indent
        label = style.elided(plain(row.label), room, style.size, bold=bold)
        sheet.words(label, sheet.left + indent, base, bold=bold)
        if row.heading:
            return
        if self._columns.measure:
            measure = style.elided(plain(row.measure), self._columns.measure, style.size)
            sheet.words(measure, self._measure, base)
        if self._columns.units:
            sheet.words(plain(row.units), self._units, base, anchor=Anchor.END)

    def _lay_numbers(self, row: ForestRow, middle: float) -> None:
        """Draw square and whiskers as meta-analyses do, and write the numbers where they line up."""
        sheet, style, scale, ink = self._sheet, self._style, self._scale, self._style.theme.ink
        value, size = row.value or 0.0, style.size
        if row.ends:
            low, high = map(scale.at, row.ends)
            sheet.line((low, middle), (high, middle), ink, 0.9)
            for end in (low, high):
                sheet.line((end, middle - size * 0.36), (end, middle + size * 0.36), ink, 0.9)
        x, half = scale.at(value), size * 0.27
        sheet.items.append(rectangle(span(x - half, middle - half, x + half, middle + half), ink))
        base = middle + style.rise(size)
        sheet.words(number(value), self._value, base, anchor=Anchor.END)
        sheet.words(row.interval, sheet.right, base, anchor=Anchor.END)

    def _lay_reason(self, line: str, middle: float, *, first: bool) -> None:
        style, quiet = self._style, self._style.theme.quiet
        base = middle + style.rise(style.size)
        self._sheet.words(line, self._scale.start, base, size=style.small, colour=quiet)
        if first:
            self._sheet.words("n/a", self._value, base, anchor=Anchor.END)

    def _lay_bands(self, tops: Sequence[float]) -> None:
        """Draw thin lines where they mean something, run by run, and name them above the first run."""
        sheet, style, size = self._sheet, self._style, self._style.size
        for number_, (top, bottom) in enumerate(self._runs(tops, banded=True)):
            # The names stand on either side, because the lines are closer than a name is wide.
            for band, anchor, aside in zip(BANDS, (Anchor.END, Anchor.START), (-0.15, 0.15), strict=True):
                x = self._scale.at(band)
                sheet.line((x, top), (x, bottom), style.theme.quiet, 0.5, dashed=True, under=True)
                if not number_:
                    place = (x + aside * size, top - size * 0.15)
                    small = style.small * 0.9
                    sheet.words(number(band), *place, size=small, colour=style.theme.quiet, anchor=anchor)

    def _lay_axis(self, tops: Sequence[float]) -> None:
        """Draw the axis with its ticks and name, and a line at 0 where values lie on both sides of it."""
        sheet, style, scale, size = self._sheet, self._style, self._scale, self._style.size
        ink = style.theme.ink
        if scale.low < 0:
            for top, bottom in self._runs(tops, banded=False):
                sheet.line((scale.at(0), top), (scale.at(0), bottom), style.theme.quiet, 0.5, under=True)
        sheet.y += size * 0.3
        sheet.line((scale.start, sheet.y), (scale.end, sheet.y), ink)
        for tick in scale.ticks(size * 2.2):
            x = scale.at(tick)
            sheet.line((x, sheet.y), (x, sheet.y + size * 0.3), ink)
            base = sheet.y + size * 0.45 + style.small
            sheet.words(tick_words(tick), x, base, size=style.small, anchor=Anchor.MIDDLE)
        sheet.y += size * 2.0
        middle = (scale.start + scale.end) / 2
        room = 2 * min(sheet.right - middle, middle - sheet.left)
        for line in style.wrapped(plain(self._plot.axis), room, size):
            sheet.y += size * 1.25
            sheet.words(line, middle, sheet.y - size * 0.3, anchor=Anchor.MIDDLE)

    def _runs(self, tops: Sequence[float], *, banded: bool) -> Iterator[tuple[float, float]]:
        """Yield from where to where rows with values, or only those with bands, follow each other."""
        bottoms = [*tops[1:], self._bottom]
        shown = [each.value is not None and (each.banded or not banded) for each in self._rows]
        for wanted, run in groupby(range(len(tops)), key=shown.__getitem__):
            if wanted:
                numbers = list(run)
                yield tops[numbers[0]], bottoms[numbers[-1]]

    def _spoken(self, row: ForestRow) -> str:
        """Return a row in one sentence."""
        name = ", ".join(filter(None, (plain(row.label), plain(row.measure))))
        units = (f"{plain(self._plot.units_name).lower()}: {plain(row.units)}",) if row.units else ()
        return f"{name}: {row.told(self._plot.interval_name, *units)}"


def sorted_rows(rows: Sequence[ForestRow]) -> tuple[ForestRow, ...]:
    """Return rows with the highest values first and the undefined last; what stands in below a row stays below it."""
    blocks: list[list[ForestRow]] = []
    for each in rows:
        head = blocks[-1][0] if blocks else None
        depth = each.group + (0.5 if head and head.heading and not each.heading else 0)
        if head and depth > head.group:
            blocks[-1].append(each)
        else:
            blocks.append([each])
    blocks.sort(key=lambda block: (block[0].value is None, -(block[0].value or 0.0)))
    return tuple(each for head, *below in blocks for each in (head, *sorted_rows(below)))


def _widest(words: Sequence[str], style: Style, head: str) -> float:
    """Return how wide a column with such a head is; 0 where it would be empty."""
    if not any(words):
        return 0.0
    longest = max(style.length(each, style.size) for each in words)
    return max(longest, style.length(head, style.size, bold=True))


def _label_room(row: ForestRow, style: Style) -> float:
    """Return how wide a label is with its indent; a heading takes no room from the other columns."""
    return 0.0 if row.heading else style.length(plain(row.label), style.size) + row.group * style.size
