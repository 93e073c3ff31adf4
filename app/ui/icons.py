"""Icons of one family, tinted by the theme."""

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.system.resources import resource

_SIZES = (20, 40, 60)


def tinted_icon(name: str, colour: QColor, faint: QColor) -> QIcon:
    """Return a shipped line icon in one colour, and in another where it is disabled."""
    source = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    icon = QIcon()
    for mode, ink in ((QIcon.Mode.Normal, colour), (QIcon.Mode.Disabled, faint)):
        drawing = QSvgRenderer(QByteArray(source.replace("#000", ink.name()).encode()))
        for size in _SIZES:
            picture = QPixmap(QSize(size, size))
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            drawing.render(painter)
            painter.end()
            icon.addPixmap(picture, mode)
    return icon


def program_icon() -> QIcon:
    """Return the icon of the program."""
    return QIcon(str(resource("icons", "rubricator.svg")))
