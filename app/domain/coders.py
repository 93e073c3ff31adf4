"""Coders: the people who annotate."""

from pydantic import BaseModel, ConfigDict, Field

from app.domain.ids import CoderId


class Coder(BaseModel):
    """One person: the id tells coders apart, the name is for people and may change or repeat."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: CoderId
    name: str = Field(min_length=1, max_length=200)
