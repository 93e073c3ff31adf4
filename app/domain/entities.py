"""Entities: the actors of the world that annotations mention."""

from pydantic import Field

from app.domain.ids import EntityId
from app.domain.values import Value


class Entity(Value):
    """One actor in the world with every name it goes by."""

    id: EntityId
    name: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    type: str = ""
    country: str = ""
    note: str = ""
