"""Is a project file sound, and what can be saved of one that is not."""

from pathlib import Path
from typing import NamedTuple

from app import __version__
from app.domain.errors import UserError
from app.domain.ids import AnnotationId
from app.exchange.project_jsonl import looks_like_project, read_project
from app.storage.check import misfits, problems
from app.storage.salvage import Salvaged, salvage


def check_project(path: Path) -> list[str]:
    """Return a sentence for everything that is wrong with a project file or a project's JSONL export."""
    if path.is_file() and looks_like_project(path):
        try:
            for _record in read_project(path):
                pass
        except UserError as error:
            return [str(error)]
        return []
    return list(problems(path, __version__))


def find_misfits(path: Path) -> frozenset[AnnotationId]:
    """Return the annotations of a project whose quotes do not fit the text; the file may be open meanwhile."""
    return misfits(path, __version__)


class Repaired(NamedTuple):
    """The new file, and what became of what the old one held."""

    path: Path
    salvaged: Salvaged


def repair_project(path: Path) -> Repaired:
    """Write what can be read of a damaged project to a new file beside it; the old one stays.

    Raises UserError where too little can be read, or for a file that is not a project.
    """
    if path.is_file() and looks_like_project(path):
        raise UserError(f"{path.name} is an export, and only project files can be repaired. Export it again.")
    target = path.with_name(f"{path.stem} (repaired).rubric")
    if target.exists():
        raise UserError(f"{target.name} is there already. Move it away first.")
    return Repaired(target, salvage(path, target, path.stem, __version__))
