"""The look: light and dark, each also in high contrast, and code colours made readable on all of them."""

from collections.abc import Callable
from functools import lru_cache
from string import Template
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette, QStyleHints

from app.system.resources import resource


class Theme(NamedTuple):
    """Every colour of the window. `paper` is behind the article, `window` behind everything else."""

    dark: bool
    strong: bool
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
    strong=False,
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
    strong=False,
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

STRONG_LIGHT = Theme(
    dark=False,
    strong=True,
    window=QColor("#FFFFFF"),
    panel=QColor("#FFFFFF"),
    paper=QColor("#FFFFFF"),
    ink=QColor("#000000"),
    quiet=QColor("#303030"),
    line=QColor("#000000"),
    accent=QColor("#003E9C"),
    accent_ink=QColor("#FFFFFF"),
    selection=QColor("#A9CCFF"),
    hover=QColor("#E0E0E0"),
    key=QColor("#FFFFFF"),
)

STRONG_DARK = Theme(
    dark=True,
    strong=True,
    window=QColor("#000000"),
    panel=QColor("#000000"),
    paper=QColor("#000000"),
    ink=QColor("#FFFFFF"),
    quiet=QColor("#D8D8D8"),
    line=QColor("#FFFFFF"),
    accent=QColor("#9CC8FF"),
    accent_ink=QColor("#000000"),
    selection=QColor("#1F4C8F"),
    hover=QColor("#2E2E2E"),
    key=QColor("#000000"),
)

_READABLE = 4.5
"""The contrast that WCAG 2 asks for small text."""

_VISIBLE = 3.0
"""The contrast that WCAG 2 asks for what is drawn."""

_STRONGER = 1.5
"""How much more of either a theme of high contrast has: 7 for text is what WCAG 2 calls enhanced."""

_TINT = 0.20


class CodeColours(NamedTuple):
    """The colour of a code on the paper of a theme: `tint` lies under text, `bar` in a lane, `ink` is for words."""

    tint: QColor
    bar: QColor
    ink: QColor


def theme_for(choice: str) -> Theme:
    """Return the theme for a value of the setting; what it leaves open is as the system says."""
    hints = QGuiApplication.styleHints()
    dark = choice == "dark" or (choice != "light" and hints.colorScheme() is Qt.ColorScheme.Dark)
    strong = choice == "high contrast" or (choice == "system" and _system_wants_contrast())
    if strong:
        return STRONG_DARK if dark else STRONG_LIGHT
    return DARK if dark else LIGHT


def follow_system(slot: Callable[[], None]) -> None:
    """Have a slot called whenever `theme_for` may have another answer."""
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.connect(slot)
    accessibility = _accessibility(hints)
    if accessibility is not None:
        accessibility.contrastPreferenceChanged.connect(slot)


def code_colours(colour: str, theme: Theme) -> CodeColours:
    """Return the colour of a code, `#rrggbb`, changed no more than is needed to see and read it."""
    return _code_colours(colour, theme.paper.name(), dark=theme.dark, strong=theme.strong)


@lru_cache(maxsize=2_000)
def _code_colours(colour: str, paper_name: str, *, dark: bool, strong: bool) -> CodeColours:
    own, paper = QColor(colour), QColor(paper_name)
    more = _STRONGER if strong else 1.0
    bar = readable(own, paper, _VISIBLE * more)
    share = _TINT * (1.3 if dark else 1.0)
    return CodeColours(
        tint=blend(bar, paper, share),
        bar=bar,
        ink=readable(own, paper, _READABLE * more),
    )


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


def readable(colour: QColor, background: QColor, least: float = _READABLE) -> QColor:
    """Return the colour moved towards black or white until its contrast with the background is at least `least`.

    Without `least`, small text in it can be read.
    """
    towards = max(QColor("#000000"), QColor("#FFFFFF"), key=lambda end: contrast(end, background))
    for step in range(21):
        moved = blend(towards, colour, step / 20)
        if contrast(moved, background) >= least:
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
    white = theme.accent_ink.lightness() > 127
    mixed = {
        "checked": blend(theme.accent, theme.window, 0.25).name(),
        "faint": blend(theme.quiet, theme.window, 0.6).name(),
        "check": resource("icons", "check-white.svg" if white else "check-black.svg").as_posix(),
        "arrow": resource("icons", f"arrow-{'white' if theme.dark else 'black'}.svg").as_posix(),
        "grip": blend(theme.quiet, theme.panel, 0.35).name(),
    }
    return Template(resource("look", "window.qss").read_text(encoding="utf-8")).substitute(colours, **mixed)


def _system_wants_contrast() -> bool:
    hints = QGuiApplication.styleHints()
    accessibility = _accessibility(hints)
    return (
        accessibility is not None and accessibility.contrastPreference() is Qt.ContrastPreference.HighContrast
    )


def _accessibility(hints: QStyleHints) -> Any:
    """Return what Qt knows of the wish for contrast, since Qt 6.10; None before. It lives while `hints` does."""
    return hints.accessibility() if hasattr(hints, "accessibility") else None


def _luminance(colour: QColor) -> float:
    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = linear(colour.redF()), linear(colour.greenF()), linear(colour.blueF())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
