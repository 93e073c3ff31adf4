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
    CodeOccurrences,
    Occurrence,
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
    annotation = _new(scope, command.id, command.article_id, code.id, fragments)
    given = {
        attribute_id: _check_answer(scope, annotation, attribute_id, answer)
        for attribute_id, answer in command.answers.items()
    }
    changed = {
        "answers": {**annotation.answers, **given},
        "memo": command.memo,
        "discuss": command.discuss,
    }
    scope.file.annotations.add([annotation.model_copy(update=changed)])
    return f"Code {code.name}: {_quoted(fragments)}"


def code_occurrences(scope: Scope, command: CodeOccurrences) -> str:
    """Apply a code in many places, but none that may not be coded; returns the name of the step."""
    coder = scope.coder_at_work()
    code = scope.code(command.code_id)
    quotes: list[str] = []
    for each in command.occurrences:
        fragments = _free_fragments(scope, each, coder.id, code.id)
        if fragments:
            scope.file.annotations.add([_new(scope, each.id, each.article_id, code.id, fragments)])
            quotes.append(fragments[0].quote)
    if not quotes:
        raise UserError(
            "Nothing was coded: every occurrence is coded already, or lies where this code may not be applied."
        )
    some = "1 occurrence" if len(quotes) == 1 else f"{len(quotes)} occurrences"
    return f"Code {code.name} in {some}: “{shorten(quotes[0])}”"


def remove_annotations(scope: Scope, command: RemoveAnnotations) -> str:
    """Delete annotations; returns the name of the step."""
    annotations = [_own(scope, annotation_id) for annotation_id in command.ids]
    if not annotations:
        raise UserError("Select an annotation first.")
    for linking in scope.file.annotations.linking_to(command.ids):
        scope.file.annotations.change(linking, updated_at=now())
    scope.file.annotations.remove(command.ids)
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
    scope.file.annotations.change(
        annotation.id, code_id=code.id, codebook_version=scope.codebook().version, updated_at=now()
    )
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


def _new(
    scope: Scope,
    annotation_id: AnnotationId,
    article_id: ArticleId,
    code_id: CodeId,
    fragments: tuple[Fragment, ...],
) -> Annotation:
    """Return an annotation of the coder at work that answers what has a default."""
    moment = now()
    return Annotation(
        id=annotation_id,
        article_id=article_id,
        coder_id=scope.coder_at_work().id,
        code_id=code_id,
        fragments=fragments,
        answers={
            attribute.id: check_plain(attribute, attribute.default)
            for attribute in scope.codebook().questions(code_id)
            if attribute.default is not None
        },
        codebook_version=scope.codebook().version,
        created_at=moment,
        updated_at=moment,
    )


def _fragments(scope: Scope, article_id: ArticleId, spans: Sequence[Span]) -> tuple[Fragment, ...]:
    text = scope.text(scope.article(article_id).sha256)
    wanted = tidy(spans)
    check_inside(wanted, text)
    return tuple(Fragment(span=span, quote=span.quote(text)) for span in wanted)


def _free_fragments(
    scope: Scope, occurrence: Occurrence, coder_id: CoderId, code_id: CodeId
) -> tuple[Fragment, ...]:
    """Return what an occurrence covers, or nothing where it may not be coded any longer."""
    article_id, span = occurrence.article_id, occurrence.span
    article = scope.file.articles.get(article_id)
    if article is None or span.end > article.length:
        return ()
    if scope.file.reviews.get(article_id, coder_id).state is ReviewState.DONE:
        return ()
    fragments = (Fragment(span=span, quote=span.quote(scope.text(article.sha256))),)
    return () if _objection(scope, article_id, coder_id, code_id, fragments, but=None) else fragments


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
    """Refuse what may not be coded."""
    objection = _objection(scope, article_id, coder_id, code_id, fragments, but=but)
    if objection:
        raise UserError(objection)


def _objection(
    scope: Scope,
    article_id: ArticleId,
    coder_id: CoderId,
    code_id: CodeId,
    fragments: Sequence[Fragment],
    *,
    but: AnnotationId | None,
) -> str:
    """Say what stands against a code: the same on the same spans, or overlap inside an exclusive layer."""
    codebook = scope.codebook()
    layer = codebook.layer(code_id)
    wanted = [fragment.span for fragment in fragments]
    for span in wanted:
        found = scope.file.annotations.overlapping(article_id, coder_id, span.start, span.end)
        others = [passage for passage in found if passage.annotation_id != but]
        for other in others:
            if layer.exclusive and codebook.layer(other.code_id).id == layer.id:
                return (
                    f"Codes of “{layer.name}” exclude each other, and part of this passage is coded "
                    f"{codebook.code(other.code_id).name} already."
                )
            if other.code_id == code_id and (other.start, other.end) == (span.start, span.end):
                twin = scope.annotation(other.annotation_id)
                if [fragment.span for fragment in twin.fragments] == wanted:
                    return f"This passage is coded {codebook.code(code_id).name} already."
    return ""


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


def _quoted(fragments: Sequence[Fragment]) -> str:
    return f"“{shorten(' … '.join(fragment.quote for fragment in fragments))}”"
