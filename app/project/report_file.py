"""Reports as files: they take the place of nothing but older reports."""

from pathlib import Path

from app.domain.errors import UserError

_HEADS = ("Import into ", "Imported into ", "Would import into ", "Merge into ")
"""How a report in words begins."""

_TABLES = ("file,format,encoding,kind,what", "file,kind,what")
"""How a report as a table begins."""


def check_report_file(target: Path) -> None:
    """Raise UserError if a report would take the place of anything but an older report."""
    try:
        if not target.exists():
            return
        with target.open(encoding="utf-8", errors="replace") as file:
            first = file.readline(200)
    except OSError as error:
        raise _refused(target, error) from error
    if first.strip() not in _TABLES and not first.startswith(_HEADS):
        raise UserError(f"{target.name} is there already and is no report of ours. Choose another name.")


def write_report_file(target: Path, text: str) -> None:
    """Write a report; UserError if the disk refuses, or if anything but an older report is there."""
    check_report_file(target)
    try:
        target.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise _refused(target, error) from error


def _refused(target: Path, error: OSError) -> UserError:
    return UserError(f"{target.name} cannot be written: {error.strerror}. Choose another place.")
