"""Coders and entities in the project file: who annotates, and who is written about."""

from collections.abc import Iterator, Sequence

from app.domain.coders import Coder
from app.domain.entities import Entity
from app.domain.ids import CoderId, EntityId
from app.storage.columns import delete, texts, to_json, upsert
from app.storage.connection import FileDatabase


class Coders:
    """Reads and writes coders; writing needs an open step."""

    def __init__(self, db: FileDatabase) -> None:
        self._db = db

    def __iter__(self) -> Iterator[Coder]:
        """Yield the coders by name."""
        for coder_id, name in self._db.execute("SELECT id, name FROM coder ORDER BY name, id"):
            yield Coder(id=coder_id, name=name)

    def get(self, coder_id: CoderId) -> Coder | None:
        """Return one coder, or None."""
        row = self._db.execute("SELECT id, name FROM coder WHERE id = ?", (coder_id,)).fetchone()
        return None if row is None else Coder(id=row[0], name=row[1])

    def write(self, coder: Coder) -> None:
        """Add a coder or change the name."""
        upsert(self._db, "coder", {"id": coder.id}, {"name": coder.name})


class Entities:
    """Reads and writes the register of entities; writing needs an open step."""

    def __init__(self, db: FileDatabase) -> None:
        self._db = db

    def __iter__(self) -> Iterator[Entity]:
        """Yield the entities by name."""
        return self._read("ORDER BY name, id")

    def get(self, entity_id: EntityId) -> Entity | None:
        """Return one entity, or None."""
        return next(self._read("WHERE id = ?", (entity_id,)), None)

    def write(self, entity: Entity) -> None:
        """Add an entity or change it."""
        values = entity.model_dump(exclude={"id"})
        upsert(self._db, "entity", {"id": entity.id}, {**values, "aliases": to_json(entity.aliases)})

    def remove(self, entity_ids: Sequence[EntityId]) -> None:
        """Remove entities that nothing links to."""
        delete(self._db, "entity", "id", entity_ids)

    def _read(self, condition: str, values: Sequence[str] = ()) -> Iterator[Entity]:
        for row in self._db.rows(f"SELECT * FROM entity {condition}", values):
            row["aliases"] = texts(row["aliases"])
            yield Entity(**row)
