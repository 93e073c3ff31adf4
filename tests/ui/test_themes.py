"""Themes: what can be read and told apart in each, the choice of one, and the look of the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QStyleHints
from PySide6.QtWidgets import QComboBox, QDialogButtonBox, QDoubleSpinBox, QLabel, QSpinBox

from app.project.demo import default_codebook
from app.system.settings import LINE_HEIGHT, MEASURE, READING_FONT, SETTINGS, TEXT_SIZE, THEME
from app.ui.look.dialog import LookDialog
from app.ui.theme import (
    DARK,
    LIGHT,
    STRONG_DARK,
    STRONG_LIGHT,
    blend,
    code_colours,
    contrast,
    readable,
    theme_for,
)
from tests.builders import GATES

THEMES = [LIGHT, DARK, STRONG_LIGHT, STRONG_DARK]
NAMES = ["light", "dark", "strong light", "strong dark"]
EVERY_THEME = pytest.mark.parametrize("theme", THEMES, ids=NAMES)
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.fixture
def system_is(monkeypatch):
    """Have the system ask for a scheme, and say so as it does."""

    def ask(scheme):
        monkeypatch.setattr(QStyleHints, "colorScheme", lambda _hints: scheme)
        QGuiApplication.styleHints().colorSchemeChanged.emit(scheme)

    return ask


def theme_of(window):
    return window.reading.reader._style.theme


def apart(one, other):
    """How far two colours are from each other, 0 to 441."""
    return sum((a - b) ** 2 for a, b in zip(one.getRgb(), other.getRgb(), strict=True)) ** 0.5


@EVERY_THEME
def test_words_can_be_read(theme):
    least = 7 if theme.strong else 4.5
    for ink in (theme.ink, theme.quiet):
        for ground in (theme.paper, theme.panel, theme.window, theme.hover):
            assert contrast(ink, ground) >= least
    assert contrast(theme.accent_ink, theme.accent) >= least
    assert contrast(theme.accent, theme.panel) >= 3, "the frame of what has the keyboard"
    assert contrast(theme.ink, theme.selection) >= least


@EVERY_THEME
def test_the_default_codebook_can_be_seen_read_and_told_apart(theme):
    more = 1.5 if theme.strong else 1
    layers = default_codebook().layers()
    for code in default_codebook().codes:
        colours = code_colours(code.colour, theme)
        assert contrast(colours.ink, theme.paper) >= 4.5 * more, code.name
        assert contrast(colours.bar, theme.paper) >= 3 * more, code.name
        assert contrast(theme.ink, colours.tint) >= 4.5 * more, code.name
        assert contrast(colours.tint, theme.paper) >= 1.1, code.name
        singled_out = blend(colours.bar, blend(colours.tint, theme.paper, 0.75), 0.28)
        assert contrast(theme.ink, singled_out) >= 4.5, code.name
        assert contrast(theme.ink, blend(colours.bar, theme.paper, 0.30)) >= 4.5, code.name
    for at, layer in enumerate(layers):
        for other in layers[:at]:
            mine, others = code_colours(layer.colour, theme), code_colours(other.colour, theme)
            assert apart(mine.bar, others.bar) > 60
            assert apart(mine.tint, others.tint) > 12


@EVERY_THEME
@given(colour=COLOURS)
def test_any_colour_of_a_lead_becomes_one_that_can_be_read(theme, colour):
    colours = code_colours(colour, theme)
    assert contrast(colours.ink, theme.paper) >= 4.5
    assert contrast(colours.bar, theme.paper) >= 3
    assert contrast(theme.ink, colours.tint) >= 4.5


@given(colour=COLOURS, ground=COLOURS, least=st.floats(1, 4.5))
def test_a_colour_that_can_be_read_already_stays_as_it_is(colour, ground, least):
    own, background = QColor(colour), QColor(ground)
    if contrast(own, background) >= least:
        assert readable(own, background, least) == own
    else:
        assert contrast(readable(own, background, least), background) >= least


@pytest.mark.parametrize(
    ("choice", "theme"),
    [("light", LIGHT), ("dark", DARK), ("contrast", STRONG_LIGHT), ("system", LIGHT)],
)
def test_a_theme_is_chosen_among_four_and_remembered(window, settings, system_is, choice, theme):
    system_is(Qt.ColorScheme.Light)
    window.menus[f"view.theme_{choice}"].trigger()
    checked = [each for each in THEME.choices if window.menus[f"view.theme_{each.split()[-1]}"].isChecked()]
    assert checked == [settings.text(THEME)]
    assert checked[0].endswith(choice)
    assert theme_of(window) is theme


def test_the_window_follows_the_system_while_it_is_asked_to(window, system_is):
    system_is(Qt.ColorScheme.Dark)
    assert theme_of(window) is DARK
    system_is(Qt.ColorScheme.Light)
    assert theme_of(window) is LIGHT
    window.menus["view.theme_light"].trigger()
    system_is(Qt.ColorScheme.Dark)
    assert theme_of(window) is LIGHT
    window.menus["view.theme_contrast"].trigger()
    assert theme_of(window) is STRONG_DARK, "high contrast in the scheme of the system"


def test_a_system_that_asks_for_contrast_gets_it(qapp, monkeypatch, system_is):
    hints = QGuiApplication.styleHints()
    system_is(Qt.ColorScheme.Light)
    asked = type(hints.accessibility())
    monkeypatch.setattr(asked, "contrastPreference", lambda _hints: Qt.ContrastPreference.HighContrast)
    assert theme_for("system") is STRONG_LIGHT
    assert theme_for("light") is LIGHT


@pytest.fixture
def dialog(window, monkeypatch):
    """The dialog on the look of the text, open."""
    shown = []
    monkeypatch.setattr(LookDialog, "exec", lambda dialog: shown.append(dialog))
    window.menus["view.look"].trigger()
    return shown[0]


def test_the_look_of_the_text_changes_at_once_and_is_kept(window, dialog, settings):
    reader = window.reading.reader
    before = reader._style
    face = dialog.findChild(QComboBox, "look-face")
    face.setCurrentIndex(face.count() - 1)
    dialog.findChild(QSpinBox, "look-size").setValue(24)
    dialog.findChild(QDoubleSpinBox, "look-line-height").setValue(2.2)
    dialog.findChild(QSpinBox, "look-measure").setValue(50)
    after = reader._style
    assert after.font.pixelSize() == 24
    assert after.font.family() == settings.text(READING_FONT) == face.currentText()
    assert dialog.findChild(QLabel, "look-preview").font().family() == face.currentText()
    assert after.row == pytest.approx(24 * 2.2)
    assert after.measure == pytest.approx(50 * after.character)
    assert after.row > before.row
    assert (settings.number(TEXT_SIZE), settings.number(LINE_HEIGHT), settings.number(MEASURE)) == (
        24,
        2.2,
        50,
    )
    assert reader.page.text == GATES


def test_the_look_goes_back_to_its_defaults(window, dialog, settings):
    dialog.findChild(QSpinBox, "look-size").setValue(30)
    dialog.findChild(QSpinBox, "look-measure").setValue(41)
    buttons = dialog.findChild(QDialogButtonBox)
    reset = next(each for each in buttons.buttons() if "Reset" in each.text())
    reset.click()
    for setting in SETTINGS:
        if setting.key.startswith("look.") and setting.key != "look.theme":
            read = settings.text if isinstance(setting.default, str) else settings.number
            assert read(setting) == setting.default
    assert window.reading.reader._style.size == TEXT_SIZE.default


def test_a_typeface_that_is_gone_reads_as_the_best_one(window, settings, monkeypatch):
    settings.set({READING_FONT: "No Such Face"})
    shown = []
    monkeypatch.setattr(LookDialog, "exec", lambda dialog: shown.append(dialog))
    window.menus["view.look"].trigger()
    assert shown[0].look().face == ""


def test_settings_that_cannot_be_saved_are_said(window, settings, qtbot, monkeypatch):
    settings._path.unlink(missing_ok=True)
    settings._path.with_name(settings._path.name + ".part").mkdir(parents=True)
    with qtbot.waitSignal(window.bridge.refused) as refused:
        window.menus["view.theme_dark"].trigger()
    assert refused.args[0].startswith("The settings cannot be saved")
