"""Units by coders, for R, Python, SPSS, ReCal and NLTK: one variable a file.

A unit is an article or, for questions on spans, two matched spans: then it has the values of two coders, and missing
ones for all others, so that alpha over the file is that over matched spans.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from app.domain.comparing import Given
from app.exchange.agreement_labels import MISSING, Labels, free, number
from app.exchange.csv_folder import Folder
from app.exchange.formats import ExportOptions

IN_UNITS = frozenset(("units-by-coders", "coders-by-units", "tidy", "recal", "nltk"))
"""The layouts of this module."""

LARGEST_FOR_RECAL = 100_000
"""Bytes that ReCal takes."""

_PLAIN = ExportOptions()
"""For tools that read integers without a header: commas, and no byte order mark, which would be part of a number."""

Values = Mapping[str, Given]


class Rated(NamedTuple):
    """A variable as units by coders. `file` names its files; `level` is that of measurement.

    `coders` are labels; `units` have the values by coder, None for none. `choices` are the answers in the codebook's
    order, empty where they have no end. `paired` says that a unit is two matched spans. For sets `options` has one
    variable for each choice.
    """

    file: str
    name: str
    level: str
    coders: Sequence[str]
    units: Sequence[tuple[str, Values]]
    choices: Sequence[str] = ()
    paired: bool = False
    options: Sequence["Rated"] = ()

    @property
    def sets(self) -> bool:
        """Tell whether the values are sets."""
        return self.level == "masi"


class Integers(NamedTuple):
    """How the values of a variable become numbers; `table` has label and text of each integer, empty for numbers."""

    of: Callable[[Given], int | float]
    table: Sequence[tuple[int, str]]


def integers_of(rated: Rated) -> Integers:
    """Return choices numbered from 1 as in the codebook, then what else was answered; numbers as they are."""
    if rated.level == "interval":
        return Integers(_as_number, ())
    used = {str(value) for _unit, values in rated.units for value in values.values()}
    listed = [*rated.choices, *sorted(used - set(rated.choices))]
    places = {text: place for place, text in enumerate(listed, start=1)}

    def place_of(given: Given) -> int:
        return places[str(given)]

    return Integers(place_of, [(place, text) for text, place in places.items()])


class UnitLayouts:
    """Writes variables in the layouts that were asked for; what has to be said about that is in `notes`."""

    def __init__(self, folder: Folder, labels: Labels, layouts: frozenset[str]) -> None:
        self._folder, self._labels, self._layouts = folder, labels, layouts
        self.notes: list[str] = []
        self.integers: list[tuple[str, int, str]] = []
        """Variable, integer and text, for `codebook.csv`."""

    def write(self, rated: Rated) -> None:
        """Write one variable."""
        if "units-by-coders" in self._layouts:
            self._units_by_coders(rated)
        if "nltk" in self._layouts:
            self._triples(rated)
        if "tidy" in self._layouts and rated.paired:
            self.tidy(rated.file, [rated])
        for each in rated.options if rated.sets else (rated,):
            self._in_integers(each)

    def tidy(self, file: str, variables: Sequence[Rated]) -> None:
        """Write a row for each unit and coder who has a value, and a column for each variable."""
        taken = {"unit", "coder"}
        names = [free(self._labels.of(each.name), taken) for each in variables]
        table = self._folder.table(f"tidy/{file}.csv", ("unit", "coder", *names))
        by_variable = [dict(each.units) for each in variables]
        for unit in dict.fromkeys(unit for found in by_variable for unit in found):
            for coder in variables[0].coders:
                values = [found.get(unit, {}).get(coder) for found in by_variable]
                if any(value is not None for value in values):
                    table.write([(unit, coder, *map(self._labels.cell, values))])
        table.close()

    def _units_by_coders(self, rated: Rated) -> None:
        table = self._folder.table(f"units-by-coders/{rated.file}.csv", ("unit", *rated.coders))
        for unit, values in rated.units:
            table.write([(unit, *(self._labels.cell(values.get(coder)) for coder in rated.coders))])
        table.close()

    def _triples(self, rated: Rated) -> None:
        table = self._folder.table(f"nltk/{rated.file}.csv", ("coder", "item", "label"))
        for unit, values in rated.units:
            table.write((coder, unit, self._labels.cell(value)) for coder, value in values.items())
        table.close()

    def _in_integers(self, rated: Rated) -> None:
        wanted = self._layouts & {"coders-by-units", "recal"}
        if not wanted or rated.sets:
            return
        integers = integers_of(rated)
        self.integers += [(rated.name, place, text) for place, text in integers.table]
        if "coders-by-units" in wanted:
            units = (unit for unit, _values in rated.units)
            table = self._folder.table(f"coders-by-units/{rated.file}.csv", ("coder", *units))
            for coder in rated.coders:
                table.write([(coder, *_numbers(rated, coder, integers))])
            table.close()
        if "recal" in wanted:
            self._recal(rated, integers)

    def _recal(self, rated: Rated, integers: Integers) -> None:
        columns = [list(_numbers(rated, coder, integers, "#")) for coder in rated.coders]
        self._columns(f"recal/{rated.file}-oir.csv", zip(*columns, strict=True))
        pairs = list(combinations(range(len(columns)), 2))
        if not all(isinstance(value, int) or value == "#" for column in columns for value in column):
            self.notes.append(f"“{rated.name}” has decimals: ReCal2 and ReCal3 take none, ReCal OIR does.")
        elif rated.paired or len(columns) == 2:
            for one, other in pairs:
                between = f"-{one + 1}-{other + 1}" if len(columns) > 2 else ""
                both = _complete(zip(columns[one], columns[other], strict=True))
                self._columns(f"recal/{rated.file}{between}-recal2.csv", both)
        else:
            self._columns(f"recal/{rated.file}-recal3.csv", _complete(zip(*columns, strict=True)))

    def _columns(self, name: str, rows: Iterator[Sequence[object]]) -> None:
        table = self._folder.table(name, (), _PLAIN)
        table.write(rows)
        table.close()
        if self._folder.size(name) > LARGEST_FOR_RECAL:
            self.notes.append(f"{name} is larger than the 100 kB that ReCal takes.")


def _as_number(given: Given) -> int | float:
    if not isinstance(given, float | int):
        raise ValueError(f"“{given}” is no number")
    return number(given)


def _numbers(
    rated: Rated, coder: str, integers: Integers, missing: str = MISSING
) -> Iterator[int | float | str]:
    for _unit, values in rated.units:
        value = values.get(coder)
        yield missing if value is None else integers.of(value)


def _complete(rows: Iterator[Sequence[object]]) -> Iterator[Sequence[object]]:
    return (row for row in rows if "#" not in row)
