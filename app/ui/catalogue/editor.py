"""The metadata of one or several articles, to be written anew. The text is never changed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.domain.catalogue import HEADS, ArticleRow, Column
from app.domain.dates import ADVICE, is_date
from app.project.commands_articles import EditArticles

_SIZE = (560, 480)
_FIELDS = (Column.TITLE, Column.SOURCE, Column.DATE, Column.AUTHOR, Column.URL, Column.REFERENCE)
_SEVERAL = "several values"


class ArticleEditor(QDialog):
    """Shows what articles have in common; only fields that are changed are written."""

    def __init__(self, rows: Sequence[ArticleRow], parent: QWidget) -> None:
        super().__init__(parent)
        self._ids = tuple(row.id for row in rows)
        one = len(rows) == 1
        self.setWindowTitle("Edit article" if one else f"Edit {len(rows):,} articles")
        self.resize(*_SIZE)
        self._fields = {
            each: _field(HEADS[each], {str(getattr(row, each)) for row in rows}, each.value)
            for each in _FIELDS
        }
        self._fields[Column.TITLE].setEnabled(one)
        if not one:
            self._fields[Column.TITLE].setToolTip("Every article keeps a title of its own")
        keys = sorted({key for row in rows for key in row.metadata})
        self._extras = {
            key: _field(key, {row.metadata.get(key, "") for row in rows}, f"extra-{key}") for key in keys
        }
        self._key, self._value = QLineEdit(), QLineEdit()
        for field, name in ((self._key, "New field"), (self._value, "Value of the new field")):
            field.setAccessibleName(name)
            field.setPlaceholderText(name)
            field.setObjectName("edit-key" if field is self._key else "edit-value")
        self._told = QLabel()
        self._told.setObjectName("edit-told")
        self._told.setWordWrap(True)
        self._told.hide()
        self._lay_out()
        self._fields[Column.DATE].textChanged.connect(self._check)
        self._fields[Column.TITLE].textChanged.connect(self._check)
        self._fields[Column.TITLE if one else Column.SOURCE].setFocus(Qt.FocusReason.OtherFocusReason)

    def command(self) -> EditArticles:
        """Return what was changed; a field that was emptied is taken away from the metadata."""
        values = {each.value: field.text() for each, field in self._fields.items() if field.isModified()}
        extras = {key: field.text() or None for key, field in self._extras.items() if field.isModified()}
        if self._value.text().strip():
            extras[self._key.text().strip()] = self._value.text().strip()
        return EditArticles(ids=self._ids, metadata=extras, **values)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(8)
        for each, field in self._fields.items():
            form.addRow(HEADS[each], field)
        for key, field in self._extras.items():
            form.addRow(key if len(key) < 30 else f"{key[:29]}…", field)
        new = QHBoxLayout()
        new.setSpacing(8)
        new.addWidget(self._key, 1)
        new.addWidget(self._value, 2)
        form.addRow("", new)
        inner = QWidget()
        inner.setLayout(form)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._save = buttons.addButton("Save", QDialogButtonBox.ButtonRole.AcceptRole)
        self._save.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(area, 1)
        layout.addWidget(self._told)
        layout.addWidget(buttons)

    @Slot()
    def _check(self) -> None:
        """Refuse a date that is typed and is none; one that a file brought may stay."""
        day, title = self._fields[Column.DATE], self._fields[Column.TITLE]
        text = day.text().strip()
        told = ""
        if day.isModified() and text and not is_date(text):
            told = f"“{text}” is no date. {ADVICE}"
        elif title.isEnabled() and not title.text().strip():
            told = "An article needs a title. Type one."
        self._told.setText(told)
        self._told.setVisible(bool(told))
        self._save.setEnabled(not told)


def _field(name: str, values: set[str], object_name: str) -> QLineEdit:
    field = QLineEdit(next(iter(values)) if len(values) == 1 else "")
    field.setObjectName(f"edit-{object_name}")
    field.setAccessibleName(name)
    field.setCursorPosition(0)
    if len(values) > 1:
        field.setPlaceholderText(_SEVERAL)
    return field
