"""Draws the icon in the sizes that menus want: `python packaging/icons.py FOLDER SIZE…`, with the bundle's Python."""

import sys
from pathlib import Path

from definition import ICON
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
drawn = QSvgRenderer(str(ICON))
for size in map(int, sys.argv[2:]):
    picture = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    drawn.render(painter)
    painter.end()
    if not picture.save(str(folder / f"{size}.png")):
        sys.exit(f"The icon of {size} pixels could not be written.")
