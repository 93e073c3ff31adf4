"""What is compared: the independent work of everybody who has done an article, and what is left out and why."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from app import __version__
from app.domain.articles import Article, text_hash
from app.domain.coders import distinct_names
from app.domain.comparing import (
    CodedArticle,
    CodedSpan,
    Coding,
    Corpus,
    LeftOut,
    Selection,
    Unit,
)
from app.domain.counting import counted
from app.domain.errors import UserError
from app.domain.ids import ArticleId, CoderId
from app.domain.progress import Progress, unheard
from app.domain.reviews import Review, ReviewState
from app.domain.sampling import Sample
from app.domain.word_scale import WordScale
from app.project.coded_spans import Said, fits, fragments_of, given, read_said, span_of
from app.project.exporting import coders_named
from app.project.variables import free_texts, variables_of
from app.storage.backups import copy_database
from app.storage.comparisons import Marked
from app.storage.project_file import ProjectFile

Key = tuple[ArticleId, CoderId]


def compare(project: Path, selection: Selection, progress: Progress = unheard) -> Corpus:
    """Read what a selection compares from a project file that may be open and being written, in any thread.

    It is read from a copy, so that it is of one moment and nobody waits meanwhile. Raises UserError for coders or a
    sample that are not in the project.
    """
    with TemporaryDirectory(prefix="rubricator-") as folder:
        copy = Path(folder) / project.name
        copy_database(project, copy)
        file = ProjectFile.open(copy, program=__version__)
        try:
            return _Comparison(file, selection).corpus(progress)
        finally:
            file.close()


def selection_named(
    project: Path, coders: Sequence[str], sample: str, unit: Unit, tolerance: int
) -> Selection:
    """Return a selection by the names or ids of coders and the name of a sample; UserError for unknown ones.

    No coders means all, no sample all articles.
    """
    file = ProjectFile.open(project, program=__version__, read_only=True)
    try:
        ids = coders_named(coders, list(file.coders))
        samples = [each.id for each in file.samples if each.name == sample]
        if sample and len(samples) != 1:
            many = "several samples are" if samples else "no sample is"
            raise UserError(f"In {project.name} {many} called “{sample}”.")
    finally:
        file.close()
    if len(ids) == 1:
        raise UserError("Agreement needs two coders or more.")
    return Selection(
        coders=tuple(sorted(ids)), sample_id=samples[0] if sample else None, unit=unit, tolerance=tolerance
    )


class _Comparison:
    """Gathers one corpus."""

    def __init__(self, file: ProjectFile, selection: Selection) -> None:
        self._file = file
        self._selection = selection
        names = self._names = distinct_names(file.coders)
        if missing := set(selection.coders) - set(names):
            raise UserError(f"{len(missing)} of the coders are not in this project.")
        chosen = selection.coders or tuple(names)
        self._coders = {each: name for each, name in names.items() if each in chosen}
        self._left_out: list[LeftOut] = []

    def corpus(self, progress: Progress) -> Corpus:
        """Return the corpus; `progress` is told articles."""
        said = read_said(self._file)
        reviews = {(each.article_id, each.coder_id): each for each in self._file.reviews}
        marked: dict[Key, list[Marked]] = defaultdict(list)
        for each in self._file.comparisons.marked():
            marked[each.article_id, each.coder_id].append(each)
        articles = self._chosen()
        found: list[CodedArticle] = []
        untouched = 0
        for at, article in enumerate(articles):
            progress(at, len(articles))
            done = self._done(article, reviews, marked)
            if len(done) > 1:
                found += self._coded(article, done, marked, said)
            elif done:
                name = self._coders[done[0].coder_id]
                self._leave_out(f"Only {name} has done it.", article, done[0].coder_id)
            else:
                untouched += 1
        self._say_the_rest(untouched)
        compared = {coder for article in found for coder in article.codings}
        for coder, name in self._coders.items() if found else ():
            if coder not in compared:
                self._leave_out(f"{name} has done no article that another has done.")
        codebook = self._file.codebooks.read()
        return Corpus(
            # Somebody who only leads the study has signed in too, and is not a coder whose work is compared.
            coders={each: name for each, name in self._coders.items() if each in compared or not found},
            articles=tuple(found),
            variables=variables_of(codebook),
            left_out=tuple(self._left_out),
            unit=self._selection.unit,
            tolerance=self._selection.tolerance,
            batches=self._batches(found),
            sample=self._sample(),
            project=self._file.project().name,
            codebook_version=codebook.version,
        )

    def _chosen(self) -> list[Article]:
        articles = list(self._file.articles)
        whole = len(articles)
        sample = self._sample()
        if sample is not None:
            drawn = set(sample.articles)
            articles = [each for each in articles if each.id in drawn]
        if self._selection.articles:
            wanted = set(self._selection.articles)
            articles = [each for each in articles if each.id in wanted]
        if unwanted := whole - len(articles):
            are = "articles are" if unwanted > 1 else "article is"
            self._leave_out(f"{unwanted:,} {are} not compared, because others were chosen.")
        return articles

    def _sample(self) -> Sample | None:
        if self._selection.sample_id is None:
            return None
        sample = self._file.samples.get(self._selection.sample_id)
        if sample is None:
            raise UserError("This sample is no longer in the project.")
        return sample

    def _done(
        self, article: Article, reviews: Mapping[Key, Review], marked: Mapping[Key, Sequence[Marked]]
    ) -> list[Review]:
        """Return the reviews of those who have done an article; who has only begun is left out with a word."""
        done: list[Review] = []
        for coder_id, name in self._coders.items():
            review = reviews.get((article.id, coder_id))
            if review is not None and review.state is ReviewState.DONE:
                done.append(review)
            elif begun := marked.get((article.id, coder_id)):
                made = counted(len(begun), "annotation")
                self._leave_out(f"{name} made {made} in it, but has not marked it done.", article, coder_id)
        return done

    def _coded(
        self,
        article: Article,
        done: Sequence[Review],
        marked: Mapping[Key, Sequence[Marked]],
        said: Said,
    ) -> Iterator[CodedArticle]:
        text = self._file.articles.text(article.sha256)
        if text_hash(text) != article.sha256:
            self._leave_out("Its text is not the one that was coded: the hash differs.", article)
            return
        scale = WordScale(text) if self._selection.unit is Unit.WORDS else None
        codings: dict[CoderId, Coding] = {}
        for review in done:
            spans: list[CodedSpan] = []
            misfits = 0
            for each in marked.get((article.id, review.coder_id), ()):
                if fits(each, text):
                    spans.append(
                        span_of(each, said, scale.places(fragments_of(each)) if scale else fragments_of(each))
                    )
                else:
                    misfits += 1
            if misfits:
                do = "annotations do" if misfits > 1 else "annotation does"
                reason = f"{misfits} {do} not fit the text."
                self._leave_out(reason, article, review.coder_id)
            answers = {question: given(value) for question, value in review.variables.items()}
            codings[review.coder_id] = Coding(review.done_at, tuple(spans), answers)
        yield CodedArticle(article.id, article.title, scale.length if scale else article.length, codings)

    def _batches(self, found: Sequence[CodedArticle]) -> dict[ArticleId, str]:
        compared = {each.id for each in found}
        batches: dict[ArticleId, str] = {}
        for sample in self._file.samples:
            for article_id in sample.articles:
                if article_id in compared:
                    batches.setdefault(article_id, sample.name)
        return batches

    def _leave_out(
        self, reason: str, article: Article | None = None, coder_id: CoderId | None = None
    ) -> None:
        if article is None:
            self._left_out.append(LeftOut(reason))
        else:
            self._left_out.append(LeftOut(reason, article.id, coder_id, article.title))

    def _say_the_rest(self, untouched: int) -> None:
        if others := len(self._names) - len(self._coders):
            are = "coders are" if others > 1 else "coder is"
            self._leave_out(f"{others:,} {are} not compared, because others were chosen.")
        if untouched:
            have = "articles have" if untouched > 1 else "article has"
            self._leave_out(f"{untouched:,} {have} been done by nobody who is compared.")
        if agreed := self._file.comparisons.consensus():
            made = counted(agreed, "agreed annotation")
            self._leave_out(f"{made} (consensus): only independent ones are compared.")
        for name in free_texts(self._file.codebooks.read()):
            self._leave_out(f"“{name}” is free text, which has no measure of agreement.")
