"""What can be chosen for a file: its encoding, the sheet, whether it is taken apart, divided words."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QWidget

from app.exchange.encodings import CHOICES
from app.exchange.formats import ReadOptions
from app.exchange.registry import article_format
from app.project.importing import FileRead


class OptionsBar(QWidget):
    """Shows what concerns the chosen file, and nothing else."""

    chosen = Signal(object)
    """The `ReadOptions` that the file is to be read with."""

    def __init__(self) -> None:
        super().__init__()
        self._options = ReadOptions()
        self._encoding, encoding = self._make_choice("import-encoding", "&Encoding:", "Encoding of the file")
        self._encoding.addItem("As detected", "")
        for name, title in CHOICES:
            self._encoding.addItem(title, name)
        self._sheet, sheet = self._make_choice("import-sheet", "&Sheet:", "Sheet of the workbook")
        self._split = QCheckBox("&Take apart")
        self._split.setObjectName("import-split")
        self._hyphens = QCheckBox("&Join divided words")
        self._hyphens.setObjectName("import-hyphens")
        self.alike = QCheckBox("&For all files of this kind")
        self.alike.setObjectName("import-all")
        self._labels = (encoding, sheet)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        parts = (encoding, self._encoding, sheet, self._sheet, self._split, self._hyphens, self.alike)
        for widget in parts:
            # Together they are wider than some screens; no file is concerned by all.
            widget.hide()
            layout.addWidget(widget)
        layout.insertStretch(len(parts) - 1, 1)
        self._encoding.activated.connect(self._on_chosen)
        self._sheet.activated.connect(self._on_chosen)
        self._split.clicked.connect(self._on_split_clicked)
        self._hyphens.clicked.connect(self._on_chosen)

    @staticmethod
    def _make_choice(name: str, text: str, spoken: str) -> tuple[QComboBox, QLabel]:
        box, label = QComboBox(), QLabel(text)
        box.setObjectName(name)
        box.setAccessibleName(spoken)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(24)
        label.setBuddy(box)
        return box, label

    def show_file(self, read: FileRead, *, others: bool) -> None:
        """Show the options of a file; `others` tells whether there are more of its kind."""
        self._options = read.options
        encodable = bool(read.format) and article_format(read.format).takes_encoding
        self._encoding.setCurrentIndex(max(0, self._encoding.findData(read.options.encoding)))
        found = read.reading.encoding if read.reading else read.encoding
        self._encoding.setItemText(
            0, f"As detected ({found})" if found and not read.options.encoding else "As detected"
        )
        table = read.reading.table if read.reading else read.table
        sheets = table.sheets if table else ()
        self._sheet.clear()
        for name in sheets:
            self._sheet.addItem(f"{name} (hidden)" if table and name in table.hidden else name, name)
        self._sheet.setCurrentIndex(max(0, self._sheet.findData(table.sheet if table else "")))
        parts = read.reading.parts if read.reading else 0
        self._split.setText(f"&Take apart into {parts:,} articles" if parts > 1 else "&Take apart")
        self._split.setChecked(bool(read.reading and read.reading.split))
        hyphens = read.reading.hyphens if read.reading else 0
        self._hyphens.setText(f"&Join {hyphens:,} divided word{'' if hyphens == 1 else 's'}")
        self._hyphens.setChecked(read.options.join_hyphens)
        encoding, sheet = self._labels
        for widget, shown in (
            *((encoding, encodable), (self._encoding, encodable)),
            *((sheet, len(sheets) > 1), (self._sheet, len(sheets) > 1)),
            *((self._split, parts > 0), (self._hyphens, hyphens > 0), (self.alike, others)),
        ):
            widget.setVisible(shown)

    @Slot()
    def _on_chosen(self) -> None:
        self._tell(split=self._options.split)

    @Slot(bool)
    def _on_split_clicked(self, split: bool) -> None:
        self._tell(split=split)

    def _tell(self, *, split: bool | None) -> None:
        """Say what is wanted now, if that is something else than before."""
        sheet = str(self._sheet.currentData() or "") if self._sheet.isVisibleTo(self) else ""
        wanted = self._options.model_copy(
            update={
                "encoding": str(self._encoding.currentData()),
                "sheet": sheet,
                "split": split,
                "join_hyphens": self._hyphens.isChecked(),
                # Another sheet has other columns.
                "columns": self._options.columns if sheet == self._options.sheet or not sheet else {},
            }
        )
        if wanted != self._options:
            self.chosen.emit(wanted)
