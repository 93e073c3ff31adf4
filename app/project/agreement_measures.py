"""How every coefficient becomes a row: its value, its interval, the shares below the bands, and what is to be said."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from app import __version__
from app.agreement.alignment import ALPHA, BETA
from app.agreement.continua import Continuum
from app.agreement.distances import Metric
from app.agreement.figures import Figure
from app.agreement.gamma import PRECISION, corpus_gamma
from app.agreement.ratings import RatingSums
from app.agreement.resampling import ROUNDS, SEED, UNSURE_BELOW, Interval, bootstrap
from app.agreement.span_f1 import SpanSums, Variant
from app.agreement.unitizing import Coefficients, UnitSums
from app.domain.comparing import Result
from app.domain.counting import counted
from app.domain.values import Value

ALL = "all"
THRESHOLD = 0.5
"""Shared length by joint length, from which two spans count as one for `f1_iou`."""

UNCORRECTED = "mean over pairs of coders; not corrected for chance"
ARTICLES = "articles"

SPAN_VARIANTS = {
    "f1_exact": Variant.EXACT,
    "f1_boundary": Variant.BOUNDARY,
    "f1_overlap": Variant.OVERLAP,
    "f1_iou": Variant.IOU,
}

_ON_EDGES = frozenset({"f1_exact", "f1_boundary"})

_MOST_WORK = 15_000
"""Units times the square of coders, up to which gamma takes no more than some seconds."""


class Wishes(Value):
    """What can be chosen: rounds of the bootstrap and its seed; categories in the codebook, 0 for those in the data.

    `gamma` says whether to work gamma out, which takes longer than all else; None where that takes only moments.
    `pairs` says whether to add the headline of every variable for every two coders.
    """

    rounds: int = ROUNDS
    seed: int = SEED
    categories: int = 0
    gamma: bool | None = None
    pairs: bool = False


class Asked(Value):
    """A coefficient to be worked out: its row without numbers, and how it comes of added sums."""

    row: Result
    figure: Callable[[Sequence[int]], Figure]
    banded: bool = False


class Family:
    """Works the u-alpha family out once for all of its coefficients."""

    def __init__(self, units: UnitSums, metric: Metric = Metric.NOMINAL) -> None:
        self._units = units
        self._metric = metric
        self._total: Sequence[int] | None = None
        self._found = units.coefficients([], metric)

    def of(self, total: Sequence[int]) -> Coefficients:
        """Return the family for added sums, which are the same list for all coefficients of one round."""
        if total is not self._total:
            self._total, self._found = total, self._units.coefficients(total, self._metric)
        return self._found

    def u(self, total: Sequence[int]) -> Figure:
        """Return u-alpha for added sums."""
        return self.of(total).u

    def bar_u(self, total: Sequence[int]) -> Figure:
        """Return |u-alpha for added sums."""
        return self.of(total).bar_u

    def cu(self, total: Sequence[int]) -> Figure:
        """Return cu-alpha for added sums."""
        return self.of(total).cu

    def of_code(self, code: str) -> Callable[[Sequence[int]], Figure]:
        """Return how (k)u-alpha of one code comes of added sums."""
        return lambda added: self.of(added).by_code[code]


def joined_in_words(merged: int) -> str:
    """Say how many overlapping units were made one, if any were."""
    return "" if not merged else f"{counted(merged, 'overlapping unit')} of one code and coder joined"


def units_asked(units: UnitSums, family: Family, plain: Result) -> Iterator[Asked]:
    """Yield the u-alpha family over all codes, and alpha over characters, as rows like `plain`."""
    joined = joined_in_words(units.merged)
    figures = {"u_alpha": family.u, "bar_u_alpha": family.bar_u, "cu_alpha": family.cu}
    for name, figure in figures.items():
        row = plain.model_copy(update={"measure": name, "note": joined})
        yield Asked(row=row, figure=figure, banded=True)
    row = plain.model_copy(
        update={"measure": "alpha_characters", "level": str(Metric.MASI), "note": "MASI distance"}
    )
    yield Asked(row=row, figure=units.characters, banded=True)


def ratings_asked(sums: RatingSums, coders: Sequence[str], plain: Result, categories: int = 0) -> list[Asked]:
    """Return alpha as `plain` has it, then percent agreement, AC1, Fleiss' kappa, and Cohen's for every two coders.

    `categories` counts those in the codebook, 0 for those in the data; `coders` name the columns of the ratings.
    """
    asked = [Asked(row=plain, figure=sums.alpha, banded=True)]
    plain = plain.model_copy(update={"headline": False, "level": str(Metric.NOMINAL)})
    figures: dict[str, Callable[[Sequence[int]], Figure]] = {
        "percent_agreement": sums.percent_agreement,
        "ac1": lambda added: sums.ac1(added, categories),
        "fleiss_kappa": sums.fleiss_kappa,
    }
    for name, figure in figures.items():
        asked.append(Asked(row=plain.model_copy(update={"measure": name}), figure=figure))
    return [*asked, *_cohen(sums, coders, plain.model_copy(update={"measure": "cohen_kappa"}))]


def _cohen(sums: RatingSums, coders: Sequence[str], plain: Result) -> Iterator[Asked]:
    """Yield the mean of Cohen's kappa and, where it is one, that of each pair of coders."""
    pairs = list(combinations(range(len(coders)), 2))
    over = f"mean over {len(pairs)} pairs of coders" if len(pairs) > 1 else ""
    yield Asked(row=plain.model_copy(update={"note": over}), figure=sums.mean_cohen_kappa)
    for one, other in pairs if len(pairs) > 1 and sums.coders else []:
        units = sums.table(sums.total(), one, other).units
        told = {"coders": f"{coders[one]}~{coders[other]}", "documents": units, "units": units}
        yield Asked(row=plain.model_copy(update=told), figure=_of_pair(sums, one, other))


def _of_pair(sums: RatingSums, one: int, other: int) -> Callable[[Sequence[int]], Figure]:
    return lambda added: sums.cohen_kappa(added, one, other)


def f1_asked(
    found: SpanSums, plain: Result, names: Sequence[str], note: str = "", edges: str = ""
) -> list[Asked]:
    """Return the variants of F1 that are named, as rows like `plain`; `edges` is said of those that compare edges."""
    return [
        Asked(
            row=plain.model_copy(
                update={
                    "measure": name,
                    "level": "",
                    "note": "; ".join(filter(None, (UNCORRECTED, note, edges if name in _ON_EDGES else ""))),
                }
            ),
            figure=_of_variant(found, SPAN_VARIANTS[name]),
        )
        for name in names
    ]


def _of_variant(found: SpanSums, variant: Variant) -> Callable[[Sequence[int]], Figure]:
    return lambda added: found.mean_f1(added, variant)


def gamma_wanted(articles: Sequence[Continuum], wishes: Wishes) -> bool:
    """Tell whether gamma is to be worked out: as was wished, or else where that takes only moments."""
    if wishes.gamma is not None:
        return wishes.gamma
    return sum(sum(map(len, each.coders.values())) * len(each.coders) ** 2 for each in articles) <= _MOST_WORK


def gamma_row(articles: Sequence[Continuum], plain: Result, wishes: Wishes) -> Result:
    """Return gamma for all coders at once, articles weighed by their units; without an interval."""
    figure = corpus_gamma(articles, wishes.seed)
    how = f"alpha {ALPHA:g}, beta {BETA:g}, units of a random coder moved around, precision {PRECISION:g}"
    note = (
        f"mean over articles by units; {how}, seed {wishes.seed}"
        if figure.value is not None
        else figure.reason
    )
    return plain.model_copy(update={"measure": "gamma", "level": "", "value": figure.value, "note": note})


def worked_out(
    asked: Sequence[Asked], sums: Sequence[Sequence[int]], wishes: Wishes, drawn: str = ARTICLES
) -> list[Result]:
    """Return the rows with their numbers, all of one kind of sums drawn together; `drawn` names what is drawn."""
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


def _filled(asked: Asked, figure: Figure, interval: Interval | None, articles: int, drawn: str) -> Result:
    notes = [figure.reason, asked.row.note if figure.value is not None else ""]
    told: dict[str, Any] = {"value": figure.value}
    if figure.coverage is not None:
        told["coverage"] = figure.coverage
    if interval is not None and figure.value is not None:
        told |= {"ci_low": interval.low, "ci_high": interval.high, "undefined_rounds": interval.undefined}
        if asked.banded:
            told |= {"q_667": interval.below_667, "q_800": interval.below_800}
        if articles < UNSURE_BELOW:
            notes.append(f"fewer than {UNSURE_BELOW} {drawn}: the interval is likely too narrow")
    return asked.row.model_copy(update={**told, "note": "; ".join(filter(None, notes))})


def settings_of(wishes: Wishes, **more: Any) -> dict[str, Any]:
    """Return what the numbers were worked out with, for whoever wants to have them again."""
    return {
        **more,
        "program": f"Rubricator {__version__}",
        "bootstrap": wishes.rounds,
        "seed": wishes.seed,
        "gamma": wishes.gamma,
        "pairs": wishes.pairs,
        "interval": "percentile, 2.5 to 97.5",
        "threshold_iou": THRESHOLD,
    }


def wishes_of(settings: Mapping[str, Any]) -> Wishes:
    """Return what was wished for, from the settings of a result; pydantic's ValidationError if they are none."""
    return Wishes(
        rounds=settings.get("bootstrap", ROUNDS),
        seed=settings.get("seed", SEED),
        gamma=settings.get("gamma"),
        pairs=settings.get("pairs", False),
    )
