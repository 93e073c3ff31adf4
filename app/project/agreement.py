"""How far coders agree: every coefficient with its interval, one result a row."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from app import __version__
from app.agreement.continua import Continuum, only
from app.agreement.distances import Metric
from app.agreement.figures import Figure
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
_UNITS = "units"
_UNCORRECTED = "mean over pairs of coders; not corrected for chance"

_SPAN_VARIANTS = {
    "f1_exact": Variant.EXACT,
    "f1_boundary": Variant.BOUNDARY,
    "f1_overlap": Variant.OVERLAP,
    "f1_iou": Variant.IOU,
}


class Wishes(Value):
    """What can be chosen: rounds of the bootstrap and its seed; categories in the codebook, 0 for those in the data."""

    rounds: int = ROUNDS
    seed: int = SEED
    categories: int = 0


class Result(Value):
    """One coefficient. `value` is None where it is undefined, and `note` says why.

    `coders` is “all” or two names with a tilde between; `documents` are those with two coders, `units` what was
    counted; `q_667` and `q_800` are the shares of bootstrap rounds below the two bands, for coefficients that have bands.
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

    def asked(measure: str, level: Metric, figure: Callable[[Sequence[int]], Figure], **more: Any) -> _Asked:
        told = {"coders": ALL, "documents": total[0], "units": sums.units(total), **more}
        row = Result(variable=path.stem, level=level, measure=measure, value=None, **told)
        return _Asked(row=row, figure=figure, banded=measure.startswith("alpha"))

    nominal = Metric.NOMINAL
    wanted = [
        asked(f"alpha_{metric}", metric, sums.alpha),
        asked("percent_agreement", nominal, sums.percent_agreement),
        asked("ac1", nominal, lambda added: sums.ac1(added, wishes.categories)),
        asked("fleiss_kappa", nominal, sums.fleiss_kappa),
    ]
    many = range(len(ratings.coders))
    pairs = [(one, other) for one in many for other in many if one < other]
    mean = f"mean over {len(pairs)} pairs of coders" if len(pairs) > 1 else ""
    wanted.append(asked("cohen_kappa", nominal, sums.mean_cohen_kappa, note=mean))
    for one, other in pairs if len(pairs) > 1 else []:
        names = f"{ratings.coders[one]}~{ratings.coders[other]}"
        units = sums.table(total, one, other).units
        kappa = _of_pair(sums, one, other)
        wanted.append(asked("cohen_kappa", nominal, kappa, coders=names, units=units))
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


def _of_pair(sums: RatingSums, one: int, other: int) -> Callable[[Sequence[int]], Figure]:
    return lambda added: sums.cohen_kappa(added, one, other)


def agreement_of_spans(path: Path, wishes: Wishes) -> Agreement:
    """Work out every coefficient for a table of spans; UserError if it cannot be read."""
    spans = read_spans(path)
    articles = list(spans.articles.values())
    results = span_results(articles, wishes)
    alone = sum(len(each.coders) < 2 for each in articles)
    left_out = (f"{alone} articles are left out: only one coder has done them.",) if alone else ()
    settings = {"threshold_iou": _THRESHOLD, "distance_characters": str(Metric.MASI), "resampled": _ARTICLES}
    return _agreement(path, results, settings, wishes, (*spans.problems, *left_out))


def span_results(articles: Sequence[Continuum], wishes: Wishes) -> list[Result]:
    """Return every coefficient for articles with spans: the u-alpha family, characters, F1, and each code."""
    done = [each for each in articles if len(each.coders) > 1]
    units = UnitSums(articles)
    family = _Family(units)
    told = {"coders": ALL, "documents": len(done), "value": None}
    told["units"] = sum(len(marked) for each in done for marked in each.coders.values())
    notes = {"alpha_characters": "MASI distance"}
    if units.merged:
        joined = f"{units.merged} overlapping units of one code and coder were joined"
        notes |= dict.fromkeys(("u_alpha", "bar_u_alpha", "cu_alpha"), joined)
    nominal = Metric.NOMINAL
    figures: list[tuple[str, str, Callable[[Sequence[int]], Figure]]] = [
        ("u_alpha", nominal, lambda added: family.of(added).u),
        ("bar_u_alpha", nominal, lambda added: family.of(added).bar_u),
        ("cu_alpha", nominal, lambda added: family.of(added).cu),
        ("alpha_characters", Metric.MASI, units.characters),
    ]
    rows = [
        _Asked(
            row=Result(variable=ALL_CODES, level=level, measure=name, note=notes.get(name, ""), **told),
            figure=figure,
            banded=True,
        )
        for name, level, figure in figures
    ]
    for code in units.codes:
        row = Result(variable=code, level=nominal, measure="k_u_alpha", **told)
        rows.append(_Asked(row=row, figure=_of_code(family, code), banded=True))
    results = _worked_out(rows, units.rows, wishes)
    found = SpanSums(articles, _THRESHOLD)
    variants = [
        _Asked(
            row=Result(variable=ALL_CODES, level="", measure=name, note=_UNCORRECTED, **told),
            figure=_of_variant(found, variant),
        )
        for name, variant in _SPAN_VARIANTS.items()
    ]
    return results + _worked_out(variants, found.rows, wishes) + _alone(articles, units, wishes, told)


def _of_code(family: _Family, code: str) -> Callable[[Sequence[int]], Figure]:
    return lambda added: family.of(added).by_code[code]


def _of_variant(found: SpanSums, variant: Variant) -> Callable[[Sequence[int]], Figure]:
    return lambda added: found.mean_f1(added, variant)


def _alone(
    articles: Sequence[Continuum], units: UnitSums, wishes: Wishes, told: dict[str, Any]
) -> list[Result]:
    """Return u-alpha of each code against all else, where overlapping codes leave none over all codes."""
    results: list[Result] = []
    for code in [] if units.exclusive else units.codes:
        alone = UnitSums(only(articles, code), [code])
        row = Result(
            variable=code, level=Metric.NOMINAL, measure="u_alpha", note="this code against all else", **told
        )
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
