"""The list of what is annotated in the open article, in text order."""

from bisect import bisect_left
from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Slot,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.annotations import Annotation, Passage
from app.domain.codebook import Codebook
from app.domain.errors import UserError
from app.domain.ids import AnnotationId, ArticleId, CoderId
from app.ui.bridge import Bridge, Notice
from app.ui.theme import Theme, blend

AnyIndex = QModelIndex | QPersistentModelIndex

_ROW_ROLE = Qt.ItemDataRole.UserRole + 1
_LONGEST_QUOTE = 160


class _Line(NamedTuple):
    """One annotation as the list shows it; lines sort by their place in the text."""

    start: int
    end: int
    id: AnnotationId
    code: str
    colour: str
    quote: str
    coder: str


class _AnnotationModel(QAbstractListModel):
    """One row an annotation."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[_Line] = []

    def set_lines(self, lines: list[_Line]) -> None:
        self.beginResetModel()
        self.lines = sorted(lines)
        self.endResetModel()

    def remove(self, annotation_id: AnnotationId) -> None:
        number = self.row_of(annotation_id)
        if number >= 0:
            self.beginRemoveRows(QModelIndex(), number, number)
            del self.lines[number]
            self.endRemoveRows()

    def insert(self, line: _Line) -> None:
        number = bisect_left(self.lines, line)
        self.beginInsertRows(QModelIndex(), number, number)
        self.lines.insert(number, line)
        self.endInsertRows()

    def row_of(self, annotation_id: AnnotationId | None) -> int:
        for number, line in enumerate(self.lines):
            if line.id == annotation_id:
                return number
        return -1

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{line.code}: {line.quote}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{line.code}{f' ({line.coder})' if line.coder else ''}\n{line.quote}"
        return line if role == _ROW_ROLE else None


class AnnotationsPanel(QWidget):
    """Lists the annotations of the open article; a click selects one in the text."""

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self._bridge = bridge
        self._model = _AnnotationModel()
        self._delegate = _AnnotationDelegate(theme)
        self._list = QListView()
        self._list.setObjectName("annotations")
        self._list.setAccessibleName("Annotations of this article")
        self._list.setModel(self._model)
        self._list.setItemDelegate(self._delegate)
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._empty = QLabel("Nothing is annotated here yet.")
        self._empty.setContentsMargins(12, 8, 12, 8)
        self._empty.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._empty)
        layout.addWidget(self._list, 1)
        self._list.selectionModel().currentChanged.connect(self._on_current_changed)
        bridge.article_opened.connect(self._reload)
        bridge.view_changed.connect(self._on_view_changed)
        bridge.annotation_selected.connect(self._on_annotation_selected)
        bridge.project_changed.connect(self._on_project_changed)

    def set_theme(self, theme: Theme) -> None:
        """Change colours with the rest of the window."""
        self._delegate.theme = theme
        self._list.viewport().update()

    def neighbour(self, step: int, offset: int) -> AnnotationId | None:
        """Return the next (1) or previous (-1) annotation from the selected one, or else from a code point."""
        lines = self._model.lines
        at = self._model.row_of(self._bridge.annotation)
        if at < 0:
            starts = [line.start for line in lines]
            at = bisect_left(starts, offset) - (1 if step > 0 else 0)
        wanted = at + step
        return lines[wanted].id if 0 <= wanted < len(lines) else None

    def count(self) -> int:
        """The number of annotations in the list."""
        return len(self._model.lines)

    @Slot(object)
    def _reload(self, article_id: ArticleId | None) -> None:
        project = self._bridge.project
        lines: list[_Line] = []
        if project is not None and article_id is not None:
            text, codebook = project.text(project.article(article_id)), project.codebook()
            names = self._names()
            by_id: dict[AnnotationId, list[Passage]] = {}
            for passage in project.passages(article_id):
                if self._shows(passage.coder_id):
                    by_id.setdefault(passage.annotation_id, []).append(passage)
            for passages in by_id.values():
                quote = " … ".join(text[each.start : each.end][:_LONGEST_QUOTE] for each in passages)
                lines.append(_line(passages[0], passages[-1].end, quote, codebook, names))
        self._model.set_lines(lines)
        self._show_empty()

    @Slot()
    def _on_view_changed(self) -> None:
        self._reload(self._bridge.article)

    @Slot(object)
    def _on_project_changed(self, notice: Notice) -> None:
        changes, project = notice.changes, self._bridge.project
        if project is None or changes.codebook or changes.coders:
            self._reload(self._bridge.article)
            return
        for annotation_id in changes.annotations:
            self._renew(annotation_id)
        self._show_empty()
        self._on_annotation_selected(self._bridge.annotation)

    def _renew(self, annotation_id: AnnotationId) -> None:
        self._list.selectionModel().blockSignals(True)
        self._model.remove(annotation_id)
        annotation = self._find(annotation_id)
        project = self._bridge.project
        if project is not None and annotation is not None and self._belongs_here(annotation):
            quote = " … ".join(fragment.quote[:_LONGEST_QUOTE] for fragment in annotation.fragments)
            first = Passage(
                annotation.start, annotation.end, annotation.id, annotation.code_id, annotation.coder_id
            )
            self._model.insert(_line(first, annotation.end, quote, project.codebook(), self._names()))
        self._list.selectionModel().blockSignals(False)

    @Slot(object)
    def _on_annotation_selected(self, annotation_id: AnnotationId | None) -> None:
        index = self._model.index(self._model.row_of(annotation_id))
        selection = self._list.selectionModel()
        selection.blockSignals(True)
        selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        selection.blockSignals(False)
        if index.isValid():
            self._list.scrollTo(index)
        self._list.viewport().update()

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self._bridge.select_annotation(self._model.lines[current.row()].id)

    def _find(self, annotation_id: AnnotationId) -> Annotation | None:
        try:
            return self._bridge.project.annotation(annotation_id) if self._bridge.project else None
        except UserError:
            return None

    def _belongs_here(self, annotation: Annotation) -> bool:
        return annotation.article_id == self._bridge.article and self._shows(annotation.coder_id)

    def _shows(self, coder_id: CoderId) -> bool:
        project = self._bridge.project
        return self._bridge.everybody or bool(project and project.coder and project.coder.id == coder_id)

    def _names(self) -> dict[CoderId, str]:
        """Names are shown only where several coders are."""
        project = self._bridge.project
        if project is None or not self._bridge.everybody:
            return {}
        return {coder.id: coder.name for coder in project.coders()}

    def _show_empty(self) -> None:
        self._empty.setVisible(not self._model.lines)


def _line(first: Passage, end: int, quote: str, codebook: Codebook, names: dict[CoderId, str]) -> _Line:
    code = codebook.code(first.code_id)
    one_line = " ".join(quote.split())[:_LONGEST_QUOTE]
    return _Line(
        first.start, end, first.annotation_id, code.name, code.colour, one_line, names.get(first.coder_id, "")
    )


class _AnnotationDelegate(QStyledItemDelegate):
    """Paints one annotation in two lines: code, quote."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        del index
        return QSize(140, 2 * option.fontMetrics.lineSpacing() + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        theme, rect = self.theme, QRectF(option.rect)
        line: _Line = index.data(_ROW_ROLE)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, blend(theme.accent, theme.panel, 0.18))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.hover)
        painter.fillRect(QRectF(rect.left() + 12, rect.top() + 7, 3, rect.height() - 14), QColor(line.colour))
        height = option.fontMetrics.lineSpacing()
        room = QRectF(rect.left() + 24, rect.top() + 7, rect.width() - 32, height)
        painter.setPen(theme.quiet)
        head = line.code + (f" · {line.coder}" if line.coder else "")
        painter.drawText(room, _elided(painter, head, room))
        room.translate(0, height)
        painter.setPen(theme.ink)
        painter.drawText(room, _elided(painter, line.quote, room))
        painter.restore()


def _elided(painter: QPainter, text: str, room: QRectF) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
