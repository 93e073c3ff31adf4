"""Whether answers that were given fit a changed codebook, and where those go that do not stay."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from app.domain.answers import Answer, Plain, check_plain, check_targets
from app.domain.codebook import POINTING, Attribute, Codebook
from app.domain.editing import counterpart
from app.domain.errors import UserError
from app.domain.ids import AttributeId, CodeId
from app.project.scope import Scope

Renamed = Mapping[AttributeId, Mapping[str, str]]
"""By attribute: which choice takes over the answers of another."""


class Move(NamedTuple):
    """Equal answers that will be others, perhaps to another question; `to` is None where they have no place.

    `code_id` is that of the annotations as they are now, None for an article variable.
    """

    code_id: CodeId | None
    attribute_id: AttributeId
    answer: Answer
    to: tuple[AttributeId, Answer] | None
    number: int


class Cut(NamedTuple):
    """Links from annotations of one code to those of another, which their question does not allow any longer."""

    code_id: CodeId
    attribute_id: AttributeId
    to: CodeId


class Fate(NamedTuple):
    """What becomes of answers: those that move, links that are cut, and in words what is lost, with the numbers."""

    moves: tuple[Move, ...]
    cuts: tuple[Cut, ...]
    lost: Mapping[str, int]

    @property
    def carried(self) -> int:
        """How many answers go to another question."""
        return sum(each.number for each in self.moves if each.to and each.to[0] != each.attribute_id)

    def in_words(self) -> str:
        """Return what is lost: each reason with its number; empty if nothing is."""
        return "; ".join(f"{what} ({answers(count)})" for what, count in self.lost.items())


def fate(
    scope: Scope,
    before: Codebook,
    after: Codebook,
    *,
    recoded: Mapping[CodeId, CodeId] | None = None,
    renamed: Renamed | None = None,
) -> Fate:
    """Work out what becomes of every answer when a codebook takes the place of another.

    `recoded` says which codes annotations get. Answers that do not fit as it is stay as they are: they are no
    reason to refuse a change.
    """
    recoded, renamed = recoded or {}, renamed or {}
    moves: list[Move] = []
    lost: dict[str, int] = {}
    there = {code.id for code in before.codes}
    anew = any(renamed.values())
    if anew or any(
        _asks_otherwise(before.questions(each), _questions(after, recoded.get(each, each))) for each in there
    ):
        for code_id, attribute_id, answer, count in scope.file.annotations.answers_in_use():
            if code_id in there:
                asked, then = before.questions(code_id), _questions(after, recoded.get(code_id, code_id))
                move = Move(code_id, attribute_id, answer, None, count)
                _settle(move, asked, then, renamed, moves, lost)
    if anew or _asks_otherwise(before.variables, after.variables):
        for attribute_id, answer, count in scope.file.reviews.answers_in_use():
            move = Move(None, attribute_id, answer, None, count)
            _settle(move, before.variables, after.variables, renamed, moves, lost)
    return Fate(tuple(moves), tuple(_cuts(scope, before, after, recoded, lost)), lost)


def _cuts(
    scope: Scope,
    before: Codebook,
    after: Codebook,
    recoded: Mapping[CodeId, CodeId],
    lost: dict[str, int],
) -> Iterator[Cut]:
    """Yield the links that lead to a layer where they may not any longer, and count them as lost."""
    layers = {code.id: before.layer(code.id).name for code in before.codes}
    there = {code.id: after.layer(code.id).name for code in after.codes}
    if (
        not recoded
        and _targets(before) == _targets(after)
        and all(there.get(code_id, layer) == layer for code_id, layer in layers.items())
    ):
        return
    for code_id, attribute_id, to, count in scope.file.applied.links_by_code():
        if code_id not in layers or to not in layers or recoded.get(to, to) not in there:
            continue
        old = _find(before.questions(code_id), attribute_id)
        new = old and counterpart(old, _questions(after, recoded.get(code_id, code_id)))
        layer = there[recoded.get(to, to)]
        allowed = old is not None and (not old.targets or layers[to] in old.targets)
        if new is not None and allowed and new.targets and layer not in new.targets:
            reason = f"“{new.name}” may not link to “{layer}”"
            lost[reason] = lost.get(reason, 0) + count
            yield Cut(code_id, attribute_id, to)


def settle(scope: Scope, found: Fate, moment: str) -> None:
    """Move the answers that move, and take those away that are lost; codes must still be what they were."""
    applied = scope.file.applied
    for cut in found.cuts:
        applied.cut_links(*cut, moment)
    for each in _in_turn(found.moves):
        if each.code_id is not None:
            applied.move_answers(each.code_id, each.attribute_id, each.answer, each.to, moment)
        else:
            to = each.to and (each.to[0], _plain(each.to[1]))
            applied.move_variable(each.attribute_id, _plain(each.answer), to)


def _in_turn(moves: Sequence[Move]) -> list[Move]:
    """Order moves so that what has moved is never taken for what is still to move."""
    waiting = {(each.code_id, each.attribute_id, each.answer): each for each in moves}
    ordered: list[Move] = []
    while waiting:
        free = [
            key for key, each in waiting.items() if not each.to or (each.code_id, *each.to) not in waiting
        ]
        if not free:
            raise UserError("Two choices cannot change names in one step. Rename one of them first.")
        ordered += [waiting.pop(key) for key in free]
    return ordered


def refuse_loss(found: Fate) -> None:
    """Raise UserError if answers would be lost, or no longer be answers to what is asked then."""
    if found.lost:
        raise UserError(
            f"The new codebook does not fit answers that have been given: {found.in_words()}. "
            "Keep those questions and choices, or change the answers first."
        )


def answers(count: int) -> str:
    """Return a number of answers in words."""
    return "1 answer" if count == 1 else f"{count:,} answers"


def _targets(codebook: Codebook) -> dict[AttributeId, tuple[str, ...]]:
    return {each.id: each.targets for code in codebook.codes for each in code.attributes if each.targets}


def _settle(
    move: Move,
    asked: Sequence[Attribute],
    then: Sequence[Attribute],
    renamed: Renamed,
    moves: list[Move],
    lost: dict[str, int],
) -> None:
    """Note what becomes of some equal answers, if anything does."""
    old = _find(asked, move.attribute_id)
    if old is None or _misfit(old, old, move.answer):
        return
    new = counterpart(old, then)
    answer = _renamed(move.answer, renamed.get(old.id, {}))
    reason = _misfit(old, new, answer)
    if new is None or reason:
        lost[reason] = lost.get(reason, 0) + move.number
        moves.append(move)
    elif new.id != old.id or answer != move.answer:
        if new.kind not in POINTING:
            answer = check_plain(new, answer)
        moves.append(move._replace(to=(new.id, answer)))


def _renamed(answer: Answer, choices: Mapping[str, str]) -> Answer:
    if isinstance(answer, str):
        return choices.get(answer, answer)
    if isinstance(answer, tuple):
        items = (choices.get(each, each) if isinstance(each, str) else each for each in answer)
        return tuple(dict.fromkeys(items))  # type: ignore[return-value]
    return answer


def _misfit(before: Attribute, after: Attribute | None, answer: Answer) -> str:
    """Say why an answer to a question does not fit the one that takes its place; empty if it does."""
    if after is None:
        return f"“{before.name}” is no longer asked"
    try:
        if after.kind in POINTING:
            check_targets(after, answer)
        else:
            check_plain(after, answer)
    except UserError:
        pass
    else:
        return ""
    if after.kind is not before.kind:
        return f"“{before.name}” would become a question of the kind {after.kind}"
    chosen = answer if isinstance(answer, tuple) else (answer,)
    missing = ", ".join(f"“{each}”" for each in chosen if each not in after.choices)
    return f"“{before.name}” lacks {missing}"


def _asks_otherwise(asked: Sequence[Attribute], then: Sequence[Attribute]) -> bool:
    """Tell whether an answer may have to go: other words for a question, and further ones, leave all as they are."""
    kept = {each.id: _shape(each) for each in then}
    return any(kept.get(each.id) != _shape(each) for each in asked)


def _shape(question: Attribute) -> tuple[object, ...]:
    return question.kind, question.choices, question.targets


def _find(questions: Sequence[Attribute], attribute_id: AttributeId) -> Attribute | None:
    return next((each for each in questions if each.id == attribute_id), None)


def _questions(codebook: Codebook, code_id: CodeId) -> tuple[Attribute, ...]:
    """Return what is asked on a code, nothing if it is not there."""
    return codebook.questions(code_id) if any(code.id == code_id for code in codebook.codes) else ()


def _plain(answer: Answer) -> Plain:
    return answer  # type: ignore[return-value]
