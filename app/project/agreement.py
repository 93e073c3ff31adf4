"""How far the coders of a project agree: for each variable its headline and companions, with intervals.

Which coefficient stands for what: for layers and codes the u-alpha family beside F1, for answers cu-alpha beside alpha
on matched spans, for article variables alpha beside percent agreement and AC1.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from app.domain.comparing import Agreement, CodedArticle, Corpus, Result, Variable
from app.domain.ids import CoderId
from app.domain.progress import Progress, unheard
from app.project.agreement_answers import AnswerRows
from app.project.agreement_measures import ARTICLES, Wishes, settings_of
from app.project.agreement_spans import SpanRows


class Reckoning:
    """Works out the rows of the variables of one corpus; what variables share is worked out once."""

    def __init__(self, corpus: Corpus, wishes: Wishes) -> None:
        self._spans = SpanRows(corpus, wishes)
        self._answers = AnswerRows(corpus, wishes)

    def of(self, variable: Variable) -> Iterator[Result]:
        """Yield the rows of one variable, the headline first; each is worked out when it is asked for."""
        return self._spans.of(variable) if variable.kind.marked else self._answers.of(variable)


def agreement_of_corpus(corpus: Corpus, wishes: Wishes, progress: Progress = unheard) -> Agreement:
    """Work out every coefficient for what is compared; `progress` is told variables."""
    reckoning = Reckoning(corpus, wishes)
    results: list[Result] = []
    for at, variable in enumerate(corpus.variables):
        progress(at, len(corpus.variables))
        results += reckoning.of(variable)
        if wishes.pairs and len(corpus.coders) > 2:
            results += _by_pair(corpus, variable)
    return agreement_with(corpus, wishes, results)


def agreement_with(corpus: Corpus, wishes: Wishes, results: Iterable[Result]) -> Agreement:
    """Return results that are worked out already, with what they were worked out with and what was left out."""
    settings = settings_of(
        wishes,
        coders=list(corpus.coders.values()),
        articles=len(corpus.articles),
        unit=str(corpus.unit),
        tolerance=corpus.tolerance,
        resampled=ARTICLES,
    )
    problems = tuple(each.in_words() for each in corpus.left_out)
    return Agreement(results=tuple(results), settings=settings, problems=problems)


def headline(corpus: Corpus, variable: Variable) -> Result:
    """Return what stands for a variable, without an interval."""
    return next(Reckoning(corpus, Wishes(rounds=0, gamma=False)).of(variable))


def restricted(corpus: Corpus, coders: Sequence[CoderId]) -> Corpus:
    """Return a corpus with some of its coders, and the articles that two of them have done."""
    articles: list[CodedArticle] = []
    for article in corpus.articles:
        codings = {coder: coding for coder, coding in article.codings.items() if coder in coders}
        if len(codings) > 1:
            articles.append(article._replace(codings=codings))
    names = {coder: name for coder, name in corpus.coders.items() if coder in coders}
    return corpus._replace(articles=tuple(articles), coders=names)


def _by_pair(corpus: Corpus, variable: Variable) -> Iterator[Result]:
    for one, other in combinations(corpus.coders, 2):
        names = f"{corpus.coders[one]}~{corpus.coders[other]}"
        found = headline(restricted(corpus, (one, other)), variable)
        yield found.model_copy(update={"coders": names, "headline": False})
