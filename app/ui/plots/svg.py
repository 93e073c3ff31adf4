"""A drawing as SVG.

Qt's own writer cuts a line of words into a piece for each script and typeface, at places that hold with the typefaces
of this computer alone: Arabic falls apart elsewhere. Here a line is one element, anchored where it belongs.
"""

import unicodedata
from xml.sax.saxutils import escape, quoteattr

from PySide6.QtGui import QColor

from app.ui.plots.drawing import DASHES, Disc, Drawing, Item, Line, Words
from app.ui.plots.style import FACES

_RIGHT_TO_LEFT, _ISOLATED = "\u2067", "\u2069"
"""Around words that run from right to left, whatever stands around them."""


def svg(drawing: Drawing, width: float, paper: QColor) -> str:
    """Return a drawing as an SVG document that is `width` points wide, with title and numbers for screen readers."""
    height = drawing.height * width / drawing.width
    families = ", ".join(f"'{each}'" for each in dict.fromkeys((drawing.family, *FACES)))
    size = f'width="{_mm(width)}mm" height="{_mm(height)}mm"'
    box = f'viewBox="0 0 {_n(drawing.width)} {_n(drawing.height)}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" version="1.1" role="img" {size} {box}'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"{head} font-family={quoteattr(families + ', sans-serif')}>",
        f"<title>{escape(drawing.title)}</title>",
        f"<desc>{escape(drawing.spoken)}</desc>",
        f'<rect width="100%" height="100%" fill="{paper.name()}"/>',
        *map(_element, drawing.items),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _element(item: Item) -> str:
    if isinstance(item, Words):
        return _words(item)
    if isinstance(item, Line):
        dashes = f' stroke-dasharray="{" ".join(map(_n, DASHES))}"' if item.dashed else ""
        ends = f'x1="{_n(item.x1)}" y1="{_n(item.y1)}" x2="{_n(item.x2)}" y2="{_n(item.y2)}"'
        return f'<line {ends} stroke="{item.colour.name()}" stroke-width="{_n(item.width)}"{dashes}/>'
    edge = f' stroke="{item.edge.name()}" stroke-width="{_n(item.width)}"' if item.edge else ""
    look = f'fill="{item.fill.name()}"{edge}'
    if isinstance(item, Disc):
        return f'<circle cx="{_n(item.x)}" cy="{_n(item.y)}" r="{_n(item.radius)}" {look}/>'
    corners = " ".join(f"{_n(x)},{_n(y)}" for x, y in item.corners)
    return f'<polygon points="{corners}" {look}/>'


def _words(words: Words) -> str:
    text = escape(words.text)
    if _right_to_left(words.text):
        # Not every program knows the attribute for it, and those that do take the other end for the anchor.
        text = f"{_RIGHT_TO_LEFT}{text}{_ISOLATED}"
    look = f'font-size="{_n(words.size)}" fill="{words.colour.name()}" text-anchor="{words.anchor.value}"'
    bold = ' font-weight="bold"' if words.bold else ""
    turn = f' transform="rotate(-90 {_n(words.x)} {_n(words.y)})"' if words.turned else ""
    place = f'x="{_n(words.x)}" y="{_n(words.y)}"'
    return f"<text {place} {look}{bold}{turn}>{text}</text>"


def _right_to_left(text: str) -> bool:
    """Tell by the first letter that has a direction, as Qt does."""
    for each in text:
        direction = unicodedata.bidirectional(each)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _mm(points: float) -> str:
    return _n(points * 25.4 / 72)
