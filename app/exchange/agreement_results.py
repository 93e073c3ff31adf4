"""The results as a table: what the paper reports, and what a check holds against a second reckoning."""

import csv
from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from app.domain.comparing import Agreement, Result
from app.domain.errors import UserError
from app.exchange.agreement_labels import MISSING
from app.exchange.agreement_manifest import AgreementManifest
from app.exchange.agreement_reading import table_rows
from app.exchange.csv_folder import Folder
from app.system.whole_file import write_whole

RESULTS = "results.csv"

HEADER = (
    *(
        "variable",
        "level",
        "measure",
        "coders",
        "documents",
        "units",
        "value",
        "ci_low",
        "ci_high",
        "B",
        "seed",
    ),
    *("coverage", "q_667", "q_800", "note", "app_version", "object", "key", "headline", "undefined_rounds"),
)


def write_results(folder: Folder, results: Sequence[Result], settings: Mapping[str, Any]) -> None:
    """Write a row for each coefficient; numbers are whole, as many digits as they have."""
    table = folder.table(RESULTS, HEADER)
    table.write(result_row(each, settings) for each in results)
    table.close()


def write_results_file(target: Path, agreement: Agreement) -> None:
    """Write the table to a file of its own, in the place of an older one of ours; UserError for anything else there."""
    try:
        if target.exists() and target.read_bytes()[:200].splitlines()[:1] != [
            ",".join(HEADER).encode()[:200]
        ]:
            raise UserError(f"{target.name} is there already and holds no results. Choose another name.")
        lines = StringIO(newline="")
        table = csv.writer(lines, lineterminator="\n")
        table.writerow(HEADER)
        table.writerows(result_row(each, agreement.settings) for each in agreement.results)
        write_whole(target, lines.getvalue().encode())
    except OSError as error:
        raise UserError(
            f"{target.name} cannot be written: {error.strerror}. Choose another place."
        ) from error


def result_row(result: Result, settings: Mapping[str, Any]) -> list[object]:
    """Return one coefficient as cells."""
    drawn = result.ci_low is not None
    further = {
        "B": settings["bootstrap"] if drawn else None,
        "seed": settings["seed"] if drawn else None,
        "app_version": settings["program"],
        "headline": "yes" if result.headline else "no",
    }
    values: Mapping[str, object] = {**result.model_dump(), **further}
    return [MISSING if values[name] is None else values[name] for name in HEADER]


def read_results(path: Path, manifest: AgreementManifest) -> list[Mapping[str, str]]:
    """Return the rows of the table, cells as they stand; UserError if it cannot be read."""
    return [row for _line, row in table_rows(path, manifest)]
