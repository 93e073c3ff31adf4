"""The house holds: sizes, names, doors, and documents that say what is there."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from app.cli.main import program
from app.exchange.codebook_files import CODEBOOK_FORMATS
from app.exchange.registry import ARTICLE_FORMATS, CODED_FORMATS, PROJECT_FORMATS
from app.system.settings import SETTINGS
from app.ui.window.actions import ACTIONS

ROOT = Path(__file__).parent.parent
FILES = sorted((ROOT / "app").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))

LONGEST_FILE, LONGEST_CLASS, LONGEST_FUNCTION, LONGEST_WINDOW = 400, 300, 40, 300

TOO_VAGUE = {
    *("util", "utils", "helper", "helpers", "common", "misc", "manager", "managers", "base", "core"),
    *("service", "services", "view", "views", "controller", "controllers", "handler", "handlers"),
}

BROAD = {"app/ui/tasks.py": 1}
"""Where everything may be caught: the task runner. The other door, the excepthook, needs no except."""


def name(path):
    return path.relative_to(ROOT).as_posix()


def nodes(path, *kinds):
    return [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, kinds)]


def lines_of(node):
    return node.end_lineno - node.lineno + 1


@pytest.mark.parametrize("path", [*FILES, *TESTS], ids=name)
def test_files_keep_to_their_budget(path):
    longest = LONGEST_WINDOW if path.name == "main_window.py" else LONGEST_FILE
    assert len(path.read_text(encoding="utf-8").splitlines()) <= longest


def test_classes_and_functions_keep_to_their_budget():
    over = [
        f"{name(path)}: {node.name}"
        for path in FILES
        for node in nodes(path, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
        if lines_of(node) > (LONGEST_CLASS if isinstance(node, ast.ClassDef) else LONGEST_FUNCTION)
    ]
    assert over == []


def test_no_room_has_a_name_that_says_nothing():
    parts = {part for path in FILES for part in (*path.relative_to(ROOT).parts[:-1], path.stem)}
    assert parts & TOO_VAGUE == set()


def test_packages_say_nothing_but_the_version():
    said = {name(path): path.read_text(encoding="utf-8") for path in FILES if path.name == "__init__.py"}
    version = said.pop("app/__init__.py")
    assert re.search(r'^__version__ = "\d+\.\d+\.\d+"$', version, re.MULTILINE)
    assert len(ast.parse(version).body) <= 2
    assert set(said.values()) == {""}


def test_only_the_two_doors_catch_everything():
    found = {
        name(path): sum(
            handler.type is None
            or (isinstance(handler.type, ast.Name) and handler.type.id in ("Exception", "BaseException"))
            for handler in nodes(path, ast.ExceptHandler)
            if not any(isinstance(node, ast.Raise) and node.exc is None for node in ast.walk(handler))
        )
        for path in FILES
    }
    assert {path: count for path, count in found.items() if count} == BROAD


def test_nothing_in_the_program_reaches_for_a_network():
    forbidden = {"socketserver", "http", "urllib", "ssl", "ftplib", "smtplib", "requests", "asyncio"}
    imported = {
        (name(path), module.split(".")[0])
        for path in FILES
        for node in nodes(path, ast.Import, ast.ImportFrom)
        for module in (
            [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
        )
    }
    assert {
        (path, module) for path, module in imported if module in forbidden or "QtNetwork" in module
    } == set()


def test_only_the_known_rooms_stand_at_the_top():
    known = {"app", "resources", "packaging", "tests", ".ci", ".github", "README.md", "LICENSE"}
    known |= {"pyproject.toml", ".gitignore"}
    ignored = {line.strip("/\n") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()}
    there = {path.name for path in ROOT.iterdir()} - {".git"} - ignored
    assert there <= known


def test_no_address_of_an_index_is_written_down():
    assert "uv.lock" in (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    for path in (ROOT / "pyproject.toml", ROOT / "README.md", ROOT / ".ci" / "run"):
        assert "index" not in path.read_text(encoding="utf-8").lower(), path


def test_versions_are_pinned_and_qt_stays_below_the_broken_release():
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [re.split(r"[<>=\[]", each)[0] for each in config["project"]["dependencies"]]
    pinned = dict(each.split("==") for each in config["tool"]["uv"]["constraint-dependencies"])
    assert set(wanted) <= set(pinned)
    assert "PySide6-Essentials>=6.8,<6.12" in config["project"]["dependencies"]


@pytest.fixture(scope="module")
def readme():
    return (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.key)
def test_every_setting_is_in_the_readme(setting, readme):
    assert f"| `{setting.key}` |" in readme


@pytest.mark.parametrize("command", sorted(set(program.commands) - {"open"}))
def test_every_command_is_in_the_readme(command, readme):
    assert re.search(rf"^rubricator {command}\b", readme, re.MULTILINE)


@pytest.mark.parametrize(
    "each",
    [*ARTICLE_FORMATS, *CODED_FORMATS, *PROJECT_FORMATS, *CODEBOOK_FORMATS],
    ids=lambda each: each.name,
)
def test_every_format_is_in_the_readme(each, readme):
    assert f"| `{each.name}` |" in readme


@pytest.mark.parametrize("action", [each for each in ACTIONS if each.shortcut], ids=lambda each: each.id)
def test_every_key_is_in_the_readme(action, readme):
    assert f"| {action.shortcut} |" in readme, f"{action.text}: {action.shortcut}"


def test_every_room_is_on_the_map():
    told = (ROOT / "app" / "README.md").read_text(encoding="utf-8")
    rooms = {path.parent.relative_to(ROOT / "app").as_posix() for path in FILES if path.name == "__init__.py"}
    assert {room for room in rooms - {"."} if f"`{room}/`" not in told} == set()
