"""A main window on a small project, and boxes that answer by themselves."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton

from app.project.commands import MarkDone, SetVariable
from app.project.project import Project
from app.system.settings import CODER_ID, CODER_NAME, Settings
from app.ui.window.main_window import MainWindow
from tests.builders import ACTOR, ANA, BEN, CONCERN, LABOUR, RELEVANT, add
from tests.ui.centre import settled
from tests.ui.pages import CAY, settle


@pytest.fixture
def boxes(monkeypatch):
    """Collects what message boxes would have said."""
    said: list[str] = []
    for name in ("warning", "information", "critical"):
        monkeypatch.setattr(QMessageBox, name, lambda _parent, _title, text: said.append(text))
    return said


@pytest.fixture
def settings(places):
    made = Settings(places.settings / "settings.json")
    made.set({CODER_ID: ANA.id, CODER_NAME: ANA.name})
    return made


@pytest.fixture
def make_window(qtbot, settings, places, boxes):
    """Makes windows and closes them after the test."""
    made: list[MainWindow] = []

    def make() -> MainWindow:
        window = MainWindow(settings, places)
        made.append(window)
        window.resize(1200, 800)
        window.show()
        qtbot.waitExposed(window)
        # Qt remembers the modifiers of the last key, which an earlier test may have typed with Shift.
        qtbot.keyRelease(window, Qt.Key.Key_Shift)
        return window

    yield make
    for window in made:
        window.close()
        window.deleteLater()


@pytest.fixture
def window(make_window, study, qtbot):
    """A window on the study, Ana at work, the keyboard with the text."""
    made = make_window()
    assert made.open(study)
    made.activateWindow()
    made.reading.reader.setFocus()
    qtbot.waitUntil(made.reading.reader.hasFocus)
    return made


@pytest.fixture
def editor(window, qtbot):
    window.menus["view.codebook"].trigger()
    shown = window.codebook.editor
    qtbot.waitExposed(shown)
    shown.activateWindow()
    qtbot.waitUntil(shown.tree.hasFocus)
    return shown


@pytest.fixture
def answer(monkeypatch):
    """Answers a dialog: what is given is done to it, then it is accepted if its yes can be pressed."""

    def on(kind, fill=lambda _dialog: None):
        seen = []

        def run(dialog):
            fill(dialog)
            seen.append([label.text() for label in dialog.findChildren(QLabel)])
            yes = next(each for each in dialog.findChildren(QPushButton) if each.isDefault())
            if yes.isEnabled():
                yes.click()
            return dialog.result()

        monkeypatch.setattr(kind, "exec", run)
        return seen

    return on


@pytest.fixture
def centre(window):
    window.importing.show()
    yield window.importing.centre
    if window.importing.centre is not None:
        window.importing.centre.reject()


@pytest.fixture
def put(centre, qtbot, tmp_path):
    """Writes files and puts them on the table; waits until they are read and compared."""

    def put(**files):
        paths = []
        for name, content in files.items():
            path = tmp_path / name.replace("_", ".")
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
            paths.append(path)
        centre.add(paths)
        qtbot.waitUntil(lambda: settled(centre) and len(centre.intake.reads) >= len(paths))
        return paths

    return put


@pytest.fixture
def coded_by_two(study, places):
    """The study with the work of Ana and Ben on two articles, and of Cay, who is done with none."""
    with Project.open(study, places) as project:
        first, second = project.articles()[:2]
        for coder, marks in (
            (ANA, ((ACTOR, "the minister"), (ACTOR, "Aid groups"), (CONCERN, "the camp unfit"))),
            (BEN, ((ACTOR, "the minister"), (LABOUR, "the camp unfit"))),
        ):
            project.sign_in(coder)
            for code, quote in marks:
                add(project, code, quote)
            project.apply(SetVariable(article_id=first.id, attribute_id=RELEVANT, value=coder is ANA))
            for article in (first, second):
                project.apply(MarkDone(article_id=article.id, reason="for the test"))
        project.sign_in(CAY)
        add(project, ACTOR, "Pickers", article=1)
    return study


@pytest.fixture
def page(make_window, coded_by_two, qtbot):
    """The page of agreement on that study, worked out."""
    window = make_window()
    assert window.open(coded_by_two, ANA)
    window.menus["project.agreement"].trigger()
    shown = window.agreement.page
    qtbot.waitExposed(shown)
    settle(qtbot, shown)
    shown.main = window
    return shown
