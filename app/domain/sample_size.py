"""How many units a reliability test needs, so that its confidence interval is as narrow as wished."""

import math
from statistics import NormalDist
from typing import NamedTuple

from app.domain.errors import UserError

RULE = (
    "n = (2z / width)² · (1 − α) · [(1 − α)(1 − 2α) + α(2 − α) / (2p(1 − p))]: the large-sample variance of "
    "chance-corrected agreement of two coders on whether a code applies (Bloch & Kraemer 1989, Biometrics 45, "
    "269-287; as a sample size for a given width: Shoukri, Asyali & Donner 2004, Statistical Methods in Medical "
    "Research 13, 251-271)."
)
"""The rule in one sentence, for dialogs and documents."""


class Need(NamedTuple):
    """What a reliability test needs: units that two coders code, and articles that hold as many."""

    units: int
    articles: int | None


def variance_of_one(agreement: float, prevalence: float) -> float:
    """Return n times the large-sample variance of the agreement of two coders on a yes-or-no judgement.

    `agreement` is chance-corrected, as Krippendorff's alpha, Scott's pi or the intraclass kappa, which are the same
    in large samples; `prevalence` is the share of units to which the rarest code applies. The coders are taken to be
    exchangeable. Bloch & Kraemer (1989), Biometrics 45, 269-287; the form is that of Donner & Eliasziw (1992),
    Statistics in Medicine 11, 1511-1519.
    """
    spread = 2 * prevalence * (1 - prevalence)
    return (1 - agreement) * ((1 - agreement) * (1 - 2 * agreement) + agreement * (2 - agreement) / spread)


def units_for_width(width: float, level: float, agreement: float, prevalence: float) -> int:
    """Return how many units make the confidence interval as wide as `width`, from end to end, or narrower.

    `level` is that of the interval, such as 0.95; `agreement` and `prevalence` are what is expected, see
    `variance_of_one`. The normal approximation n = (2 z / width)² · variance; Shoukri, Asyali & Donner (2004),
    Statistical Methods in Medical Research 13, 251-271. UserError for values outside of which it means nothing.
    """
    if not 0 < width < 1:
        raise UserError("The width of the interval lies between 0 and 1, such as 0.1.")
    if not 0.5 <= level < 1:
        raise UserError("The level of confidence lies between 0.5 and 1, such as 0.95.")
    if not 0 <= agreement < 1:
        raise UserError("The agreement that is expected lies between 0 and 1, such as 0.8.")
    if not 0 < prevalence < 1:
        raise UserError("The share of the rarest code lies between 0 and 1, such as 0.1.")
    z = NormalDist().inv_cdf((1 + level) / 2)
    return math.ceil((2 * z / width) ** 2 * variance_of_one(agreement, prevalence))


def need(
    width: float, level: float, agreement: float, prevalence: float, units_per_article: float = 0
) -> Need:
    """Return the units and, where `units_per_article` is known and so above 0, the articles that it takes."""
    units = units_for_width(width, level, agreement, prevalence)
    return Need(units, math.ceil(units / units_per_article) if units_per_article > 0 else None)
