"""Files dragged onto the window, and what is no file."""

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.dragging import drag, drop_event, mime_of


def settled(centre):
    return not centre.intake._tasks.busy and not centre.intake.comparing


def test_files_dropped_on_the_window_lie_on_the_table(qtbot, window, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("one", encoding="utf-8")
    mime = mime_of(tmp_path / "in")
    layer = window.importing.layer
    assert not layer.isVisible()
    assert drag(window, mime)
    assert layer.isVisible()
    assert layer.size() == window.size()
    QApplication.sendEvent(layer, drop_event(mime))
    assert not layer.isVisible()
    centre = window.importing.centre
    qtbot.waitUntil(lambda: settled(centre) and centre.intake.count == 1)
    (tmp_path / "b.txt").write_text("two", encoding="utf-8")
    mime = mime_of(tmp_path / "b.txt")
    assert drag(centre, mime)
    QApplication.sendEvent(centre, drop_event(mime))
    qtbot.waitUntil(lambda: settled(centre) and centre.intake.count == 2)
    centre.reject()


@pytest.mark.parametrize(
    ("mime", "sentence"),
    [
        (mime_of(text="words"), "Only files and folders can be imported."),
        (mime_of("https://harbour.example/a"), "This is an address on the web, not a file."),
    ],
)
def test_what_is_no_file_is_refused_with_a_sentence(window, mime, sentence):
    said = []
    window.bridge.refused.connect(said.append)
    drag(window, mime)
    QApplication.sendEvent(window.importing.layer, drop_event(mime))
    assert said[0].startswith(sentence)
    assert window.importing.centre is None


def test_nothing_is_imported_without_a_project_or_into_one_that_is_read_only(make_window, study, tmp_path):
    said = []
    window = make_window()
    window.bridge.refused.connect(said.append)
    mime = mime_of(tmp_path)
    drag(window, mime)
    QApplication.sendEvent(window.importing.layer, drop_event(mime))
    assert said == ["Open a project first, or make a new one; then files can be imported into it."]
    first = make_window()
    assert first.open(study)
    window.open(study)
    drag(window, mime)
    QApplication.sendEvent(window.importing.layer, drop_event(mime))
    assert said[1] == "This project is open for reading only; nothing can be imported."
