"""How the article looks: fonts, spacing and colours, worked out once for a theme and a set of settings."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPen

from app.domain.codebook import Codebook
from app.domain.coders import Coder, initials
from app.domain.ids import CodeId, CoderId
from app.domain.patterns import Pattern, pattern_of
from app.system.settings import LINE_HEIGHT, MEASURE, READING_FONT, TEXT_SIZE, Settings
from app.ui.reader.lanes import Lanes, TightLanes
from app.ui.reader.patterns import stroke_of
from app.ui.theme import Theme, code_colours

_READING_FACES = ("Charter", "Iowan Old Style", "Georgia", "Noto Serif", "Source Serif 4", "DejaVu Serif")

TINT_SHARE = 0.75
"""How much of what lies below an annotation its tint covers."""

LANES_GAP = 1.0
"""Pixels between a line's letters and its lanes, and between those and the next line."""


class CodeLook(NamedTuple):
    """A code as it is painted. `tint` lies under the text, `bar` in the lane, `ink` is for its label.

    The pattern is that of its layer, `stroke` the pen for it.
    """

    name: str
    key: str
    tint: QColor
    bar: QColor
    ink: QColor
    pattern: Pattern
    stroke: QPen


class ReaderStyle(NamedTuple):
    """Everything that painting needs. Lengths are device-independent pixels.

    `row` is the least distance between two lines of text, with room for one lane, so that the first annotation
    of a line moves nothing; `lane` is the distance between lanes. `rise` and `drop` are what letters take above
    and below the baseline. `coders` has what tells coders apart in labels; it is empty where only one is shown.
    `lanes` is the way in which annotations get theirs.
    """

    theme: Theme
    font: QFont
    title_font: QFont
    small_font: QFont
    label_font: QFont
    label_metrics: QFontMetricsF
    size: float
    row: float
    lane: float
    rise: float
    drop: float
    measure: float
    paragraph_gap: float
    character: float
    codes: Mapping[CodeId, CodeLook]
    coders: Mapping[CoderId, str]
    lanes: Lanes


def make_style(
    settings: Settings, theme: Theme, codebook: Codebook, coders: Iterable[Coder] = ()
) -> ReaderStyle:
    """Work out the style; labels say who, if `coders` are given."""
    size = settings.number(TEXT_SIZE)
    family = reading_face(settings.text(READING_FONT))
    font = _font(family, size)
    label_font = _font(QFont().family(), max(9.0, size * 0.56))
    metrics = QFontMetricsF(font)
    rise, drop = min(metrics.ascent(), size * 0.95), metrics.descent() * 0.7
    label_metrics = QFontMetricsF(label_font)
    lane = label_metrics.height() * 0.9
    title_font = _font(family, size * 1.5)
    title_font.setWeight(QFont.Weight.DemiBold)
    return ReaderStyle(
        theme=theme,
        font=font,
        title_font=title_font,
        small_font=_font(QFont().family(), max(12.0, size * 0.8)),
        label_font=label_font,
        label_metrics=label_metrics,
        size=size,
        row=max(size * settings.number(LINE_HEIGHT), rise + drop + lane + 2 * LANES_GAP),
        lane=lane,
        rise=rise,
        drop=drop,
        measure=settings.number(MEASURE) * metrics.averageCharWidth(),
        paragraph_gap=size * 0.6,
        character=metrics.averageCharWidth(),
        codes=_looks(codebook, theme),
        coders=initials(coders),
        lanes=TightLanes(),
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
    layers = {layer.id: number for number, layer in enumerate(codebook.layers())}
    looks: dict[CodeId, CodeLook] = {}
    # Many codes share a colour, and making it readable takes its time.
    known = {colour: code_colours(colour, theme) for colour in {code.colour for code in codebook.codes}}
    for code in codebook.codes:
        colours = known[code.colour]
        pattern = pattern_of(layers[codebook.layer(code.id).id])
        looks[code.id] = CodeLook(
            name=code.name,
            key=code.shortcut.upper(),
            tint=colours.tint,
            bar=colours.bar,
            ink=colours.ink,
            pattern=pattern,
            stroke=stroke_of(pattern, colours.bar),
        )
    return looks
