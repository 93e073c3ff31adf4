"""What every command has at hand."""

import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from app.domain.errors import UserError
from app.exchange.formats import Press
from app.project.identity import known_coder
from app.project.project import Project
from app.system.paths import Places
from app.system.settings import Settings

Window = Callable[[Path, Places], int]
"""Shows a project in a window and returns the exit code."""

Show = Callable[[Path, Path, Places], tuple[Path, ...]]
"""Paints the window with a project, and plots, into files of a folder; returns them."""


class Session(NamedTuple):
    """The folders of this user, the ways to a window, and what makes PDFs and pictures without one."""

    places: Places
    open_window: Window
    open_demo: Window
    press: Press
    show: Show

    def open_for_writing(self, path: Path) -> Project:
        """Open a project for whoever codes in it on this computer, so that a step can be undone in the window too.

        UserError if a window has it or it may not be written.
        """
        project = Project.open(path, self.places, who="the command line")
        if project.read_only:
            project.close()
            raise UserError(f"{path.name} cannot be changed now: {project.held_by}.")
        project.sign_in(known_coder(project, Settings(self.places.settings_file)))
        return project


def say(sentence: str) -> None:
    """Print a line for people; UserError where the output cannot be written."""
    _write(sentence + "\n")


def say_json(value: Any) -> None:
    """Print one JSON value; UserError where the output cannot be written."""
    _write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def _write(text: str) -> None:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        # What is still in memory would fail once more when the program ends.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise UserError(f"The output could not be written: {error.strerror}. Send it elsewhere.") from error
