"""Choosing codes, articles and commands by name."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QMessageBox, QTableView

from app.domain.articles import Draft
from app.project.commands import ImportArticles, ReplaceCodebook
from app.ui.palette.model import CHOICE_ROLE, Choice, Offer, PaletteModel
from app.ui.palette.popup import Palette
from tests.builders import ACTOR, BEN, CLAIM, GATES, LABOUR, add

CODES, ARTICLES, COMMANDS = "annotation.code", "article.go_to", "help.commands"


@pytest.fixture
def summon(window, qtbot):
    """Opens the palette with an action; returns the palette and its field once that has the keyboard."""

    def open_with(action_id):
        window.menus[action_id].trigger()
        palette = window.findChild(Palette)
        field = palette.findChild(QLineEdit, "palette-field")
        qtbot.waitUntil(field.hasFocus)
        return palette, field

    return open_with


def names(palette):
    model = palette.findChild(object, "palette-list").model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def select(window, quote):
    start = GATES.index(quote)
    window.reading.reader.select_range(start, start + len(quote))


def test_beginnings_of_a_code_and_enter_code_the_selected_text(window, qtbot, summon):
    select(window, "the minister")
    palette, field = summon(CODES)
    assert field.placeholderText() == "Code “the minister”"
    assert names(palette) == ["Actor", "Claim", "Concern", "forced labour"]
    qtbot.keyClicks(field, "FL")
    assert names(palette) == ["forced labour"]
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert window.reading.reader.hasFocus()
    annotation = window.bridge.project.annotation(window.bridge.annotation)
    assert annotation.code_id == LABOUR
    assert [fragment.quote for fragment in annotation.fragments] == ["the minister"]


def test_with_an_annotation_and_no_text_the_code_is_changed(window, qtbot, summon):
    made = add(window.bridge.project, ACTOR, "the minister")
    window.bridge.show_anew()
    window.bridge.select_annotation(made)
    _palette, field = summon(CODES)
    assert field.placeholderText() == "Change the code of “the minister”"
    qtbot.keyClicks(field, "cl")
    qtbot.keyClick(field, Qt.Key.Key_Enter)
    assert window.bridge.project.annotation(made).code_id == CLAIM
    assert window.bridge.project.undoable() == "Change to Claim: “the minister”"
    (passage,) = window.reading.reader.page.passages_at(GATES.index("the minister"))
    assert passage.code_id == CLAIM, "seen at once"


def test_another_coders_annotation_keeps_its_code(window, qtbot, summon):
    made = add(window.bridge.project, ACTOR, "the minister")
    window.bridge.project.sign_in(BEN)
    window.bridge.select_annotation(made)
    _palette, field = summon(CODES)
    qtbot.keyClicks(field, "cl")
    with qtbot.waitSignal(window.bridge.refused) as refused:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert "another coder's" in refused.args[0]
    assert window.bridge.project.annotation(made).code_id == ACTOR


def test_with_nothing_selected_it_says_so_and_does_not_open(window, qtbot):
    with qtbot.waitSignal(window.bridge.refused) as refused:
        window.menus[CODES].trigger()
    assert refused.args == ["Select some text or an annotation first, then choose a code."]
    assert window.findChild(Palette) is None


def test_what_was_used_last_stands_first_while_nothing_is_typed(window, summon):
    for quote, code in (("the minister", ACTOR), ("the gate", CLAIM)):
        select(window, quote)
        window.bridge.apply_code(code)
    select(window, "Aid groups")
    palette, _field = summon(CODES)
    assert names(palette) == ["Claim", "Actor", "Concern", "forced labour"]


def test_esc_and_losing_the_keyboard_close_it_and_change_nothing(window, qtbot, summon):
    select(window, "the minister")
    palette, field = summon(CODES)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert window.reading.reader.hasFocus()
    assert window.bridge.spans, "Esc closed the palette and nothing else"
    palette, field = summon(CODES)
    window.menus["article.filter"].trigger()
    qtbot.waitUntil(lambda: not palette.isVisible())
    assert window.findChild(QLineEdit, "article-filter").hasFocus()
    palette, field = summon(CODES)
    qtbot.mouseClick(window.menus.toolbar, Qt.MouseButton.LeftButton, pos=QPoint(300, 8))
    assert not palette.isVisible()
    palette, field = summon(CODES)
    window.resize(window.width() - 40, window.height())
    qtbot.waitUntil(lambda: not palette.isVisible())
    assert window.bridge.project.annotation_counts() == {}


def test_keys_move_in_the_list_and_shortcuts_of_the_window_rest(window, qtbot, summon):
    palette, field = summon(ARTICLES)
    view = palette.findChild(object, "palette-list")
    seen = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageUp):
        qtbot.keyClick(field, key)
        seen.append(view.currentIndex().row())
    assert seen == [1, 2, 2, 1, 0]
    qtbot.keyClicks(field, "?")
    assert palette.isVisible()
    assert palette.findChild(object, "empty").text() == "Nothing matches “?”."
    assert field.accessibleDescription() == "Nothing matches “?”."


def test_an_article_is_opened_by_its_title(window, qtbot, summon):
    articles = window.bridge.project.articles()
    palette, field = summon(ARTICLES)
    qtbot.keyClicks(field, "harv la")
    assert names(palette) == ["The harvest was late."]
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.bridge.article == articles[1].id
    palette, field = summon(ARTICLES)
    assert names(palette)[0] == articles[0].title, "the one before stands first"
    view = palette.findChild(object, "palette-list")
    qtbot.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.model().index(0, 0)).center()
    )
    assert window.bridge.article == articles[0].id


def test_commands_are_those_that_make_sense_now_with_their_keys(window, qtbot, summon):
    palette, field = summon(COMMANDS)
    offered = names(palette)
    assert "Mark done" in offered
    assert "Delete annotation" not in offered, "no annotation is selected"
    assert "Commands…" not in offered
    qtbot.keyClicks(field, "ma do")
    index = palette.findChild(object, "palette-list").model().index(0, 0)
    assert index.data(CHOICE_ROLE) == Choice("Mark done", "Article", "Ctrl+D")
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Mark done, Article, Ctrl+D"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.menus["article.done"].isChecked()
    palette, field = summon(COMMANDS)
    assert names(palette)[0] == "Mark done"


def test_a_command_works_where_the_keyboard_was_before(window, qtbot, summon, monkeypatch):
    monkeypatch.setattr(QMessageBox, "about", lambda *_words: None)
    window.menus["article.filter"].trigger()
    filtering = window.findChild(QLineEdit, "article-filter")
    qtbot.waitUntil(filtering.hasFocus)
    qtbot.keyClicks(filtering, "gate")
    _palette, field = summon(COMMANDS)
    qtbot.keyClicks(field, "select all")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert filtering.selectedText() == "gate"


def test_without_a_project_there_are_commands_still(make_window, qtbot):
    window = make_window()
    window.menus[COMMANDS].trigger()
    assert "New project…" in names(window.findChild(Palette))
    assert "Mark done" not in names(window.findChild(Palette))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_stands_over_the_text_and_is_painted(window, summon, theme):
    window.menus[f"view.theme_{theme}"].trigger()
    select(window, "the minister")
    palette, field = summon(CODES)
    field.setText("lab")
    reader = window.reading.reader
    inside = palette.geometry()
    assert reader.rect().translated(reader.mapTo(window, QPoint(0, 0))).contains(inside)
    picture = palette.grab().toImage()
    colours = {picture.pixelColor(x, y).name() for x in range(60) for y in range(picture.height())}
    assert window.bridge.project.codebook().codes[3].colour.lower() in colours


class Titles(list):
    """Names that count how often they are looked at."""

    looked = 0

    def __getitem__(self, place):
        self.looked += 1
        return super().__getitem__(place)


def test_a_hundred_thousand_names_never_hold_the_window_up(qtbot):
    model = PaletteModel()
    titles = Titles(f"Minister {number} promised aid to Hořice" for number in range(100_000))
    model.offer(Offer("", "", titles, Choice))
    assert model.rowCount() == 100_000
    assert titles.looked == 0
    model.search("999")
    assert model.searching, "the rest waits for the window's next turns"
    assert titles.looked < 50_000
    qtbot.waitUntil(lambda: not model.searching, timeout=30_000)
    assert model.index(0, 0).data() == titles[999]
    before = titles.looked
    model.search("9990")
    qtbot.waitUntil(lambda: not model.searching)
    assert titles.looked - before < 1_000, "what fits more letters is looked for in what fitted fewer"
    assert model.index(0, 0).data() == titles[9_990]


def test_every_title_is_offered_whatever_the_filter_hides(window, qtbot, summon):
    window.bridge.apply(ImportArticles(drafts=(Draft(text="A late one."),)))
    window.findChild(QLineEdit, "article-filter").setText("harvest")
    palette, _field = summon(ARTICLES)
    assert len(names(palette)) == 4


def test_the_definition_is_shown_of_the_code_that_the_keyboard_or_the_pointer_comes_to(window, qtbot, summon):
    book = window.bridge.project.codebook()
    codes = [
        code.model_copy(update={"definition": f"<What> {code.name} is.", "examples": ("like this",)})
        for code in book.codes
    ]
    window.bridge.apply(ReplaceCodebook(codebook=book.model_copy(update={"codes": tuple(codes)})))
    select(window, "the minister")
    palette, field = summon(CODES)
    words = palette.findChild(QLabel, "palette-words")
    assert words.isVisible()
    qtbot.keyClicks(field, "cla")
    assert "&lt;What&gt; Claim is." in words.text() and "like this" in words.text()
    field.clear()
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert "Claim is." in words.text()
    rows = palette.findChild(QTableView, "palette-list")
    rows.entered.emit(rows.model().index(2, 0))
    assert "Concern is." in words.text()
    palette.close_palette(give_back=True)
    summon(ARTICLES)
    assert not words.isVisible()


def test_the_codes_at_a_selection_go_away_for_the_palette(window, qtbot, summon):
    select(window, "the minister")
    window.bridge.codes_wanted.emit(window.mapToGlobal(QPoint(400, 300)))
    popup = window.findChild(object, "code-popup")
    assert popup.isVisible()
    summon(CODES)
    assert not popup.isVisible()
