"""The import centre to its edges: what is told of what was left out or skipped, low screens, keys, closing."""

from threading import Event

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPlainTextEdit, QPushButton, QTableView

from app.project.project import Project
from app.ui.importing.alike import TAKE
from tests.ui.centre import WIRE, child, import_all, press, settled


def test_the_reason_in_the_report_is_an_article_that_stays(qtbot, centre, put):
    words = WIRE.split(" ")
    second, third = list(words), list(words)
    second[50] = third[50] = "other"
    second[60] = third[61] = "again"
    put(
        a_txt=f"One\n{WIRE}",
        b_txt="\n".join(("Two", " ".join(second))),
        c_txt="\n".join(("Three", " ".join(third))),
    )
    shown = {pair.number: pair.other for pair in centre.intake.pairs}
    assert shown == {1: 0, 2: 1}, "the pair that is shown is the one that is most alike"
    press(centre, "take-none")
    with qtbot.waitSignal(centre.intake.entered) as entered:
        press(centre, "import-go")
    assert [len(report.left_out) for report in entered.args[0].reports] == [0, 1, 1]
    assert all(report.left_out[0].endswith("“One” in this import") for report in entered.args[0].reports[1:])


def test_what_of_a_folder_is_skipped_is_told_before_and_after(qtbot, centre, tmp_path):
    folder = tmp_path / "corpus"
    folder.mkdir()
    for name in ("a.txt", "b.txt", "mails.mbox"):
        (folder / name).write_text(f"In {name}.", encoding="utf-8")
    centre.add([folder])
    qtbot.waitUntil(lambda: settled(centre) and len(centre.intake.reads) == 2)
    total = child(centre, QLabel, "import-summary")
    assert total.text() == "2 new articles, 1 file skipped that cannot be imported (.mbox)."
    assert "“mails.mbox”" in total.toolTip()
    press(centre, "remove-file")
    qtbot.waitUntil(lambda: settled(centre) and len(centre.intake.reads) == 1)
    import_all(qtbot, centre)
    report = child(centre, QPlainTextEdit, "import-report").toPlainText()
    assert "corpus: 1 file skipped that cannot be imported: “mails.mbox”" in report


def test_what_entered_while_the_centre_closed_is_told(window, centre, put, qtbot, monkeypatch):
    put(a_txt="One article", b_txt="Another article")
    told, done, grant = [], Event(), Project.apply

    def apply(self, command, *progress):
        changes = grant(self, command, *progress)
        done.set()
        return changes

    monkeypatch.setattr(Project, "apply", apply)
    window.bridge.project_changed.connect(lambda notice: told.append(len(notice.changes.articles)))
    centre.intake.enter()
    assert done.wait(10)
    centre.reject()
    assert told == [2]
    assert len(window.articles.lines()) == 5


def test_the_centre_fits_a_low_screen_and_names_of_files_can_be_read(centre, put, qtbot):
    put(**{f"file{number}_txt": f"Article number {number}" for number in range(20)})
    put(table_csv="headline;body;paper\n" + "\n".join(f"Title {n};Body {n};Courier" for n in range(20)))
    for row in range(centre._model.rowCount()):
        centre.files.setCurrentIndex(centre._model.index(row, 0))
        assert centre.minimumSizeHint().width() <= 960
    assert centre.files.width() >= 200


def test_enter_presses_the_button_that_has_the_keyboard(centre, put, qtbot, monkeypatch):
    put(a_txt="One article")
    asked = []
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_more: asked.append(1) or ([], ""))
    qtbot.keyClick(child(centre, QPushButton, "add-files"), Qt.Key.Key_Return)
    assert asked
    assert centre.intake.count == 1, "nothing was imported"
    assert not centre.intake._tasks.busy


def test_space_ticks_a_pair_whichever_of_its_cells_was_clicked(centre, put, qtbot):
    put(a_txt=WIRE, b_txt=f"{WIRE} more")
    pairs = child(centre, QTableView, "pairs")
    pairs.setCurrentIndex(pairs.model().index(0, TAKE + 1))
    qtbot.keyClick(pairs, Qt.Key.Key_Space)
    assert len(centre.intake.left_out) == 1
    qtbot.keyClick(pairs, Qt.Key.Key_Space)
    assert not centre.intake.left_out
