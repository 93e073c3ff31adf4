"""The list of what is annotated in the open article, in text order."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from app.domain.annotations import Annotation
from app.domain.errors import UserError
from app.domain.ids import AnnotationId, ArticleId, CodeId, CoderId
from app.domain.reviews import still_open
from app.ui.annotations.model import AnnotationModel, Entry, Place, one_line, places_of
from app.ui.bridge import Bridge, Notice
from app.ui.rows import RowDelegate, RowsView
from app.ui.theme import Theme

_ONE_BY_ONE = 200
"""Annotations up to which it is quicker to look at those that changed than at all of this article."""


class AnnotationsPanel(QWidget):
    """Lists annotations of the open article; a click selects one in the text.

    `delegate` paints one; `name`, `spoken` and `empty` are the list's name, what a screen reader calls it, and what
    stands there while it is empty.
    """

    def __init__(self, bridge: Bridge, delegate: RowDelegate, *, name: str, spoken: str, empty: str) -> None:
        super().__init__()
        self._bridge = bridge
        self._text = ""
        self._renewing = False
        self._names: dict[CoderId, str] = {}
        self._model = AnnotationModel(self._look)
        self._delegate = delegate
        self._list = RowsView(name, spoken, self._model, delegate)
        self._list.installEventFilter(self)
        self._empty = QLabel(empty)
        self._empty.setObjectName("empty")
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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hand the keys of codes on to the text, which is where they mean something."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and _is_code_key(event):
            self._bridge.want_text()
            there = QApplication.focusWidget()
            if there is not None and there is not watched:
                again = QKeyEvent(event.type(), event.key(), event.modifiers(), event.text())
                QApplication.postEvent(there, again)
                return True
        return super().eventFilter(watched, event)

    def neighbour(self, step: int, offset: int) -> AnnotationId | None:
        """Return the next (1) or previous (-1) annotation from the selected one, or else from a code point."""
        at = self._model.row_of(self._bridge.annotation)
        if at < 0:
            at = self._model.row_from(offset) - (1 if step > 0 else 0)
        return self._model.id_at(at + step)

    def count(self) -> int:
        """The number of annotations in the list."""
        return self._model.rowCount()

    @Slot(object)
    def _reload(self, article_id: ArticleId | None) -> None:
        project = self._bridge.project
        places: list[Place] = []
        if project is not None and article_id is not None:
            self._text = project.text(project.article(article_id))
            everybody = self._bridge.everybody
            # Names are shown only where several coders are.
            self._names = {coder.id: coder.name for coder in project.coders()} if everybody else {}
            wanted = {code.id for code in project.codebook().codes if self._wants(code.id)}
            shown = {each.id for each in project.coders() if self._shows(each.id)}
            places = places_of(
                each
                for each in project.passages(article_id)
                if each.code_id in wanted and each.coder_id in shown
            )
        self._before_reload()
        self._model.set_places(places)
        self._show_empty()

    @Slot()
    def _on_view_changed(self) -> None:
        self._reload(self._bridge.article)
        self._on_annotation_selected(self._bridge.annotation)

    @Slot(object)
    def _on_project_changed(self, notice: Notice) -> None:
        changes = notice.changes
        if changes.codebook or changes.coders or len(changes.annotations) > _ONE_BY_ONE:
            self._on_view_changed()
            return
        self._renewing = True
        for annotation_id in changes.annotations:
            annotation = self._find(annotation_id)
            belongs = annotation is not None and self._belongs_here(annotation)
            self._model.replace(annotation_id, _place_of(annotation) if annotation and belongs else None)
        self._renewing = False
        self._show_empty()
        self._on_annotation_selected(self._bridge.annotation)

    @Slot(object)
    def _on_annotation_selected(self, annotation_id: AnnotationId | None) -> None:
        self._list.show_row(self._model.row_of(annotation_id))

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        annotation_id = self._model.id_at(current.row())
        # Where a row goes, Qt makes its neighbour the current one; nobody has chosen that.
        if annotation_id is not None and not self._renewing:
            self._bridge.select_annotation(annotation_id)

    def _look(self, place: Place) -> Entry:
        project = self._bridge.project
        if project is None:
            return Entry("", "", "", "")
        code = project.codebook().code(place.code_id)
        quote = one_line(self._text[start:end] for start, end in place.spans)
        lacking = 0
        if project.coder is not None and place.coder_id == project.coder.id:
            annotation = self._find(place.id)
            answered = annotation.answers if annotation is not None else {}
            lacking = len(still_open(project.codebook().questions(code.id), answered))
        name = self._names.get(place.coder_id, "")
        return Entry(code.name, code.colour, quote, name, lacking=lacking)

    def _find(self, annotation_id: AnnotationId) -> Annotation | None:
        try:
            return self._bridge.project.annotation(annotation_id) if self._bridge.project else None
        except UserError:
            return None

    def _belongs_here(self, annotation: Annotation) -> bool:
        here = annotation.article_id == self._bridge.article
        return here and self._shows(annotation.coder_id) and self._wants(annotation.code_id)

    def _wants(self, _code_id: CodeId) -> bool:
        """Whether annotations of a code stand in this list."""
        return True

    def _before_reload(self) -> None:
        """Get ready for other annotations, perhaps of another codebook."""

    def _shows(self, coder_id: CoderId) -> bool:
        project = self._bridge.project
        return self._bridge.everybody or bool(project and project.coder and project.coder.id == coder_id)

    def _show_empty(self) -> None:
        self._empty.setVisible(not self._model.rowCount())


def _is_code_key(event: QKeyEvent) -> bool:
    held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
    return not held and len(event.text()) == 1 and event.text().isalnum()


def _place_of(annotation: Annotation) -> Place:
    spans = tuple((fragment.span.start, fragment.span.end) for fragment in annotation.fragments)
    order = (spans[0][0], -spans[0][1], annotation.id)
    return Place(order, spans, annotation.id, annotation.code_id, annotation.coder_id)
