"""What tells the layers apart besides their colour: one pattern each, on the screen as on paper."""

from enum import Enum, auto


class Pattern(Enum):
    """Every pattern, in the order in which layers get them."""

    SOLID = auto()
    DASHED = auto()
    DOUBLE = auto()
    DOTTED = auto()
    DASH_DOT = auto()
    LADDER = auto()


_PATTERNS = tuple(Pattern)

DASHES = {
    Pattern.DASHED: (10.0, 4.0),
    Pattern.DOTTED: (3.0, 3.0),
    Pattern.DASH_DOT: (10.0, 3.0, 3.0, 3.0),
    Pattern.LADDER: (1.5, 2.5),
}
"""Pixels painted and left out, in turn, along a stroke of 3 pixels."""


def pattern_of(layer: int) -> Pattern:
    """Return the pattern of a layer by its number; after the sixth they begin again."""
    return _PATTERNS[layer % len(_PATTERNS)]
