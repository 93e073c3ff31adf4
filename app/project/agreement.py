"""How far coders agree: every coefficient with its interval, one result a row."""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from app import __version__
from app.agreement.alignment import ALPHA, BETA
from app.agreement.continua import Continuum, only
from app.agreement.distances import Metric
from app.agreement.figures import Figure
from app.agreement.gamma import PRECISION, corpus_gamma
from app.agreement.ratings import RatingSums
from app.agreement.resampling import ROUNDS, SEED, UNSURE_BELOW, Interval, bootstrap
from app.agreement.span_f1 import SpanSums, Variant
from app.agreement.unitizing import Coefficients, UnitSums
from app.domain.errors import UserError
from app.domain.values import Value
from app.project.agreement_files import read_ratings, read_spans

ALL = "all"
ALL_CODES = "all codes"
_THRESHOLD = 0.5
_ARTICLES = "articles"
_MOST_WORK = 30_000
"""Units times 3 to the power of coders, up to which gamma takes no more than some seconds."""

_UNITS = "units"
_UNCORRECTED = "mean over pairs of coders; not corrected for chance"

_SPAN_VARIANTS = {
    "f1_exact": Variant.EXACT,
    "f1_boundary": Variant.BOUNDARY,
    "f1_overlap": Variant.OVERLAP,
    "f1_iou": Variant.IOU,
}


class Wishes(Value):
    """What can be chosen: rounds of the bootstrap and its seed; categories in the codebook, 0 for those in the data.

    `gamma` says whether to work gamma out, which takes longer than all else; None where that takes only moments.
    """

    rounds: int = ROUNDS
    seed: int = SEED
    categories: int = 0
    gamma: bool | None = None


class Result(Value):
    """One coefficient. `value` is None where it is undefined, and `note` says why.

    `coders` is “all” or two names with a tilde between; `documents` are those with two coders, `units` what was
    counted; `q_667` and `q_800` are the shares of bootstrap rounds below the two bands, where there are bands.
    """

    variable: str
    level: str
    measure: str
    coders: str
    documents: int
    units: int
    value: float | None
    ci_low: float | None = None
    ci_high: float | None = None
    undefined_rounds: int = 0
    coverage: float | None = None
    q_667: float | None = None
    q_800: float | None = None
    note: str = ""


class Agreement(Value):
    """The results, what they were worked out with, and what was left out, a sentence each."""

    results: tuple[Result, ...]
    settings: dict[str, Any]
    problems: tuple[str, ...]


class _Asked(Value):
    """A coefficient to be worked out: its row without numbers, and how it comes of added sums."""

    row: Result
    figure: Callable[[Sequence[int]], Figure]
    banded: bool = False


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
        coders=ALL,
        documents=sums.units(total),
        units=sums.units(total),
        value=None,
    )
    wanted = [_Asked(row=plain, figure=sums.alpha, banded=True)]
    figures: dict[str, Callable[[Sequence[int]], Figure]] = {
        "percent_agreement": sums.percent_agreement,
        "ac1": lambda added: sums.ac1(added, wishes.categories),
        "fleiss_kappa": sums.fleiss_kappa,
    }
    for name, figure in figures.items():
        row = plain.model_copy(update={"measure": name, "level": str(Metric.NOMINAL)})
        wanted.append(_Asked(row=row, figure=figure))
    wanted += _of_pairs(sums, ratings.coders, plain)
    settings = {
        "metric": str(metric),
        "categories": max(wishes.categories, len(sums.values)),
        "resampled": _UNITS,
    }
    return _agreement(
        path, _worked_out(wanted, sums.rows, wishes, _UNITS), settings, wishes, ratings.problems
    )


class _Family:
    """Works the u-alpha family out once for all of its coefficients."""

    def __init__(self, units: UnitSums) -> None:
        self._units = units
        self._total: Sequence[int] | None = None
        self._found = units.coefficients([])

    def of(self, total: Sequence[int]) -> Coefficients:
        """Return the family for added sums, which are the same list for all coefficients of one round."""
        if total is not self._total:
            self._total, self._found = total, self._units.coefficients(total)
        return self._found


def _of_pairs(sums: RatingSums, coders: Sequence[str], plain: Result) -> Iterator[_Asked]:
    """Yield the mean of Cohen's kappa and, where it is one, that of each pair of coders."""
    pairs = list(combinations(range(len(coders)), 2))
    plain = plain.model_copy(update={"measure": "cohen_kappa", "level": str(Metric.NOMINAL)})
    over = f"mean over {len(pairs)} pairs of coders" if len(pairs) > 1 else ""
    yield _Asked(row=plain.model_copy(update={"note": over}), figure=sums.mean_cohen_kappa)
    for one, other in pairs if len(pairs) > 1 else []:
        units = sums.table(sums.total(), one, other).units
        told = {"coders": f"{coders[one]}~{coders[other]}", "documents": units, "units": units}
        yield _Asked(row=plain.model_copy(update=told), figure=_of_pair(sums, one, other))


def _of_pair(sums: RatingSums, one: int, other: int) -> Callable[[Sequence[int]], Figure]:
    return lambda added: sums.cohen_kappa(added, one, other)


def agreement_of_spans(path: Path, wishes: Wishes) -> Agreement:
    """Work out every coefficient for a table of spans; UserError if it cannot be read."""
    spans = read_spans(path)
    articles = list(spans.articles.values())
    results = span_results(articles, wishes)
    alone = sum(len(each.coders) < 2 for each in articles)
    left_out = (_left_alone(alone),) if alone else ()
    settings = {"threshold_iou": _THRESHOLD, "distance_characters": str(Metric.MASI), "resampled": _ARTICLES}
    return _agreement(path, results, settings, wishes, (*spans.problems, *left_out))


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
    results = _worked_out(list(_of_units(units, plain)), units.rows, wishes)
    found = SpanSums(articles, _THRESHOLD, partial=False)
    variants = [
        _Asked(
            row=plain.model_copy(update={"measure": name, "level": "", "note": _UNCORRECTED}),
            figure=_of_variant(found, variant),
        )
        for name, variant in _SPAN_VARIANTS.items()
    ]
    results += _worked_out(variants, found.rows, wishes) + _alone(articles, units, wishes, plain)
    work = sum(sum(map(len, each.coders.values())) * 3 ** len(each.coders) for each in done)
    return (
        [*results, _gamma(done, plain, wishes)]
        if wishes.gamma or (wishes.gamma is None and work <= _MOST_WORK)
        else results
    )


def _gamma(articles: Sequence[Continuum], plain: Result, wishes: Wishes) -> Result:
    """Return gamma for all coders at once, articles weighed by their units; without an interval."""
    figure = corpus_gamma(articles, wishes.seed)
    how = f"alpha {ALPHA:g}, beta {BETA:g}, units of a random coder moved around, precision {PRECISION:g}"
    note = (
        f"mean over articles by units; {how}, seed {wishes.seed}"
        if figure.value is not None
        else figure.reason
    )
    return plain.model_copy(update={"measure": "gamma", "level": "", "value": figure.value, "note": note})


def _of_units(units: UnitSums, plain: Result) -> Iterator[_Asked]:
    """Yield the u-alpha family over all codes, alpha over characters, and each code among the others."""
    family = _Family(units)
    joined = f"{units.merged} overlapping units of one code and coder were joined" if units.merged else ""
    figures: dict[str, Callable[[Sequence[int]], Figure]] = {
        "u_alpha": lambda added: family.of(added).u,
        "bar_u_alpha": lambda added: family.of(added).bar_u,
        "cu_alpha": lambda added: family.of(added).cu,
    }
    for name, figure in figures.items():
        row = plain.model_copy(update={"measure": name, "note": joined})
        yield _Asked(row=row, figure=figure, banded=True)
    row = plain.model_copy(
        update={"measure": "alpha_characters", "level": str(Metric.MASI), "note": "MASI distance"}
    )
    yield _Asked(row=row, figure=units.characters, banded=True)
    for code in units.codes:
        row = plain.model_copy(update={"measure": "k_u_alpha", "variable": code})
        yield _Asked(row=row, figure=_of_code(family, code), banded=True)


def _of_code(family: _Family, code: str) -> Callable[[Sequence[int]], Figure]:
    return lambda added: family.of(added).by_code[code]


def _of_variant(found: SpanSums, variant: Variant) -> Callable[[Sequence[int]], Figure]:
    return lambda added: found.mean_f1(added, variant)


def _alone(articles: Sequence[Continuum], units: UnitSums, wishes: Wishes, plain: Result) -> list[Result]:
    """Return u-alpha of each code against all else, where overlapping codes leave none over all codes."""
    results: list[Result] = []
    for code in [] if units.exclusive else units.codes:
        alone = UnitSums(only(articles, code), [code])
        note = "this code against all else"
        row = plain.model_copy(update={"measure": "u_alpha", "variable": code, "note": note})
        asked = _Asked(row=row, figure=_family_of(alone), banded=True)
        results += _worked_out([asked], alone.rows, wishes)
    return results


def _family_of(units: UnitSums) -> Callable[[Sequence[int]], Figure]:
    return lambda added: units.coefficients(added).u


def _worked_out(
    asked: Sequence[_Asked], sums: Sequence[Sequence[int]], wishes: Wishes, drawn: str = _ARTICLES
) -> list[Result]:
    """Return the rows with their numbers, all of one kind of sums drawn together."""
    total = [sum(column) for column in zip(*sums, strict=True)]
    intervals: list[Interval | None] = []
    if wishes.rounds and len(sums) > 1:
        figures = [each.figure for each in asked]
        intervals = bootstrap(
            sums, lambda added: [figure(added).value for figure in figures], wishes.rounds, wishes.seed
        )
    intervals = intervals or [None] * len(asked)
    pairs = zip(asked, intervals, strict=True)
    return [_filled(each, each.figure(total), interval, len(sums), drawn) for each, interval in pairs]


def _filled(asked: _Asked, figure: Figure, interval: Interval | None, articles: int, drawn: str) -> Result:
    notes = [figure.reason, asked.row.note if figure.value is not None else ""]
    told: dict[str, Any] = {"value": figure.value, "coverage": figure.coverage}
    if interval is not None and figure.value is not None:
        told |= {"ci_low": interval.low, "ci_high": interval.high, "undefined_rounds": interval.undefined}
        if asked.banded:
            told |= {"q_667": interval.below_667, "q_800": interval.below_800}
        if articles < UNSURE_BELOW:
            notes.append(f"fewer than {UNSURE_BELOW} {drawn}: the interval is likely too narrow")
    return asked.row.model_copy(update={**told, "note": "; ".join(filter(None, notes))})


def _agreement(
    path: Path, results: Sequence[Result], more: dict[str, Any], wishes: Wishes, problems: Sequence[str]
) -> Agreement:
    settings = {
        "file": path.name,
        "program": f"Rubricator {__version__}",
        "bootstrap": wishes.rounds,
        "seed": wishes.seed,
        "interval": "percentile, 2.5 to 97.5",
        **more,
    }
    return Agreement(results=tuple(results), settings=settings, problems=tuple(problems))
