"""How a plot looks: the theme of the window, or black on white paper."""

import unicodedata

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QTextLayout, QTextOption

from app.ui.plots.drawing import FINE, typeface
from app.ui.theme import LIGHT, Theme, blend, code_colours

FACES = ("Helvetica Neue", "Helvetica", "Arial", "Liberation Sans", "Noto Sans", "DejaVu Sans")
"""What figures are set in, the best first."""

PAPER = LIGHT._replace(
    window=QColor("#FFFFFF"),
    panel=QColor("#FFFFFF"),
    paper=QColor("#FFFFFF"),
    ink=QColor("#000000"),
    quiet=QColor("#404040"),
    line=QColor("#BDBDBD"),
)
"""Files are for paper, whatever the window looks like."""

POINTS = 72 / 25.4
"""Points in a millimetre."""

_NARROW = 125 * POINTS
"""Figures narrower than this are for one of two columns, where captions are small too."""

_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#8C6D1F", "#5B5B5B")
"""Okabe and Ito's, which are safe for colour blindness, less the two that white paper swallows."""

_NONE = "\ufffe\uffff"
"""No characters, as XML sees it."""


class Style:
    """Theme, typeface, the size of ordinary words in points, and the margin around the plot.

    It remembers how long words are, because a plot asks again and again; each plot on each thread has one of its own.
    """

    def __init__(self, theme: Theme, family: str, size: float, margin: float) -> None:
        self.theme, self.family, self.size, self.margin = theme, family, size, margin
        self.small = size * 0.88
        """The size of ticks, notes and captions."""
        self._metrics: dict[tuple[float, bool], QFontMetricsF] = {}
        self._lengths: dict[tuple[str, float, bool], float] = {}

    def length(self, words: str, size: float, *, bold: bool = False) -> float:
        """Return how long a line of words is, in points."""
        key = words, size, bold
        if key not in self._lengths:
            self._lengths[key] = self._measuring(size, bold).horizontalAdvance(words) / FINE
        return self._lengths[key]

    def rise(self, size: float) -> float:
        """Return how far below its middle the base line of words stands, so that digits look centred."""
        return self._measuring(size, False).capHeight() / FINE / 2

    def elided(self, words: str, room: float, size: float, *, bold: bool = False) -> str:
        """Return words that fit into `room` points, without their middle where they are too long."""
        if self.length(words, size, bold=bold) <= room:
            return words
        metrics = self._measuring(size, bold)
        return metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, room * FINE)

    def wrapped(self, words: str, room: float, size: float, *, bold: bool = False) -> list[str]:
        """Return words as lines of at most `room` points."""
        layout = QTextLayout(words, typeface(self.family, size, bold=bold))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        # Qt counts in UTF-16 units.
        units, lines = words.encode("utf-16-le"), []
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(room, size) * FINE)
            line.setPosition(QPointF(0, 0))
            start = 2 * line.textStart()
            lines.append(units[start : start + 2 * line.textLength()].decode("utf-16-le").strip())
        layout.endLayout()
        return lines

    def series(self, number: int) -> QColor:
        """Return the colour of a series, readable on this paper."""
        return code_colours(_COLOURS[number % len(_COLOURS)], self.theme).bar

    def faint(self) -> QColor:
        """Return the colour of lines that only guide the eye."""
        return blend(self.theme.line, self.theme.paper, 0.35 if self.theme.strong else 0.6)

    def _measuring(self, size: float, bold: bool) -> QFontMetricsF:
        if (size, bold) not in self._metrics:
            self._metrics[size, bold] = QFontMetricsF(typeface(self.family, size, bold=bold))
        return self._metrics[size, bold]


def paper_style(width: float) -> Style:
    """Return the style of a figure in a file that is so many points wide."""
    return Style(PAPER, installed_face(), 7.0 if width < _NARROW else 8.0, 3.0)


def screen_style(theme: Theme, font: QFont) -> Style:
    """Return the style of a plot in a window with this theme and typeface."""
    return Style(theme, font.family(), 9.0, 12.0)


def installed_face() -> str:
    """Return the best typeface for figures that is installed."""
    families = set(QFontDatabase.families())
    general = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    return next((each for each in FACES if each in families), general)


def plain(words: str) -> str:
    """Return words as one line that every kind of file can hold: no control characters."""
    kept = (" " if unicodedata.category(each) == "Cc" or each in _NONE else each for each in words)
    return " ".join("".join(kept).split())
