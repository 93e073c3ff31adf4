"""Everything about one code."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox, QColorDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.domain.codebook import Code
from app.domain.editing import with_values
from app.domain.errors import UserError
from app.ui.codebook.fields import Entry, Line, Paragraph, Swatches
from app.ui.theme import Theme

_TEXTS = {
    "definition": ("&Definition", 2, "What the code means, in a sentence or two"),
    "when": ("&When to use", 2, "What to code with it, and how much of the text"),
    "when_not": ("When n&ot", 2, "What looks like it and is not, and the code to take instead"),
    "examples": ("E&xamples", 2, "One a line, as they stand in texts"),
}


class CodeForm(QWidget):
    """Shows a code and takes changes of it, each field by itself. It changes nothing itself."""

    wished = Signal(object)
    """The `Code` as it is to be."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._code: Code | None = None
        self.name, self.shortcut = Line(), Line()
        self.name.setObjectName("code-name")
        self.shortcut.setObjectName("code-shortcut")
        self.shortcut.setMaxLength(3)
        self.shortcut.setFixedWidth(72)
        self.colours = Swatches(theme)
        self.exclusive = QCheckBox("Codes of this la&yer exclude each other")
        self.exclusive.setObjectName("code-exclusive")
        self.exclusive.setToolTip("One coder's annotations with codes of this layer may not overlap.")
        self._used = QLabel()
        self._used.setObjectName("said")
        self._used.setWordWrap(True)
        self._entries = {
            "name": Entry("Name", self.name),
            "shortcut": Entry("&Key", self.shortcut, "One to three letters or digits that apply the code"),
            "colour": Entry("Co&lour", self.colours),
        }
        self.texts = {field: self._paragraph(field) for field in _TEXTS}
        self._lay_out()
        self.name.editingFinished.connect(self._on_name_finished)
        self.shortcut.editingFinished.connect(self._on_shortcut_finished)
        self.colours.picked.connect(self._on_colour_picked)
        self.exclusive.clicked.connect(self._on_exclusive_clicked)

    def _paragraph(self, field: str) -> Paragraph:
        name, lines, hint = _TEXTS[field]
        text = Paragraph(lines, hint)
        text.setObjectName(f"code-{field}")
        text.finished.connect(self._on_text_finished)
        self._entries[field] = Entry(name, text, hint)
        return text

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._entries["name"], 1, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._entries["shortcut"], 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self._entries["shortcut"].below)
        for field in (*_TEXTS, "colour"):
            layout.addWidget(self._entries[field])
        layout.addWidget(self.exclusive)
        layout.addWidget(self._used)
        layout.addStretch(1)

    def set_theme(self, theme: Theme) -> None:
        """Change colours with the rest of the program."""
        self.colours.theme = theme
        self.colours.update()

    def forget(self) -> None:
        """Show whatever comes next as it is kept, also where something else was typed and refused."""
        self._code = None

    def show_code(self, code: Code, used: str) -> None:
        """Show a code, and by whom it is used."""
        another = self._code is None or self._code.id != code.id
        before, self._code = self._code, code
        for field, entry in self._entries.items():
            if another or (before and getattr(before, field) != getattr(code, field)) or not entry.said:
                entry.say("")
                self._show_field(field, code)
        self.exclusive.setVisible(code.parent is None)
        self.exclusive.setChecked(code.exclusive)
        self._used.setText(f"Used in {used}." if used else "Not used yet.")

    def commit(self) -> None:
        """Take what stands in the field that has the keyboard: the form is being left."""
        for field in self._entries:
            if self._entries[field].field.hasFocus():
                self._take(field)

    def refuse(self, code: Code, sentence: str) -> str:
        """Say beside the field that is to blame why the code cannot be so; returns what was said."""
        for field, entry in self._entries.items():
            if self._code is not None and getattr(code, field) != getattr(self._code, field):
                entry.say(sentence)
        return sentence

    def _show_field(self, field: str, code: Code) -> None:
        if field in self.texts:
            value = getattr(code, field)
            self.texts[field].show_text("\n".join(value) if field == "examples" else value)
        elif field == "colour":
            self.colours.show_colour(code.colour)
        else:
            line = self.name if field == "name" else self.shortcut
            line.show_text(code.name if field == "name" else code.shortcut.upper())

    def _take(self, field: str) -> None:
        if field in self.texts:
            text = self.texts[field].toPlainText().strip()
            lines = tuple(dict.fromkeys(each.strip() for each in text.splitlines() if each.strip()))
            self._wish(field, lines if field == "examples" else text)
        elif field == "name":
            self._wish("name", " ".join(self.name.text().split()))
        elif field == "shortcut":
            self._wish("shortcut", self.shortcut.text().strip())

    def _wish(self, field: str, value: object) -> None:
        """Wish for another value of a field, unless it is what it was; what no code can be is said at once."""
        if self._code is None:
            return
        try:
            code = with_values(self._code, **{field: value})
        except UserError as error:
            self._entries[field].say(str(error))
            return
        self._entries[field].say("")
        if code != self._code:
            self.wished.emit(code)

    @Slot()
    def _on_name_finished(self) -> None:
        self._take("name")

    @Slot()
    def _on_shortcut_finished(self) -> None:
        self._take("shortcut")

    @Slot()
    def _on_text_finished(self) -> None:
        for field, text in self.texts.items():
            if text is self.sender():
                self._take(field)

    @Slot(str)
    def _on_colour_picked(self, colour: str) -> None:
        if self._code is None:
            return
        if not colour:
            chosen = QColorDialog.getColor(QColor(self._code.colour), self, "Colour of the code")
            if not chosen.isValid():
                return
            colour = chosen.name()
        self._wish("colour", colour)

    @Slot(bool)
    def _on_exclusive_clicked(self, exclusive: bool) -> None:
        if self._code is not None:
            self.wished.emit(with_values(self._code, exclusive=exclusive))
