"""Files dragged from outside: what of them can be imported, and where they may fall."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMainWindow, QWidget

from app.ui.theme import Theme, blend

_MARGIN = 16.0
_SHADE = 0.88


def dropped(mime: QMimeData) -> tuple[list[Path], str]:
    """Return the files and folders that are dragged; without any, a sentence that says what is dragged instead."""
    urls = mime.urls()
    paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    if paths:
        return paths, ""
    if urls:
        return [], "This is an address on the web, not a file. Save the page, and drop the file."
    return [], "Only files and folders can be imported. Save the text to a file, and drop that."


class DropLayer(QWidget):
    """Lies over the main window while something is dragged onto it, and says what would happen.

    The window hands on what is dragged or dropped on it before the layer has covered it.
    """

    files_dropped = Signal(object)
    """The paths that were dropped."""
    refused = Signal(str)
    """A sentence: what was dropped cannot be imported."""

    def __init__(self, window: QMainWindow, theme: Theme, obstacle: Callable[[], str]) -> None:
        """`obstacle` tells why nothing can be imported now; nothing if it can."""
        super().__init__(window)
        self._window, self._theme, self._obstacle = window, theme, obstacle
        self._words = ""
        self.setObjectName("drop-layer")
        self.setAccessibleName("Drop files to import them")
        self.hide()
        self.setAcceptDrops(True)
        window.setAcceptDrops(True)

    def set_theme(self, theme: Theme) -> None:
        """Paint in other colours from now on."""
        self._theme = theme

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show what would happen; a drop is taken in any case, so that it can be answered."""
        paths, sentence = dropped(event.mimeData())
        names = f"“{paths[0].name}”" if len(paths) == 1 else f"{len(paths)} files and folders"
        self._words = self._obstacle() or sentence or f"Drop to import {names}"
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self.update()
        event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Go away again."""
        self.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files, or say why not."""
        self.hide()
        event.acceptProposedAction()
        paths, sentence = dropped(event.mimeData())
        obstacle = self._obstacle() or sentence
        if obstacle:
            self.refused.emit(obstacle)
        else:
            self.files_dropped.emit(paths)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a frame and the words."""
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = blend(theme.accent, theme.window, 0.10)
        ground.setAlphaF(_SHADE)
        painter.fillRect(self.rect(), ground)
        painter.setPen(QPen(theme.accent, 2, Qt.PenStyle.DashLine))
        inner = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        painter.drawRoundedRect(inner, 12, 12)
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 1.5)
        painter.setFont(font)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        room = inner.adjusted(_MARGIN * 4, 0, -_MARGIN * 4, 0)
        words = painter.boundingRect(room, flags, self._words)
        painter.setBrush(theme.panel)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(words.adjusted(-_MARGIN * 2, -_MARGIN, _MARGIN * 2, _MARGIN), 8, 8)
        painter.setPen(theme.ink)
        painter.drawText(words, flags, self._words)
