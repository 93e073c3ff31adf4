"""Questions on the articles as a whole: a page of the table, who has coded them, samples, units in an article."""

from collections.abc import Sequence
from typing import NamedTuple

from app.domain.catalogue import ArticleFilter, ArticleRow
from app.domain.ids import ArticleId, CoderId
from app.domain.ordering import Ordering
from app.domain.reviews import ReviewState
from app.domain.sampling import Sample
from app.project.articles import coded_in_words
from app.project.commands_articles import RemoveArticles
from app.project.openness import open_questions
from app.project.scope import Scope

_PAGE = 200


class Part(NamedTuple):
    """One part of a filter in words, and the filter without it."""

    words: str
    without: ArticleFilter


class Collection:
    """Answers questions about many articles of an open project."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def first(self, limit: int) -> list[ArticleId]:
        """Return the first articles in the coder's order, however many there are."""
        return self._scope.file.articles.first_ids(limit)

    def rows(self, article_ids: Sequence[ArticleId]) -> list[ArticleRow]:
        """Return articles as the table shows them, in the order that is given, without those that are gone.

        The state is that of the coder at work.
        """
        coder_id = self._scope.coder.id if self._scope.coder else CoderId("")
        found: dict[ArticleId, ArticleRow] = {}
        for start in range(0, len(article_ids), _PAGE):
            page = article_ids[start : start + _PAGE]
            found.update((row.id, row) for row in self._scope.file.articles.rows(page, coder_id))
        for article_id, row in found.items():
            if row.state is ReviewState.DONE:
                found[article_id] = row._replace(lacking=self.open_count(article_id))
        return [found[each] for each in article_ids if each in found]

    def open_count(self, article_id: ArticleId) -> int:
        """Return how many required questions the coder at work has left open in an article."""
        coder = self._scope.coder
        return len(open_questions(self._scope, article_id, coder.id)) if coder else 0

    def done_by_several(self) -> frozenset[ArticleId]:
        """Return the articles that two coders or more have done."""
        return frozenset(self._scope.file.comparisons.done_by_several())

    def titles_done_by_several(self) -> list[tuple[ArticleId, str]]:
        """Return id and title of the articles that two coders or more have done, in the coder's order."""
        done = self.done_by_several()
        return [(each, title) for each, title, _sha256 in self._scope.file.articles.hashes() if each in done]

    def coded_in_words(self, article_ids: Sequence[ArticleId]) -> str:
        """Say who has coded what on articles, nothing if nobody has."""
        return coded_in_words(self._scope, RemoveArticles(ids=tuple(article_ids)))

    def parts(self, asked: ArticleFilter) -> list[Part]:
        """Return what a filter asks for, each part in words with the way to be rid of it."""
        found: list[Part] = []

        def part(words: str, *fields: str) -> None:
            standard = ArticleFilter()
            values = {field: getattr(standard, field) for field in fields}
            found.append(Part(words, asked.model_copy(update=values)))

        names = {coder.id: coder.name for coder in self._scope.file.coders}
        whose = f" ({names.get(asked.coder_id, '?')})" if asked.coder_id is not None else ""
        if asked.text.strip():
            part(f"“{asked.text.strip()}”", "text")
        if asked.source is not None:
            part(f"Outlet: {asked.source or '(none)'}", "source")
        if asked.date_from or asked.date_to:
            first = f" from {asked.date_from}" if asked.date_from else ""
            last = f" up to {asked.date_to}" if asked.date_to else ""
            part(f"Date{first}{last}", "date_from", "date_to")
        if asked.state is not None:
            part(f"State: {asked.state.value}{whose}", "state")
        if asked.code_id is not None:
            how = "With" if asked.with_code else "Without"
            part(f"{how} code: {self._scope.code(asked.code_id).name}{whose}", "code_id", "with_code")
        if asked.coder_id is not None:
            said = f"Coder: {names.get(asked.coder_id, '?')}"
            part(
                said if asked.state or asked.code_id else f"Coded by {names.get(asked.coder_id, '?')}",
                "coder_id",
            )
        if asked.key:
            part(f"{asked.key}: {asked.value or '(none)'}", "key", "value")
        if asked.sample_id is not None:
            sample = self._scope.file.samples.get(asked.sample_id)
            part(f"Sample: {sample.name if sample else '?'}", "sample_id")
        return found

    def samples(self) -> list[Sample]:
        """Return the samples in the order in which they were drawn."""
        return list(self._scope.file.samples)

    def ordering(self) -> Ordering | None:
        """Return the order that was chosen last, None where articles stand as they came."""
        return self._scope.file.orderings.read()

    def units_per_article(self) -> float:
        """Return how many annotations a coder made in an article that has any, on average; 0 if there are none."""
        counts = self._scope.file.annotations.counts().values()
        return sum(counts) / len(counts) if counts else 0.0
