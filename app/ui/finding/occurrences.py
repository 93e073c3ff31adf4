"""Code every occurrence: which code, where, and each place with a box to tick."""

from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.codebook import Codebook
from app.domain.ids import AnnotationId, ArticleId, CodeId, CoderId, new_id
from app.domain.progress import Progress
from app.domain.searching import Query
from app.domain.spans import Span
from app.project.commands import CodeOccurrences, Occurrence
from app.project.finding import MOST_HITS, Findings, Hit, Place, find_occurrences
from app.ui.finding.hits import HitDelegate, HitModel
from app.ui.rows import RowsView
from app.ui.search import Search
from app.ui.theme import Theme

_PAUSE = 200
"""Milliseconds without a change after which the places are looked for anew."""


class Beginning(NamedTuple):
    """What the dialog begins with: the words, the code, the open article, the coder at work."""

    words: str
    code_id: CodeId
    article_id: ArticleId
    coder_id: CoderId


class OccurrencesDialog(QDialog):
    """Lists every place where some words stand and may be coded."""

    def __init__(
        self,
        path: Path,
        codebook: Codebook,
        beginning: Beginning,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._path, self._beginning = path, beginning
        self._model = HitModel(ticking=True)
        self._list = RowsView("occurrences", "Occurrences", self._model, HitDelegate(theme))
        self._found: list[Hit] = []
        self._search = Search(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self.setWindowTitle("Code every occurrence")
        self.resize(720, 560)
        self._field = QLineEdit(beginning.words)
        self._field.setObjectName("occurrences-field")
        self._field.setAccessibleName("Words")
        self._code = _code_box(codebook, beginning.code_id)
        self._scope = _scope_box(beginning.article_id)
        self._whole = QCheckBox("W&hole words")
        self._whole.setChecked(True)
        self._case = QCheckBox("Match c&ase")
        self._words = QLabel()
        self._words.setObjectName("occurrences-words")
        self._words.setWordWrap(True)
        self._all, self._none = QPushButton("Tick &all"), QPushButton("Tick &none")
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._go = self._buttons.addButton("Code", QDialogButtonBox.ButtonRole.AcceptRole)
        self._go.setDefault(True)
        self._lay_out()
        self._connect()
        self._look()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.addRow("&Words", self._field)
        form.addRow("&Code", self._code)
        form.addRow("&In", self._scope)
        options = QHBoxLayout()
        options.setSpacing(16)
        options.addWidget(self._whole)
        options.addWidget(self._case)
        options.addStretch(1)
        for button in (self._all, self._none):
            button.setAutoDefault(False)
            options.addWidget(button)
        foot = QHBoxLayout()
        foot.addWidget(self._words, 1)
        foot.addWidget(self._buttons)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addLayout(form)
        layout.addLayout(options)
        layout.addWidget(self._list, 1)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self._field.textChanged.connect(self._on_wish_changed)
        self._code.currentIndexChanged.connect(self._on_wish_changed)
        self._scope.currentIndexChanged.connect(self._on_wish_changed)
        self._whole.toggled.connect(self._on_wish_changed)
        self._case.toggled.connect(self._on_wish_changed)
        self._pause.timeout.connect(self._look)
        self._all.clicked.connect(self._on_all_clicked)
        self._none.clicked.connect(self._on_none_clicked)
        self._model.ticks_changed.connect(self._show_count)
        self._search.advanced.connect(self._show_found)
        self._search.ended.connect(self._on_search_ended)
        self._search.failed.connect(self._words.setText)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)

    def wish(self) -> CodeOccurrences:
        """Return what is ticked, as a wish."""
        return CodeOccurrences(
            code_id=self._code.currentData(),
            occurrences=tuple(
                Occurrence(
                    id=AnnotationId(new_id()),
                    article_id=hit.article_id,
                    span=Span(start=hit.start, end=hit.end),
                )
                for hit in self._model.ticked()
            ),
        )

    def done(self, result: int) -> None:
        """Let the search come to its end before the dialog goes."""
        self._pause.stop()
        self._search.wait()
        super().done(result)

    @Slot()
    def _on_wish_changed(self) -> None:
        """What is listed no longer belongs to what is asked for."""
        self._search.stop()
        self._model.clear()
        self._show_count()
        self._pause.start()

    @Slot()
    def _look(self) -> None:
        query = Query(
            words=self._field.text(),
            whole_words=self._whole.isChecked(),
            match_case=self._case.isChecked(),
        )
        place = Place(self._scope.currentData(), self._beginning.coder_id, self._code.currentData())
        self._found = []
        self._words.setText("Looking…")
        self._show_count()
        self._search.start(partial(_look_through, self._path, query, place, self._found))

    @Slot()
    def _show_found(self) -> None:
        self._model.add(self._found[self._model.rowCount() :])
        self._show_count()

    @Slot()
    def _show_count(self) -> None:
        """Say on the button what it does; while the list still grows, nobody can know."""
        count = len(self._model.ticked())
        self._go.setText(f"Code {count:,}" if count else "Code")
        self._go.setEnabled(bool(count) and not self._search.busy)
        for button in (self._all, self._none):
            button.setEnabled(bool(self._model.rowCount()))

    @Slot(object)
    def _on_search_ended(self, findings: Findings) -> None:
        self._show_found()
        self._words.setText(_in_words(findings))

    @Slot()
    def _on_all_clicked(self) -> None:
        self._model.tick_all(tick=True)

    @Slot()
    def _on_none_clicked(self) -> None:
        self._model.tick_all(tick=False)


def _code_box(codebook: Codebook, chosen: CodeId) -> QComboBox:
    box = QComboBox()
    box.setObjectName("occurrences-code")
    box.setAccessibleName("Code")
    for depth, code in codebook.walk():
        box.addItem("\u2003" * depth + code.name, code.id)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    return box


def _scope_box(article_id: ArticleId) -> QComboBox:
    box = QComboBox()
    box.setObjectName("occurrences-scope")
    box.setAccessibleName("Where to look")
    box.addItem("This article", article_id)
    box.addItem("All articles that you have not marked done", None)
    return box


def _look_through(path: Path, query: Query, place: Place, found: list[Hit], progress: Progress) -> Findings:
    return find_occurrences(path, query, place, found.append, progress)


def _in_words(findings: Findings) -> str:
    already = f"{findings.skipped:,} coded so already" if findings.skipped else ""
    if not findings.hits:
        return already or "No occurrence. Articles marked done are left alone."
    count = f"{findings.hits:,} occurrence{'' if findings.hits == 1 else 's'}"
    if not findings.complete:
        count = f"The first {MOST_HITS:,} occurrences; code them, then look again"
    place = f" in {findings.articles:,} articles" if findings.articles > 1 else ""
    return " · ".join(filter(None, [count + place, already]))
