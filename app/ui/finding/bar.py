"""Find in the article: a bar below the text."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from app.domain.errors import UserError
from app.domain.progress import Progress
from app.domain.searching import Query, Searcher
from app.ui.bridge import Bridge
from app.ui.icons import tinted_icon
from app.ui.search import Search
from app.ui.theme import Theme, blend

_MOST_HITS = 10_000
_LONGEST_SELECTION = 200
"""Code points of a selected text above which it was hardly selected to be looked for."""


class Hits(NamedTuple):
    """What was found in the open article, in code points and text order; `current` is the number of one of them."""

    ranges: Sequence[tuple[int, int]]
    current: int | None


class FindBar(QWidget):
    """Asks for words, counts where they stand in the open article and goes from one place to the next."""

    hits_changed = Signal(object)
    """The `Hits` to show; a current one is to be selected."""
    left = Signal()
    """The coder is through and wants back to the text."""

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self._bridge = bridge
        self._hits: Sequence[tuple[int, int]] = ()
        self._current: int | None = None
        self._offset = self._origin = 0
        self._fresh = False
        self._step: int | None = None
        self._search = Search(self)
        self.setObjectName("find-bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._field = QLineEdit()
        self._field.setObjectName("find-field")
        self._field.setPlaceholderText("Find in the article")
        self._field.setAccessibleName("Find in the article")
        self._field.setClearButtonEnabled(True)
        self._case = _switch("Case", "Match upper and lower case")
        self._whole = _switch("Words", "Whole words only")
        self._regular = _switch("Regex", "Regular expression, within one paragraph")
        self._previous = _button("Previous hit (Shift+F3)")
        self._next = _button("Next hit (F3)")
        self._close = _button("Close (Esc)")
        self._close.setText("✕")
        self._count = QLabel()
        self._count.setObjectName("find-count")
        self._words = QLabel()
        self._words.setObjectName("find-refusal")
        self._words.setWordWrap(True)
        self._words.hide()
        self._lay_out()
        self._connect()
        self.set_theme(theme)
        self.hide()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self._field, 1)
        for widget in (self._case, self._whole, self._regular):
            row.addWidget(widget)
        row.addSpacing(8)
        for widget in (self._previous, self._next, self._count):
            row.addWidget(widget)
        row.addSpacing(8)
        row.addWidget(self._close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self._words)

    def _connect(self) -> None:
        self._field.textChanged.connect(self._on_query_changed)
        for switch in (self._case, self._whole, self._regular):
            switch.toggled.connect(self._on_query_changed)
        self._previous.clicked.connect(self.previous)
        self._next.clicked.connect(self.next)
        self._close.clicked.connect(self.leave)
        self._search.ended.connect(self._on_search_ended)
        self._bridge.article_opened.connect(self._on_article_opened)
        self._bridge.caret_moved.connect(self._on_caret_moved)

    def set_theme(self, theme: Theme) -> None:
        """Tint the icons."""
        faint = blend(theme.quiet, theme.window, 0.45)
        self._previous.setIcon(tinted_icon("previous", theme.ink, faint))
        self._next.setIcon(tinted_icon("next", theme.ink, faint))

    def open(self) -> None:
        """Show the bar with the selected text as what to look for, if there is one."""
        selected = self._selected_text()
        self._origin = self._bridge.spans[0].start if self._bridge.spans else self._offset
        self.show()
        if selected:
            # What was selected is meant as it stands there.
            self._regular.setChecked(False)
        if selected and selected != self._field.text():
            self._field.setText(selected)
        else:
            self._look(0 if selected else None)
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    @Slot()
    def next(self) -> None:
        """Go to the next hit, after the last one to the first."""
        self._go(1)

    @Slot()
    def previous(self) -> None:
        """Go to the hit before, before the first one to the last."""
        self._go(-1)

    @Slot()
    def leave(self) -> None:
        """Hide the bar; what was selected stays selected."""
        self._search.stop()
        self._fresh = False
        self.hide()
        self.hits_changed.emit(Hits((), None))
        self.left.emit()

    def wait(self) -> None:
        """Let a search that is going on come to its end."""
        self._search.wait()

    def event(self, event: QEvent) -> bool:
        """Keep Esc, which is also the key of an action, for the bar while it has the keyboard."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter, back with Shift+Enter, out with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    def _go(self, step: int) -> None:
        if not self._field.text():
            self.open()
        elif self._fresh:
            self._take(step)
        else:
            self.show()
            self._look(step)

    def _selected_text(self) -> str:
        project, article, spans = self._bridge.project, self._bridge.article, self._bridge.spans
        if project is None or article is None or len(spans) != 1 or spans[0].length > _LONGEST_SELECTION:
            return ""
        return " ".join(spans[0].quote(project.text(project.article(article))).split())

    def _look(self, step: int | None) -> None:
        """Look for the words anew and then go a step: 0 is the first hit from where looking began."""
        self._step, self._fresh = step, False
        self._hits, self._current = (), None
        project, article = self._bridge.project, self._bridge.article
        refusal = ""
        self._search.stop()
        if project is not None and article is not None and self._field.text():
            text = project.text(project.article(article))
            try:
                self._search.start(partial(_find_in, Searcher(self._query()), text))
            except UserError as error:
                refusal = str(error)
        self._words.setText(refusal)
        self._words.setVisible(bool(refusal))
        if not self._search.busy:
            self._show()

    def _query(self) -> Query:
        return Query(
            words=self._field.text(),
            whole_words=self._whole.isChecked(),
            match_case=self._case.isChecked(),
            regular=self._regular.isChecked(),
        )

    def _take(self, step: int) -> None:
        """Make another hit the current one, counted from the current one or else from the caret."""
        hits, at = self._hits, self._current
        if not hits:
            return
        if step == 0:
            number = bisect_left(hits, self._origin, key=lambda hit: hit[0])
        elif at is not None and hits[at][1] == self._offset:
            number = at + step
        elif step > 0:
            number = bisect_left(hits, self._offset, key=lambda hit: hit[0])
        else:
            start = self._bridge.spans[0].start if self._bridge.spans else self._offset
            number = bisect_right(hits, start, key=lambda hit: hit[1]) - 1
        if step and not 0 <= number < len(hits):
            self._bridge.told.emit(f"Begun again at the {'top' if step > 0 else 'end'}.")
        self._current = number % len(hits)
        self._origin = hits[self._current][0] if step else self._origin
        self._show()

    def _show(self) -> None:
        self._count.setText(self._in_words())
        for button in (self._previous, self._next):
            button.setEnabled(bool(self._hits))
        self.hits_changed.emit(Hits(self._hits, self._current))

    def _in_words(self) -> str:
        if not self._field.text() or self._words.text():
            return ""
        if not self._hits:
            return "No hit"
        count = f"{len(self._hits):,}"
        if len(self._hits) == _MOST_HITS:
            count = f"the first {count}"
        if self._current is None:
            return f"{count} hit{'' if len(self._hits) == 1 else 's'}"
        return f"{self._current + 1:,} of {count}"

    @Slot()
    def _on_query_changed(self) -> None:
        self._look(0)

    @Slot(object)
    def _on_search_ended(self, hits: list[tuple[int, int]]) -> None:
        self._hits, self._fresh = hits, True
        step, self._step = self._step, None
        if step is None or not hits:
            self._show()
        else:
            self._take(step)

    @Slot(object)
    def _on_article_opened(self, _article_id: object) -> None:
        self._offset = self._origin = 0
        self._fresh = False
        if self.isVisible():
            self._look(None)

    @Slot(int)
    def _on_caret_moved(self, offset: int) -> None:
        self._offset = offset


def _find_in(searcher: Searcher, text: str, progress: Progress) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for hit in searcher.find(text):
        progress(hit[0], len(text))
        found.append(hit)
        if len(found) == _MOST_HITS:
            break
    return found


def _switch(text: str, meaning: str) -> QToolButton:
    switch = _button(meaning)
    switch.setText(text)
    switch.setCheckable(True)
    return switch


def _button(meaning: str) -> QToolButton:
    button = QToolButton()
    button.setToolTip(meaning)
    button.setAccessibleName(meaning)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
