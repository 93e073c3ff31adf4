"""The folder for other tools, and its check, on the command line."""

import pytest

from app.project.demo import make_demo


@pytest.fixture
def demo(tmp_path, places):
    path = tmp_path / "demo.rubric"
    make_demo(path, places)
    return path


def test_a_folder_is_written_and_its_figures_hold(run, demo, tmp_path):
    out = tmp_path / "out"
    said = run("agreement", demo, "--bootstrap", 20, "--words", "--export", out, "--guard", "--bom", "--json")
    assert (said.code, said.err) == (0, "")
    assert (out / "results.csv").read_bytes().startswith(b"\xef\xbb\xbfvariable,")
    checked = run("agreement", "--check", out, "--json")
    assert checked.code == 0
    total = len(checked.json["results"])
    assert run("agreement", "--check", out).out == f"Nothing differs: {total} rows checked.\n"
    assert checked.json["same"] is True
    assert len(checked.json["results"]) == len(said.json["results"])
    path = out / "results.csv"
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text.replace(",bar_u_alpha,all,5,", ",bar_u_alpha,all,6,", 1), encoding="utf-8")
    again = run("agreement", "--check", out)
    assert again.code == 1
    differing, summed_up = again.out.splitlines()
    assert differing.endswith(": bar_u_alpha: documents 6 instead of 5")
    assert summed_up == f"1 of {total} rows differs."
    assert run("agreement", "--check", out, "--json").json["same"] is False


def test_layouts_are_chosen_by_name_and_coders_may_be_letters(run, demo, tmp_path):
    words = ("--bootstrap", 0, "--no-gamma", "--export", tmp_path / "out")
    said = run(
        "agreement", demo, *words, "--layout", "recal", "--layout", "tidy", "--anonymous", "--separator", ";"
    )
    assert said.code == 0
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"recal", "tidy", "articles.csv", "codebook.csv", "manifest.json"}
    lines = (tmp_path / "out" / "tidy" / "articles.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("unit;coder;")
    assert {line.split(";")[1] for line in lines[1:]} == {"A", "B"}


def test_what_cannot_be_is_said_before_anything_is_reckoned(run, demo, tmp_path):
    assert "there is no layout “spss”" in run("agreement", demo, "--export", tmp_path, "--layout", "spss").err
    assert "are for --export" in run("agreement", demo, "--anonymous").err
    assert run("agreement", demo, "--layout", "tidy").code == 2
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("x")
    said = run("agreement", demo, "--export", tmp_path / "full")
    assert said.code == 1
    assert "mine.txt" in said.err
    said = run("agreement", "--check", tmp_path / "nowhere")
    assert said.code == 1
    assert "cannot be read" in said.err
