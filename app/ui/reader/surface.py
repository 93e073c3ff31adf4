"""The surface of the reader: scrolling, laying out what is visible, painting it."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice, takewhile

from PySide6.QtCore import QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from app.domain.annotations import Passage
from app.domain.ids import AnnotationId
from app.domain.words import Matcher
from app.ui.reader.caret import Caret
from app.ui.reader.header import Header
from app.ui.reader.page import Page, Spot
from app.ui.reader.painting import Highlights, Lettering, paint_block
from app.ui.reader.style import ReaderStyle

_MARGIN = 32.0
_NOTHING = "No article is open.\nFile > Import articles brings some in."


class Surface(QAbstractScrollArea):
    """Shows one article with a caret. Owns nothing but what is painted; offsets are code points."""

    def __init__(self, style: ReaderStyle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._style = style
        self._page = Page("", style, style.measure)
        self._header = Header("", "", style, style.measure)
        self._caret = Caret()
        self._caret_shown = False
        self._annotation: AnnotationId | None = None
        self._numbers: dict[AnnotationId, int] = {}
        self._matcher: Matcher | None = None
        self._inks: Sequence[QColor] = ()
        self._anchor = 0
        self._hits: Sequence[tuple[int, int]] = ()
        self._hit: tuple[int, int] | None = None
        self._apart: AbstractSet[AnnotationId] = frozenset()
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        # Always there, so that the text does not jump sideways when it grows; with nothing to scroll it is blank.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def show_article(self, text: str, title: str, about: str, passages: list[Passage], offset: int) -> None:
        """Show a text with its annotations from where the coder left off."""
        width = self._text_width()
        self._page = Page(text, self._style, width)
        self._page.set_passages(passages)
        self._page.set_matcher(self._matcher)
        self._header = Header(title, about, self._style, width)
        self._annotation = None
        self._hits, self._hit = (), None
        self._caret = Caret(min(offset, len(text)))
        self._anchor = 0
        self.verticalScrollBar().setValue(0)
        self._settle()
        if offset:
            self.reveal(self._caret.offset)

    def set_style(self, style: ReaderStyle) -> None:
        """Change the look; the text that was at the top stays there."""
        self._style = style
        self._relayout()

    def set_passages(self, passages: list[Passage]) -> None:
        """Show these annotations and no others."""
        self._page.set_passages(passages)
        self._settle()

    def set_words(self, matcher: Matcher | None, inks: Sequence[QColor]) -> None:
        """Colour the letters of what a matcher finds, each term in its ink; None colours nothing."""
        self._matcher, self._inks = matcher, inks
        self._page.set_matcher(matcher)
        self.viewport().update()

    def replace_annotation(self, annotation_id: AnnotationId, passages: list[Passage]) -> None:
        """Show one annotation where it is now: nowhere, if there are no passages."""
        height = self._page.height
        touched = self._page.replace(annotation_id, passages)
        if self._page.height != height:
            self._settle()
        else:
            self._refresh(touched)

    def single_out(self, annotation_id: AnnotationId | None) -> None:
        """Make one annotation unmistakable."""
        before, self._annotation = self._annotation, annotation_id
        self._refresh({*self._page.blocks_of(before), *self._page.blocks_of(annotation_id)})

    def show_numbers(self, annotation_ids: tuple[AnnotationId, ...]) -> None:
        """Show a number, from 1, where each of these annotations begins, and none on others."""
        self._numbers = {each: number for number, each in enumerate(annotation_ids, start=1)}
        self.viewport().update()

    def show_hits(self, ranges: Sequence[tuple[int, int]], current: int | None) -> None:
        """Outline what was found, in text order and nothing overlapping; `current` is the number of one of them."""
        self._hits = ranges
        self._hit = None if current is None else ranges[current]
        self.viewport().update()

    def show_apart(self, annotation_ids: AbstractSet[AnnotationId]) -> None:
        """Have these stand out as those on which coders differ."""
        self._apart = annotation_ids
        self.viewport().update()

    @property
    def look(self) -> ReaderStyle:
        """The style in which the text is painted."""
        return self._style

    @property
    def page(self) -> Page:
        """The article as it is laid out."""
        return self._page

    @property
    def offset(self) -> int:
        """Where the caret is."""
        return self._caret.offset

    @property
    def title(self) -> str:
        """The title of the article."""
        return self._header.title

    @property
    def selection(self) -> tuple[int, int]:
        """The selected range, empty where nothing is selected."""
        return self._caret.selection

    def reveal(self, offset: int) -> None:
        """If the line of a code point is out of sight, scroll until it is there with some room around."""
        place = self._page.place_of(offset, trailing=offset == self._caret.offset and self._caret.trailing)
        self._settle()
        top = self._body_top() + self._page.tops()[place.block] + place.row.top
        height = place.row.bottom - place.row.top
        bar, screen = self.verticalScrollBar(), self.viewport().height()
        room = min(height, (screen - height) / 2)
        if top < bar.value():
            bar.setValue(round(top - room) if place.block or place.row.start else 0)
        elif top + height > bar.value() + screen:
            bar.setValue(round(top + height + room - screen))

    def place_on_screen(self, offset: int) -> QPointF:
        """Return the middle of the caret before a code point, in the viewport's pixels."""
        place = self._page.place_of(offset, trailing=offset == self._caret.offset and self._caret.trailing)
        y = self._body_top() + self._page.tops()[place.block] + place.row.baseline
        return QPointF(self._left() + place.x, y - self._style.size * 0.3 - self.verticalScrollBar().value())

    def box_of(self, offset: int) -> QRectF:
        """Return where the character at a code point stands, in the viewport's pixels."""
        left, right = self._page.span_of_character(offset)
        place = self._page.place_of(offset)
        top = self._body_top() + place.top - self.verticalScrollBar().value()
        return QRectF(self._left() + left, top, right - left, place.row.lanes_top - place.row.top)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is visible and nothing else."""
        painter = QPainter(self.viewport())
        wanted = QRectF(event.rect())
        painter.fillRect(wanted, self._style.theme.paper)
        left, scrolled = self._left(), float(self.verticalScrollBar().value())
        if not self._page.text:
            painter.setPen(self._style.theme.quiet)
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, _NOTHING)
            return
        self._header.paint(painter, QPointF(left, _MARGIN - scrolled))
        top = scrolled - self._body_top()
        visible = self._page.lay_between(top, top + self.viewport().height())
        tops = self._page.tops()
        for index in visible:
            # On a whole pixel, so that bars and boxes look the same in every piece.
            origin = QPointF(round(left), round(self._body_top() + tops[index] - scrolled))
            laid = self._page.laid(index)
            if wanted.intersects(QRectF(0, origin.y(), self.viewport().width(), laid.height)):
                paint_block(painter, laid, origin, self._style, self._highlights(index), wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the measure, and the text that was at the top."""
        super().resizeEvent(event)
        if self._text_width() != self._header.width:
            self._relayout()
        else:
            self._settle()

    def _highlights(self, index: int) -> Highlights:
        blocks, block = self._page.blocks, self._page.blocks[index]
        start, end = self._caret.selection
        selected = None
        if start < end and start <= block.end and block.start < end:
            selected = blocks.to_local(index, start), blocks.to_local(index, end)
        at, trailing = self._caret.offset, self._caret.trailing
        caret = None
        if self._caret_shown and self.hasFocus() and blocks.at(at, trailing=trailing) == index:
            caret = blocks.to_local(index, at)
        words = [Lettering(hit.start, hit.end, self._inks[hit.term]) for hit in self._page.hits(index)]
        return Highlights(
            selected,
            self._annotation,
            caret,
            trailing,
            words,
            self._numbers,
            self._hits_in(index),
            self._apart,
        )

    def _hits_in(self, index: int) -> list[tuple[int, int, bool]]:
        blocks, block = self._page.blocks, self._page.blocks[index]
        first = bisect_right(self._hits, block.start, key=lambda hit: hit[1])
        here = takewhile(lambda hit: hit[0] < block.end, islice(self._hits, first, None))
        return [
            (blocks.to_local(index, hit[0]), blocks.to_local(index, hit[1]), hit == self._hit) for hit in here
        ]

    def _relayout(self) -> None:
        block = self._anchor
        inside = self.verticalScrollBar().value() - self._body_top() - self._page.tops()[block]
        at_top = self.verticalScrollBar().value() == 0
        width = self._text_width()
        self._page.restyle(self._style, width)
        self._header = Header(self._header.title, self._header.about, self._style, width)
        self._settle()
        if not at_top:
            self.verticalScrollBar().setValue(round(self._body_top() + self._page.tops()[block] + inside))

    def _settle(self) -> None:
        """Lay out what is visible; where that moves the text that was at the top, scroll along with it."""
        bar = self.verticalScrollBar()
        before = self._page.tops()[self._anchor]
        top = bar.value() - self._body_top()
        visible = self._page.lay_between(top, top + self.viewport().height())
        moved = self._page.tops()[self._anchor] - before
        bar.blockSignals(True)
        height = self._body_top() + self._page.height + _MARGIN
        bar.setRange(0, max(0, round(height - self.viewport().height())))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(round(self._style.row))
        if moved and bar.value():
            bar.setValue(round(bar.value() + moved))
        bar.blockSignals(False)
        bar.setEnabled(bar.maximum() > 0)
        self._anchor = visible.start
        self.viewport().update()

    def _refresh(self, blocks: Iterable[int]) -> None:
        """Paint anew only what lies on these pieces, as far as the article has them."""
        tops, offset = self._page.tops(), self._body_top() - self.verticalScrollBar().value()
        for index in blocks:
            if index >= len(self._page.blocks):
                continue
            top, bottom = tops[index] + offset, tops[index + 1] + offset
            self.viewport().update(0, round(top) - 2, self.viewport().width(), round(bottom - top) + 4)

    @Slot()
    def _on_scrolled(self) -> None:
        self._settle()

    def _text_width(self) -> float:
        return max(120.0, min(self._style.measure, self.viewport().width() - 2 * _MARGIN))

    def _left(self) -> float:
        return max(_MARGIN, (self.viewport().width() - self._text_width()) / 2)

    def _body_top(self) -> float:
        return _MARGIN + self._header.height

    def spot_at(self, point: QPointF) -> Spot:
        """Return where a click at a place in the viewport puts the caret."""
        return self._page.spot_at(*self._on_page(point))

    def offset_at(self, point: QPointF) -> int:
        """Return the code point before which a place in the viewport puts the caret."""
        return self.spot_at(point).offset

    def _character_under(self, point: QPointF) -> int | None:
        """Return the code point that is drawn at a place in the viewport, or None."""
        return self._page.character_under(*self._on_page(point))

    def _passages_under(self, point: QPointF) -> list[Passage]:
        """Return what is annotated at a place in the viewport, the shortest first."""
        x, y = self._on_page(point)
        return self._page.passages_under(x, y) if 0 <= y < self._page.height else []

    def _on_page(self, point: QPointF) -> tuple[float, float]:
        return point.x() - self._left(), point.y() + self.verticalScrollBar().value() - self._body_top()
