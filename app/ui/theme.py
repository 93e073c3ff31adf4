"""The look: light and dark, and code colours made readable on either."""

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette


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
    """Return what a palette cannot say: no borders where space will do."""
    line, quiet, hover = theme.line.name(), theme.quiet.name(), theme.hover.name()
    checked = blend(theme.accent, theme.window, 0.25).name()
    faint = blend(theme.quiet, theme.window, 0.6).name()
    grip = blend(theme.quiet, theme.panel, 0.35).name()
    return f"""
        QMainWindow::separator {{ background: {line}; width: 1px; height: 1px; }}
        QToolBar {{ border: 0; border-bottom: 1px solid {line}; spacing: 4px; padding: 4px 8px; }}
        QToolButton {{ border: 0; border-radius: 4px; padding: 4px 8px; }}
        QToolButton:hover {{ background: {hover}; }}
        QToolButton:checked {{ background: {checked}; }}
        QToolButton:disabled {{ color: {quiet}; }}
        QStatusBar {{ border-top: 1px solid {line}; color: {quiet}; }}
        QStatusBar::item {{ border: 0; }}
        QStatusBar QLabel {{ color: {quiet}; padding: 0 8px; }}
        QListView, QTableView, QTreeView, QTextBrowser {{ border: 0; background: {theme.panel.name()}; }}
        QLineEdit {{ border: 1px solid {line}; border-radius: 4px; padding: 4px 8px; }}
        QLineEdit:focus {{ border-color: {theme.accent.name()}; }}
        QLabel#dock-title {{ color: {quiet}; padding: 10px 12px 6px 12px; }}
        QLabel#empty {{ color: {quiet}; background: {theme.panel.name()}; }}
        QLabel#place {{ color: {quiet}; padding: 0 8px; }}
        QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
        QScrollBar::handle:vertical {{ background: {grip}; border-radius: 4px; min-height: 32px; margin: 1px; }}
        QScrollBar::handle:vertical:hover {{ background: {quiet}; }}
        QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
        QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
        QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
        QScrollBar::handle:horizontal {{ background: {grip}; border-radius: 4px; min-width: 32px; margin: 1px; }}
        QPushButton {{
            border: 1px solid {line}; border-radius: 4px; padding: 6px 16px; background: {theme.panel.name()};
        }}
        QPushButton:hover {{ background: {hover}; }}
        QPushButton:focus {{ border-color: {theme.accent.name()}; }}
        QPushButton:default {{
            background: {theme.accent.name()}; border-color: {theme.accent.name()}; color: {theme.accent_ink.name()};
        }}
        QPushButton:disabled {{ background: {theme.window.name()}; border-color: {line}; color: {faint}; }}
        QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
        QToolTip {{ border: 1px solid {line}; padding: 4px; }}
    """


def _luminance(colour: QColor) -> float:
    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = linear(colour.redF()), linear(colour.greenF()), linear(colour.blueF())
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
