"""What every tab is: it says what is to be worked out for a variable, and shows what came of it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QSettings, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.domain.comparing import Corpus, Result, Variable
from app.domain.progress import Progress
from app.project.agreement_measures import Wishes
from app.project.behind import Behind
from app.system.settings import Settings
from app.ui.agreement.sheet import Sheet, SheetView
from app.ui.plots.plot import Plot
from app.ui.plots.plot_view import PlotView
from app.ui.tasks import TaskRunner
from app.ui.theme import Theme


class Subject(NamedTuple):
    """The variable that is looked at, in the corpus that it is looked at in, with its rows."""

    corpus: Corpus
    variable: Variable
    results: tuple[Result, ...]
    wishes: Wishes


class Shown(NamedTuple):
    """What came of it: a sentence, a table, and perhaps a plot of the same.

    `behind` has for every row and column of the plot the number that it shows, where one can look behind it.
    """

    words: str = ""
    sheet: Sheet = Sheet()
    plot: Plot | None = None
    behind: Sequence[Sequence[Behind | None]] = ()


Reckon = Callable[[Progress], Shown]


class Room(NamedTuple):
    """What a page is given by the window."""

    store: QSettings
    settings: Settings
    tasks: TaskRunner
    theme: Theme


class Page(QWidget):
    """One tab: a line with words and choices, and a table below."""

    behind_wanted = Signal(object)
    """A `Behind`: the number behind which somebody wants to look."""
    place_wanted = Signal(object)
    """A `Place` of an article that somebody wants to see."""
    changed = Signal()
    """Something else is to be worked out."""

    title = ""

    def __init__(self, name: str, spoken: str, room: Room) -> None:
        super().__init__()
        self.view = SheetView(name, spoken, room.store)
        self.words = QLabel()
        self.words.setObjectName("agreement-words")
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.choices = QHBoxLayout()
        self.choices.setSpacing(8)
        self.choices.addWidget(self.words, 1)
        self.layers = QVBoxLayout(self)
        self.layers.setContentsMargins(0, 0, 0, 0)
        self.layers.setSpacing(0)
        margins = QHBoxLayout()
        margins.setContentsMargins(12, 8, 12, 8)
        margins.addLayout(self.choices)
        self.layers.addLayout(margins)
        self.layers.addWidget(self.view, 1)
        self.view.behind_wanted.connect(self._on_behind_wanted)

    def choice(self) -> object:
        """Return what was chosen on this page, by which what was worked out is told apart."""
        return ()

    def reckon(self, subject: Subject) -> Reckon:
        """Return what works out what is shown; it is called in a thread."""
        raise NotImplementedError

    def show_found(self, shown: Shown) -> None:
        """Show what was worked out."""
        self.words.setText(shown.words)
        self.view.show_sheet(shown.sheet)

    def set_theme(self, theme: Theme) -> None:
        """Change colours with the rest of the program; tables do so by themselves."""

    @Slot(object)
    def _on_behind_wanted(self, behind: object) -> None:
        self.lead(behind)

    def lead(self, behind: object) -> None:
        """Lead to what is behind a row."""
        self.behind_wanted.emit(behind)


class PlotPage(Page):
    """A tab with a plot, and the same as a table for whoever wants numbers."""

    def __init__(self, name: str, spoken: str, room: Room) -> None:
        super().__init__(name, spoken, room)
        self.plot = PlotView(room.settings, room.tasks, room.theme)
        self.plot.surface.setAccessibleName(spoken)
        self.as_table = QPushButton("As a &table")
        self.as_table.setObjectName(f"agreement-{name}-table")
        self.as_table.setCheckable(True)
        self.as_table.setAutoDefault(False)
        self.shown = Shown()
        self.halves = QStackedWidget()
        self.layers.removeWidget(self.view)
        self.halves.addWidget(self.plot)
        self.halves.addWidget(self.view)
        self.tools = QHBoxLayout()
        self.tools.setContentsMargins(8, 0, 8, 8)
        self.tools.setSpacing(8)
        self.tools.addStretch(1)
        self.tools.addWidget(self.as_table)
        self.layers.addLayout(self.tools)
        self.layers.addWidget(self.halves, 1)
        self.as_table.toggled.connect(self._on_toggled)
        self.plot.cell_activated.connect(self.on_cell)

    def show_found(self, shown: Shown) -> None:
        """Show it both ways."""
        super().show_found(shown)
        self.shown = shown
        self.plot.show_plot(shown.plot, Path(self.title.lower().replace(" ", "-")))

    def set_theme(self, theme: Theme) -> None:
        """Draw for another theme."""
        self.plot.set_theme(theme)

    @Slot(int, int)
    def on_cell(self, row: int, column: int) -> None:
        """Lead to what is behind a cell of the plot."""
        known = self.shown.behind
        behind = known[row][column] if row < len(known) and column < len(known[row]) else None
        if behind is not None:
            self.behind_wanted.emit(behind)

    @Slot(bool)
    def _on_toggled(self, table: bool) -> None:
        self.halves.setCurrentIndex(int(table))
