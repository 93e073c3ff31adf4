"""Plots as papers show them, and what tests look for in their drawings."""

from math import isclose

import pytest

from app.ui.plots.drawing import Disc, Line, Shape, Words
from app.ui.plots.forest import ForestPlot, ForestRow
from app.ui.plots.heat import confusion, pairwise
from app.ui.plots.over_time import OverTime, Series, TimePoint
from app.ui.plots.style import PAPER, POINTS, paper_style
from app.ui.theme import DARK, LIGHT, STRONG_DARK, STRONG_LIGHT

CAPTION = "Krippendorff’s alpha for nominal data; 2,000 rounds, seed 1."
ARABIC, CHINESE, GERMAN = "العمل القسري", "强迫劳动", "Zwangsräumung & Straßen"
NOTHING = "nothing varies: all values are the same"
NAMES = ("Ana", "Ben", "Chloé", "李明")
PAGE = 170 * POINTS
COLUMN = 90 * POINTS


def row(label, value=None, low=None, high=None, **more):
    return ForestRow(key=more.pop("key", label), label=label, value=value, low=low, high=high, **more)


def forest(**more):
    rows = (
        row("Krippendorff’s alpha"),
        row(GERMAN, 0.823, 0.761, 0.88, group=1, units="412", banded=True),
        row(CHINESE, 0.5, 0.25, 0.75, group=1, units="205", banded=True),
        row(ARABIC, None, group=1, units="12", banded=True, reason=NOTHING),
        row("F1"),
        row("Claim", 0.91, 0.88, 0.94, group=1, units="1,031"),
    )
    return ForestPlot(**{"title": "Agreement by code", "caption": CAPTION, "rows": rows, **more})


def pairs(**more):
    values = (
        (None, 0.812, 0.4, -0.05),
        (0.812, None, None, 0.62),
        (0.4, None, None, 0.97),
        (-0.05, 0.62, 0.97, None),
    )
    return pairwise("Pairs of coders", NAMES, values, caption=CAPTION, **more)


def codes():
    names = ("Actor", GERMAN, ARABIC)
    counts = ((4120, 55, 0), (33, 2050, 117), (0, 0, 0))
    axes = {"row_axis": "Ana", "column_axis": "Ben"}
    return confusion("Codes of Ana and Ben", names, names, counts, caption=CAPTION, unit="characters", **axes)


def course(**more):
    ana = (
        TimePoint(value=0.5, low=0.4, high=0.6, articles=10),
        TimePoint(value=0.75, low=0.7, high=0.8, articles=12),
        TimePoint(value=1, low=0.9, high=1, articles=8),
    )
    ben = (TimePoint(value=0.25, articles=10), TimePoint(reason="nobody marked anything", articles=3), None)
    given = {
        "title": "Each coder against the others",
        "caption": CAPTION,
        "labels": ("Training", "Batch 1", GERMAN),
        "series": (Series(name="Ana", points=ana), Series(name=ARABIC, points=ben)),
        "axis": "Alpha",
        "time_axis": "Batch",
        "banded": True,
    }
    return OverTime(**{**given, **more})


THEMES = {"light": LIGHT, "dark": DARK, "strong": STRONG_LIGHT, "strong dark": STRONG_DARK, "paper": PAPER}
EVERY_THEME = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
EVERY = {"forest": forest(), "pairs": pairs(), "confusion": codes(), "course": course()}
EVERY_PLOT = pytest.mark.parametrize("plot", EVERY.values(), ids=EVERY)


def on_paper(plot, width=PAGE):
    style = paper_style(width)
    return plot.draw(max(width, plot.least_width(style)), style)


def words(drawing):
    return [each for each in drawing.items if isinstance(each, Words)]


def texts(drawing):
    return [each.text for each in words(drawing)]


def lines(drawing):
    return [each for each in drawing.items if isinstance(each, Line)]


def share(at, zero, one):
    """How far along an axis something stands, where 0 and 1 of the axis are."""
    return (at - zero) / (one - zero)


def shapes(drawing):
    return [each for each in drawing.items if isinstance(each, Shape)]


def middle(item):
    if isinstance(item, Disc):
        return item.x, item.y
    across, down = zip(*item.corners, strict=True)
    return (min(across) + max(across)) / 2, (min(down) + max(down)) / 2


def near(one, other):
    return isclose(one, other, abs_tol=0.01)
