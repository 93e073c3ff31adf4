"""A project on its way out: what exporters see of it, and the whole way from file to file."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from app import __version__
from app.domain.annotations import Annotation
from app.domain.articles import Article
from app.domain.codebook import Codebook
from app.domain.coders import Coder
from app.domain.entities import Entity
from app.domain.errors import UserError
from app.domain.ids import ArticleId, CoderId
from app.domain.ordering import Ordering
from app.domain.progress import Progress, unheard
from app.domain.reviews import Review
from app.domain.sampling import Sample
from app.domain.versions import Version
from app.domain.words import Term
from app.exchange.formats import ExportOptions, Written
from app.exchange.registry import project_format
from app.storage.backups import copy_database
from app.storage.project_file import ProjectFile


class FileContents:
    """A project file as exporters see it."""

    def __init__(self, file: ProjectFile) -> None:
        self._file = file

    @property
    def head(self) -> Mapping[str, str]:
        """Id, name, created_at and granularity of the project, and the version of the program."""
        return {**self._file.project()._asdict(), "program": __version__}

    def codebook(self) -> Codebook:
        """The codebook as it stands."""
        return self._file.codebooks.read()

    def versions(self) -> Iterator[tuple[Version, Codebook]]:
        """The published versions of the codebook that are kept, the oldest first."""
        for version in self._file.versions.read():
            if codebook := self._file.versions.codebook(version.number):
                yield version, codebook

    def coders(self) -> Iterator[Coder]:
        """The coders, by name."""
        return iter(self._file.coders)

    def entities(self) -> Iterator[Entity]:
        """The register of entities, by name."""
        return iter(self._file.entities)

    def words(self) -> tuple[Term, ...]:
        """The word list, in its order."""
        return self._file.words.read()

    def articles(self) -> Iterator[Article]:
        """The articles, in the coder's order."""
        return iter(self._file.articles)

    def article_count(self) -> int:
        """How many articles there are."""
        return self._file.articles.count()

    def text(self, article: Article) -> str:
        """The text of an article."""
        return self._file.articles.text(article.sha256)

    def annotations(self, article_id: ArticleId) -> list[Annotation]:
        """Every coder's annotations of one article, in the order they were made."""
        return self._file.annotations.of_article(article_id)

    def reviews(self) -> Iterator[Review]:
        """Every review of which there is a trace."""
        return iter(self._file.reviews)

    def loose_visits(self) -> Iterator[Review]:
        """Time and position in articles that are gone."""
        return self._file.reviews.visits_without_article()

    def loose_texts(self) -> Iterator[tuple[str, str]]:
        """Hash and text of what only the history still needs."""
        return self._file.articles.texts_without_article()

    def ordering(self) -> Ordering | None:
        """The order that articles are in, None where it was never changed."""
        return self._file.orderings.read()

    def samples(self) -> Iterator[Sample]:
        """The samples, in the order in which they were drawn."""
        return iter(self._file.samples)

    def packet(self) -> Mapping[str, str] | None:
        """Whose copy the file is, None for a project that is no copy for a coder."""
        packet = self._file.packets.read()
        return packet and packet._asdict()

    def stamps(self) -> Iterator[Mapping[str, Any]]:
        """Who wrote the records that came with merges."""
        return self._file.merged.stamps()

    def history(self) -> Iterator[Mapping[str, Any]]:
        """The journal from the first step on, each step with its row images."""
        return self._file.journal.dump()


def coders_named(names: Sequence[str], coders: Sequence[Coder]) -> frozenset[CoderId]:
    """Return the ids of coders given by name or id; UserError for an unknown one or a name that two share."""
    found: set[CoderId] = set()
    for name in names:
        fitting = [coder.id for coder in coders if name in (coder.name, coder.id)]
        if not fitting:
            known = ", ".join(coder.name for coder in coders) or "nobody"
            raise UserError(f"There is no coder “{name}” in this project, only {known}.")
        if len(fitting) > 1:
            raise UserError(f"Two coders are called “{name}”. Give the id: {' or '.join(fitting)}.")
        found.update(fitting)
    return frozenset(found)


def refuse_itself(project: Path, target: Path) -> None:
    """Raise UserError if an export would be written over the project that it is made from."""
    if target.exists() and project.exists() and target.samefile(project):
        raise UserError(f"{target.name} is the project itself. Choose another name for the export.")


def export(
    project: Path,
    format_name: str,
    target: Path,
    options: ExportOptions,
    progress: Progress = unheard,
) -> Written:
    """Export a project file that may be open and being written; returns what was written.

    It is read from a copy, so that what comes out is of one moment and nobody waits meanwhile.
    """
    exporter = project_format(format_name)
    refuse_itself(project, target)
    with TemporaryDirectory(prefix="rubricator-") as folder:
        copy = Path(folder) / project.name
        copy_database(project, copy)
        file = ProjectFile.open(copy, program=__version__)
        try:
            return exporter.write(FileContents(file), target, options, progress)
        finally:
            file.close()
