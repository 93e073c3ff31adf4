"""Changes of the codebook asked for, with a sentence where one cannot be, and a question where answers would go."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.errors import UserError
from app.project.commands import Command
from app.project.commands_codebook import Redesign, SaveAttribute
from app.project.designing import Outcome
from app.ui.bridge import Bridge
from app.ui.codebook.losses import LossDialog


class Designer(QObject):
    """The only way from the window to a verb."""

    def __init__(self, bridge: Bridge, window: QWidget) -> None:
        super().__init__(window)
        self._bridge, self._window = bridge, window

    def apply(self, command: Command) -> str:
        """Grant a command, asking first where answers would be lost; returns why not, nothing if it was done."""
        project = self._bridge.project
        if project is None:
            return ""
        if isinstance(command, Redesign):
            try:
                outcome = project.design.outcome(command)
            except UserError as error:
                return str(error)
            if outcome.loss_in_words() and not command.drop_answers:
                wish = self._asked(command, outcome)
                if wish is None:
                    return outcome.loss_in_words()
                return self.apply(wish) if wish != command else outcome.loss_in_words()
        said: list[str] = []
        self._bridge.refused.connect(said.append)
        self._bridge.apply(command, self._window)
        self._bridge.refused.disconnect(said.append)
        return said[0] if said else ""

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
