"""Questions one below the other, each with its field."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.domain.answers import Answer
from app.domain.codebook import POINTING, WITH_CHOICES, Attribute, AttributeKind
from app.domain.ids import AttributeId
from app.ui.answering.choices import ChoiceField
from app.ui.answering.field import Field
from app.ui.answering.lines import LineField
from app.ui.answering.options import Options
from app.ui.answering.targets import TargetField
from app.ui.theme import Theme


class Given(NamedTuple):
    """An answer to a question; None takes it back."""

    attribute: Attribute
    answer: Answer | None


class Wanted(NamedTuple):
    """An entity that is to be made, and the question that it answers."""

    attribute: Attribute
    name: str


MakeOptions = Callable[[Attribute], Options | None]


class Form(QWidget):
    """The fields of some questions, in order. It changes nothing itself."""

    given = Signal(object)
    """A `Given`."""
    entity_wanted = Signal(object)
    """A `Wanted`."""
    numbers_shown = Signal(object)
    """The tuple of annotation ids that can be picked by number now."""
    attended = Signal(object)
    """The field that has the keyboard and should be in sight."""
    left = Signal()
    """Back to the text."""
    refused = Signal(str)

    def __init__(self, attributes: Sequence[Attribute], theme: Theme, make_options: MakeOptions) -> None:
        super().__init__()
        self._theme, self._make_options = theme, make_options
        self._fields: dict[AttributeId, Field] = {}
        self._labels: dict[AttributeId, QLabel] = {}
        self._missing = False
        """Whether a required question is open."""
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        for attribute in attributes:
            label, field = QLabel(attribute.name), self._make_field(attribute)
            label.setBuddy(field)
            label.setToolTip(attribute.help)
            label.setContentsMargins(0, 6, 0, 0)
            self._fields[attribute.id], self._labels[attribute.id] = field, label
            layout.addWidget(label)
            layout.addWidget(field)

    def show_answers(
        self, answers: Mapping[AttributeId, Answer], offered: Mapping[AttributeId, Answer]
    ) -> None:
        """Show what is answered, and offer what was answered the last time."""
        self._missing = False
        for attribute_id, field in self._fields.items():
            answer = answers.get(attribute_id)
            field.show_answer(answer)
            field.offer(offered.get(attribute_id))
            missing = field.attribute.required and answer is None
            self._missing = self._missing or missing
            label = self._labels[attribute_id]
            if label.property("missing") != missing:
                label.setText(f"{field.attribute.name} - required" if missing else field.attribute.name)
                label.setProperty("missing", missing)
                label.style().unpolish(label)
                label.style().polish(label)

    def commit(self) -> None:
        """Give what is typed in a field and was not given yet."""
        for field in self._fields.values():
            field.commit()

    def fit(self) -> None:
        """Make room at once for a field that has grown."""
        self._layout.activate()

    def focus_on(self, answers: Mapping[AttributeId, Answer]) -> bool:
        """Lead the keyboard to the first question without an answer, else to the first; False without any."""
        fields = list(self._fields.values())
        if not fields:
            return False
        required = [each for each in fields if each.attribute.required and each.attribute.id not in answers]
        openly = [each for each in fields if each.attribute.id not in answers]
        (required or openly or fields)[0].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _make_field(self, attribute: Attribute) -> Field:
        if attribute.kind in WITH_CHOICES or attribute.kind is AttributeKind.YES_NO:
            field: Field = ChoiceField(attribute, self._theme)
        elif attribute.kind in POINTING:
            field = TargetField(attribute, self._make_options)
            field.numbers_shown.connect(self.numbers_shown)
            field.entity_wanted.connect(self._on_entity_wanted)
        else:
            field = LineField(attribute)
        field.setObjectName(attribute.name)
        field.answered.connect(self._on_answered)
        field.finished.connect(self._on_finished)
        field.attended.connect(self._on_attended)
        field.left.connect(self.left)
        field.refused.connect(self.refused)
        return field

    @Slot(object)
    def _on_answered(self, answer: Answer | None) -> None:
        field = self.sender()
        if isinstance(field, Field):
            self.given.emit(Given(field.attribute, answer))

    @Slot(str)
    def _on_entity_wanted(self, name: str) -> None:
        field = self.sender()
        if isinstance(field, Field):
            self.entity_wanted.emit(Wanted(field.attribute, name))

    @Slot()
    def _on_attended(self) -> None:
        self.attended.emit(self.sender())

    @Slot()
    def _on_finished(self) -> None:
        """Go on to the next question or, after the last one and the last that is required, back to the text."""
        fields = list(self._fields.values())
        field = self.sender()
        at = fields.index(field) if isinstance(field, Field) else len(fields)
        was_last = isinstance(field, Field) and field.attribute.required and not self._missing
        if at + 1 < len(fields) and not was_last:
            fields[at + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.left.emit()
