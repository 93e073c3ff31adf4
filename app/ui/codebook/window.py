"""The editor of the codebook: its tree, the form of what is selected, and how coders will see it."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.codebook import Code, Codebook
from app.domain.editing import owner
from app.project.commands_codebook import (
    PublishCodebook,
    RenameCodebook,
    SaveAttribute,
    SaveCode,
)
from app.ui.bridge import Bridge, Notice
from app.ui.buttons import Button
from app.ui.codebook.code_form import CodeForm
from app.ui.codebook.designer import Designer
from app.ui.codebook.fields import Line
from app.ui.codebook.nodes import VARIABLES, Node, is_there
from app.ui.codebook.preview import Preview
from app.ui.codebook.publishing import PublishDialog, VersionsDialog
from app.ui.codebook.question_form import Asked, QuestionForm
from app.ui.codebook.tending import Tending
from app.ui.codebook.tree import CodebookTree
from app.ui.room import foot_of, scrolled, stand_alone
from app.ui.theme import Theme

_SIZE = (1180, 680)
_PARTS = [340, 480, 340]
_KEYS = (
    "Insert adds a code beside the selected one, Shift+Insert one below it, Alt+Insert an attribute. F2 renames, "
    "Enter goes to the form, Esc back and out, Del deletes, Alt and the arrows move."
)
_EMPTY = "This codebook has no codes yet.\n\nPress Insert, type the name of the first layer, and Enter.\n\n"


class CodebookWindow(QDialog):
    """Shows the codebook of the open project and asks the bridge for what is to change."""

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self._bridge, self._theme = bridge, theme
        self._designer = Designer(bridge, self)
        stand_alone(self, "Codebook", *_SIZE)
        self.tree = CodebookTree()
        self._tending = Tending(bridge, self.tree, self._designer, self)
        self.code_form, self.question_form = CodeForm(theme), QuestionForm(theme)
        self.preview = Preview(theme)
        self.name = Line()
        self.name.setObjectName("codebook-name")
        self.name.setPlaceholderText("Name of the codebook")
        self.name.setAccessibleName("Name of the codebook")
        self._buttons = {
            name: Button(f"codebook-{name}", words, work, tip)
            for name, words, tip, work in (
                ("code", "&New code", "Insert", self._tending.add_code),
                ("child", "&Sub-code", "Shift+Insert", self._tending.add_child),
                ("question", "&Attribute", "Alt+Insert", self._tending.add_question),
                ("merge", "&Merge…", "", self._tending.merge),
                ("delete", "D&elete", "Del", self._tending.delete),
                ("versions", "&Versions…", "", self.show_versions),
                ("publish", "&Publish…", "", self.publish),
            )
        }
        self._empty, self._told, self._pending = QLabel(), QLabel(), QLabel()
        self._lay_out()
        self._connect()

    def set_theme(self, theme: Theme) -> None:
        """Change colours with the rest of the program."""
        self._theme = theme
        for part in (self.code_form, self.question_form, self.preview):
            part.set_theme(theme)
        self._reload()

    def showEvent(self, event: QShowEvent) -> None:
        """Read the codebook: while it is closed the window follows nothing."""
        self._told.setText(_KEYS)
        self.code_form.forget()
        self._reload()
        if self.tree.node() is None:
            layers = self._codebook().layers()
            self.tree.select(Node(layers[0].id) if layers else VARIABLES)
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
        super().showEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what stands in a field."""
        self._commit()
        # A dialog would ask reject, which leads out of fields first here.
        event.accept()

    def reject(self) -> None:
        """Go back to the tree from a field, and from the tree out of the window."""
        self._commit()
        if self.tree.hasFocus():
            self.close()
        else:
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def publish(self) -> None:
        """Ask for a note and make the codebook as it stands the next version."""
        project = self._bridge.project
        if project is None or not self._buttons["publish"].isEnabled():
            return
        self._commit()
        dialog = PublishDialog(project, project.versions.next_number(), self)
        if dialog.exec():
            self._say(self._designer.apply(PublishCodebook(note=dialog.note())))

    @Slot()
    def show_versions(self) -> None:
        """Compare versions."""
        if self._bridge.project is not None:
            self._commit()
            VersionsDialog(self._bridge.project, self).exec()

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 8, 8, 8)
        bar.setSpacing(8)
        bar.addWidget(self.name, 1)
        for button in self._buttons.values():
            bar.addWidget(button)
        self._forms = QStackedWidget()
        self._empty.setObjectName("empty")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setContentsMargins(32, 0, 32, 0)
        for page in (self._empty, scrolled(self.code_form), scrolled(self.question_form)):
            self._forms.addWidget(page)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setChildrenCollapsible(False)
        for number, part in enumerate((self.tree, self._forms, self.preview)):
            parts.addWidget(part)
            parts.setStretchFactor(number, 2 if number == 1 else 1)
        parts.setSizes(_PARTS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(parts, 1)
        layout.addLayout(foot_of(self._told, self._pending))

    def _connect(self) -> None:
        tree = self.tree
        tree.chosen.connect(self._on_chosen)
        tree.form_requested.connect(self._on_form_requested)
        self._tending.refused.connect(self._told.setText)
        self._tending.outdated.connect(self._reload)
        self._tending.leaving.connect(self._commit)
        self.code_form.wished.connect(self._on_code_wished)
        self.question_form.wished.connect(self._on_question_wished)
        self.name.editingFinished.connect(self._on_name_finished)
        self._bridge.project_changed.connect(self._on_project_changed)
        for keys, step in (("Ctrl+PgDown", 1), ("Ctrl+PgUp", -1)):
            walking = QShortcut(QKeySequence(keys), self)
            walking.setProperty("step", step)
            walking.activated.connect(self._on_walk)

    def _codebook(self) -> Codebook:
        return self._bridge.project.codebook() if self._bridge.project else Codebook()

    def _writing(self) -> bool:
        return self._bridge.project is not None and not self._bridge.project.read_only

    @Slot()
    def _commit(self) -> None:
        """Take what stands in a field that is about to lose the keyboard."""
        form = {1: self.code_form, 2: self.question_form}.get(self._forms.currentIndex())
        if form is not None and self._writing():
            form.commit()

    def _say(self, sentence: str) -> str:
        if sentence:
            self._told.setText(sentence)
        return sentence

    @Slot()
    def _reload(self) -> None:
        """Show the codebook as it is now."""
        project = self._bridge.project
        if project is None:
            return
        codebook, writing = project.codebook(), self._writing()
        self.tree.show_codebook(codebook, self._theme, writing=writing)
        self.name.show_text(codebook.name)
        self.name.setReadOnly(not writing)
        changes = len(project.versions.unpublished())
        some = "1 change" if changes == 1 else f"{changes} changes"
        number = codebook.version
        state = (
            f"{some} since version {number} not published" if changes else f"Version {number}, as published"
        )
        self._pending.setText(state if codebook.codes or codebook.variables else "")
        self._buttons["publish"].setEnabled(writing and changes > 0)
        for page in (self.code_form, self.question_form):
            page.setEnabled(writing)
        self._show_node()

    @Slot()
    def _show_node(self) -> None:
        """Show the form and the preview of what is selected."""
        project, node, codebook = self._bridge.project, self.tree.node(), self._codebook()
        if project is None or node is None or not is_there(codebook, node):
            node = VARIABLES
        for name, there in (("child", True), ("merge", node.code), ("delete", node != VARIABLES)):
            self._buttons[name].setEnabled(self._writing() and bool(there))
        self._buttons["question"].setText("&Attribute" if self._tending.at_code() else "Varia&ble")
        self.preview.show_node(codebook, node)
        if project is None or node == VARIABLES:
            words = "Article variables are asked about each article. Alt+Insert adds one."
            self._empty.setText(words if codebook.codes else _EMPTY + words)
            self._forms.setCurrentIndex(0)
        elif node.code is not None:
            self.code_form.show_code(codebook.code(node.code), project.design.use_in_words(node.code))
            self._forms.setCurrentIndex(1)
        elif node.question is not None:
            layers = tuple(layer.name for layer in codebook.layers())
            on_article = owner(codebook, node.question) is None
            used = project.design.answer_count(node.question)
            attribute = codebook.attribute(node.question)
            self.question_form.show_question(attribute, layers, on_article, used)
            self._forms.setCurrentIndex(2)

    @Slot(object)
    def _on_chosen(self, _node: object) -> None:
        self._show_node()

    @Slot()
    def _on_form_requested(self) -> None:
        field: QWidget | None = {1: self.code_form.texts["definition"], 2: self.question_form.kind}.get(
            self._forms.currentIndex()
        )
        if field is not None:
            field.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _on_walk(self) -> None:
        """Go to the next line of the tree and stay in the same field."""
        self._commit()
        sender = self.sender()
        self.tree.walk(int(sender.property("step")) if sender else 0)

    @Slot(object)
    def _on_code_wished(self, code: Code) -> None:
        said = self._designer.apply(SaveCode(code=code))
        if said:
            self._say(self.code_form.refuse(code, said))

    @Slot(object)
    def _on_question_wished(self, asked: Asked) -> None:
        code_id = owner(self._codebook(), asked.attribute.id)
        wish = SaveAttribute(code_id=code_id, attribute=asked.attribute, choices=dict(asked.heirs))
        said = self._designer.apply(wish)
        if said:
            self._say(self.question_form.refuse(asked, said))

    @Slot()
    def _on_name_finished(self) -> None:
        if self.name.text().strip() != self._codebook().name:
            self._say(self._designer.apply(RenameCodebook(name=self.name.text())))

    @Slot(object)
    def _on_project_changed(self, notice: Notice) -> None:
        changes = notice.changes
        if not self.isVisible():
            return
        if changes.codebook or changes.project:
            self._told.setText(notice.words)
            self._reload()
        elif changes.annotations:
            self._show_node()
