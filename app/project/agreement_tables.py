"""How far coders agree in anybody's tables: every coefficient with its interval, one result a row."""

from collections.abc import Sequence
from pathlib import Path

from app.agreement.continua import Continuum, only
from app.agreement.distances import Metric
from app.agreement.ratings import RatingSums
from app.agreement.span_f1 import SpanSums
from app.agreement.unitizing import UnitSums
from app.domain.comparing import Agreement, Result
from app.domain.errors import UserError
from app.project.agreement_files import read_ratings, read_spans
from app.project.agreement_measures import (
    ALL,
    ARTICLES,
    SPAN_VARIANTS,
    THRESHOLD,
    Asked,
    Family,
    Wishes,
    f1_asked,
    gamma_row,
    gamma_wanted,
    ratings_asked,
    settings_of,
    units_asked,
    worked_out,
)

ALL_CODES = "all codes"
_UNITS = "units"


def metric_named(name: str) -> Metric:
    """Return the metric of a name that was chosen."""
    return Metric(name)


def agreement_of_ratings(path: Path, metric: Metric, wishes: Wishes) -> Agreement:
    """Work out every coefficient for a table of units by coders; UserError if it cannot be read."""
    ratings = read_ratings(path, metric)
    sums = RatingSums([[row] for row in ratings.units], metric)
    if 0 < wishes.categories < len(sums.values):
        raise UserError(
            f"--categories is {wishes.categories}, but there are {len(sums.values)} values in {path.name}."
        )
    total = sums.total()
    plain = Result(
        variable=path.stem,
        level=metric,
        measure=f"alpha_{metric}",
        headline=True,
        coders=ALL,
        documents=sums.units(total),
        units=sums.units(total),
        value=None,
    )
    asked = ratings_asked(sums, ratings.coders, plain, wishes.categories)
    settings = settings_of(
        wishes,
        file=path.name,
        metric=str(metric),
        categories=max(wishes.categories, len(sums.values)),
        resampled=_UNITS,
    )
    results = worked_out(asked, sums.rows, wishes, _UNITS)
    return Agreement(results=tuple(results), settings=settings, problems=ratings.problems)


def agreement_of_spans(path: Path, wishes: Wishes) -> Agreement:
    """Work out every coefficient for a table of spans; UserError if it cannot be read."""
    spans = read_spans(path)
    articles = list(spans.articles.values())
    results = span_results(articles, wishes)
    alone = sum(len(each.coders) < 2 for each in articles)
    left_out = (_left_alone(alone),) if alone else ()
    settings = settings_of(wishes, file=path.name, distance_characters=str(Metric.MASI), resampled=ARTICLES)
    problems = (*spans.problems, *left_out)
    return Agreement(results=tuple(results), settings=settings, problems=problems)


def _left_alone(articles: int) -> str:
    if articles == 1:
        return "1 article is left out: only one coder has done it."
    return f"{articles:,} articles are left out: only one coder has done them."


def span_results(articles: Sequence[Continuum], wishes: Wishes) -> list[Result]:
    """Return every coefficient for articles with spans: the u-alpha family, characters, F1, and each code."""
    done = [each for each in articles if len(each.coders) > 1]
    units = UnitSums(articles)
    plain = Result(
        variable=ALL_CODES,
        level=Metric.NOMINAL,
        measure="",
        coders=ALL,
        documents=len(done),
        units=sum(len(marked) for each in done for marked in each.coders.values()),
        value=None,
    )
    family = Family(units)
    asked = list(units_asked(units, family, plain))
    for code in units.codes:
        row = plain.model_copy(update={"measure": "k_u_alpha", "variable": code})
        asked.append(Asked(row=row, figure=family.of_code(code), banded=True))
    results = worked_out(asked, units.rows, wishes)
    found = SpanSums(articles, THRESHOLD, partial=False)
    results += worked_out(f1_asked(found, plain, tuple(SPAN_VARIANTS)), found.rows, wishes)
    results += _alone(articles, units, wishes, plain)
    return [*results, gamma_row(done, plain, wishes)] if gamma_wanted(done, wishes) else results


def _alone(articles: Sequence[Continuum], units: UnitSums, wishes: Wishes, plain: Result) -> list[Result]:
    """Return u-alpha of each code against all else, where overlapping codes leave none over all codes."""
    results: list[Result] = []
    for code in [] if units.exclusive else units.codes:
        alone = UnitSums(only(articles, code), [code])
        note = "this code against all else"
        row = plain.model_copy(update={"measure": "u_alpha", "variable": code, "note": note})
        asked = Asked(row=row, figure=Family(alone).u, banded=True)
        results += worked_out([asked], alone.rows, wishes)
    return results
