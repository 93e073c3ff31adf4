"""Asks in which order coders are to see the articles."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.ordering import Ordering, OrderKind
from app.project.commands_articles import SetOrder
from app.ui.catalogue.seeds import SeedField

_WORDS = {
    OrderKind.IMPORTED: ("As &imported", "The order of the files and rows that they came from."),
    OrderKind.DATE: (
        "By &date",
        "The earliest first; articles without a date that can be put in order come last.",
    ),
    OrderKind.SHUFFLED: (
        "&Shuffled",
        "An order by chance, the same on every computer for the same texts and seed.",
    ),
}


class OrderDialog(QDialog):
    """Offers three orders; the one that was chosen last is chosen."""

    def __init__(self, ordering: Ordering | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Order of the articles")
        self.setMinimumWidth(440)
        kind = ordering.kind if ordering else OrderKind.IMPORTED
        self._group = QButtonGroup(self)
        self._seed = SeedField(ordering.seed if ordering and kind is OrderKind.SHUFFLED else None)
        layout = QVBoxLayout(self)
        layout.setSpacing(4)
        for at, each in enumerate(_WORDS):
            button, told = _offered(each)
            button.setChecked(each is kind)
            self._group.addButton(button, at)
            layout.addWidget(button)
            layout.addWidget(told)
        row = QHBoxLayout()
        row.setContentsMargins(24, 0, 0, 8)
        row.addWidget(QLabel("Seed"))
        row.addWidget(self._seed)
        row.addStretch(1)
        layout.addLayout(row)
        note = QLabel(
            "The list of articles and “next article” follow it. Articles that come later stand at the end."
        )
        note.setWordWrap(True)
        layout.addWidget(note)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        go = buttons.addButton("Order", QDialogButtonBox.ButtonRole.AcceptRole)
        go.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addSpacing(8)
        layout.addWidget(buttons)
        self._group.idToggled.connect(self._enable)
        self._enable()

    def command(self) -> SetOrder:
        """Return the order that was chosen."""
        kind = tuple(_WORDS)[self._group.checkedId()]
        return SetOrder(kind=kind, seed=self._seed.seed() if kind is OrderKind.SHUFFLED else 0)

    @Slot()
    def _enable(self) -> None:
        self._seed.setEnabled(tuple(_WORDS)[self._group.checkedId()] is OrderKind.SHUFFLED)


def _offered(kind: OrderKind) -> tuple[QRadioButton, QLabel]:
    """Return the button for an order and, below it, what it is."""
    words, hint = _WORDS[kind]
    button = QRadioButton(words)
    button.setObjectName(f"order-{kind.value}")
    button.setAccessibleDescription(hint)
    told = QLabel(hint)
    told.setObjectName("said")
    told.setWordWrap(True)
    told.setContentsMargins(24, 0, 0, 8)
    return button, told
