"""Gamma: agreement on places and codes together, by the best alignment of units, against chance.

Source: Mathet, Widlöcher & Métivier (2015), Computational Linguistics 41:437-479. gamma = 1 - disorder / expected
disorder, the latter the mean over sampled texts; 1 where there is no disorder. A value says nothing without alpha,
beta, the sampler, the precision and the seed.

The sampler: every coder of a sampled text gets the units of a coder drawn at random, moved on by a random stretch and
around the end of the text, where a unit that would reach beyond it ends with it. Stretches lie half the mean length
of a unit apart at least, as in the authors' program; their paper has the mean length.
"""

import random
from collections.abc import Sequence
from math import ceil
from statistics import mean, stdev
from typing import NamedTuple

from app.agreement.alignment import ALPHA, BETA, align
from app.agreement.continua import Continuum, Unit
from app.agreement.figures import NOBODY_MARKED, NOBODY_TWICE, Figure
from app.agreement.packing import TooDense
from app.agreement.resampling import SEED

TOO_DENSE = "too many units lie over each other for the best alignment to be proved, and none is guessed"

PRECISION = 0.02
_FIRST = 30
_MOST = 2000
_TRIES = 50


class Gamma(NamedTuple):
    """Gamma of one article, with the disorder seen, the one expected, and how many samples that took."""

    figure: Figure
    observed: float
    expected: float
    samples: int


def gamma(
    article: Continuum,
    seed: int = SEED,
    precision: float = PRECISION,
    alpha: float = ALPHA,
    beta: float = BETA,
) -> Gamma:
    """Return gamma of one article for all coders who have done it; lengths in code points.

    30 samples come first, then as many as (1.96 · coefficient of variation / precision)² asks for. Every alignment is
    exact. Undefined with fewer than two coders, if nobody marked anything, or where an alignment is too dense.
    """
    # In an order of their own, so that names and order of coders play no part in what is drawn.
    coders = sorted(sorted(units) for units in article.coders.values())
    if len(coders) < 2:
        return Gamma(Figure(None, NOBODY_TWICE), 0.0, 0.0, 0)
    if not any(coders):
        return Gamma(Figure(None, NOBODY_MARKED), 0.0, 0.0, 0)
    try:
        return _against_chance(coders, article.length, random.Random(seed), precision, (alpha, beta))
    except TooDense:
        return Gamma(Figure(None, TOO_DENSE), 0.0, 0.0, 0)


def _against_chance(
    coders: Sequence[Sequence[Unit]],
    length: int,
    chance: random.Random,
    precision: float,
    weights: tuple[float, float],
) -> Gamma:
    observed = align(coders, *weights).disorder
    if observed <= 1e-12:
        return Gamma(Figure(1.0), 0.0, 0.0, 0)
    found = [align(sampled(coders, length, chance), *weights).disorder for _sample in range(_FIRST)]
    wanted = ceil((1.96 * stdev(found) / mean(found) / precision) ** 2) if mean(found) else 0
    for _sample in range(min(wanted, _MOST) - _FIRST):
        found.append(align(sampled(coders, length, chance), *weights).disorder)
    expected = mean(found)
    if not expected:
        return Gamma(Figure(None, "chance would agree as well"), observed, expected, len(found))
    return Gamma(Figure(1 - observed / expected), observed, expected, len(found))


def corpus_gamma(articles: Sequence[Continuum], seed: int = SEED, precision: float = PRECISION) -> Figure:
    """Return the mean of gamma over articles where it is defined, each weighing as many units as it has.

    Gamma is defined for one text; this mean is ours. One article that is too dense leaves no mean, because the others
    would not stand for it.
    """
    weighed = [
        (found.figure.value, sum(map(len, each.coders.values())), found.figure.reason)
        for each in articles
        if len(each.coders) > 1
        for found in [gamma(each, seed, precision)]
    ]
    if any(reason == TOO_DENSE for _value, _weight, reason in weighed):
        return Figure(None, TOO_DENSE)
    known = [(value, weight) for value, weight, _reason in weighed if value is not None]
    if not known:
        return Figure(None, weighed[0][2] if weighed else NOBODY_TWICE)
    return Figure(sum(value * weight for value, weight in known) / sum(weight for _value, weight in known))


def sampled(coders: Sequence[Sequence[Unit]], length: int, chance: random.Random) -> list[list[Unit]]:
    """Return a text with as many coders as there are, by chance; at least one unit is in it."""
    lengths = [unit[1] - unit[0] for units in coders for unit in units]
    apart = mean(lengths) / 2
    while True:
        drawn = [chance.choice(coders) for _coder in coders]
        if any(drawn):
            break
    pivots: list[int] = []
    for _coder in coders:
        pivot = chance.randrange(length)
        for _try in range(_TRIES):
            if all(min((pivot - each) % length, (each - pivot) % length) >= apart for each in pivots):
                break
            pivot = chance.randrange(length)
        pivots.append(pivot)
    return [
        [_moved(unit, pivot, length) for unit in units] for units, pivot in zip(drawn, pivots, strict=True)
    ]


def _moved(unit: Unit, pivot: int, length: int) -> Unit:
    long = unit[1] - unit[0]
    start = min((unit[0] + pivot) % length, length - long)
    return start, start + long, unit[2]
