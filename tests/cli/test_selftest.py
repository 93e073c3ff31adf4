"""The self-test as an installer's check meets it: in a process of its own, without a display."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli.main import run_commands
from app.cli.session import Session
from app.exchange.codebook_files import CODEBOOK_FORMATS
from app.exchange.registry import ARTICLE_FORMATS, CODED_FORMATS, PROJECT_FORMATS
from app.ui.preflight import missing_libraries

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(bool(missing_libraries(with_display=False)), reason="Qt cannot start here")
def test_everything_works_and_nothing_stays_behind(tmp_path):
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    said = subprocess.run(
        [sys.executable, "-m", "app", "selftest", "--json"],
        cwd=ROOT,
        env={**kept, "TMPDIR": str(tmp_path), "RUBRICATOR_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        check=False,
    )
    found = json.loads(said.stdout)
    assert [each for each in found["parts"] if not each["ok"]] == []
    assert (said.returncode, found["ok"], found["bundled"]) == (0, True, False)
    names = {each["name"] for each in found["parts"]}
    assert names >= {f"import {each.name}" for each in (*ARTICLE_FORMATS, *CODED_FORMATS)}
    assert names >= {f"export {each.name}" for each in PROJECT_FORMATS}
    assert names >= {f"codebook {each.name}" for each in CODEBOOK_FORMATS}
    assert [each.name for each in tmp_path.iterdir()] == []


def test_a_part_that_fails_is_told_and_stops_no_other(capsys, places):
    def press(_shown):
        raise RuntimeError("no ink")

    def show(_project, folder, _places):
        (folder / "window.png").write_bytes(b"")
        return (folder / "window.png",)

    def window(_path, _places):
        raise AssertionError("a window was asked for")

    session = Session(places, window, window, press, show)
    assert run_commands(["selftest", "--json"], session) == 1
    found = json.loads(capsys.readouterr().out)
    failed = {each["name"]: each["error"] for each in found["parts"] if not each["ok"]}
    assert failed == {
        "import pdf": "RuntimeError: no ink",
        "codebook pdf": "RuntimeError: no ink",
        "window and plots": "window.png is empty",
    }
    assert found["ok"] is False
    assert run_commands(["selftest"], session) == 1
    told = capsys.readouterr().out
    assert "3 of 32 parts failed." in told
    assert "import pdf  RuntimeError: no ink" in told
