"""Agreement over time: points with intervals in order, a series for each coder or code."""

from collections.abc import Sequence
from typing import NamedTuple

from pydantic import Field, model_validator

from app.domain.values import Value
from app.project.agreement_words import BANDS, number
from app.ui.plots.drawing import Anchor, Drawing, Spot
from app.ui.plots.markers import marker
from app.ui.plots.measured import Measured
from app.ui.plots.scale import Scale, bounds, tick_words
from app.ui.plots.sheet import Framed, Sheet, span
from app.ui.plots.style import Style, plain

_NAMES = 1 / 4
"""How much of the width the names of series may take before their middle is left out."""

_TALLEST = 11.0
"""How tall labels that read upwards may be, as a multiple of the size of words."""


class TimePoint(Measured):
    """One point of a series, and of how many articles it is."""

    articles: int | None = Field(None, ge=0)


class Series(Value):
    """Points under one name, as many as the plot has labels; None where the series has none."""

    name: str
    points: tuple[TimePoint | None, ...]


class OverTime(Framed):
    """Series over labels that are dates or batches, in order. `banded`: the measure is of the alpha type."""

    labels: tuple[str, ...] = ()
    series: tuple[Series, ...] = ()
    axis: str = "Agreement"
    time_axis: str = ""
    interval_name: str = "95 % interval"
    banded: bool = False

    @model_validator(mode="after")
    def _check(self) -> "OverTime":
        if any(len(each.points) != len(self.labels) for each in self.series):
            raise ValueError("a series has not as many points as there are labels")
        return self

    def least_width(self, style: Style) -> float:
        """Return how narrow it can be drawn, in points."""
        return 2 * style.margin + style.size * (16 + 0.2 * len(self.labels))

    def draw(self, width: float, style: Style) -> Drawing:
        """Lay the plot out at a width in points."""
        sheet = Sheet(style, width, self.title)
        if any(point is not None for each in self.series for point in each.points):
            _Course(self, sheet).lay()
        notes = ["Dashed: .667 and .800."] if self.banded and sheet.spots else []
        return sheet.finished(self, notes)


class _Place(NamedTuple):
    """Where the name of a series is to stand, and where its last point is."""

    number: int
    x: float
    y: float


class _Course:
    """One plot over time on its way to a sheet."""

    def __init__(self, plot: OverTime, sheet: Sheet) -> None:
        self._plot, self._sheet, self._style = plot, sheet, sheet.style
        style, size = sheet.style, sheet.style.size
        points = [point for each in plot.series for point in each.points if point is not None]
        low, high = bounds(value for each in points for value in (each.value, each.low, each.high))
        ticks = Scale(low, high, 0, 1).ticks(0.15)
        self._left = sheet.left + max(style.length(tick_words(each), style.small) for each in ticks)
        undefined = any(each.value is None for each in points)
        if undefined:
            self._left = max(self._left, sheet.left + style.length("n/a", style.small))
        self._left += size * 0.8
        names = [plain(each.name) for each in plot.series]
        # One series needs no name beside it: the title says what it is.
        room = max(style.length(each, size) for each in names) + size * 1.6 if len(names) > 1 else 0
        self._right = sheet.right - min(room, (sheet.right - sheet.left) * _NAMES) - size * 0.4
        sheet.y += size * 1.8
        tall = min(max((self._right - self._left) * 0.5, size * 14), size * 24)
        self._top, self._bottom = sheet.y, sheet.y + tall
        self._scale = Scale(low, high, self._bottom, self._top)
        self._undefined = self._bottom + size * 1.1 if undefined else 0.0
        # The names of the bands stand where no point does.
        self._first = self._left + (style.length(number(BANDS[0]), style.small) if plot.banded else 0.0)
        self._slot = (self._right - self._first) / len(plot.labels)

    def lay(self) -> None:
        """Lay out axes, bands, the series, and their names at their ends."""
        self._lay_axes()
        self._lay_labels()
        ends = [self._lay_series(at, each) for at, each in enumerate(self._plot.series)]
        if len(ends) > 1:
            self._lay_names([each for each in ends if each is not None])

    def _lay_axes(self) -> None:
        sheet, style, size, scale = self._sheet, self._style, self._style.size, self._scale
        ink = style.theme.ink
        sheet.words(plain(self._plot.axis), sheet.left, self._top - size * 0.8)
        for tick in scale.ticks(size * 2):
            y = scale.at(tick)
            firm = tick == 0 and scale.low < 0
            colour = style.theme.quiet if firm else style.faint()
            sheet.line((self._left, y), (self._right, y), colour, 0.5, under=True)
            place = (self._left - size * 0.5, y + style.rise(style.small))
            sheet.words(tick_words(tick), *place, size=style.small, anchor=Anchor.END)
        bottom = self._bottom
        if self._undefined:
            place = (self._left - size * 0.5, self._undefined + style.rise(style.small))
            sheet.words("n/a", *place, size=style.small, anchor=Anchor.END)
            bottom = self._undefined + size * 0.8
        sheet.line((self._left, bottom), (self._right, bottom), ink)
        sheet.line((self._left, self._top), (self._left, bottom), ink)
        sheet.y = bottom
        for band, aside in zip(BANDS if self._plot.banded else (), (0.85, -0.25), strict=False):
            y = scale.at(band)
            sheet.line((self._left, y), (self._right, y), style.theme.quiet, 0.6, dashed=True, under=True)
            place = (self._left + size * 0.3, y + size * aside)
            sheet.words(number(band), *place, size=style.small * 0.9, colour=style.theme.quiet)

    def _lay_labels(self) -> None:
        """Write labels straight where all fit, else upwards; of very many, only each so many."""
        sheet, style, size = self._sheet, self._style, self._style.size
        labels = [plain(each) for each in self._plot.labels]
        counts = [f"n = {each}" if each else "" for each in map(self._articles, range(len(labels)))]
        straight = (
            max(style.length(each, style.small) for each in (*labels, *counts)) <= self._slot - size * 0.4
        )
        if not straight:
            labels = [", ".join(filter(None, pair)) for pair in zip(labels, counts, strict=True)]
            labels = [style.elided(each, _TALLEST * size, style.small) for each in labels]
        step = 1 if straight else -int(-size * 1.2 // self._slot)
        for at in range(0, len(labels), step):
            x = self._middle(at)
            sheet.line((x, sheet.y), (x, sheet.y + size * 0.3), style.theme.ink)
            if straight:
                sheet.words(labels[at], x, sheet.y + size * 1.3, size=style.small, anchor=Anchor.MIDDLE)
                place = (x, sheet.y + size * 2.4)
                sheet.words(
                    counts[at], *place, size=style.small, colour=style.theme.quiet, anchor=Anchor.MIDDLE
                )
            else:
                place = (x + style.rise(style.small), sheet.y + size * 0.6)
                sheet.words(labels[at], *place, size=style.small, anchor=Anchor.END, turned=True)
        tall = max(style.length(each, style.small) for each in labels) + size if not straight else 0
        sheet.y += tall or size * (2.8 if any(counts) else 1.7)
        if self._plot.time_axis:
            sheet.y += size * 1.3
            place = ((self._left + self._right) / 2, sheet.y - size * 0.3)
            sheet.words(plain(self._plot.time_axis), *place, anchor=Anchor.MIDDLE)

    def _articles(self, at: int) -> str:
        """Return of how many articles the points under a label are, from the fewest to the most."""
        counts = [
            point.articles
            for each in self._plot.series
            if (point := each.points[at]) is not None and point.articles is not None
        ]
        if not counts:
            return ""
        low, high = min(counts), max(counts)
        return f"{low:,}" if low == high else f"{low:,}–{high:,}"

    def _middle(self, at: int) -> float:
        return self._first + self._slot * (at + 0.5)

    def _x(self, series: int, at: int) -> float:
        """Return where a point stands: series stand beside each other, so that no interval hides another."""
        count = len(self._plot.series)
        step = min(self._style.size * 0.9, self._slot * 0.6 / max(1, count - 1))
        return self._middle(at) + step * (series - (count - 1) / 2)

    def _lay_series(self, at: int, series: Series) -> _Place | None:
        """Lay out lines, intervals and markers; return where the last value is."""
        sheet, style, size, scale = self._sheet, self._style, self._style.size, self._scale
        colour = style.series(at) if len(self._plot.series) > 1 else style.theme.ink
        before: tuple[float, float] | None = None
        end: _Place | None = None
        nowhere: _Place | None = None
        for column, point in enumerate(series.points):
            if point is None or point.value is None:
                before = None
                if point is not None:
                    self._lay_point(at, column, self._undefined)
                    nowhere = _Place(at, self._x(at, column), self._undefined)
                continue
            x, y = self._x(at, column), scale.at(point.value)
            if before is not None:
                sheet.line(before, (x, y), colour, 0.8)
            if point.ends:
                low, high = map(scale.at, point.ends)
                sheet.line((x, low), (x, high), colour, 0.8)
                for cap in (low, high):
                    sheet.line((x - size * 0.25, cap), (x + size * 0.25, cap), colour, 0.8)
            before, end = (x, y), _Place(at, x, y)
        for column, point in enumerate(series.points):
            if point is not None and point.value is not None:
                self._lay_point(at, column, scale.at(point.value))
        # A series without any value is named all the same.
        return end or nowhere

    def _lay_point(self, at: int, column: int, y: float) -> None:
        """Draw a marker and let it be pointed at, with all of its interval."""
        sheet, style, size, plot = self._sheet, self._style, self._style.size, self._plot
        colour = style.series(at) if len(plot.series) > 1 else style.theme.ink
        x, point = self._x(at, column), plot.series[at].points[column]
        sheet.items.append(marker(at, x, y, size * 0.36, colour, style.theme.paper))
        if point is None:
            return
        ends = [self._scale.at(each) for each in point.ends or ()]
        half = size * 0.5
        room = span(x - half, min(y, *ends, y) - half, x + half, max(y, *ends, y) + half)
        sheet.spot(Spot(at, column, room, self._spoken(at, column, point)))

    def _lay_names(self, ends: Sequence[_Place]) -> None:
        """Write the name of each series at its end, marker and all, moved apart where they would overlap."""
        sheet, style, size = self._sheet, self._style, self._style.size
        line = size * 1.25
        ordered = sorted(ends, key=lambda each: each.y)
        places = _apart([each.y for each in ordered], line, self._top)
        for each, y in zip(ordered, places, strict=True):
            colour, x = style.series(each.number), self._right + size * 0.8
            if abs(y - each.y) > 0.5 or each.x < self._right - self._slot:
                sheet.line((each.x + size * 0.4, each.y), (x - size * 0.2, y), style.faint(), 0.5, under=True)
            sheet.items.append(marker(each.number, x + size * 0.3, y, size * 0.36, colour, style.theme.paper))
            name = style.elided(plain(self._plot.series[each.number].name), sheet.right - x - size, size)
            sheet.words(name, x + size, y + style.rise(size))
        sheet.y = max(sheet.y, max(places) + line)

    def _spoken(self, at: int, column: int, point: TimePoint) -> str:
        series, label = self._plot.series[at], self._plot.labels[column]
        articles = (f"articles: {point.articles:,}",) if point.articles is not None else ()
        name = ", ".join(filter(None, (plain(series.name), plain(label))))
        return f"{name}: {point.told(self._plot.interval_name, *articles)}"


def _apart(wished: Sequence[float], least: float, top: float) -> list[float]:
    """Return places near those wished for, which are in order, at least so far apart and none above the top."""
    # Groups that would overlap are spread around their common middle.
    groups: list[list[float]] = []
    for each in wished:
        groups.append([each])
        while len(groups) > 1 and _overlap(groups[-2], groups[-1], least, top):
            last = groups.pop()
            groups[-1] += last
    return [_first(group, least, top) + least * at for group in groups for at in range(len(group))]


def _first(group: Sequence[float], least: float, top: float) -> float:
    return max(top, sum(group) / len(group) - least * (len(group) - 1) / 2)


def _overlap(above: Sequence[float], below: Sequence[float], least: float, top: float) -> bool:
    return _first(below, least, top) < _first(above, least, top) + least * len(above)
