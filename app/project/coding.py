"""The verbs of coding: what happens to annotations."""

from collections.abc import Sequence

from app.domain.annotations import Annotation, Fragment
from app.domain.answers import AnnotationTarget, Answer, EntityTarget, check_plain, check_targets
from app.domain.codebook import POINTING, Attribute
from app.domain.errors import UserError
from app.domain.ids import AnnotationId, ArticleId, AttributeId, CodeId, CoderId
from app.domain.reviews import ReviewState
from app.domain.spans import Span, check_inside, tidy
from app.domain.times import now
from app.project.commands import (
    AddAnnotation,
    ChangeCode,
    ChangeSpans,
    RemoveAnnotations,
    SetAnswer,
    SetDiscuss,
    SetMemo,
)
from app.project.scope import Scope, shorten


def add_annotation(scope: Scope, command: AddAnnotation) -> str:
    """Apply a code; returns the name of the step."""
    coder = scope.coder_at_work()
    code = scope.code(command.code_id)
    fragments = _fragments(scope, command.article_id, command.spans)
    _check_free(scope, command.article_id, coder.id, code.id, fragments, but=None)
    moment = now()
    annotation = Annotation(
        id=command.id,
        article_id=command.article_id,
        coder_id=coder.id,
        code_id=code.id,
        fragments=fragments,
        memo=command.memo,
        discuss=command.discuss,
        codebook_version=scope.codebook().version,
        created_at=moment,
        updated_at=moment,
    )
    answers = {
        attribute_id: _check_answer(scope, annotation, attribute_id, answer)
        for attribute_id, answer in {**_defaults(scope, code.id), **command.answers}.items()
    }
    scope.file.annotations.add([annotation.model_copy(update={"answers": answers})])
    review = scope.file.reviews.get(command.article_id, coder.id)
    if review.nothing_found:
        scope.file.reviews.set_done(review.model_copy(update={"nothing_found": False}))
    return f"Code {code.name}: {_quoted(fragments)}"


def remove_annotations(scope: Scope, command: RemoveAnnotations) -> str:
    """Delete annotations; returns the name of the step."""
    annotations = [_own(scope, annotation_id) for annotation_id in command.ids]
    if not annotations:
        raise UserError("Select an annotation first.")
    for linking in scope.file.annotations.linking_to(command.ids):
        scope.file.annotations.change(linking, updated_at=now())
    scope.file.annotations.remove(command.ids)
    for article_id in {annotation.article_id for annotation in annotations}:
        _note_nothing_found(scope, article_id)
    if len(annotations) > 1:
        return f"Delete {len(annotations)} annotations"
    only = annotations[0]
    return f"Delete {scope.code(only.code_id).name}: {_quoted(only.fragments)}"


def change_code(scope: Scope, command: ChangeCode) -> str:
    """Give an annotation another code; returns the name of the step."""
    annotation = _own(scope, command.id)
    code = scope.code(command.code_id)
    article_id, coder_id = annotation.article_id, annotation.coder_id
    _check_free(scope, article_id, coder_id, code.id, annotation.fragments, but=annotation.id)
    asked = {attribute.id for attribute in scope.codebook().questions(code.id)}
    for attribute_id in annotation.answers:
        if attribute_id not in asked:
            scope.file.annotations.set_answer(annotation.id, attribute_id, None)
    scope.file.annotations.change(annotation.id, code_id=code.id, updated_at=now())
    return f"Change to {code.name}: {_quoted(annotation.fragments)}"


def change_spans(scope: Scope, command: ChangeSpans) -> str:
    """Give an annotation other fragments; returns the name of the step."""
    annotation = _own(scope, command.id)
    fragments = _fragments(scope, annotation.article_id, command.spans)
    article_id, coder_id = annotation.article_id, annotation.coder_id
    _check_free(scope, article_id, coder_id, annotation.code_id, fragments, but=annotation.id)
    scope.file.annotations.set_fragments(annotation.id, article_id, fragments)
    scope.file.annotations.change(annotation.id, updated_at=now())
    return f"Move {scope.code(annotation.code_id).name}: {_quoted(fragments)}"


def set_answer(scope: Scope, command: SetAnswer) -> str:
    """Answer an attribute; returns the name of the step."""
    annotation = _own(scope, command.id)
    attribute = _asked(scope, annotation, command.attribute_id)
    answer = command.answer
    if answer is not None:
        answer = _check_answer(scope, annotation, command.attribute_id, answer)
    scope.file.annotations.set_answer(annotation.id, command.attribute_id, answer)
    scope.file.annotations.change(annotation.id, updated_at=now())
    return f"{'Clear' if answer is None else 'Set'} {attribute.name}: {_quoted(annotation.fragments)}"


def set_memo(scope: Scope, command: SetMemo) -> str:
    """Write a memo; returns the name of the step."""
    annotation = _own(scope, command.id)
    scope.file.annotations.change(annotation.id, memo=command.memo, updated_at=now())
    return f"Memo: {_quoted(annotation.fragments)}"


def set_discuss(scope: Scope, command: SetDiscuss) -> str:
    """Set or clear the flag; returns the name of the step."""
    annotation = _own(scope, command.id)
    scope.file.annotations.change(annotation.id, discuss=command.discuss, updated_at=now())
    return f"{'Discuss' if command.discuss else 'Settle'}: {_quoted(annotation.fragments)}"


def _fragments(scope: Scope, article_id: ArticleId, spans: Sequence[Span]) -> tuple[Fragment, ...]:
    text = scope.text(scope.article(article_id).sha256)
    wanted = tidy(spans)
    check_inside(wanted, text)
    return tuple(Fragment(span=span, quote=span.quote(text)) for span in wanted)


def _own(scope: Scope, annotation_id: AnnotationId) -> Annotation:
    """Independent versions stay independent: nobody changes another coder's annotation."""
    annotation = scope.annotation(annotation_id)
    if annotation.coder_id != scope.coder_at_work().id:
        raise UserError("This annotation is another coder's and stays as it is.")
    return annotation


def _check_free(
    scope: Scope,
    article_id: ArticleId,
    coder_id: CoderId,
    code_id: CodeId,
    fragments: Sequence[Fragment],
    *,
    but: AnnotationId | None,
) -> None:
    """Refuse the same code on the same spans twice, and overlap inside an exclusive layer."""
    codebook = scope.codebook()
    layer = codebook.layer(code_id)
    wanted = [fragment.span for fragment in fragments]
    for span in wanted:
        found = scope.file.annotations.overlapping(article_id, coder_id, span.start, span.end)
        others = [passage for passage in found if passage.annotation_id != but]
        for other in others:
            if layer.exclusive and codebook.layer(other.code_id).id == layer.id:
                raise UserError(
                    f"Codes of “{layer.name}” exclude each other, and part of this passage is coded "
                    f"{codebook.code(other.code_id).name} already."
                )
            if other.code_id == code_id and (other.start, other.end) == (span.start, span.end):
                twin = scope.annotation(other.annotation_id)
                if [fragment.span for fragment in twin.fragments] == wanted:
                    raise UserError(f"This passage is coded {codebook.code(code_id).name} already.")


def _asked(scope: Scope, annotation: Annotation, attribute_id: AttributeId) -> Attribute:
    for attribute in scope.codebook().questions(annotation.code_id):
        if attribute.id == attribute_id:
            return attribute
    raise UserError(f"The code {scope.code(annotation.code_id).name} does not ask for this attribute.")


def _check_answer(scope: Scope, annotation: Annotation, attribute_id: AttributeId, answer: Answer) -> Answer:
    attribute = _asked(scope, annotation, attribute_id)
    if attribute.kind not in POINTING:
        return check_plain(attribute, answer)
    targets = check_targets(attribute, answer)
    for target in targets:
        if isinstance(target, AnnotationTarget):
            _check_target(scope, annotation, attribute, target.annotation)
        elif isinstance(target, EntityTarget) and scope.file.entities.get(target.entity) is None:
            raise UserError("This entity is no longer in the register.")
    return targets


def _check_target(
    scope: Scope, annotation: Annotation, attribute: Attribute, target_id: AnnotationId
) -> None:
    target = scope.annotation(target_id)
    if target.id == annotation.id:
        raise UserError("An annotation cannot link to itself.")
    if (target.article_id, target.coder_id) != (annotation.article_id, annotation.coder_id):
        raise UserError("A link stays inside one article and one coder's annotations.")
    layer = scope.codebook().layer(target.code_id).name
    if attribute.targets and layer not in attribute.targets:
        raise UserError(f"“{attribute.name}” links to {' or '.join(attribute.targets)}, not to {layer}.")


def _defaults(scope: Scope, code_id: CodeId) -> dict[AttributeId, Answer]:
    return {
        attribute.id: attribute.default
        for attribute in scope.codebook().questions(code_id)
        if attribute.default is not None
    }


def _note_nothing_found(scope: Scope, article_id: ArticleId) -> None:
    """An article that is done and has lost its last annotation is done with nothing found."""
    coder = scope.coder_at_work()
    review = scope.file.reviews.get(article_id, coder.id)
    if review.state is ReviewState.DONE and not scope.file.annotations.any_by(article_id, coder.id):
        scope.file.reviews.set_done(review.model_copy(update={"nothing_found": True}))


def _quoted(fragments: Sequence[Fragment]) -> str:
    return f"“{shorten(' … '.join(fragment.quote for fragment in fragments))}”"
