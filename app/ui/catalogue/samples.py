"""The samples of a project: listed, drawn, shown in the table, renamed, exported, removed."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.sampling import Sample
from app.project.commands_articles import RemoveSamples, RenameSample
from app.ui.bridge import Bridge
from app.ui.buttons import Button
from app.ui.room import room_for
from app.ui.rows import show_whole_rows

_SIZE = (760, 440)
_HEADS = ("Name", "Articles", "Rule", "Drawn from", "Drawn on")
_NONE_YET = (
    "No samples yet.\n\nA sample is a number of articles drawn by chance, for a reliability test or for packets. "
    "The same seed draws the same articles from the same texts on every computer."
)


class SamplesDialog(QDialog):
    """Lists samples; what is to happen with one is asked for by signals or done through the bridge."""

    draw_requested = Signal()
    show_requested = Signal(object)
    """The `Sample` that the table is to show."""
    export_requested = Signal(object)
    """The `Sample` that is to be exported."""

    def __init__(self, bridge: Bridge, parent: QWidget) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._samples: list[Sample] = []
        self.setWindowTitle("Samples")
        self.resize(room_for(*_SIZE))
        self._list = QTableWidget(0, len(_HEADS))
        show_whole_rows(self._list, "samples", "Samples")
        self._list.setHorizontalHeaderLabels(_HEADS)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        heads = self._list.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        heads.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self._strata = QLabel()
        self._strata.setObjectName("sample-strata")
        self._strata.setWordWrap(True)
        self._strata.setTextFormat(Qt.TextFormat.PlainText)
        self._empty = QLabel(_NONE_YET)
        self._empty.setObjectName("empty")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setContentsMargins(48, 0, 48, 0)
        self._draw = self._button("&Draw…", self.draw_requested.emit)
        self._show = self._button("&Show in the table", self._on_show)
        self._rename = self._button("&Rename…", self._on_rename)
        self._export = self._button("E&xport…", self._on_export)
        self._remove = self._button("Re&move", self._on_remove)
        self._lay_out()
        self._list.itemSelectionChanged.connect(self._enable)
        self._list.itemActivated.connect(self._on_show)
        bridge.project_changed.connect(self.reload)
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Read the samples anew; the row stays selected."""
        project, at = self._bridge.project, self._list.currentRow()
        count = len(self._samples)
        self._samples = project.collection.samples() if project else []
        self._list.setRowCount(len(self._samples))
        for row, sample in enumerate(self._samples):
            drawn_from = sample.drawn_from or "all articles"
            cells = (
                sample.name,
                f"{len(sample.articles):,}",
                sample.rule(),
                drawn_from,
                sample.created_at[:10],
            )
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self._list.setItem(row, column, item)
        new = (
            len(self._samples) - 1 if len(self._samples) > count else min(max(at, 0), len(self._samples) - 1)
        )
        if self._samples:
            self._list.selectRow(new)
        self._list.setVisible(bool(self._samples))
        self._empty.setVisible(not self._samples)
        self._enable()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self._draw, self._show, self._rename, self._export, self._remove):
            buttons.addWidget(button)
        buttons.addStretch(1)
        close = self._button("Close", self.reject)
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(self._list, 1)
        layout.addWidget(self._empty, 1)
        layout.addWidget(self._strata)
        layout.addLayout(buttons)

    def _button(self, words: str, on_click: Callable[[], object]) -> Button:
        return Button(f"samples-{words.replace('&', '').strip('…').split()[0].lower()}", words, on_click)

    def _current(self) -> Sample | None:
        row = self._list.currentRow()
        return self._samples[row] if 0 <= row < len(self._samples) else None

    @Slot()
    def _enable(self) -> None:
        sample, project = self._current(), self._bridge.project
        writing = project is not None and not project.read_only
        self._draw.setEnabled(writing)
        for button in (self._show, self._export):
            button.setEnabled(sample is not None)
        for button in (self._rename, self._remove):
            button.setEnabled(writing and sample is not None)
        strata = sample.strata if sample else ()
        # Names of either direction stand among numbers, and are kept apart from them.
        said = ", ".join(f"\u2068{each.name}\u2069 {each.drawn:,} of {each.size:,}" for each in strata[:12])
        self._strata.setText(f"{said}, and {len(strata) - 12:,} more" if len(strata) > 12 else said)
        self._strata.setVisible(bool(said))

    @Slot()
    def _on_show(self) -> None:
        sample = self._current()
        if sample is not None:
            self.show_requested.emit(sample)
            self.accept()

    @Slot()
    def _on_rename(self) -> None:
        sample = self._current()
        if sample is None:
            return
        name, agreed = QInputDialog.getText(self, "Rename sample", "Name", text=sample.name)
        if agreed:
            self._bridge.apply(RenameSample(id=sample.id, name=name), self)

    @Slot()
    def _on_export(self) -> None:
        sample = self._current()
        if sample is not None:
            self.export_requested.emit(sample)

    @Slot()
    def _on_remove(self) -> None:
        sample = self._current()
        if sample is not None:
            self._bridge.apply(RemoveSamples(ids=(sample.id,)), self)
