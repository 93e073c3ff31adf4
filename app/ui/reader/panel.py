"""The reader in the window: it shows what the bridge has open and turns selections into spans."""

from collections.abc import Sequence
from time import monotonic

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QWidget

from app.domain.annotations import Annotation, Passage
from app.domain.codebook import Codebook
from app.domain.errors import UserError
from app.domain.ids import AnnotationId, ArticleId, CodeId
from app.domain.segmentation import Granularity
from app.domain.spans import Span
from app.project.project import Project
from app.system.settings import Settings
from app.ui.bridge import Bridge, Notice
from app.ui.reader.header import about
from app.ui.reader.prefix import PrefixKeys
from app.ui.reader.reader import Reader
from app.ui.reader.spoken import Voice
from app.ui.reader.style import make_style
from app.ui.reader.telling import Told, tell
from app.ui.reader.words import WordColours
from app.ui.theme import Theme

_PAUSE = 60.0
"""Seconds without a key or click after which a coder is taken to be away."""


_ONE_BY_ONE = 200
"""Annotations up to which it is quicker to look at those that changed than at all of this article."""


class ReaderPanel(QObject):
    """Connects one reader with the bridge."""

    def __init__(
        self, bridge: Bridge, settings: Settings, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge, self._settings, self._theme = bridge, settings, theme
        self._style = make_style(settings, theme, Codebook())
        self.reader = Reader(self._style, self._describe, parent)
        self._voice = Voice(self.reader)
        self._words = WordColours(bridge, settings, self)
        self._words.changed.connect(self._on_words_changed)
        self._prefix = PrefixKeys(bridge, self.reader)
        self._shown: ArticleId | None = None
        self._touched = monotonic()
        self._seconds = 0.0
        self.reader.range_selected.connect(self._on_range_selected)
        self.reader.caret_moved.connect(self._on_caret_moved)
        self.reader.annotation_picked.connect(bridge.select_annotation)
        self._prefix.code_typed.connect(self._on_code_typed)
        self._prefix.recode_typed.connect(self._on_recode_typed)
        self.reader.selected_with_mouse.connect(bridge.codes_wanted)
        self.reader.answers_requested.connect(bridge.ask_answers)
        bridge.project_opened.connect(self.restyle)
        bridge.article_opened.connect(self._on_article_opened)
        bridge.text_wanted.connect(self._on_text_wanted)
        bridge.candidates_numbered.connect(self.reader.show_numbers)
        bridge.annotation_selected.connect(self._on_annotation_selected)
        bridge.project_changed.connect(self._on_project_changed)
        bridge.view_changed.connect(self._on_view_changed)
        bridge.refused.connect(self._voice.say)
        bridge.told.connect(self._voice.say)

    def set_theme(self, theme: Theme) -> None:
        """Change colours with the rest of the window."""
        self._theme = theme
        self.restyle()

    def leave_article(self) -> None:
        """Note the time spent and the position, as when the window closes."""
        project = self._bridge.project
        if project is not None and self._shown is not None:
            self._count_time()
            try:
                project.visit(self._shown, seconds=round(self._seconds, 1), offset=self.reader.offset)
                self._bridge.article_left.emit(self._shown)
            except UserError as error:
                self._bridge.refused.emit(str(error))
        self._seconds = 0.0

    def wait(self) -> None:
        """Let what goes on in the background come to its end."""
        self._words.wait()

    @Slot()
    def restyle(self) -> None:
        """Show the text as the settings, the theme and the codebook are now."""
        project = self._bridge.project
        codebook = project.codebook() if project else Codebook()
        self.reader.granularity = project.granularity() if project else Granularity.ANY
        coders = project.coders() if project and self._bridge.everybody else ()
        self._style = make_style(self._settings, self._theme, codebook, coders)
        self.reader.set_style(self._style)
        self._on_words_changed()

    @Slot()
    def _on_words_changed(self) -> None:
        self.reader.set_words(self._words.matcher, self._words.inks(self._style))

    @Slot(object)
    def _on_article_opened(self, article_id: ArticleId | None) -> None:
        self.leave_article()
        self._shown = article_id
        project = self._bridge.project
        if project is None or article_id is None:
            self.reader.show_article("", "", "", [], 0)
            return
        article = project.article(article_id)
        offset = self._begin_visit(project, article_id)
        self._touched = monotonic()
        self.reader.show_article(
            project.text(article), article.title, about(article), self._passages(article_id), offset
        )
        self._bridge.caret_moved.emit(self.reader.offset)
        self._voice.tell_article()

    def _begin_visit(self, project: Project, article_id: ArticleId) -> int:
        """Note that the article is open, and return where the coder left off the last time."""
        if project.coder is None:
            return 0
        review = project.review(article_id, project.coder.id)
        if not review.opened_at and not project.read_only:
            try:
                project.visit(article_id, seconds=0.0, offset=0)
            except UserError as error:
                self._bridge.refused.emit(str(error))
        return review.offset

    @Slot()
    def _on_text_wanted(self) -> None:
        self.reader.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_annotation_selected(self, annotation_id: AnnotationId | None) -> None:
        self.reader.single_out(annotation_id)
        if annotation_id is not None and self._bridge.project is not None:
            annotation = self._bridge.project.annotation(annotation_id)
            spans = self._bridge.spans
            if spans and not spans[0].start <= annotation.start < annotation.end <= spans[-1].end:
                # Or the next key would code what was selected before, perhaps far away.
                self.reader.clear_selection()
            self.reader.reveal(annotation.start)
            self._voice.tell_annotation(annotation)

    @Slot(object)
    def _on_project_changed(self, notice: Notice) -> None:
        changes = notice.changes
        self._voice.say(notice.words)
        if changes.codebook or changes.coders or changes.project:
            self.restyle()
        if self._shown is None or self._shown not in changes.coded:
            return
        if len(changes.annotations) > _ONE_BY_ONE:
            self.reader.set_passages(self._passages(self._shown))
            return
        for annotation_id in changes.annotations:
            annotation = self._find(annotation_id)
            passages = _passages_of(annotation) if annotation and self._is_shown(annotation) else []
            self.reader.replace_annotation(annotation_id, passages)

    @Slot()
    def _on_view_changed(self) -> None:
        self.restyle()
        if self._shown is not None:
            self.reader.set_passages(self._passages(self._shown))

    @Slot(int, int)
    def _on_range_selected(self, start: int, end: int) -> None:
        self._count_time()
        self._bridge.select_spans((Span(start=start, end=end),) if start < end else ())

    @Slot(int)
    def _on_caret_moved(self, offset: int) -> None:
        self._bridge.caret_moved.emit(offset)

    @Slot(object)
    def _on_code_typed(self, code_id: CodeId) -> None:
        self._count_time()
        self._bridge.apply_code(code_id, self)

    @Slot(object)
    def _on_recode_typed(self, code_id: CodeId) -> None:
        self._bridge.change_code(code_id, self)

    def _passages(self, article_id: ArticleId) -> list[Passage]:
        project = self._bridge.project
        if project is None:
            return []
        passages = project.passages(article_id)
        if self._bridge.everybody or project.coder is None:
            return passages
        return [passage for passage in passages if passage.coder_id == project.coder.id]

    def _is_shown(self, annotation: Annotation) -> bool:
        project = self._bridge.project
        if annotation.article_id != self._shown or project is None:
            return False
        return self._bridge.everybody or project.coder is None or annotation.coder_id == project.coder.id

    def _find(self, annotation_id: AnnotationId) -> Annotation | None:
        try:
            return self._bridge.project.annotation(annotation_id) if self._bridge.project else None
        except UserError:
            return None

    def _describe(self, annotation_ids: Sequence[AnnotationId]) -> list[Told]:
        project, found = self._bridge.project, map(self._find, annotation_ids)
        return [tell(project, annotation) for annotation in found if annotation] if project else []

    def _count_time(self) -> None:
        """Add the time since the last key or click, unless the coder was away."""
        now = monotonic()
        self._seconds += min(now - self._touched, _PAUSE)
        self._touched = now


def _passages_of(annotation: Annotation) -> list[Passage]:
    return [
        Passage(
            fragment.span.start, fragment.span.end, annotation.id, annotation.code_id, annotation.coder_id
        )
        for fragment in annotation.fragments
    ]
