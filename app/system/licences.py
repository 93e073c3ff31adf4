"""What the program is made of and under which licences: read in a bundle, gathered from what is installed elsewhere."""

import json
import platform
import re
import sysconfig
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

from app.system.resources import resource

_PROGRAM = "rubricator"
_TEXTS = re.compile(r"licen[cs]es?/|(licen[cs]e|copying|notice|authors)[^/]*$", re.IGNORECASE)
_NOT_SHIPPED = {"pip", "setuptools"}


class Component(NamedTuple):
    """A part by others: its name, version and licence, and the text of that; what is not known is empty."""

    name: str
    version: str
    licence: str
    text: str


def components() -> tuple[Component, ...]:
    """Return all parts by name, as they were noted when a bundle was made or else as they are installed."""
    try:
        noted = json.loads(resource("licences", "packages.json").read_text(encoding="utf-8"))
        return tuple(Component(**each) for each in noted)
    except FileNotFoundError:
        return gathered()


def gathered() -> tuple[Component, ...]:
    """Return all parts by name, from what is installed in this Python."""
    found = {each.name: each for each in (_python(), *_packages(), *_shipped_texts())}
    return tuple(sorted(found.values(), key=lambda each: each.name.casefold()))


def _python() -> Component:
    path = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    return Component("Python", platform.python_version(), "PSF-2.0", text)


def _packages() -> Iterator[Component]:
    todo, seen = [_PROGRAM], set(_NOT_SHIPPED)
    while todo:
        name = todo.pop()
        if (key := re.sub(r"[-_.]+", "-", name).lower()) in seen:
            continue
        seen.add(key)
        try:
            found = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # Asked for by other systems only.
        for wish in found.requires or ():
            if "extra ==" not in wish:
                todo.append(re.split(r"[^A-Za-z0-9._-]", wish, maxsplit=1)[0])
        if name != _PROGRAM:
            yield Component(found.name, found.version, _licence(found), _text(found))


def _licence(found: metadata.Distribution) -> str:
    about: Any = found.metadata
    named = about.get("License-Expression") or about.get("License") or ""
    if named and "\n" not in named.strip():
        return str(named).strip()
    classified = [each for each in about.get_all("Classifier") or () if each.startswith("License ::")]
    return ", ".join(each.rpartition(" :: ")[2] for each in classified)


def _text(found: metadata.Distribution) -> str:
    files = [each for each in found.files or () if ".dist-info" in str(each) and _TEXTS.search(str(each))]
    texts = [Path(str(found.locate_file(each))) for each in sorted(files, key=str)]
    return "\n\n".join(each.read_text(encoding="utf-8", errors="replace") for each in texts if each.is_file())


def _shipped_texts() -> Iterator[Component]:
    """Yield what is no package of Python, and packages that come without their texts."""
    for each in json.loads(resource("licences", "parts.json").read_text(encoding="utf-8")):
        text = "\n\n".join(resource("licences", name).read_text(encoding="utf-8") for name in each["texts"])
        yield Component(each["name"], _version(each["of"]), each["licence"], text)


def _version(of: str) -> str:
    if of == "":
        return ""
    try:
        return metadata.version(of)
    except metadata.PackageNotFoundError:
        return ""
