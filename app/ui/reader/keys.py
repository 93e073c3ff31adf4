"""Which key moves the caret where, as each system has it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from app.ui.reader.caret import Move

_Key = QKeySequence.StandardKey

_MOVES = {
    _Key.MoveToPreviousChar: (Move.LEFT, False),
    _Key.MoveToNextChar: (Move.RIGHT, False),
    _Key.MoveToPreviousWord: (Move.WORD_LEFT, False),
    _Key.MoveToNextWord: (Move.WORD_RIGHT, False),
    _Key.MoveToPreviousLine: (Move.UP, False),
    _Key.MoveToNextLine: (Move.DOWN, False),
    _Key.MoveToPreviousPage: (Move.PAGE_UP, False),
    _Key.MoveToNextPage: (Move.PAGE_DOWN, False),
    _Key.MoveToStartOfLine: (Move.LINE_START, False),
    _Key.MoveToEndOfLine: (Move.LINE_END, False),
    _Key.MoveToStartOfDocument: (Move.START, False),
    _Key.MoveToEndOfDocument: (Move.END, False),
    _Key.SelectPreviousChar: (Move.LEFT, True),
    _Key.SelectNextChar: (Move.RIGHT, True),
    _Key.SelectPreviousWord: (Move.WORD_LEFT, True),
    _Key.SelectNextWord: (Move.WORD_RIGHT, True),
    _Key.SelectPreviousLine: (Move.UP, True),
    _Key.SelectNextLine: (Move.DOWN, True),
    _Key.SelectPreviousPage: (Move.PAGE_UP, True),
    _Key.SelectNextPage: (Move.PAGE_DOWN, True),
    _Key.SelectStartOfLine: (Move.LINE_START, True),
    _Key.SelectEndOfLine: (Move.LINE_END, True),
    _Key.SelectStartOfDocument: (Move.START, True),
    _Key.SelectEndOfDocument: (Move.END, True),
}

_WITH_CONTROL = {
    Qt.Key.Key_Up: Move.PARAGRAPH_UP,
    Qt.Key.Key_Down: Move.PARAGRAPH_DOWN,
    Qt.Key.Key_Comma: Move.SENTENCE_LEFT,
    Qt.Key.Key_Less: Move.SENTENCE_LEFT,
    Qt.Key.Key_Period: Move.SENTENCE_RIGHT,
    Qt.Key.Key_Greater: Move.SENTENCE_RIGHT,
}
"""With Shift held, some keyboards call comma and period “less” and “greater”."""

_CODING_MODIFIERS = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier


def movement(event: QKeyEvent) -> tuple[Move, bool] | None:
    """Return the movement a key asks for and whether it selects, or None."""
    for standard, move in _MOVES.items():
        if event.matches(standard):
            return move
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    move = _WITH_CONTROL.get(Qt.Key(event.key()))
    if move is not None and held in (control, control | shift):
        return move, bool(held & shift)
    return None


def code_key(event: QKeyEvent) -> str:
    """Return the letter or digit that was typed without a modifier but Shift, or nothing."""
    text = event.text().lower()
    plain = not event.modifiers() & ~_CODING_MODIFIERS
    return text if plain and len(text) == 1 and text.isalnum() else ""
