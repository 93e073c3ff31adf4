"""What a code means, when it is used and when not, and its examples, as one text and back again.

Programs that keep one description for a code show it as people would write it, and what we wrote comes apart again.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

_WHEN, _WHEN_NOT, _EXAMPLES = "When to use:", "When not to use:", "Examples:"
_BULLET = "• "
_ITEM = re.compile("•( |$)")
_ESCAPED = re.compile(rf"\\*(?:(?:{_WHEN}|{_WHEN_NOT}|{_EXAMPLES})$|•(?: |$))")


class Description(NamedTuple):
    """The four texts on a code."""

    definition: str
    when: str = ""
    when_not: str = ""
    examples: tuple[str, ...] = ()


def one_text(parts: Description) -> str:
    """Return the parts as one text with headings between; `taken_apart` gives equal parts."""
    sections = [_escaped(parts.definition)] if parts.definition else []
    for heading, text in ((_WHEN, parts.when), (_WHEN_NOT, parts.when_not)):
        if text:
            sections.append(f"{heading}\n{_escaped(text)}")
    if parts.examples:
        listed = "\n".join(_BULLET + _escaped(example) for example in parts.examples)
        sections.append(f"{_EXAMPLES}\n{listed}")
    return "\n\n".join(sections)


def taken_apart(text: str) -> Description:
    """Return the parts of a text that we wrote; any other text is a definition and nothing else."""
    lines = text.split("\n")
    starts = _headings(lines)
    bounds = [*starts.values(), len(lines) + 1]
    first = bounds[0] if starts else len(lines) + 1
    found = {"": _section(lines, 0, first)}
    for at, heading in enumerate(starts):
        found[heading] = _section(lines, starts[heading] + 1, bounds[at + 1])
    examples = _items(found.get(_EXAMPLES, []))
    if examples is None:
        return Description(text)
    return Description(
        _plain(found[""]), _plain(found.get(_WHEN, [])), _plain(found.get(_WHEN_NOT, [])), examples
    )


def _headings(lines: Sequence[str]) -> dict[str, int]:
    """Return the line of each heading; those after one that does not stand in its order are text."""
    starts: dict[str, int] = {}
    after = 0
    for heading in (_WHEN, _WHEN_NOT, _EXAMPLES):
        for at in range(after, len(lines)):
            if lines[at] == heading and (at == 0 or lines[at - 1] == ""):
                starts[heading] = at
                after = at + 1
                break
    return starts


def _section(lines: Sequence[str], start: int, end: int) -> list[str]:
    """Return the lines up to the empty one before the next heading, which belongs to neither."""
    return list(lines[start : max(start, end - 1)])


def _items(lines: Sequence[str]) -> tuple[str, ...] | None:
    """Return the items of a list, None where it is none of ours."""
    items: list[list[str]] = []
    for line in lines:
        if _ITEM.match(line):
            items.append([line[len(_BULLET) :]])
        elif items:
            items[-1].append(line)
        else:
            return None
    return tuple(_plain(item) for item in items)


def _escaped(text: str) -> str:
    """Return a text in which no line can be taken for a heading or the beginning of an item."""
    return "\n".join("\\" + line if _ESCAPED.match(line) else line for line in text.split("\n"))


def _plain(lines: Sequence[str]) -> str:
    return "\n".join(line[1:] if line.startswith("\\") and _ESCAPED.match(line) else line for line in lines)
