"""Listing, searching, ordering and sampling articles on the command line."""

import csv
import io
import json

import pytest

from app.domain.articles import Draft
from app.domain.sample_size import RULE, need
from app.project.commands import ImportArticles
from app.project.project import Project


@pytest.fixture
def many(study, places):
    """The study and six articles more, of two outlets."""
    drafts = tuple(
        Draft(
            text=f"Text {at} on harbours.",
            title=f"T{at}",
            source="AB"[at % 2],
            date=f"202{at}",
            metadata={"p": "x"},
        )
        for at in range(6)
    )
    with Project.open(study, places) as project:
        project.apply(ImportArticles(drafts=drafts))
    return study


def titles(said):
    return [each["title"] for each in said.json]


def test_articles_are_listed_and_narrowed(run, many):
    assert len(run("articles", many, "--json").json) == 9
    said = run("articles", many, "--outlet", "A", "--from", "2022", "--json")
    assert titles(said) == ["T2", "T4"]
    assert said.json[0]["metadata"] == {"p": "x"}
    assert "state" not in said.json[0]
    assert titles(run("articles", many, "--filter", "t5", "--json")) == ["T5"]
    assert run("articles", many, "--to", "2020").out == "     4  T0  (A · 2020)\n"
    assert titles(run("articles", many, "--outlet", "B", "--sort", "Date", "--json")) == ["T1", "T3", "T5"]


def test_texts_are_searched(run, many):
    hits = run("articles", many, "--search", '"on harbours" -3', "--outlet", "B", "--json").json
    assert sorted((hit["title"], hit["context"]["quote"]) for hit in hits) == [
        ("T1", "on harbours"),
        ("T5", "on harbours"),
    ]
    assert "T4, 7: Text 4 on harbours.\n" in run("articles", many, "--search", "4 on").out
    table = list(csv.DictReader(io.StringIO(run("articles", many, "--search", "harbour*", "--csv").out)))
    assert {row["title"] for row in table} == {f"T{at}" for at in range(6)}
    assert table[0]["p"] == "x"


def test_every_hit_is_given_to_files(run, study, places):
    drafts = tuple(Draft(text=f"harbour {at} " * 8, title=f"T{at}") for at in range(150))
    with Project.open(study, places) as project:
        project.apply(ImportArticles(drafts=drafts))
    assert len(run("articles", study, "--search", "harbour", "--json").json) == 1_200
    table = run("articles", study, "--search", "harbour", "--csv").out
    assert len(list(csv.DictReader(io.StringIO(table)))) == 150
    assert run("articles", study, "--search", "harbour").out.count("\n") == 1_200


def test_articles_whose_date_cannot_be_read_are_counted(run, many, places):
    with Project.open(many, places) as project:
        project.apply(
            ImportArticles(drafts=(Draft(text="On the fourth.", source="A", title="F", date="04/05/2026"),))
        )
    said = run("articles", many, "--outlet", "A", "--from", "2022", "--json")
    assert (titles(said), said.err) == (
        ["T2", "T4"],
        "Left out: 1 without a readable date.\n",
    )
    said = run("articles", many, "--from", "2022")
    assert said.err == "Left out: 4 without a readable date.\n", "three have none at all"
    assert run("articles", many, "--outlet", "A").err == ""
    assert run("articles", many, "--outlet", "B", "--to", "2023", "--filter", "t1").err == ""


def test_a_sample_is_drawn_kept_and_listed(run, many):
    said = run(
        *("sample", many, "--size", 4, "--seed", 9, "--name", "Pilot", "--stratify", "outlet", "--json")
    )
    assert [stratum["name"] for stratum in said.json["strata"]] == ["(none)", "A", "B"]
    assert len(said.json["articles"]) == 4
    assert len(run("articles", many, "--sample", "Pilot", "--json").json) == 4
    assert run("info", many, "--json").json["samples"][0]["name"] == "Pilot"
    again = run("sample", many, "--size", 4, "--seed", 9, "--name", "Again", "--stratify", "outlet", "--json")
    assert again.json["articles"] == said.json["articles"]
    spoken = run(
        "sample", many, "--size", 2, "--seed", 1, "--name", "Two", "--stratify", "outlet", "--equal"
    ).out
    assert spoken.startswith("Drew Two: 2 of 9, equal by outlet, seed 1.\n  (none): 1 of 3\n")


def test_the_order_is_set_and_set_back(run, many):
    before = titles(run("articles", many, "--json"))
    assert run("order", many, "date").out == "Order articles by date.\n"
    assert titles(run("articles", many, "--json"))[:2] == ["T0", "T1"]
    assert run("order", many, "shuffle", "--seed", 3).out == "Shuffle articles with seed 3.\n"
    assert titles(run("articles", many, "--json")) != before
    run("order", many, "imported")
    assert titles(run("articles", many, "--json")) == before


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("order", "shuffle"), 2, "give a --seed"),
        (("order", "backwards"), 2, "is not one of"),
        (("articles", "--from", "May"), 2, "“May” is no date"),
        (("articles", "--csv", "--json"), 2, "either --csv or --json"),
        (("articles", "--sort", "moon"), 1, "There is no column “moon”"),
        (("articles", "--sample", "x"), 1, "There is no sample “x”. These are there: none."),
        (("articles", "--search", "-x"), 1, "Add a word"),
        (("sample", "--size", "20", "--seed", "1", "--name", "x"), 1, "cannot be drawn from 9 articles"),
        (("sample", "--size", "2", "--seed", "-1", "--name", "x"), 2, "-1"),
        (("sample", "--size", "2", "--seed", "1", "--name", "x", "--equal"), 2, "--equal needs --stratify"),
    ],
)
def test_what_cannot_be_done_is_said(run, many, words, code, sentence):
    said = run(words[0], many, *words[1:])
    assert (said.code, said.out) == (code, "")
    assert sentence in said.err


def test_the_size_of_a_reliability_test_is_told_with_its_rule(run):
    needed = need(0.2, 0.95, 0.8, 0.1, 4)
    told = run("sample-size", "--width", "0.2", "--per-article", "4").out.splitlines()
    assert told == [f"{needed.units} units coded by two coders, which {needed.articles} articles hold.", RULE]
    assert run("sample-size", "--width", "0.2").out.startswith(f"{needed.units} units coded by two coders.\n")
    assert json.loads(run("sample-size", "--width", "0.2", "--json").out) == {
        "units": needed.units,
        "articles": None,
        "rule": RULE,
    }
    said = run("sample-size", "--width", "2")
    assert (said.code, said.err) == (1, "The width of the interval lies between 0 and 1, such as 0.1.\n")
