"""The look: light and dark, and code colours made readable on either."""

from string import Template
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from app.system.resources import resource


class Theme(NamedTuple):
    """Every colour of the window. `paper` is behind the article, `window` behind everything else."""

    dark: bool
    window: QColor
    panel: QColor
    paper: QColor
    ink: QColor
    quiet: QColor
    line: QColor
    accent: QColor
    accent_ink: QColor
    selection: QColor
    hover: QColor
    key: QColor


LIGHT = Theme(
    dark=False,
    window=QColor("#F3F2EF"),
    panel=QColor("#FBFAF8"),
    paper=QColor("#FFFEFB"),
    ink=QColor("#1F2328"),
    quiet=QColor("#5E6570"),
    line=QColor("#DDDAD3"),
    accent=QColor("#2F5FA8"),
    accent_ink=QColor("#FFFFFF"),
    selection=QColor("#C7D9F5"),
    hover=QColor("#ECEAE4"),
    key=QColor("#E6E3DC"),
)

DARK = Theme(
    dark=True,
    window=QColor("#1B1D21"),
    panel=QColor("#212429"),
    paper=QColor("#17191C"),
    ink=QColor("#E4E2DD"),
    quiet=QColor("#A0A6AF"),
    line=QColor("#353940"),
    accent=QColor("#8DB4F0"),
    accent_ink=QColor("#10151C"),
    selection=QColor("#2C4468"),
    hover=QColor("#2B2F36"),
    key=QColor("#363B43"),
)

_READABLE = 4.5
"""The contrast that WCAG 2 asks for small text."""


def system_theme() -> Theme:
    """Return the theme that the system asks for."""
    dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return DARK if dark else LIGHT


def blend(front: QColor, back: QColor, share: float) -> QColor:
    """Return the colour of `front` laid on `back` with the given share, 0 to 1."""
    mixed = (
        round(front.red() * share + back.red() * (1 - share)),
        round(front.green() * share + back.green() * (1 - share)),
        round(front.blue() * share + back.blue() * (1 - share)),
    )
    return QColor(*mixed)


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of two colours, 1 to 21, as WCAG 2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: QColor, background: QColor) -> QColor:
    """Return the colour moved towards black or white until small text in it can be read."""
    towards = QColor("#000000") if _luminance(background) > 0.4 else QColor("#FFFFFF")
    for step in range(21):
        moved = blend(towards, colour, step / 20)
        if contrast(moved, background) >= _READABLE:
            return moved
    return towards


def qt_palette(theme: Theme) -> QPalette:
    """Return the theme as Qt's widgets want it."""
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: theme.window,
        QPalette.ColorRole.WindowText: theme.ink,
        QPalette.ColorRole.Base: theme.panel,
        QPalette.ColorRole.AlternateBase: theme.window,
        QPalette.ColorRole.Text: theme.ink,
        QPalette.ColorRole.PlaceholderText: theme.quiet,
        QPalette.ColorRole.Button: theme.window,
        QPalette.ColorRole.ButtonText: theme.ink,
        QPalette.ColorRole.ToolTipBase: theme.panel,
        QPalette.ColorRole.ToolTipText: theme.ink,
        QPalette.ColorRole.Highlight: theme.accent,
        QPalette.ColorRole.HighlightedText: theme.accent_ink,
        QPalette.ColorRole.Link: theme.accent,
        QPalette.ColorRole.Mid: theme.line,
        QPalette.ColorRole.Light: theme.panel,
        QPalette.ColorRole.Midlight: theme.hover,
        QPalette.ColorRole.Dark: theme.line,
        QPalette.ColorRole.Shadow: theme.line,
        QPalette.ColorRole.Accent: theme.accent,
    }
    for role, colour in roles.items():
        palette.setColor(role, colour)
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        faint = blend(theme.quiet, theme.window, 0.6)
        palette.setColor(QPalette.ColorGroup.Disabled, role, faint)
    return palette


def style_sheet(theme: Theme) -> str:
    """Return what a palette cannot say, for Qt's widgets."""
    colours = {name: value.name() for name, value in theme._asdict().items() if isinstance(value, QColor)}
    mixed = {
        "checked": blend(theme.accent, theme.window, 0.25).name(),
        "faint": blend(theme.quiet, theme.window, 0.6).name(),
        "grip": blend(theme.quiet, theme.panel, 0.35).name(),
    }
    return Template(resource("look", "window.qss").read_text(encoding="utf-8")).substitute(colours, **mixed)


def _luminance(colour: QColor) -> float:
    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = linear(colour.redF()), linear(colour.greenF()), linear(colour.blueF())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
