"""The word list as a table: one row a term."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap

from app.domain.ids import TermId
from app.domain.words import Term
from app.ui.theme import Theme, readable

AnyIndex = QModelIndex | QPersistentModelIndex

ON, TERM, KIND, WHOLE, CASE, HERE = range(6)
_HEADS = ("On", "Term", "Is a", "Whole words", "Case", "In this article")
_SWATCH = 12


class TermsModel(QAbstractTableModel):
    """Shows terms; the first column can be ticked."""

    switched = Signal(object)
    """The `Term` that was ticked on or off, as it should be."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._terms: tuple[Term, ...] = ()
        self._counts: Mapping[TermId, int | None] = {}
        self.may_change = True

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms in their order."""
        return self._terms

    def set_terms(self, terms: Sequence[Term]) -> None:
        """Show these terms; a count stays until there is a new one."""
        self.beginResetModel()
        self._terms = tuple(terms)
        self.endResetModel()

    def set_counts(self, counts: Mapping[TermId, int | None]) -> None:
        """Show how often each term stands in the article."""
        self._counts = counts
        if self._terms:
            self.dataChanged.emit(self.index(0, HERE), self.index(len(self._terms) - 1, HERE))

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """The number of terms."""
        return 0 if parent is not None and parent.isValid() else len(self._terms)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        """The number of columns."""
        return 0 if parent is not None and parent.isValid() else len(_HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Name the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _HEADS[section]
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == HERE else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Let the first column be ticked."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        ticked = index.column() == ON and self.may_change
        return flags | Qt.ItemFlag.ItemIsUserCheckable if ticked else flags

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a cell shows."""
        term, column = self._terms[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(term, column)
        if role == Qt.ItemDataRole.CheckStateRole and column == ON:
            return Qt.CheckState.Checked if term.on else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DecorationRole and column == TERM:
            return swatch(readable(QColor(term.colour), self._theme.paper))
        if role == Qt.ItemDataRole.TextAlignmentRole and column == HERE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.AccessibleTextRole and column == ON:
            return f"{term.pattern}, {'on' if term.on else 'off'}"
        return None

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell that a term was ticked; whoever listens decides."""
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != ON:
            return False
        on = Qt.CheckState(value) is Qt.CheckState.Checked
        self.switched.emit(self._terms[index.row()].model_copy(update={"on": on}))
        return True

    def _words(self, term: Term, column: int) -> str:
        if column == HERE:
            count = self._counts.get(term.id, 0)
            return "takes too long" if count is None else f"{count:,}" if term.id in self._counts else "…"
        return {
            TERM: term.pattern,
            KIND: "expression" if term.regular else "text",
            WHOLE: "yes" if term.whole_words else "",
            CASE: "matters" if term.match_case else "",
        }.get(column, "")


def swatch(colour: QColor) -> QIcon:
    """Return a small square of a colour."""
    pixmap = QPixmap(_SWATCH, _SWATCH)
    pixmap.fill(colour)
    return QIcon(pixmap)
