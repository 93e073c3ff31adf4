"""A plot while it is laid out, from the top down: title, what the plot itself draws, notes and caption."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from app.domain.values import Value
from app.ui.plots.drawing import Anchor, Drawing, Item, Line, Spot, Words
from app.ui.plots.style import Style, plain

_LEADING = 1.35
"""From base line to base line, as a multiple of the size."""


class Framed(Value):
    """What every plot has around it. `caption` names the measures and settings; `empty` stands where nothing is."""

    title: str
    caption: str = ""
    empty: str = "There is nothing to show yet."


class Sheet:
    """Takes items from the top down; `y` is how far it is filled, in points. What is `under` lies below all else."""

    def __init__(self, style: Style, width: float, title: str) -> None:
        self.style, self.width, self.title = style, width, plain(title)
        self.left, self.right = style.margin, width - style.margin
        self.y = style.margin
        self.items: list[Item] = []
        self.under: list[Item] = []
        self.spots: list[Spot] = []
        if self.title:
            self.paragraph(self.title, style.size * 1.1, style.theme.ink, bold=True)
            self.y += style.size * 0.7

    def words(
        self,
        text: str,
        x: float,
        y: float,
        *,
        size: float = 0.0,
        colour: QColor | None = None,
        anchor: Anchor = Anchor.START,
        bold: bool = False,
        turned: bool = False,
    ) -> None:
        """Write one line; in ink and of ordinary size, if nothing else is said."""
        if not text:
            return
        chosen = colour or self.style.theme.ink
        self.items.append(Words(text, x, y, size or self.style.size, chosen, anchor, bold, turned))

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        colour: QColor,
        width: float = 0.6,
        *,
        dashed: bool = False,
        under: bool = False,
    ) -> None:
        """Draw a straight line."""
        (self.under if under else self.items).append(Line(*start, *end, colour, width, dashed))

    def paragraph(self, text: str, size: float, colour: QColor, *, bold: bool = False) -> None:
        """Write as many lines as the words take, from side to side."""
        for line in self.style.wrapped(text, self.right - self.left, size, bold=bold):
            self.y += size * _LEADING
            self.words(line, self.left, self.y - size * 0.35, size=size, colour=colour, bold=bold)

    def spot(self, spot: Spot) -> None:
        """Let something be pointed at."""
        self.spots.append(spot)

    def finished(self, framed: Framed, notes: Sequence[str] = ()) -> Drawing:
        """Close with notes and caption, or with a sentence if there is nothing that can be pointed at."""
        style = self.style
        if not self.spots:
            self.paragraph(plain(framed.empty), style.size, style.theme.ink)
        below = [plain(each) for each in (*notes, framed.caption)]
        self.y += style.size * 0.6
        for each in filter(None, below):
            self.paragraph(each, style.small, style.theme.quiet)
        numbers = (each.words for each in self.spots) if self.spots else (plain(framed.empty),)
        return Drawing(
            width=self.width,
            height=self.y + style.margin,
            items=(*self.under, *self.items),
            spots=tuple(self.spots),
            family=style.family,
            title=self.title,
            spoken="\n".join((*numbers, *filter(None, below))),
        )


def span(left: float, top: float, right: float, bottom: float) -> QRectF:
    """Return the room between four edges."""
    return QRectF(left, top, right - left, bottom - top)
