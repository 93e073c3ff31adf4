"""Coded articles enter in one step."""

from app.domain.annotations import Annotation
from app.domain.articles import text_hash
from app.domain.errors import UserError
from app.domain.reviews import ReviewState
from app.domain.times import now
from app.exchange.coded import CodedReview
from app.project.commands import ReplaceCodebook
from app.project.commands_coded import ImportCoded, NewArticle
from app.project.openness import open_questions
from app.project.scope import Scope, shorten
from app.project.study import article_of, replace_codebook

_REASON = "imported as done"
"""Why an article is done although required questions are open."""


def import_coded(scope: Scope, command: ImportCoded) -> str:
    """Add everything that is new; returns the name of the step."""
    if command.codebook is not None:
        replace_codebook(scope, ReplaceCodebook(codebook=command.codebook))
    for coder in command.coders:
        if scope.file.coders.get(coder.id) is None:
            scope.file.coders.write(coder)
    for entity in command.entities:
        if scope.file.entities.get(entity.id) is None:
            scope.file.entities.write(entity)
    moment = now()
    _add_articles(scope, command.articles, moment)
    count = 0
    for at, annotation in enumerate(command.annotations):
        scope.progress(at, len(command.annotations))
        count += _add_annotation(scope, annotation, moment)
    for review in command.reviews:
        _mark_done(scope, review, moment)
    some = f"{count:,} annotation{'' if count == 1 else 's'}"
    new = f"{len(command.articles):,} new article{'' if len(command.articles) == 1 else 's'}"
    return f"Import {shorten(command.source)}: {some}, {new}"


def _add_articles(scope: Scope, articles: tuple[NewArticle, ...], moment: str) -> None:
    position = scope.file.articles.next_position()
    for at, new in enumerate(articles):
        scope.file.articles.add_text(text_hash(new.draft.text), new.draft.text)
        scope.file.articles.add([article_of(new.id, new.draft, position + at, moment)])


def _add_annotation(scope: Scope, annotation: Annotation, moment: str) -> bool:
    if scope.file.annotations.get(annotation.id) is not None:
        return False
    if not annotation.fits(scope.text(scope.article(annotation.article_id).sha256)):
        raise UserError("An annotation does not fit its text, so nothing was imported. Import it anew.")
    scope.file.annotations.add(
        [
            annotation.model_copy(
                update={
                    "codebook_version": scope.codebook().version,
                    "created_at": moment,
                    "updated_at": moment,
                }
            )
        ]
    )
    return True


def _mark_done(scope: Scope, wish: CodedReview, moment: str) -> None:
    review = scope.file.reviews.get(wish.article_id, wish.coder_id)
    if review.state is ReviewState.DONE:
        return
    lacking = open_questions(scope, wish.article_id, wish.coder_id)
    scope.file.reviews.set_done(
        review.model_copy(
            update={
                "state": ReviewState.DONE,
                "nothing_found": not scope.file.annotations.any_by(wish.article_id, wish.coder_id),
                "done_at": moment,
                "reason": _REASON if lacking else "",
            }
        )
    )
