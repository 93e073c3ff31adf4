"""Whether agreement drifts: by the time of coding, by sample, and for each coder against the others.

An article belongs to the period in which the last of its coders marked it done. Every figure is worked out from the
articles of its group alone, with an interval of its own.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from statistics import mean
from typing import NamedTuple

from app.domain.comparing import CodedArticle, Corpus, Result, Variable
from app.domain.ids import CoderId
from app.domain.progress import Progress, unheard
from app.project.agreement import Reckoning, headline, restricted
from app.project.agreement_measures import Wishes

NO_BATCH = "(in no sample)"
NO_DATE = "(no date)"


class Period(StrEnum):
    """How long the stretches of time are by which articles are grouped."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Point(NamedTuple):
    """The headline for a group of articles; `label` names the group, `articles` counts it."""

    label: str
    articles: int
    result: Result


class Standing(NamedTuple):
    """One coder against the others: the mean of the headline over the pairs with each other coder, None where there
    is none; the headline without this coder; and the same mean for every group of articles.
    """

    coder_id: CoderId
    with_others: float | None
    without: Result | None
    over_time: tuple[tuple[str, float | None], ...]


def by_period(corpus: Corpus, period: Period) -> dict[str, Corpus]:
    """Return the corpus cut into periods, in their order; the label is the day, the ISO week or the month."""
    groups: dict[str, list[CodedArticle]] = defaultdict(list)
    for article in corpus.articles:
        groups[_label(article, period)].append(article)
    return {label: corpus._replace(articles=tuple(groups[label])) for label in sorted(groups)}


def by_batch(corpus: Corpus) -> dict[str, Corpus]:
    """Return the corpus cut into the samples by which articles were drawn, in the order of their first article."""
    groups: dict[str, list[CodedArticle]] = defaultdict(list)
    for article in corpus.articles:
        groups[corpus.batches.get(article.id, NO_BATCH)].append(article)
    return {label: corpus._replace(articles=tuple(found)) for label, found in groups.items()}


def over_groups(
    groups: Mapping[str, Corpus], variable: Variable, wishes: Wishes, progress: Progress = unheard
) -> list[Point]:
    """Return the headline of every group, with its interval."""
    points: list[Point] = []
    bare = wishes.model_copy(update={"gamma": False})
    for at, (label, corpus) in enumerate(groups.items()):
        progress(at, len(groups))
        points.append(Point(label, len(corpus.articles), next(Reckoning(corpus, bare).of(variable))))
    return points


def standings(
    corpus: Corpus, groups: Mapping[str, Corpus], variable: Variable, progress: Progress = unheard
) -> list[Standing]:
    """Return how every coder stands against the others, in all and in each group."""
    found: list[Standing] = []
    for at, coder in enumerate(corpus.coders):
        progress(at, len(corpus.coders))
        rest = [other for other in corpus.coders if other != coder]
        without = headline(restricted(corpus, rest), variable) if len(rest) > 1 else None
        over_time = tuple(
            (label, _with_others(group, coder, rest, variable)) for label, group in groups.items()
        )
        found.append(Standing(coder, _with_others(corpus, coder, rest, variable), without, over_time))
    return found


def _with_others(corpus: Corpus, coder: CoderId, rest: Sequence[CoderId], variable: Variable) -> float | None:
    figures = [headline(restricted(corpus, (coder, other)), variable).value for other in rest]
    known = [figure for figure in figures if figure is not None]
    return mean(known) if known else None


def _label(article: CodedArticle, period: Period) -> str:
    last = max(coding.done_at for coding in article.codings.values())[:10]
    try:
        day = date.fromisoformat(last)
    except ValueError:
        return NO_DATE
    if period is Period.DAY:
        return last
    if period is Period.MONTH:
        return last[:7]
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02}"
