"""What brat's `annotation.conf` says of the types that occur."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

_SPANS = ("entities", "events", "spans")
_LONGEST = 100
"""Characters of a type."""
_DEEPEST = 50
"""Types above each other, of which nobody has five; more would be somebody's joke."""

_COUNT = re.compile(r"[?*+]$|\{[^}]*\}$")


class Configuration(NamedTuple):
    """The types on text with those above them, the values of attributes in order, and the roles of events."""

    paths: Mapping[str, tuple[str, ...]]
    values: Mapping[str, tuple[str, ...]]
    roles: frozenset[str]


def configuration(text: str) -> Configuration:
    """Read an annotation.conf; what is in it but not understood has no say."""
    paths: dict[str, tuple[str, ...]] = {}
    values: dict[str, tuple[str, ...]] = {}
    roles: set[str] = set()
    above: list[tuple[int, str]] = []
    for section, line in _lines(text):
        depth = len(line) - len(line.lstrip())
        name, _space, rest = line.strip().partition("\t" if "\t" in line.strip() else " ")
        name = name.strip().removeprefix("!")
        if section in _SPANS:
            name, _space, more = name.partition(" ")
            above = [each for each in above if each[0] < depth] if depth else []
            if not 0 < len(name) <= _LONGEST or len(above) >= _DEEPEST:
                continue
            paths.setdefault(name, (*(each for _depth, each in above), name))
            above.append((depth, name))
            arguments = (each.partition(":")[0].strip() for each in f"{more} {rest}".split(","))
            roles.update(_COUNT.sub("", each) for each in arguments if each)
        elif section == "attributes":
            name = name.split(" ")[0]
            for argument in line.split(","):
                _before, colon, listed = argument.partition("Value:")
                if colon:
                    values[name] = tuple(each.strip() for each in listed.split("|") if each.strip())
    return Configuration(paths, values, frozenset(roles))


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Yield what stands in each section; its first type begins a new tree."""
    section = ""
    for line in text.removeprefix("\ufeff").splitlines():
        bare = line.strip()
        if bare.startswith("[") and bare.endswith("]"):
            section = bare[1:-1].strip().lower()
        elif bare and not bare.startswith(("#", "<", "-")):
            yield section, line.rstrip()
