"""What an import did, file by file: in words, and as a file to keep."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from app.domain.values import Value
from app.exchange.csv_folder import guarded
from app.project.report_file import write_report_file

_ENDINGS = 4
"""Endings of skipped files that are named in a summary."""

_HEADER = ("file", "format", "encoding", "kind", "what")


class FileReport(Value):
    """What became of one file: how many articles are new, which were there already, what was noticed.

    `flagged` are articles that entered though they are much like another, `left_out` those that somebody left out.
    `error` is the sentence for a file from which nothing can be taken. The report on a folder has in `skipped` the
    files below it that nothing reads.
    """

    path: str
    format: str = ""
    encoding: str = ""
    new: int = 0
    duplicates: tuple[str, ...] = ()
    flagged: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    error: str = ""

    def details(self) -> Iterator[tuple[str, str]]:
        """Yield everything that can be said, each with its kind; the first says how many articles are new."""
        if self.error:
            yield "error", self.error
        for each in self.skipped:
            yield "skipped", f"{_below(each, self.path)} cannot be imported"
        if self.error or self.skipped:
            return
        yield "new", f"{self.new:,} new article{'' if self.new == 1 else 's'}"
        for kind in ("notes", "duplicates", "left_out", "flagged", "problems"):
            for each in getattr(self, kind):
                yield _KINDS[kind], each


_KINDS = {
    "notes": "note",
    "duplicates": "same text",
    "left_out": "left out",
    "flagged": "much alike",
    "problems": "problem",
}


def sentences(report: FileReport, longest_list: int = 3) -> Iterator[str]:
    """Yield in words what became of a file, for people; long lists are cut."""
    name = Path(report.path).name or report.path
    if report.error:
        yield report.error
    if report.skipped:
        count = len(report.skipped)
        shown = [f"“{_below(each, report.path)}”" for each in report.skipped[:longest_list]]
        more = f" and {count - len(shown):,} more" if count > len(shown) else ""
        yield f"{name}: {_skipped(count)}: {', '.join(shown)}{more}"
    if report.error or report.skipped:
        return
    noun = "article" if report.new == 1 else "articles"
    details = ", ".join(part for part in (report.encoding, *report.notes) if part)
    yield f"{name}: {report.new:,} new {noun}" + (f" ({details})" if details else "")
    yield from _cut(report.duplicates, longest_list, lambda each: f"{name}: left out, {each}")
    yield from _cut(report.left_out, longest_list, lambda each: f"{name}: left out, {each}")
    yield from _cut(report.flagged, longest_list, lambda each: f"{name}: {each}")
    yield from _cut(report.problems, longest_list, lambda each: f"{name}: {each}")


def _below(path: str, folder: str) -> str:
    """Return the name of a file as it is seen from a folder above it."""
    return str(Path(path).relative_to(folder))


def _skipped(count: int) -> str:
    return (
        "1 file skipped that cannot be imported"
        if count == 1
        else (f"{count:,} files skipped that cannot be imported")
    )


def _cut(items: Sequence[str], longest: int, say: Callable[[str], str]) -> Iterator[str]:
    for item in items[:longest]:
        yield say(item)
    if len(items) > longest:
        yield say(f"and {len(items) - longest} more")


def summary(reports: Sequence[FileReport]) -> str:
    """Return the whole import in one sentence."""
    new = sum(report.new for report in reports)
    duplicates = sum(len(report.duplicates) for report in reports)
    left_out = sum(len(report.left_out) for report in reports)
    problems = sum(len(report.problems) for report in reports)
    failed = sum(1 for report in reports if report.error)
    skipped = [path for report in reports for path in report.skipped]
    parts = [f"{new:,} new article{'' if new == 1 else 's'}"]
    if duplicates:
        parts.append(f"{duplicates:,} left out because the same text is there already")
    if left_out:
        parts.append(f"{left_out:,} left out by choice")
    if problems:
        parts.append(f"{problems:,} problem{'' if problems == 1 else 's'}")
    if failed:
        parts.append(f"{failed:,} file{'' if failed == 1 else 's'} that cannot be read")
    if skipped:
        endings = sorted({Path(path).suffix.lower() or "without an ending" for path in skipped})
        shown = ", ".join(endings[:_ENDINGS]) + ("…" if endings[_ENDINGS:] else "")
        parts.append(f"{_skipped(len(skipped))} ({shown})")
    return ", ".join(parts) + "."


def write_report(reports: Sequence[FileReport], target: Path, *, head: str) -> None:
    """Write the report to a file, whole: a table if its name ends in .csv, else text that begins with `head`.

    UserError if the disk refuses, or if anything but an older report is there.
    """
    text = _as_table(reports) if target.suffix.lower() == ".csv" else _as_text(reports, head)
    write_report_file(target, text)


def _as_text(reports: Sequence[FileReport], head: str) -> str:
    lines = [head, summary(reports)]
    for report in reports:
        about = ", ".join(part for part in (report.format, report.encoding) if part)
        lines.extend(["", report.path + (f" ({about})" if about else "")])
        for kind, what in report.details():
            lines.append(f"  {what}" if kind == "new" else f"  {kind}: {what}")
    return "\n".join(lines) + "\n"


def _as_table(reports: Sequence[FileReport]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_HEADER)
    for report in reports:
        for kind, what in report.details():
            # Titles are anybody's words, and a report is opened in a spreadsheet.
            writer.writerow(guarded((report.path, report.format, report.encoding, kind, what)))
    return out.getvalue()
