"""Who is coding: asked once a project, remembered on this computer."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from app.domain.coders import Coder
from app.domain.ids import CoderId
from app.project.identity import known_coder
from app.project.project import Project
from app.system.settings import CODER_ID, CODER_NAME, CODERS_OF_PROJECTS, Setting, Settings, Value
from app.ui.coder.dialog import CoderDialog


class Identity:
    """Knows, or asks, who codes in a project. `save` writes settings."""

    def __init__(
        self, window: QWidget, settings: Settings, save: Callable[[Mapping[Setting, Value]], None]
    ) -> None:
        self._window, self._settings, self._save = window, settings, save

    def known(self, project: Project) -> Coder | None:
        """Who is at work, as far as this computer knows."""
        return known_coder(project, self._settings)

    def ask(self, project: Project) -> Coder | None:
        """Ask, and remember the answer; None if nobody answers, or nothing may be written anyway."""
        if project.read_only:
            return None
        dialog = CoderDialog(project.coders(), self._settings.text(CODER_NAME), self._window)
        if not dialog.exec():
            return None
        coder = dialog.coder(CoderId(self._settings.text(CODER_ID)))
        project_id = project.file_id()
        others = [
            entry
            for entry in self._settings.texts(CODERS_OF_PROJECTS)
            if not entry.startswith(f"{project_id} ")
        ]
        self._save({CODERS_OF_PROJECTS: (*others, f"{project_id} {coder.id} {coder.name}")})
        if not self._settings.text(CODER_ID):
            self._save({CODER_ID: coder.id, CODER_NAME: coder.name})
        return coder
