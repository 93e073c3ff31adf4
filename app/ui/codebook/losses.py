"""What has to be asked before answers or codes go: where answers go instead, and which code takes over another."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.codebook import Codebook
from app.domain.editing import counterpart, family
from app.domain.ids import CodeId
from app.domain.matching import Typed
from app.project.commands_codebook import MergeCode
from app.project.designing import Outcome
from app.project.fitting import answers
from app.project.project import Project
from app.ui.filter_field import FilterField
from app.ui.search import Search

_WIDTH = 480
_DELETE, _UNDECIDED = "Delete these answers", "Choose…"


class LossDialog(QDialog):
    """Asks whether answers may go; where choices are gone, which other choice is to have them instead."""

    def __init__(self, sentence: str, gone: Sequence[str], choices: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Answers without a place")
        self.setMinimumWidth(_WIDTH)
        words = _words(f"{sentence} Undo brings back what is deleted.")
        layout = QVBoxLayout(self)
        layout.setSpacing(16)
        layout.addWidget(words)
        self._heirs: dict[str, QComboBox] = {}
        form = QFormLayout()
        for choice in gone if choices else ():
            box = QComboBox()
            box.addItems([_UNDECIDED, *choices, _DELETE])
            box.setAccessibleName(f"What becomes of “{choice}”")
            box.currentTextChanged.connect(self._on_changed)
            form.addRow(f"“{choice}” becomes", box)
            self._heirs[choice] = box
        layout.addLayout(form)
        self._go, buttons = _buttons(self, "Delete the answers")
        layout.addWidget(buttons)
        self._on_changed()

    def heirs(self) -> dict[str, str]:
        """Return which choice takes over the answers of which; those that are to be deleted are left out."""
        chosen = {choice: box.currentText() for choice, box in self._heirs.items()}
        return {choice: heir for choice, heir in chosen.items() if heir not in (_DELETE, _UNDECIDED)}

    @Slot()
    def _on_changed(self) -> None:
        self._go.setEnabled(all(box.currentText() != _UNDECIDED for box in self._heirs.values()))
        self._go.setText("Give them the other choice" if self.heirs() else "Delete the answers")


class MergeDialog(QDialog):
    """Asks which code takes over the annotations of another, and says beforehand what becomes of answers."""

    def __init__(self, project: Project, code_id: CodeId, why: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._project, self._code_id = project, code_id
        self._users = project.design.use_in_words(code_id, alone=True)
        self._search = Search(self)
        codebook = project.codebook()
        self.setWindowTitle(f"Merge {codebook.code(code_id).name}")
        self.setMinimumWidth(_WIDTH)
        self._filter = FilterField("merge-filter", "Filter codes", "Filter")
        self._codes = QListWidget()
        self._codes.setObjectName("merge-codes")
        self._codes.setAccessibleName("The code that takes over")
        for depth, code in codebook.walk():
            if code.id not in family(codebook, code_id):
                entry = QListWidgetItem("    " * depth + code.name)
                entry.setData(Qt.ItemDataRole.UserRole, code.id)
                self._codes.addItem(entry)
        self._said = _words("")
        self._said.setObjectName("merge-said")
        self._said.setMinimumHeight(4 * self._said.fontMetrics().lineSpacing())
        self._said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._go, buttons = _buttons(self, "Merge")
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(_words(why or _why(codebook, code_id)))
        for widget in (self._filter, self._codes, self._said, buttons):
            layout.addWidget(widget)
        self._filter.textChanged.connect(self._on_filter_changed)
        self._codes.currentItemChanged.connect(self._on_chosen)
        self._search.ended.connect(self._on_known)
        self._search.failed.connect(self._said.setText)
        self._on_chosen()
        self._filter.setFocus(Qt.FocusReason.OtherFocusReason)

    def command(self) -> MergeCode:
        """Return what is wished for; what would be lost was said."""
        return MergeCode(id=self._code_id, into=self._chosen() or self._code_id, drop_answers=True)

    def _chosen(self) -> CodeId | None:
        entry = self._codes.currentItem()
        return entry.data(Qt.ItemDataRole.UserRole) if entry and not entry.isHidden() else None

    @Slot(str)
    def _on_filter_changed(self, typed: str) -> None:
        wanted, first = Typed(typed), None
        for row in range(self._codes.count()):
            entry = self._codes.item(row)
            entry.setHidden(not wanted.empty and wanted.match(entry.text().strip()) is None)
            first = first or (None if entry.isHidden() else entry)
        self._codes.setCurrentRow(self._codes.row(first) if first else -1)
        self._on_chosen()

    @Slot()
    def _on_chosen(self) -> None:
        into, project, code_id = self._chosen(), self._project, self._code_id
        self._go.setEnabled(False)
        if into is None:
            self._search.stop()
            self._said.setText("Choose the code that is to have these annotations.")
            return
        self._said.setText("Looking at what becomes of annotations and answers…")
        self._search.start(lambda _progress: (into, project.design.outcome(MergeCode(id=code_id, into=into))))

    @Slot(object)
    def _on_known(self, known: tuple[CodeId, Outcome]) -> None:
        """Say what the merge would come to, and offer it."""
        into, outcome = known
        codebook = self._project.codebook()
        name = codebook.code(into).name
        parts = [_moving(self._users, name), *_asked(codebook, outcome.codebook, self._code_id, into)]
        if outcome.joined:
            some = "1 lies" if len(outcome.joined) == 1 else f"{len(outcome.joined):,} lie"
            parts.append(f"{some} exactly where the same coder used “{name}” too and becomes part of that.")
        if outcome.fate.carried:
            parts.append(
                f"{answers(outcome.fate.carried)} {'goes' if outcome.fate.carried == 1 else 'go'} to questions of the "
                "same name and kind."
            )
        loss = outcome.loss_in_words()
        self._said.setText(" ".join(part for part in (*parts, loss) if part))
        self._go.setText("Merge, and let those answers go" if loss else "Merge")
        self._go.setEnabled(True)

    def done(self, result: int) -> None:
        """Let what is being looked at come to its end before the window does."""
        self._search.wait()
        super().done(result)


def _why(codebook: Codebook, code_id: CodeId) -> str:
    name = codebook.code(code_id).name
    return f"Which code is “{name}” to become part of? All its annotations and the codes below it move there."


def _moving(users: str, name: str) -> str:
    if not users:
        return "No annotation has this code."
    return f"{users} {'moves' if users.startswith('1 annotation ') else 'move'} to “{name}”."


def _asked(before: Codebook, after: Codebook, code_id: CodeId, into: CodeId) -> list[str]:
    """Say which questions of a code stay, under those of another, and which go."""
    then, name = after.questions(into), before.code(into).name
    found = {each.name: counterpart(each, then) for each in before.questions(code_id)}
    gone = [f"“{asked}”" for asked, there in found.items() if there is None]
    same = [f"“{each.name}”" for each in before.code(code_id).attributes if found[each.name] is not None]
    parts = [f"“{name}” asks {', '.join(same)} too."] if same else []
    if gone:
        parts.append(
            f"“{name}” does not ask {', '.join(gone)}: {'it goes' if len(gone) == 1 else 'they go'}."
        )
    return parts


def _words(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _buttons(dialog: QDialog, yes: str) -> tuple[QPushButton, QDialogButtonBox]:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    go = buttons.addButton(yes, QDialogButtonBox.ButtonRole.AcceptRole)
    go.setDefault(True)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return go, buttons
