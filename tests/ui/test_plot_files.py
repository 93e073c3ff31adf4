"""Plots as files: what stands in PDF, SVG and PNG, how they get to the disk, and who says no."""

from xml.etree import ElementTree

import pypdfium2
import pytest
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer

from app.domain.errors import UserError
from app.ui.plots.files import ENDINGS, save_plot
from app.ui.plots.forest import ForestPlot
from app.ui.plots.heat import pairwise
from tests.plots import (
    ARABIC,
    CAPTION,
    CHINESE,
    COLUMN,
    EVERY_PLOT,
    GERMAN,
    NAMES,
    NOTHING,
    course,
    forest,
    row,
    texts,
)
from tests.plots import on_paper as drawn_on_paper

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def _typefaces(qapp):
    """Words have no length before there is an application."""


@pytest.fixture
def save(tmp_path):
    def save_as(plot, ending, width=170):
        path = tmp_path / f"plot.{ending}"
        save_plot(plot, path, width)
        return path

    return save_as


def pdf_text(path):
    document = pypdfium2.PdfDocument(path)
    try:
        assert len(document) == 1
        return document[0].get_textpage().get_text_range()
    finally:
        document.close()


def pdf_picture(path, scale=2):
    document = pypdfium2.PdfDocument(path)
    try:
        bitmap = document[0].render(scale=scale)
        size = bitmap.width, bitmap.height, bitmap.stride
        return QImage(bitmap.buffer, *size, QImage.Format.Format_BGR888).copy()
    finally:
        document.close()


def svg_texts(path):
    return [
        "".join(each.itertext()).strip("\u2067\u2069") for each in ElementTree.parse(path).iter(f"{SVG}text")
    ]


def dark_share(picture, left, top, right, bottom):
    """How much of a part of a picture is nearer to black than to white; the edges are shares of its sides."""
    across = range(round(left * picture.width()), round(right * picture.width()))
    down = range(round(top * picture.height()), round(bottom * picture.height()))
    dark = sum(picture.pixelColor(x, y).lightness() < 128 for x in across for y in down)
    return dark / (len(across) * len(down))


def test_a_pdf_holds_its_words_as_text_with_their_typefaces(save):
    path = save(forest(), "pdf")
    said = " ".join(pdf_text(path).split())
    for each in ("Agreement by code", GERMAN, ".823 [.761, .880]", "1,031", "n/a", NOTHING, CAPTION):
        assert each in said, each
    data = path.read_bytes()
    assert data.count(b"/FontFile2") + data.count(b"/FontFile3") >= 1, (
        "what is not embedded is not seen elsewhere"
    )
    assert b"/Subtype /Image" not in data, "lines and letters, no dots"


@EVERY_PLOT
def test_numbers_under_the_pointer_stand_in_the_pdf_too(plot, save):
    said = "".join(pdf_text(save(plot, "pdf", 90)).split())
    for each in texts(drawn_on_paper(plot, COLUMN)):
        if each.isascii() and len(each) < 9:
            assert "".join(each.split()) in said, each


def test_a_page_is_as_large_as_was_asked_for(save):
    document = pypdfium2.PdfDocument(save(forest(), "pdf", 90))
    width, height = document[0].get_size()
    document.close()
    assert width == pytest.approx(90 / 25.4 * 72, abs=1)
    root = ElementTree.parse(save(forest(), "svg", 90)).getroot()
    assert root.get("width") == "90mm"
    assert float(root.get("height").removesuffix("mm")) == pytest.approx(height / 72 * 25.4, abs=0.6)
    picture = QImage(str(save(forest(), "png", 90)))
    assert picture.width() == pytest.approx(90 / 25.4 * 300, abs=2)
    assert picture.dotsPerMeterX() == pytest.approx(300 / 0.0254, abs=20)


@EVERY_PLOT
def test_an_svg_holds_every_line_of_words_whole(plot, save):
    path = save(plot, "svg")
    assert svg_texts(path) == texts(drawn_on_paper(plot))
    root = ElementTree.parse(path).getroot()
    assert root.find(f"{SVG}title").text == plot.title
    assert root.find(f"{SVG}desc").text == drawn_on_paper(plot).spoken
    assert QSvgRenderer(str(path)).isValid()


def test_words_from_right_to_left_are_marked_as_such_in_an_svg(save):
    said = ["".join(each.itertext()) for each in ElementTree.parse(save(forest(), "svg")).iter(f"{SVG}text")]
    assert f"\u2067{ARABIC}\u2069" in said
    assert CHINESE in said


def test_words_that_no_xml_holds_do_not_break_an_svg(save):
    plot = ForestPlot(title="a\x00b <i>&", rows=[row("\x0b ]]> \uffff\n“x”", 0.5)], caption="\x1b[0m")
    assert "]]> “x”" in svg_texts(save(plot, "svg"))
    assert ElementTree.parse(save(plot, "svg")).getroot().find(f"{SVG}title").text == "a b <i>&"
    assert save(plot, "pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("label", [GERMAN, ARABIC, CHINESE], ids=["german", "arabic", "chinese"])
def test_files_show_the_same_drawing_in_every_script(label, save):
    plot = ForestPlot(title="", rows=[row(label, 0.5, 0.25, 0.75)])
    picture, page = QImage(str(save(plot, "png"))), pdf_picture(save(plot, "pdf"), 300 / 72)
    assert abs(picture.width() - page.width()) <= 3
    for left, right in ((0, 0.33), (0.33, 0.7), (0.7, 1)):
        part = left, 0, right, 1
        assert dark_share(page, *part) == pytest.approx(dark_share(picture, *part), rel=0.25)
    assert dark_share(page, 0, 0, 0.33, 1) > 0.002, "the label is there"


@EVERY_PLOT
def test_files_are_for_white_paper(plot, save):
    for picture in (QImage(str(save(plot, "png"))), pdf_picture(save(plot, "pdf"))):
        assert picture.pixelColor(1, 1).name() == "#ffffff"
        assert picture.pixelColor(picture.width() - 2, picture.height() - 2).name() == "#ffffff"
        assert 0.002 < dark_share(picture, 0, 0, 1, 1) < 0.5


@pytest.mark.parametrize("ending", ENDINGS)
def test_sixty_rows_and_none_at_all_can_be_saved(ending, save):
    many = ForestPlot(title="Many", rows=[row(f"Code {at}", at / 60) for at in range(60)])
    assert save(many, ending).stat().st_size > 1_000
    assert save(ForestPlot(title="None", empty="Nobody has coded yet."), ending).stat().st_size > 300


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_older_plot_is_replaced_and_nothing_is_left_beside_it(ending, save, tmp_path):
    first = save(course(), ending).read_bytes()
    second = save(pairwise("T", NAMES[:2], [[None, 0.5], [0.5, None]]), ending).read_bytes()
    assert first != second
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith((".", "plot"))] == [
        f"plot.{ending}"
    ]


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_is_no_plot_is_never_replaced(ending, save, tmp_path):
    path = tmp_path / f"plot.{ending}"
    path.write_text("my only copy")
    with pytest.raises(UserError, match="is there already and is not a plot"):
        save(course(), ending)
    assert path.read_text() == "my only copy"


def test_places_that_cannot_be_written_are_told_in_a_sentence(tmp_path):
    (tmp_path / "folder.pdf").mkdir()
    for path, said in (
        (tmp_path / "none" / "plot.pdf", "cannot be written: No such file or directory"),
        (tmp_path / "folder.pdf", "is there already and is not a plot"),
        (tmp_path / "plot.docx", "has no ending of a plot; these are: .pdf, .svg, .png"),
        (tmp_path / "pl\0ot.svg", "cannot be written"),
    ):
        with pytest.raises(UserError, match=said):
            save_plot(forest(), path, 90)
    assert [each.name for each in tmp_path.iterdir() if each.name != "home"] == ["folder.pdf"]


def test_a_disk_that_refuses_leaves_the_older_plot_and_nothing_else(save, tmp_path, monkeypatch):
    before = save(course(), "pdf").read_bytes()

    def refuse(_handle, _mode):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.ui.plots.files.os.fdopen", refuse)
    with pytest.raises(UserError, match="No space left on device"):
        save(forest(), "pdf")
    assert (tmp_path / "plot.pdf").read_bytes() == before
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith((".", "plot"))] == ["plot.pdf"]
