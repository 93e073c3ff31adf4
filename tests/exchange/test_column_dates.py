"""Dates in a column are read where they are certain; what is not stays as it is and is told."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exchange.formats import AS_FOUND
from app.exchange.registry import article_format_for


@pytest.fixture
def table(tmp_path):
    """Reads a table with these dates; returns its reading."""

    def read(*cells):
        path = tmp_path / "a.csv"
        rows = [f'"{cell}","Text {at}"' for at, cell in enumerate(cells)]
        path.write_text("\n".join(["published,text", *rows]) + "\n", encoding="utf-8")
        return article_format_for(path).read(path, AS_FOUND, lambda _done, _total: None)

    return read


def dates(reading):
    return [draft.date for draft in reading.drafts]


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        ("1.4.2026", "2026-04-01"),
        ("01. 04. 2026", "2026-04-01"),
        ("2026/4/1", "2026-04-01"),
        ("2026.04.01", "2026-04-01"),
        ("20260401", "2026-04-01"),
        ("13/4/2026", "2026-04-13"),
        ("4/13/2026", "2026-04-13"),
        ("05/05/2026", "2026-05-05"),
        ("March 3, 2026", "2026-03-03"),
        ("3 mars 2026", "2026-03-03"),
        ("1er avril 2026", "2026-04-01"),
        ("Dienstag, 3. März 2026", "2026-03-03"),
        ("3 de marzo de 2026", "2026-03-03"),
        ("3 gennaio 2026", "2026-01-03"),
        ("3 de março de 2026", "2026-03-03"),
        ("3 mrt. 2026", "2026-03-03"),
        ("3 listopada 2026", "2026-11-03"),
        ("3 března 2026", "2026-03-03"),
        ("3 maj 2026", "2026-05-03"),
        ("3 березня 2026", "2026-03-03"),
        ("03-Mar-2026", "2026-03-03"),
        ("2026年3月3日", "2026-03-03"),
        ("March 2026", "2026-03"),
        ("mars 2026", "2026-03"),
        ("03/2026", "2026-03"),
        ("fe\u0301vrier 2026", "2026-02"),
    ],
)
def test_what_is_certain_is_read(table, cell, iso):
    reading = table(cell)
    assert (dates(reading), reading.problems) == ([iso], ())
    assert reading.notes[-1] == f"1 date read, such as “{cell}” as {iso}"
    assert reading.drafts[0].metadata == {}


@pytest.mark.parametrize("cell", ["2026", "2026-04", "2026-04-01"])
def test_what_is_a_date_already_is_not_spoken_of(table, cell):
    reading = table(cell)
    assert (dates(reading), reading.problems) == ([cell], ())
    assert not any("date" in note for note in reading.notes if "from" not in note)


@pytest.mark.parametrize(
    "cell",
    [
        "yesterday",
        "31.4.2026",
        "4.13.2026",
        "13/2026",
        "1.4.26",
        "46113",
        "3 March 2026 to 4 March 2026",
        "3. listopada 2026",
        "2026-13-01",
    ],
)
def test_what_is_no_date_stays_and_is_told(table, cell):
    reading = table(cell, "2026-04-01")
    assert dates(reading) == [cell, "2026-04-01"]
    assert reading.problems[0].startswith(f"1 date could not be read and is kept as written: “{cell}”")


def test_figures_that_may_be_either_stay_unless_another_row_decides(table):
    reading = table("04/05/2026", "06/07/2026", "04/05/2026")
    assert dates(reading) == ["04/05/2026", "06/07/2026", "04/05/2026"]
    assert reading.problems == (
        "3 dates could not be read and are kept as written: “04/05/2026”, “06/07/2026” "
        "(what is day and what is month is not certain)",
    )
    assert dates(table("04/05/2026", "13/05/2026")) == ["2026-05-04", "2026-05-13"]
    assert dates(table("04/05/2026", "05/13/2026")) == ["2026-04-05", "2026-05-13"]
    assert dates(table("04/05/2026", "13/05/2026", "05/13/2026")) == [
        "04/05/2026",
        "2026-05-13",
        "2026-05-13",
    ]
    assert dates(table("04-05-2026", "13/05/2026")) == ["04-05-2026", "2026-05-13"], (
        "another sign, another hand"
    )


def test_a_time_of_day_is_kept_beside_the_date(table):
    reading = table(
        "2026-04-01T10:30:00Z", "1.4.2026 10:30", "2026-04-01 00:00:00", "March 3, 2026 10:30 GMT"
    )
    assert dates(reading) == ["2026-04-01", "2026-04-01", "2026-04-01", "2026-03-03"]
    assert [draft.metadata.get("published", "") for draft in reading.drafts] == [
        "2026-04-01T10:30:00Z",
        "1.4.2026 10:30",
        "",
        "March 3, 2026 10:30 GMT",
    ]


@given(st.dates(date(1000, 1, 1)), st.sampled_from(["{d}.{m}.{y}", "{y}/{m}/{d}", "{d:02}. {m:02}. {y}"]))
def test_every_day_is_read_as_itself(tmp_path_factory, day, form):
    path = tmp_path_factory.mktemp("dates") / "a.csv"
    cell = form.format(y=day.year, m=day.month, d=day.day)
    path.write_text(f"date,text\n{cell},words\n", encoding="utf-8")
    (draft,) = article_format_for(path).read(path, AS_FOUND, lambda _done, _total: None).drafts
    assert draft.date == day.isoformat()
