"""What there is to tell about one annotation: code, coder, answers, memo, flag."""

from typing import NamedTuple

from app.domain.annotations import Annotation
from app.domain.answers import (
    NOT_IN_TEXT,
    AnnotationTarget,
    Answer,
    EntityTarget,
    NotInText,
    Target,
    in_words,
)
from app.domain.errors import UserError
from app.domain.ids import CodeId, EntityId
from app.project.project import Project
from app.project.scope import shorten

_LONGEST_MEMO = 400


class Told(NamedTuple):
    """One annotation in words; `answers` are pairs of question and answer, in the order of the codebook."""

    code_id: CodeId
    path: str
    coder: str
    quote: str
    answers: tuple[tuple[str, str], ...]
    memo: str
    discuss: bool


def tell(project: Project, annotation: Annotation) -> Told:
    """Put an annotation into words."""
    codebook = project.codebook()
    return Told(
        code_id=annotation.code_id,
        path=" › ".join(code.name for code in codebook.path(annotation.code_id)),
        coder=next((each.name for each in project.coders() if each.id == annotation.coder_id), ""),
        quote=_quote(annotation),
        answers=tuple(
            (question.name, _answer_in_words(project, annotation.answers[question.id]))
            for question in codebook.questions(annotation.code_id)
            if question.id in annotation.answers
        ),
        memo=shorten(annotation.memo, _LONGEST_MEMO),
        discuss=annotation.discuss,
    )


def _answer_in_words(project: Project, answer: Answer) -> str:
    if not isinstance(answer, tuple):
        return in_words(answer)
    return ", ".join(each if isinstance(each, str) else _target_in_words(project, each) for each in answer)


def _target_in_words(project: Project, target: Target) -> str:
    match target:
        case AnnotationTarget(annotation=annotation_id):
            try:
                return f"“{_quote(project.annotation(annotation_id))}”"
            except UserError:
                return "an annotation that is gone"
        case EntityTarget(entity=entity_id):
            return _entity_name(project, entity_id)
        case NotInText():
            return NOT_IN_TEXT


def _entity_name(project: Project, entity_id: EntityId) -> str:
    found = (each.name for each in project.entities() if each.id == entity_id)
    return next(found, "an entity that is gone")


def _quote(annotation: Annotation) -> str:
    return shorten(" … ".join(fragment.quote for fragment in annotation.fragments), 80)
