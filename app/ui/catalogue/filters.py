"""What narrows the table of articles: a dialog that asks, and a row that shows what was asked."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.catalogue import ArticleFilter, Listing
from app.domain.dates import ADVICE, is_date
from app.domain.reviews import ReviewState
from app.project.collection import Part
from app.project.project import Project

_WIDTH = 480
_LONGEST = 40
_ANY, _NONE = "any", "(none)"


class FilterBar(QWidget):
    """Shows each part of a filter as a button that takes it away."""

    asked = Signal(object)
    """The `ArticleFilter` that is wanted now."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("filter-bar")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 0, 8, 8)
        self._row.setSpacing(4)
        self._buttons: list[QToolButton] = []
        self._parts: Sequence[Part] = ()
        self._row.addStretch(1)
        self.hide()

    def show_parts(self, parts: Sequence[Part]) -> None:
        """Show other parts; the row is only there when there are any."""
        if [part.words for part in parts] == [part.words for part in self._parts]:
            self._parts = parts
            return
        self._parts = parts
        for button in self._buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self._buttons = [self._button(part.words) for part in parts]
        if len(parts) > 1:
            self._buttons.append(self._button(""))
        for at, button in enumerate(self._buttons):
            self._row.insertWidget(at, button)
        self.setVisible(bool(parts))

    def _button(self, words: str) -> QToolButton:
        button = QToolButton()
        shown = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
        button.setText(f"{shown}  ×".replace("&", "&&") if words else "Clear all")
        button.setToolTip(f"Take away: {words}" if words else "Show all articles")
        button.setAccessibleName(f"Take away the filter {words}" if words else "Clear all filters")
        button.setObjectName("filter-part" if words else "filter-clear")
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(self._on_clicked)
        return button

    @Slot()
    def _on_clicked(self) -> None:
        at = next((at for at, each in enumerate(self._buttons) if each is self.sender()), len(self._parts))
        self.asked.emit(self._parts[at].without if at < len(self._parts) else ArticleFilter())


class FilterDialog(QDialog):
    """Asks for everything that can narrow the table but its words."""

    def __init__(self, project: Project, listing: Listing, asked: ArticleFilter, parent: QWidget) -> None:
        super().__init__(parent)
        self._asked, self._listing = asked, listing
        self.setWindowTitle("Filter articles")
        self.setMinimumWidth(_WIDTH)
        self._source = _texts("Outlet", listing.sources, asked.source)
        self._from, self._to = _day("Earliest date", asked.date_from), _day("Latest date", asked.date_to)
        self._state = _choice(
            "State", [("any", None), *((each.value, each) for each in ReviewState)], asked.state
        )
        coders = [("anybody", None), *((each.name, each.id) for each in project.coders())]
        self._coder = _choice("Whose state, annotations and codes", coders, asked.coder_id)
        self._with = _choice("With or without", [("with", True), ("without", False)], asked.with_code)
        codes = [(f"{'    ' * depth}{code.name}", code.id) for depth, code in project.codebook().walk()]
        self._code = _choice("Code", [("any or none", None), *codes], asked.code_id)
        self._key = _choice(
            "Field", [("no field", ""), *((each, each) for each in listing.extras)], asked.key
        )
        self._value = _texts("Value", (), asked.value if asked.key else None)
        samples = [("all articles", None), *((each.name, each.id) for each in project.collection.samples())]
        self._sample = _choice("Sample", samples, asked.sample_id)
        self._told = QLabel()
        self._told.setObjectName("filter-told")
        self._told.setWordWrap(True)
        self._lay_out()
        for field in (self._from, self._to):
            field.textChanged.connect(self._check)
        self._key.currentIndexChanged.connect(self._on_key_changed)
        self._on_key_changed()
        self._check()

    def asked(self) -> ArticleFilter:
        """Return the filter as it was entered; words that were typed elsewhere are kept."""
        key = self._key.currentData()
        source = _text_of(self._source)
        return self._asked.model_copy(
            update={
                "source": source,
                "date_from": self._from.text().strip(),
                "date_to": self._to.text().strip(),
                "state": self._state.currentData(),
                "coder_id": self._coder.currentData(),
                "code_id": self._code.currentData(),
                "with_code": self._with.currentData(),
                "key": key,
                "value": (_text_of(self._value) or "") if key else "",
                "sample_id": self._sample.currentData(),
            }
        )

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(8)
        form.addRow("&Outlet", self._source)
        form.addRow("&Date from", _pair(self._from, QLabel("to"), self._to))
        form.addRow("&State", self._state)
        form.addRow("Of &coder", self._coder)
        form.addRow("Code&d", _pair(self._with, self._code))
        form.addRow("&Field", _pair(self._key, QLabel("is"), self._value))
        form.addRow("Sa&mple", self._sample)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._go = buttons.addButton("Filter", QDialogButtonBox.ButtonRole.AcceptRole)
        self._go.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(16)
        layout.addLayout(form)
        layout.addWidget(self._told)
        layout.addWidget(buttons)

    @Slot()
    def _on_key_changed(self) -> None:
        key = self._key.currentData()
        typed = self._value.currentText()
        self._value.clear()
        self._value.addItems([_NONE, *self._listing.extras.get(key, ())])
        self._value.setEditText(typed if key == self._asked.key else _NONE)
        self._value.setEnabled(bool(key))

    @Slot()
    def _check(self) -> None:
        wrong = [
            text for each in (self._from, self._to) if (text := each.text().strip()) and not is_date(text)
        ]
        self._told.setText(f"“{wrong[0]}” is no date. {ADVICE}" if wrong else "")
        self._told.setVisible(bool(wrong))
        self._go.setEnabled(not wrong)


def _texts(name: str, known: Iterable[str], chosen: str | None) -> QComboBox:
    """Return a field for one of the texts that are known, or another one."""
    field = QComboBox()
    field.setAccessibleName(name)
    field.setObjectName(f"filter-{name.lower()}")
    field.setEditable(True)
    field.addItems([_ANY, _NONE, *known])
    completer = QCompleter(field.model(), field)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    field.setCompleter(completer)
    field.setEditText(_ANY if chosen is None else chosen or _NONE)
    return field


def _text_of(field: QComboBox) -> str | None:
    text = field.currentText().strip()
    return None if text in ("", _ANY) else "" if text == _NONE else text


def _day(name: str, text: str) -> QLineEdit:
    field = QLineEdit(text)
    field.setAccessibleName(name)
    field.setObjectName(f"filter-{name.split()[0].lower()}")
    field.setPlaceholderText("2026-05")
    return field


def _choice(name: str, entries: Iterable[tuple[str, object]], chosen: object) -> QComboBox:
    field = QComboBox()
    field.setAccessibleName(name)
    field.setObjectName(f"filter-{name.split()[0].lower()}")
    for at, (words, value) in enumerate(entries):
        field.addItem(words, value)
        if value == chosen:
            field.setCurrentIndex(at)
    return field


def _pair(*widgets: QWidget) -> QWidget:
    """Return fields side by side; the key of their label leads to the first."""
    pair = QWidget()
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget, 0 if isinstance(widget, QLabel) else 1)
    pair.setFocusProxy(widgets[0])
    return pair
