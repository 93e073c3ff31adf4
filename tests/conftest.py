"""What every test shares: folders of its own, and Qt only where Qt can start."""

import os

import pytest
from hypothesis import settings

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from app.project.project import Project
from app.system.paths import Places
from app.ui.preflight import missing_libraries
from tests.builders import fill

# How long an example takes says something about the machine, not about the program.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

LACKING = missing_libraries(with_display=False)

if LACKING:
    collect_ignore = ["ui"]
else:
    pytest_plugins = ["pytestqt.plugin"]


def pytest_addoption(parser):
    if LACKING:
        parser.addini("qt_api", "read by pytest-qt where it is loaded")
        parser.addini("qt_log_level_fail", "read by pytest-qt where it is loaded")
        parser.addini("qt_log_ignore", "read by pytest-qt where it is loaded")


def pytest_report_header():
    return f"The tests of the window are left out. {LACKING}" if LACKING else None


def pytest_terminal_summary(terminalreporter):
    if LACKING:
        terminalreporter.write_line(f"The tests of the window were left out. {LACKING}", yellow=True)


@pytest.fixture(autouse=True)
def places(tmp_path, monkeypatch):
    """Folders of this test, never those of whoever runs it."""
    monkeypatch.setenv("RUBRICATOR_HOME", str(tmp_path / "home"))
    return Places.of_this_user()


@pytest.fixture
def study(tmp_path, places):
    """The path of a project with three articles that nobody has coded."""
    path = tmp_path / "study.rubric"
    with Project.create(path, places) as project:
        fill(project)
    return path
