"""Who is coding: asked once a project, remembered on this computer."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from app.domain.coders import Coder
from app.domain.ids import CoderId
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
        """Who coded here before on this computer, or this computer's coder where nothing speaks against it."""
        coders = {coder.id: coder for coder in project.coders()}
        for entry in self._settings.texts(CODERS_OF_PROJECTS):
            project_id, coder_id, name = [*entry.split(" ", 2), "", ""][:3]
            if project_id == project.file_id() and coder_id:
                # Somebody who has not coded anything yet is not in the file.
                known = coders.get(CoderId(coder_id))
                return known or (Coder(id=CoderId(coder_id), name=name) if name else None)
        packet = project.packet()
        if packet is not None and packet.coder_id in coders:
            return coders[packet.coder_id]
        mine = CoderId(self._settings.text(CODER_ID))
        if mine in coders:
            return coders[mine]
        name = self._settings.text(CODER_NAME)
        return Coder(id=mine, name=name) if mine and name and not coders else None

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
