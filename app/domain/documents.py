"""A document for people, as a few kinds of blocks: what a report says, whatever file it becomes."""

from typing import NamedTuple


class Heading(NamedTuple):
    """A heading; level 1 is the title."""

    level: int
    text: str


class Paragraph(NamedTuple):
    """Running text."""

    text: str


class Items(NamedTuple):
    """A list without numbers."""

    items: tuple[str, ...]


class Table(NamedTuple):
    """A table with a caption; every row has as many cells as the head. `figures` are columns of numbers, from 0."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: frozenset[int] = frozenset()


Block = Heading | Paragraph | Items | Table
Document = tuple[Block, ...]
