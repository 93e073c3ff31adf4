"""What has to be asked about entities: all fields of one, which name stays, and where mentions move."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.domain.entities import Entity, EntityLine, tidied
from app.domain.ids import EntityId, new_id

_WIDTH = 440
_LINES = 4
_NAMES = 8


class EntityEditor(QDialog):
    """Asks for all fields of an entity; types and countries that the register has are offered."""

    def __init__(self, entity: Entity | None, register: Sequence[EntityLine], parent: QWidget) -> None:
        super().__init__(parent)
        self._entity = entity
        self.setWindowTitle("Edit entity" if entity else "New entity")
        self.setMinimumWidth(_WIDTH)
        self._name = QLineEdit(entity.name if entity else "")
        self._name.setObjectName("entity-name")
        self._name.setAccessibleName("Name")
        self._keep = QCheckBox("Keep the old name as an alias")
        self._keep.setObjectName("entity-keep")
        self._keep.setChecked(True)
        self._keep.setVisible(entity is not None)
        self._aliases = _paragraph("Aliases", "\n".join(entity.aliases if entity else ()))
        self._aliases.setPlaceholderText("One a line")
        self._type = _choice("Type", (line.entity.type for line in register))
        self._type.setCurrentText(entity.type if entity else "")
        self._country = _choice("Country", (line.entity.country for line in register))
        self._country.setCurrentText(entity.country if entity else "")
        self._note = _paragraph("Note", entity.note if entity else "")
        form = QFormLayout()
        form.setSpacing(8)
        form.addRow("&Name", self._name)
        form.addRow("", self._keep)
        form.addRow("&Aliases", self._aliases)
        form.addRow("&Type", self._type)
        form.addRow("&Country", self._country)
        form.addRow("N&ote", self._note)
        self._save = _ending(self, form, "Save" if entity else "Add")
        self._name.textChanged.connect(self._on_name_changed)
        self._on_name_changed(self._name.text())
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)

    def entity(self) -> Entity:
        """Return what was entered, with the id of the entity or a new one."""
        return tidied(
            Entity(
                id=self._entity.id if self._entity else EntityId(new_id()),
                name=self._name.text(),
                aliases=tuple(self._aliases.toPlainText().splitlines()),
                type=self._type.currentText(),
                country=self._country.currentText(),
                note=self._note.toPlainText(),
            )
        )

    def keeps_name(self) -> bool:
        """Tell whether the name that the entity had is to stay as an alias."""
        return self._keep.isEnabled() and self._keep.isChecked()

    @Slot(str)
    def _on_name_changed(self, text: str) -> None:
        name = text.strip()
        self._save.setEnabled(bool(name))
        self._keep.setEnabled(self._entity is not None and name not in ("", self._entity.name))


class MergeDialog(QDialog):
    """Asks which of several entities gives its name to all."""

    def __init__(self, lines: Sequence[EntityLine], parent: QWidget) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setWindowTitle("Merge entities")
        self.setMinimumWidth(_WIDTH)
        words = QLabel(
            "Which name stays? The other names become its aliases, and every mention of the others moves to it."
        )
        words.setWordWrap(True)
        self._names = QListWidget()
        self._names.setObjectName("merge-names")
        self._names.setAccessibleName("The name that stays")
        self._names.setSpacing(4)
        self._names.setFixedHeight(
            min(len(lines), _NAMES) * (self._names.fontMetrics().lineSpacing() + 8) + 8
        )
        for line in lines:
            mentions = f"{line.mentions:,} mention{'' if line.mentions == 1 else 's'}"
            self._names.addItem(f"{line.entity.name}  ·  {mentions}")
        most = max(range(len(lines)), key=lambda row: lines[row].mentions)
        self._names.setCurrentRow(most)
        inner = QVBoxLayout()
        inner.addWidget(words)
        inner.addWidget(self._names)
        _ending(self, inner, "Merge")
        self._names.itemDoubleClicked.connect(self.accept)

    def survivor(self) -> EntityId:
        """Return the entity whose name stays."""
        return self._lines[self._names.currentRow()].entity.id


class SplitDialog(QDialog):
    """Asks to which entity ticked mentions move: one of the register or a new name."""

    def __init__(self, source: Entity, count: int, others: Sequence[Entity], parent: QWidget) -> None:
        super().__init__(parent)
        self._others = others
        self.setWindowTitle("Split entity")
        self.setMinimumWidth(_WIDTH)
        what = "The ticked mention moves" if count == 1 else f"The {count:,} ticked mentions move"
        words = QLabel(f"{what} from {source.name} to this entity:")
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        self._name = QComboBox()
        self._name.setObjectName("split-name")
        self._name.setAccessibleName("The entity that the mentions move to")
        self._name.setEditable(True)
        self._name.addItems([each.name for each in others])
        # Completing in the field would turn a new name into one that begins like it.
        completer = QCompleter(self._name.model(), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._name.setCompleter(completer)
        self._name.setCurrentIndex(-1)
        self._name.setEditText("")
        self._told = QLabel()
        self._told.setObjectName("split-told")
        inner = QVBoxLayout()
        inner.setSpacing(8)
        for widget in (words, self._name, self._told):
            inner.addWidget(widget)
        self._move = _ending(self, inner, "Split")
        self._name.currentTextChanged.connect(self._on_text_changed)
        self._on_text_changed("")
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)

    def target(self) -> Entity | EntityId:
        """Return an entity of the register by its id, or a new one."""
        known = self._known()
        return known.id if known else tidied(Entity(id=EntityId(new_id()), name=self._name.currentText()))

    def _known(self) -> Entity | None:
        """Return the entity of the register that is named; of two with one name the one chosen from the list."""
        name, at = self._name.currentText().strip(), self._name.currentIndex()
        if 0 <= at < len(self._others) and self._others[at].name == name:
            return self._others[at]
        return next((each for each in self._others if each.name == name), None)

    @Slot(str)
    def _on_text_changed(self, text: str) -> None:
        self._move.setEnabled(bool(text.strip()))
        if not text.strip():
            self._told.setText("Type a new name, or choose one of the register.")
        else:
            self._told.setText("It is in the register." if self._known() else "It is new and will be added.")


def _paragraph(name: str, text: str) -> QPlainTextEdit:
    field = QPlainTextEdit(text)
    field.setObjectName(f"entity-{name.lower()}")
    field.setAccessibleName(name)
    field.setTabChangesFocus(True)
    field.setFixedHeight(_LINES * field.fontMetrics().lineSpacing() + 16)
    return field


def _choice(name: str, known: Iterable[str]) -> QComboBox:
    field = QComboBox()
    field.setObjectName(f"entity-{name.lower()}")
    field.setAccessibleName(name)
    field.setEditable(True)
    field.addItems(["", *sorted(set(known) - {""})])
    return field


def _ending(dialog: QDialog, inner: QFormLayout | QVBoxLayout, words: str) -> QWidget:
    """Put the buttons below what a dialog asks; returns the one that says yes."""
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    go = buttons.addButton(words, QDialogButtonBox.ButtonRole.AcceptRole)
    go.setDefault(True)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    layout = QVBoxLayout(dialog)
    layout.setSpacing(16)
    layout.addLayout(inner)
    layout.addWidget(buttons)
    return go
