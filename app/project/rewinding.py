"""Many steps undone or redone at once."""

from app.domain.changes import Changes
from app.domain.errors import UserError
from app.domain.progress import Cancelled, Progress
from app.project.project import Project


def rewind(project: Project, distance: int, progress: Progress) -> Changes:
    """Undo `distance` steps, or redo as many where it is negative; returns what all of them changed.

    Each is a step of its own. Stopped, or refused after the first, it ends where it is: what was undone can be
    redone. UserError if the first is refused.
    """
    one = project.undo if distance > 0 else project.redo
    total = abs(distance)
    changes, done = Changes(), 0
    try:
        for number in range(total):
            progress(number, total)
            changes, done = changes.followed_by(one()), number + 1
    except Cancelled:
        pass
    except UserError:
        if not done:
            raise
    word = "Undo" if distance > 0 else "Redo"
    return (
        changes.model_copy(update={"step": f"{word} {done} step{'' if done == 1 else 's'}"})
        if done
        else changes
    )
