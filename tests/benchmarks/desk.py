"""How fast the window is, beside a bare Qt view of the same text: python tests/benchmarks/desk.py

Prints medians of interleaved rounds in one run; what counts are the ratios.
"""

import gc
import os
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from measuring import CODER, Table, made_up_project, seconds
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from app import __version__
from app.domain.spans import Span
from app.project.project import Project
from app.system.paths import Places
from app.system.settings import Settings
from app.ui.program import make_application
from app.ui.window.main_window import MainWindow

ROUNDS = 7
SIZES = [(10_000, 100), (100_000, 1_000), (100_000, 10_000), (1_000_000, 1_000), (1_000_000, 10_000)]
NAMES = [f"{length // 1000} k characters, {count:,} annotations" for length, count in SIZES]

BARE = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication(sys.argv[:1])
window = QMainWindow()
window.show()
application.processEvents()
"""
OURS = """
import os
import sys
from pathlib import Path
from app.__main__ import load_what_needs_no_qt
load_what_needs_no_qt()
from app.system.paths import Places
from app.system.settings import Settings
from app.ui.program import make_application
from app.ui.window.main_window import MainWindow
from app.domain.coders import Coder
application = make_application()
places = Places.of_this_user()
window = MainWindow(Settings(places.settings / "settings.json"), places)
window.show()
if len(sys.argv) > 1:
    window.open(Path(sys.argv[1]), Coder(id=sys.argv[2], name="Bench"))
application.processEvents()
if len(sys.argv) > 3:
    window.bridge.open_article(sys.argv[3])
    for number in range(20):
        bar = window.reading.reader.verticalScrollBar()
        bar.setValue(bar.maximum() * number // 20)
        application.processEvents()
    status = Path("/proc/self/status").read_text()
    print(status.split("VmHWM:")[1].split()[0])
    sys.stdout.flush()
os._exit(0)
"""


def cold_start(folder: Path) -> None:
    """Time whole processes from their start to the first paint."""
    empty, full = folder / "empty.rubric", folder / "full.rubric"
    made_up_project(empty, __version__, [(2_000, 0)])
    made_up_project(full, __version__, [(3_000, 5)] * 10_000)
    table = Table("Cold start to first paint, whole process")
    taken: dict[str, list[float]] = {"bare": [], "welcome": [], "empty": [], "full": []}
    # As installed: with compiled modules, which a first round makes.
    place = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    place.pop("PYTHONDONTWRITEBYTECODE", None)
    for number in range(ROUNDS + 1):
        for name, code, words in (
            ("bare", BARE, []),
            ("welcome", OURS, []),
            ("empty", OURS, [str(empty), CODER.id]),
            ("full", OURS, [str(full), CODER.id]),
        ):
            command = [sys.executable, "-c", code, *words]
            time = seconds(
                lambda command=command: subprocess.run(
                    command, check=True, env=place, stderr=subprocess.DEVNULL
                )
            )
            if number:
                taken[name].append(time)
    table.row("bare QMainWindow", taken["bare"])
    table.row("Rubricator, welcome page", taken["welcome"], taken["bare"], "2 x")
    table.row("Rubricator, project with 1 article", taken["empty"], taken["bare"], "2 x")
    table.row("Rubricator, project with 10,000 articles", taken["full"], taken["bare"], "2.5 x")


def press(window: MainWindow, key: Qt.Key, text: str) -> None:
    """Send a key to the text and let everything paint that has to."""
    reader = window.reading.reader
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(reader, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))
    QApplication.processEvents()


def press_and_paint(window: MainWindow) -> None:
    """Press the key of a code and paint the text."""
    reader = window.reading.reader
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
        QApplication.sendEvent(reader, event)
    reader.viewport().repaint()


def opening(window: MainWindow, plain: QPlainTextEdit, ids: list[str]) -> None:
    """Time opening an article to the first paint, beside a plain view that gets the same text."""
    table = Table("Open an article to first paint")
    project = window.bridge.project
    for name, article_id in zip(NAMES, ids, strict=True):
        text = project.text(project.article(article_id))
        reader_only, whole, bare = [], [], []
        for _round in range(ROUNDS):
            bare.append(seconds(lambda text=text: (plain.setPlainText(text), plain.viewport().repaint())))
            window.bridge.open_article(None)

            def show(article_id: str = article_id) -> None:
                window.bridge.open_article(article_id)
                window.reading.reader.viewport().repaint()

            whole.append(seconds(show))

            def show_reader(article_id: str = article_id, text: str = text) -> None:
                window.reading.reader.show_article(text, "T", "", project.passages(article_id), 0)
                window.reading.reader.viewport().repaint()

            reader_only.append(seconds(show_reader))
        table.row(f"plain view, {name}", bare)
        table.row("  reader, from the file", reader_only, bare, "2 x, 50 ms")
        table.row("  reader, list and all the rest", whole, bare, "30 ms at 10 k")


def working(window: MainWindow, ids: list[str]) -> None:
    """Time single steps from the key to the repainted text, saved included."""
    table = Table("One step, key to repainted, saved (flush included)")
    for name, article_id in zip(NAMES, ids, strict=True):
        window.bridge.open_article(article_id)
        window.keeper.wait()
        window.quarantine.wait()
        QApplication.processEvents()
        reader = window.reading.reader
        text, adding, undoing, deleting, typing = [], [], [], [], []
        for number in range(ROUNDS * 3):
            start = 200 + 37 * number
            reader.select_range(start, start + 25)
            QApplication.processEvents()
            text.append(seconds(lambda: press_and_paint(window)))
            adding.append(text[-1] + seconds(QApplication.processEvents))
            typing.append(seconds(lambda: press(window, Qt.Key.Key_Right, "")))
            undoing.append(seconds(lambda: (window.bridge.undo(), QApplication.processEvents())))
            window.bridge.redo()
            made = window.bridge.project.passages(article_id)
            window.bridge.select_annotation(next(each for each in made if each.start >= 150).annotation_id)
            QApplication.processEvents()
            deleting.append(
                seconds(lambda: (window.bridge.delete_annotation(), QApplication.processEvents()))
            )
        table.row(f"code, {name}: the text", text, goal="4 ms and a flush")
        table.row("  and everything else", adding)
        table.row("  undo", undoing)
        table.row("  delete", deleting)
        table.row("  move the caret", typing)


def scrolling(window: MainWindow, plain: QPlainTextEdit, ids: list[str]) -> None:
    """Time a page down, painted, in text that was not seen before."""
    table = Table("Scroll one page, painted")
    for name, article_id in zip(NAMES, ids, strict=True):
        project, reader = window.bridge.project, window.reading.reader
        window.bridge.open_article(article_id)
        plain.setPlainText(project.text(project.article(article_id)))
        plain.viewport().repaint()
        ours, bare = [], []
        for number in range(ROUNDS * 2):
            bar, other = reader.verticalScrollBar(), plain.verticalScrollBar()
            to = (number + 1) * reader.viewport().height()
            ours.append(seconds(lambda bar=bar, to=to: (bar.setValue(to), reader.viewport().repaint())))
            bare.append(
                seconds(
                    lambda other=other: (
                        other.setValue(other.value() + other.pageStep()),
                        plain.viewport().repaint(),
                    )
                )
            )
        table.row(name, ours, bare, "2 x, 8 ms")


def saving(folder: Path) -> None:
    """Time steps without a window."""
    from app.domain.ids import AnnotationId, new_id
    from app.project.commands import AddAnnotation

    path = folder / "save.rubric"
    (article_id,) = made_up_project(path, __version__, [(100_000, 1_000)])
    with Project.open(path, Places.of_this_user()) as project:
        project.sign_in(CODER)
        code = project.codebook().codes[0].id

        def add(number: int) -> None:
            project.apply(
                AddAnnotation(
                    id=AnnotationId(new_id()),
                    article_id=article_id,
                    code_id=code,
                    spans=(Span(start=number * 50, end=number * 50 + 11),),
                )
            )

        taken = [seconds(lambda number=number: add(number)) for number in range(300)]
    Table("Save one annotation, no window").row("AddAnnotation", taken[20:])


def memory(folder: Path) -> None:
    """Tell what a process of its own takes at most that opens the largest article and scrolls through it.

    Asked of Linux, because what Python's `resource` says includes what the process took that started it.
    """
    path = folder / "large.rubric"
    *_others, article_id = made_up_project(path, __version__, [SIZES[0], SIZES[-1]])
    command = [sys.executable, "-c", OURS, str(path), CODER.id, article_id]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    Table("Memory").note(f"peak, {NAMES[-1]}", f"{int(said) / 1024:.0f} MB (goal 150)")


def main() -> None:
    """Run everything."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["RUBRICATOR_HOME"] = str(folder / "home")
        cold_start(folder)
        saving(folder)
        path = folder / "sizes.rubric"
        ids = made_up_project(path, __version__, SIZES)
        application = make_application()
        places = Places.of_this_user()
        window = MainWindow(Settings(places.settings / "settings.json"), places)
        window.resize(1280, 800)
        window.show()
        window.open(path, CODER)
        # As the program does once it stands.
        gc.collect()
        gc.freeze()
        plain = QPlainTextEdit()
        plain.setReadOnly(True)
        plain.resize(window.reading.reader.size())
        plain.show()
        application.processEvents()
        window.reading.reader.setFocus()
        opening(window, plain, ids)
        working(window, ids)
        scrolling(window, plain, ids)
        plain.close()
        window.close()
        memory(folder)


if __name__ == "__main__":
    main()
