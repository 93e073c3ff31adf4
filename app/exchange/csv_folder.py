"""A folder of CSV files that appears only when it is whole."""

import csv
import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from app.domain.errors import UserError
from app.exchange.formats import ExportOptions

MANIFEST = "manifest.json"
PROGRAM = "Rubricator"
"""What the manifest of a folder of ours says under `program`."""

_MOST_NAMED = 3

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


class Table:
    """One CSV file that is being written: UTF-8, RFC 4180, LF, header row unless the header is empty."""

    def __init__(self, path: Path, header: Sequence[str], options: ExportOptions) -> None:
        self._file: IO[str] = path.open("w", encoding="utf-8", newline="")
        if options.byte_order_mark:
            self._file.write("\ufeff")
        # Python 3.11 quotes a carriage return in a cell only where it is part of the line end.
        self._writer = csv.writer(_LineFeeds(self._file), delimiter=options.separator, lineterminator="\r\n")
        self._guard = options.guard
        self.rows = 0
        if header:
            self._writer.writerow(guarded(header) if options.guard else header)

    def write(self, rows: Iterable[Sequence[object]]) -> None:
        """Write rows; every one has as many cells as the header."""
        listed = [guarded(row) for row in rows] if self._guard else list(rows)
        self._writer.writerows(listed)
        self.rows += len(listed)

    def close(self) -> None:
        """Write what is still in memory."""
        self._file.close()


class _LineFeeds:
    """Takes rows that end in CR LF and writes them with LF."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, row: str) -> int:
        """Write one whole row."""
        return self._file.write(row.removesuffix("\r\n") + "\n")


class Folder:
    """The tables of one export."""

    def __init__(self, path: Path, options: ExportOptions) -> None:
        self._path, self._options = path, options
        self._tables: dict[str, Table] = {}
        self._texts: dict[str, int] = {}

    def table(self, name: str, header: Sequence[str], options: ExportOptions | None = None) -> Table:
        """Begin a table, perhaps in a folder inside, perhaps with other options than those of the export."""
        path = self._path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        self._tables[name] = Table(path, header, options or self._options)
        return self._tables[name]

    def write_text(self, name: str, text: str, rows: int) -> None:
        """Write a file that is no table, perhaps in a folder inside; `rows` is how much it holds."""
        path = self._path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
        self._texts[name] = rows

    def close(self) -> None:
        """Close every table."""
        for table in self._tables.values():
            table.close()

    def size(self, name: str) -> int:
        """Return the bytes of a file that is closed."""
        return (self._path / name).stat().st_size

    def write_manifest(self, facts: Mapping[str, Any]) -> None:
        """Write what the export is, with rows and hash of every file; the tables are closed then."""
        self.close()
        files = {
            name: {"rows": rows, "sha256": file_hash(self._path / name)}
            for name, rows in self.counts().items()
        }
        text = json.dumps({"program": PROGRAM, **facts, "files": files}, ensure_ascii=False, indent=2)
        (self._path / MANIFEST).write_text(text + "\n", encoding="utf-8", newline="\n")

    def counts(self) -> dict[str, int]:
        """Return the number of rows by file."""
        return {**{name: table.rows for name, table in self._tables.items()}, **self._texts}


@contextmanager
def staged_folder(target: Path, options: ExportOptions) -> Generator[Folder]:
    """Yield a folder that becomes `target` once everything is written.

    An earlier export in its place is replaced; anything else there is refused with a UserError. On any exception
    the old state stays and nothing new is left behind.
    """
    check_folder(target)
    staging: Path | None = None
    try:
        # A folder that is there stays the same folder: somebody may be working in it.
        around = target if target.is_dir() else target.parent
        around.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=around))
        folder = Folder(staging, options)
        try:
            yield folder
        finally:
            folder.close()
        staging.chmod(0o755)
        _swap(staging, target)
    except OSError as error:
        raise UserError(f"The export to {target} failed: {error.strerror or error}.") from error
    finally:
        if staging is not None:
            shutil.rmtree(staging, ignore_errors=True)


def check_folder(target: Path) -> None:
    """Raise UserError unless `target` is free, an empty folder or an export of ours with nothing else in it."""
    advice = "Choose another folder."
    try:
        if not target.exists():
            return
        if not target.is_dir():
            raise UserError(f"{target} is a file and not an export of ours. {advice}")
        there = sorted(target.rglob("*"))
        ours = _files_of_export(target)
        strange = [
            name
            for path in there
            if (path.is_dir() if (name := path.relative_to(target).as_posix()) in ours else _counts(path))
        ]
    except OSError as error:
        raise UserError(f"The export to {target} failed: {error.strerror or error}.") from error
    if strange:
        more = f" and {len(strange) - _MOST_NAMED} more" if len(strange) > _MOST_NAMED else ""
        raise UserError(
            f"{target} holds something that is not an export of ours: "
            f"{', '.join(strange[:_MOST_NAMED])}{more}. {advice}"
        )


def _counts(path: Path) -> bool:
    """Tell whether something is more than a folder for what is in it."""
    return path.is_symlink() or not path.is_dir() or not any(path.iterdir())


def guarded(row: Sequence[object]) -> list[object]:
    """Return the cells with an apostrophe before texts that a spreadsheet would run as a formula."""
    return [
        f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) and not _is_number(cell) else cell
        for cell in row
    ]


def unguarded(cell: str) -> str:
    """Take that apostrophe away again: what began with one and looks like a formula has got a second."""
    return cell[1:] if _GUARDED.match(cell) else cell


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _files_of_export(target: Path) -> frozenset[str]:
    """Return the names of the files that an export of ours wrote to a folder; none if it is not one."""
    try:
        manifest: Any = json.loads((target / MANIFEST).read_text(encoding="utf-8"))
        if manifest["program"] != PROGRAM:
            return frozenset()
        return frozenset((MANIFEST, *map(str, dict(manifest["files"]))))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return frozenset()


def _swap(staging: Path, target: Path) -> None:
    """Put the new files in the place of the old ones, which go only when the new ones are there."""
    if staging.parent != target:
        staging.rename(target)
        return
    old = Path(tempfile.mkdtemp(prefix=".old-", dir=target))
    moved: list[tuple[Path, Path]] = []
    try:
        leaving = [path for path in target.iterdir() if path not in (staging, old)]
        for path in leaving:
            moved.append((path, path.rename(old / path.name)))
        for path in list(staging.iterdir()):
            moved.append((path, path.rename(target / path.name)))
    except OSError:
        for was, now_at in reversed(moved):
            now_at.rename(was)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
