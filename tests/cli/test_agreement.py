"""Agreement in projects and in tables from anywhere, on the command line."""

import pytest

from app.project.commands import MarkDone
from app.project.project import Project
from tests.builders import ACTOR, ANA, BEN, add

TABLE = "unit,A,B,C\n1,a,a,\n2,a,b,b\n3,c,c,c\n4,b,b,NA\n"
SPANS = (
    "doc,doc_length,coder,start,end,code\n"
    "d1,60,Alex,2,9,1\nd1,60,Alex,11,17,2\nd1,60,Alex,24,30,5\nd1,60,Alex,32,36,6\nd1,60,Alex,36,44,6\n"
    "d1,60,Alex,44,60,7\nd1,60,Paul,2,9,1\nd1,60,Paul,11,17,3\nd1,60,Paul,19,25,5\nd1,60,Paul,32,44,6\n"
    "d1,60,Suzan,2,9,1\nd1,60,Suzan,11,17,4\nd1,60,Suzan,21,27,5\nd1,60,Suzan,32,36,6\nd1,60,Suzan,36,40,6\n"
    "d1,60,Suzan,40,44,6\n"
)


@pytest.fixture
def file(tmp_path):
    def file(text, name="given.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_text(text, encoding=encoding, newline="")
        return path

    return file


def told(said):
    return {(row["measure"], row["variable"], row["coders"]): row for row in said.json["results"]}


def test_a_table_gives_every_coefficient(run, file):
    said = run("agreement", "--table", file(TABLE), "--bootstrap", 200, "--seed", 5, "--json")
    rows = told(said)
    assert said.code == 0
    assert [row["measure"] for row in said.json["results"][:5]] == [
        *("alpha_nominal", "percent_agreement", "ac1", "fleiss_kappa", "cohen_kappa")
    ]
    # o_aa 2, o_bb 3, o_cc 3, o_ab 1 each way; n = 10.
    assert rows["alpha_nominal", "given", "all"]["value"] == pytest.approx(1 - 9 * 2 / (100 - 9 - 16 - 9))
    assert rows["percent_agreement", "given", "all"]["value"] == pytest.approx((1 + 1 / 3 + 1 + 1) / 4)
    assert rows["cohen_kappa", "given", "A~C"]["units"] == 2
    assert said.json["settings"]["seed"] == 5
    assert rows["alpha_nominal", "given", "all"]["ci_low"] <= rows["alpha_nominal", "given", "all"]["ci_high"]
    assert run("agreement", "--table", file(TABLE), "--bootstrap", 200, "--seed", 5, "--json").out == said.out


def test_levels_need_numbers_and_bad_rows_are_said(run, file):
    said = run(
        "agreement", "--table", file("A;B\n1,5;2\n3;3\nx;1\n2;2;2\n"), "--metric", "interval", "--json"
    )
    row = told(said)["alpha_interval", "given", "all"]
    # Values 1.5, 2, 3, 3: within units 2 · 0.25; all ordered pairs 2 · (0.25 + 2.25 + 2.25 + 1 + 1).
    assert row["value"] == pytest.approx(1 - 3 * 0.5 / 13.5)
    assert said.json["problems"] == [
        "Line 4 is left out: “x” is no number, which interval values must be.",
        "Line 5 is left out: there are 3 cells, but 2 columns.",
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_separators_and_encodings_are_found(run, file, encoding):
    text = TABLE.replace(",", "\t").replace("a", "Überfall").replace("\n", "\r\n")
    said = run("agreement", "--table", file(text, encoding=encoding), "--json", "--bootstrap", 0)
    assert told(said)["alpha_nominal", "given", "all"]["value"] == pytest.approx(1 - 18 / 66)
    assert told(said)["alpha_nominal", "given", "all"]["ci_low"] is None


def test_spans_give_the_published_values(run, file):
    said = run("agreement", "--spans", file(SPANS), "--json")
    rows = told(said)
    assert rows["u_alpha", "all codes", "all"]["value"] == pytest.approx(0.510, abs=0.0005)
    assert rows["bar_u_alpha", "all codes", "all"]["value"] == pytest.approx(0.413, abs=0.0005)
    assert rows["cu_alpha", "all codes", "all"]["value"] == pytest.approx(0.724, abs=0.0005)
    assert rows["k_u_alpha", "5", "all"]["coverage"] == pytest.approx(4 / 9)
    assert rows["k_u_alpha", "7", "all"]["value"] is None
    assert rows["k_u_alpha", "7", "all"]["note"].startswith("no character")
    assert rows["u_alpha", "all codes", "all"]["ci_low"] is None
    assert 0.43 < rows["gamma", "all codes", "all"]["value"] < 0.47
    assert "gamma" not in run("agreement", "--spans", file(SPANS), "--no-gamma").out
    assert {"f1_exact", "f1_boundary", "f1_overlap", "f1_iou", "alpha_characters"} <= {key[0] for key in rows}


def test_who_found_nothing_counts_and_who_has_not_done_it_does_not(run, file):
    head = "doc,doc_length,coder,start,end,code\nd,100,A,10,20,x\n"
    assert (
        told(run("agreement", "--spans", file(head), "--json"))["u_alpha", "all codes", "all"]["value"]
        is None
    )
    said = run("agreement", "--spans", file(head + "d,100,B,,,\n"), "--json")
    assert told(said)["u_alpha", "all codes", "all"]["value"] == pytest.approx(-0.045)
    assert told(said)["f1_exact", "all codes", "all"]["value"] == 0


def test_bad_spans_are_said_by_their_line(run, file):
    bad = (
        SPANS
        + "d1,60,Paul,50,99,1\nd1,61,Paul,50,55,1\nd1,60,Paul,x,55,1\nd1,60,Paul,9,9,1\n,60,Paul,1,9,1\n"
    )
    said = run("agreement", "--spans", file(bad), "--json")
    assert said.json["problems"] == [
        "Line 18 is left out: the span ends at 99, beyond the length of 60.",
        "Line 19 is left out: “d1” has a length of 61 here and of 60 further up.",
        "Line 20 is left out: start is “x”, not a whole number.",
        "Line 21 is left out: the span ends at 9, not after its start at 9.",
        "Line 22 is left out: no doc is named.",
    ]
    assert told(said)["u_alpha", "all codes", "all"]["value"] == pytest.approx(0.510, abs=0.0005)


def test_codes_that_overlap_are_told_one_by_one(run, file):
    rows = "d,50,A,0,9,x\nd,50,A,5,12,y\nd,50,B,0,9,x\nd,50,B,5,12,y\n"
    said = run("agreement", "--spans", file("doc,doc_length,coder,start,end,code\n" + rows), "--json")
    assert told(said)["u_alpha", "all codes", "all"]["value"] is None
    assert told(said)["u_alpha", "x", "all"]["value"] == pytest.approx(1)
    assert told(said)["alpha_characters", "all codes", "all"]["value"] == pytest.approx(1)


def test_people_read_a_table_of_numbers(run, file):
    said = run("agreement", "--table", file(TABLE))
    assert said.out.splitlines()[0].split()[:2] == ["alpha_nominal", "0.727"]
    assert said.out.splitlines()[-1] == "Intervals: 95 %, units drawn 2,000 times, seed 1."


@pytest.mark.parametrize(
    ("words", "text", "code", "sentence"),
    [
        (["--table"], "A\n1\n", 1, "two coders or more"),
        (["--table"], "A,B\n", 1, "no unit"),
        (["--table", "--categories", "2"], TABLE, 1, "3 values"),
        (["--spans"], "doc,coder\n1,2\n", 1, "lacks the column doc_length"),
        (["--spans"], "doc,doc_length,coder,start,end,code\n1,x,A,1,2,c\n", 1, "Line 2"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(run, file, words, text, code, sentence):
    said = run("agreement", words[0], file(text), *words[1:])
    assert (said.code, said.out) == (code, "")
    assert sentence in said.err
    assert said.err.count("\n") == 1


def test_usage(run, tmp_path):
    assert run("agreement").code == 2
    assert "cannot be read" in run("agreement", "--table", tmp_path / "none.csv").err


def test_results_go_to_a_file_that_replaces_only_its_like(run, tmp_path):
    table, out = tmp_path / "t.csv", tmp_path / "out.csv"
    table.write_text("unit,a,b\n1,x,x\n2,y,x\n3,y,y\n", encoding="utf-8")
    for _time in range(2):
        assert run("agreement", "--table", table, "--bootstrap", 50, "--out", out).code == 0
    lines = out.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("variable,level,measure,coders,documents,units,value,ci_low,ci_high,B,seed")
    assert lines[1].startswith("t,nominal,alpha_nominal,all,3,3,0.44444")
    out.write_text("mine\n", encoding="utf-8")
    said = run("agreement", "--table", table, "--out", out)
    assert (said.code, out.read_text(encoding="utf-8")) == (1, "mine\n")
    assert "out.csv is there already and holds no results" in said.err


def test_where_nothing_was_done_by_two_it_is_said_in_one_sentence(run, study):
    said = run("agreement", study)
    assert said.code == 0
    assert said.out.splitlines()[-1] == (
        "Nothing can be compared before two coders have marked the same article as done."
    )
    assert "n/a" not in said.out
    assert all(each["value"] is None for each in run("agreement", study, "--json").json["results"])


def test_gamma_that_would_take_long_is_said_to_be_left_out(run, study, places, monkeypatch):
    with Project.open(study, places) as project:
        for coder in (ANA, BEN):
            project.sign_in(coder)
            add(project, ACTOR, "the minister")
            project.apply(MarkDone(article_id=project.articles()[0].id, reason="for the test"))
    assert "was left out" not in run("agreement", study, "--bootstrap", 0).out
    monkeypatch.setattr("app.project.agreement_measures._MOST_WORK", 0)
    said = run("agreement", study, "--bootstrap", 0).out
    assert "Gamma would take long for 2 variables and was left out; --gamma works it out." in said
    assert "was left out" not in run("agreement", study, "--bootstrap", 0, "--no-gamma").out
