"""Codebook files in the window: the dialogs of the File menu, and the press."""

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QPageSize, QTextDocument
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox

from app.__main__ import main
from app.domain.progress import Cancelled
from app.exchange.codebook_files import read_codebook, save_codebook
from app.exchange.codebook_sections import printout
from app.project.codebook_files import stage_codebook
from app.project.demo import default_codebook
from app.ui.codebook_files import press as printing
from app.ui.codebook_files.exporting import ExportCodebookDialog
from app.ui.codebook_files.importing import ImportCodebookDialog
from app.ui.codebook_files.press import page_size, press
from tests.builders import LABOUR, add, codebook


@pytest.fixture
def export(qtbot, tmp_path):
    dialog = ExportCodebookDialog(codebook(), tmp_path / "study codebook")
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def formats(dialog):
    return [dialog.formats_list.item(row).text() for row in range(dialog.formats_list.count())]


def choose(dialog, name):
    dialog.formats_list.setCurrentRow([each.name for each in dialog.formats].index(name))


def test_the_formats_are_listed_with_what_they_leave_out(export):
    assert formats(export)[0] == "YAML   (.yaml .yml)"
    assert [each.name for each in export.formats] == ["yaml", "json", "csv", "qdc", "html", "pdf"]
    assert export.summary.text() == "Nothing is left out."
    choose(export, "qdc")
    assert "no room for 9 attributes, 2 article variables, 4 shortcuts" in export.summary.text()
    assert "NVivo" in export.about.text()


def test_format_and_ending_go_together(export, tmp_path):
    choose(export, "csv")
    assert export.place.text() == str(tmp_path / "study codebook.csv")
    export.place.selectAll()
    export.place.insert(str(tmp_path / "mine.pdf"))
    export.place.textEdited.emit(export.place.text())
    assert export.chosen().name == "pdf"
    export.place.setText(str(tmp_path / "v1.2"))
    assert export.wish() == (tmp_path / "v1.2.pdf", "pdf")
    export.place.setText("")
    assert not export.go.isEnabled()


def test_what_is_there_is_replaced_only_after_a_yes(export, tmp_path, monkeypatch):
    (tmp_path / "study codebook.yaml").write_text("name: Old")
    asked = []
    answers = [QMessageBox.StandardButton.No, QMessageBox.StandardButton.Yes]
    monkeypatch.setattr(QMessageBox, "question", lambda *words: asked.append(words[2]) or answers.pop(0))
    export.accept()
    assert not export.result()
    export.accept()
    assert export.result()
    assert asked == ["study codebook.yaml is there already. Replace it?"] * 2


@pytest.mark.parametrize("name", ["csv", "pdf"])
def test_the_menu_exports(window, qtbot, monkeypatch, tmp_path, name):
    def answer(dialog):
        choose(dialog, name)
        dialog.place.setText(str(tmp_path / f"out.{name}"))
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(ExportCodebookDialog, "exec", answer)
    with qtbot.waitSignal(window.bridge.told) as told:
        window.menus["codebook.export_file"].trigger()
    assert f"Exported the codebook to {tmp_path / f'out.{name}'}." in told.args[0]
    if name == "csv":
        assert read_codebook(tmp_path / "out.csv").codebook == codebook()
    else:
        assert "cannot be imported again" in told.args[0]
        assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF-")


def test_what_cannot_be_written_is_said_in_a_box(window, qtbot, monkeypatch, tmp_path, boxes):
    def answer(dialog):
        dialog.place.setText(str(tmp_path / "no" / "out.yaml"))
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(ExportCodebookDialog, "exec", answer)
    window.menus["codebook.export_file"].trigger()
    qtbot.waitUntil(lambda: bool(boxes))
    assert "cannot be written" in boxes[0]


@pytest.fixture
def take(window, qtbot, monkeypatch):
    """Triggers the import with a file; returns the dialog once it shows something, answered with `accept`."""

    def take(path: Path, *, accept=True, name=""):
        seen = []

        def answer(dialog):
            seen.append(dialog)
            if name:
                monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(path), ""))
                dialog.choose.click()
                qtbot.waitUntil(lambda: bool(dialog.summary.text()))
                choose(dialog, name)
            else:
                dialog.take(path)
            qtbot.waitUntil(lambda: bool(dialog.summary.text()))
            qtbot.waitUntil(lambda: not window.tasks.busy)
            return QDialog.DialogCode.Accepted if accept else QDialog.DialogCode.Rejected

        monkeypatch.setattr(ImportCodebookDialog, "exec", answer)
        window.menus["codebook.import_file"].trigger()
        return seen[0]

    return take


def test_the_menu_imports_after_showing_what_changes(window, qtbot, take, tmp_path):
    path = tmp_path / "book.csv"
    path.write_text("path;definition\nActor;Who acts\nPlace;Where\n", encoding="utf-8")
    with qtbot.waitSignal(window.bridge.project_changed):
        dialog = take(path)
    assert dialog.chosen().name == "csv"
    assert "1 code added, 1 code changed, 3 codes removed" in dialog.summary.text()
    report = dialog.report.toPlainText()
    assert "Layer “Place” was added." in report
    assert "On reading: 1 code or question without an id in the file was matched" in report
    assert [code.name for code in window.bridge.project.codebook().codes] == ["Actor", "Place"]
    window.bridge.undo()
    assert window.bridge.project.codebook() == codebook()


def test_what_is_in_use_cannot_be_imported_away(window, take, tmp_path):
    add(window.bridge.project, LABOUR, "Pickers", article=1)
    path = tmp_path / "book.csv"
    path.write_text("path\nActor\n", encoding="utf-8")
    dialog = take(path)
    assert "lacks codes that are in use: forced labour" in dialog.summary.text()
    assert not dialog.go.isEnabled()
    assert "Code “forced labour” was removed." in dialog.report.toPlainText()
    assert window.bridge.project.codebook() == codebook()


def test_a_broken_file_is_said_in_the_dialog_and_nothing_enters(window, take, tmp_path):
    path = tmp_path / "book.yaml"
    path.write_text("codes: [")
    dialog = take(path)
    assert dialog.summary.text() == "book.yaml: this is not valid YAML in line 1."
    assert not dialog.go.isEnabled()
    assert dialog.staged is None


def test_a_file_is_read_again_in_the_format_that_is_chosen(window, take, tmp_path):
    path = tmp_path / "book.txt"
    path.write_text("name;definition\nActor;Who acts\n", encoding="utf-8")
    dialog = take(path, accept=False, name="csv")
    assert dialog.staged.format == "CSV table"
    assert dialog.go.isEnabled()
    assert window.bridge.project.codebook() == codebook()


def test_what_is_shown_is_what_was_chosen_last(window, qtbot, monkeypatch, tmp_path):
    path = tmp_path / "book.json"
    path.write_text("name;definition\nActor;Who acts\n", encoding="utf-8")
    seen = []

    def answer(dialog):
        dialog.take(path)
        choose(dialog, "csv")  # While the file is still being read as JSON.
        qtbot.waitUntil(lambda: dialog.staged is not None)
        seen.append(dialog.staged.format)
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(ImportCodebookDialog, "exec", answer)
    window.menus["codebook.import_file"].trigger()
    assert seen == ["CSV table"]


def test_the_import_begins_with_a_hint_and_no_way_on(qtbot, tmp_path):
    dialog = ImportCodebookDialog(tmp_path)
    qtbot.addWidget(dialog)
    dialog.show()
    assert [each.name for each in dialog.formats] == ["yaml", "json", "csv", "qdc"]
    assert "before anything enters" in dialog.report.placeholderText()
    assert not dialog.go.isEnabled()


def test_the_same_codebook_is_not_offered_again(window, take, tmp_path):
    path = tmp_path / "book.yaml"
    found = stage_codebook(window.bridge.project, _exported(path))
    assert found.command is None
    dialog = take(path)
    assert "the project has already" in dialog.summary.text()
    assert not dialog.go.isEnabled()


def _exported(path):
    save_codebook(codebook(), path, press)
    return path


@pytest.mark.parametrize(
    ("locale", "size"), [("de_DE", "A4"), ("en_GB", "A4"), ("en_US", "Letter"), ("es_MX", "Letter")]
)
def test_the_paper_is_that_of_the_place(locale, size):
    assert page_size(QLocale(locale)).id() == getattr(QPageSize.PageSizeId, size)


def test_pages_are_numbered_in_the_contents(qapp):
    made = press(printout(default_codebook()))
    assert made.startswith(b"%PDF-") and made.rstrip().endswith(b"%%EOF")
    assert 4 <= made.count(b"/Type /Page\n") <= 12


@pytest.fixture
def laid(qapp, monkeypatch):
    """Prints a codebook and gives back what was painted: the piece, its slices, and the height of a page."""
    painted = []

    def note(self, piece, part, indent):
        painted.append((piece.toPlainText(), part, self._size.height()))

    monkeypatch.setattr(printing._Pages, "_paint_slice", note)

    def print_it(book):
        press(printout(book))
        return painted

    return print_it


def test_no_code_is_cut_that_fits_on_a_page_and_none_from_its_heading(laid):
    book = codebook()
    long = "One sentence after another, until nobody reads on. " * 400
    codes = [book.codes[0].model_copy(update={"definition": long}), *book.codes[1:]]
    middle = "Some more words about this code. " * 60
    codes[1:] = [each.model_copy(update={"definition": middle}) for each in codes[1:]]
    slices = {}
    for words, part, height in laid(book.model_copy(update={"codes": tuple(codes)})):
        heading = next((line.partition("  [")[0] for line in words.splitlines() if "  [" in line), "")
        if "words about" in words or "after another" in words:
            slices.setdefault(heading, []).append((part, height))
    first = slices.pop("Actor")
    assert len(first) > 1, "longer than a page"
    assert [part.page for part, _height in first] == list(range(len(first)))
    assert all(one[0].bottom == other[0].top for one, other in pairwise(first))
    assert all(part.at + part.bottom - part.top <= height + 1 for part, height in first)
    assert set(slices) == {"Claim", "Concern", "forced labour"}
    assert all(len(parts) == 1 and parts[0][0].top == 0 for parts in slices.values())


def test_a_break_cuts_no_line(qapp):
    document = QTextDocument()
    document.setHtml("<p>one</p><table><tr><td>two<br>three</td><td>a<br>b<br>c</td></tr></table><p>four</p>")
    document.setTextWidth(300)
    lines = list(printing._lines(document))
    for height in range(5, int(document.size().height())):
        at = printing._break(document, 0, height)
        assert 0 < at <= height
        assert at == height or not any(start < at < end for start, end in lines)


def test_printing_can_be_cancelled(qapp):
    def stop(done, _total):
        if done > 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        press(printout(default_codebook()), stop)


def test_the_command_line_prints_without_a_window(qapp, study, tmp_path, capsys):
    path = tmp_path / "book.pdf"
    assert main(["codebook", str(study), "export", str(path)]) == 0
    assert path.read_bytes().startswith(b"%PDF-")
    assert main(["codebook", str(study), "import", str(path)]) == 1
    assert "book.pdf cannot be imported" in capsys.readouterr().err


def test_without_a_font_no_empty_pages_are_printed(qapp, study, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("app.ui.program.has_fonts", lambda: False)
    path = tmp_path / "book.pdf"
    assert main(["codebook", str(study), "export", str(path)]) == 1
    assert capsys.readouterr().err.startswith("No font is installed")
    assert not path.exists()
