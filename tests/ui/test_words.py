"""The word list in the text: colours, the key that switches them, long articles, hostile expressions."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from app.domain.articles import Draft
from app.domain.words import Matcher
from app.project.commands import ImportArticles
from app.system.settings import WORDS
from app.ui.reader.page import Page
from app.ui.reader.words import code_ground
from app.ui.theme import DARK, LIGHT, contrast
from app.ui.words.dialog import WordsDialog
from app.ui.words.model import HERE
from tests.builders import ARABIC, GATES, HARVEST, term
from tests.ui.colours import LONG, coloured, set_words, shown, wait_for_matcher

CATASTROPHE = "(a+)+$"


def inks_on_screen(window, text, occurrence=0):
    """The colours of all pixels where a text stands."""
    reader = window.reading.reader
    at = -1
    for _time in range(occurrence + 1):
        at = reader.page.text.index(text, at + 1)
    left, right = reader.place_on_screen(at), reader.place_on_screen(at + len(text))
    image = reader.viewport().grab().toImage()
    ratio = image.devicePixelRatio()
    return {
        image.pixelColor(x, y).name()
        for x in range(round(left.x() * ratio) + 1, round(right.x() * ratio) - 1)
        for y in range(round((left.y() - 12) * ratio), round((left.y() + 8) * ratio))
    }


def test_terms_colour_letters_wherever_they_stand(window, qtbot):
    set_words(window, qtbot, term("gate", colour="#D55E00"), term("c\\w+é?", regular=True, colour="#0072B2"))
    red, blue = (ink.name() for ink in window.reading.reader._inks)
    assert abs(QColor(red).hue() - QColor("#D55E00").hue()) < 5
    assert abs(QColor(blue).hue() - QColor("#0072B2").hue()) < 5
    assert coloured(window) == [
        ("gate", red),
        ("called", blue),
        ("camp", blue),
        ("children", blue),
        ("café", blue),
    ]
    window.menus["article.next"].trigger()
    assert coloured(window) == []


def test_only_the_letters_change(window, qtbot):
    before = inks_on_screen(window, "gate")
    other = inks_on_screen(window, "minister")
    place = window.reading.reader.place_on_screen(GATES.index("children"))
    set_words(window, qtbot, term("gate", colour="#D55E00"))
    red = window.reading.reader._inks[0].name()
    ink = LIGHT.ink.name()
    after = inks_on_screen(window, "gate")
    assert ink in before
    assert red not in before
    assert red in after
    assert ink not in after
    assert LIGHT.paper.name() in after, "the background stays"
    assert inks_on_screen(window, "minister") == other
    assert window.reading.reader.place_on_screen(GATES.index("children")) == place


def test_colouring_moves_no_letter(window, qtbot):
    """With all terms in the colour of ink, the picture is the same to the pixel."""
    window.bridge.open_article(window.bridge.project.articles()[2].id)
    reader = window.reading.reader
    reader.clearFocus()
    before = reader.viewport().grab().toImage()
    set_words(window, qtbot, term("مساعد", whole_words=False), term("وضع", whole_words=False))
    assert len(coloured(window)) == 2
    reader.set_words(window.reading._words.matcher, [LIGHT.ink, LIGHT.ink])
    assert reader.viewport().grab().toImage() == before


def test_the_first_of_the_list_wins(window, qtbot):
    gate, phrase = term("gate", colour="#111111"), term("the gate", colour="#222222")
    set_words(window, qtbot, gate, phrase)
    assert coloured(window) == [("the ", "#222222"), ("gate", "#111111")]
    set_words(window, qtbot, phrase, gate)
    assert coloured(window) == [("the gate", "#222222")]


def test_one_key_switches_all_colours_off_and_on_and_is_remembered(
    window, qtbot, settings, make_window, study
):
    set_words(window, qtbot, term("gate"))
    action = window.menus["view.words_coloured"]
    assert action.isChecked()
    qtbot.keyClick(
        window.reading.reader,
        Qt.Key.Key_W,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert not action.isChecked()
    assert settings.text(WORDS) == "plain"
    wait_for_matcher(window, qtbot, there=False)
    assert coloured(window) == []
    other = make_window()
    assert not other.menus["view.words_coloured"].isChecked()
    action.trigger()
    wait_for_matcher(window, qtbot)
    assert len(coloured(window)) == 1


def test_undo_takes_the_colours_back(window, qtbot):
    set_words(window, qtbot, term("gate"))
    window.menus["step.undo"].trigger()
    wait_for_matcher(window, qtbot, there=False)
    assert coloured(window) == []
    window.menus["step.redo"].trigger()
    wait_for_matcher(window, qtbot)
    assert len(coloured(window)) == 1


@pytest.mark.parametrize("colour", ["#FFFF00", "#000000", "#0072B2", "#FFFFFF"])
def test_letters_can_be_read_in_light_and_dark(window, qtbot, colour):
    set_words(window, qtbot, term("gate", colour=colour))
    for theme in (LIGHT, DARK):
        window.reading.set_theme(theme)
        ((_word, ink),) = coloured(window)
        assert contrast(QColor(ink), theme.paper) >= 4.5
        style = window.reading.reader._style
        assert style.theme is theme
        for look in style.codes.values():
            assert contrast(QColor(ink), code_ground(look, style)) >= 4.5


def test_coding_stores_nothing_of_it(window, qtbot):
    set_words(window, qtbot, term("gate"))
    at = GATES.index("gate")
    window.reading.reader.select_range(at, at + 4)
    window.bridge.apply_code(window.bridge.project.codebook().codes[0].id)
    fragment = window.bridge.project.annotation(window.bridge.annotation).fragments[0]
    assert fragment.quote == "gate"
    assert len(coloured(window)) == 1


def test_a_project_without_words_needs_no_thread(window):
    assert window.reading._words.matcher is None
    assert window.reading._words._worker is None


def test_colours_leave_with_their_project(window, qtbot):
    set_words(window, qtbot, term("gate"))
    window.menus["project.close"].trigger()
    wait_for_matcher(window, qtbot, there=False)


def test_a_long_article_is_searched_only_where_it_is_seen(window, qtbot):
    assert len(LONG) >= 300_000
    terms = (term("aid"), term("minister"), *(term(f"word{number}") for number in range(48)))
    window.bridge.apply(ImportArticles(drafts=(Draft(text=LONG),)))
    set_words(window, qtbot, *terms)
    window.bridge.open_article(window.bridge.project.articles()[-1].id)
    reader = window.reading.reader
    reader.viewport().grab()
    searched = [laid for laid in reader.page._laid.values() if laid.hits is not None]
    assert 0 < len(searched) < 40
    assert all(len(laid.hits) == 16 for laid in searched)
    hits = [id(laid.hits) for laid in searched]
    reader.viewport().grab()
    assert [id(laid.hits) for laid in searched] == hits, "kept, not looked for again"
    dialog = WordsDialog(window.bridge, LIGHT, window.bridge.project.path.parent, window)
    qtbot.waitUntil(lambda: shown(dialog, 0, HERE) == "6,400", timeout=20_000)
    assert shown(dialog, 2, HERE) == "0"
    dialog.reject()
    dialog.deleteLater()


def test_an_expression_that_never_ends_does_not_stop_the_window(window, qtbot):
    window.bridge.apply(ImportArticles(drafts=(Draft(text="a" * 3_000 + "! gate"),)))
    bad = term(CATASTROPHE, regular=True, whole_words=False)
    set_words(window, qtbot, bad, term("gate"))
    window.bridge.open_article(window.bridge.project.articles()[-1].id)
    assert [word for word, _ink in coloured(window)] == ["gate"]
    dialog = WordsDialog(window.bridge, LIGHT, window.bridge.project.path.parent, window)
    qtbot.waitUntil(lambda: shown(dialog, 1, HERE) == "1", timeout=20_000)
    assert shown(dialog, 0, HERE) == "takes too long"
    dialog.reject()
    dialog.deleteLater()


def test_hits_in_a_page_are_where_the_text_says(qapp, window, qtbot):
    matcher = Matcher([term("😀", whole_words=False), term("وضع", whole_words=False), term("harvest")])
    for text in (ARABIC, HARVEST, "a 😀 b\n😀😀 harvest"):
        page = Page(text, window.reading.reader._style, 300.0)
        page.set_matcher(matcher)
        found = [
            text[page.blocks.to_offset(index, hit.start) : page.blocks.to_offset(index, hit.end)]
            for index in range(len(page.blocks))
            for hit in page.hits(index)
        ]
        assert sorted(found) == sorted(
            word for word in ("😀", "وضع", "harvest") for _time in range(text.count(word))
        )
