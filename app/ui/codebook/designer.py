"""Changes of the codebook asked for, with a sentence where one cannot be, and a question where answers would go."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.codebook import Codebook
from app.domain.errors import UserError
from app.project.commands import Command
from app.project.commands_codebook import (
    MergeCode,
    MoveAttribute,
    MoveCode,
    Redesign,
    RemoveAttribute,
    RemoveCode,
    SaveAttribute,
)
from app.project.designing import Outcome
from app.ui.bridge import Bridge
from app.ui.codebook.losses import LossDialog
from app.ui.tasks import TaskRunner

_Result = TypeVar("_Result")

_LONG = (MergeCode, MoveAttribute, MoveCode, RemoveAttribute, RemoveCode)


class Designer(QObject):
    """The only way from the window to a verb."""

    def __init__(self, bridge: Bridge, window: QWidget) -> None:
        super().__init__(window)
        self._bridge, self._window = bridge, window
        self._tasks = TaskRunner(window)

    def apply(self, command: Command) -> str:
        """Grant a command, asking first where answers would be lost; returns why not, nothing if it was done."""
        project = self._bridge.project
        if project is None:
            return ""
        try:
            if isinstance(command, Redesign) and not command.drop_answers:
                outcome = self._done(command, lambda: project.design.outcome(command))
                if outcome.loss_in_words():
                    wish = self._asked(command, outcome)
                    return outcome.loss_in_words() if wish is None or wish == command else self.apply(wish)
            changes = self._done(command, lambda: project.apply(command))
        except UserError as error:
            return str(error)
        self._bridge.tell(changes, self._window)
        return ""

    def _done(self, command: Command, work: Callable[[], _Result]) -> _Result:
        """Do work at once or, where every annotation may have to be looked at, while the window waits."""
        long = isinstance(command, _LONG) or (
            isinstance(command, SaveAttribute) and self._asks_otherwise(command)
        )
        return self._tasks.wait_for(work, "Changing the codebook…") if long else work()

    def _asks_otherwise(self, command: SaveAttribute) -> bool:
        """Tell whether a question is changed so that answers to it may have to go."""
        book, new = self._bridge.project.codebook() if self._bridge.project else Codebook(), command.attribute
        every = (*(each for code in book.codes for each in code.attributes), *book.variables)
        old = next((each for each in every if each.id == new.id), new)
        return (old.kind, old.choices, old.targets) != (new.kind, new.choices, new.targets)

    def _asked(self, command: Redesign, outcome: Outcome) -> Redesign | None:
        """Ask what is to become of answers that have no place; returns the command with that, None for leaving it."""
        gone: list[str] = []
        choices: tuple[str, ...] = ()
        if isinstance(command, SaveAttribute):
            choices = command.attribute.choices
            gone = [
                each
                for move in outcome.fate.moves
                if move.to is None
                for each in (move.answer if isinstance(move.answer, tuple) else (move.answer,))
                if isinstance(each, str) and each not in choices and each not in command.choices
            ]
        dialog = LossDialog(outcome.loss_in_words(), list(dict.fromkeys(gone)), choices, self._window)
        if not dialog.exec():
            return None
        heirs = dialog.heirs()
        if isinstance(command, SaveAttribute) and heirs:
            return command.model_copy(update={"choices": {**command.choices, **heirs}})
        return command.model_copy(update={"drop_answers": True})
