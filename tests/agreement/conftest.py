"""Published numbers, where they are at hand."""

import json
from pathlib import Path

import pytest

from app.agreement.continua import Continuum

VECTORS = Path(__file__).parents[3] / "shared" / "agreement" / "vectors"


def rows_of(case):
    """The units of a case, a value for every coder, whatever way it is laid out."""
    if "table" in case:
        names = case["categories"]
        cells = [(n, names[i], names[j]) for i, row in enumerate(case["table"]) for j, n in enumerate(row)]
    elif "count" in case["layout"]:
        cells = case["data"]
    else:
        return case["data"]
    return [list(values) for count, *values in cells for _ in range(count)]


@pytest.fixture
def published():
    def read(name):
        path = VECTORS / name
        if not path.is_file():
            pytest.skip("the published vectors are not at hand")
        return json.loads(path.read_text(encoding="utf-8"))

    return read


@pytest.fixture
def three_coders():
    """The published example of Alex, Paul and Suzan (Krippendorff 2019, figure 12.11)."""
    return Continuum(
        60,
        {
            "Alex": [(2, 9, "1"), (11, 17, "2"), (24, 30, "5"), (32, 36, "6"), (36, 44, "6"), (44, 60, "7")],
            "Paul": [(2, 9, "1"), (11, 17, "3"), (19, 25, "5"), (32, 44, "6")],
            "Suzan": [(2, 9, "1"), (11, 17, "4"), (21, 27, "5"), (32, 36, "6"), (36, 40, "6"), (40, 44, "6")],
        },
    )
