"""What every command has at hand."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from app.domain.errors import UserError
from app.project.project import Project
from app.system.paths import Places

Window = Callable[[Path, Places], int]
"""Shows a project in a window and returns the exit code."""


class Session(NamedTuple):
    """The folders of this user, and the ways to a window."""

    places: Places
    open_window: Window
    open_demo: Window

    def open_for_writing(self, path: Path) -> Project:
        """Open a project; UserError if a window has it or it may not be written."""
        project = Project.open(path, self.places, who="the command line")
        if project.read_only:
            project.close()
            raise UserError(f"{path.name} cannot be changed now: {project.held_by}.")
        return project


def say(sentence: str) -> None:
    """Print a line for people."""
    sys.stdout.write(sentence + "\n")


def say_json(value: Any) -> None:
    """Print one JSON value."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
