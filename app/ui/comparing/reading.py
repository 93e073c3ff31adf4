"""The article with everybody's work in lanes of their own. It can be read and pointed at, and nothing else."""

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.domain.articles import Article
from app.domain.codebook import Codebook
from app.domain.comparing import CodedSpan
from app.domain.ids import AnnotationId, CoderId
from app.domain.side_by_side import Site
from app.project.site_words import Compared, compared
from app.system.settings import Settings
from app.ui.comparing.coders import CodersPanel
from app.ui.comparing.outcome import NOTHING, Outcome
from app.ui.reader.header import about
from app.ui.reader.lanes import LanesByCoder
from app.ui.reader.reader import Reader
from app.ui.reader.spoken import Voice
from app.ui.reader.style import make_style
from app.ui.reader.telling import Told
from app.ui.theme import Theme


class Reading(QObject):
    """Shows one outcome in a reader, and says which place somebody points at."""

    place_pointed = Signal(object)
    """The `Site` at the caret or of the annotation that was clicked."""
    step_wanted = Signal(int)
    """1 for the next place, -1 for the one before."""

    def __init__(self, settings: Settings, theme: Theme, coders: CodersPanel, parent: QWidget) -> None:
        super().__init__(parent)
        self._settings, self._coders = settings, coders
        self._codebook = Codebook()
        self._outcome: Outcome = NOTHING
        self.reader = Reader(make_style(settings, theme, self._codebook), self._describe, parent)
        self.reader.setObjectName("comparing-reader")
        self.voice = Voice(self.reader)
        self.reader.annotation_picked.connect(self._on_annotation_picked)
        self.reader.caret_moved.connect(self._on_caret_moved)
        self.reader.code_key_pressed.connect(self._on_key_pressed)

    def restyle(self, theme: Theme, codebook: Codebook, marks: Mapping[CoderId, str]) -> None:
        """Show the text as settings, theme and codebook are, with the coders in the order of their marks."""
        self._codebook = codebook
        style = make_style(self._settings, theme, codebook)
        self.reader.set_style(style._replace(coders=marks, lanes=LanesByCoder(tuple(marks))))

    def show_article(self, text: str, article: Article | None) -> None:
        """Show a text without anybody's work."""
        self._outcome = NOTHING
        title = article.title if article else ""
        self.reader.show_article(text, title, about(article) if article else "", [], 0)
        self.voice.tell_article()

    def show_outcome(self, outcome: Outcome) -> None:
        """Show what everybody did."""
        self._outcome = outcome
        self.reader.show_apart(outcome.apart)
        self.reader.set_passages(outcome.passages)

    def show_place(self, start: int, end: int) -> None:
        """Frame a place, bring it into sight and put the caret there."""
        self.reader.show_hits(((start, end),), 0)
        self.reader.blockSignals(True)
        self.reader.select_range(start, start)
        self.reader.blockSignals(False)
        # The end first: what is too long for the window is shown from its start.
        self.reader.reveal(end)
        self.reader.reveal(start)

    def frame(self, site: Site | None) -> None:
        """Frame a place without moving the text, or none."""
        self.reader.show_hits(((site.start, site.end),) if site else (), 0 if site else None)

    def _describe(self, annotation_ids: Sequence[AnnotationId]) -> list[Told]:
        """Tell of the places of some annotations, each once with all of its coders."""
        outcome, told = self._outcome, dict[int, Told]()
        for annotation_id in annotation_ids:
            site = outcome.site_of.get(annotation_id)
            if site is not None and id(site) not in told:
                told[id(site)] = self._told(site)
        if told or len(outcome.shown) != 1:
            return list(told.values())
        # One coder alone has no places.
        who = self._coders.name(outcome.shown[0])
        spans = [outcome.spans[each] for each in annotation_ids]
        return [
            Told(span.code, self._codebook.code(span.code).name, who, span.quote, (), "", discuss=False)
            for span in spans
        ]

    def _told(self, site: Site) -> Told:
        """Put a place into words, side by side; what differs is marked."""
        rows = compared(site, self._codebook, self._outcome.spans)
        codes = dict.fromkeys(self._codebook.code(each.code).name for each in _spans(site))
        return Told(
            code_id=next(iter(_spans(site))).code,
            path=" / ".join(codes) if site.agreed else f"≠ {' / '.join(codes)}",
            coder=", ".join(self._coders.name(each) for each, mine in site.spans.items() if mine),
            quote=self.reader.page.text[site.start : site.end],
            answers=tuple(map(self._side_by_side, rows)),
            memo="",
            discuss=False,
        )

    def _side_by_side(self, row: Compared) -> tuple[str, str]:
        if not row.differs:
            return row.question, row.answers[0][0]
        said = (f"{self._coders.marks_of(coders)}: {words}" for words, coders in row.answers)
        return f"≠ {row.question}", "  ·  ".join(said)

    @Slot(object)
    def _on_annotation_picked(self, annotation_id: AnnotationId | None) -> None:
        self.reader.single_out(annotation_id)
        site = self._outcome.site_of.get(annotation_id) if annotation_id else None
        if site is not None:
            self.place_pointed.emit(site)

    @Slot(int)
    def _on_caret_moved(self, offset: int) -> None:
        here = self.reader.page.passages_at(offset)
        site = self._outcome.site_of.get(here[0].annotation_id) if here else None
        if site is not None:
            self.place_pointed.emit(site)

    @Slot(str)
    def _on_key_pressed(self, key: str) -> None:
        if key in ("n", "p"):
            self.step_wanted.emit(1 if key == "n" else -1)


def _spans(site: Site) -> Iterator[CodedSpan]:
    return (span for mine in site.spans.values() for span in mine)
