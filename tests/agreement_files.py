"""One export of agreement, and how its files are read by the tools that they are for."""

import csv
import json
from pathlib import Path

import pytest

from app.agreement.distances import Metric
from app.agreement.ratings import RatingSums
from app.domain.comparing import VariableKind
from app.exchange.agreement_layouts import AgreementOptions
from app.project.agreement import agreement_of_corpus
from app.project.agreement_exports import export_agreement
from app.project.agreement_measures import Wishes


class Export:
    """One export and what it was made of; files are found by the key of a variable."""

    def __init__(self, made, folder, *layouts):
        self.corpus, self.texts = made
        self.folder = Path(folder) / "out"
        self.found = agreement_of_corpus(self.corpus, Wishes(rounds=0, gamma=False))
        options = AgreementOptions(layouts=frozenset(layouts))
        export_agreement(self.corpus, self.found, self.texts.__getitem__, self.folder, options)
        self.manifest = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
        self.names = {key: name for name, key in self.manifest["file_names"].items()}
        self.labels = [each["label"] for each in self.manifest["coders"]]

    def rows(self, name):
        with (self.folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))

    def table(self, name):
        with (self.folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def variables(self, *kinds):
        return [each for each in self.corpus.variables if each.kind in kinds]

    def value(self, variable, measure, name=None):
        (row,) = (
            each
            for each in self.found.results
            if each.key == variable.key
            and each.measure == measure
            and each.coders == "all"
            and each.variable == (name or variable.name)
        )
        return row.value


ASKED = (VariableKind.ARTICLE, VariableKind.ATTRIBUTE, VariableKind.LINK)
MARKED = (VariableKind.LAYER, VariableKind.CODES, VariableKind.CODE)


def same(figure, value):
    found = figure.value
    return found is value is None or (value is not None and found == pytest.approx(value))


def figures(rows, metric):
    """Return alpha and percent agreement for units, each with a value for every coder."""
    sums = RatingSums([[row] for row in rows], metric)
    return sums.alpha(sums.total()), sums.percent_agreement(sums.total())


def as_set(cell):
    return frozenset() if cell == "∅" else frozenset(cell.split("|"))


def as_value(cell, metric):
    """Read a cell as R and pandas do: NA is missing; numbers are numbers; sets come apart at bars."""
    if cell == "NA":
        return None
    if metric is Metric.MASI:
        return as_set(cell)
    return float(cell) if metric is Metric.INTERVAL else cell
