"""The list of places with what narrows it, and below it what everybody said at the one that is chosen."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.codebook import Codebook
from app.domain.ids import CodeId, CoderId
from app.domain.side_by_side import Site
from app.project.site_words import Compared
from app.ui.comparing.answers import AnswersPane
from app.ui.comparing.places import PlacesDelegate, PlacesModel, SiteWords, Wanted
from app.ui.rows import RowsView
from app.ui.theme import Theme

_INDENT = "    "


class PlacesPanel(QWidget):
    """Lists places, tells which one is chosen, and shows what was said there."""

    place_chosen = Signal(object)
    """The `Site` that somebody went to in the list, or None."""
    place_entered = Signal()
    """The keyboard is to go from the list to the text."""
    step_wanted = Signal(int)
    """1 for the next place, -1 for the one before."""
    narrowed = Signal()
    """Other places are listed."""

    def __init__(self, theme: Theme, tell: Callable[[Site], SiteWords]) -> None:
        super().__init__()
        self._sites: Sequence[Site] = ()
        self._codebook = Codebook()
        self.model = PlacesModel(tell)
        self._delegate = PlacesDelegate(theme)
        self.list = RowsView("comparing-places", "Places of this article", self.model, self._delegate)
        self.answers = AnswersPane(theme)
        self.wanted = self._box("comparing-wanted", "Which places are listed")
        for each in Wanted:
            self.wanted.addItem(each.value, each)
        self.code = self._box("comparing-code", "Only places with this code")
        self._empty = QLabel()
        self._empty.setObjectName("empty")
        self._empty.setContentsMargins(24, 0, 24, 0)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setTextFormat(Qt.TextFormat.PlainText)
        self._empty.setWordWrap(True)
        self._lay_out()
        self.wanted.activated.connect(self._on_narrowed)
        self.code.activated.connect(self._on_narrowed)
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        self.list.clicked.connect(self._on_clicked)
        self._key("Return", self.place_entered.emit)
        self._key("Enter", self.place_entered.emit)
        self._key("N", partial(self.step_wanted.emit, 1))
        self._key("P", partial(self.step_wanted.emit, -1))

    @property
    def chosen(self) -> Wanted:
        """Which places are listed."""
        return self.wanted.currentData()

    @property
    def by_code(self) -> bool:
        """Whether only places with one code are listed."""
        return self.code.currentData() is not None

    def set_theme(self, theme: Theme) -> None:
        """Change colours with the rest of the program."""
        self._delegate.theme = self.answers.theme = theme
        self.list.viewport().update()

    def set_codebook(self, codebook: Codebook) -> None:
        """Offer the codes of a codebook; the one that is chosen stays, if it is still there."""
        chosen = self.code.currentData()
        self._codebook = codebook
        self.code.clear()
        self.code.addItem("All codes", None)
        for depth, code in codebook.walk():
            self.code.addItem(_INDENT * depth + code.name, code.id)
        self.code.setCurrentIndex(max(0, self.code.findData(chosen)))

    def show_sites(self, sites: Sequence[Site]) -> None:
        """List the places of an article, as far as they are wanted."""
        self._sites = sites
        self.model.show_sites(sites, self.chosen, self._codes())

    def explain(self, words: str) -> None:
        """Say why nothing is listed; shown while nothing is."""
        self._empty.setText(words)
        self._pages.setCurrentIndex(0 if self.model.rowCount() else 1)

    def list_all(self) -> None:
        """List every place, whatever was asked for."""
        self.wanted.setCurrentIndex(self.wanted.findData(Wanted.ALL))
        self.code.setCurrentIndex(0)
        self._on_narrowed()

    def choose(self, site: Site | None) -> None:
        """Make a place the current one, if it is listed, without telling anybody."""
        self.list.show_row(self.model.row_of(site))

    def neighbour(self, site: Site | None, offset: int, step: int) -> Site | None:
        """Return the listed place after or before one or, where that is not listed, a code point; None at the end."""
        sites, row = self.model.sites, self.model.row_of(site)
        if row >= 0:
            return sites[row + step] if 0 <= row + step < len(sites) else None
        at = (site.start, site.end) if site else (offset, offset)
        if step > 0:
            return next((each for each in sites if (each.start, each.end) >= at), None)
        return next((each for each in reversed(sites) if (each.start, each.end) < at), None)

    def show_compared(self, rows: Sequence[Compared], in_short: Callable[[Sequence[CoderId]], str]) -> None:
        """Show what was said at the current place; no rows where there is none."""
        self.answers.setVisible(bool(rows))
        self.answers.show_compared(rows, in_short)

    def _codes(self) -> frozenset[CodeId]:
        """Return the code that is chosen and everything under it; none for all."""
        chosen = self.code.currentData()
        if chosen is None:
            return frozenset()
        return frozenset((chosen, *(code.id for _depth, code in self._codebook.walk(chosen))))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(8, 8, 8, 8)
        head.setSpacing(8)
        head.addWidget(self.wanted, 1)
        head.addWidget(self.code, 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._empty)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self._pages)
        halves.addWidget(self.answers)
        halves.setSizes([300, 220])
        self.answers.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(halves, 1)

    @staticmethod
    def _box(name: str, spoken: str) -> QComboBox:
        box = QComboBox()
        box.setObjectName(name)
        box.setAccessibleName(spoken)
        box.setToolTip(spoken)
        box.setMinimumContentsLength(10)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        return box

    def _key(self, keys: str, act: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self.list)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(act)

    @Slot()
    def _on_narrowed(self) -> None:
        self.show_sites(self._sites)
        self.narrowed.emit()

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.place_chosen.emit(self.model.sites[current.row()])

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        # A click on what is current already leads to the text again, from wherever it was scrolled.
        self.place_chosen.emit(self.model.sites[index.row()])
