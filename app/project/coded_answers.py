"""Answers of a source in the terms of the project; one that its question does not take is told and left out."""

from collections.abc import Mapping

from app.domain.answers import AnnotationTarget, Answer, EntityTarget, Target, check_plain, check_targets
from app.domain.codebook import POINTING, WITH_CHOICES, Attribute
from app.domain.errors import UserError
from app.domain.ids import AnnotationId, AttributeId, CodeId, EntityId
from app.exchange.coded import CodedAnnotation
from app.project.codebook_fit import Fit, folded_name


class AnswerFit:
    """Turns the answers of annotations; `ids` and `codes` are what each annotation of the source is here.

    `problems` grows with every answer that has no place.
    """

    def __init__(
        self,
        fit: Fit,
        entities: Mapping[EntityId, EntityId],
        ids: Mapping[AnnotationId, AnnotationId],
        codes: Mapping[AnnotationId, CodeId],
    ) -> None:
        self._questions, self._book = fit.questions, fit.codebook
        self._entities, self._ids, self._codes = entities, ids, codes
        self._asked: dict[CodeId, dict[AttributeId, Attribute]] = {}
        self.problems: list[str] = []

    def answers(self, annotation: CodedAnnotation, code_id: CodeId) -> dict[AttributeId, Answer]:
        """Return what of an annotation's answers its code takes here."""
        if code_id not in self._asked:
            self._asked[code_id] = {each.id: each for each in self._book.questions(code_id)}
        found: dict[AttributeId, Answer] = {}
        for theirs, answer in annotation.answers.items():
            here = self._questions.get(theirs, theirs)
            attribute = self._asked[code_id].get(here)
            try:
                if attribute is None:
                    name = self._book.attribute(here).name
                    raise UserError(f"the code “{self._book.code(code_id).name}” does not ask for “{name}”.")
                found[attribute.id] = self._answer(attribute, annotation.id, answer)
            except UserError as error:
                self.problems.append(f"{annotation.id}: an answer is left out: {error}")
        return found

    def _answer(self, attribute: Attribute, owner: AnnotationId, answer: Answer) -> Answer:
        if attribute.kind not in POINTING:
            return check_plain(attribute, _chosen(attribute, answer))
        targets = tuple(
            here
            for each in (answer if isinstance(answer, tuple) else ())
            if not isinstance(each, str) and (here := self._target(attribute, owner, each)) is not None
        )
        if not targets:
            raise UserError(f"“{attribute.name}” leads nowhere in this project.")
        return check_targets(attribute, targets)

    def _target(self, attribute: Attribute, owner: AnnotationId, target: Target) -> Target | None:
        """Return where a link leads here; None if what it led to was left out or may not be linked to."""
        if isinstance(target, AnnotationTarget):
            code_id = self._codes.get(target.annotation)
            if code_id is None:
                self.problems.append(f"{owner}: “{attribute.name}” led to {target.annotation}, left out")
                return None
            layer = self._book.layer(code_id).name
            if attribute.targets and layer not in attribute.targets:
                wanted = " or ".join(attribute.targets)
                self.problems.append(f"{owner}: “{attribute.name}” links to {wanted}, not to {layer}")
                return None
            return AnnotationTarget(annotation=self._ids[target.annotation])
        if isinstance(target, EntityTarget):
            entity = self._entities.get(target.entity)
            return EntityTarget(entity=entity) if entity else None
        return target


def _chosen(attribute: Attribute, answer: Answer) -> Answer:
    """Return the choice that is meant, where the source writes it with other spaces or case."""
    if attribute.kind not in WITH_CHOICES or not isinstance(answer, str) or answer in attribute.choices:
        return answer
    alike = [each for each in attribute.choices if folded_name(each) == folded_name(answer)]
    return alike[0] if len(alike) == 1 else answer
