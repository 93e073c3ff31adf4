"""What every plot can do, whatever it shows."""

from typing import Protocol

from app.ui.plots.drawing import Drawing
from app.ui.plots.style import Style


class Plot(Protocol):
    """A frozen value that can be drawn at any width that is not below the least one."""

    @property
    def title(self) -> str:
        """What it shows, in a few words."""
        ...

    def least_width(self, style: Style) -> float:
        """Return how narrow it can be drawn, in points."""
        ...

    def draw(self, width: float, style: Style) -> Drawing:
        """Lay it out at a width in points."""
        ...


def drawn(plot: Plot, width: float, style: Style) -> Drawing:
    """Return a plot laid out at a width in points, or at its least width if that is wider."""
    return plot.draw(max(width, plot.least_width(style)), style)
