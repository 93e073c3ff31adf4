"""Who is at work in a project, as far as this computer knows."""

from app.domain.coders import Coder
from app.domain.ids import CoderId
from app.project.project import Project
from app.system.settings import CODER_ID, CODER_NAME, CODERS_OF_PROJECTS, Settings


def known_coder(project: Project, settings: Settings) -> Coder | None:
    """Return who coded here before on this computer, or its coder where nothing speaks against it; None if unknown."""
    coders = {coder.id: coder for coder in project.coders()}
    for entry in settings.texts(CODERS_OF_PROJECTS):
        project_id, coder_id, name = [*entry.split(" ", 2), "", ""][:3]
        if project_id == project.file_id() and coder_id:
            # Somebody who has not coded anything yet is not in the file.
            known = coders.get(CoderId(coder_id))
            return known or (Coder(id=CoderId(coder_id), name=name) if name else None)
    packet = project.packet()
    if packet is not None and packet.coder_id in coders:
        return coders[packet.coder_id]
    mine = CoderId(settings.text(CODER_ID))
    if mine in coders:
        return coders[mine]
    name = settings.text(CODER_NAME)
    return Coder(id=mine, name=name) if mine and name and not coders else None
