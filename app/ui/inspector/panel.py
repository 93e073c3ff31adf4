"""The inspector: the questions on the selected annotation or, without one, on the whole article."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from app.domain.annotations import Annotation
from app.domain.answers import Answer, EntityTarget
from app.domain.codebook import Attribute
from app.domain.entities import Entity
from app.domain.ids import AttributeId, EntityId, new_id
from app.project.commands import (
    Command,
    SaveEntity,
    SetAnswer,
    SetDiscuss,
    SetMemo,
    SetNotes,
    SetVariable,
)
from app.ui.answering.form import Form, Given, Wanted
from app.ui.answering.options import Options
from app.ui.bridge import Bridge, Notice
from app.ui.theme import Theme

_LONGEST_QUOTE = 140
_MEMO_LINES = 3


class InspectorPanel(QWidget):
    """Shows and takes answers, memo and flag; without a selected annotation, article variables and notes."""

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self._bridge, self._theme = bridge, theme
        self._given_last: dict[AttributeId, Answer] = {}
        self._forms: dict[tuple[Attribute, ...], Form] = {}
        self._head = QLabel()
        self._head.setObjectName("inspected")
        self._head.setWordWrap(True)
        self._head.setTextFormat(Qt.TextFormat.PlainText)
        self._flag = QCheckBox("Discuss")
        self._flag.clicked.connect(self._on_flag_clicked)
        self._memo_title = QLabel()
        self._memo = QPlainTextEdit()
        self._memo.setObjectName("memo")
        self._memo.setTabChangesFocus(True)
        self._memo.setFixedHeight(_MEMO_LINES * self._memo.fontMetrics().lineSpacing() + 14)
        self._memo.installEventFilter(self)
        self._body = QWidget()
        self._rows = QVBoxLayout(self._body)
        self._rows.setContentsMargins(12, 4, 12, 12)
        self._rows.setSpacing(4)
        for widget in (self._head, self._flag, self._memo_title, self._memo):
            self._rows.addWidget(widget)
        self._form = self._form_for(())
        self._rows.addStretch(1)
        room = QScrollArea()
        room.setWidget(self._body)
        room.setWidgetResizable(True)
        room.setFrameShape(QFrame.Shape.NoFrame)
        room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._room = room
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(room)
        self._listen()
        self.show_anew()

    def _listen(self) -> None:
        bridge = self._bridge
        bridge.turning_away.connect(self._give_what_is_typed)
        bridge.annotation_selected.connect(self._on_something_else)
        bridge.article_opened.connect(self._on_something_else)
        bridge.project_changed.connect(self._on_project_changed)
        bridge.answers_wanted.connect(self.answer)

    def set_theme(self, theme: Theme) -> None:
        """Change colours with the rest of the window."""
        self._theme = theme
        self._forget_forms()
        self.show_anew()

    @Slot()
    def answer(self) -> None:
        """Lead the keyboard to the first open question, or to the memo where nothing is asked."""
        if not self._form.focus_on(self._answers()):
            self._memo.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def write_memo(self) -> None:
        """Lead the keyboard to the memo of the annotation, or to the notes on the article."""
        self._memo.setFocus(Qt.FocusReason.TabFocusReason)
        self._memo.selectAll()
        self._on_attended(self._memo)

    def show_anew(self) -> None:
        """Show what is selected now."""
        annotation = self._annotation()
        self._ask(self._questions(annotation))
        self._form.show_answers(self._answers(), self._given_last)
        self._head.setText(self._title(annotation))
        self._flag.setVisible(annotation is not None)
        self._flag.setChecked(annotation is not None and annotation.discuss)
        there = self._bridge.article is not None
        words = "Memo" if annotation is not None else "Notes on this article"
        self._memo_title.setText(words)
        self._memo.setAccessibleName(words)
        self._memo.setVisible(there)
        self._memo_title.setVisible(there)
        if self._memo.toPlainText() != self._written():
            self._memo.setPlainText(self._written())
        self._body.setEnabled(self._may_write(annotation))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Write the memo when the keyboard leaves it; Escape leads back to the text."""
        if event.type() is QEvent.Type.FocusOut:
            self._write_memo()
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() is QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() is QEvent.Type.KeyPress:
                self._bridge.want_text()
                return True
        return super().eventFilter(watched, event)

    @Slot(object)
    def _on_something_else(self, _what: object) -> None:
        self.show_anew()
        self._room.verticalScrollBar().setValue(0)

    @Slot(object)
    def _on_project_changed(self, notice: Notice) -> None:
        changes = notice.changes
        mine = self._bridge.annotation in changes.annotations or self._bridge.article in changes.reviewed
        if changes.codebook:
            self._forget_forms()
        if mine or changes.codebook or changes.entities:
            self.show_anew()

    @Slot(object)
    def _on_given(self, given: Given) -> None:
        annotation_id, article_id = self._bridge.annotation, self._bridge.article
        attribute, answer = given
        command: Command | None = None
        if annotation_id is not None:
            command = SetAnswer(id=annotation_id, attribute_id=attribute.id, answer=answer)
        elif article_id is not None:
            value = answer if _is_plain(answer) else None
            command = SetVariable(article_id=article_id, attribute_id=attribute.id, value=value)  # type: ignore[arg-type]
        if command is None:
            return
        if answer is not None:
            self._given_last[attribute.id] = answer
        if not self._bridge.apply(command, self):
            self.show_anew()

    @Slot(object)
    def _on_entity_wanted(self, wanted: Wanted) -> None:
        entity = Entity(id=EntityId(new_id()), name=wanted.name)
        if self._bridge.apply(SaveEntity(entity=entity), self):
            self._on_given(Given(wanted.attribute, (EntityTarget(entity=entity.id),)))
            self.answer()

    @Slot(object)
    def _on_attended(self, field: QWidget) -> None:
        """Bring a field into sight, its label too, once the layout knows how high it is."""
        self._form.fit()
        self._rows.activate()
        self._body.resize(self._body.width(), self._body.sizeHint().height())
        self._room.ensureWidgetVisible(field, 0, 28)

    @Slot(bool)
    def _on_flag_clicked(self, discuss: bool) -> None:
        if self._bridge.annotation is not None:
            self._bridge.apply(SetDiscuss(id=self._bridge.annotation, discuss=discuss), self)

    @Slot()
    def _give_what_is_typed(self) -> None:
        self._form.commit()
        self._write_memo()

    def _write_memo(self) -> None:
        written = self._memo.toPlainText().rstrip()
        if written == self._written() or not self._body.isEnabled():
            return
        if self._bridge.annotation is not None:
            self._bridge.apply(SetMemo(id=self._bridge.annotation, memo=written), self)
        elif self._bridge.article is not None:
            self._bridge.apply(SetNotes(article_id=self._bridge.article, notes=written), self)

    def _ask(self, questions: tuple[Attribute, ...]) -> None:
        """Put other fields in the place of those there are, unless they ask the same."""
        form = self._form_for(questions)
        if form is not self._form:
            self._form.hide()
            self._form = form
        form.show()

    def _form_for(self, questions: tuple[Attribute, ...]) -> Form:
        """Return the fields for some questions; they are kept, because making them takes longer than coding."""
        if questions not in self._forms:
            form = Form(questions, self._theme, self._make_options)
            form.given.connect(self._on_given)
            form.entity_wanted.connect(self._on_entity_wanted)
            form.numbers_shown.connect(self._bridge.number_candidates)
            form.attended.connect(self._on_attended)
            form.left.connect(self._bridge.want_text)
            form.refused.connect(self._bridge.refused)
            self._rows.insertWidget(1, form)
            self._forms[questions] = form
        return self._forms[questions]

    def _forget_forms(self) -> None:
        for form in self._forms.values():
            form.hide()
            form.deleteLater()
        self._forms = {}
        self._form = self._form_for(())

    def _questions(self, annotation: Annotation | None) -> tuple[Attribute, ...]:
        project = self._bridge.project
        if project is None or self._bridge.article is None:
            return ()
        codebook = project.codebook()
        return codebook.questions(annotation.code_id) if annotation else codebook.variables

    def _answers(self) -> Mapping[AttributeId, Answer]:
        project, annotation = self._bridge.project, self._annotation()
        if annotation is not None:
            return annotation.answers
        if project is None or project.coder is None or self._bridge.article is None:
            return {}
        return dict(project.review(self._bridge.article, project.coder.id).variables)

    def _annotation(self) -> Annotation | None:
        project, annotation_id = self._bridge.project, self._bridge.annotation
        return project.annotation(annotation_id) if project and annotation_id else None

    def _written(self) -> str:
        """What is written so far: the memo, or the notes."""
        project, annotation = self._bridge.project, self._annotation()
        if annotation is not None:
            return annotation.memo
        if project is None or project.coder is None or self._bridge.article is None:
            return ""
        return project.review(self._bridge.article, project.coder.id).notes

    def _title(self, annotation: Annotation | None) -> str:
        project = self._bridge.project
        if project is None or self._bridge.article is None:
            return "Questions on what is selected stand here."
        if annotation is None:
            return "This article"
        quote = " … ".join(" ".join(each.quote.split()) for each in annotation.fragments)
        short = quote if len(quote) <= _LONGEST_QUOTE else quote[:_LONGEST_QUOTE].rstrip() + "…"
        return f"{project.codebook().code(annotation.code_id).name}: “{short}”"

    def _may_write(self, annotation: Annotation | None) -> bool:
        project = self._bridge.project
        if project is None or project.read_only or project.coder is None:
            return False
        return annotation is None or annotation.coder_id == project.coder.id

    def _make_options(self, attribute: Attribute) -> Options | None:
        project = self._bridge.project
        return Options(project, attribute, self._bridge.annotation) if project else None


def _is_plain(answer: Answer | None) -> bool:
    return not isinstance(answer, tuple) or all(isinstance(each, str) for each in answer)
