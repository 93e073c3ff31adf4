"""Changes: what one step did, in the words that a panel needs to know whether to look again."""

from typing import Self

from app.domain.ids import AnnotationId, ArticleId, CoderId, EntityId
from app.domain.values import Value


class Changes(Value):
    """The typed answer to every verb.

    `articles` were added, removed or had metadata changed; `coded` are articles whose annotations changed,
    `annotations` those annotations, deleted ones included; `reviewed` are articles whose state, notes or
    variables changed; `mentioned` are entities to which a link was made or removed; `words` is the word list,
    `samples` are samples of articles.
    `step` is the name of the step for people, empty if nothing happened.
    """

    step: str = ""
    articles: frozenset[ArticleId] = frozenset()
    coded: frozenset[ArticleId] = frozenset()
    annotations: frozenset[AnnotationId] = frozenset()
    reviewed: frozenset[ArticleId] = frozenset()
    entities: frozenset[EntityId] = frozenset()
    mentioned: frozenset[EntityId] = frozenset()
    coders: frozenset[CoderId] = frozenset()
    codebook: bool = False
    project: bool = False
    words: bool = False
    samples: bool = False

    @property
    def nothing(self) -> bool:
        """Tell whether the step left the project as it was."""
        return self == Changes(step=self.step)

    def followed_by(self, later: Self) -> Self:
        """Return what both did together, under the name of the later step."""
        both = {
            name: getattr(self, name) | getattr(later, name)
            for name in type(self).model_fields
            if name != "step"
        }
        return type(self)(step=later.step, **both)
