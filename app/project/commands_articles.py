"""The verbs on articles as a whole: their metadata, their order, samples of them."""

from collections.abc import Mapping

from pydantic import Field

from app.domain.ids import ArticleId, SampleId
from app.domain.ordering import OrderKind
from app.domain.sampling import LARGEST_SEED, Share
from app.project.commands import Command


class EditArticles(Command):
    """Write metadata of one or several articles; what is None stays as it is, and so does the text.

    In `metadata`, None takes a key away. A date must be one that can be put in order; what files brought otherwise
    stays until it is written anew.
    """

    ids: tuple[ArticleId, ...]
    title: str | None = None
    source: str | None = None
    date: str | None = None
    author: str | None = None
    url: str | None = None
    reference: str | None = None
    metadata: Mapping[str, str | None] = Field(default_factory=dict[str, str | None])


class RemoveArticles(Command):
    """Take articles out of the project; those that anybody has coded only with `even_if_coded`.

    Everything that was coded on them goes with them, and comes back with an undo.
    """

    ids: tuple[ArticleId, ...]
    even_if_coded: bool = False


class SetOrder(Command):
    """Put all articles in another order for the coders; articles that come later are added at the end.

    `seed` is that of the shuffled order.
    """

    kind: OrderKind
    seed: int = Field(default=0, ge=0, le=LARGEST_SEED)


class DrawSample(Command):
    """Draw a sample and keep it under a name; `id` lets the caller know it beforehand.

    `among` are the articles that may be drawn, all if it is None; `drawn_from` says in words which those are.
    `stratify` is outlet, author, month, year or a key of the metadata; empty for a simple random sample.
    """

    id: SampleId
    name: str = Field(max_length=200)
    size: int
    seed: int = Field(ge=0, le=LARGEST_SEED)
    stratify: str = ""
    share: Share = Share.PROPORTIONAL
    among: tuple[ArticleId, ...] | None = None
    drawn_from: str = ""


class RenameSample(Command):
    """Give a sample another name."""

    id: SampleId
    name: str = Field(max_length=200)


class RemoveSamples(Command):
    """Forget samples; the articles stay."""

    ids: tuple[SampleId, ...]
