"""Codes with keys of more than one letter: what may follow is shown beside the text while they are typed."""

from html import escape

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel

from app.domain.codebook import Code
from app.ui.bridge import Bridge
from app.ui.reader.keys import code_key
from app.ui.reader.reader import Reader

_SHOWN = 12
_MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta)


class PrefixKeys(QObject):
    """Collects the keys of a code, up to three. Esc, any other key, a click or leaving the text ends it."""

    code_typed = Signal(object)
    """The id of the code whose key is complete."""
    recode_typed = Signal(object)
    """The same with Shift held at its first letter: the selected annotation is to have this code."""

    def __init__(self, bridge: Bridge, reader: Reader) -> None:
        super().__init__(reader)
        self._bridge, self._reader = bridge, reader
        self._typed = ""
        self._recoding = False
        self.hint = QLabel(reader.viewport())
        self.hint.setObjectName("prefix-hint")
        self.hint.setTextFormat(Qt.TextFormat.RichText)
        self.hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hint.hide()
        reader.code_key_pressed.connect(self._on_code_key_pressed)
        reader.recode_key_pressed.connect(self._on_recode_key_pressed)
        reader.caret_moved.connect(self.end)
        reader.verticalScrollBar().valueChanged.connect(self.end)
        bridge.article_opened.connect(self.end)

    @Slot()
    def end(self) -> None:
        """Forget what was typed."""
        if self._typed:
            self._typed = ""
            self._reader.removeEventFilter(self)
            self.hint.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While a key is incomplete: Esc ends it and nothing else, Backspace takes a letter back."""
        kind = event.type()
        if isinstance(event, QKeyEvent) and event.key() not in _MODIFIERS:
            key = event.key()
            ours = key in (Qt.Key.Key_Escape, Qt.Key.Key_Backspace)
            if kind is QEvent.Type.ShortcutOverride and ours:
                event.accept()
                return True
            if kind is QEvent.Type.KeyPress and ours:
                self._show(self._typed[:-1] if key == Qt.Key.Key_Backspace else "")
                return True
            if kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress) and not code_key(event):
                self.end()
        elif kind is QEvent.Type.FocusOut:
            self.end()
        return super().eventFilter(watched, event)

    @Slot(str)
    def _on_code_key_pressed(self, key: str) -> None:
        self._take(key, recoding=self._recoding if self._typed else False)

    @Slot(str)
    def _on_recode_key_pressed(self, key: str) -> None:
        self._take(key, recoding=self._recoding if self._typed else True)

    def _take(self, key: str, *, recoding: bool) -> None:
        """Take one more letter; whether Shift was held counts at the first."""
        self._recoding = recoding
        typed = self._typed + key
        codes = self._following(typed)
        if not codes:
            self.end()
            self._bridge.refused.emit(f"No code has the key {typed.upper()}.")
        elif codes[0].shortcut == typed:
            self.end()
            (self.recode_typed if recoding else self.code_typed).emit(codes[0].id)
        else:
            self._show(typed)

    def _following(self, typed: str) -> list[Code]:
        """Return the codes whose keys begin so. One whose key is complete is alone: no key begins another."""
        project = self._bridge.project
        codes = project.codebook().codes if project else ()
        return [code for code in codes if code.shortcut and code.shortcut.startswith(typed)]

    def _show(self, typed: str) -> None:
        """Show what may follow, below the selected text or, where there is no room, above it."""
        if not typed:
            self.end()
            return
        if not self._typed:
            self._reader.installEventFilter(self)
        self._typed = typed
        codes = self._following(typed)
        self.hint.setText(self._as_table(typed, codes[:_SHOWN], len(codes) - _SHOWN))
        self.hint.setAccessibleName(
            ", ".join(f"{code.shortcut[len(typed) :].upper()} {code.name}" for code in codes)
        )
        self.hint.adjustSize()
        first, last = sorted(self._reader.selection)
        row = self._reader.look.row
        below, above = self._reader.place_on_screen(last), self._reader.place_on_screen(first)
        screen = self._reader.viewport().rect()
        top = below.y() + row * 0.7
        if top + self.hint.height() > screen.height():
            top = max(0.0, above.y() - row * 0.7 - self.hint.height())
        left = min(max(0.0, below.x()), max(0.0, screen.width() - self.hint.width() - 8.0))
        self.hint.move(round(left), round(top))
        self.hint.show()
        self.hint.raise_()

    def _as_table(self, typed: str, codes: list[Code], more: int) -> str:
        style = self._reader.look
        quiet = style.theme.quiet.name()
        rows = [
            f"<tr><td><span style='color: {quiet}'>{escape(typed.upper())}</span>"
            f"<b>{escape(code.shortcut[len(typed) :].upper())}</b></td>"
            f"<td style='padding-left: 10px; color: {style.codes[code.id].ink.name()}'>■</td>"
            f"<td style='padding-left: 6px'>{escape(code.name)}</td></tr>"
            for code in codes
        ]
        if more > 0:
            rows.append(f"<tr><td></td><td></td><td style='color: {quiet}'>and {more} more</td></tr>")
        return f"<table cellspacing='2'>{''.join(rows)}</table>"
