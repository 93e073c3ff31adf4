"""Coders: the people who annotate."""

from pydantic import Field

from app.domain.ids import CoderId
from app.domain.values import Value


class Coder(Value):
    """One person: the id tells coders apart, the name is for people and may change or repeat."""

    id: CoderId
    name: str = Field(min_length=1, max_length=200)
