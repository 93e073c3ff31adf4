"""Coefficients in the words and symbols of the page, and what is to be said next to a number."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.agreement.resampling import UNSURE_BELOW
from app.domain.comparing import Result, VariableKind

UNSURE, TOO_FEW = UNSURE_BELOW, 5
"""Articles with two coders below which an interval is too narrow, and below which numbers say nothing."""

BANDS = (0.667, 0.8)
"""Krippendorff's: below the first no conclusion is drawn, from the second on reliance is ordinary."""

_HIGH, _APART = 0.8, 0.4
_OPTION = " = "


class Measure(NamedTuple):
    """The symbol of a coefficient, and in words what it looks at."""

    symbol: str
    words: str


MEASURES = {
    "bar_u_alpha": Measure("|uα", "what is marked at all"),
    "u_alpha": Measure("uα", "places and codes together"),
    "cu_alpha": Measure("cuα", "which code or answer, where two coders marked the same"),
    "k_u_alpha": Measure("(k)uα", "this code among the others of its layer"),
    "alpha_nominal": Measure("α nominal", "Krippendorff's alpha, categories"),
    "alpha_ordinal": Measure("α ordinal", "Krippendorff's alpha, ordered categories"),
    "alpha_interval": Measure("α interval", "Krippendorff's alpha, numbers"),
    "alpha_ratio": Measure("α ratio", "Krippendorff's alpha, numbers with a true zero"),
    "alpha_masi": Measure("α sets", "Krippendorff's alpha of sets, MASI distance"),
    "alpha_characters": Measure("α characters", "sets of codes at every character, MASI distance"),
    "percent_agreement": Measure("Agreement", "share of pairs who say the same; not corrected for chance"),
    "ac1": Measure("AC1", "Gwet's, which hardly minds how common a value is"),
    "fleiss_kappa": Measure("Fleiss κ", "any number of coders"),
    "cohen_kappa": Measure("Cohen κ", "two coders"),
    "f1_exact": Measure("F1 exact", "same edges and code"),
    "f1_boundary": Measure("F1 edges", "same edges, whatever the code"),
    "f1_overlap": Measure("F1 overlap", "overlapping, with the same code"),
    "f1_iou": Measure("F1 half", "half of the joint length shared, with the same code"),
    "f1_links": Measure("F1 links", "links on matched spans"),
    "gamma": Measure("γ", "places and codes by the best alignment"),
}

_SYMBOLS_OF_ALPHA = frozenset(name for name in MEASURES if "alpha" in name)


def measure(name: str) -> Measure:
    """Return what a coefficient is called."""
    return MEASURES.get(name, Measure(name, ""))


def is_banded(result: Result) -> bool:
    """Tell whether .667 and .800 mean something for a coefficient: only for those of the alpha type."""
    return result.measure in _SYMBOLS_OF_ALPHA


def number(value: float | None, places: int = 3) -> str:
    """Return a coefficient as papers print it; “n/a” where there is none."""
    if value is None:
        return "n/a"
    digits = f"{abs(value):.{places}f}"
    sign = "−" if value < 0 and digits.strip("0.") else ""
    return sign + (digits.removeprefix("0") if places else digits)


def percent(share: float | None) -> str:
    """Return a share in whole per cent; nothing where there is none."""
    return "" if share is None else f"{share * 100:.0f} %"


def interval(result: Result) -> str:
    """Return both ends of an interval; nothing where there is none."""
    if result.ci_low is None or result.ci_high is None:
        return ""
    return f"{number(result.ci_low)} to {number(result.ci_high)}"


def noted(result: Result) -> str:
    """Return the note of a row with coefficients called as they are here."""
    return result.note.replace("alpha_characters", MEASURES["alpha_characters"].symbol)


def band(result: Result) -> str:
    """Say where a coefficient of the alpha type lies; nothing of any other."""
    if result.value is None or not is_banded(result):
        return ""
    below, above = BANDS
    if result.value < below:
        return "below .667"
    return "between .667 and .800" if result.value < above else ".800 or above"


def companion(results: Sequence[Result]) -> Result | None:
    """Return what stands beside the headline, the first of the results: F1, alpha on matched spans, or agreement.

    Where codes overlap, so that there is no u-alpha, it is alpha over characters, which does not mind.
    """
    if not results:
        return None
    head, *others = (
        each for each in results if _OPTION not in each.variable.removeprefix(results[0].variable)
    )
    wanted = [each for each in others if each.coders == head.coders]
    order = ("f1_overlap", "alpha", "percent_agreement")
    if head.object == VariableKind.ARTICLE or head.measure == "alpha_masi":
        order = ("percent_agreement",)
    if head.measure == "u_alpha" and head.value is None:
        order = ("alpha_characters", "f1_overlap")
    for name in order:
        for each in wanted:
            if each.measure.startswith(name) and (each.measure != "alpha_characters" or name == each.measure):
                return each
    return None


def explained(results: Sequence[Result], articles: int) -> Iterator[str]:
    """Yield what a reader of the headline has to know, a sentence each, the most important first."""
    if not results:
        return
    head = results[0]
    if head.value is None:
        yield f"n/a: {noted(head) or 'it is undefined'}. That is neither 1 nor 0."
    agreed = next((each.value for each in results if each.measure == "percent_agreement"), None)
    if agreed is not None and head.value is not None and agreed >= max(_HIGH, head.value + _APART):
        yield (
            f"{percent(agreed)} agree, and still alpha is {number(head.value)}: nearly everything has the same value, "
            "so that much agreement is to be expected by chance (prevalence). Report both."
        )
    if articles < TOO_FEW:
        yield f"Fewer than {TOO_FEW} articles have two coders: numbers are grey, because they say little."
    if head.value is not None and head.note:
        note = noted(head)
        yield f"{note[0].upper()}{note[1:]}."
