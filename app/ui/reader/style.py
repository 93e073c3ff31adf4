"""How the article looks: fonts, spacing and colours, worked out once for a theme and a set of settings."""

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF

from app.domain.codebook import Codebook
from app.domain.ids import CodeId
from app.system.settings import LINE_HEIGHT, MEASURE, READING_FONT, TEXT_SIZE, Settings
from app.ui.theme import Theme, blend, readable

_READING_FACES = ("Charter", "Iowan Old Style", "Georgia", "Noto Serif", "Source Serif 4", "DejaVu Serif")
_TINT = 0.20

TINT_SHARE = 0.75
"""How much of what lies below an annotation its tint covers."""

LANES_GAP = 1.0
"""Pixels between a line's letters and its lanes, and between those and the next line."""


class CodeLook(NamedTuple):
    """A code as it is painted. `tint` lies under the text, `bar` in the lane, `ink` is for its label."""

    name: str
    key: str
    tint: QColor
    bar: QColor
    ink: QColor


class ReaderStyle(NamedTuple):
    """Everything that painting needs. Lengths are device-independent pixels.

    `row` is the least distance between two lines of text, with room for one lane, so that the first annotation
    of a line moves nothing; `lane` is the distance between lanes. `rise` and `drop` are what letters take above
    and below the baseline.
    """

    theme: Theme
    font: QFont
    title_font: QFont
    small_font: QFont
    label_font: QFont
    size: float
    row: float
    lane: float
    rise: float
    drop: float
    measure: float
    paragraph_gap: float
    character: float
    codes: Mapping[CodeId, CodeLook]


def make_style(settings: Settings, theme: Theme, codebook: Codebook) -> ReaderStyle:
    """Work out the style."""
    size = settings.number(TEXT_SIZE)
    family = reading_face(settings.text(READING_FONT))
    font = _font(family, size)
    label_font = _font(QFont().family(), max(9.0, size * 0.56))
    metrics = QFontMetricsF(font)
    rise, drop = min(metrics.ascent(), size * 0.95), metrics.descent() * 0.7
    lane = QFontMetricsF(label_font).height() * 0.9
    title_font = _font(family, size * 1.5)
    title_font.setWeight(QFont.Weight.DemiBold)
    return ReaderStyle(
        theme=theme,
        font=font,
        title_font=title_font,
        small_font=_font(QFont().family(), max(12.0, size * 0.8)),
        label_font=label_font,
        size=size,
        row=max(size * settings.number(LINE_HEIGHT), rise + drop + lane + 2 * LANES_GAP),
        lane=lane,
        rise=rise,
        drop=drop,
        measure=settings.number(MEASURE) * metrics.averageCharWidth(),
        paragraph_gap=size * 0.6,
        character=metrics.averageCharWidth(),
        codes=_looks(codebook, theme),
    )


def reading_face(wished: str) -> str:
    """Return the typeface of the article: the one wished for if it is installed, else the best there is."""
    families = set(QFontDatabase.families())
    for family in (wished, *_READING_FACES):
        if family in families:
            return family
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()


def _font(family: str, size: float) -> QFont:
    font = QFont(family)
    font.setPixelSize(max(1, round(size)))
    return font


def _looks(codebook: Codebook, theme: Theme) -> dict[CodeId, CodeLook]:
    looks: dict[CodeId, CodeLook] = {}
    for code in codebook.codes:
        colour = QColor(code.colour)
        bar = blend(QColor("#FFFFFF"), colour, 0.25) if theme.dark else colour
        looks[code.id] = CodeLook(
            name=code.name,
            key=code.shortcut.upper(),
            tint=blend(colour, theme.paper, _TINT * (1.7 if theme.dark else 1.0)),
            bar=bar,
            ink=readable(colour, theme.paper),
        )
    return looks
