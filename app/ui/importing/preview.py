"""The articles of a file as they will look: title, metadata, text in the reader's face."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, Qt, Slot
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF, QPainter, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QLabel, QSplitter, QStyleOptionViewItem, QTextEdit, QVBoxLayout, QWidget

from app.domain.articles import Draft, title_from
from app.domain.counting import counted
from app.ui.rows import RowDelegate, RowsView, write
from app.ui.theme import Theme

AnyIndex = QModelIndex | QPersistentModelIndex

_ROW_ROLE = Qt.ItemDataRole.UserRole
_PAD = 6.0
_SHOWN = 20_000
"""Code points of a text that are shown: enough to see whether it is the right one."""


class Face(NamedTuple):
    """How the reader shows texts: the typeface in its size, and the height of a line as a multiple of that."""

    font: QFont
    line_height: float


def about(draft: Draft) -> str:
    """Return the line of metadata under a title."""
    return " · ".join(part for part in (draft.source, draft.date, draft.author, draft.url) if part)


def plain_text(name: str, spoken: str, face: Face) -> QTextEdit:
    """Return a field that shows texts in the reader's face and takes no input but the caret's keys."""
    field = QTextEdit()
    field.setObjectName(name)
    field.setAccessibleName(spoken)
    field.setReadOnly(True)
    field.setAcceptDrops(False)
    field.setTabChangesFocus(True)
    field.setFont(face.font)
    keys = Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
    field.setTextInteractionFlags(keys)
    return field


def show_text(field: QTextEdit, text: str, face: Face) -> None:
    """Show the beginning of a text."""
    field.setPlainText(text[:_SHOWN] + ("\n…" if text[_SHOWN:] else ""))
    lines = QTextBlockFormat()
    lines.setLineHeight(
        100 * face.line_height / 1.2, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
    )
    cursor = QTextCursor(field.document())
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.mergeBlockFormat(lines)


class DraftsModel(QAbstractListModel):
    """The articles of one file; those that are there already are marked."""

    def __init__(self) -> None:
        super().__init__()
        self._drafts: Sequence[Draft] = ()
        self._new: frozenset[int] = frozenset()

    def show_drafts(self, drafts: Sequence[Draft], new: frozenset[int]) -> None:
        """Show articles; `new` has the `id` of each that would enter."""
        self.beginResetModel()
        self._drafts, self._new = drafts, new
        self.endResetModel()

    def draft(self, row: int) -> Draft | None:
        """Return the article of a row."""
        return self._drafts[row] if 0 <= row < len(self._drafts) else None

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """The number of articles."""
        return 0 if parent is not None and parent.isValid() else len(self._drafts)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Title and what stands below it."""
        if not index.isValid():
            return None
        draft = self._drafts[index.row()]
        title = draft.title or title_from(draft.text)
        below = about(draft) if id(draft) in self._new else "The same text is there already"
        if role == _ROW_ROLE:
            return title, below or counted(len(draft.text), "character")
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{title}, {below}" if below else title
        return None


class DraftDelegate(RowDelegate):
    """Paints the title of an article and a line about it."""

    def height(self, metrics: QFontMetrics) -> int:
        """Two lines of text with room around."""
        return round(2 * metrics.lineSpacing() + 2 * _PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Paint both lines."""
        rect = QRectF(option.rect)
        title, below = index.data(_ROW_ROLE)
        painter.save()
        self.paint_ground(painter, option, marked=True)
        line = QFontMetricsF(option.font).lineSpacing()
        left, width = rect.left() + 10, rect.width() - 10 - _PAD
        write(painter, title, QRectF(left, rect.top() + _PAD, width, line), self.theme.ink)
        write(painter, below, QRectF(left, rect.top() + _PAD + line, width, line), self.theme.quiet)
        painter.restore()


class PreviewPage(QSplitter):
    """The articles of a file beside the one that is chosen."""

    def __init__(self, theme: Theme, face: Face) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._face = face
        self._model = DraftsModel()
        self._delegate = DraftDelegate(theme)
        self.list = RowsView("drafts", "Articles of this file", self._model, self._delegate)
        self._title = QLabel()
        self._title.setObjectName("draft-title")
        self._title.setWordWrap(True)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        font = QFont(face.font)
        font.setPixelSize(round(face.font.pixelSize() * 1.25))
        font.setWeight(QFont.Weight.DemiBold)
        self._title.setFont(font)
        self._about = QLabel()
        self._about.setObjectName("said")
        self._about.setWordWrap(True)
        self._about.setTextFormat(Qt.TextFormat.PlainText)
        self._text = plain_text("draft-text", "Text of the article", face)
        side = QWidget()
        layout = QVBoxLayout(side)
        layout.setContentsMargins(12, 8, 8, 0)
        layout.setSpacing(4)
        layout.addWidget(self._title)
        layout.addWidget(self._about)
        layout.addWidget(self._text, 1)
        self.addWidget(self.list)
        self.addWidget(side)
        self.setChildrenCollapsible(False)
        self.setSizes([260, 480])
        self.list.selectionModel().currentRowChanged.connect(self._on_row_changed)

    def show_drafts(self, drafts: Sequence[Draft], new: frozenset[int]) -> None:
        """Show the articles of another file, the first one chosen."""
        self._model.show_drafts(drafts, new)
        self.list.show_row(0 if drafts else -1)
        self._show(0)

    @Slot(QModelIndex, QModelIndex)
    def _on_row_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        self._show(current.row())

    def _show(self, row: int) -> None:
        draft = self._model.draft(row)
        self._title.setText((draft.title or title_from(draft.text)) if draft else "")
        self._about.setText(about(draft) if draft else "")
        self._about.setVisible(bool(draft and about(draft)))
        show_text(self._text, draft.text if draft else "", self._face)
