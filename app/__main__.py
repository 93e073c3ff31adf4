"""Arguments in, window or command line out."""

import gc
import importlib
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path

from app.domain.errors import UserError
from app.exchange.formats import Printout
from app.system.paths import Places


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; returns 0 on success, 1 for an error a person can mend, 2 for wrong usage."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    places = Places.of_this_user()
    for stream in (sys.stdout, sys.stderr):
        # A name of a file that the terminal has no letters for is no reason to fall over.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    if not words or (len(words) == 1 and Path(words[0]).suffix == ".rubric"):
        # Straight to the window: a double click should not wait for the command line to load.
        return _window(Path(words[0]) if words else None, places)
    from app.cli.main import run_commands
    from app.cli.session import Session

    return run_commands(words, Session(places, _window, _demo_window, _press, _show))


def _window(path: Path | None, places: Places) -> int:
    from app.ui.preflight import has_display, missing_libraries

    if not has_display():
        sys.stderr.write(
            "There is no display to show a window on; “rubricator --help” lists what works without.\n"
        )
        return 1
    if lacking := missing_libraries(with_display=True):
        sys.stderr.write(f"{lacking}\n")
        return 1
    load_what_needs_no_qt()
    from app.ui.program import run

    return run(path, places)


def load_what_needs_no_qt() -> None:
    """Load the rooms below the window first: once PySide6 is there, it reads the source of every module loaded.

    Nothing of what is loaded at the start is ever garbage, so nobody needs to look for that meanwhile.
    """
    gc.disable()
    # Plugins of pydantic would be other people's code, and looking for them takes time.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    importlib.import_module("app.project.project")


def _demo_window(path: Path, places: Places) -> int:
    from app.ui.demo import show_demo

    return show_demo(path, places)


def _press(shown: Printout) -> bytes:
    """Make a PDF where no window is open; Qt lays it out, but needs no display for that."""
    from app.ui.preflight import missing_libraries

    if lacking := missing_libraries(with_display=False):
        raise UserError(lacking)
    from app.ui.program import press_offscreen

    return press_offscreen(shown)


def _show(project: Path, folder: Path, places: Places) -> tuple[Path, ...]:
    """Paint the window and every plot into files of a folder, without a display."""
    from app.ui.preflight import missing_libraries

    if lacking := missing_libraries(with_display=False):
        raise UserError(lacking)
    from app.ui.demo import show_offscreen

    return show_offscreen(project, folder, places)


if __name__ == "__main__":
    sys.exit(main())
