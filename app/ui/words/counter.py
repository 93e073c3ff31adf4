"""How often each term stands in an article, counted in a thread of its own."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.ids import TermId
from app.domain.pieces import pieces
from app.domain.progress import Cancelled, Progress
from app.domain.words import Matcher, Term
from app.ui.tasks import Worker


class _Wish(NamedTuple):
    """What is to be counted where."""

    text: str
    terms: tuple[Term, ...]


class WordCounter(QObject):
    """Counts terms in a text; what was asked for last is what is told."""

    counted = Signal(object)
    """A mapping from the id of each term to its count, None for one that takes too long."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._worker: Worker | None = None
        self._wish: _Wish | None = None
        self._begun: _Wish | None = None

    def count(self, text: str, terms: Sequence[Term]) -> None:
        """Count anew, terms that are switched off included."""
        self._wish = _Wish(text, tuple(term.model_copy(update={"on": True}) for term in terms))
        if self._worker is None:
            self._begin(self._wish)
        else:
            self._worker.stop()

    def wait(self) -> None:
        """Stop counting, and let the thread come to its end."""
        self._wish = None
        if self._worker is not None:
            self._worker.stop()
            self._worker.wait()

    def _begin(self, wish: _Wish) -> None:
        self._begun = wish
        self._worker = Worker(lambda progress: _count(wish, progress), self)
        self._worker.finished.connect(self._on_worker_finished)
        self._worker.start()

    @Slot()
    def _on_worker_finished(self) -> None:
        worker, self._worker = self._worker, None
        if worker is None:
            return
        worker.deleteLater()
        if worker.error is not None and not isinstance(worker.error, Cancelled):
            raise worker.error
        if self._wish is None:
            return
        if self._wish is not self._begun:
            self._begin(self._wish)
        else:
            counts: Mapping[TermId, int | None] = worker.result
            self.counted.emit(counts)


def _count(wish: _Wish, progress: Progress) -> dict[TermId, int | None]:
    matcher = Matcher(wish.terms)
    counts = [0] * len(wish.terms)
    for piece in pieces(wish.text):
        progress(piece.start, len(wish.text))
        text = wish.text[piece.start : piece.end]
        for number in range(len(wish.terms)):
            counts[number] += len(matcher.ranges(number, text))
    return {
        term.id: None if number in matcher.given_up else counts[number]
        for number, term in enumerate(wish.terms)
    }
