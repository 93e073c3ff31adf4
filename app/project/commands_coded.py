"""The verb that lets coded articles in."""

from app.domain.annotations import Annotation
from app.domain.articles import Draft
from app.domain.codebook import Codebook
from app.domain.coders import Coder
from app.domain.entities import Entity
from app.domain.ids import ArticleId
from app.domain.values import Value
from app.exchange.coded import CodedReview
from app.project.commands import Command


class NewArticle(Value):
    """An article under the id that it is to have."""

    id: ArticleId
    draft: Draft


class ImportCoded(Command):
    """Add articles, coders, codes and annotations that came from elsewhere, in the ids of the project.

    What has an id that the project knows already is left out. `codebook` is the whole codebook with what is new in
    it, None if nothing is. Annotations are under the version that the codebook has then.
    """

    source: str
    articles: tuple[NewArticle, ...] = ()
    coders: tuple[Coder, ...] = ()
    codebook: Codebook | None = None
    entities: tuple[Entity, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    reviews: tuple[CodedReview, ...] = ()
