"""Publishing the codebook with a note, and looking at what changed between versions, in words."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.codebook_diff import Difference, differences
from app.project.project import Project

_SIZE = (620, 460)
_NOW = "as it stands"


class PublishDialog(QDialog):
    """Shows what has changed since the last version, and asks for a note on it."""

    def __init__(self, project: Project, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Publish version {number}")
        self.resize(*_SIZE)
        last = project.codebook().version
        since = f"since version {last}" if number > last else "so far"
        words = QLabel(
            f"What changed {since}. What is annotated from now on will carry version {number}; annotations made under "
            "an older one whose code means something else now are listed for their coders to look at again."
        )
        words.setWordWrap(True)
        changes = _list("Changes", project.versions.unpublished())
        self._note = QLineEdit()
        self._note.setObjectName("publish-note")
        self._note.setPlaceholderText("What changed and why, in a few words (may stay empty)")
        self._note.setAccessibleName("Note")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        go = buttons.addButton(f"Publish version {number}", QDialogButtonBox.ButtonRole.AcceptRole)
        go.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        for widget in (words, changes, self._note, buttons):
            layout.addWidget(widget)
        self._note.setFocus(Qt.FocusReason.OtherFocusReason)

    def note(self) -> str:
        """Return what was said of the version."""
        return self._note.text()


class VersionsDialog(QDialog):
    """Compares any two versions in words; the codebook as it stands counts as one."""

    def __init__(self, project: Project, parent: QWidget) -> None:
        super().__init__(parent)
        self._project = project
        self.setWindowTitle("Versions of the codebook")
        self.resize(*_SIZE)
        self._versions = project.versions.all()
        self._old, self._new = QComboBox(), QComboBox()
        self._offer()
        row = QHBoxLayout()
        row.setSpacing(8)
        for name, box in (("&From", self._old), ("&to", self._new)):
            label = QLabel(name)
            label.setBuddy(box)
            box.setAccessibleName(name.replace("&", ""))
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            row.addWidget(label)
            row.addWidget(box, 1)
            box.currentIndexChanged.connect(self._show)
        self._changes = _list("Changes", ())
        self._changes.setObjectName("versions-changes")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addLayout(row)
        layout.addWidget(self._changes)
        layout.addWidget(buttons)
        self._show()

    def _offer(self) -> None:
        """Offer every version, and at first what is not published or else the step to the newest."""
        names = {coder.id: coder.name for coder in self._project.coders()}
        entries: list[str] = []
        for each in self._versions:
            told = ", ".join(part for part in (each.at[:10], names.get(each.coder_id, ""), each.note) if part)
            entries.append(f"Version {each.number}" + (f"  ({told})" if told else ""))
        self._old.addItems(entries)
        self._new.addItems([*entries, f"The codebook {_NOW}"])
        self._old.setObjectName("versions-old")
        self._new.setObjectName("versions-new")
        pending = bool(self._project.versions.unpublished())
        self._old.setCurrentIndex(len(entries) - (1 if pending else min(2, len(entries))))
        self._new.setCurrentIndex(len(entries) if pending else len(entries) - 1)

    @Slot()
    def _show(self) -> None:
        old, new = self._old.currentIndex(), self._new.currentIndex()
        if old < 0 or new < 0:
            return
        versions = self._project.versions
        before = versions.codebook(self._versions[old].number)
        stands = new >= len(self._versions)
        after = self._project.codebook() if stands else versions.codebook(self._versions[new].number)
        _fill(self._changes, differences(before, after))


def _list(spoken: str, changes: Sequence[Difference]) -> QListWidget:
    found = QListWidget()
    found.setAccessibleName(spoken)
    found.setWordWrap(True)
    found.setSpacing(3)
    found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    found.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    _fill(found, changes)
    return found


def _fill(place: QListWidget, changes: Sequence[Difference]) -> None:
    place.clear()
    place.addItems([each.words for each in changes] or ["Nothing is different."])
