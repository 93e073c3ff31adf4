"""What stands in the cells of a codebook table, and what people make of it in a spreadsheet."""

import json
import re
from collections.abc import Sequence
from typing import Any

from app.domain.answers import Plain
from app.domain.codebook import WITH_CHOICES, AttributeKind
from app.domain.errors import UserError

YES = frozenset({"yes", "y", "true", "1", "x", "ja", "wahr", "oui", "vrai", "sí", "si", "verdadero"})
NO = frozenset({"no", "n", "false", "0", "", "nein", "falsch", "non", "faux", "falso"})
"""Spreadsheets write yes and no in the language of their user."""

BETWEEN = "|"
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_SPACES_AROUND = re.compile(r"^\s+|\s+$")


def guarded(text: str) -> str:
    """Return a text with an apostrophe before what a spreadsheet would run as a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """Take that apostrophe away again."""
    return cell[1:] if _GUARDED.match(cell) else cell


def joined(items: Sequence[str], between: str) -> str:
    """Return a list as one cell: with `between` between its items or, where one holds that, as a JSON list."""
    plain = between.join(items)
    return plain if split(plain, between) == tuple(items) else json.dumps(list(items), ensure_ascii=False)


def split(cell: str, between: str) -> tuple[str, ...]:
    """Return the items of a cell without the spaces around them; empty ones do not count."""
    if cell.startswith("["):
        try:
            listed: Any = json.loads(cell)
        except (ValueError, RecursionError):
            listed = None
        if isinstance(listed, list) and all(isinstance(each, str) for each in listed):  # pyright: ignore[reportUnknownVariableType]
            return tuple(str(each) for each in listed)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    if between == "\n":
        cell = cell.replace("\r\n", "\n").replace("\r", "\n")
        # Whoever writes examples without line breaks puts bars between them, as between choices.
        between = "\n" if "\n" in cell else " | "
    return tuple(item.strip() for item in cell.split(between) if item.strip())


def path_cell(names: Sequence[str]) -> str:
    """Return the names from a layer down to a code as one cell: “Layer > Code > Sub-code”."""
    return " > ".join(_escaped(name) for name in names)


def path_names(cell: str) -> tuple[str, ...]:
    """Return the names in a path; a backslash keeps what follows it from being taken for a sign or a margin."""
    names: list[str] = []
    letters: list[tuple[str, bool]] = []
    at = 0
    while at < len(cell):
        sign = cell[at]
        if sign == "\\" and at + 1 < len(cell) and (cell[at + 1] in "\\>" or cell[at + 1].isspace()):
            letters.append((cell[at + 1], True))
            at += 1
        elif sign == ">":
            names.append(_bare(letters))
            letters = []
        else:
            letters.append((sign, False))
        at += 1
    names.append(_bare(letters))
    return tuple(names)


def flag(cell: str) -> bool:
    """Return yes or no; an empty cell is no."""
    word = cell.strip().casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    raise UserError(f"“{cell}” is neither yes nor no")


def default_cell(value: Plain | None) -> str:
    """Return a default as a cell."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return repr(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(value)
        case tuple():
            return guarded(joined(value, BETWEEN))
        case str():
            return guarded(value)


def default_of(kind: AttributeKind, cell: str, choices: Sequence[str]) -> Plain | None:
    """Return the default that a cell says, as the kind of question has it; None for an empty one."""
    if not cell:
        return None
    match kind:
        case AttributeKind.YES_NO:
            return flag(cell)
        case AttributeKind.NUMBER:
            return number(cell)
        case AttributeKind.MULTIPLE:
            return split(unguarded(cell), BETWEEN)
        case _:
            text = unguarded(cell)
            return text.strip() if kind in WITH_CHOICES and text not in choices else text


def number(cell: str) -> float:
    """Return a number that may have a decimal comma."""
    plain = cell.strip().replace("\u2212", "-")
    if "," in plain and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        return float(plain)
    except ValueError:
        raise UserError(f"“{cell}” is not a number; write it without signs between the thousands") from None


def _escaped(name: str) -> str:
    kept = name.replace("\\", "\\\\").replace(">", "\\>")
    return _SPACES_AROUND.sub(lambda margin: "".join(f"\\{each}" for each in margin.group()), kept)


def _bare(letters: Sequence[tuple[str, bool]]) -> str:
    """Return the letters without the spaces around them, but for those that were escaped."""
    kept = [at for at, (sign, escaped) in enumerate(letters) if escaped or not sign.isspace()]
    return "".join(sign for sign, _escaped in letters[kept[0] : kept[-1] + 1]) if kept else ""
