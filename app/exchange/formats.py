"""What a file format is: the Protocols that every module of this room fulfils."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from pydantic import Field, field_validator

from app.domain.annotations import Annotation
from app.domain.articles import Article, Draft
from app.domain.codebook import Codebook
from app.domain.coders import Coder
from app.domain.counting import counted
from app.domain.entities import Entity
from app.domain.errors import UserError
from app.domain.ids import ArticleId, CoderId
from app.domain.ordering import Ordering
from app.domain.progress import Progress
from app.domain.reviews import Review
from app.domain.sampling import Sample
from app.domain.values import Value
from app.domain.versions import Version
from app.domain.words import Term
from app.exchange.coded import CodedOptions, CodedReading


class ReadOptions(Value):
    """What may be chosen for one file; a format takes what concerns it.

    `columns` maps fields of an article to columns; what it does not name is guessed, and an empty column takes a
    field away. `encoding` is empty where it is to be recognised, `sheet` where it is the first that holds texts.
    `split` says whether a file with several articles is taken apart; None leaves it to what is certain.
    `join_hyphens` undoes the division of words at the ends of lines.
    """

    columns: Mapping[str, str] = Field(default_factory=dict[str, str])
    encoding: str = ""
    sheet: str = ""
    split: bool | None = None
    join_hyphens: bool = False


AS_FOUND = ReadOptions()
"""Nothing is chosen; everything is as it is recognised."""


class Table(Value):
    """A table as the person sees it who says which column is what.

    `rows` are the first ones, with long cells cut; `mapping` tells the column that was taken for a field.
    `sheets` are the names of all sheets, the hidden among them in `hidden`; both are empty for plain tables.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    mapping: Mapping[str, str] = Field(default_factory=dict[str, str])
    sheets: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    sheet: str = ""


class NoArticles(UserError):
    """Nothing can be taken from a table as it was read, but perhaps with other columns or another sheet."""

    def __init__(self, sentence: str, table: Table, encoding: str = "") -> None:
        super().__init__(sentence)
        self.table, self.encoding = table, encoding


class Reading(Value):
    """What one file gave: its articles, its encoding, what was noticed, and what could not be read.

    `notes` are things to know ("UTF-16 text, 3 line ends turned to LF"); `problems` are rows that were left out,
    each a sentence that says which and why. `parts` counts the articles that the file seems to hold, if it can be
    taken apart or taken whole, and is 0 otherwise; `split` tells which was done, and `otherwise` has the hashes of the
    texts that the other way would give. `hyphens` counts the words that are divided at ends of lines.
    """

    drafts: tuple[Draft, ...]
    encoding: str
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    table: Table | None = None
    parts: int = 0
    split: bool = False
    otherwise: tuple[str, ...] = ()
    hyphens: int = 0


class ArticleFormat(Protocol):
    """A format that articles come in. Its libraries are loaded when a file is read, not before."""

    name: str
    title: str
    takes_mapping: bool
    takes_encoding: bool

    @property
    def extensions(self) -> tuple[str, ...]:
        """The endings of its files, lower case with their dot."""
        ...

    def read(self, path: Path, options: ReadOptions, progress: Progress) -> Reading:
        """Read a whole file.

        Raises UserError, without the file's name, when nothing can be taken from it, and NoArticles where other
        columns or another sheet may help.
        """
        ...


class CodedFormat(Protocol):
    """A format that brings articles with the annotations of one or several coders."""

    name: str
    title: str
    about: str
    """What a source of it is, such as a folder with files of certain endings."""

    def recognises(self, path: Path) -> bool:
        """Tell at a glance whether a file or folder looks like a source."""
        ...

    def read(self, path: Path, options: CodedOptions, progress: Progress) -> CodedReading:
        """Read a whole source, a file or a folder.

        Whatever cannot be placed or understood is left out and told as a problem, never shifted or guessed.
        Raises UserError when nothing can be taken from it.
        """
        ...


NO_SEPARATOR = "the separator is one character: a tab or a sign, but no letter, digit or quotation mark"


def can_separate(separator: str) -> bool:
    """Tell whether cells can stand apart by this: a tab or one visible sign that no cell depends on."""
    if len(separator) != 1 or separator.isalnum() or separator == '"':
        return False
    return separator == "\t" or separator.isprintable()


class ExportOptions(Value):
    """What the person who exports may choose; formats take what concerns them.

    `separator` is one character; `guard` puts an apostrophe before cells that a spreadsheet would run as a
    formula; `coders` keeps only the annotations and reviews of those coders, and everybody's if it is empty.
    """

    byte_order_mark: bool = False
    separator: str = ","
    guard: bool = False
    coders: frozenset[CoderId] = frozenset()

    @field_validator("separator")
    @classmethod
    def _separates(cls, value: str) -> str:
        if not can_separate(value):
            raise ValueError(NO_SEPARATOR)
        return value


class Written(NamedTuple):
    """What an export holds: the number of rows or records by what they are.

    `quarantined` annotations have quotes that do not fit the text; they stand apart from the others.
    """

    rows: Mapping[str, int]
    quarantined: int

    def in_words(self) -> str:
        """Return a sentence on what stands apart, or nothing."""
        if not self.quarantined:
            return ""
        if self.quarantined == 1:
            return "1 annotation does not fit the text at the noted place and stands apart, in quarantine."
        some = counted(self.quarantined, "annotation")
        return f"{some} do not fit the text at the noted place and stand apart, in quarantine."


class Contents(Protocol):
    """A project as an exporter sees it: read in order, one article's annotations at a time."""

    @property
    def head(self) -> Mapping[str, str]:
        """Id, name, created_at and granularity of the project, and the version of the program."""
        ...

    def codebook(self) -> Codebook:
        """The codebook as it stands."""
        ...

    def versions(self) -> Iterator[tuple[Version, Codebook]]:
        """The published versions of the codebook that are kept, the oldest first."""
        ...

    def coders(self) -> Iterator[Coder]:
        """The coders, by name."""
        ...

    def entities(self) -> Iterator[Entity]:
        """The register of entities, by name."""
        ...

    def words(self) -> tuple[Term, ...]:
        """The word list, in its order."""
        ...

    def articles(self) -> Iterator[Article]:
        """The articles, in the coder's order."""
        ...

    def article_count(self) -> int:
        """How many articles there are."""
        ...

    def text(self, article: Article) -> str:
        """The text of an article."""
        ...

    def annotations(self, article_id: ArticleId) -> list[Annotation]:
        """Every coder's annotations of one article, in the order they were made."""
        ...

    def reviews(self) -> Iterator[Review]:
        """Every review of which there is a trace, by article id and coder id."""
        ...

    def loose_visits(self) -> Iterator[Review]:
        """Time and position in articles that are gone."""
        ...

    def loose_texts(self) -> Iterator[tuple[str, str]]:
        """Hash and text of what only the history still needs."""
        ...

    def ordering(self) -> Ordering | None:
        """The order that articles are in, None where it was never changed."""
        ...

    def samples(self) -> Iterator[Sample]:
        """The samples, in the order in which they were drawn."""
        ...

    def packet(self) -> Mapping[str, str] | None:
        """Whose copy the file is, None for a project that is no copy for a coder."""
        ...

    def stamps(self) -> Iterator[Mapping[str, Any]]:
        """Who wrote the records that came with merges; plain JSON values."""
        ...

    def history(self) -> Iterator[Mapping[str, Any]]:
        """The journal from the first step on, each step with its row images under `rows`; plain JSON values."""
        ...


class ProjectFormat(Protocol):
    """A format that a project is written to."""

    name: str
    title: str
    about: str
    """What comes out, in a sentence."""
    has_tables: bool
    """Whether separator, byte order mark and guard concern it."""
    extension: str
    """What the usual name ends with, after that of the project."""

    def write(self, contents: Contents, target: Path, options: ExportOptions, progress: Progress) -> Written:
        """Write the project to `target`, which appears only when it is whole; an old one is replaced.

        Raises UserError when the disk refuses, and
        whatever `progress` raises, leaving nothing behind.
        """
        ...


class Section(NamedTuple):
    """One code of a printed codebook, or its article variables: a heading and a piece of HTML without style.

    `above` is the path to the code, `layer` the number of its layer from 0; without a colour it is no code.
    """

    anchor: str
    depth: int
    title: str
    above: str
    key: str
    colour: str
    layer: int
    body: str


class Printout(NamedTuple):
    """A codebook for paper: its name, a line about it, and its sections in order."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]


Press = Callable[[Printout], bytes]
"""Makes a PDF; the window has one, for it takes fonts and a layout."""


class CodebookReading(NamedTuple):
    """What a codebook file gave, and what should be known about it: what was left aside, matched or made new."""

    codebook: Codebook
    notes: tuple[str, ...] = ()


class CodebookFormat(Protocol):
    """A format of codebook files."""

    name: str
    title: str
    about: str
    can_read: bool
    can_write: bool

    @property
    def extensions(self) -> tuple[str, ...]:
        """The endings of its files, lower case with their dot; the first is the usual one."""
        ...

    def read(self, data: bytes, known: Codebook) -> CodebookReading:
        """Read the bytes of a file into a project whose codebook is `known`, an empty one if there is none.

        Ids in the file are the identity of codes; where it gives none, `known` lends those of the same path, and
        what the format cannot hold stays as `known` has it. Raises UserError, without the file's name, that says
        where in the file something is wrong.
        """
        ...

    def write(self, codebook: Codebook, press: Press) -> bytes:
        """Return the bytes of a file; UserError if the format cannot hold such a codebook."""
        ...

    def losses(self, codebook: Codebook) -> tuple[str, ...]:
        """Say what of this codebook the format cannot hold."""
        ...
