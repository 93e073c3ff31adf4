"""The files on the table: read, read again another way, compared, and let in. All of it in tasks."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.domain.articles import Draft
from app.domain.changes import Changes
from app.domain.progress import Progress, unheard
from app.exchange.formats import ReadOptions
from app.project.import_report import FileReport
from app.project.importing import (
    FileRead,
    Staged,
    files_below,
    gather,
    read_file,
    read_files,
)
from app.project.near import Near, find_near, reasons, to_leave_out
from app.project.project import Project
from app.ui.bridge import Bridge
from app.ui.search import Search
from app.ui.tasks import TaskRunner


class _Found(NamedTuple):
    """What a task gave: all that was read, what of it may enter, reports on folders, and sentences to be said."""

    reads: list[FileRead]
    staged: Staged
    folders: tuple[FileReport, ...]
    empty: Sequence[str]


class Intake(QObject):
    """What was read for an import, and what the lead decided. It enters only when asked."""

    changed = Signal()
    """Other files are on the table, or one was read another way."""
    compared = Signal()
    """The comparison has begun, ended or was stopped, or a decision was made."""
    entered = Signal(object)
    """The `Staged` that is in the project now."""
    refused = Signal(str)
    """A sentence: something could not be done."""

    def __init__(self, bridge: Bridge, project: Project, parent: QWidget) -> None:
        super().__init__(parent)
        self._bridge, self._project = bridge, project
        self._known = project.titles_by_hash()
        self._tasks = TaskRunner(parent)
        self._tasks.refused.connect(self.refused)
        self._search = Search(self)
        self._search.ended.connect(self._on_search_ended)
        self._search.failed.connect(self._on_search_failed)
        self.reads: list[FileRead] = []
        self.staged = Staged(drafts=(), reports=())
        self.pairs: tuple[Near, ...] = ()
        """For each new article that is much like another, the pair with the one it is most like."""
        self.left_out: frozenset[int] = frozenset()
        self.complete = True
        """Whether all new articles were compared."""
        self._all_pairs: tuple[Near, ...] = ()
        self._folders: tuple[FileReport, ...] = ()

    @property
    def path(self) -> Path:
        """The project that the articles are for."""
        return self._project.path

    @property
    def comparing(self) -> bool:
        """Whether new articles are still being compared."""
        return self._search.busy

    @property
    def count(self) -> int:
        """How many articles would enter."""
        return len(self.staged.drafts) - len(self.left_out)

    def drafts_of(self, number: int) -> Sequence[Draft]:
        """Return every article of a file, also those that are there already."""
        reading = self.reads[number].reading
        return reading.drafts if reading else ()

    def add(self, paths: Sequence[Path]) -> None:
        """Read files and folders and put them on the table; those that lie there already are passed over."""
        there = {read.path for read in self.reads}
        reads, known = list(self.reads), self._known
        folders = {each.path: each for each in self._folders}

        def work(progress: Progress) -> _Found:
            below = files_below(paths)
            new = read_files([path for path in below.files if path not in there], progress=progress)
            both, told = [*reads, *new], below.reports()
            folders.update((each.path, each) for each in told if not each.error)
            return _found(both, known, tuple(folders.values()), [each.error for each in told if each.error])

        self._tasks.run("Reading…", work, self._take)

    def read_again(self, wishes: dict[int, ReadOptions]) -> None:
        """Read some files with other options."""
        reads, known, folders = list(self.reads), self._known, self._folders

        def work(progress: Progress) -> _Found:
            for at, (number, options) in enumerate(wishes.items()):
                progress(at, len(wishes))
                heard = progress if len(wishes) == 1 else unheard
                reads[number] = read_file(reads[number].path, options=options, progress=heard)
            return _found(reads, known, folders)

        self._tasks.run("Reading…", work, self._take)

    def remove(self, number: int) -> None:
        """Take a file from the table."""
        reads, known = [read for at, read in enumerate(self.reads) if at != number], self._known
        kept = tuple(
            each for each in self._folders if any(read.path.is_relative_to(each.path) for read in reads)
        )
        self._tasks.run("Reading…", lambda _progress: _found(reads, known, kept), self._take)

    def stop_comparing(self) -> None:
        """Do without the comparison."""
        self._search.stop()
        self.compared.emit()

    def take(self, number: int, *, take: bool) -> None:
        """Decide on a new article that is much like another."""
        self.left_out = self.left_out - {number} if take else self.left_out | {number}
        self.compared.emit()

    def take_all(self, *, take: bool) -> None:
        """Decide on all; if they are to be left out, one of each story stays."""
        self.left_out = frozenset() if take else frozenset(to_leave_out(self._all_pairs))
        self.compared.emit()

    def enter(self) -> None:
        """Let the articles in, as one step; when that is done, say so."""
        wanted = self._decided()
        command = wanted.command
        if command is None:
            return
        project = self._project

        def then(_changes: Changes) -> None:
            self.entered.emit(wanted)

        def enter(progress: Progress) -> Changes:
            return project.apply(command, progress)

        self._tasks.run("Importing…", enter, then, settle=self._bridge.tell)

    def wait(self) -> None:
        """End what goes on in the background; for closing."""
        self._search.wait()
        self._tasks.wait()

    def _decided(self) -> Staged:
        by_number = {at: pair.in_words() for at, pair in reasons(self._all_pairs, self.left_out).items()}
        taken = {at: words for at, words in by_number.items() if at not in self.left_out}
        left_out = {at: by_number[at] for at in self.left_out}
        return self.staged.flagging(taken).leaving_out(left_out)

    def _take(self, found: _Found) -> None:
        self.reads, self.staged, self._folders, empty = found
        self.pairs = self._all_pairs = ()
        self.left_out = frozenset()
        drafts, path = self.staged.drafts, self._project.path
        self.complete = not drafts
        if drafts:
            self._search.start(lambda progress: find_near(drafts, path, progress))
        else:
            self._search.stop()
        self.changed.emit()
        self.compared.emit()
        if empty:
            self.refused.emit("\n".join(empty))

    @Slot(object)
    def _on_search_ended(self, pairs: tuple[Near, ...]) -> None:
        self._all_pairs, self.complete = pairs, True
        first: dict[int, Near] = {}
        for pair in pairs:
            first.setdefault(pair.number, pair)
        self.pairs = tuple(first.values())
        self.compared.emit()

    @Slot(str)
    def _on_search_failed(self, sentence: str) -> None:
        self.compared.emit()
        self.refused.emit(sentence)

    def report_of(self, number: int) -> FileReport:
        """Return what there is to say of a file."""
        return self.staged.reports[number]


def _found(
    reads: list[FileRead],
    known: Mapping[str, str],
    folders: tuple[FileReport, ...],
    empty: Sequence[str] = (),
) -> _Found:
    return _Found(reads, gather(reads, known).telling(folders), folders, empty)
