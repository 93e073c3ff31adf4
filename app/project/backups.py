"""Rolling backups of a project, and the way back."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from app import __version__
from app.domain.errors import UserError
from app.domain.ids import ProjectId
from app.domain.progress import Progress, unheard
from app.storage.backups import copy_database, to_thin_out
from app.storage.project_file import ProjectFile
from app.system.locks import FileLock
from app.system.paths import Places

_WHOSE = "project.txt"
"""Beside the backups of a project: where it lay, for finding them when it is too damaged to say its id."""

_STAMP = "%Y%m%d-%H%M%S-%f"


class Backup(NamedTuple):
    """One copy of a project as it was at a moment."""

    path: Path
    moment: datetime
    size: int


def back_up(project: Path, project_id: ProjectId, places: Places) -> Backup:
    """Copy the project to the backup folder and thin out older copies; UserError if that fails."""
    moment = datetime.now(UTC)
    target = places.backups / project_id / f"{moment.strftime(_STAMP)}.rubric"
    copy_database(project, target)
    (target.parent / _WHOSE).write_text(str(project.resolve()), encoding="utf-8")
    kept = backups_of(project_id, places)
    gone = set(to_thin_out([backup.moment for backup in kept], moment))
    for backup in kept:
        if backup.moment in gone:
            backup.path.unlink(missing_ok=True)
    return Backup(target, moment, target.stat().st_size)


def backups_of(project_id: ProjectId, places: Places) -> Sequence[Backup]:
    """Return the copies that are kept of a project, the newest first."""
    found: list[Backup] = []
    for path in (places.backups / project_id).glob("*.rubric"):
        try:
            moment = datetime.strptime(path.stem, _STAMP).replace(tzinfo=UTC)
        except ValueError:
            continue
        found.append(Backup(path, moment, path.stat().st_size))
    return sorted(found, key=lambda backup: backup.moment, reverse=True)


def project_behind(project: Path, places: Places) -> ProjectId | None:
    """Return the id under which backups of the file at a path are kept; None if there are none."""
    notes = sorted(places.backups.glob(f"*/{_WHOSE}"), key=lambda each: each.stat().st_mtime, reverse=True)
    for note in notes:
        if note.read_text(encoding="utf-8") == str(project.resolve()):
            return ProjectId(note.parent.name)
    return None


def save_copy(project: Path, target: Path, progress: Progress = unheard) -> None:
    """Write a complete copy of a project that may be open, at any moment, to another file."""
    if target.exists() and target.samefile(project):
        raise UserError("A copy needs another name or folder than the project itself.")
    copy_database(project, target, progress)


def restore(backup: Path, project: Path, project_id: ProjectId, places: Places) -> None:
    """Put a backup in the place of a project that is closed; what was there is backed up before.

    Raises UserError, and changes nothing, if the backup does not open or a window has the project.
    """
    ProjectFile.open(backup, program=__version__, read_only=True).close()
    if project.exists():
        lock = FileLock(project, places.locks)
        holder = lock.acquire("Restore from backup")
        if holder:
            raise UserError(f"{project.name} is open in {holder}. Close it there first.")
        try:
            _keep_bytes(project, project_id, places)
            copy_database(backup, project)
        finally:
            lock.release()
    else:
        copy_database(backup, project)


def _keep_bytes(project: Path, project_id: ProjectId, places: Places) -> None:
    """Keep the bytes of a project that may be too damaged for an orderly backup, among the backups."""
    target = places.backups / project_id / f"{datetime.now(UTC).strftime(_STAMP)}.rubric"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(project.read_bytes())
