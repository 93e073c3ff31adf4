"""A plot with what can be done with it: look, walk over it, save it, copy it."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QMimeData, Qt, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.domain.progress import Progress
from app.system.settings import PLOT_KIND, PLOT_WIDTH, Settings
from app.ui.plots.drawing import Spot
from app.ui.plots.plot import Plot, drawn
from app.ui.plots.style import PAPER, POINTS, paper_style
from app.ui.plots.surface import PlotSurface
from app.ui.tasks import TaskRunner
from app.ui.theme import Theme

_COPIED = 150
"""Dots per inch of what is copied, for slides and messages."""


class PlotView(QWidget):
    """Shows one plot in the theme of the window; what is saved or copied is for white paper."""

    row_activated = Signal(str)
    """The key of a row that was chosen with Enter or a double click."""
    cell_activated = Signal(int, int)
    """Row and column of a cell, or number of series and point of a plot over time, chosen so."""
    told = Signal(str)
    """A sentence on what was done."""

    def __init__(
        self, settings: Settings, tasks: TaskRunner, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._settings, self._tasks = settings, tasks
        self._plot: Plot | None = None
        self._suggested = Path()
        self.surface = PlotSurface(theme)
        self.save_action = QAction("&Save plot…", self)
        self.copy_action = QAction("&Copy", self)
        self._save, self._copy = (QPushButton(each.text()) for each in (self.save_action, self.copy_action))
        self._save.setToolTip("Save it as PDF, SVG or PNG")
        self._copy.setToolTip("Copy it as a picture")
        for each in (self._save, self._copy):
            each.setAutoDefault(False)
        # Both the right button and the menu key offer what the buttons do.
        self.surface.addActions([self.save_action, self.copy_action])
        self.surface.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._lay_out()
        self._connect()
        self.show_plot(None, Path())

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setContentsMargins(8, 0, 8, 8)
        buttons.setSpacing(8)
        buttons.addWidget(self._save)
        buttons.addWidget(self._copy)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.surface, 1)
        layout.addLayout(buttons)
        self.setFocusProxy(self.surface)

    def _connect(self) -> None:
        self.surface.spot_activated.connect(self._on_spot_activated)
        self.surface.copy_requested.connect(self.copy)
        self.save_action.triggered.connect(self.save)
        self.copy_action.triggered.connect(self.copy)
        self._save.clicked.connect(self.save)
        self._copy.clicked.connect(self.copy)

    def show_plot(self, plot: Plot | None, suggested: Path) -> None:
        """Show another plot, or none; `suggested` is the path without ending that is offered first on saving it."""
        self._plot, self._suggested = plot, suggested
        self.surface.show_plot(plot)
        drawing = self.surface.drawing
        shown = drawing is not None and bool(drawing.spots)
        for each in (self.save_action, self.copy_action, self._save, self._copy):
            each.setEnabled(shown)

    def set_theme(self, theme: Theme) -> None:
        """Draw for another theme."""
        self.surface.set_theme(theme)

    @Slot()
    def save(self) -> None:
        """Ask where to, and write the file; the kind and the width are offered again the next time."""
        from app.ui.plots.files import save_plot  # Loaded when it is used, with all that writes pages.
        from app.ui.plots.saving import SavePlotDialog

        plot = self._plot
        if plot is None or not self.save_action.isEnabled():
            return
        kind, width = self._settings.text(PLOT_KIND), round(self._settings.number(PLOT_WIDTH))
        dialog = SavePlotDialog(self._suggested, kind, width, self)
        if not dialog.exec():
            return
        path, width = dialog.wish()
        self._settings.set({PLOT_KIND: path.suffix.removeprefix("."), PLOT_WIDTH: width})

        def write(_progress: Progress) -> None:
            save_plot(plot, path, width)

        def tell(_nothing: None) -> None:
            self.told.emit(f"Saved {path}.")

        if not self._tasks.run("Saving the plot…", write, tell):
            self.told.emit("Something else is going on. Save the plot when that is done.")

    @Slot()
    def copy(self) -> None:
        """Put the plot on the clipboard: as a picture, and as SVG for programs that take it."""
        from app.ui.plots.files import picture  # Loaded when it is used, with all that writes pages.
        from app.ui.plots.svg import svg

        if self._plot is None or not self.copy_action.isEnabled():
            return
        points = round(self._settings.number(PLOT_WIDTH)) * POINTS
        drawing = drawn(self._plot, points, paper_style(points))
        data = QMimeData()
        data.setImageData(picture(drawing, points, _COPIED))
        data.setData("image/svg+xml", QByteArray(svg(drawing, points, PAPER.paper).encode()))
        QGuiApplication.clipboard().setMimeData(data)
        self.told.emit("Copied the plot.")

    @Slot(object)
    def _on_spot_activated(self, spot: Spot) -> None:
        if spot.key:
            self.row_activated.emit(spot.key)
        else:
            self.cell_activated.emit(spot.row, spot.column)
