"""A coefficient as plots show it: its value with an interval, or why there is none."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from app.domain.values import Value
from app.project.agreement_words import number
from app.ui.plots.style import plain

Coefficient = Annotated[float, Field(ge=-100, le=100)]
"""Bounds far outside of what any coefficient can be, inside of what an axis can show."""


class Measured(Value):
    """`value` is None where it is undefined, and `reason` says why; `low` and `high` are there both or not at all.

    The interval need not hold the value: that of a bootstrap may not.
    """

    value: Coefficient | None = None
    reason: str = ""
    low: Coefficient | None = None
    high: Coefficient | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.low is None) != (self.high is None):
            raise ValueError("an interval has two ends")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError("the low end of an interval lies above its high end")
        return self

    @property
    def ends(self) -> tuple[float, float] | None:
        """The interval around a value; None where there is none of either."""
        if self.value is None or self.low is None or self.high is None:
            return None
        return self.low, self.high

    def told(self, interval_name: str, *more: str) -> str:
        """Return value, interval and more in words, as they are said and shown under the pointer."""
        if self.value is None:
            reason = plain(self.reason)
            return "; ".join((f"n/a, {reason}" if reason else "n/a", *more))
        low_high = (
            (f"{plain(interval_name)} {number(self.ends[0])} to {number(self.ends[1])}",) if self.ends else ()
        )
        return "; ".join((number(self.value), *low_high, *more))
