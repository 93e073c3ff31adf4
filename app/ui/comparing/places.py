"""The places of one article where coders differ, one row each, in text order."""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from app.domain.ids import CodeId
from app.domain.side_by_side import Site
from app.ui.rows import RowDelegate, write

_SAID = Qt.ItemDataRole.UserRole + 1
_PAD = 6
_SIGN = 26


class Wanted(Enum):
    """Which places are listed."""

    DIFFERENT = "What differs"
    APART = "Different words or codes"
    ANSWERED = "Different answers"
    ALL = "All places"

    def has(self, site: Site) -> bool:
        """Tell whether a place is listed."""
        match self:
            case Wanted.DIFFERENT:
                return site.kind is not None
            case Wanted.APART:
                return not site.agreed
            case Wanted.ANSWERED:
                return site.agreed and site.kind is not None
            case Wanted.ALL:
                return True


class SiteWords(NamedTuple):
    """A place in words: the text there, who has what, and the same for a screen reader."""

    quote: str
    said: str
    spoken: str


class PlacesModel(QAbstractListModel):
    """The places that are listed; words are found when a row is shown."""

    def __init__(self, tell: Callable[[Site], SiteWords]) -> None:
        super().__init__()
        self._tell = tell
        self.sites: Sequence[Site] = ()

    def show_sites(self, sites: Sequence[Site], wanted: Wanted, codes: frozenset[CodeId]) -> None:
        """Show those that are wanted; no codes means all."""
        self.beginResetModel()
        self.sites = [site for site in sites if wanted.has(site) and (not codes or site.codes & codes)]
        self.endResetModel()

    def row_of(self, site: Site | None) -> int:
        """Return the row of a place, -1 if it is not listed."""
        return next((row for row, each in enumerate(self.sites) if each is site), -1)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Return how many there are."""
        return 0 if parent is not None and parent.isValid() else len(self.sites)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return what a row says."""
        if not index.isValid() or role not in (
            _SAID,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return None
        site = self.sites[index.row()]
        words = self._tell(site)
        if role == _SAID:
            return sign(site), words
        return words.spoken if role == Qt.ItemDataRole.AccessibleTextRole else words.said


class PlacesDelegate(RowDelegate):
    """Paints one place: a sign, the words of the text, and who has what."""

    def height(self, metrics: QFontMetrics) -> int:
        """Two lines of text with room around."""
        return 2 * metrics.lineSpacing() + 2 * _PAD

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint sign and words."""
        mark, words = index.data(_SAID)
        painter.save()
        self.paint_ground(painter, option, marked=True)
        rect, height = QRectF(option.rect), option.fontMetrics.lineSpacing()
        room = QRectF(rect.left() + 12, rect.top() + _PAD, rect.width() - 20, height)
        write(painter, mark, room, self.theme.ink)
        room.setLeft(room.left() + _SIGN)
        write(painter, words.said, room, self.theme.ink)
        room.translate(0, height)
        write(painter, words.quote, room, self.theme.quiet)
        painter.restore()


def sign(site: Site) -> str:
    """Return how a place is marked: different, the same but for answers, the same."""
    return "≠" if not site.agreed else "≈" if site.kind is not None else "="
