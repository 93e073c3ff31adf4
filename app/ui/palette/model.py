"""What a palette offers, and of that what fits what was typed."""

from collections.abc import Callable, Iterator, Sequence
from heapq import nsmallest
from time import perf_counter
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Slot

from app.domain.matching import Match, Typed

AnyIndex = QModelIndex | QPersistentModelIndex

CHOICE_ROLE = Qt.ItemDataRole.UserRole + 1
LETTERS_ROLE = Qt.ItemDataRole.UserRole + 2

_BEST = 200
"""Names that are shown while something is typed."""
_SLICE = 0.012
"""Seconds of searching after which the window gets its turn."""


class Choice(NamedTuple):
    """How one thing that can be chosen looks; `colour` is `#rrggbb` or empty.

    `words` is rich text that explains it, shown below the list while it is looked at.
    """

    name: str
    note: str = ""
    key: str = ""
    colour: str = ""
    words: str = ""


class Offer(NamedTuple):
    """What can be chosen. Places count from 0.

    `names` are what is typed against, `describe` says how the one at a place looks, `recent` are the places to
    show first while nothing is typed; `empty` is said where there is nothing to choose.
    """

    prompt: str
    empty: str
    names: Sequence[str]
    describe: Callable[[int], Choice]
    recent: Sequence[int] = ()


NOTHING = Offer("", "", (), lambda _place: Choice(""))


class PaletteModel(QAbstractListModel):
    """The names that fit, the best first. Long offers are searched in slices, so that typing never waits."""

    def __init__(self) -> None:
        super().__init__()
        self._offer = NOTHING
        self._shown: list[int] = []
        self._text = ""
        self._typed = Typed("")
        self._waiting: Iterator[int] | None = None
        self._fitting: list[int] = []
        self._best: list[tuple[Match, int]] = []
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._go_on)

    @property
    def searching(self) -> bool:
        """Whether names are still being looked at."""
        return self._waiting is not None

    def offer(self, offer: Offer) -> None:
        """Offer something else, all of it."""
        self._offer, self._text = offer, ""
        self.search("")

    def search(self, text: str) -> None:
        """Show what fits what was typed."""
        # Whatever fits more letters fitted fewer already.
        narrower = bool(self._text) and text.startswith(self._text) and not self.searching
        where = self._fitting if narrower else range(len(self._offer.names))
        self._text, self._typed = text, Typed(text)
        self._turn.stop()
        self._waiting = None
        if self._typed.empty:
            first = dict.fromkeys(self._offer.recent)
            self._text = ""
            self._show([*first, *(place for place in range(len(self._offer.names)) if place not in first)])
            return
        self._waiting, self._fitting, self._best = iter(where), [], []
        self._go_on()
        if self.searching:
            self._show_best()
            self._turn.start()

    def place_at(self, row: int) -> int | None:
        """Return the place that a row shows, None beyond the ends."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """The number of names that are shown."""
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What the delegate paints and a screen reader says."""
        place = self.place_at(index.row())
        if place is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._offer.names[place]
            case Qt.ItemDataRole.AccessibleTextRole:
                choice = self._offer.describe(place)
                return ", ".join(part for part in (choice.name, choice.note, choice.key) if part)
            case _ if role == CHOICE_ROLE:
                return self._offer.describe(place)
            case _ if role == LETTERS_ROLE:
                found = self._typed.match(self._offer.names[place])
                return found.at if found else ()
            case _:
                return None

    @Slot()
    def _go_on(self) -> None:
        """Look at as many names as a slice of time allows."""
        if self._waiting is None:
            return
        found = self._best
        until = perf_counter() + _SLICE
        for place in self._waiting:
            match = self._typed.match(self._offer.names[place])
            if match is not None:
                self._fitting.append(place)
                found.append((match, place))
            if perf_counter() > until:
                self._best = nsmallest(_BEST, found)
                return
        self._best = nsmallest(_BEST, found)
        self._waiting = None
        self._turn.stop()
        self._show_best()

    def _show_best(self) -> None:
        self._show([place for _match, place in self._best])

    def _show(self, places: list[int]) -> None:
        self.beginResetModel()
        self._shown = places
        self.endResetModel()
