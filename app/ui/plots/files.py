"""Plots as files: PDF, SVG and PNG, for white paper, whatever the window looks like."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QImage, QPageSize, QPainter, QPdfWriter

from app.domain.errors import UserError
from app.ui.plots.drawing import Drawing
from app.ui.plots.plot import Plot, drawn
from app.ui.plots.style import PAPER, POINTS, paper_style
from app.ui.plots.svg import svg

DOTS = 300
"""Dots per inch of a picture, as journals ask for."""

_FINE = 1_200
"""Dots per inch in which a PDF counts; its words and lines have no dots."""

_INCH = 72
_MOST_DOTS = 20_000
"""On either side of a picture; a plot that is taller gets fewer dots per inch."""

Work = Callable[[Drawing, float], bytes]


def save_plot(plot: Plot, path: Path, width: float) -> None:
    """Write a plot so many millimetres wide, whole or not at all; the ending says as what. Any thread may do it.

    An older plot of this kind is replaced. Raises UserError if anything else is there, the ending is none of ours
    or the disk refuses.
    """
    ending = path.suffix.lower()
    if ending not in _WORK:
        known = ", ".join(_WORK)
        raise UserError(f"{path.name} has no ending of a plot; these are: {known}.")
    staging = ""
    try:
        if path.exists() and not _may_be_replaced(path, ending):
            raise UserError(f"{path} is there already and is not a plot. Choose another name.")
        points = width * POINTS
        data = _WORK[ending](drawn(plot, points, paper_style(points)), points)
        handle, staging = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(staging).chmod(0o644)
        Path(staging).replace(path)
    except (OSError, ValueError) as error:
        # ValueError: a name that no disk takes, with a NUL in it.
        why = error.strerror if isinstance(error, OSError) else "this cannot be a name"
        raise UserError(f"{path} cannot be written: {why}. Choose another place.") from error
    finally:
        if staging:
            Path(staging).unlink(missing_ok=True)


def picture(drawing: Drawing, width: float, dots: int = DOTS) -> QImage:
    """Return a drawing as a picture `width` points wide, on white."""
    scale = dots / _INCH * width / drawing.width
    scale = min(scale, _MOST_DOTS / drawing.height, _MOST_DOTS / drawing.width)
    size = round(drawing.width * scale), round(drawing.height * scale)
    made = QImage(max(1, size[0]), max(1, size[1]), QImage.Format.Format_RGB32)
    made.fill(PAPER.paper)
    metre = round(drawing.width * scale / (width / _INCH * 0.0254))
    made.setDotsPerMeterX(metre)
    made.setDotsPerMeterY(metre)
    painter = QPainter(made)
    try:
        painter.scale(scale, scale)
        drawing.paint(painter)
    finally:
        painter.end()
    return made


def _png(drawing: Drawing, width: float) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture(drawing, width).save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def _pdf(drawing: Drawing, width: float) -> bytes:
    """Return one page of the size of the plot, with its typefaces inside."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_FINE)
    writer.setTitle(drawing.title)
    writer.setCreator("Rubricator")
    size = QSizeF(width, drawing.height * width / drawing.width)
    policy = QPageSize.SizeMatchPolicy.ExactMatch
    writer.setPageSize(QPageSize(size, QPageSize.Unit.Point, "", policy))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    painter = QPainter(writer)
    try:
        scale = writer.width() / drawing.width
        painter.scale(scale, scale)
        drawing.paint(painter)
    finally:
        # A painter that outlives what it paints on takes the program with it.
        painter.end()
    return bytes(buffer.data().data())


def _svg(drawing: Drawing, width: float) -> bytes:
    return svg(drawing, width, PAPER.paper).encode()


_WORK: dict[str, Work] = {".pdf": _pdf, ".svg": _svg, ".png": _png}
ENDINGS = tuple(ending.removeprefix(".") for ending in _WORK)

_MARKS = {".pdf": b"%PDF-", ".svg": b"<svg", ".png": b"\x89PNG"}
_HEAD = 400


def _may_be_replaced(path: Path, ending: str) -> bool:
    """Tell by its first bytes whether what is there is a file of this kind."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return _MARKS[ending] in file.read(_HEAD)
