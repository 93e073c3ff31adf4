"""What every value of the house has in common."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A value: checked once, when it is made, and never changed.

    pydantic prepares a class when its first value is made, so that the program starts without the others.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
