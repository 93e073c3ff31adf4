"""What lies below a headline: the same for every two coders, for every article, and who took what for what."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations
from typing import NamedTuple

from app.agreement.continua import Continuum, runs_of
from app.domain.comparing import Corpus, Result, Variable, VariableKind
from app.domain.ids import ArticleId, CoderId
from app.domain.progress import Progress, unheard
from app.project.agreement import headline, restricted
from app.project.differences import answer_in_words
from app.project.laying_out import continua, labels_of, matched_spans

NOT_MARKED = "(not marked)"


class ArticleFigure(NamedTuple):
    """The headline for one article alone: it is shown, never averaged."""

    article_id: ArticleId
    title: str
    coders: int
    result: Result


class Confusion(NamedTuple):
    """How often one coder said what another said: rows by the one, columns by the other, counts of `what`."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    what: str


class Share(NamedTuple):
    """How much a coder has done: articles that are compared, and annotations or answers of a variable in them."""

    coder_id: CoderId
    articles: int
    units: int


def pairwise(corpus: Corpus, variable: Variable, progress: Progress = unheard) -> list[list[Result | None]]:
    """Return the headline for every two coders, both in the order of the corpus; None on the diagonal."""
    coders = list(corpus.coders)
    found: list[list[Result | None]] = [[None] * len(coders) for _coder in coders]
    total = len(coders) * (len(coders) - 1) // 2
    done = 0
    for at, one in enumerate(coders):
        for place in range(at):
            progress(done, total)
            result = headline(restricted(corpus, (one, coders[place])), variable)
            found[at][place] = found[place][at] = result
            done += 1
    return found


def by_article(corpus: Corpus, variable: Variable, progress: Progress = unheard) -> list[ArticleFigure]:
    """Return the headline of every article alone, in the order of the corpus."""
    found: list[ArticleFigure] = []
    for at, article in enumerate(corpus.articles):
        progress(at, len(corpus.articles))
        result = headline(corpus._replace(articles=(article,)), variable)
        found.append(ArticleFigure(article.id, article.title, len(article.codings), result))
    return found


def shares(corpus: Corpus, variable: Variable) -> list[Share]:
    """Return how much every coder has done for a variable."""
    found: list[Share] = []
    codes = frozenset(variable.codes)
    for coder in corpus.coders:
        codings = [article.codings[coder] for article in corpus.articles if coder in article.codings]
        if variable.kind is VariableKind.ARTICLE:
            units = sum(variable.question.id in coding.answers for coding in codings)
        else:
            units = sum(span.code in codes for coding in codings for span in coding.spans)
        found.append(Share(coder, len(codings), units))
    return found


def confusion(
    corpus: Corpus, variable: Variable, coders: tuple[CoderId, CoderId] | None = None
) -> Confusion | None:
    """Return who took what for what: for codes in units of the text, for answers in matched spans or articles.

    Of two coders the first has the rows. Without `coders` every two count in both directions, so it is symmetric. None
    for links, which have no values that could be confused. Where codes overlap, every pair of codes is counted.
    """
    if variable.kind is VariableKind.LINK:
        return None
    if variable.kind.marked:
        counts = _in_marks(corpus, variable, coders)
        names = [*dict.fromkeys(labels_of(variable).values()), NOT_MARKED]
        what = str(corpus.unit)
    elif variable.kind is VariableKind.ARTICLE:
        counts = _on_articles(corpus, variable, coders)
        names, what = _values(counts, variable), "articles"
    else:
        counts = _in_answers(corpus, variable, coders)
        names, what = _values(counts, variable), "matched spans"
    used = tuple(name for name in names if any(name in pair for pair in counts))
    rows = tuple(tuple(counts[one, other] for other in used) for one in used)
    return Confusion(used, used, rows, what)


def _directions(
    present: Sequence[CoderId], coders: tuple[CoderId, CoderId] | None
) -> Iterator[tuple[CoderId, CoderId]]:
    """Yield the pairs of coders to be counted, of those who have done an article."""
    if coders is None:
        yield from permutations(present, 2)
    elif coders[0] in present and coders[1] in present:
        yield coders


def _in_marks(
    corpus: Corpus, variable: Variable, coders: tuple[CoderId, CoderId] | None
) -> Counter[tuple[str, str]]:
    labels = labels_of(variable)
    names = list(dict.fromkeys(labels.values()))
    numbers = {name: number for number, name in enumerate(names)}
    found: Counter[tuple[str, str]] = Counter()
    for text in continua(corpus.articles, labels):
        for pair, length in _lengths(text, numbers, coders).items():
            for one in _held(pair[0], names):
                for other in _held(pair[1], names):
                    found[one, other] += length
    return found


def _lengths(
    text: Continuum, numbers: Mapping[str, int], coders: tuple[CoderId, CoderId] | None
) -> Counter[tuple[int, int]]:
    """Return how much text has each two sets of codes by two coders, sets as bits."""
    runs = runs_of(text, numbers)
    rows = dict(zip(map(CoderId, text.coders), runs.rows, strict=True))
    found: Counter[tuple[int, int]] = Counter()
    for one, other in _directions(list(rows), coders):
        for first, second, length in zip(rows[one], rows[other], runs.lengths, strict=True):
            found[first, second] += length
    return found


def _held(mask: int, names: Sequence[str]) -> list[str]:
    return [name for number, name in enumerate(names) if mask >> number & 1] or [NOT_MARKED]


def _on_articles(
    corpus: Corpus, variable: Variable, coders: tuple[CoderId, CoderId] | None
) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for article in corpus.articles:
        given = {
            coder: answer_in_words(coding.answers[variable.question.id])
            for coder, coding in article.codings.items()
            if variable.question.id in coding.answers
        }
        for one, other in _directions(list(given), coders):
            found[given[one], given[other]] += 1
    return found


def _in_answers(
    corpus: Corpus, variable: Variable, coders: tuple[CoderId, CoderId] | None
) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    question = variable.question.id
    for article in corpus.articles:
        for one, other in _directions(list(article.codings), coders):
            for first, second in matched_spans(article, variable, one, other):
                if question in first.answers and question in second.answers:
                    pair = first.answers[question], second.answers[question]
                    found[answer_in_words(pair[0]), answer_in_words(pair[1])] += 1
    return found


def _values(counts: Counter[tuple[str, str]], variable: Variable) -> list[str]:
    """Return every answer that was given: choices in the order of the codebook, anything else by the alphabet."""
    given = {name for pair in counts for name in pair}
    choices = [choice for choice in variable.question.choices if choice in given]
    return [*choices, *sorted(given.difference(choices))]
