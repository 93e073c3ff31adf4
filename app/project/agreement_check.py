"""The check of an agreement export: every figure is worked out of its table of spans once more."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import isclose
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from app.domain.errors import UserError
from app.domain.progress import Progress, unheard
from app.exchange.agreement_labels import MISSING
from app.exchange.agreement_manifest import AgreementManifest, read_manifest
from app.exchange.agreement_reading import corpus_from_spans
from app.exchange.agreement_results import HEADER, RESULTS, read_results, result_row
from app.exchange.agreement_spans import SPANS
from app.project.agreement import agreement_of_corpus
from app.project.agreement_measures import Wishes, wishes_of

_NOT_FIGURES = frozenset(("app_version",))
_IDENTITY = ("key", "variable", "object", "measure", "coders")
_MOST_ROUNDS = 100_000

_NEARLY = 1e-9
"""How far two reckonings of one figure may be apart: what adding in another order makes of it."""

Row = Mapping[str, str]


class Checked(NamedTuple):
    """One row of the results, and whether it comes out the same; `differs` has what is there and what should be."""

    variable: str
    measure: str
    coders: str
    same: bool
    differs: Mapping[str, tuple[str, str]]

    def in_words(self) -> str:
        """Return one line on what differs."""
        who = "" if self.coders == "all" else f" {self.coders}"
        told = ", ".join(f"{name} {was} instead of {now}" for name, (was, now) in self.differs.items())
        return f"{self.variable}: {self.measure}{who}: {told}"


def check_agreement(folder: Path, progress: Progress = unheard) -> list[Checked]:
    """Work every figure of an export out of its spans and manifest and hold it against its results.

    A row that is missing on either side differs. Raises UserError where the files cannot be read.
    """
    manifest = read_manifest(folder)
    for name in (SPANS, RESULTS):
        if not (folder / name).is_file():
            raise UserError(f"{folder} holds no {name}. Export it once more, with spans and results.")
    corpus = corpus_from_spans(folder / SPANS, manifest)
    found = agreement_of_corpus(corpus, _wishes(manifest), progress)
    again = [
        dict(zip(HEADER, map(str, result_row(each, found.settings)), strict=True)) for each in found.results
    ]
    return list(_compared(read_results(folder / RESULTS, manifest), again))


def _wishes(manifest: AgreementManifest) -> Wishes:
    try:
        wishes = wishes_of(manifest.settings)
    except ValidationError as error:
        raise UserError("The settings in the manifest are damaged; export once more.") from error
    if not 0 <= wishes.rounds <= _MOST_ROUNDS:
        raise UserError(f"The manifest asks for {wishes.rounds} rounds; at most {_MOST_ROUNDS} can be drawn.")
    return wishes


def _identity(row: Row) -> tuple[str, ...]:
    return tuple(row[name] for name in _IDENTITY)


def _compared(rows: Sequence[Row], again: Sequence[Row]) -> Iterator[Checked]:
    left: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in again:
        left[_identity(row)].append(row)
    for row in rows:
        if missing := [name for name in HEADER if name not in row]:
            raise UserError(f"{RESULTS} lacks the column {missing[0]}. Export once more.")
        same = left[_identity(row)]
        now: Row = same.pop(0) if same else {}
        differs = {
            name: (row[name], now.get(name, "no such row"))
            for name in HEADER
            if name not in _NOT_FIGURES and not _alike(row[name], now.get(name, "no such row"))
        }
        yield Checked(row["variable"], row["measure"], row["coders"], not differs, differs)
    for row in (row for found in left.values() for row in found):
        differs = {"value": ("no such row", row["value"])}
        yield Checked(row["variable"], row["measure"], row["coders"], False, differs)


def _alike(was: str, now: str) -> bool:
    if was == now:
        return True
    if MISSING in (was, now):
        return False
    try:
        return isclose(float(was), float(now), rel_tol=_NEARLY, abs_tol=_NEARLY)
    except ValueError:
        return False
