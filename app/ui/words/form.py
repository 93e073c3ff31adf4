"""One term of the word list, as it is typed."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QCheckBox,
    QColorDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from app.domain.errors import UserError
from app.domain.ids import TermId
from app.domain.words import LONGEST_TERM, TERM_COLOURS, Term, check_term
from app.ui.theme import Theme, readable
from app.ui.words.model import swatch


class TermForm(QWidget):
    """Fields for a term. What is wrong with it is said beneath its field as it is typed."""

    edited = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._colour = TERM_COLOURS[0]
        self.pattern = QLineEdit()
        self.pattern.setObjectName("term-pattern")
        self.pattern.setAccessibleName("Term")
        self.pattern.setMaxLength(LONGEST_TERM)
        self.pattern.setPlaceholderText("a word, a phrase, or an expression such as refugees?")
        self.regular = QCheckBox("Regular e&xpression")
        self.whole = QCheckBox("&Whole words")
        self.case = QCheckBox("&Match case")
        self.whole.setChecked(True)
        self._choose = QPushButton("Co&lour…")
        self._choose.setAutoDefault(False)
        self._choose.setAccessibleName("Colour of the letters")
        self.wrong = QLabel()
        self.wrong.setObjectName("term-wrong")
        self.wrong.setWordWrap(True)
        self.wrong.setMinimumHeight(2 * self.wrong.fontMetrics().lineSpacing())
        self._lay_out()
        self._show_colour()
        self.pattern.textChanged.connect(self._on_edited)
        for box in (self.regular, self.whole, self.case):
            box.toggled.connect(self._on_edited)
        self._choose.clicked.connect(self._on_choose_clicked)

    def _lay_out(self) -> None:
        name = QLabel("&Term")
        name.setBuddy(self.pattern)
        boxes = QHBoxLayout()
        for box in (self.regular, self.whole, self.case):
            boxes.addWidget(box)
            boxes.addSpacing(16)
        boxes.addStretch(1)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        grid.addWidget(name, 0, 0)
        grid.addWidget(self.pattern, 0, 1)
        grid.addWidget(self._choose, 0, 2)
        grid.addLayout(boxes, 1, 1, 1, 2)
        grid.addWidget(self.wrong, 2, 1, 1, 2)

    def show_term(self, term: Term) -> None:
        """Fill the fields."""
        self.pattern.setText(term.pattern)
        self.regular.setChecked(term.regular)
        self.whole.setChecked(term.whole_words)
        self.case.setChecked(term.match_case)
        self._colour = term.colour
        self._show_colour()
        self._on_edited()

    def clear(self, colour: str) -> None:
        """Empty the field for the next term, which gets another colour."""
        self._colour = colour
        self._show_colour()
        self.pattern.clear()

    def term(self, term_id: TermId, *, on: bool) -> Term | None:
        """Return what the fields say; None while that is no term, or a broken one."""
        pattern = self.pattern.text() if self.regular.isChecked() else self.pattern.text().strip()
        if not pattern.strip() or self.wrong.text():
            return None
        return self._made(pattern, term_id, on=on)

    def _made(self, pattern: str, term_id: TermId, *, on: bool) -> Term:
        return Term(
            id=term_id,
            pattern=pattern,
            regular=self.regular.isChecked(),
            whole_words=self.whole.isChecked(),
            match_case=self.case.isChecked(),
            colour=self._colour,
            on=on,
        )

    def _show_colour(self) -> None:
        self._choose.setIcon(swatch(readable(QColor(self._colour), self._theme.paper)))

    @Slot()
    def _on_edited(self) -> None:
        self.wrong.setText(self._what_is_wrong())
        self.edited.emit()

    def _what_is_wrong(self) -> str:
        pattern = self.pattern.text()
        if not pattern.strip() or not self.regular.isChecked():
            return ""
        try:
            check_term(self._made(pattern, TermId(""), on=True))
        except UserError as error:
            return str(error)
        return ""

    @Slot()
    def _on_choose_clicked(self) -> None:
        chosen = QColorDialog.getColor(QColor(self._colour), self, "Colour of the letters")
        if chosen.isValid():
            self._colour = chosen.name()
            self._show_colour()
            self.edited.emit()
