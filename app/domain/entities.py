"""Entities: the actors of the world that annotations mention."""

from pydantic import BaseModel, ConfigDict, Field

from app.domain.ids import EntityId


class Entity(BaseModel):
    """One actor in the world with every name it goes by."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: EntityId
    name: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    type: str = ""
    country: str = ""
    note: str = ""
