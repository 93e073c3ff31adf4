"""The reader as a screen reader meets it: the text, the caret, where each letter is, what is annotated there.

This is a Qt edge: offsets in these interfaces are UTF-16 units, and turned into code points at once.
"""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QObject, QPoint, QPointF, QRect, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QAccessibleInterface,
    QAccessibleTextCursorEvent,
    QAccessibleTextInterface,
    QAccessibleTextSelectionEvent,
)
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import Shiboken

from app.domain.annotations import Annotation
from app.domain.ids import AnnotationId
from app.domain.offsets import OffsetMap
from app.project.scope import shorten
from app.ui.reader.reader import Reader

_LONGEST_SELECTION = 200


class Units:
    """Turns code points of a reader's text into UTF-16 positions and back."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._text = ""
        self._map: OffsetMap | None = None

    def to_utf16(self, offset: int) -> int:
        """Return the UTF-16 position of a code point."""
        wide = self._wide()
        return offset if wide is None else wide.to_utf16(offset)

    def to_offset(self, position: int) -> int:
        """Return the code point of a UTF-16 position, cut to the text; inside a pair, the start of it."""
        wide = self._wide()
        if wide is None:
            return min(max(position, 0), len(self._reader.page.text))
        position = min(max(position, 0), wide.utf16_length)
        try:
            return wide.from_utf16(position)
        except ValueError:
            return wide.from_utf16(position - 1)

    def _wide(self) -> OffsetMap | None:
        """Return the map of a text that has characters of two units; of any other, None: both counts are one."""
        text = self._reader.page.text
        if text is not self._text:
            self._text = text
            has_pairs = not text.isascii() and len(text.encode("utf-16-le", "surrogatepass")) != 2 * len(text)
            self._map = OffsetMap(text) if has_pairs else None
        return self._map


class SpokenText(QAccessibleTextInterface):
    """The whole text of the article with its caret."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self._reader = reader
        self._units = Units(reader)

    def characterCount(self) -> int:
        """The length of the text."""
        return self._units.to_utf16(len(self._reader.page.text))

    def text(self, startOffset: int, endOffset: int) -> str:  # noqa: N803 - Qt's name
        """Return a piece of the text."""
        return self._reader.page.text[self._units.to_offset(startOffset) : self._units.to_offset(endOffset)]

    def cursorPosition(self) -> int:
        """Return where the caret is."""
        return self._units.to_utf16(self._reader.offset)

    def setCursorPosition(self, position: int) -> None:
        """Put the caret somewhere."""
        offset = self._units.to_offset(position)
        self._reader.select_range(offset, offset)

    def characterRect(self, offset: int) -> QRect:
        """Return the box of a character on the screen."""
        box = self._reader.box_of(self._units.to_offset(offset)).toAlignedRect()
        return QRect(self._reader.viewport().mapToGlobal(box.topLeft()), box.size())

    def offsetAtPoint(self, point: QPoint) -> int:
        """Return the character at a place on the screen."""
        return self._units.to_utf16(
            self._reader.offset_at(QPointF(self._reader.viewport().mapFromGlobal(point)))
        )

    def selectionCount(self) -> int:
        """Return 0, whatever is selected.

        PySide6 leaves out `selection()`, so that its offsets would be whatever lies in memory. The selection
        is told by its event and in the description.
        """
        return 0

    def addSelection(self, startOffset: int, endOffset: int) -> None:  # noqa: N803 - Qt's names
        """Select a range; there is only one selection."""
        self._reader.select_range(self._units.to_offset(startOffset), self._units.to_offset(endOffset))

    def setSelection(self, selectionIndex: int, startOffset: int, endOffset: int) -> None:  # noqa: N803
        """Select a range."""
        del selectionIndex
        self.addSelection(startOffset, endOffset)

    def removeSelection(self, selectionIndex: int) -> None:  # noqa: N803 - Qt's name
        """Select nothing."""
        del selectionIndex
        self._reader.clear_selection()

    def scrollToSubstring(self, startIndex: int, endIndex: int) -> None:  # noqa: N803 - Qt's names
        """Bring a range into sight."""
        del endIndex
        self._reader.reveal(self._units.to_offset(startIndex))


class SpokenReader(QAccessibleWidget):
    """The reader as a control: a text that can be read and selected but not changed."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(reader, QAccessible.Role.EditableText, reader.accessibleName())
        self._reader = reader
        self._text = SpokenText(reader)

    def interface_cast(self, arg__1: QAccessible.InterfaceType) -> Any:
        """Return the text; nothing is a null pointer, because PySide6 crashes over None and 0."""
        if arg__1 is QAccessible.InterfaceType.TextInterface:
            return self._text
        return super().interface_cast(arg__1) or Shiboken.VoidPtr(0)

    def state(self) -> QAccessible.State:
        """Add what distinguishes a text from any other control."""
        state = super().state()
        state.readOnly = state.multiLine = state.selectableText = True  # type: ignore[attr-defined]
        return state

    def text(self, t: QAccessible.Text) -> str:
        """Say the title as the name, and in the description what is selected and annotated at the caret."""
        if t is QAccessible.Text.Name:
            return f"{self._reader.accessibleName()}: {self._reader.title}".rstrip(": ")
        if t is QAccessible.Text.Description:
            return situation(self._reader)
        return super().text(t)


def let_reader_speak() -> None:
    """Have Qt make these interfaces for readers; once in a program."""
    QAccessible.installFactory(_make)


class Voice(QObject):
    """Tells a screen reader, while there is one, what happens in the reader."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(reader)
        self._reader = reader
        self._units = Units(reader)
        self._inside: list[AnnotationId] = []
        reader.caret_moved.connect(self._on_caret_moved)
        reader.range_selected.connect(self._on_range_selected)

    @Slot(str)
    def say(self, sentence: str) -> None:
        """Have a sentence said."""
        if sentence and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._reader, sentence))

    def tell_article(self) -> None:
        """Another article is open."""
        self._inside = []
        if QAccessible.isActive():
            self._tell(QAccessibleEvent(self._reader, QAccessible.Event.NameChanged))
            self.say(self._reader.title)

    def tell_annotation(self, annotation: Annotation) -> None:
        """An annotation was selected."""
        if QAccessible.isActive():
            quote = shorten(annotation.fragments[0].quote, _LONGEST_SELECTION)
            self.say(f"{named(self._reader, [annotation.id])}: “{quote}”")

    @Slot(int)
    def _on_caret_moved(self, offset: int) -> None:
        if not QAccessible.isActive():
            return
        self._tell(QAccessibleTextCursorEvent(self._reader, self._units.to_utf16(offset)))
        now = [each.annotation_id for each in self._reader.page.passages_at(offset)]
        left = [each for each in self._inside if each not in now]
        entered = [each for each in now if each not in self._inside]
        self._inside = now
        if left or entered:
            self._tell(QAccessibleEvent(self._reader, QAccessible.Event.DescriptionChanged))
            sides = (("Out of", left), ("In", entered))
            self.say(". ".join(f"{side} {named(self._reader, ids)}" for side, ids in sides if ids))

    @Slot(int, int)
    def _on_range_selected(self, start: int, end: int) -> None:
        if QAccessible.isActive():
            edges = self._units.to_utf16(start), self._units.to_utf16(end)
            self._tell(QAccessibleTextSelectionEvent(self._reader, *edges))

    @staticmethod
    def _tell(event: QAccessibleEvent) -> None:
        QAccessible.updateAccessibility(event)


def situation(reader: Reader) -> str:
    """Say what is selected and what is annotated where the caret is; nothing if nothing is."""
    start, end = reader.selection
    selected = (
        f"Selected: “{shorten(reader.page.text[start:end], _LONGEST_SELECTION)}”" if start < end else ""
    )
    here = named(reader, [each.annotation_id for each in reader.page.passages_at(reader.offset)])
    return ". ".join(filter(None, (selected, here and f"Annotated: {here}")))


def named(reader: Reader, annotation_ids: Iterable[AnnotationId]) -> str:
    """Name annotations by code and coder."""
    told = reader.describe(list(annotation_ids))
    return ", ".join(f"{each.path} by {each.coder}" if each.coder else each.path for each in told)


def _make(_key: str, made_for: QObject | None) -> QAccessibleInterface | None:
    return SpokenReader(made_for) if isinstance(made_for, Reader) else None
