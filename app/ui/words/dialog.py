"""The word list: terms whose letters are coloured in the text, with how often each stands in the article."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMessageBox,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.domain.errors import UserError
from app.domain.ids import TermId, new_id
from app.domain.words import MOST_TERMS, TERM_COLOURS, Term
from app.exchange.word_list import read_words, write_words
from app.project.commands import SetWords
from app.ui.bridge import Bridge, Notice
from app.ui.room import room_for
from app.ui.tasks import TaskRunner
from app.ui.theme import Theme
from app.ui.words.counter import WordCounter
from app.ui.words.form import TermForm
from app.ui.words.model import ON, TERM, TermsModel

_FILES = "Text (*.txt);;All files (*)"


class WordsDialog(QDialog):
    """Changes the word list of the open project, each change a step."""

    def __init__(self, bridge: Bridge, theme: Theme, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._folder = bridge, folder
        self._writing = bridge.project is not None and not bridge.project.read_only
        self._tasks = TaskRunner(self)
        self._counter = WordCounter(self)
        self._model = TermsModel(theme)
        self._model.may_change = self._writing
        self.form = TermForm(theme)
        self.says = QLabel()
        self._table = self._make_table()
        self._pages = QStackedWidget()
        self._buttons = {
            name: self._make_button(name, text)
            for name, text in (
                ("add", "&Add"),
                ("change", "C&hange"),
                ("up", "&Up"),
                ("down", "&Down"),
                ("remove", "&Remove"),
                ("import", "&Import…"),
                ("export", "&Export…"),
            )
        }
        self._lay_out()
        self._connect()
        self.form.setEnabled(self._writing)
        self._show_terms()
        self.form.clear(self._next_colour())
        self.form.pattern.setFocus(Qt.FocusReason.OtherFocusReason)

    def done(self, result: int) -> None:
        """Let what goes on in the background end before the window does."""
        self._counter.wait()
        self._tasks.wait()
        super().done(result)

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setObjectName("terms")
        table.setAccessibleName("Word list")
        table.setModel(self._model)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.verticalHeader().hide()
        head = table.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(TERM, QHeaderView.ResizeMode.Stretch)
        return table

    @staticmethod
    def _make_button(name: str, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(f"term-{name}")
        button.setAutoDefault(False)
        return button

    def _lay_out(self) -> None:
        self.setWindowTitle("Word list")
        self.resize(room_for(760, 560))
        words = QLabel(
            "Terms colour the letters of the text in every article; nothing is noted on articles. Where several "
            "stand in one place, the first of the list wins."
            if self._writing
            else "This project is open for reading only; its word list cannot be changed here."
        )
        words.setWordWrap(True)
        empty = QLabel("No terms yet. Type one below and press Add, or import a list.")
        empty.setObjectName("empty")
        empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages.addWidget(empty)
        self._pages.addWidget(self._table)
        self.says.setObjectName("says")
        self.says.setWordWrap(True)
        order = QHBoxLayout()
        for name in ("up", "down", "remove"):
            order.addWidget(self._buttons[name])
        order.addStretch(1)
        for name in ("import", "export"):
            order.addWidget(self._buttons[name])
        wishes = QHBoxLayout()
        wishes.addWidget(self.says, 1)
        for name in ("change", "add"):
            wishes.addWidget(self._buttons[name])
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        close.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(words)
        layout.addWidget(self._pages, 1)
        layout.addLayout(order)
        layout.addSpacing(8)
        layout.addWidget(self.form)
        layout.addLayout(wishes)
        layout.addWidget(close)

    def _connect(self) -> None:
        slots = {
            "add": self._on_add_clicked,
            "change": self._on_change_clicked,
            "up": self._on_up_clicked,
            "down": self._on_down_clicked,
            "remove": self._on_remove_clicked,
            "import": self._on_import_clicked,
            "export": self._on_export_clicked,
        }
        for name, slot in slots.items():
            self._buttons[name].clicked.connect(slot)
        self._model.switched.connect(self._on_term_switched)
        self._table.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self.form.edited.connect(self._on_form_edited)
        self.form.pattern.returnPressed.connect(self._on_return_pressed)
        self._counter.counted.connect(self._model.set_counts)
        self._tasks.refused.connect(self._refuse)
        self._bridge.project_changed.connect(self._on_project_changed)

    @property
    def _terms(self) -> tuple[Term, ...]:
        return self._model.terms

    def _current(self) -> int:
        return self._table.currentIndex().row()

    def _set(self, terms: Sequence[Term]) -> bool:
        if len(terms) > MOST_TERMS:
            self._refuse(f"A word list holds up to {MOST_TERMS} terms. Remove some first.")
            return False
        return self._bridge.apply(SetWords(terms=tuple(terms)), self)

    def _show_terms(self, current: TermId | None = None) -> None:
        """Show the list as it stands, and begin to count; `current` is the term that is selected then."""
        project, article = self._bridge.project, self._bridge.article
        terms = project.words() if project is not None else ()
        column = max(self._table.currentIndex().column(), ON)
        self._model.set_terms(terms)
        self._pages.setCurrentIndex(1 if terms else 0)
        row = next((number for number, term in enumerate(terms) if term.id == current), -1)
        self._table.setCurrentIndex(self._model.index(row, column))
        if project is not None and article is not None:
            self._counter.count(project.text(project.article(article)), terms)
        self._on_form_edited()

    def _next_colour(self) -> str:
        """Return the colour of the row of colours that the fewest terms have."""
        given = [term.colour for term in self._terms]
        return min(TERM_COLOURS, key=given.count)

    @Slot(object)
    def _on_project_changed(self, notice: Notice) -> None:
        if notice.changes.words:
            row = self._current()
            self._show_terms(self._terms[row].id if 0 <= row < len(self._terms) else None)

    @Slot(QModelIndex, QModelIndex)
    def _on_row_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self.form.show_term(self._terms[current.row()])
        self._on_form_edited()

    @Slot()
    def _on_form_edited(self) -> None:
        """Enable what makes sense now."""
        row, typed = self._current(), self.form.term(TermId(""), on=True)
        chosen = self._terms[row] if row >= 0 else None
        kept = chosen and self.form.term(chosen.id, on=chosen.on)
        twin = typed is not None and any(
            (term.pattern, term.regular) == (typed.pattern, typed.regular) for term in self._terms
        )
        able = {
            "add": typed is not None and not twin,
            "change": kept is not None and kept != chosen,
            "up": row > 0,
            "down": 0 <= row < len(self._terms) - 1,
            "remove": row >= 0,
            "import": True,
        }
        for name, enabled in able.items():
            self._buttons[name].setEnabled(enabled and self._writing)
        self._buttons["export"].setEnabled(bool(self._terms))

    @Slot()
    def _on_return_pressed(self) -> None:
        for name in ("change", "add"):
            if self._buttons[name].isEnabled():
                self._buttons[name].click()
                return

    @Slot()
    def _on_add_clicked(self) -> None:
        term = self.form.term(TermId(new_id()), on=True)
        if term is not None and self._set([*self._terms, term]):
            self._table.setCurrentIndex(QModelIndex())
            self.form.clear(self._next_colour())
            self.form.pattern.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_change_clicked(self) -> None:
        chosen = self._terms[self._current()]
        term = self.form.term(chosen.id, on=chosen.on)
        if term is not None:
            self._set([term if each.id == term.id else each for each in self._terms])

    @Slot(object)
    def _on_term_switched(self, term: Term) -> None:
        self._set([term if each.id == term.id else each for each in self._terms])

    @Slot()
    def _on_remove_clicked(self) -> None:
        row = self._current()
        if self._set([*self._terms[:row], *self._terms[row + 1 :]]):
            self._table.setCurrentIndex(self._model.index(min(row, len(self._terms) - 1), TERM))

    @Slot()
    def _on_up_clicked(self) -> None:
        self._move(-1)

    @Slot()
    def _on_down_clicked(self) -> None:
        self._move(1)

    def _move(self, step: int) -> None:
        row, terms = self._current(), list(self._terms)
        terms[row], terms[row + step] = terms[row + step], terms[row]
        self._set(terms)

    @Slot()
    def _on_import_clicked(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, "Import terms", str(self._folder), _FILES)
        if chosen:
            path, after = Path(chosen), len(self._terms)
            self._tasks.run(f"Reading {path.name}", lambda _progress: read_words(path, after), self._take)

    def _take(self, found: tuple[Term, ...]) -> None:
        known = {(term.pattern, term.regular) for term in self._terms}
        new: list[Term] = []
        for term in found:
            if (term.pattern, term.regular) not in known:
                known.add((term.pattern, term.regular))
                new.append(term)
        if not new or self._set([*self._terms, *new]):
            there = len(found) - len(new)
            rest = f" {there} {'was' if there == 1 else 'were'} there already." if there else ""
            self.says.setText(f"Imported {len(new)} term{'' if len(new) == 1 else 's'}.{rest}")

    @Slot()
    def _on_export_clicked(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, "Export terms", str(self._folder / "words.txt"), _FILES
        )
        if not chosen:
            return
        try:
            write_words(self._terms, Path(chosen))
        except UserError as error:
            self._refuse(str(error))
            return
        self.says.setText(f"Exported to {Path(chosen).name}. The file holds the terms, not their colours.")

    @Slot(str)
    def _refuse(self, sentence: str) -> None:
        QMessageBox.warning(self, "Rubricator", sentence)
