"""The verbs that design the codebook, and what each would come to before it is said."""

from collections.abc import Callable, Mapping
from threading import RLock
from typing import Any, NamedTuple

from app.domain.annotations import Annotation
from app.domain.answers import AnnotationTarget, Answer
from app.domain.codebook import Codebook
from app.domain.editing import (
    family,
    named,
    owner,
    with_attribute,
    with_attribute_moved,
    with_code,
    with_code_merged,
    with_code_moved,
    without_attribute,
    without_code,
)
from app.domain.errors import UserError
from app.domain.ids import AnnotationId, AttributeId, CodeId, CoderId
from app.domain.times import now
from app.project.commands_codebook import (
    MergeCode,
    MoveAttribute,
    MoveCode,
    Redesign,
    RemoveAttribute,
    RemoveCode,
    RenameCodebook,
    SaveAttribute,
    SaveCode,
)
from app.project.fitting import Fate, Move, answers, fate, settle
from app.project.scope import Scope, shorten


class Outcome(NamedTuple):
    """What a change would come to: the codebook, what becomes of answers, and annotations that become one.

    `differing` counts the answers that differ between two annotations that become one: the survivor's stay.
    """

    codebook: Codebook
    fate: Fate
    joined: tuple[tuple[AnnotationId, AnnotationId], ...] = ()
    differing: int = 0

    def loss_in_words(self) -> str:
        """Return what would be lost as a sentence; empty if nothing would be."""
        parts = [self.fate.in_words()] if self.fate.lost else []
        if self.differing:
            parts.append(f"annotations that become one differ in {answers(self.differing)}")
        return f"Answers that were given have no place then: {'; '.join(parts)}." if parts else ""


class Design:
    """Answers questions about the codebook as it is worked on."""

    def __init__(self, scope: Scope, turn: RLock) -> None:
        self._scope, self._turn = scope, turn

    def outcome(self, command: Redesign) -> Outcome:
        """Return what a command would come to; UserError if it would be refused whatever becomes of answers.

        May be asked in another thread.
        """
        with self._turn:
            return _outcome(self._scope, command)

    def use_in_words(self, code_id: CodeId, *, alone: bool = False) -> str:
        """Return how often who uses a code with all below it, or that one `alone`; empty if nobody does."""
        codes = (code_id,) if alone else family(self._scope.codebook(), code_id)
        return _users(self._scope, self._scope.file.applied.by_coder(codes))

    def answer_count(self, attribute_id: AttributeId) -> int:
        """Return how many answers an attribute or article variable has."""
        return self._scope.file.applied.answer_count(attribute_id)


def redesign(scope: Scope, command: Redesign) -> str:
    """Change the codebook and what was coded with it; returns the name of the step."""
    before = scope.codebook()
    name = _name(before, command)
    outcome = _outcome(scope, command)
    loss = outcome.loss_in_words()
    if loss and not command.drop_answers:
        raise UserError(f"{loss} Change those answers first, or let them go.")
    moment = now()
    settle(scope, outcome.fate, moment)
    if isinstance(command, MergeCode):
        for one, other in outcome.joined:
            _join(scope, one, other, moment)
        scope.file.applied.recode(command.id, command.into, moment)
    scope.file.codebooks.write(outcome.codebook)
    scope.forget_codebook()
    return name


def _outcome(scope: Scope, command: Redesign) -> Outcome:
    before = scope.codebook()
    if isinstance(command, RemoveCode):
        _check_unused(scope, before, command.id)
    after = _EDITS[type(command)](before, command)
    if not isinstance(command, MergeCode):
        renamed = {command.attribute.id: command.choices} if isinstance(command, SaveAttribute) else None
        return Outcome(after, fate(scope, before, after, renamed=renamed))
    found = fate(scope, before, after, recoded={command.id: command.into})
    # Of several twins each annotation has one.
    joined = dict(scope.file.applied.in_same_places(command.id, command.into))
    differing = sum(_differing(scope, found, one, other) for one, other in joined.items())
    return Outcome(after, found, tuple(joined.items()), differing)


def _check_unused(scope: Scope, codebook: Codebook, code_id: CodeId) -> None:
    code = next((each for each in codebook.codes if each.id == code_id), None)
    users = _users(scope, scope.file.applied.by_coder(family(codebook, code_id))) if code else ""
    if code and users:
        raise UserError(f"“{shorten(code.name)}” is used in {users}. Merge it into another code instead.")


_EDITS: Mapping[type[Redesign], Callable[[Codebook, Any], Codebook]] = {
    SaveCode: lambda book, wish: with_code(book, wish.code, wish.after),
    MoveCode: lambda book, wish: with_code_moved(book, wish.id, wish.parent, wish.before),
    RemoveCode: lambda book, wish: without_code(book, wish.id),
    MergeCode: lambda book, wish: with_code_merged(book, wish.id, wish.into),
    SaveAttribute: lambda book, wish: with_attribute(book, wish.code_id, wish.attribute, wish.after),
    MoveAttribute: lambda book, wish: with_attribute_moved(book, wish.id, wish.code_id, wish.before),
    RemoveAttribute: lambda book, wish: without_attribute(book, wish.id),
    RenameCodebook: lambda book, wish: named(book, wish.name),
}


def _name(book: Codebook, command: Redesign) -> str:
    """Return the name of the step."""
    codes = {code.id: code for code in book.codes}
    match command:
        case SaveCode():
            return _name_of_save(codes.get(command.code.id), command.code)
        case MoveCode() | RemoveCode() if command.id in codes:
            return f"{'Move' if isinstance(command, MoveCode) else 'Delete'} code {codes[command.id].name}"
        case MergeCode() if {command.id, command.into} <= set(codes):
            return f"Merge code {codes[command.id].name} into {codes[command.into].name}"
        case SaveAttribute():
            known = _questions(book).get(command.attribute.id)
            if known is None:
                return f"Add {_asked(book, command.code_id, command.attribute.name)}"
            word = "Change" if known == command.attribute.name else f"Rename {known}, now"
            return f"{word} {_asked(book, command.code_id, command.attribute.name)}"
        case MoveAttribute() | RemoveAttribute() if command.id in _questions(book):
            word = "Move" if isinstance(command, MoveAttribute) else "Delete"
            return f"{word} {_asked(book, owner(book, command.id), book.attribute(command.id).name)}"
        case RenameCodebook():
            return f"Rename the codebook to {shorten(command.name) or 'nothing'}"
        case _:
            return "Change the codebook"


_FIELDS = {
    "definition": "definition",
    "when": "when to use",
    "when_not": "when not",
    "examples": "examples",
    "colour": "colour",
    "shortcut": "shortcut",
    "exclusive": "exclusion",
}


def _name_of_save(known: Any, code: Any) -> str:
    if known is None:
        return f"Add code {code.name}"
    if known.name != code.name:
        return f"Rename code {known.name} to {code.name}"
    changed = [words for field, words in _FIELDS.items() if getattr(known, field) != getattr(code, field)]
    return f"Change {changed[0]} of {code.name}" if len(changed) == 1 else f"Change code {code.name}"


def _questions(book: Codebook) -> dict[AttributeId, str]:
    every = (*(each for code in book.codes for each in code.attributes), *book.variables)
    return {each.id: each.name for each in every}


def _asked(book: Codebook, code_id: CodeId | None, name: str) -> str:
    place = next((f" of {code.name}" for code in book.codes if code.id == code_id), "")
    return f"attribute {name}{place}" if code_id else f"article variable {name}"


def _users(scope: Scope, counts: Mapping[CoderId, int]) -> str:
    """Return counts of annotations by coder as words; empty if there are none."""
    if not counts:
        return ""
    total = sum(counts.values())
    names = {coder.id: coder.name for coder in scope.file.coders}
    each = sorted(counts.items(), key=lambda item: (-item[1], names.get(item[0], "")))
    who = ", ".join(f"{names.get(coder_id, '?')}: {count:,}" for coder_id, count in each)
    return f"{total:,} annotation{'' if total == 1 else 's'} ({who})"


def _moved(found: Fate, annotation: Annotation) -> dict[AttributeId, Answer]:
    """Return the answers of an annotation as they will be where `found` is what becomes of them."""
    there: dict[AttributeId, Answer] = {}
    moves = [each for each in found.moves if each.code_id == annotation.code_id]
    for attribute_id, answer in annotation.answers.items():
        move = next(
            (each for each in moves if each.attribute_id == attribute_id and _meant(each, answer)), None
        )
        if move is None:
            there[attribute_id] = answer
        elif move.to is not None:
            # Links go on leading where they lead; their answer stands for all of their sort.
            there[move.to[0]] = answer if _is_link(answer) else move.to[1]
    return there


def _is_link(answer: Answer) -> bool:
    return isinstance(answer, tuple) and bool(answer) and not isinstance(answer[0], str)


def _meant(move: Move, answer: Answer) -> bool:
    """Tell whether a move is about an answer: the same one, or links of the same sort."""
    if isinstance(answer, tuple) and isinstance(move.answer, tuple) and _is_link(answer) and move.answer:
        return type(move.answer[0]) is type(answer[0])
    return move.answer == answer


def _differing(scope: Scope, found: Fate, one: AnnotationId, other: AnnotationId) -> int:
    """Return how many answers of the first have no place beside those of the second."""
    mine, theirs = _moved(found, scope.annotation(one)), _moved(found, scope.annotation(other))
    return sum(key in theirs and theirs[key] != answer for key, answer in mine.items())


def _join(scope: Scope, gone_id: AnnotationId, stays_id: AnnotationId, moment: str) -> None:
    """Make two annotations one, which keeps its own answers and takes what it lacks: answers, memo, flag, links."""
    table = scope.file.annotations
    gone, stays = scope.annotation(gone_id), scope.annotation(stays_id)
    for linking_id in table.linking_to([gone_id]):
        for attribute_id, answer in scope.annotation(linking_id).answers.items():
            instead = _relinked(answer, gone_id, stays_id, linking_id)
            if instead != answer:
                table.set_answer(linking_id, attribute_id, instead)
                table.change(linking_id, updated_at=moment)
    stays = scope.annotation(stays_id)
    for attribute_id, answer in gone.answers.items():
        if attribute_id not in stays.answers and (given := _relinked(answer, gone_id, stays_id, stays_id)):
            table.set_answer(stays_id, attribute_id, given)
    memo = "\n".join(dict.fromkeys(each for each in (stays.memo, gone.memo) if each))
    table.change(stays_id, memo=memo, discuss=stays.discuss or gone.discuss, updated_at=moment)
    table.remove([gone_id])


def _relinked(answer: Answer, gone: AnnotationId, stays: AnnotationId, owner: AnnotationId) -> Answer | None:
    """Return an answer of `owner` that leads to one annotation instead of another, but never to `owner`."""
    if not isinstance(answer, tuple):
        return answer
    targets = (
        AnnotationTarget(annotation=stays)
        if isinstance(each, AnnotationTarget) and each.annotation == gone
        else each
        for each in answer
    )
    kept = tuple(dict.fromkeys(each for each in targets if each != AnnotationTarget(annotation=owner)))
    return kept or None  # type: ignore[return-value]
