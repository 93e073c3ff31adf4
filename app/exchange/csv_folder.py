"""A folder of CSV files that appears only when it is whole."""

import csv
import hashlib
import json
import shutil
import tempfile
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from app.domain.errors import UserError
from app.exchange.formats import ExportOptions

MANIFEST = "manifest.json"

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Table:
    """One CSV file that is being written: UTF-8, RFC 4180, LF, header row."""

    def __init__(self, path: Path, header: Sequence[str], options: ExportOptions) -> None:
        self._file: IO[str] = path.open("w", encoding="utf-8", newline="")
        if options.byte_order_mark:
            self._file.write("\ufeff")
        self._writer = csv.writer(self._file, delimiter=options.separator, lineterminator="\n")
        self._guard = options.guard
        self.rows = 0
        self._writer.writerow(header)

    def write(self, rows: Iterable[Sequence[object]]) -> None:
        """Write rows; every one has as many cells as the header."""
        listed = [guarded(row) for row in rows] if self._guard else list(rows)
        self._writer.writerows(listed)
        self.rows += len(listed)

    def close(self) -> None:
        """Write what is still in memory."""
        self._file.close()


class Folder:
    """The tables of one export."""

    def __init__(self, path: Path, options: ExportOptions) -> None:
        self._path, self._options = path, options
        self._tables: dict[str, Table] = {}

    def table(self, name: str, header: Sequence[str]) -> Table:
        """Begin a table."""
        self._tables[name] = Table(self._path / name, header, self._options)
        return self._tables[name]

    def close(self) -> None:
        """Close every table."""
        for table in self._tables.values():
            table.close()

    def write_manifest(self, facts: Mapping[str, Any]) -> None:
        """Write what the export is, with rows and hash of every file; the tables are closed then."""
        self.close()
        files = {
            name: {"rows": table.rows, "sha256": _hash(self._path / name)}
            for name, table in self._tables.items()
        }
        text = json.dumps({**facts, "files": files}, ensure_ascii=False, indent=2)
        (self._path / MANIFEST).write_text(text + "\n", encoding="utf-8", newline="\n")

    def counts(self) -> dict[str, int]:
        """Return the number of rows by file."""
        return {name: table.rows for name, table in self._tables.items()}


@contextmanager
def staged_folder(target: Path, options: ExportOptions) -> Generator[Folder]:
    """Yield a folder that becomes `target` once everything is written.

    An earlier export in its place is replaced; anything else there is refused with a UserError. On any exception
    the old state stays and nothing new is left behind.
    """
    if target.exists() and not _replaceable(target):
        raise UserError(f"{target} holds something that is not an export of ours. Choose another folder.")
    staging: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
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


def guarded(row: Sequence[object]) -> list[object]:
    """Return the cells with an apostrophe before texts that a spreadsheet would run as a formula."""
    return [
        f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) and not _is_number(cell) else cell
        for cell in row
    ]


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _replaceable(target: Path) -> bool:
    return target.is_dir() and ((target / MANIFEST).is_file() or not any(target.iterdir()))


def _swap(staging: Path, target: Path) -> None:
    """Put the new folder in the place of the old one, which goes only when the new one is there."""
    if not target.exists():
        staging.rename(target)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}-old-", dir=target.parent))
    target.rename(old / target.name)
    try:
        staging.rename(target)
    except OSError:
        (old / target.name).rename(target)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
