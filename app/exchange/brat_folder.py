"""Which file of a brat folder is whose: texts, annotation files, and the coders that the names tell."""

import filecmp
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from app.domain.articles import legible
from app.domain.errors import UserError
from app.exchange.coded import Layout

_BETWEEN = ("_", "-", ".")
_WORDS: Mapping[Layout, str] = {
    "folders": "a folder for each coder",
    "suffix": "coders told by the ends of file names",
    "one": "one coder, named after the folder",
}


class AnnFile(NamedTuple):
    """One annotation file: its name in the folder without the ending, the name of its text, and whose it is."""

    name: str
    text: str
    coder: str
    path: Path


class BratFolder(NamedTuple):
    """A folder taken apart; `texts` has the path of each text by its name without the ending."""

    texts: Mapping[str, Path]
    files: tuple[AnnFile, ...]
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def take_apart(top: Path, wanted: Layout) -> BratFolder:
    """Say which file is whose; UserError where sub-folders may be coders or not, or nothing is there to read."""
    if not top.is_dir():
        raise UserError(f"{top.name}: brat keeps its files in a folder; give that folder.")
    texts, anns = named(top, ".txt"), named(top, ".ann")
    missing = [ending for ending, found in ((".txt", texts), (".ann", anns)) if not found]
    if missing:
        raise UserError(
            f"{top.name}: there are no {' and no '.join(missing)} files in it. "
            "Give the folder in which brat has both, or copy them together."
        )
    layout = wanted or _recognised(top, texts, list(anns))
    files: list[AnnFile] = []
    problems: list[str] = []
    for name, path in anns.items():
        text, coder = _text_and_coder(name, texts, layout, legible(top.resolve().name) or "brat")
        if text:
            files.append(AnnFile(name, text, coder[:200], path))
        else:
            problems.append(f"{name}.ann: there is no text that it belongs to")
    problems += _differing(texts, files)
    return BratFolder(texts, tuple(files), (_WORDS[layout],), tuple(problems))


def named(top: Path, ending: str) -> dict[str, Path]:
    """Return every file below with an ending, by its path inside without it; hidden ones are passed over.

    Raises UserError where the names of two differ in how the ending is written only.
    """
    found: dict[str, Path] = {}
    for path in sorted(top.rglob("*")):
        inside = path.relative_to(top)
        hidden = any(part.startswith(".") for part in inside.parts)
        if path.suffix.lower() == ending and not hidden and path.is_file():
            name = legible(inside.with_suffix("").as_posix())
            if name in found:
                raise UserError(
                    f"{name}{path.suffix}: another file has the same name. Rename one of the two."
                )
            found[name] = path
    return found


def _recognised(top: Path, texts: Mapping[str, Path], names: Sequence[str]) -> Layout:
    """Return the layout that the names show; one stray file does not make another of it. UserError where two fit."""
    lone = [name for name in names if name not in texts]
    folders = any(name.partition("/")[2] in texts for name in lone) or _is_shared(texts, names)
    suffix = any(_before_suffix(name, texts) for name in lone)
    inside = any("/" in name and name in texts for name in names)
    if suffix and (folders or inside):
        raise UserError(
            f"{top.name}: its folders and the ends of file names may both tell coders; "
            "say which, with --layout folders, --layout suffix or --layout one."
        )
    if folders or suffix:
        return "folders" if folders else "suffix"
    if any("/" in name for name in names):
        raise UserError(
            f"{top.name}: its folders may be coders or parts of a collection; "
            "say which, with --layout folders or --layout one."
        )
    return "one"


def _is_shared(texts: Mapping[str, Path], names: Sequence[str]) -> bool:
    """Tell whether two folders have one text under one name, as folders of coders have."""
    first: dict[str, Path] = {}
    for name in names:
        _folder, slash, rest = name.partition("/")
        if slash and name in texts:
            other = first.setdefault(rest, texts[name])
            if other is not texts[name] and _is_same(other, texts[name]):
                return True
    return False


def _is_same(one: Path, other: Path) -> bool:
    """Tell whether two files are equal; what cannot be read is told when it is read."""
    try:
        return filecmp.cmp(one, other, shallow=False)
    except OSError:
        return False


def _text_and_coder(name: str, texts: Mapping[str, Path], layout: Layout, whole: str) -> tuple[str, str]:
    """Return the name of the text of an annotation file, empty if there is none, and whose it is."""
    if layout == "folders":
        folder, slash, rest = name.partition("/")
        if not slash:
            return "", ""
        return next((each for each in (name, rest) if each in texts), ""), folder
    if name in texts:
        return name, whole
    before = _before_suffix(name, texts) if layout == "suffix" else ""
    return before, name[len(before) + 1 :]


def _before_suffix(name: str, texts: Mapping[str, Path]) -> str:
    """Return the longest name of a text that an annotation file's begins with, before a mark and a coder."""
    for at in range(len(name) - 2, 0, -1):
        if name[at] in _BETWEEN and name[:at] in texts and "/" not in name[at:]:
            return name[:at]
    return ""


def _differing(texts: Mapping[str, Path], files: Sequence[AnnFile]) -> list[str]:
    """Say where the folders of two coders have different texts under one name."""
    first: dict[str, str] = {}
    found: list[str] = []
    for each in files:
        short = each.text.removeprefix(f"{each.coder}/")
        other = first.setdefault(short, each.text)
        if other != each.text and not _is_same(texts[other], texts[each.text]):
            found.append(f"{each.text}.txt differs from {other}.txt; they are two articles")
    return found
