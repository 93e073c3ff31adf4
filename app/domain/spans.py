"""Spans: half-open ranges of Unicode code points."""

from collections.abc import Iterable, Sequence
from typing import Self

from pydantic import Field, model_validator

from app.domain.counting import counted
from app.domain.errors import UserError
from app.domain.values import Value


class Span(Value):
    """A half-open range `[start, end)` of code points of one text; never empty."""

    start: int = Field(ge=0)
    end: int

    @model_validator(mode="after")
    def _holds_something(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"a span ends after it starts, not at {self.start}..{self.end}")
        return self

    @property
    def length(self) -> int:
        """The number of code points."""
        return self.end - self.start

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def quote(self, text: str) -> str:
        """Return the piece of `text` that the span covers."""
        return text[self.start : self.end]


def tidy(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans in text order, those that touch or overlap merged into one."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.start, each.end)):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(start=merged[-1].start, end=max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return `[start, end)` without white space at its edges; empty at `start` if nothing else is there."""
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    if left == len(piece):
        return start, start
    return start + left, end - (len(piece) - len(piece.rstrip()))


def check_inside(spans: Sequence[Span], text: str) -> None:
    """Raise UserError unless there is a span and every span lies inside `text`."""
    if not spans:
        raise UserError("Select some text first: an annotation needs at least one passage.")
    if spans[-1].end > len(text):
        raise UserError(
            f"The passage {spans[-1].start} to {spans[-1].end} lies outside the article, "
            f"which has {counted(len(text), 'character')}."
        )
