"""Whose copy a project file is: the mark that tells a copy for a coder from the project that it was cut from."""

from typing import NamedTuple

from app.domain.ids import CoderId
from app.storage.columns import upsert
from app.storage.connection import FileDatabase


class Packet(NamedTuple):
    """The mark of a copy for a coder. `id` is that of the file; the study keeps its own."""

    id: str
    coder_id: CoderId
    made_at: str


class Packets:
    """Reads and writes the mark; writing needs an open step, or a file that is being filled."""

    def __init__(self, db: FileDatabase) -> None:
        self._db = db

    def read(self) -> Packet | None:
        """Return the mark; None in a project that is no copy for a coder."""
        row = self._db.execute("SELECT id, coder_id, made_at FROM packet").fetchone()
        return Packet(*row) if row else None

    def write(self, packet: Packet) -> None:
        """Mark the file as a copy for a coder."""
        upsert(self._db, "packet", {"one": 1}, packet._asdict())
