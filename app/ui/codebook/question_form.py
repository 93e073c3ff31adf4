"""Everything about one attribute or article variable."""

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from app.domain.codebook import POINTING, WITH_CHOICES, Attribute, AttributeKind
from app.domain.editing import with_values
from app.domain.errors import UserError
from app.ui.answering.choices import ChoiceField
from app.ui.answering.field import Field
from app.ui.answering.lines import LineField
from app.ui.codebook.fields import ChoicesEditor, Chosen, Entry, Line, Paragraph
from app.ui.codebook.kind_box import KindBox
from app.ui.theme import Theme


class Asked(NamedTuple):
    """An attribute as it is to be, and which choices take over the answers of which."""

    attribute: Attribute
    heirs: Mapping[str, str]


class QuestionForm(QWidget):
    """Shows a question and takes changes of it, each field by itself. It changes nothing itself."""

    wished = Signal(object)
    """An `Asked`."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._attribute: Attribute | None = None
        self._kind: AttributeKind | None = None
        self._layers: tuple[str, ...] = ()
        self.name, self.help = Line(), Paragraph(2, "What the coder should know to answer it")
        self.kind, self.choices = KindBox(), ChoicesEditor()
        self.kind.addItems([each.value for each in AttributeKind])
        self.required = QCheckBox("An answer is &required")
        self._targets = QWidget()
        self._boxes = QVBoxLayout(self._targets)
        self._boxes.setContentsMargins(0, 0, 0, 0)
        self._default = QWidget()
        self._place = QVBoxLayout(self._default)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._used = QLabel()
        self._used.setObjectName("said")
        self._lay_out()
        self.name.editingFinished.connect(self._on_name_finished)
        self.help.finished.connect(self._on_help_finished)
        self.kind.chosen.connect(self._on_kind_chosen)
        self.choices.changed.connect(self._on_choices_changed)
        self.required.clicked.connect(self._on_required_clicked)

    def _lay_out(self) -> None:
        hint = "Enter adds a choice, F2 renames it, Del removes it, Alt+Up and Alt+Down move it"
        self._entries = {
            "name": Entry("Name", self.name),
            "help": Entry("&Help", self.help),
            "kind": Entry("&Kind", self.kind),
            "choices": Entry("&Choices", self.choices, hint),
            "targets": Entry("Links only to annotations of", self._targets),
            "default": Entry("&Default answer", self._default),
        }
        for field, widget in (("name", self.name), ("help", self.help), ("kind", self.kind)):
            widget.setObjectName(f"question-{field}")
        self.choices.setObjectName("question-choices")
        self.choices.setToolTip(hint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(12)
        for field in ("name", "kind", "choices", "targets", "help", "default"):
            layout.addWidget(self._entries[field])
        layout.addWidget(self.required)
        layout.addWidget(self._used)
        layout.addStretch(1)

    def set_theme(self, theme: Theme) -> None:
        """Change colours with the rest of the program."""
        self._theme = theme

    def show_question(
        self, attribute: Attribute, layers: tuple[str, ...], on_article: bool, used: int
    ) -> None:
        """Show a question; `used` is how many answers it has."""
        another = self._attribute is None or self._attribute.id != attribute.id
        before, self._attribute, self._layers = self._attribute, attribute, layers
        if another or before is None or before.kind is not attribute.kind:
            self._kind = attribute.kind
        for entry in self._entries.values():
            entry.say("")
        self.name.show_text(attribute.name)
        self.help.show_text(attribute.help)
        self.required.setChecked(attribute.required)
        self._offer_kinds(on_article)
        if self._kind is attribute.kind:
            self.choices.show_choices(attribute.choices)
        self._show_kind()
        self._show_targets()
        self._show_default()
        self._used.setText(
            f"Answered {'once' if used == 1 else f'{used:,} times'}." if used else "Not answered yet."
        )

    def commit(self) -> None:
        """Take what stands in the field that has the keyboard: the form is being left."""
        if self.name.hasFocus():
            self._on_name_finished()
        elif self.help.hasFocus():
            self._on_help_finished()

    def refuse(self, asked: Asked, sentence: str) -> str:
        """Say beside the field that is to blame why the question cannot be so; returns what was said."""
        if self._attribute is None:
            return sentence
        for field, entry in self._entries.items():
            if getattr(asked.attribute, field) != getattr(self._attribute, field):
                entry.say(sentence)
                break
        if asked.attribute.choices != self._attribute.choices and self._kind is self._attribute.kind:
            self.choices.show_choices(self._attribute.choices)
        return sentence

    def _offer_kinds(self, on_article: bool) -> None:
        """Let article variables be of a kind that holds an answer itself: they have no annotation to link from."""
        wanted = [each.value for each in AttributeKind if not (on_article and each in POINTING)]
        if [self.kind.itemText(at) for at in range(self.kind.count())] != wanted:
            self.kind.clear()
            self.kind.addItems(wanted)
        if self._kind is not None:
            self.kind.setCurrentText(self._kind.value)

    def _show_kind(self) -> None:
        self._entries["choices"].setVisible(self._kind in WITH_CHOICES)
        self._entries["targets"].setVisible(self._kind is AttributeKind.LINK)
        self._entries["default"].setVisible(self._kind not in POINTING)

    def _show_targets(self) -> None:
        _clear(self._boxes)
        if self._attribute is None or self._attribute.kind is not AttributeKind.LINK:
            return
        for layer in self._layers:
            box = QCheckBox(layer.replace("&", "&&"))
            box.setProperty("layer", layer)
            box.setChecked(layer in self._attribute.targets)
            box.clicked.connect(self._on_target_clicked)
            self._boxes.addWidget(box)
        note = QLabel("None ticked: any annotation, or an entity.")
        note.setObjectName("said")
        self._boxes.addWidget(note)

    def _show_default(self) -> None:
        """Ask for the default as coders will be asked for the answer."""
        _clear(self._place)
        attribute = self._attribute
        if attribute is None or attribute.kind in POINTING:
            return
        bare = attribute.model_copy(update={"required": False})
        choosing = attribute.kind in WITH_CHOICES or attribute.kind is AttributeKind.YES_NO
        field: Field = ChoiceField(bare, self._theme) if choosing else LineField(bare)
        field.setAccessibleName("Default answer")
        field.show_answer(attribute.default)
        field.answered.connect(self._on_default_given)
        field.refused.connect(self._entries["default"].say)
        self._place.addWidget(field)
        self._default.setFocusProxy(field)

    def _wish(self, field: str, heirs: Mapping[str, str] | None = None, **values: object) -> None:
        """Wish for other values, unless they are what they were; what no question can be is said at once."""
        if self._attribute is None:
            return
        try:
            attribute = with_values(self._attribute, **values)
        except UserError as error:
            self._entries[field].say(str(error))
            return
        self._entries[field].say("")
        if attribute != self._attribute:
            self.wished.emit(Asked(attribute, heirs or {}))

    @Slot()
    def _on_name_finished(self) -> None:
        self._wish("name", name=" ".join(self.name.text().split()))

    @Slot()
    def _on_help_finished(self) -> None:
        self._wish("help", help=self.help.toPlainText().strip())

    @Slot(bool)
    def _on_required_clicked(self, required: bool) -> None:
        self._wish("kind", required=required)

    @Slot()
    def _on_kind_chosen(self) -> None:
        if self._attribute is None:
            return
        self._kind = AttributeKind(self.kind.currentText())
        self._show_kind()
        choices = self._attribute.choices if self._kind in WITH_CHOICES else ()
        if self._kind in WITH_CHOICES and not choices:
            # It becomes one when it has choices; until then it stays what it was.
            self.choices.show_choices(())
            self._entries["choices"].say("Type the choices; the first makes it a question of this kind.")
            QTimer.singleShot(0, self.choices, self.choices.add)
            return
        self._wish("kind", kind=self._kind, choices=choices, targets=(), default=None)

    @Slot(object)
    def _on_choices_changed(self, chosen: Chosen) -> None:
        if self._attribute is None:
            return
        default = self._attribute.default if self._kind is self._attribute.kind else None
        if isinstance(default, str):
            default = chosen.heirs.get(default, default)
            default = default if default in chosen.choices else None
        elif isinstance(default, tuple):
            named = (chosen.heirs.get(each, each) for each in default)
            default = tuple(each for each in named if each in chosen.choices) or None
        values = {"kind": self._kind, "choices": chosen.choices, "targets": (), "default": default}
        self._wish("choices", chosen.heirs, **values)

    @Slot()
    def _on_target_clicked(self) -> None:
        boxes = self._targets.findChildren(QCheckBox)
        ticked = {str(box.property("layer")) for box in boxes if box.isChecked()}
        self._wish("targets", targets=tuple(layer for layer in self._layers if layer in ticked))

    @Slot(object)
    def _on_default_given(self, answer: object) -> None:
        self._wish("default", default=answer)


def _clear(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
