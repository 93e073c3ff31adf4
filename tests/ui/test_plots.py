"""Plots for papers: what stands in them, where it stands, and that it can be read on every ground."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from PySide6.QtGui import QFont

from app.project.agreement_words import number
from app.ui.plots.drawing import Anchor, Disc, Line, Shape, Words
from app.ui.plots.forest import ForestPlot, sorted_rows
from app.ui.plots.heat import HeatMap, pairwise
from app.ui.plots.measured import Measured
from app.ui.plots.over_time import OverTime, Series
from app.ui.plots.scale import Scale, bounds, tick_words
from app.ui.plots.style import paper_style, plain, screen_style
from app.ui.theme import contrast
from tests.plots import (
    ARABIC,
    CAPTION,
    CHINESE,
    COLUMN,
    EVERY_PLOT,
    EVERY_THEME,
    GERMAN,
    NOTHING,
    PAGE,
    forest,
    lines,
    middle,
    near,
    on_paper,
    row,
    shapes,
    share,
    texts,
    words,
)

COEFFICIENTS = st.floats(-1, 1)


@pytest.fixture(autouse=True)
def _typefaces(qapp):
    """Words have no length before there is an application."""


def place(drawing, text):
    return next((each.x, each.y) for each in words(drawing) if each.text == text)


def squares(drawing):
    """The middles of what spots the values of a forest plot."""
    return [middle(each) for each in shapes(drawing)]


@EVERY_PLOT
@pytest.mark.parametrize("width", [COLUMN, PAGE], ids=["column", "page"])
def test_title_caption_and_axis_stand_in_every_plot_and_nothing_leaves_the_page(plot, width):
    drawing = on_paper(plot, width)
    said = " ".join(texts(drawing))
    assert plot.title in said
    assert " ".join(plot.caption.split()) in said
    style = paper_style(width)
    for each in words(drawing):
        length = style.length(each.text, each.size, bold=each.bold)
        before = {Anchor.START: 0, Anchor.MIDDLE: length / 2, Anchor.END: length}[each.anchor]
        if each.turned:
            assert each.y - (length - before) >= -0.5, each.text
            assert each.y + before <= drawing.height + 0.5, each.text
        else:
            assert each.x - before >= -0.5, each.text
            assert each.x - before + length <= drawing.width + 0.5, each.text
            assert 0 <= each.y <= drawing.height, each.text


def test_a_forest_plot_says_every_number_as_papers_do():
    said = texts(on_paper(forest(), PAGE))
    for each in (".823", "[.761, .880]", "412", GERMAN, ARABIC, CHINESE, "Claim", "1,031", "n/a", NOTHING):
        assert each in said
    assert "Units" in said and "Value" in said and "95 % interval" in said and "Agreement" in said


def test_squares_and_whiskers_stand_where_the_axis_says():
    drawing = on_paper(forest(), PAGE)
    zero, one = place(drawing, "0")[0], place(drawing, "1")[0]
    marked = [share(x, zero, one) for x, _y in squares(drawing)]
    assert marked == pytest.approx([0.823, 0.5, 0.91])
    level = squares(drawing)[1][1]
    whisker = next(each for each in lines(drawing) if each.y1 == each.y2 and near(each.y1, level))
    assert [share(x, zero, one) for x in (whisker.x1, whisker.x2)] == pytest.approx([0.25, 0.75])
    assert near(place(drawing, CHINESE)[1], place(drawing, ".500")[1]), "a row is one line"
    assert place(drawing, CHINESE)[1] - level < 5


def test_the_bands_are_drawn_only_along_measures_of_the_alpha_type():
    drawing = on_paper(forest(), PAGE)
    zero, one = place(drawing, "0")[0], place(drawing, "1")[0]
    dashed = [each for each in lines(drawing) if each.dashed]
    assert sorted(share(each.x1, zero, one) for each in dashed) == pytest.approx([0.667, 0.8])
    levels = dict(zip(("german", "chinese", "claim"), (y for _x, y in squares(drawing)), strict=True))
    undefined = place(drawing, NOTHING)[1]
    for each in dashed:
        assert each.y1 < levels["german"] < levels["chinese"] < each.y2 < undefined < levels["claim"]
    assert {".667", ".800"} <= set(texts(drawing))
    without = forest(rows=[each.model_copy(update={"banded": False}) for each in forest().rows])
    assert not {".667", ".800"} & set(texts(on_paper(without, PAGE)))
    assert not [each for each in lines(on_paper(without, PAGE)) if each.dashed]


def test_the_names_of_the_bands_do_not_overlap_on_a_narrow_page():
    drawing = on_paper(forest(), COLUMN)
    low, high = (next(each for each in words(drawing) if each.text == name) for name in (".667", ".800"))
    assert low.anchor is Anchor.END and high.anchor is Anchor.START
    assert low.x < high.x


@pytest.mark.parametrize(
    ("lowest", "axis"), [(0.4, 0.0), (0.0, 0.0), (-0.05, -0.1), (-0.3, -0.3), (-1.0, -1.0), (-1.01, -1.1)]
)
def test_an_axis_goes_from_zero_or_the_lowest_value_to_one(lowest, axis):
    assert bounds([lowest, 0.9, None]) == (pytest.approx(axis), 1.0)
    assert bounds([]) == (0.0, 1.0)
    assert bounds([1.0000000002]) == (0.0, 1.0), "a rounded sum"


def test_a_line_at_zero_is_there_where_values_lie_on_both_sides():
    plot = ForestPlot(title="", rows=[row("a", -0.25, -0.5, 0.1), row("b", 0.5)])
    drawing = on_paper(plot)
    zero = place(drawing, "0")[0]
    assert [
        each
        for each in lines(drawing)
        if near(each.x1, zero) and near(each.x2, zero) and each.y2 - each.y1 > 20
    ]
    assert place(drawing, "−.250")


def test_sixty_rows_make_a_page_as_tall_as_they_need():
    some, many = (
        ForestPlot(title="", rows=[row(f"Code {at}", at / 60) for at in range(count)]) for count in (10, 60)
    )
    first, second = on_paper(some), on_paper(many)
    a_row = (second.height - first.height) / 50
    assert a_row == pytest.approx(paper_style(PAGE).size * 1.75)
    levels = sorted(y for _x, y in squares(second))
    assert all(b - a == pytest.approx(a_row) for a, b in zip(levels, levels[1:], strict=False))
    assert len(second.spots) == 60


def test_labels_lose_their_middle_only_beyond_a_third_of_the_width():
    long = "Forced labour and the working conditions of seasonal workers in the harvest"
    fits = "Forced labour and working"
    drawing = on_paper(ForestPlot(title="", rows=[row(long, 0.5), row(fits, 0.6)]), PAGE)
    assert fits in texts(drawing)
    assert long not in texts(drawing)
    [short] = [each for each in texts(drawing) if each.startswith("Forced labour") and "…" in each]
    assert short.endswith("harvest")
    assert paper_style(PAGE).length(short, paper_style(PAGE).size) <= PAGE / 3
    assert long in drawing.spoken, "nothing is lost to whoever points at it"


def test_rows_are_sorted_by_value_within_their_groups():
    rows = (
        row("Alpha"),
        row("a", 0.2, group=1),
        row("b", None, group=1, reason="why"),
        row("c", 0.9, group=1),
        row("c.1", 0.1, group=2),
        row("c.2", 0.3, group=2),
        row("F1"),
        row("d", -0.5, group=0),
        row("e", 0.7, group=0),
    )
    assert [each.label for each in sorted_rows(rows)] == [
        "Alpha",
        "c",
        "c.2",
        "c.1",
        "a",
        "b",
        "F1",
        "e",
        "d",
    ]
    labels = [
        each.words.split(":")[0] for each in on_paper(ForestPlot(title="", rows=rows, by_value=True)).spots
    ]
    assert labels == ["c", "c.2", "c.1", "a", "b", "e", "d"]
    assert [each.words[0] for each in on_paper(ForestPlot(title="", rows=rows)).spots] == list("abcccde")


def test_measures_have_a_column_where_there_are_several():
    rows = [row("a", 0.5, measure="alpha"), row("b", 0.6, measure="kappa")]
    assert {"Measure", "alpha", "kappa"} <= set(texts(on_paper(ForestPlot(title="", rows=rows))))
    assert "Measure" not in texts(on_paper(ForestPlot(title="", rows=rows[:1])))


def test_all_undefined_is_a_plot_of_reasons():
    plot = ForestPlot(title="", rows=[row(f"r{at}", reason="nobody marked anything") for at in range(3)])
    said = texts(on_paper(plot))
    assert said.count("n/a") == 3
    assert said.count("nobody marked anything") == 3
    assert squares(on_paper(plot)) == []


@pytest.mark.parametrize(
    "plot",
    [
        ForestPlot(title="T", empty="Nobody has coded yet."),
        ForestPlot(title="T", empty="Nobody has coded yet.", rows=[row("only a heading")]),
        HeatMap(title="T", empty="Nobody has coded yet."),
        pairwise("T", ["Ana"], [[None]]).model_copy(update={"empty": "Nobody has coded yet."}),
        OverTime(title="T", empty="Nobody has coded yet."),
        OverTime(
            title="T", labels=("a",), series=[Series(name="x", points=(None,))], empty="Nobody has coded yet."
        ),
    ],
)
def test_a_sentence_stands_in_place_of_a_plot_without_data(plot):
    drawing = on_paper(plot)
    assert texts(drawing) == ["T", "Nobody has coded yet."]
    assert drawing.spots == ()
    assert drawing.spoken == "Nobody has coded yet."


@EVERY_PLOT
@EVERY_THEME
def test_every_plot_can_be_read_in_every_theme(plot, theme):
    style = screen_style(theme, QFont())
    drawing = plot.draw(600, style)
    least = 7 if theme.strong else 4.5
    grounds = [each for each in drawing.items if isinstance(each, Shape)] if isinstance(plot, HeatMap) else []
    for each in words(drawing):
        under = [shape.fill for shape in grounds if _covers(shape, each)]
        ground = under[-1] if under else theme.paper
        assert contrast(each.colour, ground) >= (4.5 if under else least), each.text
    if not grounds:
        for each in drawing.items:
            if isinstance(each, Shape | Disc):
                assert contrast(each.edge or each.fill, theme.paper) >= 3


def _covers(shape, each):
    across, down = zip(*shape.corners, strict=True)
    return min(across) <= each.x <= max(across) and min(down) <= each.y <= max(down)


@pytest.mark.parametrize(
    ("value", "words_"),
    [
        (0.8234, ".823"),
        (1, "1.000"),
        (-0.05, "−.050"),
        (-0.0001, ".000"),
        (0, ".000"),
        (-1, "−1.000"),
        (0.9996, "1.000"),
    ],
)
def test_coefficients_are_written_without_a_zero_before_the_point(value, words_):
    assert number(value) == words_


def test_ticks_are_round_and_far_enough_apart():
    assert [tick_words(each) for each in Scale(0, 1, 0, 100).ticks(15)] == ["0", ".2", ".4", ".6", ".8", "1"]
    assert [tick_words(each) for each in Scale(-0.4, 1, 0, 60).ticks(20)] == ["0", ".5", "1"]
    assert len(Scale(0, 5e6, 0, 100).ticks(15)) < 8


@given(low=COEFFICIENTS, value=COEFFICIENTS)
def test_any_value_stands_on_its_axis_at_its_share(low, value):
    start, end = bounds([low, value])
    scale = Scale(start, end, 100, 300)
    assert 100 - 1e-6 <= scale.at(value) <= 300 + 1e-6
    assert scale.at(value) == pytest.approx(100 + 200 * (value - start) / (end - start))
    places = [scale.at(each) for each in scale.ticks(15)]
    assert places and all(100 - 1e-6 <= each <= 300 + 1e-6 for each in places)


ROWS = st.lists(
    st.tuples(
        st.text(max_size=30), st.none() | COEFFICIENTS, st.tuples(COEFFICIENTS, COEFFICIENTS), st.booleans()
    ),
    max_size=12,
)


@given(rows=ROWS, width=st.floats(50, 900), by_value=st.booleans())
def test_any_rows_make_a_plot_that_stays_on_its_page(rows, width, by_value):
    made = [
        row(label, value, min(ends), max(ends), key="k", banded=banded, reason="none", units=label)
        for label, value, ends, banded in rows
    ]
    drawing = on_paper(ForestPlot(title="T", rows=made, by_value=by_value), width)
    assert len(drawing.spots) == len(rows)
    for each in drawing.items:
        if isinstance(each, Line):
            assert min(each.x1, each.x2) >= -0.5 and max(each.x1, each.x2) <= drawing.width + 0.5
        elif isinstance(each, Shape):
            assert all(-0.5 <= x <= drawing.width + 0.5 and 0 <= y <= drawing.height for x, y in each.corners)
        elif isinstance(each, Words):
            assert 0 <= each.y <= drawing.height
            assert each.text == plain(each.text)


@pytest.mark.parametrize(
    "ends", [{"low": 0.1}, {"high": 0.1}, {"low": 0.5, "high": 0.4}, {"value": float("nan")}]
)
def test_an_interval_that_is_none_is_refused(ends):
    with pytest.raises(ValidationError):
        Measured(**{"value": 0.3, **ends})


def test_the_caption_is_wrapped_and_not_cut():
    long = " ".join(f"{CAPTION}" for _each in range(6))
    drawing = on_paper(forest(caption=long), COLUMN)
    left, small = paper_style(COLUMN).margin, paper_style(COLUMN).small
    written = [each.text for each in words(drawing) if each.size == small and each.x == left]
    assert " ".join(written).endswith(long)
