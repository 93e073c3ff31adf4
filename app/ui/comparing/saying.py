"""The sentences of the window: how far coders agree in an article, and why there is nothing to compare."""

from collections.abc import Callable, Mapping, Sequence

from app.domain.codebook import Codebook
from app.domain.ids import CoderId
from app.domain.reviews import ReviewState
from app.domain.side_by_side import Site
from app.project.scope import shorten
from app.project.site_words import said
from app.ui.comparing.outcome import Outcome
from app.ui.comparing.places import SiteWords, Wanted, sign

_MANY = 5
"""Coders from which on it is easier to read who differs from most."""

_SIGNS = {"≠": "Different", "≈": "Different answers", "=": "The same"}


def summary(outcome: Outcome) -> str:
    """Count the places that agree and differ; nothing where there is none or nobody to compare with."""
    if len(outcome.shown) < 2 or not outcome.sites:
        return ""
    apart = sum(not site.agreed for site in outcome.sites)
    answers = sum(site.agreed and site.kind is not None for site in outcome.sites)
    alike = len(outcome.sites) - apart
    noted = f" ({answers:,} with different answers)" if answers else ""
    places = "place agrees" if alike == 1 else "places agree"
    return f"{alike:,} {places}{noted}, {apart:,} differ{'s' if apart == 1 else ''}"


def nothing_listed(outcome: Outcome, wanted: Wanted, name: Callable[[CoderId], str], *, by_code: bool) -> str:
    """Say why no place is listed, and what to do where something can be done."""
    done = [side.coder.id for side in outcome.sides if side.state is ReviewState.DONE]
    if not done:
        begun = any(side.spans for side in outcome.sides)
        more = " What is in progress is not compared." if begun else ""
        return f"Nobody has marked this article done yet.{more}\n\nCtrl+PgDown goes to one that several have done."
    if len(done) == 1:
        return (
            f"Only {name(done[0])} has marked this article done.\n\nThere is something to compare as soon as another "
            "coder has. Ctrl+PgDown goes to an article that several have done."
        )
    if len(outcome.shown) < 2:
        return "Tick two coders or more to compare them."
    if not outcome.sites:
        return f"{len(outcome.shown)} coders have done this article, and nobody marked anything in it."
    if by_code:
        return "No such place with this code.\n\nChoose another code above, or all codes."
    if wanted is Wanted.DIFFERENT:
        return "All who are ticked marked and answered the same, everywhere in this article."
    return "There is no such place in this article."


def site_words(
    site: Site,
    text: str,
    codebook: Codebook,
    marks: Mapping[CoderId, str],
    name: Callable[[CoderId], str],
) -> SiteWords:
    """Put a place into one line: “A, C: Claim · B: nothing”. Where many had the same they come last, counted."""
    groups: dict[str, list[CoderId]] = {}
    for coder_id, words in said(site, codebook).items():
        groups.setdefault(words, []).append(coder_id)
    quote = f"“{shorten(text[site.start : site.end])}”"

    def line(who: Callable[[CoderId], str], between: str) -> str:
        return between.join(f"{_names(coders, who)}: {words}" for words, coders in groups.items())

    return SiteWords(
        quote=quote,
        said=_counted(groups, marks) or line(lambda each: marks.get(each, "?"), "  ·  "),
        spoken=f"{_SIGNS[sign(site)]}. {quote}. {line(name, '; ')}",
    )


def _counted(groups: Mapping[str, Sequence[CoderId]], marks: Mapping[CoderId, str]) -> str:
    """Name those who differ from most, and count the others; nothing where they are few."""
    most = max(groups, key=lambda words: len(groups[words]))
    everybody = sum(map(len, groups.values()))
    if everybody < _MANY or len(groups) == 1 or 2 * len(groups[most]) <= everybody:
        return ""
    named = [
        f"{_names(coders, lambda each: marks.get(each, '?'))}: {words}"
        for words, coders in groups.items()
        if words != most
    ]
    return "  ·  ".join((*named, f"the other {len(groups[most])}: {most}"))


def _names(coders: Sequence[CoderId], who: Callable[[CoderId], str]) -> str:
    return ", ".join(map(who, coders))
