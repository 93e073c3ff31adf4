"""The one place where panels meet: what is open, what is selected, and the only way to a verb."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from app.domain.changes import Changes
from app.domain.errors import UserError
from app.domain.ids import AnnotationId, ArticleId, CodeId, CoderId, new_id
from app.domain.spans import Span
from app.project.commands import AddAnnotation, ChangeCode, Command, RemoveAnnotations
from app.project.project import Project

_SELECT_FIRST = "Select an annotation first: click it, or press Alt+Down."


class Notice(NamedTuple):
    """What a step changed, the panel that asked for it, which may know already, and what is said of it."""

    changes: Changes
    initiator: QObject | None
    words: str


class ComparedPlace(NamedTuple):
    """A place of an article at which coders are to be compared; no coders means all. Code points, half-open."""

    article_id: ArticleId
    start: int
    end: int
    coders: tuple[CoderId, ...]


class Bridge(QObject):
    """What every panel listens to. Signals state facts; panels never signal each other."""

    project_changed = Signal(object)
    """A `Notice`: some step was done, undone or redone."""
    project_opened = Signal()
    project_closed = Signal()
    article_opened = Signal(object)
    """An `ArticleId`, or None when no article is open any longer."""
    article_left = Signal(object)
    """The `ArticleId` of an article whose visit has been noted: time and position."""
    turning_away = Signal()
    """Something else is about to be selected, opened or closed: what is being typed is to be given now."""
    annotation_selected = Signal(object)
    """An `AnnotationId`, or None."""
    spans_selected = Signal(object)
    """The tuple of spans that the next code will be applied to; empty if nothing is selected."""
    codes_wanted = Signal(object)
    """The `QPoint` on the screen where text was selected with the mouse: codes may be offered there."""
    caret_moved = Signal(int)
    """The code point at which the reader's caret stands."""
    answers_wanted = Signal()
    """Somebody wants to answer the questions on the selected annotation, or on the article."""
    text_wanted = Signal()
    """The keyboard is to go back to the text."""
    candidates_numbered = Signal(object)
    """The tuple of annotation ids that can now be picked by their number; empty when that is over."""
    comparison_wanted = Signal(object)
    """A `ComparedPlace`: the place at which somebody wants to see what coders did."""
    view_changed = Signal()
    """Which annotations are shown, or how the text looks, has changed."""
    refused = Signal(str)
    """A sentence: something could not be done, and why."""
    told = Signal(str)
    """A sentence: something was done that has no step."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project: Project | None = None
        self._article: ArticleId | None = None
        self._annotation: AnnotationId | None = None
        self._spans: tuple[Span, ...] = ()
        self._everybody = False
        self._last_code: CodeId | None = None

    @property
    def project(self) -> Project | None:
        """The open project."""
        return self._project

    @property
    def article(self) -> ArticleId | None:
        """The open article."""
        return self._article

    @property
    def annotation(self) -> AnnotationId | None:
        """The selected annotation."""
        return self._annotation

    @property
    def spans(self) -> tuple[Span, ...]:
        """The spans that the next code will be applied to."""
        return self._spans

    @property
    def everybody(self) -> bool:
        """Whether every coder's annotations are shown, not only those of the coder at work."""
        return self._everybody or (self._project is not None and self._project.coder is None)

    def show_everybody(self, show: bool) -> None:
        """Show every coder's annotations, or only those of the coder at work."""
        self._everybody = show
        self.view_changed.emit()

    def show_anew(self) -> None:
        """Have every panel show again what it shows: something other than a step has changed it."""
        self.view_changed.emit()

    def open_project(self, project: Project) -> None:
        """Make a project the open one; the one before must be closed."""
        self._project = project
        self.project_opened.emit()
        self.open_article(project.where_to_begin())

    def close_project(self) -> None:
        """Close the open project, if there is one."""
        if self._project is None:
            return
        self.open_article(None)
        project, self._project = self._project, None
        project.close()
        self.project_closed.emit()

    def open_article(self, article_id: ArticleId | None) -> None:
        """Open an article; nothing is selected in it."""
        if article_id == self._article:
            return
        self.turning_away.emit()
        self.select_annotation(None)
        self.select_spans(())
        self._article = article_id
        self.article_opened.emit(article_id)

    def select_annotation(self, annotation_id: AnnotationId | None) -> None:
        """Select an annotation of the open article, or none."""
        if annotation_id != self._annotation:
            self.turning_away.emit()
            self._annotation = annotation_id
            self.annotation_selected.emit(annotation_id)

    def select_spans(self, spans: tuple[Span, ...]) -> None:
        """Say which spans the next code will be applied to."""
        if spans != self._spans:
            self._spans = spans
            self.spans_selected.emit(spans)

    def apply(self, command: Command, initiator: QObject | None = None) -> bool:
        """Grant a command and tell every panel; a refusal is told as a sentence and returns False."""
        return self._run(lambda project: project.apply(command), initiator)

    def undo(self) -> None:
        """Take back the newest step and tell every panel; it is shown where it happened."""
        self._go_back("Undone", Project.undo)

    def redo(self) -> None:
        """Do again what was undone last and tell every panel; it is shown where it happened."""
        self._go_back("Redone", Project.redo)

    def tell(self, changes: Changes, initiator: QObject | None = None, word: str = "") -> None:
        """Tell every panel of a step, perhaps one that was done elsewhere, in a task; `word` says if it was undone."""
        if self._annotation in changes.annotations and not self._exists(self._annotation):
            # Nobody can turn away from what is gone, or write a memo on it.
            self._annotation = None
            self.annotation_selected.emit(None)
        words = f"{word}: {changes.step}" if word and changes.step else changes.step
        self.project_changed.emit(Notice(changes, initiator, words))
        gone = self._article in changes.articles and not self._is_there(self._article)
        if self._project is not None and (self._article is None or gone):
            self.open_article(self._project.where_to_begin())

    def apply_code(self, code_id: CodeId, initiator: QObject | None = None) -> bool:
        """Apply a code to the selected text or, without any, to the spans of the selected annotation.

        The new annotation is selected.
        """
        if self._project is None or self._article is None:
            return False
        spans = self._spans or self.spans_of_annotation()
        if not spans:
            self.refused.emit("Select some text first, then choose a code.")
            return False
        annotation_id = AnnotationId(new_id())
        command = AddAnnotation(id=annotation_id, article_id=self._article, code_id=code_id, spans=spans)
        if not self.apply(command, initiator):
            return False
        self._last_code = code_id
        self.select_annotation(annotation_id)
        return True

    def change_code(self, code_id: CodeId, initiator: QObject | None = None) -> bool:
        """Give the selected annotation another code."""
        if self._annotation is None:
            self.refused.emit(_SELECT_FIRST)
            return False
        return self.apply(ChangeCode(id=self._annotation, code_id=code_id), initiator)

    def repeat_code(self) -> None:
        """Apply the code that was applied last."""
        if self._last_code is None:
            self.refused.emit("No code has been applied yet that could be repeated.")
        else:
            self.apply_code(self._last_code)

    def spans_of_annotation(self) -> tuple[Span, ...]:
        """The spans of the selected annotation; none if there is none."""
        if self._project is None or self._annotation is None:
            return ()
        return tuple(fragment.span for fragment in self._project.annotation(self._annotation).fragments)

    def ask_answers(self) -> None:
        """Lead the keyboard to the questions on the selected annotation or, without one, on the article."""
        self.answers_wanted.emit()

    def want_text(self) -> None:
        """Lead the keyboard back to the text."""
        self.text_wanted.emit()

    def show_place(
        self, article_id: ArticleId, start: int, end: int, coders: tuple[CoderId, ...] = ()
    ) -> None:
        """Lead to what coders did at a place of an article, side by side; no coders means all."""
        self.comparison_wanted.emit(ComparedPlace(article_id, start, end, coders))

    def number_candidates(self, annotation_ids: tuple[AnnotationId, ...]) -> None:
        """Show numbers, from 1, on annotations that can be picked by them; none to take the numbers away."""
        self.candidates_numbered.emit(annotation_ids)

    def delete_annotation(self) -> None:
        """Delete the selected annotation."""
        if self._annotation is None:
            self.refused.emit(_SELECT_FIRST)
            return
        self.apply(RemoveAnnotations(ids=(self._annotation,)))

    def _go_back(self, word: str, work: Callable[[Project], Changes]) -> None:
        if self._project is None:
            return
        try:
            changes = work(self._project)
        except UserError as error:
            self.refused.emit(str(error))
            return
        self.tell(changes, None, word)
        touched = changes.coded | changes.reviewed
        elsewhere = [each for each in touched if self._is_there(each)] if self._article not in touched else []
        if elsewhere:
            self.open_article(min(elsewhere))
        if len(changes.annotations) == 1:
            (annotation_id,) = changes.annotations
            if self._exists(annotation_id) and self._article in changes.coded:
                self.select_annotation(annotation_id)

    def _run(self, work: Callable[[Project], Changes], initiator: QObject | None) -> bool:
        if self._project is None:
            return False
        try:
            changes = work(self._project)
        except UserError as error:
            self.refused.emit(str(error))
            return False
        self.tell(changes, initiator)
        return True

    def _exists(self, annotation_id: AnnotationId | None) -> bool:
        if self._project is None or annotation_id is None:
            return False
        try:
            self._project.annotation(annotation_id)
        except UserError:
            return False
        return True

    def _is_there(self, article_id: ArticleId | None) -> bool:
        if self._project is None or article_id is None:
            return False
        return self._project.article_line(article_id) is not None
