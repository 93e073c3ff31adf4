"""The copies that are kept of a project, and the choice of one to go back to."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.project.backups import Backup


class BackupDialog(QDialog):
    """Lists backups, the newest first."""

    def __init__(self, backups: Sequence[Backup], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Restore from backup")
        self.resize(460, 360)
        self._backups = list(backups)
        words = QLabel(
            "The project as it is now is kept as well, so that you can come back."
            if backups
            else "No backup has been made yet. One is made whenever the project is opened, and while you work."
        )
        words.setWordWrap(True)
        self._list = QListWidget()
        self._list.setObjectName("backups")
        self._list.setAccessibleName("Backups")
        for backup in backups:
            moment = backup.moment.astimezone().strftime("%A %d %B %Y, %H:%M:%S")
            item = QListWidgetItem(f"{moment}   ({backup.size / 1_000_000:.1f} MB)")
            self._list.addItem(item)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._go = buttons.addButton("Restore", QDialogButtonBox.ButtonRole.AcceptRole)
        layout = QVBoxLayout(self)
        layout.addWidget(words)
        layout.addWidget(self._list, 1)
        layout.addWidget(buttons)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._list.currentRowChanged.connect(self._on_row_changed)
        self._list.setCurrentRow(0 if backups else -1)
        self._on_row_changed(self._list.currentRow())
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def backup(self) -> Backup:
        """Return what was chosen."""
        return self._backups[self._list.currentRow()]

    @Slot(int)
    def _on_row_changed(self, row: int) -> None:
        self._go.setEnabled(row >= 0)
