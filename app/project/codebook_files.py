"""Codebook files on their way in and out of a project: what they would change is said before anything enters."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from app.domain.codebook import Attribute, Code, Codebook
from app.domain.codebook_diff import differences
from app.domain.values import Value
from app.exchange.codebook_files import format_of, read_codebook, save_codebook
from app.exchange.codebook_model import arranged
from app.exchange.formats import Press
from app.project.commands import ReplaceCodebook
from app.project.exporting import refuse_itself
from app.project.project import Project


class StagedCodebook(Value):
    """A codebook that was read from a file, and what it would change in the project.

    `counts` says in words how many codes and article variables would be added, changed and removed; `changes` names
    everything that differs, `notes` what was noticed on reading; `refusal` is why the project would refuse it,
    empty if it would not.
    """

    file: str
    format: str
    codebook: Codebook
    counts: str
    changes: tuple[str, ...]
    notes: tuple[str, ...]
    refusal: str

    @property
    def command(self) -> ReplaceCodebook | None:
        """The one step that lets it in; None if it would change nothing or be refused."""
        return None if self.refusal or not self.changes else ReplaceCodebook(codebook=self.codebook)

    @property
    def summary(self) -> str:
        """What it would do, in one sentence."""
        if self.refusal:
            return self.refusal
        if not self.changes:
            return f"{self.file} holds the codebook that the project has already."
        return self.counts


def stage_codebook(project: Project, path: Path, format_name: str = "") -> StagedCodebook:
    """Read a codebook file for a project; UserError if it cannot be read. May be called from another thread."""
    before = project.codebook()
    reading = read_codebook(path, before, format_name)
    after = reading.codebook
    if arranged(before) == arranged(after.model_copy(update={"version": before.version})):
        after = before  # Files put every code right before its sub-codes, which changes nothing.
    words = tuple(each.words for each in differences(before, after))
    if not words and after != before:
        words = ("Codes or questions stand in another order.",)
    counts = (
        *_counted(before.codes, after.codes, "code"),
        *_counted(before.variables, after.variables, "article variable"),
    )
    return StagedCodebook(
        file=path.name,
        format=format_of(path, format_name).title,
        codebook=after,
        counts=f"{', '.join(counts) or 'No code is added, changed or removed'}.",
        changes=words,
        notes=reading.notes,
        refusal=project.codebook_refusal(after),
    )


def _counted(
    before: Sequence[Code | Attribute], after: Sequence[Code | Attribute], noun: str
) -> Iterator[str]:
    """Yield in words how many were added, changed and removed."""
    old, new = ({each.id: each for each in some} for some in (before, after))
    changed = sum(key in old and old[key] != each for key, each in new.items())
    counts = (
        (len(new.keys() - old.keys()), "added"),
        (changed, "changed"),
        (len(old.keys() - new.keys()), "removed"),
    )
    for count, word in counts:
        if count:
            yield f"{count} {noun}{'' if count == 1 else 's'} {word}"


def export_codebook(
    project: Path, codebook: Codebook, target: Path, press: Press, format_name: str = ""
) -> tuple[str, ...]:
    """Write the codebook of a project to a file, which replaces an older codebook file; returns what it lacks.

    The format is that of the ending, or the one that is named. Raises UserError if anything else is there, the
    format cannot hold the codebook, or the disk refuses.
    """
    refuse_itself(project, target)
    return save_codebook(codebook, target, press, format_name)
