"""The view of a plot: walking over it, what it says, its themes, saving and copying."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QHelpEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QSpinBox,
    QToolTip,
    QWidget,
)

from app.system.settings import PLOT_KIND, PLOT_WIDTH, Settings
from app.ui.plots.forest import ForestPlot
from app.ui.plots.plot_view import PlotView
from app.ui.plots.saving import SavePlotDialog
from app.ui.tasks import TaskRunner
from app.ui.theme import DARK, LIGHT
from tests.plots import ARABIC, CHINESE, EVERY_PLOT, EVERY_THEME, GERMAN, NOTHING, course, forest, pairs, row
from tests.ui.dialogs import answering


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def view(qtbot, window, settings, tmp_path):
    tasks = TaskRunner(window)
    made = PlotView(settings, tasks, LIGHT)
    qtbot.addWidget(made)
    made.refused = []
    tasks.refused.connect(made.refused.append)
    made.resize(700, 520)
    made.show_plot(forest(), tmp_path / "study 1.2")
    made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.surface.hasFocus)
    yield made
    tasks.wait()


def press(view, *keys):
    for key in keys:
        QTest.keyClick(view.surface, key)


def heard(signal):
    said = []
    signal.connect(lambda *values: said.append(values))
    return said


def click(view, number, *, twice=False):
    spot = view.surface.drawing.spots[number]
    place = view.surface.place_of(spot).center().toPoint()
    act = QTest.mouseDClick if twice else QTest.mouseClick
    act(view.surface.viewport(), Qt.MouseButton.LeftButton, pos=place)
    return spot


def test_arrows_walk_over_rows_and_enter_chooses_one(view):
    chosen = heard(view.row_activated)
    assert view.surface.focused.key == GERMAN, "headings are passed over"
    press(view, Qt.Key.Key_Down, Qt.Key.Key_Return)
    press(view, Qt.Key.Key_End, Qt.Key.Key_Down, Qt.Key.Key_Enter)
    press(view, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Return)
    press(view, Qt.Key.Key_Home, Qt.Key.Key_Up, Qt.Key.Key_Return)
    assert chosen == [(CHINESE,), ("Claim",), (ARABIC,), (GERMAN,)]


def test_arrows_walk_over_cells_and_pass_over_the_diagonal(view, tmp_path):
    view.show_plot(pairs(lower=False), tmp_path / "x")
    chosen, rows = heard(view.cell_activated), heard(view.row_activated)
    press(view, Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    press(view, Qt.Key.Key_Left, Qt.Key.Key_Return, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return)
    assert chosen == [(0, 1), (3, 1), (3, 0), (3, 2)]
    assert rows == []


def test_arrows_walk_over_points_and_series(view, tmp_path):
    view.show_plot(course(), tmp_path / "x")
    chosen = heard(view.cell_activated)
    press(view, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Right, Qt.Key.Key_Return)
    assert chosen == [(1, 1), (1, 1)]


def test_a_double_click_chooses_and_a_click_only_moves_the_focus(view):
    chosen = heard(view.row_activated)
    spot = click(view, 2)
    assert view.surface.focused is spot and chosen == []
    click(view, 1, twice=True)
    assert chosen == [(CHINESE,)]


def test_the_focus_is_seen_and_brought_into_view(view, tmp_path):
    before = view.surface.grab().toImage()
    press(view, Qt.Key.Key_Down)
    assert view.surface.grab().toImage() != before
    view.show_plot(
        ForestPlot(title="Many", rows=[row(f"Code {at}", at / 60) for at in range(60)]), tmp_path / "x"
    )
    surface, seen = view.surface, view.surface.viewport().rect()
    assert not seen.contains(surface.place_of(surface.drawing.spots[-1]).toRect())
    press(view, Qt.Key.Key_End)
    assert seen.contains(surface.place_of(surface.focused).toRect())
    press(view, Qt.Key.Key_Home)
    assert seen.contains(surface.place_of(surface.focused).toRect())


def test_the_numbers_under_the_pointer_are_told(view, qtbot):
    surface = view.surface
    for number, said in ((0, "95 % interval .761 to .880; units: 412"), (2, f"n/a, {NOTHING}")):
        place = surface.place_of(surface.drawing.spots[number]).center().toPoint()
        event = QHelpEvent(QEvent.Type.ToolTip, place, surface.viewport().mapToGlobal(place))
        QApplication.sendEvent(surface.viewport(), event)
        assert said in QToolTip.text()
    event = QHelpEvent(QEvent.Type.ToolTip, QPoint(2, 2), surface.viewport().mapToGlobal(QPoint(2, 2)))
    QApplication.sendEvent(surface.viewport(), event)
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_a_name_in_angle_brackets_is_shown_as_it_is(view, tmp_path):
    view.show_plot(ForestPlot(title="", rows=[row("<b>x</b>", 0.5)]), tmp_path / "x")
    place = view.surface.place_of(view.surface.drawing.spots[0]).center().toPoint()
    event = QHelpEvent(QEvent.Type.ToolTip, place, view.surface.viewport().mapToGlobal(place))
    QApplication.sendEvent(view.surface.viewport(), event)
    assert "&lt;b&gt;x&lt;/b&gt;: .500" in QToolTip.text()


@EVERY_PLOT
def test_screen_readers_are_told_the_title_and_every_number(view, plot, tmp_path):
    view.show_plot(plot, tmp_path / "x")
    assert view.surface.accessibleName() == plot.title
    said = view.surface.accessibleDescription().splitlines()
    for spot in view.surface.drawing.spots:
        assert spot.words in said
    assert plot.caption in said


@EVERY_PLOT
@EVERY_THEME
def test_a_plot_lies_on_the_paper_of_the_theme(view, plot, theme, tmp_path):
    view.show_plot(plot, tmp_path / "x")
    view.set_theme(theme)
    seen = view.surface.viewport().grab().toImage()
    assert seen.pixelColor(2, 2) == theme.paper
    inks = {seen.pixelColor(x, y).name() for x in range(seen.width()) for y in range(60)}
    assert theme.ink.name() in inks, "the title"


@EVERY_PLOT
@pytest.mark.parametrize("size", [(160, 120), (420, 300), (700, 301), (1280, 720)])
def test_a_plot_follows_the_size_of_its_window(view, plot, size, tmp_path, qtbot):
    view.show_plot(plot, tmp_path / "x")
    view.resize(*size)
    surface = view.surface
    qtbot.waitUntil(lambda: surface.width() == view.width())
    drawing, across = surface.drawing, surface.horizontalScrollBar()
    last = max(surface.place_of(each).right() for each in drawing.spots)
    assert last <= surface.viewport().width() + across.maximum() + 1
    assert across.isVisible() == (across.maximum() > 0)
    assert surface.verticalScrollBar().isVisible() == (surface.verticalScrollBar().maximum() > 0)


def test_nothing_can_be_saved_where_nothing_is(view, tmp_path):
    for plot in (None, ForestPlot(title="T", empty="Nobody has coded yet.")):
        view.show_plot(plot, tmp_path / "x")
        assert not any(each.isEnabled() for each in (view.save_action, view.copy_action))
        assert not any(each.isEnabled() for each in view.findChildren(QPushButton))
        press(view, Qt.Key.Key_Down, Qt.Key.Key_Return)
        view.save()
        view.copy()
    assert view.surface.accessibleDescription() == "Nobody has coded yet."


def test_copying_gives_a_picture_and_an_svg_for_white_paper(view):
    view.set_theme(DARK)
    told = heard(view.told)
    QTest.keyClick(view.surface, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    data = QGuiApplication.clipboard().mimeData()
    assert QImage(data.imageData()).pixelColor(1, 1).name() == "#ffffff"
    assert GERMAN.replace("&", "&amp;").encode() in data.data("image/svg+xml").data()
    assert told == [("Copied the plot.",)]


def test_the_menu_offers_what_the_buttons_do(view):
    assert view.surface.actions() == [view.save_action, view.copy_action]
    assert [each.text() for each in view.findChildren(QPushButton)] == ["&Save plot…", "&Copy"]


def field(dialog, kind, name):
    return dialog.findChild(kind, name)


def test_a_plot_is_saved_and_its_kind_and_width_are_offered_again(view, settings, tmp_path, qtbot):
    told = heard(view.told)

    def fill(dialog):
        assert field(dialog, QLineEdit, "plot-place").text() == str(tmp_path / "study 1.2.pdf")
        field(dialog, QComboBox, "plot-kind").setCurrentIndex(1)
        assert field(dialog, QLineEdit, "plot-place").text() == str(tmp_path / "study 1.2.svg")
        field(dialog, QSpinBox, "plot-width").setValue(90)
        dialog.accept()

    answering(fill)
    view.save_action.trigger()
    qtbot.waitUntil(lambda: bool(told))
    assert told == [(f"Saved {tmp_path / 'study 1.2.svg'}.",)]
    assert '<svg xmlns="http://www.w3.org/2000/svg"' in (tmp_path / "study 1.2.svg").read_text("utf-8")
    again = Settings(settings._path)
    assert (again.text(PLOT_KIND), again.number(PLOT_WIDTH)) == ("svg", 90)

    met = answering(lambda dialog: dialog.reject())
    view.findChildren(QPushButton)[0].click()
    assert field(met[0], QLineEdit, "plot-place").text().endswith("study 1.2.svg")
    assert field(met[0], QSpinBox, "plot-width").value() == 90
    assert len(told) == 1


def test_a_place_that_cannot_be_written_is_told(view, tmp_path, qtbot):
    def fill(dialog):
        field(dialog, QLineEdit, "plot-place").setText(str(tmp_path / "none" / "plot.pdf"))
        dialog.accept()

    answering(fill)
    view.save()
    qtbot.waitUntil(lambda: bool(view.refused))
    assert "cannot be written: No such file or directory" in view.refused[0]


@pytest.fixture
def dialog(qtbot, tmp_path):
    made = SavePlotDialog(tmp_path / "plot", "pdf", 170)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(
    ("typed", "saved"),
    [("a.svg", "a.svg"), ("a.PNG", "a.png"), ("a", "a.pdf"), ("a.v2", "a.v2.pdf"), ("b.c.pdf", "b.c.pdf")],
)
def test_the_ending_that_is_typed_chooses_the_kind(dialog, tmp_path, typed, saved):
    place = field(dialog, QLineEdit, "plot-place")
    place.clear()
    QTest.keyClicks(place, str(tmp_path / typed))
    assert dialog.wish().path == tmp_path / saved


def test_what_is_there_is_replaced_only_after_a_yes(dialog, tmp_path, monkeypatch):
    (tmp_path / "plot.pdf").write_bytes(b"%PDF-")
    asked = []
    answers = [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes]

    def ask(_parent, _title, question):
        asked.append(question)
        return answers.pop(0)

    monkeypatch.setattr(QMessageBox, "question", ask)
    dialog.accept()
    assert dialog.isVisible()
    dialog.accept()
    assert not dialog.isVisible()
    assert asked == ["plot.pdf is there already. Replace it?"] * 2


def test_a_place_can_be_picked_and_one_without_a_name_is_none(dialog, tmp_path, monkeypatch):
    picked = str(tmp_path / "picked.png")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: (picked, ""))
    next(each for each in dialog.findChildren(QPushButton) if each.text() == "C&hoose…").click()
    assert dialog.wish().path == tmp_path / "picked.png"
    field(dialog, QLineEdit, "plot-place").clear()
    assert not next(each for each in dialog.findChildren(QPushButton) if each.text() == "Save").isEnabled()
