"""Steps: the named changes that a project went through."""

from typing import NamedTuple

from app.domain.ids import CoderId, StepId


class StepRecord(NamedTuple):
    """One entry of the history: a light tuple, for projects with very many.

    `at` is a moment as `app.domain.times` writes it; `kind` is do, undo or redo; `state` done, undone or dropped,
    that is undone and then left behind by something new.
    """

    number: int
    id: StepId
    at: str
    coder_id: CoderId
    name: str
    kind: str
    state: str
