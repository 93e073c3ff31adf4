"""Published versions of the codebook in the project file: one row a version, with the whole codebook in it."""

from app.domain.codebook import Codebook
from app.domain.ids import CoderId
from app.domain.versions import Version
from app.storage.columns import upsert
from app.storage.connection import FileDatabase


class Versions:
    """Reads and writes published versions; writing needs an open step."""

    def __init__(self, db: FileDatabase) -> None:
        self._db = db

    def read(self) -> list[Version]:
        """Return what is said of every version that is kept, the oldest first."""
        rows = self._db.execute(
            'SELECT "version", at, coder_id, note FROM codebook_version ORDER BY "version"'
        )
        return [Version(number, at, CoderId(coder_id), note) for number, at, coder_id, note in rows]

    def codebook(self, number: int) -> Codebook | None:
        """Return the codebook as it was published under a number; None if that version is not kept."""
        row = self._db.execute(
            'SELECT content FROM codebook_version WHERE "version" = ?', (number,)
        ).fetchone()
        return published(row[0]) if row else None

    def write(self, version: Version, codebook: Codebook) -> None:
        """Keep a codebook as a version, in the place of what was kept under the same number."""
        content = codebook.model_copy(update={"version": version.number}).model_dump_json()
        values = {"at": version.at, "coder_id": version.coder_id, "note": version.note, "content": content}
        upsert(self._db, "codebook_version", {"version": version.number}, values)

    def remove(self, number: int) -> None:
        """Keep a version no longer."""
        self._db.execute('DELETE FROM codebook_version WHERE "version" = ?', (number,))


def published(content: str) -> Codebook:
    """Return the codebook that a row holds; ValueError if it is none."""
    return Codebook.model_validate_json(content)
