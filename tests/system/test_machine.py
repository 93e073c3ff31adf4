"""The machine: settings that survive bad hands, locks that end with their holder, files that ship."""

import json
import subprocess
import sys

import pytest

from app.system.locks import FileLock
from app.system.paths import Places
from app.system.resources import resource
from app.system.settings import CODER_NAME, RECENT, SETTINGS, TEXT_SIZE, THEME, Settings

HOLD = """
import sys
from pathlib import Path
from app.system.locks import FileLock

lock = FileLock(Path(sys.argv[1]), Path(sys.argv[2]))
print(lock.acquire("Ana"), flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def path(tmp_path):
    return tmp_path / "settings" / "settings.json"


def test_settings_survive_and_only_what_differs_is_written(path):
    Settings(path).set({THEME: "dark", TEXT_SIZE: TEXT_SIZE.default, RECENT: ("a", "b")})
    assert json.loads(path.read_text(encoding="utf-8")) == {"look.theme": "dark", "recent": ["a", "b"]}
    again = Settings(path)
    assert again.text(THEME) == "dark"
    assert again.texts(RECENT) == ["a", "b"]
    assert again.number(TEXT_SIZE) == TEXT_SIZE.default
    again.set({THEME: THEME.default})
    assert "look.theme" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("written", "read"), [(3, 10), (1000, 48), ("big", 17), (True, 17), (None, 17)])
def test_a_number_out_of_bounds_is_held_within_them(path, written, read):
    path.parent.mkdir()
    path.write_text(json.dumps({"look.text_size": written}), encoding="utf-8")
    assert Settings(path).number(TEXT_SIZE) == read


def test_a_choice_that_is_none_counts_as_the_default(path):
    path.parent.mkdir()
    path.write_text('{"look.theme": "pink", "recent": 7}', encoding="utf-8")
    assert Settings(path).text(THEME) == "system"
    assert Settings(path).texts(RECENT) == []


@pytest.mark.parametrize("damage", [b"{", b"[1]", b"\xff\xfe\x00"])
def test_a_file_that_cannot_be_read_is_kept_aside(path, damage):
    path.parent.mkdir()
    path.write_bytes(damage)
    assert Settings(path).text(THEME) == "system"
    assert path.with_name("settings.json.unreadable").read_bytes() == damage
    assert not path.exists()


def test_two_windows_do_not_take_back_what_the_other_has_saved(path):
    first, second = Settings(path), Settings(path)
    second.set({CODER_NAME: "Ana", THEME: "dark"})
    first.set({TEXT_SIZE: 22})
    again = Settings(path)
    assert (again.text(CODER_NAME), again.text(THEME), again.number(TEXT_SIZE)) == ("Ana", "dark", 22)
    assert first.text(CODER_NAME) == "Ana"
    second.set({THEME: THEME.default})
    first.set({TEXT_SIZE: 24})
    assert Settings(path).text(THEME) == "system", "what was set back stays so"
    first.set({RECENT: ("a",)})
    second.set({RECENT: ("b", *second.texts(RECENT))})
    assert first.texts(RECENT) == ["b", "a"], "both add to one list"


def test_a_file_that_is_damaged_or_gone_meanwhile_is_written_from_memory(path):
    settings = Settings(path)
    settings.set({CODER_NAME: "Ana"})
    path.write_text("{", encoding="utf-8")
    settings.set({THEME: "dark"})
    assert path.with_name("settings.json.unreadable").exists()
    path.unlink()
    settings.set({TEXT_SIZE: 20})
    assert Settings(path).text(CODER_NAME) == "Ana"
    assert Settings(path).text(THEME) == "dark"


def test_settings_have_keys_of_their_own():
    keys = [setting.key for setting in SETTINGS]
    assert len(set(keys)) == len(keys)
    assert all(setting.meaning for setting in SETTINGS)


def test_a_lock_keeps_others_out_until_it_is_released(tmp_path):
    file = tmp_path / "study.rubric"
    file.touch()
    (tmp_path / "other name").hardlink_to(file)
    first, second = FileLock(file, tmp_path / "locks"), FileLock(tmp_path / "other name", tmp_path / "locks")
    assert first.acquire("Ana") is None
    assert second.acquire("Ben").startswith("another window (Ana, process ")
    first.release()
    first.release()
    assert second.acquire("Ben") is None
    second.release()


def test_a_lock_ends_with_the_program_that_holds_it(tmp_path):
    file = tmp_path / "study.rubric"
    file.touch()
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(file), str(tmp_path / "locks")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout.readline() == "None\n"
        lock = FileLock(file, tmp_path / "locks")
        assert lock.acquire("Ben") is not None
        holder.kill()
        holder.wait()
        assert lock.acquire("Ben") is None
        lock.release()


def test_a_note_that_nobody_can_read_still_names_somebody(tmp_path):
    file = tmp_path / "study.rubric"
    file.touch()
    first, second = FileLock(file, tmp_path / "locks"), FileLock(file, tmp_path / "locks")
    first.acquire("Ana")
    (note,) = (tmp_path / "locks").iterdir()
    note.write_text("?", encoding="utf-8")
    assert second.acquire("Ben") == "another window"
    first.release()


def test_the_places_are_those_of_the_user_or_where_they_are_told(monkeypatch, tmp_path):
    assert Places.of_this_user().settings == tmp_path / "home" / "settings"
    monkeypatch.delenv("RUBRICATOR_HOME")
    places = Places.of_this_user()
    assert all("rubricator" in str(place).lower() for place in (places.backups, places.locks, places.log))


def test_what_ships_is_found_and_what_does_not_is_named():
    assert resource("codebooks", "humanitarian-news.yaml").is_file()
    with pytest.raises(FileNotFoundError, match=r"icons/no-such\.svg"):
        resource("icons", "no-such.svg")
