"""Lanes: a pattern for each layer, who coded where several are shown, and what is selected."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from app.domain.patterns import Pattern, pattern_of
from app.ui.reader.lanes import LanesByCoder, Tie
from app.ui.reader.patterns import paint_bar, stroke_of
from tests.builders import ACTOR, BEN, CLAIM, CONCERN, GATES, LABOUR, add

INK, PAPER = QColor("#000000"), QColor("#ffffff")
SHOWN = ("light", "dark", "contrast")


def picture(pattern):
    """A bar of 60 by 3 pixels with room around, as rows of what is painted."""
    image = QImage(60, 9, QImage.Format.Format_RGB32)
    image.fill(PAPER)
    painter = QPainter(image)
    paint_bar(painter, QRectF(0, 3, 60, 3), stroke_of(pattern, INK), pattern)
    painter.end()
    return tuple(tuple(image.pixelColor(x, y) == INK for x in range(60)) for y in range(9))


def runs(row):
    """How often paint begins in a row of pixels."""
    return sum(after and not before for before, after in zip((False, *row), row, strict=False))


def test_every_pattern_differs_from_every_other_without_its_colour(qapp):
    assert len({picture(pattern) for pattern in Pattern}) == len(Pattern)


def test_patterns_are_what_their_names_say(qapp):
    middle = {pattern: picture(pattern)[4] for pattern in Pattern}
    assert all(middle[Pattern.SOLID])
    assert 3 <= runs(middle[Pattern.DASHED]) <= 6
    assert runs(middle[Pattern.DOTTED]) > runs(middle[Pattern.DASHED])
    double = picture(Pattern.DOUBLE)
    assert runs([row[30] for row in double]) == 2, "two lines above each other"
    assert not any(double[4])


def test_layers_get_patterns_in_their_order_and_sub_codes_that_of_their_layer(window):
    codes = window.reading.reader._style.codes
    assert [codes[code].pattern for code in (ACTOR, CLAIM, CONCERN)] == [pattern_of(n) for n in range(3)]
    assert codes[LABOUR].pattern is codes[CONCERN].pattern
    assert len({codes[code].pattern for code in (ACTOR, CLAIM, CONCERN)}) == 3


def lane_row(window, annotation_id, quote):
    """The pixels of an annotation's bar, right of its label, in the middle row of its lane."""
    reader = window.reading.reader
    start = GATES.index(quote)
    place = reader.page.place_of(start)
    laid = reader.page.laid(place.block)
    lanes = zip(laid.ties, place.row.laned.lanes, strict=True)
    lane = next(lane for tie, lane in lanes if tie.annotation_id == annotation_id)
    box, last = reader.box_of(start), reader.box_of(start + len(quote) - 1)
    y = box.top() + place.row.lanes_top - place.row.top + (lane + 0.5) * reader._style.lane
    image = reader.viewport().grab().toImage()
    return [image.pixelColor(x, round(y) - 1) for x in range(round(box.left()) + 70, round(last.right()) - 1)]


@pytest.mark.parametrize("theme", SHOWN)
def test_the_pattern_is_painted_in_the_text_in_every_theme(window, theme):
    quote = "the minister said, “but not before"
    solid = add(window.bridge.project, ACTOR, quote)
    dashed = add(window.bridge.project, CLAIM, quote)
    window.bridge.show_anew()
    window.menus[f"view.theme_{theme}"].trigger()
    style = window.reading.reader._style
    for annotation_id, code, expected in ((solid, ACTOR, {True}), (dashed, CLAIM, {True, False})):
        painted = [pixel == style.codes[code].bar for pixel in lane_row(window, annotation_id, quote)]
        assert set(painted) == expected, code


def test_the_lane_of_what_is_selected_is_filled(window):
    quote = "the minister said, “but not before"
    dashed = add(window.bridge.project, CLAIM, quote)
    window.bridge.show_anew()
    paper = window.reading.reader._style.theme.paper
    assert paper in lane_row(window, dashed, quote)
    window.bridge.select_annotation(dashed)
    assert paper not in lane_row(window, dashed, quote)


def test_where_several_coders_are_shown_labels_say_who_and_lanes_lie_together(window):
    project = window.bridge.project
    quotes = ("We will open the gate", "the gate", "open the gate")
    for quote in quotes:
        add(project, ACTOR, quote)
    ana = project.coder
    project.sign_in(BEN)
    for quote in quotes:
        add(project, CLAIM, quote)
    project.sign_in(ana)
    window.bridge.show_anew()
    reader = window.reading.reader
    assert reader._style.coders == {}, "one coder alone needs no initials"
    window.menus["view.everybody"].trigger()
    assert reader._style.coders == {ana.id: "A", BEN.id: "B"}
    laid = reader.page.laid(0)
    by_coder = {coder: set() for coder in (ana.id, BEN.id)}
    for tie, lane in zip(laid.ties, laid.rows[0].laned.lanes, strict=True):
        by_coder[tie.coder_id].add(lane)
    assert sorted(map(sorted, by_coder.values())) == [[0, 1, 2], [3, 4, 5]]


def test_lanes_by_coder_keep_their_order_and_leave_out_who_has_nothing_on_a_line():
    def tie(start, end, annotation_id, coder):
        return Tie(start, end, annotation_id, ACTOR, coder, begins=True)

    ties = [tie(0, 30, "1", "b"), tie(2, 5, "2", "b"), tie(3, 8, "3", "a"), tie(24, 28, "4", "c")]
    first, second, third = LanesByCoder(("c", "b", "a")).lay(ties, [(0, 10), (10, 20), (20, 30)])
    assert [group.coder_id for group in first.groups] == ["b", "a"]
    assert (list(first.lanes[:3]), first.room) == ([0, 1, 2], 3)
    assert (first.groups[1].first, second.room) == (2, 1)
    assert [group.coder_id for group in third.groups] == ["c", "b"]
    assert (third.lanes[3], third.lanes[0], third.room) == (0, 1, 2)


def test_an_annotation_keeps_its_lane_between_its_fragments():
    ties = [Tie(start, start + 2, "1", ACTOR, "a", begins=True) for start in (0, 25)]
    (_first, between, _last) = LanesByCoder(("a",)).lay(ties, [(0, 10), (10, 20), (20, 30)])
    assert (between.room, list(between.lanes)) == (1, [0, 0])


def test_a_label_shows_who_coded(window):
    annotation_id = add(window.bridge.project, ACTOR, "the minister said")
    window.bridge.show_anew()
    alone = window.reading.reader.viewport().grab().toImage()
    window.menus["view.everybody"].trigger()
    assert window.reading.reader.page.blocks_of(annotation_id) == range(1)
    assert window.reading.reader.viewport().grab().toImage() != alone
