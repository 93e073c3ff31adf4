"""New articles that are much like another: each pair with its difference, and the lead decides."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSplitter,
    QStackedWidget,
    QTableView,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.domain.offsets import OffsetMap
from app.domain.similarity import unshared
from app.domain.spans import Span
from app.project.near import Near, text_in_project
from app.ui.buttons import Button
from app.ui.importing.intake import Intake
from app.ui.importing.preview import Face, plain_text, show_text
from app.ui.rows import show_whole_rows
from app.ui.search import Search
from app.ui.theme import Theme, blend

AnyIndex = QModelIndex | QPersistentModelIndex

TAKE, NEW, SHARE, OTHER, WHERE = range(5)
_HEADS = ("Take", "New article", "Alike", "The other", "Which is")
_COMPARED = 20_000
"""Code points of either text in which the difference is shown."""

_MOST_MARKS = 1_000


class PairsModel(QAbstractTableModel):
    """One row a pair; the first column can be ticked."""

    switched = Signal(int, bool)
    """The number of a new article, and whether it is to be taken."""

    def __init__(self, intake: Intake) -> None:
        super().__init__()
        self._intake = intake
        self._pairs: tuple[Near, ...] = ()

    def renew(self) -> None:
        """Show the pairs as they are now; ticks alone leave the rows where they are."""
        if self._pairs is not self._intake.pairs:
            self.beginResetModel()
            self._pairs = self._intake.pairs
            self.endResetModel()
        elif self._pairs:
            self.dataChanged.emit(self.index(0, TAKE), self.index(len(self._pairs) - 1, TAKE))

    def pair(self, row: int) -> Near | None:
        """Return the pair of a row."""
        return self._pairs[row] if 0 <= row < len(self._pairs) else None

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """The number of pairs."""
        return 0 if parent is not None and parent.isValid() else len(self._pairs)

    def columnCount(self, parent: AnyIndex | None = None) -> int:
        """The number of columns."""
        return 0 if parent is not None and parent.isValid() else len(_HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The heads of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _HEADS[section]
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """The first column can be ticked."""
        tick = Qt.ItemFlag.ItemIsUserCheckable if index.column() == TAKE else Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | tick

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell, the tick, and the whole pair as a tip."""
        pair = self.pair(index.row())
        if pair is None:
            return None
        taken = pair.number not in self._intake.left_out
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == TAKE:
            return Qt.CheckState.Checked if taken else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole and index.column() == TAKE:
            return "taken" if taken else "left out"
        if role == Qt.ItemDataRole.ToolTipRole:
            return pair.in_words()
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        where = "in the project" if pair.other < 0 else "in this import"
        return ("", pair.title, f"{pair.found.percent} %", pair.other_title, where)[index.column()]

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick."""
        pair = self.pair(index.row())
        if pair is None or role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.switched.emit(pair.number, Qt.CheckState(value) is Qt.CheckState.Checked)
        return True


class PairsView(QTableView):
    """The pairs; Space ticks the row, whichever of its cells was clicked."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick or untick the current row."""
        tick = self.currentIndex().siblingAtColumn(TAKE)
        if event.key() != Qt.Key.Key_Space or not tick.isValid():
            super().keyPressEvent(event)
            return
        taken = Qt.CheckState(tick.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked
        wanted = Qt.CheckState.Unchecked if taken else Qt.CheckState.Checked
        self.model().setData(tick, wanted, Qt.ItemDataRole.CheckStateRole)


class AlikePage(QWidget):
    """The pairs, and below them the two texts side by side with what only one of them says."""

    def __init__(self, intake: Intake, theme: Theme, face: Face) -> None:
        super().__init__()
        self._intake, self._theme, self._face = intake, theme, face
        self._model = PairsModel(intake)
        self._search = Search(self)
        self._said = QLabel()
        self._said.setObjectName("alike-said")
        self._said.setWordWrap(True)
        self._stop = Button("stop-comparing", "&Stop comparing", intake.stop_comparing)
        self._all = Button("take-all", "Take a&ll", self._on_take_all_clicked)
        self._none = Button("take-none", "Lea&ve them out", self._on_take_none_clicked)
        self._table = self._make_table()
        self._texts = [
            plain_text("text-new", "The new article", face),
            plain_text("text-other", "The other one", face),
        ]
        self._heads = [QLabel("New"), QLabel("The other")]
        self._pages = QStackedWidget()
        self._lay_out()
        self._model.switched.connect(self._on_switched)
        self._table.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self._search.ended.connect(self._on_compared)
        intake.compared.connect(self.renew)
        self.renew()

    def _make_table(self) -> QTableView:
        table = PairsView()
        show_whole_rows(table, "pairs", "Articles that are much alike")
        table.setModel(self._model)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.verticalHeader().setDefaultSectionSize(table.fontMetrics().lineSpacing() + 10)
        head = table.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in (NEW, OTHER):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        for column, sample in ((TAKE, "Take000"), (SHARE, "100 %000"), (WHERE, "in this import000")):
            table.setColumnWidth(column, table.fontMetrics().horizontalAdvance(sample) + 16)
        return table

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._said, 1)
        for button in (self._stop, self._all, self._none):
            top.addWidget(button)
        sides = QSplitter(Qt.Orientation.Horizontal)
        for head, text in zip(self._heads, self._texts, strict=True):
            head.setObjectName("said")
            head.setTextFormat(Qt.TextFormat.PlainText)
            side = QWidget()
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(4)
            column.addWidget(head)
            column.addWidget(text, 1)
            sides.addWidget(side)
        both = QSplitter(Qt.Orientation.Vertical)
        both.addWidget(self._table)
        both.addWidget(sides)
        both.setSizes([160, 260])
        both.setChildrenCollapsible(False)
        empty = QLabel("No new article is much like another.")
        empty.setObjectName("empty")
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages.addWidget(empty)
        self._pages.addWidget(both)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 0)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(self._pages, 1)

    def wait(self) -> None:
        """End what goes on in the background; for closing."""
        self._search.wait()

    @Slot()
    def renew(self) -> None:
        """Show what is known now."""
        intake, row = self._intake, self._table.currentIndex().row()
        self._model.renew()
        pairs = len(intake.pairs)
        self._pages.setCurrentIndex(1 if pairs else 0)
        self._pages.setVisible(intake.complete)
        self._stop.setVisible(intake.comparing)
        for button in (self._all, self._none):
            button.setVisible(pairs > 0)
        self._said.setText(self._in_words())
        if pairs and row < 0:
            self._table.setCurrentIndex(self._model.index(0, TAKE))

    def _in_words(self) -> str:
        intake, pairs = self._intake, len(self._intake.pairs)
        if intake.comparing:
            return "The new articles are being compared with each other and with those of the project…"
        if not intake.complete:
            return "The articles were not compared. Only those with exactly the same text are recognised."
        if not pairs:
            return ""
        some = "1 new article is" if pairs == 1 else f"{pairs:,} new articles are"
        out = len(intake.left_out)
        return f"{some} much like another; {out:,} of them left out. Space ticks what is to be taken."

    @Slot(int, bool)
    def _on_switched(self, number: int, take: bool) -> None:
        self._intake.take(number, take=take)

    @Slot()
    def _on_take_all_clicked(self) -> None:
        self._intake.take_all(take=True)

    @Slot()
    def _on_take_none_clicked(self) -> None:
        self._intake.take_all(take=False)

    @Slot(QModelIndex, QModelIndex)
    def _on_row_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        """Compare the pair of a row in the background."""
        pair = self._model.pair(current.row())
        if pair is None:
            self._search.stop()
            return
        drafts, path = self._intake.staged.drafts, self._intake.path
        for head, word, title in zip(
            self._heads, ("New", "The other"), (pair.title, pair.other_title), strict=True
        ):
            head.setText(f"{word}: {title}")

        def work(_progress: object) -> tuple[tuple[str, list[Span]], ...]:
            new = drafts[pair.number].text
            other = drafts[pair.other].text if pair.other >= 0 else text_in_project(path, pair.sha256)
            # Qt shows no byte order marks, and would count without them.
            new, other = new.replace("\ufeff", ""), other.replace("\ufeff", "")
            one, two = new[:_COMPARED], other[:_COMPARED]
            return (new, unshared(one, other)), (other, unshared(two, new))

        self._search.start(work)

    @Slot(object)
    def _on_compared(self, sides: Sequence[tuple[str, list[Span]]]) -> None:
        for field, (text, spans) in zip(self._texts, sides, strict=True):
            show_text(field, text, self._face)
            self._mark(field, text, spans)

    def _mark(self, field: QTextEdit, text: str, spans: Sequence[Span]) -> None:
        """Mark ranges by colour and by a line below, for those who do not see the colour."""
        look = QTextCharFormat()
        look.setBackground(blend(self._theme.accent, self._theme.paper, 0.22))
        look.setFontUnderline(True)
        offsets = OffsetMap(text)
        last = field.document().characterCount() - 1
        marks: list[QTextEdit.ExtraSelection] = []
        for span in spans[:_MOST_MARKS]:
            cursor = QTextCursor(field.document())
            cursor.setPosition(min(last, offsets.to_utf16(span.start)))
            cursor.setPosition(min(last, offsets.to_utf16(span.end)), QTextCursor.MoveMode.KeepAnchor)
            mark = QTextEdit.ExtraSelection()
            mark.cursor, mark.format = cursor, look  # pyright: ignore[reportAttributeAccessIssue]
            marks.append(mark)
        field.setExtraSelections(marks)
