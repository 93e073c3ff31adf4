"""The caret in a text that nobody can change: where each movement leads. Offsets are code points."""

from enum import Enum, auto

from app.domain.segmentation import (
    next_sentence,
    next_word,
    next_word_end,
    previous_sentence,
    previous_word,
)
from app.ui.reader.page import Page, Spot


class Move(Enum):
    """Every movement of the caret."""

    LEFT = auto()
    RIGHT = auto()
    WORD_LEFT = auto()
    WORD_RIGHT = auto()
    UP = auto()
    DOWN = auto()
    PAGE_UP = auto()
    PAGE_DOWN = auto()
    LINE_START = auto()
    LINE_END = auto()
    SENTENCE_LEFT = auto()
    SENTENCE_RIGHT = auto()
    PARAGRAPH_UP = auto()
    PARAGRAPH_DOWN = auto()
    START = auto()
    END = auto()


_VERTICAL = {Move.UP, Move.DOWN, Move.PAGE_UP, Move.PAGE_DOWN}


class Caret:
    """A caret and the anchor of a selection in one page."""

    def __init__(self, offset: int = 0) -> None:
        self.offset = offset
        self.anchor = offset
        self.trailing = False
        """Whether it stands at the end of a wrapped line and not where the next one starts, as `Spot` has it."""
        self._column: float | None = None

    @property
    def selection(self) -> tuple[int, int]:
        """The selected range `[start, end)`, empty where caret and anchor meet."""
        return min(self.anchor, self.offset), max(self.anchor, self.offset)

    def put(self, offset: int, *, trailing: bool = False, keep_anchor: bool = False) -> None:
        """Put the caret somewhere; without `keep_anchor` the selection ends."""
        self.offset, self.trailing = offset, trailing
        if not keep_anchor:
            self.anchor = offset
        self._column = None

    def select(self, start: int, end: int, *, trailing: bool = False) -> None:
        """Select a range, the caret at its end."""
        self.anchor, self.offset, self.trailing = start, end, trailing
        self._column = None

    def move(self, page: Page, move: Move, *, selecting: bool, screen: float) -> None:
        """Move; `selecting` keeps the anchor, `screen` is the height of what is visible.

        Without `selecting`, a step to the side leads to that edge of what was selected.
        """
        start, end = self.selection
        if move in _VERTICAL:
            self._move_vertically(page, move, screen, keep_anchor=selecting)
        elif not selecting and start != end and move in (Move.LEFT, Move.RIGHT):
            self.put(start if move is Move.LEFT else end)
        elif move in (Move.LINE_START, Move.LINE_END):
            spot = page.line_edge(Spot(self.offset, self.trailing), end=move is Move.LINE_END)
            self.put(spot.offset, trailing=spot.trailing, keep_anchor=selecting)
        else:
            self.put(_target(page, move, self.offset, selecting=selecting), keep_anchor=selecting)

    def _move_vertically(self, page: Page, move: Move, screen: float, *, keep_anchor: bool) -> None:
        place = page.place_of(self.offset, trailing=self.trailing)
        column = place.x if self._column is None else self._column
        match move:
            case Move.UP | Move.DOWN:
                y = page.neighbouring_row(Spot(self.offset, self.trailing), below=move is Move.DOWN)
            case Move.PAGE_UP:
                y = place.top - screen * 0.9
            case _:
                y = place.top + screen * 0.9
        if y is None or not 0 <= y <= page.height:
            target = Spot(0 if move in (Move.UP, Move.PAGE_UP) else len(page.text))
        else:
            target = page.spot_at(column, y)
        self.put(target.offset, trailing=target.trailing, keep_anchor=keep_anchor)
        self._column = column


def _target(page: Page, move: Move, offset: int, *, selecting: bool) -> int:
    text = page.text
    match move:
        case Move.LEFT | Move.RIGHT:
            return _step(page, offset, rightwards=move is Move.RIGHT)
        case Move.WORD_LEFT | Move.WORD_RIGHT:
            forwards = (move is Move.WORD_RIGHT) != page.laid(page.blocks.at(offset)).right_to_left
            if not forwards:
                return previous_word(text, offset)
            # A selection ends with its word: what follows, often a quotation mark, is not wanted in it.
            return next_word_end(text, offset) if selecting else next_word(text, offset)
        case Move.SENTENCE_LEFT:
            return previous_sentence(text, offset)
        case Move.SENTENCE_RIGHT:
            return next_sentence(text, offset)
        case Move.PARAGRAPH_UP:
            line = text.rfind("\n", 0, max(0, offset - 1))
            while line > 0 and text[line - 1] == "\n":
                line = text.rfind("\n", 0, line)
            return line + 1 if offset > 0 else 0
        case Move.PARAGRAPH_DOWN:
            line = text.find("\n", offset)
            while 0 <= line < len(text) and text[line] == "\n":
                line += 1
            return line if line >= 0 else len(text)
        case Move.START:
            return 0
        case _:
            return len(text)


def _step(page: Page, offset: int, *, rightwards: bool) -> int:
    """Go one character as people see it, across the edges of pieces; left is left in any script."""
    index = page.blocks.at(offset)
    laid = page.laid(index)
    position = page.blocks.to_local(index, offset)
    after = (
        laid.layout.rightCursorPosition(position) if rightwards else laid.layout.leftCursorPosition(position)
    )
    if after != position:
        return page.blocks.to_offset(index, after)
    forwards = rightwards != laid.right_to_left
    block = page.blocks[index]
    if forwards:
        return min(len(page.text), block.end + 1 if block.ends_paragraph else block.end)
    return max(0, block.start - 1)
