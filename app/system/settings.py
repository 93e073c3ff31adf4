"""Settings: one table, kept in a readable file that holds only what differs from the default."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

Value = str | int | float | bool | tuple[str, ...]


class Setting(NamedTuple):
    """One setting: its key in the file, its default, and in words what it does.

    `lowest` and `highest` bound a number; `choices` are the only texts allowed, where there are any.
    """

    key: str
    default: Value
    meaning: str
    lowest: float | None = None
    highest: float | None = None
    choices: tuple[str, ...] = ()


CODER_ID = Setting("coder.id", "", "The stable id of the person at this computer")
CODER_NAME = Setting("coder.name", "", "The name of the person at this computer")
CODERS_OF_PROJECTS = Setting(
    "coder.projects", (), "Who codes in which project: id of the project, id and name of the coder"
)
RECENT = Setting("recent", (), "The projects opened last, newest first")
THEME = Setting(
    "look.theme",
    "system",
    "Light, dark or high contrast, or as the system says",
    choices=("system", "light", "dark", "high contrast"),
)
TEXT_SIZE = Setting("look.text_size", 17, "Size of the article's text in pixels", 10, 48)
LINE_HEIGHT = Setting("look.line_height", 1.6, "Line height as a multiple of the text size", 1.2, 2.4)
MEASURE = Setting("look.measure", 70, "Longest line of the article, in characters", 40, 120)
READING_FONT = Setting("look.font", "", "Typeface of the article; empty takes the best one installed")
CODES_AT_SELECTION = Setting(
    "codes.at_selection", "yes", "Offer the codes beside text selected with the mouse", choices=("yes", "no")
)
WORDS = Setting(
    "look.words",
    "coloured",
    "Whether the terms of the word list are coloured in the text",
    choices=("coloured", "plain"),
)
PLOT_KIND = Setting(
    "plots.kind", "pdf", "Kind of file that plots were saved as the last time", choices=("pdf", "svg", "png")
)
PLOT_WIDTH = Setting("plots.width", 170, "Width of saved plots in millimetres", 60, 400)
KEYS = Setting("keys", (), "Keys of actions that differ from the usual ones, as pairs like view.text=F7")

SETTINGS = (
    CODER_ID,
    CODER_NAME,
    CODERS_OF_PROJECTS,
    RECENT,
    THEME,
    TEXT_SIZE,
    LINE_HEIGHT,
    MEASURE,
    READING_FONT,
    CODES_AT_SELECTION,
    WORDS,
    PLOT_KIND,
    PLOT_WIDTH,
    KEYS,
)


class Settings:
    """The settings of one user. A file that cannot be read counts as empty and is kept aside."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._values = self._read() or {}

    def text(self, setting: Setting) -> str:
        """Return a setting that is a text."""
        value = self._values.get(setting.key, setting.default)
        fits = isinstance(value, str) and (not setting.choices or value in setting.choices)
        return str(value if fits else setting.default)

    def number(self, setting: Setting) -> float:
        """Return a setting that is a number, held within its bounds."""
        value = self._values.get(setting.key, setting.default)
        if not isinstance(value, int | float) or isinstance(value, bool):
            value = setting.default
        number = float(value) if isinstance(value, int | float) else 0.0
        low = number if setting.lowest is None else max(setting.lowest, number)
        return low if setting.highest is None else min(setting.highest, low)

    def texts(self, setting: Setting) -> list[str]:
        """Return a setting that is a list of texts, as the file has it now: every window adds to the same lists."""
        self._look_again()
        value: Any = self._values.get(setting.key, setting.default)
        return [str(item) for item in value] if isinstance(value, list | tuple) else []  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]

    def set(self, values: Mapping[Setting, Value]) -> None:
        """Set and save; a value equal to the default leaves the file.

        What another window has saved meanwhile stays, and holds here too.
        """
        self._look_again()
        for setting, value in values.items():
            if value == setting.default:
                self._values.pop(setting.key, None)
            else:
                self._values[setting.key] = value
        self._path.parent.mkdir(parents=True, exist_ok=True)
        partial = self._path.with_name(self._path.name + ".part")
        partial.write_text(json.dumps(self._values, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        partial.replace(self._path)

    def _look_again(self) -> None:
        saved = self._read()
        if saved is not None:
            self._values = saved

    def _read(self) -> dict[str, Any] | None:
        """Return what the file holds, None where there is none that can be read."""
        try:
            values = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            values = None
        if isinstance(values, dict):
            return values  # pyright: ignore[reportUnknownVariableType]
        # Somebody's hand edit went wrong: start from the defaults, but let them look at what they had.
        if self._path.exists():
            self._path.replace(self._path.with_name(self._path.name + ".unreadable"))
        return None
