"""What several coders did independently, laid out so that their agreement can be worked out and shown.

A corpus holds the articles that two coders or more have done, each with everybody's own work on it. It knows no file
and no window: coefficients, lists of what differs, exports and reports are all made of it.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from app.domain.codebook import Attribute
from app.domain.ids import AnnotationId, ArticleId, AttributeId, CodeId, CoderId, SampleId
from app.domain.sampling import Sample
from app.domain.values import Value

Given = str | float | frozenset[str]
"""An answer as it is compared: text, number, or a set of several; yes and no are texts."""

Place = tuple[int, int]
"""A half-open range, in what the corpus counts in: code points, or whole words."""


class Unit(StrEnum):
    """What lengths and places are compared in; words are those of `app.domain.segmentation`."""

    CHARACTERS = "characters"
    WORDS = "words"


class Selection(Value):
    """What is to be compared. Empty means all: all coders, all articles.

    `tolerance` is how far, in units, either edge of two spans may be apart for them to be called the same.
    """

    coders: tuple[CoderId, ...] = ()
    articles: tuple[ArticleId, ...] = ()
    sample_id: SampleId | None = None
    unit: Unit = Unit.CHARACTERS
    tolerance: int = 0


class LinkedTo(NamedTuple):
    """What a question of the kind link or entity was answered with.

    `annotations` are the coder's own; `names` are entities by name, or “not in this text”.
    """

    annotations: tuple[AnnotationId, ...]
    names: frozenset[str]


class CodedSpan(NamedTuple):
    """One annotation. `fragments` are its places in code points, `places` the same in the unit of the corpus."""

    id: AnnotationId
    code: CodeId
    fragments: tuple[Place, ...]
    places: tuple[Place, ...]
    quote: str
    answers: Mapping[AttributeId, Given]
    links: Mapping[AttributeId, LinkedTo]

    @property
    def hull(self) -> Place:
        """From the start of the first place to the end of the last, in the unit of the corpus."""
        return self.places[0][0], self.places[-1][1]


class Coding(NamedTuple):
    """One coder's own work on one article that this coder has done; without spans, nothing was found.

    `done_at` is the moment, ISO 8601; `spans` are in text order; `answers` are those to the article variables.
    """

    done_at: str
    spans: tuple[CodedSpan, ...]
    answers: Mapping[AttributeId, Given]


class CodedArticle(NamedTuple):
    """One article with the work of everybody who has done it. `length` counts units of the corpus."""

    id: ArticleId
    title: str
    length: int
    codings: Mapping[CoderId, Coding]


class VariableKind(StrEnum):
    """What agreement is worked out for: a row of the agreement page each."""

    LAYER = "layer"
    """What is marked at all with a code of a layer."""

    CODES = "codes"
    """Which code of a layer."""

    CODE = "code"
    """One code of a layer against everything else."""

    ATTRIBUTE = "attribute"
    LINK = "link"
    """A question of the kind link or entity: who is linked."""

    ARTICLE = "article variable"

    @property
    def marked(self) -> bool:
        """Whether it is about what is marked in the text, and with which code."""
        return self in (VariableKind.LAYER, VariableKind.CODES, VariableKind.CODE)


class Variable(Value):
    """One thing that coders agree on or not.

    `key` names it for good, whatever its name becomes. `codes` are the codes that belong to it: those of the layer, or
    those on which the attribute is asked. `names` has the path of each as people read it. `attribute` is the question.
    """

    key: str
    kind: VariableKind
    name: str
    layer: str = ""
    codes: tuple[CodeId, ...] = ()
    names: tuple[str, ...] = ()
    attribute: Attribute | None = None

    @property
    def is_total(self) -> bool:
        """Whether it is which code of all, whatever the layer."""
        return self.kind is VariableKind.CODES and not self.layer

    @property
    def question(self) -> Attribute:
        """What is asked; ValueError for layers and codes."""
        if self.attribute is None:
            raise ValueError(f"“{self.name}” asks nothing")
        return self.attribute


class LeftOut(NamedTuple):
    """Something that is not compared, and why, in one sentence; where it concerns an article or a coder, which."""

    reason: str
    article_id: ArticleId | None = None
    coder_id: CoderId | None = None
    title: str = ""

    def in_words(self) -> str:
        """Return the sentence, with the title of the article that it is about."""
        return f"“{self.title}”: {self.reason}" if self.article_id else self.reason


class Corpus(NamedTuple):
    """What is compared. `coders` has a name for each that no other has; `articles` have two codings or more each.

    `batches` tells for each article by which sample it was drawn, empty for none. `sample` is the one that was chosen,
    None where none was; `project` and `codebook_version` say what it was read from.
    """

    coders: Mapping[CoderId, str]
    articles: tuple[CodedArticle, ...]
    variables: tuple[Variable, ...]
    left_out: tuple[LeftOut, ...]
    unit: Unit
    tolerance: int
    batches: Mapping[ArticleId, str]
    sample: Sample | None = None
    project: str = ""
    codebook_version: int = 0


class Result(Value):
    """One coefficient. `value` is None where it is undefined, and `note` says why.

    `key` and `object` are those of the variable, `level` is the level of measurement. `coders` is “all” or two names
    with a tilde between; `documents` are those with two coders, `units` what was counted; `coverage` is the share that
    the value rests on; `q_667` and `q_800` are the shares of bootstrap rounds below the two bands, where there are
    bands. `headline` marks the value that stands for its variable.
    """

    variable: str
    object: str = ""
    key: str = ""
    level: str
    measure: str
    headline: bool = False
    coders: str
    documents: int
    units: int
    value: float | None
    ci_low: float | None = None
    ci_high: float | None = None
    undefined_rounds: int = 0
    coverage: float | None = None
    q_667: float | None = None
    q_800: float | None = None
    note: str = ""


class Agreement(Value):
    """The results, what they were worked out with, and what was left out, a sentence each."""

    results: tuple[Result, ...]
    settings: dict[str, Any]
    problems: tuple[str, ...]


class DifferenceKind(StrEnum):
    """How coders differ at one place, or on one question; the first that applies."""

    MISSED = "not marked by all"
    CODE = "different codes"
    EDGES = "different edges"
    ANSWER = "different answers"
    TARGET = "different links"


class Difference(NamedTuple):
    """One place of an article, or one question on it, where coders do not all say the same.

    `start` and `end` are code points; both 0 for a question on the whole article. `said` has for every coder who is
    compared there what this one did, in words; empty for nothing. `annotations` are those behind it, by coder.
    """

    article_id: ArticleId
    title: str
    start: int
    end: int
    quote: str
    kind: DifferenceKind
    said: Mapping[CoderId, str]
    annotations: Mapping[CoderId, tuple[AnnotationId, ...]]
