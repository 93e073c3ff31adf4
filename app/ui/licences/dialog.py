"""What the program is made of, and under which licences it may be used."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.system.licences import Component
from app.ui.room import room_for

_NO_TEXT = "Its makers publish it without a text of their own; the name of the licence says which one holds."


class LicencesDialog(QDialog):
    """A list of all parts, with the text of the licence of the chosen one beside it."""

    def __init__(self, parts: Sequence[Component], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self.setWindowTitle("Licences")
        about = QLabel("Rubricator is free software (MIT). It is made with these parts by others:", self)
        about.setWordWrap(True)
        self._list = QListWidget(self)
        self._list.setAccessibleName("Parts")
        self._list.addItems([f"{each.name} {each.version}".strip() for each in parts])
        self._text = QPlainTextEdit(self)
        self._text.setReadOnly(True)
        self._text.setAccessibleName("Licence")
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._text.setTabChangesFocus(True)
        beside = QSplitter(Qt.Orientation.Horizontal, self)
        beside.addWidget(self._list)
        beside.addWidget(self._text)
        beside.setStretchFactor(1, 1)
        beside.setSizes([230, 560])
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(about)
        layout.addWidget(beside, 1)
        layout.addWidget(buttons)
        self.resize(room_for(820, 560))
        self._list.currentRowChanged.connect(self._show)
        self._list.setCurrentRow(0)
        self._list.setFocus()

    @Slot(int)
    def _show(self, row: int) -> None:
        if 0 <= row < len(self._parts):
            part = self._parts[row]
            self._text.setPlainText(f"{part.licence}\n\n{part.text or _NO_TEXT}".strip())
