"""The import centre: files on the table, read another way, compared, decided on, and let in."""

import csv

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QPlainTextEdit,
    QProgressDialog,
    QPushButton,
    QTabWidget,
    QTextEdit,
)

from app.ui.importing import intake
from app.ui.importing.alike import TAKE
from tests.builders import GATES
from tests.papers import nexis, pdf
from tests.ui.centre import WIRE, child, import_all, press, settled, tabs
from tests.ui.dragging import drag, drop_event


def test_an_empty_table_says_what_can_be_dropped(centre):
    assert "Drop files or folders here" in child(centre, QLabel, "empty").text()
    assert child(centre, QPushButton, "add-files").hasFocus() or not centre.isActiveWindow()
    assert not child(centre, QPushButton, "import-go").isEnabled()


def test_files_are_looked_at_and_enter_in_one_step(qtbot, window, centre, put):
    put(one_txt="A new text.\r\nWith lines.", same_txt=GATES, bad_txt=b"\x00\x01\x02\x03" * 50)
    assert child(centre, QLabel, "import-summary").text() == (
        "1 new article, 1 left out because the same text is there already, 1 file that cannot be read."
    )
    model = centre.files.model()
    assert [model.index(row, 0).data() for row in range(3)] == [
        "one.txt: Text · 1 new",
        "same.txt: Text · 0 new · 1 there already",
        "bad.txt: this is not a text file.",
    ]
    button = child(centre, QPushButton, "import-go")
    assert button.text() == "&Import 1 article"
    import_all(qtbot, centre)
    assert "1 new article" in child(centre, QLabel, "import-done").text()
    report = child(centre, QPlainTextEdit, "import-report").toPlainText()
    assert "one.txt: 1 new article (UTF-8, 1 line end turned to LF)" in report
    assert "bad.txt: this is not a text file." in report
    press(centre, "import-close")
    assert window.importing.centre is None
    window.menus.name_steps()
    assert window.menus["step.undo"].text() == "&Undo: Import 1 article"
    window.menus["step.undo"].trigger()
    assert window.bridge.project.article_count() == 3


def test_the_first_articles_are_shown_as_they_will_look(centre, put):
    put(nexis_txt=nexis(1) + nexis(2))
    list_model = centre.preview.list.model()
    assert (
        list_model.index(1, 0).data()
        == "Gate number 2 opens, The Daily Harbour (Tavora) · 2025-03-03 · Jana Dvořák"
    )
    centre.preview.list.setCurrentIndex(list_model.index(1, 0))
    assert child(centre, QLabel, "draft-title").text() == "Gate number 2 opens"
    text = child(centre, QTextEdit, "draft-text")
    assert text.toPlainText().startswith("First paragraph of story 2.")
    assert text.font().pixelSize() == 17, "the size of the reader"


def test_a_download_can_be_taken_whole_and_apart_again(qtbot, centre, put):
    put(nexis_txt=nexis(1) + nexis(2))
    split = child(centre, QCheckBox, "import-split")
    assert (split.text(), split.isChecked()) == ("&Take apart into 2 articles", True)
    split.click()
    qtbot.waitUntil(lambda: settled(centre) and centre.intake.count == 1)
    assert not split.isChecked()
    split.click()
    qtbot.waitUntil(lambda: settled(centre) and centre.intake.count == 2)


def test_a_file_is_read_again_in_the_encoding_that_is_chosen(qtbot, window, centre, put):
    put(old_txt="Żółw śpi.".encode("cp1250"), other_txt="plain")
    choice = child(centre, QComboBox, "import-encoding")
    assert choice.currentText().startswith("As detected (Windows-")
    for wanted, shown in (("cp1252", False), ("utf-8", False), ("cp1250", True)):
        choice.setCurrentIndex(choice.findData(wanted))
        choice.activated.emit(choice.currentIndex())
        qtbot.waitUntil(
            lambda wanted=wanted: centre.intake.reads[0].options.encoding == wanted and settled(centre)
        )
        seen = child(centre, QTextEdit, "draft-text").toPlainText()
        assert (seen == "Żółw śpi.") is shown
    assert centre.intake.reads[1].options.encoding == "", "the other file stays as it was"
    import_all(qtbot, centre)
    project = window.bridge.project
    assert project.text(project.articles()[-2]) == "Żółw śpi."


def test_one_choice_can_be_for_all_files_of_a_kind(qtbot, centre, put):
    put(a_txt="Żółw śpi.".encode("cp1250"), b_txt="Łódź śni.".encode("cp1250"), c_csv="text\nx\n")
    child(centre, QCheckBox, "import-all").click()
    choice = child(centre, QComboBox, "import-encoding")
    choice.setCurrentIndex(choice.findData("cp1250"))
    choice.activated.emit(choice.currentIndex())
    qtbot.waitUntil(lambda: settled(centre) and centre.intake.reads[0].options.encoding == "cp1250")
    assert [read.options.encoding for read in centre.intake.reads] == ["cp1250", "cp1250", ""]
    assert [draft.text for draft in centre.intake.staged.drafts] == ["Żółw śpi.", "Łódź śni.", "x"]


def test_columns_are_mapped_by_choice(qtbot, centre, put):
    put(press_csv="Kopf;Wortlaut;Ort\nA;Some words here;Tavora\n")
    assert tabs(centre)[0] == "Columns", "what has to be done is what is shown"
    assert not child(centre, QPushButton, "import-go").isEnabled()
    box = child(centre, QComboBox, "field-text")
    box.setCurrentIndex(box.findData("Wortlaut"))
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: settled(centre) and centre.intake.count == 1)
    assert tabs(centre)[:2] == ["Articles", "Columns"]
    assert centre.intake.staged.drafts[0].metadata == {"Kopf": "A", "Ort": "Tavora"}


def test_the_head_of_a_column_can_be_dragged_onto_a_field(qtbot, centre, put):
    put(press_csv="text,lead\nlong words,short words\n")
    mime = centre.columns.heads.mime(1)
    box = child(centre, QComboBox, "field-text")
    assert drag(box, mime)
    QApplication.sendEvent(box, drop_event(mime))
    qtbot.waitUntil(lambda: settled(centre) and centre.intake.staged.drafts[0].text == "short words")
    assert centre.intake.reads[0].options.columns["text"] == "lead"


def test_hyphens_of_a_pdf_are_joined_when_asked(qtbot, centre, put):
    put(a_pdf=pdf([["The council met the mo-", "ney question in a long sitting."]]))
    box = child(centre, QCheckBox, "import-hyphens")
    assert (box.text(), box.isChecked()) == ("&Join 1 divided word", False)
    box.click()
    qtbot.waitUntil(lambda: settled(centre) and "money" in centre.intake.staged.drafts[0].text)


def test_a_file_can_be_taken_off_the_table(qtbot, centre, put):
    put(a_txt="one", b_txt="two")
    press(centre, "remove-file")
    qtbot.waitUntil(lambda: settled(centre) and len(centre.intake.reads) == 1)
    assert centre.intake.staged.drafts[0].text == "two"
    press(centre, "remove-file")
    qtbot.waitUntil(lambda: settled(centre) and not centre.intake.reads)
    assert child(centre, QLabel, "empty").isVisibleTo(centre)


def test_what_is_much_alike_is_shown_side_by_side_and_decided(qtbot, window, centre, put):
    put(a_txt=WIRE, b_txt=WIRE.replace("word50", "changed"), c_txt=GATES.replace("winter", "spring"))
    assert tabs(centre)[-1] == "Much alike (2)"
    model = centre.alike._model
    rows = [[model.index(row, column).data() for column in range(1, 5)] for row in range(2)]
    assert [(row[1], row[3]) for row in rows] == [("95 %", "in this import"), ("77 %", "in the project")]
    widget = centre.findChild(QTabWidget)
    widget.setCurrentWidget(centre.alike)
    new = child(centre, QTextEdit, "text-new")
    qtbot.waitUntil(lambda: bool(new.extraSelections()))
    assert [mark.cursor.selectedText() for mark in new.extraSelections()] == ["changed"]
    table = centre.alike._table
    table.setFocus()
    table.setCurrentIndex(model.index(0, TAKE))
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert centre.intake.left_out == {1}
    assert child(centre, QPushButton, "import-go").text() == "&Import 2 articles"
    press(centre, "take-none")
    assert centre.intake.left_out == {1, 2}
    press(centre, "take-all")
    assert centre.intake.left_out == frozenset()
    press(centre, "take-none")
    import_all(qtbot, centre)
    assert window.bridge.project.article_count() == 4
    report = child(centre, QPlainTextEdit, "import-report").toPlainText()
    assert "b.txt: left out, “word0 word1" in report


def test_comparing_can_be_left_off(qtbot, window, tmp_path, monkeypatch):
    def compare_forever(_drafts, _path, progress):
        while True:
            progress(1, 2)

    monkeypatch.setattr(intake, "find_near", compare_forever)
    window.importing.show()
    centre = window.importing.centre
    (tmp_path / "a.txt").write_text("one", encoding="utf-8")
    centre.add([tmp_path / "a.txt"])
    qtbot.waitUntil(lambda: centre.intake.comparing)
    assert not child(centre, QPushButton, "import-go").isEnabled()
    press(centre, "stop-comparing")
    assert child(centre, QPushButton, "import-go").isEnabled()
    assert "were not compared" in child(centre, QLabel, "alike-said").text()
    centre.reject()


def test_cancelling_the_reading_leaves_the_table_as_it_was(qtbot, window, centre, tmp_path, monkeypatch):
    def read_forever(_paths, progress):
        while True:
            progress(1, 2)

    monkeypatch.setattr(intake, "read_files", read_forever)
    monkeypatch.setattr(QProgressDialog, "setValue", lambda dialog, _value: dialog.canceled.emit())
    before = window.bridge.project.contents(history=True)
    centre.add([tmp_path])
    qtbot.waitUntil(lambda: not centre.intake._tasks.busy)
    assert centre.intake.reads == []
    assert window.bridge.project.contents(history=True) == before


def test_ten_thousand_articles_enter_while_the_window_lives(qtbot, window, centre, tmp_path):
    with (tmp_path / "many.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["title", "text"])
        writer.writerows([f"T{number}", f"Text {number} of {number * 7}."] for number in range(10_000))
    beats = []
    clock = QTimer()
    clock.timeout.connect(lambda: beats.append(1))
    clock.start(5)
    centre.add([tmp_path / "many.csv"])
    qtbot.waitUntil(lambda: settled(centre) and centre.intake.count == 10_000, timeout=60_000)
    import_all(qtbot, centre)
    assert window.bridge.project.article_count() == 10_003
    assert len(beats) > 20, "the interface thread went on"
    window.menus["step.undo"].trigger()
    assert window.bridge.project.article_count() == 3


@pytest.mark.parametrize(
    ("name", "begins"), [("r.txt", "Import into study.rubric, 20"), ("r.csv", "file,format,")]
)
def test_the_report_can_be_saved(qtbot, window, centre, put, tmp_path, monkeypatch, name, begins):
    put(a_txt="one")
    import_all(qtbot, centre)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / name), ""))
    press(centre, "save-report")
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)


def test_an_empty_folder_is_said(qtbot, centre, boxes, tmp_path):
    (tmp_path / "empty").mkdir()
    centre.add([tmp_path / "empty"])
    qtbot.waitUntil(lambda: bool(boxes))
    assert boxes == ["empty: the folder holds no file that can be imported."]


def test_everything_is_reached_by_keys(qtbot, centre, put):
    put(a_csv="title,text\nA,one\nB,two\n")
    centre.activateWindow()
    centre.files.setFocus()
    passed = set()
    for _press in range(20):
        at = QApplication.focusWidget()
        passed.add(at.objectName())
        qtbot.keyClick(at, Qt.Key.Key_Tab)
    assert {
        "import-files",
        "import-encoding",
        "drafts",
        "draft-text",
        "import-go",
        "import-close",
        "add-files",
    } <= passed


def test_letters_that_qt_drops_do_not_move_the_marks(qtbot, centre, put):
    marked = "\ufeff\ufeff" + WIRE + " 😀 end"
    put(a_txt=WIRE + " 😀 other", b_txt=marked.encode())
    new = child(centre, QTextEdit, "text-new")
    qtbot.waitUntil(lambda: bool(new.extraSelections()))
    assert [mark.cursor.selectedText() for mark in new.extraSelections()] == ["end"]
