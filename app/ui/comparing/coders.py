"""Who is compared: a tick for each coder, what each has done, and whether anybody may know who is who."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.domain.coders import Coder, distinct_names, initials, letters
from app.domain.counting import counted
from app.domain.ids import CoderId
from app.domain.reviews import ReviewState
from app.project.side_by_side import Side

_ID = Qt.ItemDataRole.UserRole + 1
_MOST = 1_000
_ROWS = 6
"""Coders that are seen without scrolling, where there are so many."""
_PAD = 8


class CodersPanel(QWidget):
    """Asks whose work is compared and how exactly. Everything that names a coder asks here for the name."""

    changed = Signal()
    """Other coders are shown, or edges may lie otherwise."""
    renamed = Signal()
    """Coders are called something else, and stand in another order."""

    def __init__(self) -> None:
        super().__init__()
        self._coders: Sequence[Coder] = ()
        self._seed = ""
        self._hidden: set[CoderId] = set()
        self._names: Mapping[CoderId, str] = {}
        self.marks: Mapping[CoderId, str] = {}
        """What stands for each coder where there is little room: initials, or a letter; in order."""
        self.list = QListWidget()
        self.list.setObjectName("comparing-coders")
        self.list.setAccessibleName("Coders who are compared")
        self.anonymous = QCheckBox("&Anonymous (A, B, …)")
        self.anonymous.setObjectName("comparing-anonymous")
        self.anonymous.setToolTip("Show letters for names, in an order that gives nobody away")
        self._tolerance = QSpinBox()
        self._tolerance.setObjectName("comparing-tolerance")
        self._tolerance.setRange(0, _MOST)
        self._tolerance.setAccessibleName("Characters by which edges may differ and still agree")
        self._lay_out()
        self.list.itemChanged.connect(self._on_item_changed)
        self.anonymous.toggled.connect(self._on_anonymous_toggled)
        self._tolerance.valueChanged.connect(self.changed)

    @property
    def order(self) -> tuple[CoderId, ...]:
        """All coders of the project in the order in which they are shown."""
        return tuple(self.marks)

    @property
    def hidden(self) -> frozenset[CoderId]:
        """The coders who are not to be compared."""
        return frozenset(self._hidden)

    @property
    def tolerance(self) -> int:
        """How many characters edges may be apart and still agree."""
        return self._tolerance.value()

    def name(self, coder_id: CoderId) -> str:
        """Return what a coder is called now."""
        return self._names.get(coder_id, "?")

    def marks_of(self, coders: Sequence[CoderId]) -> str:
        """Return some coders in short."""
        return ", ".join(self.marks.get(each, "?") for each in coders)

    def set_coders(self, coders: Sequence[Coder], seed: str) -> None:
        """Say who is in the project; the seed puts them in order while they are anonymous."""
        self._coders, self._seed = coders, seed
        self._name()

    def show_only(self, coders: Sequence[CoderId]) -> None:
        """Compare these coders and no others; all, if none are named."""
        self._hidden = {each.id for each in self._coders if coders and each.id not in coders}

    def show_sides(self, sides: Sequence[Side]) -> None:
        """Show what everybody has done in an article."""
        by_id = {side.coder.id: side for side in sides}
        row = self.list.currentRow()
        self.list.blockSignals(True)
        self.list.clear()
        for coder_id in self.order:
            if coder_id in by_id:
                self.list.addItem(self._item(by_id[coder_id]))
        self.list.setCurrentRow(min(row, self.list.count() - 1))
        rows = min(_ROWS, self.list.count()) or 1
        self.list.setFixedHeight(rows * (self.list.fontMetrics().lineSpacing() + _PAD) + _PAD)
        self.list.blockSignals(False)

    def _item(self, side: Side) -> QListWidgetItem:
        coder_id, done = side.coder.id, side.state is ReviewState.DONE
        mark, name = self.marks[coder_id], self.name(coder_id)
        item = QListWidgetItem(f"{name if mark == name else f'{mark}   {name}'}  ·  {_state(side)}")
        item.setData(_ID, coder_id)
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled
        item.setFlags(flags if done else Qt.ItemFlag.ItemIsSelectable)
        ticked = done and coder_id not in self._hidden
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        if not done:
            item.setToolTip("Only the work of those who have marked the article done is compared.")
        return item

    def _name(self) -> None:
        """Work out names, marks and the order."""
        if self.anonymous.isChecked():
            named = letters(self._coders, self._seed)
            self._names = self.marks = dict(sorted(named.items(), key=lambda each: (len(each[1]), each[1])))
        else:
            self._names = distinct_names(self._coders)
            short = initials(self._coders)
            order = sorted(self._names, key=lambda each: (self._names[each].casefold(), each))
            self.marks = {each: short[each] for each in order}

    def _lay_out(self) -> None:
        edges, after = QLabel("&Edges may differ by"), QLabel("characters")
        edges.setBuddy(self._tolerance)
        tolerance = QHBoxLayout()
        tolerance.setSpacing(6)
        for widget in (edges, self._tolerance, after):
            tolerance.addWidget(widget)
        tolerance.addStretch(1)
        inner = QVBoxLayout()
        inner.setContentsMargins(12, 6, 12, 8)
        inner.setSpacing(6)
        inner.addWidget(self.anonymous)
        inner.addLayout(tolerance)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.list)
        layout.addLayout(inner)

    @Slot(QListWidgetItem)
    def _on_item_changed(self, item: QListWidgetItem) -> None:
        if item.checkState() is Qt.CheckState.Checked:
            self._hidden.discard(item.data(_ID))
        else:
            self._hidden.add(item.data(_ID))
        self.changed.emit()

    @Slot()
    def _on_anonymous_toggled(self) -> None:
        self._name()
        self.renamed.emit()


def _state(side: Side) -> str:
    count = counted(len(side.spans), "annotation")
    if side.state is ReviewState.DONE:
        return f"done, {count if side.spans else 'nothing found'}"
    return f"not done ({count})" if side.spans else "not done"
