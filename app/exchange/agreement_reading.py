"""The way back from the table of spans: what was compared, as it was when the figures were worked out."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from app.domain.articles import LONGEST_TEXT
from app.domain.codebook import AttributeKind
from app.domain.comparing import (
    CodedArticle,
    CodedSpan,
    Coding,
    Corpus,
    Given,
    LinkedTo,
    Place,
    Unit,
    Variable,
    VariableKind,
)
from app.domain.errors import UserError
from app.domain.ids import AnnotationId, ArticleId, AttributeId, CodeId, CoderId
from app.domain.word_scale import joined_places
from app.exchange.agreement_labels import code_paths
from app.exchange.agreement_manifest import AgreementManifest
from app.exchange.agreement_spans import IN_WORDS, PLAIN, items_in, names_in, value_in
from app.exchange.csv_folder import unguarded

Row = Mapping[str, str]
Work = dict[tuple[str, CoderId], Coding]

_BETWEEN_QUOTES = " … "
_MOST = 1_000_000_000


class _Question(NamedTuple):
    """A column of answers: its header, the question, its kind, and which part of a link."""

    column: str
    id: AttributeId
    kind: AttributeKind
    part: str


def table_rows(path: Path, manifest: AgreementManifest) -> Iterator[tuple[int, Row]]:
    """Yield the rows of a table of the export with their lines; UserError if it cannot be read."""
    csv.field_size_limit(4 * LONGEST_TEXT)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            records = csv.reader(file, delimiter=manifest.separator)
            header = _cells(next(records, list[str]()), manifest)
            for cells in records:
                if len(cells) != len(header):
                    raise UserError(
                        f"{path.name}, line {records.line_num}: the number of cells is not right."
                    )
                yield records.line_num, dict(zip(header, _cells(cells, manifest), strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UserError(f"{path} cannot be read: {error}.") from error


def corpus_from_spans(path: Path, manifest: AgreementManifest) -> Corpus:
    """Return what was compared; without moments, samples and what was left out, of which no figure is made.

    Raises UserError that names the line where the table is not what the manifest says.
    """
    try:
        reader = _Reader(manifest)
    except ValueError as error:
        raise UserError(f"The variables in the manifest do not fit together: {error}.") from error
    for line, row in table_rows(path, manifest):
        try:
            reader.take(row)
        except KeyError as error:
            raise UserError(f"{path.name}, line {line}: {error} is missing or not known.") from error
        except ValueError as error:
            raise UserError(f"{path.name}, line {line}: {error}.") from error
    return reader.corpus()


def _cells(cells: list[str], manifest: AgreementManifest) -> list[str]:
    return [unguarded(cell) for cell in cells] if manifest.guarded_formulas else cells


class _Reader:
    """Gathers rows into articles, in the order in which they come."""

    def __init__(self, manifest: AgreementManifest) -> None:
        self._manifest = manifest
        self._in_words = manifest.unit is Unit.WORDS
        self._coders = {each.label: each.id for each in manifest.coders}
        self._codes = code_paths(manifest.variables)
        variables = {each.key: each for each in manifest.variables}
        found = {
            name: variables[column.key]
            for name, column in manifest.columns.items()
            if column.key in variables
        }
        self._on_articles = self._questions(found, on_articles=True)
        self._on_spans = self._questions(found, on_articles=False)
        self._titles: dict[ArticleId, tuple[str, int]] = {}
        self._answers: dict[tuple[ArticleId, CoderId], dict[AttributeId, Given]] = {}
        self._spans: dict[tuple[ArticleId, CoderId], dict[AnnotationId, CodedSpan]] = {}

    def take(self, row: Row) -> None:
        """Take one row; KeyError or ValueError if something in it is missing or not known."""
        article, coder = ArticleId(row[PLAIN[0]]), self._coders[row["coder"]]
        length = _whole(row, IN_WORDS[0] if self._in_words else "doc_length")
        if self._titles.setdefault(article, (row["title"], length))[1] != length:
            raise ValueError("the article is longer or shorter than further up")
        known = self._spans.setdefault((article, coder), {})
        if not row["start"]:
            answers = {each.id: self._value(row, each) for each in self._on_articles}
            self._answers[article, coder] = {
                id_: given for id_, given in answers.items() if given is not None
            }
            return
        span = self._span(row, length)
        known[span.id] = _with_fragment(known[span.id], span) if span.id in known else span

    def corpus(self) -> Corpus:
        """Return what was taken."""
        codings: dict[ArticleId, dict[CoderId, Coding]] = {article: {} for article in self._titles}
        for (article, coder), spans in self._spans.items():
            listed = tuple(self._finished(span) for span in spans.values())
            codings[article][coder] = Coding("", listed, self._answers.get((article, coder), {}))
        return Corpus(
            coders={each.id: each.name for each in self._manifest.coders},
            articles=tuple(
                CodedArticle(article, title, length, codings[article])
                for article, (title, length) in self._titles.items()
            ),
            variables=self._manifest.variables,
            left_out=(),
            unit=self._manifest.unit,
            tolerance=self._manifest.tolerance,
            batches={},
        )

    def _questions(self, found: Mapping[str, Variable], *, on_articles: bool) -> list[_Question]:
        return [
            _Question(name, each.question.id, each.question.kind, self._manifest.columns[name].part)
            for name, each in found.items()
            if (each.kind is VariableKind.ARTICLE) == on_articles
        ]

    def _value(self, row: Row, question: _Question) -> Given | None:
        return value_in(row[question.column], self._manifest.labels, question.kind)

    def _span(self, row: Row, length: int) -> CodedSpan:
        code = CodeId(row["code_id"])
        if code not in self._codes:
            raise KeyError(row["code_id"])
        fragment = _place(row, "start", "end", _whole(row, "doc_length"))
        place = _place(row, *IN_WORDS[1:], length) if self._in_words else fragment
        answers: dict[AttributeId, Given] = {}
        links: dict[AttributeId, LinkedTo] = {}
        for question in self._on_spans:
            if question.part:
                self._link(row, question, links)
            elif (given := self._value(row, question)) is not None:
                answers[question.id] = given
        span_id = AnnotationId(row["span_id"])
        return CodedSpan(span_id, code, (fragment,), (place,), row["text"], answers, links)

    def _link(self, row: Row, question: _Question, links: dict[AttributeId, LinkedTo]) -> None:
        items = items_in(row[question.column])
        if not items:
            return
        known = links.get(question.id, LinkedTo((), frozenset()))
        if question.part == "spans":
            links[question.id] = known._replace(annotations=tuple(map(AnnotationId, items)))
        else:
            names = names_in(row[question.column], self._manifest.labels)
            links[question.id] = known._replace(names=names)

    def _finished(self, span: CodedSpan) -> CodedSpan:
        return span._replace(places=joined_places(span.places)) if self._in_words else span


def _with_fragment(span: CodedSpan, further: CodedSpan) -> CodedSpan:
    return span._replace(
        fragments=span.fragments + further.fragments,
        places=span.places + further.places,
        quote=span.quote + _BETWEEN_QUOTES + further.quote,
    )


def _place(row: Row, first: str, last: str, length: int) -> Place:
    start, end = _whole(row, first), _whole(row, last)
    if not start < end <= length:
        raise ValueError(f"{start} to {end} is no place in {length}")
    return start, end


def _whole(row: Row, column: str) -> int:
    cell = row[column]
    if not (cell.isascii() and cell.isdigit()) or int(cell[:12]) > _MOST:
        raise ValueError(f"{column} is “{cell}”, not a whole number")
    return int(cell)
