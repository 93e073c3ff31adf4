"""What a merge would do or did, file by file: in words, and as a file to keep."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from app.domain.counting import counted
from app.domain.values import Value
from app.exchange.csv_folder import guarded
from app.project.report_file import write_report_file

_HEADER = ("file", "kind", "what")


class Conflict(Value):
    """One record that was changed on both sides since they last met: what it is, and both versions in words."""

    what: str
    kept: str
    replaced: str


class FileMerge(Value):
    """What one returned file brings. `error` is the sentence for a file of which nothing is taken.

    `new`, `changed` and `deleted` count annotations against the project as it is; `verdicts` counts reviews and answers
    to article variables that are newer here, `older` records of which the project has a newer version.
    `left_out` are annotations that do not fit the project, each with its reason.
    """

    path: str
    coders: tuple[str, ...] = ()
    done: int = 0
    open: int = 0
    new: int = 0
    changed: int = 0
    deleted: int = 0
    verdicts: int = 0
    entities: int = 0
    older: int = 0
    codebook: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    error: str = ""

    def counts(self) -> str:
        """Return in one line who coded and what is new."""
        who = ", ".join(self.coders) or "nobody"
        return (
            f"{who}: {counted(self.done, 'article')} done, {self.open:,} open; annotations: {self.new:,} new, "
            f"{self.changed:,} changed, {self.deleted:,} deleted; {counted(self.verdicts, 'newer verdict')}, "
            f"{self.entities:,} {'entity' if self.entities == 1 else 'entities'}; {self.older:,} older than here"
        )

    def details(self) -> Iterator[tuple[str, str]]:
        """Yield everything that can be said, each with its kind."""
        if self.error:
            yield "error", self.error
            return
        yield "counts", self.counts()
        for kind, said in (("codebook", self.codebook), ("text", self.texts), ("left out", self.left_out)):
            for each in said:
                yield kind, each
        for conflict in self.conflicts:
            yield "conflict", f"{conflict.what}: kept {conflict.kept}; replaced {conflict.replaced}"


class MergeReport(Value):
    """What a merge of several files would do or did."""

    files: tuple[FileMerge, ...]

    @property
    def refused(self) -> tuple[FileMerge, ...]:
        """The files of which nothing is taken."""
        return tuple(each for each in self.files if each.error)

    @property
    def nothing(self) -> bool:
        """Tell whether a merge would change no record."""
        return not any(
            each.new + each.changed + each.deleted + each.verdicts + each.entities for each in self.files
        )

    def summary(self) -> str:
        """Return the whole merge in one sentence."""
        taken = len(self.files) - len(self.refused)
        counts = (
            f"{sum(getattr(each, kind) for each in self.files):,} {kind}"
            for kind in ("new", "changed", "deleted")
        )
        parts = [f"{taken} file{'' if taken == 1 else 's'}: {', '.join(counts)} annotations"]
        conflicts = sum(len(each.conflicts) for each in self.files)
        left_out = sum(len(each.left_out) for each in self.files)
        if conflicts:
            parts.append(f"{conflicts:,} conflict{'' if conflicts == 1 else 's'}")
        if left_out:
            parts.append(f"{left_out:,} left out")
        if self.refused:
            parts.append(f"{len(self.refused)} file{'' if len(self.refused) == 1 else 's'} refused")
        return ", ".join(parts) + "."


def write_merge_report(report: MergeReport, target: Path, *, head: str) -> None:
    """Write the report to a file: a table if its name ends in .csv, else text that begins with `head`.

    UserError if the disk refuses, or if anything but an older report is there.
    """
    text = _as_table(report) if target.suffix.lower() == ".csv" else _as_text(report, head)
    write_report_file(target, text)


def _as_text(report: MergeReport, head: str) -> str:
    lines = [head, report.summary()]
    for file in report.files:
        lines.extend(["", file.path])
        lines.extend(
            f"  {what}" if kind == "counts" else f"  {kind}: {what}" for kind, what in file.details()
        )
    return "\n".join(lines) + "\n"


def _as_table(report: MergeReport) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_HEADER)
    for file in report.files:
        for kind, what in file.details():
            # Names and quotes are anybody's words, and a report is opened in a spreadsheet.
            writer.writerow(guarded((file.path, kind, what)))
    return out.getvalue()
