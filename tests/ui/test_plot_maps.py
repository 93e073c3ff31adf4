"""Heat maps and courses over time: cells, colours, points and names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from PySide6.QtCore import QRectF

from app.ui.plots.drawing import Disc, Words
from app.ui.plots.heat import HeatCell, HeatMap, pairwise, shade, words_on
from app.ui.plots.markers import marker
from app.ui.plots.over_time import OverTime, Series, TimePoint
from app.ui.plots.style import PAPER, paper_style
from app.ui.theme import contrast
from tests.plots import (
    ARABIC,
    COLUMN,
    EVERY_THEME,
    GERMAN,
    PAGE,
    codes,
    course,
    lines,
    near,
    on_paper,
    pairs,
    shapes,
    share,
    texts,
    words,
)


@pytest.fixture(autouse=True)
def _typefaces(qapp):
    """Words have no length before there is an application."""


def test_a_heat_map_below_the_diagonal_has_each_pair_once():
    drawing = on_paper(pairs())
    assert [(each.row, each.column) for each in drawing.spots] == [
        (1, 0),
        (2, 0),
        (2, 1),
        (3, 0),
        (3, 1),
        (3, 2),
    ]
    said = texts(drawing)
    for each in (".81", ".40", "−.05", ".62", ".97", "n/a"):
        assert said.count(each) == 1
    assert "n/a: no article in common." in said
    assert "Chloé – Ben: n/a, no article in common" in drawing.spoken
    whole = on_paper(pairs(lower=False))
    assert len(whole.spots) == 12 and texts(whole).count(".81") == 2


def test_cells_stand_in_rows_and_columns_under_their_names():
    drawing = on_paper(pairs(lower=False))
    cells = {(each.row, each.column): each.room for each in drawing.spots}
    assert near(cells[0, 1].top(), cells[0, 3].top()) and near(cells[0, 1].left(), cells[2, 1].left())
    assert near(cells[0, 1].left() + cells[0, 1].width(), cells[0, 2].left())
    room = cells[1, 0]
    number_ = next(each for each in words(drawing) if each.text == ".81" and room.contains(each.x, each.y))
    assert near(number_.x, room.center().x())


@EVERY_THEME
@given(share_=st.floats(0, 1))
def test_the_number_in_a_cell_of_any_colour_can_be_read(theme, share_):
    fill = shade(share_, dark=theme.dark)
    assert contrast(words_on(fill), fill) >= 4.5


@pytest.mark.parametrize("dark", [False, True])
def test_the_colours_of_cells_go_one_way_in_grey(dark):
    lights = [contrast(shade(at / 50, dark=dark), PAPER.paper) for at in range(51)]
    assert lights == sorted(lights, reverse=dark)
    assert max(lights) / min(lights) > 8, "far enough apart to be told"


def test_twenty_coders_fit_a_column_of_a_journal():
    names = [f"Coder {at}" for at in range(20)]
    values = [[None if a == b else ((a * b) % 20) / 10 - 0.9 for b in range(20)] for a in range(20)]
    plot = pairwise("", names, values, lower=False)
    drawing, style = on_paper(plot, COLUMN), paper_style(COLUMN)
    assert COLUMN / drawing.width > 0.75, "drawn hardly smaller"
    room = {(each.row, each.column): each.room for each in drawing.spots}
    assert len(room) == 380
    for each in words(drawing):
        inside = [cell for cell in room.values() if not each.turned and cell.contains(each.x, each.y)]
        assert all(style.length(each.text, each.size) <= cell.width() for cell in inside), each.text


def test_a_confusion_matrix_tells_counts_and_shares_of_its_rows():
    drawing = on_paper(codes())
    said = texts(drawing)
    for each in ("4,120", "99 %", "1 %", "2,050", "93 %", "117", "Ana", "Ben", "Share of the row"):
        assert each in said, each
    assert f"Actor – {GERMAN}: 55 characters, 1.3 % of the row" in drawing.spoken
    assert f"{ARABIC} – {ARABIC}: 0 characters" in drawing.spoken, "a row with nothing in it has no shares"


def test_a_course_draws_each_series_with_shape_colour_and_name():
    drawing = on_paper(course())
    said = texts(drawing)
    for each in (
        "Ana",
        ARABIC,
        "Training",
        "n = 10",
        "n = 3–12",
        "n = 8",
        "Alpha",
        "Batch",
        "n/a",
        ".667",
        ".800",
    ):
        assert each in said, each
    discs = [each for each in drawing.items if isinstance(each, Disc)]
    assert len(discs) == 4, "three points and the name"
    assert len({each.fill.name() for each in discs}) == 1
    assert discs[0].fill.name() not in {each.fill.name() for each in shapes(drawing)}
    name = next(each for each in words(drawing) if each.text == "Ana")
    assert name.x > max(each.x for each in discs)


def test_points_of_a_course_stand_where_the_axis_says_and_undefined_ones_below_it():
    drawing = on_paper(course())
    zero, one = (next(each.y for each in words(drawing) if each.text == text) for text in ("0", "1"))
    # Words of ticks stand as far below their ticks as any.
    tick = next(each for each in lines(drawing) if each.x2 > each.x1 and not each.dashed)
    below = zero - max(
        each.y1 for each in lines(drawing) if each.x1 == tick.x1 and each.y1 == each.y2 and each.y1 < zero
    )
    heights = [share(each.y, zero - below, one - below) for each in drawing.items if isinstance(each, Disc)]
    assert heights[:3] == pytest.approx([0.5, 0.75, 1.0])
    undefined = next(each for each in drawing.spots if "n/a" in each.words)
    assert undefined.room.center().y() > zero - below
    assert undefined.words == f"{ARABIC}, Batch 1: n/a, nobody marked anything; articles: 3"


def test_names_of_series_that_end_together_are_moved_apart():
    names = [f"Coder {at}" for at in range(8)]
    series = [Series(name=each, points=(TimePoint(value=0.99),)) for each in names]
    drawing = on_paper(OverTime(title="", labels=("one",), series=series), COLUMN)
    levels = sorted(each.y for each in words(drawing) if each.text in names)
    assert len(levels) == 8
    assert min(b - a for a, b in zip(levels, levels[1:], strict=False)) >= paper_style(COLUMN).size


def test_sixteen_series_differ_in_more_than_colour():
    white, black = PAPER.paper, PAPER.ink
    drawn = [marker(at, 0, 0, 3, black, white) for at in range(16)]
    assert len({str(each._replace(width=0)) for each in drawn}) == 16


def test_many_labels_are_written_upwards_and_thinned_out():
    labels = tuple(f"2026-{at:03}" for at in range(200))
    points = tuple(TimePoint(value=0.5, articles=3) for _each in labels)
    drawing = on_paper(OverTime(title="", labels=labels, series=[Series(name="x", points=points)]))
    turned = [each for each in words(drawing) if each.turned]
    assert turned[0].text == "2026-000, n = 3"
    gaps = [b.x - a.x for a, b in zip(turned, turned[1:], strict=False)]
    assert min(gaps) >= paper_style(PAGE).size
    assert len(drawing.spots) == 200, "all can be pointed at"


def test_cells_and_points_must_be_as_many_as_names():
    with pytest.raises(ValidationError, match="as many cells"):
        HeatMap(title="", rows=("a",), columns=("b", "c"), cells=((HeatCell(),),))
    with pytest.raises(ValidationError, match="as many points"):
        OverTime(title="", labels=("a",), series=(Series(name="x", points=()),))


VALUES = st.none() | st.floats(-1, 1)


def stays_on_its_page(drawing):
    inside = QRectF(-0.5, -0.5, drawing.width + 1, drawing.height + 1)
    places = [(each.x, each.y) for each in drawing.items if isinstance(each, Words | Disc)]
    places += [corner for each in shapes(drawing) for corner in each.corners]
    places += [end for each in lines(drawing) for end in ((each.x1, each.y1), (each.x2, each.y2))]
    return all(inside.contains(x, y) for x, y in places)


@given(
    values=st.lists(VALUES, min_size=6, max_size=6),
    names=st.lists(st.text(max_size=40), min_size=4, max_size=4),
)
def test_any_pairs_make_a_plot_that_stays_on_its_page(values, names):
    numbers = iter(values)
    below = [[next(numbers) for _column in range(row)] for row in range(4)]
    table = [[None if a == b else below[max(a, b)][min(a, b)] for b in range(4)] for a in range(4)]
    for lower in (True, False):
        drawing = on_paper(pairwise("T", names, table, lower=lower), COLUMN)
        assert stays_on_its_page(drawing)
        assert len(drawing.spots) == (6 if lower else 12)
        assert sum("n/a" in each.words for each in drawing.spots) >= values.count(None)


@given(rows=st.lists(st.lists(VALUES, min_size=3, max_size=3), min_size=1, max_size=12), banded=st.booleans())
def test_any_points_make_a_plot_that_stays_on_its_page(rows, banded):
    series = [
        Series(name=f"Coder {at}", points=tuple(TimePoint(value=each, reason="why") for each in values))
        for at, values in enumerate(rows)
    ]
    drawing = on_paper(OverTime(title="T", labels=("a", "b", "c"), series=series, banded=banded), COLUMN)
    assert stays_on_its_page(drawing)
    assert len(drawing.spots) == 3 * len(rows)
    assert len(rows) == 1 or {each.name for each in series} <= set(texts(drawing))
