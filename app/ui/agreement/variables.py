"""The table of variables: layers with their codes and questions below them, then the article variables."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QSettings, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QTreeView

from app.domain.comparing import Corpus, Result, Variable, VariableKind
from app.project.agreement_words import (
    TOO_FEW,
    band,
    companion,
    explained,
    interval,
    is_banded,
    measure,
    number,
    percent,
)
from app.ui.agreement.interval import BAR_ROLE, Bar, IntervalDelegate
from app.ui.theme import Theme, blend

_KEY_ROLE = Qt.ItemDataRole.UserRole + 1
_SORT_ROLE = Qt.ItemDataRole.UserRole + 3
_HEADS = (
    ("Variable", 184),
    ("Measure", 72),
    ("Value", 56),
    ("95 % interval", 200),
    ("Beside it", 120),
    ("Note", 56),
    ("Articles", 72),
    ("Units", 64),
    ("Coverage", 80),
    ("P < .667", 80),
)
_INTERVAL, _NOTE = 3, 5
_RIGHT = frozenset({2, 6, 7, 8, 9})
_SIGN = "ⓘ"
_ARTICLES = "Article variables"
_UNDEFINED = -2.0
"""Sorted below every coefficient."""


class VariablesView(QTreeView):
    """Shows a row for each variable with its headline; the numbers are Qt's own, so that painting asks nobody."""

    chosen = Signal(str)
    """The key of the variable that is looked at."""
    behind_wanted = Signal()
    """Somebody wants to see what differs behind the chosen row."""

    def __init__(self, store: QSettings, theme: Theme) -> None:
        super().__init__()
        self._store, self._theme = store, theme
        self._rows: dict[str, list[QStandardItem]] = {}
        self._articles = 0
        self._stale = False
        self._items = QStandardItemModel()
        self._items.setSortRole(_SORT_ROLE)
        self._items.setHorizontalHeaderLabels([head for head, _width in _HEADS])
        self._intervals = IntervalDelegate(theme)
        self.setObjectName("agreement-variables")
        self.setAccessibleName("Variables and their agreement")
        self.setModel(self._items)
        self.setItemDelegateForColumn(_INTERVAL, self._intervals)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setExpandsOnDoubleClick(False)
        for at, (head, width) in enumerate(_HEADS):
            self.setColumnWidth(at, int(str(store.value(f"agreement/variables/{head}", width))))
        self.header().setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.header().sectionResized.connect(self._on_section_resized)
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.doubleClicked.connect(self.behind_wanted)
        copying = QAction("&Copy as text with tabs", self)
        copying.triggered.connect(self.copy)
        self.addAction(copying)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def set_theme(self, theme: Theme) -> None:
        """Change colours with the rest of the program."""
        self._theme = self._intervals.theme = theme
        self._colour()

    def set_stale(self, stale: bool) -> None:
        """Make numbers grey while they are no longer those of what is asked."""
        if stale != self._stale:
            self._stale = self._intervals.stale = stale
            self._colour()

    def key(self) -> str:
        """Return the key of the chosen variable; empty for none."""
        return str(self.currentIndex().siblingAtColumn(0).data(_KEY_ROLE) or "")

    def show_variables(self, corpus: Corpus, results: Mapping[str, Sequence[Result]]) -> None:
        """Show other variables, and choose the one that was chosen."""
        before = self.key()
        self._articles = len(corpus.articles)
        self._rows = {}
        with QSignalBlocker(self.selectionModel()):
            self._items.removeRows(0, self._items.rowCount())
            layers: dict[str, QStandardItem] = {}
            for at, variable in enumerate(corpus.variables):
                row = [QStandardItem() for _head in _HEADS]
                for each, item in enumerate(row):
                    side = Qt.AlignmentFlag.AlignRight if each in _RIGHT else Qt.AlignmentFlag.AlignLeft
                    item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
                row[0].setText(_short(variable))
                row[0].setToolTip(variable.name)
                row[0].setData(variable.key, _KEY_ROLE)
                row[0].setData(at, _SORT_ROLE)
                self._rows[variable.key] = row
                if variable.kind is VariableKind.LAYER:
                    layers[variable.layer] = row[0]
                # Filled before it is in the model, which would tell the view of each cell.
                self._fill(row, results.get(variable.key, ()))
                self._parent(variable, layers, at).appendRow(row)
        self._colour()
        self._items.sort(self.header().sortIndicatorSection(), self.header().sortIndicatorOrder())
        self.expandAll()
        self.choose(before if before in self._rows else next(iter(self._rows), ""))

    def fill(self, key: str, results: Sequence[Result]) -> None:
        """Show the numbers of one variable, which now have intervals."""
        if key in self._rows:
            self._fill(self._rows[key], results)

    def choose(self, key: str) -> None:
        """Choose a variable."""
        if key in self._rows:
            self.setCurrentIndex(self._rows[key][0].index())

    def text(self) -> str:
        """Return the table as text with tabs."""
        lines = ["\t".join(head for head, _width in _HEADS)]
        for row in self._rows.values():
            texts = [item.text() for item in row]
            texts[_NOTE] = " ".join(row[_NOTE].toolTip().split())
            lines.append("\t".join(texts))
        return "\n".join(lines) + "\n"

    @Slot()
    def copy(self) -> None:
        """Copy the table as text with tabs."""
        QGuiApplication.clipboard().setText(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter leads to what differs; the keys for copying copy the table."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.behind_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def _parent(self, variable: Variable, layers: dict[str, QStandardItem], at: int) -> QStandardItem:
        if variable.kind is VariableKind.LAYER or _of_all(variable):
            return self._items.invisibleRootItem()
        name = variable.layer or _ARTICLES
        if name not in layers:
            heading = [QStandardItem(_ARTICLES), *(QStandardItem() for _head in _HEADS[1:])]
            heading[0].setData(at, _SORT_ROLE)
            layers[name] = heading[0]
            self._items.appendRow(heading)
        return layers[name]

    def _fill(self, row: Sequence[QStandardItem], results: Sequence[Result]) -> None:
        if not results:
            return
        head, beside = results[0], companion(results)
        symbol, notes = measure(head.measure), list(explained(results, self._articles))
        cells: tuple[tuple[str, object, str], ...] = (
            (symbol.symbol, symbol.symbol, symbol.words),
            (number(head.value), _or_none(head.value), band(head)),
            (interval(head), _or_none(head.ci_low), ", ".join(filter(None, (interval(head), band(head))))),
            _beside(beside),
            (_SIGN if notes else "", len(notes), "\n".join(notes)),
            (f"{head.documents:,}", head.documents, ""),
            (f"{head.units:,}", head.units, ""),
            (percent(head.coverage), _or_none(head.coverage), ""),
            (percent(head.q_667), _or_none(head.q_667), "Share of bootstrap rounds below .667"),
        )
        for item, (text, key, hint) in zip(row[1:], cells, strict=True):
            item.setText(text)
            item.setData(key, _SORT_ROLE)
            item.setToolTip(hint)
        faint = self._articles < TOO_FEW
        bar = Bar(head.value, head.ci_low, head.ci_high, is_banded(head), faint)
        row[_INTERVAL].setData(bar, BAR_ROLE)
        said = ", ".join(filter(None, (number(head.value), interval(head), band(head))))
        row[_INTERVAL].setData(said, Qt.ItemDataRole.AccessibleTextRole)
        row[_NOTE].setData(" ".join(notes), Qt.ItemDataRole.AccessibleTextRole)

    def _colour(self) -> None:
        theme = self._theme
        faint = blend(theme.quiet, theme.panel, 0.6)
        grey = self._stale or self._articles < TOO_FEW
        # One look at all of them is enough.
        with QSignalBlocker(self._items):
            for row in self._rows.values():
                for item in row[1:]:
                    item.setForeground(faint if grey else theme.ink)
                row[0].setForeground(faint if self._stale else theme.ink)
        self.viewport().update()

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, _current: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(self.key())

    @Slot(int, int, int)
    def _on_section_resized(self, section: int, _before: int, width: int) -> None:
        if section < len(_HEADS) - 1:
            self._store.setValue(f"agreement/variables/{_HEADS[section][0]}", width)


def _beside(result: Result | None) -> tuple[str, object, str]:
    """Return what stands beside a headline: its words, by what it is sorted, and more about it."""
    if result is None:
        return "", _UNDEFINED, ""
    found = measure(result.measure)
    hint = "; ".join(filter(None, (found.words, interval(result))))
    return f"{found.symbol} {number(result.value)}", _or_none(result.value), hint


def _or_none(value: float | None) -> float:
    return _UNDEFINED if value is None else value


def _of_all(variable: Variable) -> bool:
    """Tell whether a variable is about the codes of all layers, so that it stands below none."""
    return variable.kind is VariableKind.CODES and not variable.layer


def _short(variable: Variable) -> str:
    """Return the name without the layer, below which it stands."""
    if variable.kind is VariableKind.CODES and not _of_all(variable):
        return "which code"
    name = variable.name
    for lead in (f"{variable.layer} > ", f"{variable.layer}: "):
        if variable.kind is not VariableKind.LAYER and variable.layer and name.startswith(lead):
            name = name.removeprefix(lead)
            break
    return name
