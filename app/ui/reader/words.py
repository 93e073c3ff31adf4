"""The word list as the reader needs it: what finds the terms, and the colours of their letters."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QColor

from app.domain.words import Matcher, Term
from app.system.settings import WORDS, Settings
from app.ui.bridge import Bridge, Notice
from app.ui.reader.style import TINT_SHARE, CodeLook, ReaderStyle
from app.ui.tasks import Worker
from app.ui.theme import blend, readable


class WordColours(QObject):
    """Keeps a matcher for the terms that are to be coloured; making one takes a while, so a thread does it."""

    changed = Signal()
    """`matcher` is another one."""

    def __init__(self, bridge: Bridge, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge, self._settings = bridge, settings
        self._wanted: tuple[Term, ...] = ()
        self._terms: tuple[Term, ...] = ()
        self._worker: Worker | None = None
        self.matcher: Matcher | None = None
        bridge.project_opened.connect(self.refresh)
        bridge.project_closed.connect(self.refresh)
        bridge.view_changed.connect(self.refresh)
        bridge.project_changed.connect(self._on_project_changed)

    def wait(self) -> None:
        """Let a matcher that is being made be finished."""
        if self._worker is not None:
            self._worker.wait()

    def inks(self, style: ReaderStyle) -> list[QColor]:
        """Return a colour for each term of the matcher's list that can be read on paper and under every code."""
        grounds = {
            style.theme.paper.rgb(),
            *(code_ground(look, style).rgb() for look in style.codes.values()),
        }
        return [_readable_on(QColor(term.colour), grounds) for term in self._terms]

    @Slot()
    def refresh(self) -> None:
        """Look whether other terms are to be coloured now."""
        project = self._bridge.project
        shown = project is not None and self._settings.text(WORDS) == "coloured"
        wanted = project.words() if project is not None and shown else ()
        if wanted != self._wanted:
            self._wanted = wanted
            self._begin()

    @Slot(object)
    def _on_project_changed(self, notice: Notice) -> None:
        if notice.changes.words:
            self.refresh()

    def _begin(self) -> None:
        if self._worker is not None:
            return
        terms = self._wanted
        if not any(term.on for term in terms):
            self._take(terms, None)
            return
        self._worker = Worker(lambda _progress: (terms, Matcher(terms)), self)
        self._worker.finished.connect(self._on_worker_finished)
        self._worker.start()

    @Slot()
    def _on_worker_finished(self) -> None:
        worker, self._worker = self._worker, None
        if worker is None:
            return
        worker.deleteLater()
        if worker.error is not None:
            raise worker.error
        self._take(*worker.result)
        if self._wanted != self._terms:
            # The list was changed again meanwhile.
            self._begin()

    def _take(self, terms: tuple[Term, ...], matcher: Matcher | None) -> None:
        self._terms, self.matcher = terms, matcher
        self.changed.emit()


def code_ground(look: CodeLook, style: ReaderStyle) -> QColor:
    """Return what is behind letters that one annotation covers."""
    return blend(look.tint, style.theme.paper, TINT_SHARE)


def _readable_on(colour: QColor, grounds: set[int]) -> QColor:
    for ground in grounds:
        colour = readable(colour, QColor(ground))
    return colour
