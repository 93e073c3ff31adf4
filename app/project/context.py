"""An annotation among the words around it."""

from typing import NamedTuple

from app.domain.annotations import Annotation
from app.project.scope import Scope

_AROUND = 160
"""Code points of text that are shown before and after a quote."""


class Context(NamedTuple):
    """The quote of an annotation with the words of its line around it."""

    before: str
    quote: str
    after: str


def context_of(scope: Scope, annotation: Annotation) -> Context:
    """Return the quote of an annotation with its surroundings; nothing around one that does not fit its text."""
    quote = " … ".join(fragment.quote for fragment in annotation.fragments)
    text = scope.text(scope.article(annotation.article_id).sha256)
    if not annotation.fits(text):
        return Context("", quote, "")
    before = text[max(0, annotation.start - _AROUND) : annotation.start]
    after = text[annotation.end : annotation.end + _AROUND]
    return Context(before.rpartition("\n")[2], quote, after.partition("\n")[0])
