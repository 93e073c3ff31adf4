"""All that coders did, a row for each fragment: with the manifest every figure can be worked out of it again.

Each coder who has done an article has one row with an empty start, which holds the answers to the article variables and
says that whoever has no other row found nothing. Fragments of one annotation share its `span_id` and answers.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from app.domain.comparing import (
    CodedArticle,
    CodedSpan,
    Coding,
    Corpus,
    Given,
    LinkedTo,
    Unit,
    VariableKind,
)
from app.domain.ids import ArticleId, AttributeId, CoderId
from app.domain.word_scale import WordScale
from app.exchange.agreement_labels import BETWEEN, MISSING, Labels, code_paths, free
from app.exchange.agreement_manifest import Column
from app.exchange.csv_folder import Folder

SPANS = "spans.csv"

PLAIN = ("doc", "title", "doc_length", "coder", "span_id", "layer", "code", "code_id", "start", "end", "text")
IN_WORDS = ("doc_words", "word_start", "word_end")

_NOTHING = LinkedTo((), frozenset())

Cell = Callable[[CodedSpan | None, Coding], object]


class Answers(NamedTuple):
    """The columns of answers: what each holds, and how its cell comes of a span, or of the coding without one."""

    columns: dict[str, Column]
    cells: Sequence[Cell]


def answer_columns(corpus: Corpus, labels: Labels) -> Answers:
    """Return a column for each question, two for a link; those on spans first, as the codebook has them."""
    columns: dict[str, Column] = {}
    cells: list[Cell] = []
    taken = {*PLAIN, *IN_WORDS}

    def add(name: str, column: Column, cell: Cell) -> None:
        columns[free(name, taken)] = column
        cells.append(cell)

    for variable in corpus.variables:
        if variable.attribute is None:
            continue
        attribute = variable.attribute.id
        name = labels.of(variable.name)
        if variable.kind is VariableKind.ARTICLE:
            add(f"var.{name}", Column(key=variable.key), _on_article(attribute, labels))
        elif variable.kind is VariableKind.LINK:
            add(f"link.{name}.spans", Column(key=variable.key, part="spans"), _spans_linked(attribute))
            add(
                f"link.{name}.names", Column(key=variable.key, part="names"), _names_linked(attribute, labels)
            )
        else:
            add(f"attr.{name}", Column(key=variable.key), _on_span(attribute, labels))
    return Answers(columns, cells)


def _on_article(attribute: AttributeId, labels: Labels) -> Cell:
    return lambda span, coding: labels.cell(coding.answers.get(attribute) if span is None else None)


def _on_span(attribute: AttributeId, labels: Labels) -> Cell:
    return lambda span, _coding: labels.cell(span.answers.get(attribute) if span else None)


def _spans_linked(attribute: AttributeId) -> Cell:
    def cell(span: CodedSpan | None, _coding: Coding) -> object:
        linked = span.links.get(attribute, _NOTHING) if span else _NOTHING
        return BETWEEN.join(linked.annotations) or MISSING

    return cell


def _names_linked(attribute: AttributeId, labels: Labels) -> Cell:
    def cell(span: CodedSpan | None, _coding: Coding) -> object:
        linked = span.links.get(attribute, _NOTHING) if span else _NOTHING
        return labels.joined(linked.names) if linked.names else MISSING

    return cell


class SpansLayout:
    """Writes the table of spans."""

    def __init__(
        self,
        folder: Folder,
        corpus: Corpus,
        labels: Labels,
        coders: Mapping[CoderId, str],
        texts: Callable[[ArticleId], str],
    ) -> None:
        self._folder, self._corpus, self._labels = folder, corpus, labels
        self._coders, self._texts = coders, texts
        self._answers = answer_columns(corpus, labels)
        self._paths = code_paths(corpus.variables)
        self._words = IN_WORDS if corpus.unit is Unit.WORDS else ()

    def write(self) -> None:
        """Write a row for every coder and article, and one for every fragment."""
        table = self._folder.table(SPANS, (*PLAIN, *self._words, *self._answers.columns))
        for article in self._corpus.articles:
            text = self._texts(article.id)
            scale = WordScale(text) if self._words else None
            for coder, coding in article.codings.items():
                table.write(self._rows(article, self._coders[coder], coding, text, scale))
        table.close()

    def _rows(
        self, article: CodedArticle, coder: str, coding: Coding, text: str, scale: WordScale | None
    ) -> Iterator[Sequence[object]]:
        head = (article.id, article.title, len(text), coder)
        none = ("",) * (len(PLAIN) - len(head))
        in_words = ((article.length, "", ""),) if scale else ()
        yield (*head, *none, *(cell for each in in_words for cell in each), *self._told(None, coding))
        for span in coding.spans:
            layer, path = self._paths[span.code]
            named = (span.id, self._labels.of(layer), self._labels.of(path), span.code)
            answers = self._told(span, coding)
            for start, end in span.fragments:
                words = (article.length, *scale.place(start, end)) if scale else ()
                yield (*head, *named, start, end, text[start:end], *words, *answers)

    def _told(self, span: CodedSpan | None, coding: Coding) -> list[object]:
        return [cell(span, coding) for cell in self._answers.cells]


def value_in(cell: str, labels: Mapping[str, str], of: str) -> Given | None:
    """Return the answer in a cell; `of` is the kind of its question. ValueError if it is none."""
    if cell in ("", MISSING):
        return None
    if of == "number":
        return float(cell)
    if of == "multiple choice":
        return names_in(cell, labels)
    return labels.get(cell, cell)


def names_in(cell: str, labels: Mapping[str, str]) -> frozenset[str]:
    """Return the texts in a cell that holds a set of labels."""
    return frozenset(labels.get(label, label) for label in items_in(cell))


def items_in(cell: str) -> tuple[str, ...]:
    """Return the items in a cell with bars between, none for a missing or an empty one."""
    return () if cell in ("", MISSING, "∅") else tuple(cell.split(BETWEEN))
