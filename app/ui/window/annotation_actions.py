"""What the menu Annotation does with the selected annotation: its edges, fragments, flag and answers."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Slot

from app.domain.annotations import Annotation
from app.domain.edges import Unit, fragment_at, move_edge, without_fragment
from app.domain.errors import UserError
from app.domain.segmentation import Granularity
from app.domain.spans import Span
from app.project.commands import ChangeSpans, SetDiscuss, SetGranularity
from app.ui.bridge import Bridge
from app.ui.inspector.panel import InspectorPanel
from app.ui.reader.panel import ReaderPanel


class AnnotationActions(QObject):
    """Does what concerns one annotation."""

    def __init__(
        self, bridge: Bridge, reading: ReaderPanel, inspector: InspectorPanel, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._bridge, self._reading, self._inspector = bridge, reading, inspector

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """The actions of the table that are done here."""
        return {
            "annotation.answer": self._bridge.ask_answers,
            "annotation.next_unanswered": self.next_unanswered,
            "annotation.repeat": self._bridge.repeat_code,
            "annotation.grow_end": self.grow_end,
            "annotation.shrink_end": self.shrink_end,
            "annotation.grow_start": self.grow_start,
            "annotation.shrink_start": self.shrink_start,
            "annotation.grow_end_little": self.grow_end_little,
            "annotation.shrink_end_little": self.shrink_end_little,
            "annotation.grow_start_little": self.grow_start_little,
            "annotation.shrink_start_little": self.shrink_start_little,
            "annotation.add_fragment": self.add_fragment,
            "annotation.remove_fragment": self.remove_fragment,
            "annotation.memo": self._inspector.write_memo,
            "annotation.discuss": self.toggle_discuss,
            "project.any_granularity": self.free_granularity,
            "project.character_granularity": self.lock_to_characters,
            "project.word_granularity": self.lock_to_words,
            "project.sentence_granularity": self.lock_to_sentences,
        }

    @Slot()
    def grow_end(self) -> None:
        """Move the end a word further out."""
        self._move(Unit.WORD, at_end=True, outward=True)

    @Slot()
    def shrink_end(self) -> None:
        """Move the end a word back."""
        self._move(Unit.WORD, at_end=True, outward=False)

    @Slot()
    def grow_start(self) -> None:
        """Move the start a word further out."""
        self._move(Unit.WORD, at_end=False, outward=True)

    @Slot()
    def shrink_start(self) -> None:
        """Move the start a word back."""
        self._move(Unit.WORD, at_end=False, outward=False)

    @Slot()
    def grow_end_little(self) -> None:
        """Move the end a character further out."""
        self._move(Unit.CHARACTER, at_end=True, outward=True)

    @Slot()
    def shrink_end_little(self) -> None:
        """Move the end a character back."""
        self._move(Unit.CHARACTER, at_end=True, outward=False)

    @Slot()
    def grow_start_little(self) -> None:
        """Move the start a character further out."""
        self._move(Unit.CHARACTER, at_end=False, outward=True)

    @Slot()
    def shrink_start_little(self) -> None:
        """Move the start a character back."""
        self._move(Unit.CHARACTER, at_end=False, outward=False)

    @Slot()
    def next_unanswered(self) -> None:
        """Go to the next annotation that lacks a required answer, beginning again at the top, or to the article."""
        project, article = self._bridge.project, self._bridge.article
        if project is None or article is None:
            return
        found = project.open_questions(article)
        lacking = list(dict.fromkeys(each.annotation_id for each in found if each.annotation_id))
        if found and not lacking:
            self._bridge.select_annotation(None)
            self._bridge.ask_answers()
            self._bridge.told.emit("Only questions on the article as a whole are open.")
            return
        if not lacking:
            self._bridge.told.emit("Every required question in this article is answered.")
            return
        selected = self._bridge.annotation
        at = lacking.index(selected) + 1 if selected is not None and selected in lacking else 0
        self._bridge.select_annotation(lacking[at % len(lacking)])
        self._bridge.ask_answers()

    def _move(self, unit: Unit, *, at_end: bool, outward: bool) -> None:
        """Move an edge of the fragment at the caret, else the outermost edge."""
        annotation = self._selected()
        if annotation is None or self._bridge.project is None:
            return
        project = self._bridge.project
        granularity = project.granularity()
        if granularity is Granularity.SENTENCE:
            unit = Unit.SENTENCE
        elif granularity is Granularity.WORD and unit is Unit.CHARACTER:
            self._bridge.refused.emit("This project codes whole words: move the edge by words.")
            return
        spans = _spans(annotation)
        index = fragment_at(spans, self._reading.reader.offset)
        if index is None:
            index = len(spans) - 1 if at_end else 0
        text = project.text(project.article(annotation.article_id))
        try:
            moved = move_edge(text, spans, index, unit, at_end=at_end, outward=outward)
        except UserError as error:
            self._bridge.refused.emit(str(error))
            return
        self._bridge.apply(ChangeSpans(id=annotation.id, spans=moved))

    @Slot()
    def add_fragment(self) -> None:
        """Add the selected text to the selected annotation."""
        annotation = self._selected()
        if annotation is None:
            return
        if not self._bridge.spans:
            self._bridge.refused.emit("Select the text of the further fragment first.")
            return
        self._bridge.apply(ChangeSpans(id=annotation.id, spans=(*_spans(annotation), *self._bridge.spans)))

    @Slot()
    def remove_fragment(self) -> None:
        """Take the fragment at the caret, else the last, from the selected annotation."""
        annotation = self._selected()
        if annotation is None:
            return
        try:
            spans = without_fragment(_spans(annotation), self._reading.reader.offset)
        except UserError as error:
            self._bridge.refused.emit(str(error))
            return
        self._bridge.apply(ChangeSpans(id=annotation.id, spans=spans))

    @Slot()
    def toggle_discuss(self) -> None:
        """Flag the selected annotation for discussion, or settle it."""
        annotation = self._selected()
        if annotation is not None:
            self._bridge.apply(SetDiscuss(id=annotation.id, discuss=not annotation.discuss))

    @Slot()
    def free_granularity(self) -> None:
        """Let coders select words or, with Alt, characters."""
        self._bridge.apply(SetGranularity(granularity=Granularity.ANY))

    @Slot()
    def lock_to_characters(self) -> None:
        """Take selections as they are, character by character."""
        self._bridge.apply(SetGranularity(granularity=Granularity.CHARACTER))

    @Slot()
    def lock_to_words(self) -> None:
        """Fit every selection to whole words."""
        self._bridge.apply(SetGranularity(granularity=Granularity.WORD))

    @Slot()
    def lock_to_sentences(self) -> None:
        """Fit every selection to whole sentences."""
        self._bridge.apply(SetGranularity(granularity=Granularity.SENTENCE))

    def _selected(self) -> Annotation | None:
        project, annotation_id = self._bridge.project, self._bridge.annotation
        if project is None or annotation_id is None:
            self._bridge.refused.emit("Select an annotation first: click it, or press Alt+Down.")
            return None
        return project.annotation(annotation_id)


def _spans(annotation: Annotation) -> tuple[Span, ...]:
    return tuple(fragment.span for fragment in annotation.fragments)
