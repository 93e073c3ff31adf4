"""Works agreement out in a thread: all values first, then one variable after the other with its intervals."""

import gc
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from app.domain.comparing import Corpus, Result, Selection, Variable, VariableKind
from app.domain.progress import Progress
from app.project.agreement import Reckoning
from app.project.agreement_measures import Wishes
from app.project.comparison import compare
from app.ui.search import Search

_PARTS = (100, 200, 1_000)
"""Where reading ends, values end and intervals end, of a thousand."""


class Asked(NamedTuple):
    """What is to be worked out, and how."""

    selection: Selection
    wishes: Wishes


class Found(NamedTuple):
    """What is compared, and values by the key of their variable; those of links and all intervals come later."""

    asked: Asked
    corpus: Corpus
    results: dict[str, list[Result]]


class Filled(NamedTuple):
    """The rows of one variable with their intervals."""

    key: str
    results: list[Result]


class _Post:
    """What the thread has put down, and how far it is, in thousandths."""

    def __init__(self) -> None:
        self.parcels: deque[Found | Filled] = deque()
        self.reached = 0
        self.looked_at = ""
        self.told = False

    def tell(self, parcel: Found | Filled) -> None:
        """Put something down; the first is always `Found`."""
        self.parcels.append(parcel)
        self.told = True


class Working(QObject):
    """Runs one reckoning at a time; a new one ends the one before."""

    found = Signal(object)
    """`Found`: all values are there."""
    filled = Signal(object)
    """`Filled`: a variable has its intervals."""
    reached = Signal(int)
    """How far it is, in thousandths."""
    ended = Signal()
    failed = Signal(str)
    """A sentence: it could not be done."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._search = Search(self)
        self._post = _Post()
        self._search.advanced.connect(self._take)
        self._search.ended.connect(self._on_ended)
        self._search.failed.connect(self.failed)

    @property
    def busy(self) -> bool:
        """Whether something is being worked out."""
        return self._search.busy

    def start(self, path: Path, asked: Asked) -> None:
        """Begin anew."""
        looked_at = self._post.looked_at
        post = self._post = _Post()
        post.looked_at = looked_at
        self._search.start(lambda progress: _work(path, asked, post, progress))

    def prefer(self, key: str) -> None:
        """Have the variable that somebody looks at worked out before the others."""
        self._post.looked_at = key

    def stop(self) -> None:
        """End what is being worked out; what was told stays."""
        self._search.stop()

    def wait(self) -> None:
        """End it and let the thread come to its end; for closing."""
        self._search.wait()

    @Slot()
    def _take(self) -> None:
        post = self._post
        while post.parcels:
            parcel = post.parcels.popleft()
            (self.found if isinstance(parcel, Found) else self.filled).emit(parcel)
        self.reached.emit(post.reached)

    @Slot()
    def _on_ended(self) -> None:
        self._take()
        self.ended.emit()


def _work(path: Path, asked: Asked, post: _Post, progress: Progress) -> None:
    def tell(part: int, done: int, total: int) -> None:
        start, end = (0, *_PARTS)[part], _PARTS[part]
        post.reached = start + (end - start) * done // max(1, total)
        # A corpus is half a million values. Whoever collects garbage need not look through them again and again, which
        # would hold up the window; what is frozen still goes when nobody needs it.
        gc.freeze()
        # Every word is a new one, because what came meanwhile is taken when it is heard.
        progress(post.reached, _PARTS[-1])

    corpus = compare(path, asked.selection, lambda done, total: tell(0, done, total))
    variables: Sequence[Variable] = corpus.variables if corpus.articles else ()
    # Gamma takes longer than all else, so that it comes with the intervals.
    bare = Reckoning(corpus, asked.wishes.model_copy(update={"rounds": 0, "gamma": False}))
    results: dict[str, list[Result]] = {}
    # Links take as long as all else together, so that nothing waits for them.
    for at, variable in enumerate(sorted(variables, key=_is_link)):
        tell(1, at, len(variables))
        if _is_link(variable) and not post.told:
            post.tell(Found(asked, corpus, dict(results)))
        results[variable.key] = list(bare.of(variable))
        if post.told:
            post.tell(Filled(variable.key, results[variable.key]))
    if not post.told:
        post.tell(Found(asked, corpus, dict(results)))
    if asked.wishes.rounds or asked.wishes.gamma:
        _fill(Reckoning(corpus, asked.wishes), variables, results, post, lambda done, of: tell(2, done, of))


def _fill(
    reckoning: Reckoning,
    variables: Sequence[Variable],
    bare: Mapping[str, Sequence[Result]],
    post: _Post,
    tell: Progress,
) -> None:
    """Put down intervals: first those of all headlines, then the rest, the variable that is looked at before others."""
    waiting = {each.key: reckoning.of(each) for each in variables}
    rows: dict[str, list[Result]] = {}
    steps, done = 2 * len(waiting), 0
    while len(rows) < len(waiting):
        key = _next(post.looked_at, [each for each in waiting if each not in rows])
        rows[key] = [next(waiting[key])]
        post.tell(Filled(key, [*rows[key], *bare[key][1:]]))
        done += 1
        tell(done, steps)
    while waiting:
        key = _next(post.looked_at, list(waiting))
        for result in waiting.pop(key):
            rows[key].append(result)
            tell(done, steps)
        post.tell(Filled(key, rows[key]))
        done += 1
        tell(done, steps)


def _is_link(variable: Variable) -> bool:
    return variable.kind is VariableKind.LINK


def _next(wanted: str, waiting: Sequence[str]) -> str:
    return wanted if wanted in waiting else waiting[0]
