"""Who is coding? Asked once; the answer is kept for this computer and this project."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from app.domain.coders import Coder
from app.domain.ids import CoderId, new_id

_LONGEST = 200


class CoderDialog(QDialog):
    """Offers the coders of the project and takes a new name."""

    def __init__(self, coders: Sequence[Coder], suggested: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coders, self._suggested = list(coders), suggested
        self.setWindowTitle("Who is coding?")
        self.setMinimumWidth(380)
        words = QLabel(
            "Your name stands with everything you code. Choose it if the study lead has entered it, "
            "or type it."
        )
        words.setWordWrap(True)
        self._name = QComboBox()
        self._name.setObjectName("coder-name")
        self._name.setAccessibleName("Your name")
        self._name.setEditable(True)
        for coder in self._coders:
            self._name.addItem(coder.name)
        self._name.setCurrentText(suggested)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._ok.setText("Start coding")
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addWidget(words)
        layout.addWidget(self._name)
        layout.addWidget(buttons)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._name.currentTextChanged.connect(self._on_text_changed)
        self._on_text_changed(self._name.currentText())
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)

    def coder(self, mine: CoderId) -> Coder:
        """Return who was chosen; this computer's coder keeps the id `mine`, any other new name gets a new one."""
        name = self._name.currentText().strip()
        at = self._name.currentIndex()
        if 0 <= at < len(self._coders) and self._coders[at].name == name:
            return self._coders[at]
        taken = {coder.id for coder in self._coders}
        same_person = name == self._suggested and mine not in taken
        return Coder(id=mine if mine and same_person else CoderId(new_id()), name=name)

    @Slot(str)
    def _on_text_changed(self, text: str) -> None:
        self._ok.setEnabled(0 < len(text.strip()) <= _LONGEST)
