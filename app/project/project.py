"""An open project: verbs in, Changes out; questions answered in between."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import Any, Self

from app import __version__
from app.domain.annotations import Annotation, Passage
from app.domain.articles import Article, ArticleLine
from app.domain.changes import Changes
from app.domain.codebook import Codebook
from app.domain.coders import Coder
from app.domain.entities import Entity
from app.domain.errors import UserError
from app.domain.ids import AnnotationId, ArticleId, CoderId, ProjectId
from app.domain.progress import Progress, unheard
from app.domain.reviews import OpenQuestion, Review
from app.domain.segmentation import Granularity
from app.domain.steps import StepRecord
from app.domain.times import now
from app.domain.words import Term
from app.project.collection import Collection
from app.project.commands import Command
from app.project.designing import Design
from app.project.history import History
from app.project.merge_report import MergeReport
from app.project.merging import plan_merge
from app.project.openness import open_questions
from app.project.register import Register
from app.project.scope import Scope
from app.project.study import check_codebook
from app.project.verbs import VERBS, changes_of
from app.project.versions import CodebookVersions
from app.storage.journal import OpenStep
from app.storage.packets import Packet
from app.storage.project_file import ProjectFile, ProjectRow
from app.system.locks import FileLock
from app.system.paths import Places


class Project:
    """An open project file with somebody at work in it.

    Verbs may be called from one other thread while the first one waits; queries belong to the first.
    """

    def __init__(self, file: ProjectFile, lock: FileLock | None, *, held_by: str = "") -> None:
        self._file = file
        self._lock = lock
        self._scope = Scope(file)
        self._turn = RLock()
        self._passages: tuple[ArticleId, list[Passage]] | None = None
        self._annotations: dict[AnnotationId, Annotation] = {}
        self.register = Register(self._scope)
        self.design = Design(self._scope, self._turn)
        self.versions = CodebookVersions(self._scope, self._turn)
        self.collection = Collection(self._scope)
        """Questions on the articles as a whole."""
        self.held_by = held_by
        self.steps = History(self._scope)
        """Questions on the history beyond the newest steps."""

    @classmethod
    def create(cls, path: Path, places: Places, *, name: str = "") -> Self:
        """Make a new project file and open it; UserError if something is there already."""
        _check_home(places)
        ProjectFile.create(path, name=name or path.stem, program=__version__).close()
        return cls.open(path, places)

    @classmethod
    def open(cls, path: Path, places: Places, *, who: str = "", read_only: bool = False) -> Self:
        """Open a project file for `who`.

        Where another window has it, or the file may not be written, it opens for reading only and `held_by`
        says why.
        """
        if not read_only and path.is_file():
            _check_home(places)
            lock = FileLock(path, places.locks)
            holder = lock.acquire(who)
            reason = f"open in {holder}" if holder else _why_not_writable(path)
            if not reason:
                return cls._open_writable(path, places, lock)
            lock.release()
            return cls(ProjectFile.open(path, program=__version__, read_only=True), None, held_by=reason)
        return cls(ProjectFile.open(path, program=__version__, read_only=True), None)

    @classmethod
    def _open_writable(cls, path: Path, places: Places, lock: FileLock) -> Self:
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        backup = places.backups / "before-renewal" / f"{path.stem}-{stamp}{path.suffix}"
        try:
            return cls(ProjectFile.open(path, program=__version__, backup=backup), lock)
        except BaseException:
            lock.release()
            raise

    def close(self) -> None:
        """Close the file and let others have it."""
        self._file.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    @property
    def quarantine(self) -> frozenset[AnnotationId]:
        """Annotations that queries on articles leave out, because their quotes do not fit the text."""
        return self._scope.quarantine

    @quarantine.setter
    def quarantine(self, misfits: frozenset[AnnotationId]) -> None:
        self._scope.quarantine = misfits

    @property
    def path(self) -> Path:
        """The project file."""
        return self._file.path

    @property
    def read_only(self) -> bool:
        """True where every verb is refused."""
        return self._file.read_only

    @property
    def coder(self) -> Coder | None:
        """Who is at work, if anybody said."""
        return self._scope.coder

    def sign_in(self, coder: Coder | None) -> None:
        """Say who is at work; the file learns of it with that coder's first step."""
        self._scope.coder = coder

    def apply(self, command: Command, progress: Progress = unheard) -> Changes:
        """Grant one command as one step: all of it, saved, or a UserError and nothing.

        Long verbs tell `progress` how far they are; what it raises takes everything back.
        """
        with self._turn:
            verb = VERBS[type(command)]
            self._scope.progress = progress
            try:
                with self._file.step("", self._coder_id()) as step:
                    step.name = verb(self._scope, command)
            finally:
                self._scope.progress = unheard
            return self._changes(step)

    def stage_merge(self, paths: Sequence[Path], progress: Progress = unheard) -> MergeReport:
        """Tell what a merge of returned files would do; nothing is written. May be asked in another thread."""
        with self._turn:
            return plan_merge(self._scope, paths, progress).report

    def undo(self) -> Changes:
        """Take back the newest step; UserError if there is none."""
        with self._turn:
            return self._changes(self._file.undo(self._coder_id()))

    def redo(self) -> Changes:
        """Do again what was undone last; UserError if there is nothing."""
        with self._turn:
            return self._changes(self._file.redo(self._coder_id()))

    def undoable(self) -> str:
        """The name of the step that `undo` would take back; nothing if there is none of the coder at work."""
        step = None if self.read_only else self._file.journal.undoable()
        return step.name if step and step.coder_id == self._coder_id() else ""

    def redoable(self) -> str:
        """The name of the step that `redo` would do again; nothing if there is none of the coder at work."""
        step = None if self.read_only else self._file.journal.redoable()
        return step.name if step and step.coder_id == self._coder_id() else ""

    def history(self, limit: int = -1) -> list[StepRecord]:
        """Return the steps, the newest first."""
        return list(self._file.journal.history(limit))

    def step_count(self) -> int:
        """A number that grows with every step."""
        return self._file.journal.count()

    def visit(self, article_id: ArticleId, *, seconds: float, offset: int) -> None:
        """Note that the coder at work spent `seconds` more in an article and left off at code point `offset`."""
        coder = self.coder
        if coder is None or self.read_only:
            return
        with self._turn:
            review = self._file.reviews.get(article_id, coder.id)
            with self._file.quietly():
                self._file.reviews.write_visit(
                    review.model_copy(
                        update={
                            "opened_at": review.opened_at or now(),
                            "seconds": review.seconds + seconds,
                            "offset": offset,
                        }
                    )
                )

    def about(self) -> ProjectRow:
        """Id, name, date and granularity of the project."""
        return self._file.project()

    def packet(self) -> Packet | None:
        """Whose copy this file is; None for a project that is no copy for a coder."""
        return self._file.packets.read()

    def file_id(self) -> ProjectId:
        """What this file and its backups are known by: that of the copy, or that of the study."""
        packet = self.packet()
        return ProjectId(packet.id) if packet else self.about().id

    def granularity(self) -> Granularity:
        """What selections in this project are fitted to."""
        found = self._file.project().granularity
        return Granularity(found) if found in list(Granularity) else Granularity.ANY

    def codebook(self) -> Codebook:
        """The codebook as it stands."""
        return self._scope.codebook()

    def codebook_refusal(self, codebook: Codebook) -> str:
        """Why this could not become the project's codebook; empty if it could. May be asked in another thread."""
        with self._turn:
            try:
                check_codebook(self._scope, codebook)
            except UserError as error:
                return str(error)
            return ""

    def articles(self) -> list[Article]:
        """The articles in the coder's order."""
        return list(self._file.articles)

    def article_lines(self) -> list[ArticleLine]:
        """The articles in the coder's order, as light tuples, with how far the coder at work is."""
        return list(self._file.articles.lines(self._coder_id()))

    def article_line(self, article_id: ArticleId) -> ArticleLine | None:
        """One article as a light tuple with how far the coder at work is; None if it is gone."""
        return next(self._file.articles.lines(self._coder_id(), article_id), None)

    def where_to_begin(self) -> ArticleId | None:
        """The article that the coder at work opened last, else the first; None if there is none."""
        last = self._file.reviews.opened_last(self.coder.id) if self.coder else None
        return last or self._file.articles.first()

    def article_count(self) -> int:
        """The number of articles."""
        return self._file.articles.count()

    def article(self, article_id: ArticleId) -> Article:
        """One article; UserError if it is gone."""
        return self._scope.article(article_id)

    def text(self, article: Article) -> str:
        """The text of an article."""
        return self._scope.text(article.sha256)

    def titles_by_hash(self) -> Mapping[str, str]:
        """The title of an article for the hash of every text in the project."""
        return self._file.articles.titles_by_hash()

    def annotation(self, annotation_id: AnnotationId) -> Annotation:
        """One annotation; UserError if it is gone."""
        # One step has a dozen panels ask for the same annotation.
        if annotation_id not in self._annotations:
            self._annotations[annotation_id] = self._scope.annotation(annotation_id)
        return self._annotations[annotation_id]

    def annotations(self, article_id: ArticleId) -> list[Annotation]:
        """Every coder's annotations of one article, but those in quarantine."""
        found = self._file.annotations.of_article(article_id)
        return [each for each in found if each.id not in self.quarantine] if self.quarantine else found

    def passages(self, article_id: ArticleId) -> list[Passage]:
        """Every fragment of one article in text order, as light tuples, but those in quarantine."""
        if self._passages is None or self._passages[0] != article_id:
            self._passages = article_id, self._file.annotations.passages(article_id)
        found, apart = self._passages[1], self.quarantine
        return [each for each in found if each.annotation_id not in apart] if apart else found

    def open_questions(self, article_id: ArticleId) -> list[OpenQuestion]:
        """The required questions that the coder at work has left open in an article, those in quarantine aside."""
        return open_questions(self._scope, article_id, self._coder_id())

    def annotation_counts(self) -> dict[tuple[ArticleId, CoderId], int]:
        """The number of annotations by article and coder."""
        return self._file.annotations.counts()

    def coders(self) -> list[Coder]:
        """The coders by name."""
        return list(self._file.coders)

    def entities(self) -> list[Entity]:
        """The register of entities by name."""
        return list(self._file.entities)

    def words(self) -> tuple[Term, ...]:
        """The word list in its order."""
        return self._file.words.read()

    def review(self, article_id: ArticleId, coder_id: CoderId) -> Review:
        """One coder's state for one article."""
        return self._file.reviews.get(article_id, coder_id)

    def reviews(self) -> Iterator[Review]:
        """Every review of which there is a trace."""
        return iter(self._file.reviews)

    def contents(self, *, history: bool = False) -> dict[str, list[dict[str, Any]]]:
        """Every row of the project, sorted: projects with equal contents are equal."""
        return self._file.contents(history=history)

    def _coder_id(self) -> CoderId:
        return self.coder.id if self.coder else CoderId("")

    def _changes(self, step: OpenStep) -> Changes:
        changes = changes_of(step.name, step.images, self._file.annotations.get)
        self._passages = None
        self._annotations.clear()
        if changes.codebook or changes.project:
            self._scope.forget_codebook()
        return changes


def _check_home(places: Places) -> None:
    """Raise UserError where the program cannot note which projects are open, before anything is made."""
    try:
        places.locks.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"The folder {places.locks} cannot be made: {error.strerror}. Rubricator keeps its own files there; "
            "make room for it, or set RUBRICATOR_HOME to a folder of your own."
        ) from error


def _why_not_writable(path: Path) -> str:
    """Try, because permissions, drives and mounts all have a say of their own."""
    try:
        with path.open("r+b"):
            pass
    except OSError:
        return "the file may not be written here"
    probe = path.with_name(path.name + "-journal")
    try:
        if not probe.exists():
            probe.open("xb").close()
            probe.unlink()
    except OSError:
        return "the folder may not be written here"
    return ""
