"""The program as a window: from nothing to the first paint, and a picture of it where there is no display."""

import gc
import os
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from app.domain.coders import Coder
from app.domain.errors import UserError
from app.exchange.formats import Printout
from app.system.log import start_log
from app.system.paths import Places
from app.system.settings import Settings
from app.ui.crash import catch_bugs, log_qt_messages
from app.ui.reader.spoken import let_reader_speak
from app.ui.window.main_window import MainWindow

_TURN = 0.001
"""Seconds that one thread may keep another waiting."""


def run(path: Path | None, places: Places, coder: Coder | None = None) -> int:
    """Show the window, with a project open if one is given, until it is closed; returns the exit code."""
    start_log(places.log)
    log_qt_messages()
    application = make_application()
    catch_bugs()
    window = MainWindow(Settings(places.settings_file), places)
    window.show()
    if path is not None:
        window.open(path, coder)
    # What stands by now stays as long as the window; the sweeper need not look at it.
    gc.freeze()
    return application.exec()


def take_picture(path: Path, target: Path, places: Places, coder: Coder | None) -> bool:
    """Write a picture of the window with a project open, without a display; False if the disk refuses.

    Must be called before any other use of Qt in this process, but for what needs no display either.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    start_log(places.log)
    log_qt_messages()
    application = QApplication.instance() or make_application()
    window = MainWindow(Settings(places.settings_file), places)
    window.resize(1280, 800)
    window.show()
    window.open(path, coder)
    application.processEvents()
    saved = window.grab().save(str(target))
    window.close()
    return saved


def press_offscreen(shown: Printout) -> bytes:
    """Make the PDF of a codebook without a window or a display; UserError if there is no font to set it in."""
    from app.ui.codebook_files.press import press

    if sys.platform == "linux":
        # Elsewhere there is always a display, and only with it are there the fonts of the system.
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or make_application()
    if not has_fonts():
        raise UserError(
            "No font is installed to print with; on Debian or Ubuntu, fonts-dejavu-core would do."
        )
    made = press(shown)
    del application  # It had to be there while the pages were laid out.
    return made


def has_fonts() -> bool:
    """Tell whether there is a font to write with; some containers have none."""
    return bool(QFontDatabase.families())


def make_application() -> QApplication:
    """Return the one application object, set up."""
    QCoreApplication.setApplicationName("Rubricator")
    QCoreApplication.setOrganizationName("Rubricator")
    application = QApplication(sys.argv[:1])
    # While a thread reads or compares, whatever is painted waits for it again and again: five times shorter than usual.
    sys.setswitchinterval(_TURN)
    application.setStyle("Fusion")
    application.setDesktopFileName("rubricator")
    let_reader_speak()
    return application
