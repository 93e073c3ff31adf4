"""What an import of coded articles did or would do, as a file to keep."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from app.exchange.csv_folder import guarded
from app.project.report_file import write_report_file
from app.project.staging_coded import StagedCoded


def write_coded_report(staged: StagedCoded, target: Path, *, head: str) -> None:
    """Write the report whole: a table if its name ends in .csv, else text that begins with `head`.

    UserError if the disk refuses, or if anything but an older report is there.
    """
    if target.suffix.lower() == ".csv":
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("file", "kind", "what"))
        # Names in files are anybody's words, and a report is opened in a spreadsheet.
        writer.writerows(guarded((staged.source, kind, what)) for kind, what in _details(staged))
        write_report_file(target, out.getvalue())
    else:
        lines = (head, staged.summary, *(f"  {kind}: {what}" for kind, what in _details(staged)))
        write_report_file(target, "\n".join(lines) + "\n")


def _details(staged: StagedCoded) -> Iterator[tuple[str, str]]:
    for kind, sentences in (
        ("coder", staged.coders),
        ("codebook", staged.changes),
        ("note", staged.notes),
        ("problem", staged.problems),
    ):
        for sentence in sentences:
            yield kind, sentence
