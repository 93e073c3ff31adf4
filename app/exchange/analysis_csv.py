"""The export for analysis: a folder of CSV files for R, Python, SPSS and Excel.

In `annotations.csv`, `start` and `end` are the edges of the whole annotation and `quote` is exactly the text
between them, so that every row can be checked in all three units; the fragments stand in `fragments.csv`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from app.domain.annotations import Annotation, told_apart
from app.domain.answers import NOT_IN_TEXT, AnnotationTarget, EntityTarget
from app.domain.articles import Article
from app.domain.entities import Entity
from app.domain.ids import AnnotationId, ArticleId, CoderId, EntityId
from app.domain.offsets import OffsetMap
from app.domain.progress import Progress
from app.domain.reviews import Review, still_open
from app.domain.times import now
from app.exchange.analysis_columns import (
    BETWEEN,
    CODEBOOK_HEADER,
    Names,
    cell,
    codebook_rows,
    target_id,
)
from app.exchange.csv_folder import Folder, Table, staged_folder
from app.exchange.formats import Contents, ExportOptions, Written

_UNITS = ("start", "end", "start_utf16", "end_utf16", "start_byte", "end_byte")

_ANNOTATIONS = (
    *(
        "article_id",
        "article_title",
        "coder",
        "annotation_id",
        "layer",
        "code",
        *_UNITS,
        "fragments",
        "quote",
    ),
    *("flag", "memo", "created_at", "updated_at", "codebook_version"),
)
_FRAGMENTS = ("annotation_id", "article_id", "coder", "code", "position", *_UNITS, "quote")
_LINKS = (
    *("annotation_id", "article_id", "coder", "code", "attribute", "kind"),
    *("target_kind", "target_id", "target_quote"),
)
_ENTITIES = ("entity_id", "name", "aliases", "type", "country", "note", "annotations", "articles")
_ARTICLES = (
    *("article_id", "position", "title", "source", "date", "url", "author", "reference"),
    *("length", "length_utf16", "length_bytes", "sha256", "imported_at"),
)
_REVIEWS = (
    *(
        "article_id",
        "article_title",
        "coder",
        "coder_id",
        "state",
        "nothing_found",
        "opened_at",
        "done_at",
        "reason",
        "open_questions",
    ),
    *("seconds", "annotations"),
)

_QUARANTINE = (
    *("article_id", "article_title", "coder", "annotation_id", "layer", "code", "position"),
    *("start", "end", "quote", "text_there"),
)

_OFFSET_UNITS = {
    "start, end": "Unicode code points, half-open",
    "start_utf16, end_utf16": "UTF-16 code units, half-open",
    "start_byte, end_byte": "bytes of the UTF-8 text, half-open",
}


class AnalysisCsv:
    """Writes the folder of design: annotations, fragments, links, entities, articles, reviews, codebook, manifest."""

    name = "csv"
    title = "CSV tables for analysis (a folder)"
    about = "One folder with a table each for annotations, fragments, links, articles, reviews."
    has_tables = True
    extension = "-csv"

    def write(self, contents: Contents, target: Path, options: ExportOptions, progress: Progress) -> Written:
        """Write the folder; its rows are counted by file."""
        with staged_folder(target, options) as folder:
            writer = _Writer(contents, folder, options)
            writer.write(progress)
            folder.write_manifest(writer.manifest(options))
            return Written(folder.counts(), writer.quarantined)


class _Writer:
    """Walks the articles once and fills every table."""

    def __init__(self, contents: Contents, folder: Folder, options: ExportOptions) -> None:
        self._contents, self._folder, self._wanted = contents, folder, options.coders
        self._quarantine: Table | None = None
        self.quarantined = 0
        coders = list(contents.coders())
        self._coders = [coder.id for coder in coders if not options.coders or coder.id in options.coders]
        self._names = names = Names(contents.codebook(), coders)
        self._places = {attribute_id: at for at, attribute_id in enumerate(names.attributes)}
        self._entities: dict[EntityId, Entity] = {entity.id: entity for entity in contents.entities()}
        self._mentions: Counter[EntityId] = Counter()
        self._mentioning: dict[EntityId, set[ArticleId]] = {}
        articles = list(contents.articles())
        self._keys = sorted({key for article in articles for key in article.metadata})
        self._layers = [layer.id for layer in names.codebook.layers()]
        self._annotations = folder.table("annotations.csv", (*_ANNOTATIONS, *names.attributes.values()))
        self._fragments = folder.table("fragments.csv", _FRAGMENTS)
        self._links = folder.table("links.csv", _LINKS)
        self._entities_table = folder.table("entities.csv", _ENTITIES)
        self._articles = folder.table("articles.csv", (*_ARTICLES, *(f"meta.{key}" for key in self._keys)))
        counts = (f"count.{names.codes[layer]}" for layer in self._layers)
        self._reviews = folder.table("reviews.csv", (*_REVIEWS, *counts, "notes", *names.variables.values()))
        self._codebook = folder.table("codebook.csv", CODEBOOK_HEADER)

    def write(self, progress: Progress) -> None:
        """Fill every table."""
        total = self._contents.article_count()
        reviews: dict[tuple[ArticleId, CoderId], Review] = {
            (review.article_id, review.coder_id): review for review in self._contents.reviews()
        }
        for at, article in enumerate(self._contents.articles()):
            progress(at, total)
            self._write_article(article, reviews)
        self._entities_table.write(self._entity_rows())
        self._codebook.write(codebook_rows(self._names.codebook))
        progress(total, total)

    def manifest(self, options: ExportOptions) -> dict[str, Any]:
        """Return what the export is; the hashes of its files come from the folder."""
        head, codebook = self._contents.head, self._names.codebook
        return {
            "program_version": head["program"],
            "project": {"id": head["id"], "name": head["name"]},
            "exported_at": now(),
            "codebook": {"name": codebook.name, "version": codebook.version},
            "offset_units": _OFFSET_UNITS,
            "quote": "the text from start to end; the pieces of an annotation stand in fragments.csv",
            "separator": options.separator,
            "byte_order_mark": options.byte_order_mark,
            "guarded_formulas": options.guard,
            "quarantined": self.quarantined,
            "coders": [self._names.coders[coder_id] for coder_id in self._coders],
        }

    def _write_article(self, article: Article, reviews: Mapping[tuple[ArticleId, CoderId], Review]) -> None:
        text = self._contents.text(article)
        offsets = OffsetMap(text)
        annotations, misfits = told_apart(
            (
                annotation
                for annotation in self._contents.annotations(article.id)
                if not self._wanted or annotation.coder_id in self._wanted
            ),
            text,
        )
        if misfits:
            self._set_apart(article, misfits, text)
        self._annotations.write(self._annotation_row(each, article, text, offsets) for each in annotations)
        self._fragments.write(row for each in annotations for row in self._fragment_rows(each, offsets))
        quotes = {each.id: text[each.start : each.end] for each in annotations}
        self._links.write(row for each in annotations for row in self._link_rows(each, quotes))
        self._articles.write([self._article_row(article, offsets)])
        self._reviews.write(self._review_rows(article, annotations, reviews))

    def _annotation_row(
        self, annotation: Annotation, article: Article, text: str, offsets: OffsetMap
    ) -> Sequence[object]:
        start, end = annotation.start, annotation.end
        answers: list[object] = [""] * len(self._places)
        for attribute_id, answer in annotation.answers.items():
            answers[self._places[attribute_id]] = cell(answer)
        return (
            article.id,
            article.title,
            self._names.coders[annotation.coder_id],
            annotation.id,
            self._names.layers[annotation.code_id],
            self._names.codes[annotation.code_id],
            *offsets.in_units(start, end),
            len(annotation.fragments),
            text[start:end],
            int(annotation.discuss),
            annotation.memo,
            annotation.created_at,
            annotation.updated_at,
            annotation.codebook_version,
            *answers,
        )

    def _fragment_rows(self, annotation: Annotation, offsets: OffsetMap) -> Iterator[Sequence[object]]:
        coder, code = self._names.coders[annotation.coder_id], self._names.codes[annotation.code_id]
        for position, fragment in enumerate(annotation.fragments, start=1):
            units = offsets.in_units(fragment.span.start, fragment.span.end)
            yield (annotation.id, annotation.article_id, coder, code, position, *units, fragment.quote)

    def _link_rows(
        self, annotation: Annotation, quotes: Mapping[AnnotationId, str]
    ) -> Iterator[Sequence[object]]:
        if not annotation.answers:
            return
        coder, code = self._names.coders[annotation.coder_id], self._names.codes[annotation.code_id]
        for attribute in self._names.questions[annotation.code_id]:
            answer = annotation.answers.get(attribute.id)
            for target in answer if isinstance(answer, tuple) else ():
                match target:
                    case AnnotationTarget():
                        kind, quote = "annotation", quotes.get(target.annotation, "")
                    case EntityTarget():
                        kind, quote = "entity", self._entities[target.entity].name
                        self._mentions[target.entity] += 1
                        self._mentioning.setdefault(target.entity, set()).add(annotation.article_id)
                    case str():
                        continue
                    case _:
                        kind, quote = NOT_IN_TEXT, ""
                yield (
                    *(
                        annotation.id,
                        annotation.article_id,
                        coder,
                        code,
                        attribute.name,
                        attribute.kind.value,
                    ),
                    *(kind, "" if kind == NOT_IN_TEXT else target_id(target), quote),
                )

    def _set_apart(self, article: Article, misfits: Sequence[Annotation], text: str) -> None:
        """Write what does not fit to a table that only exists where something does not."""
        if self._quarantine is None:
            self._quarantine = self._folder.table("quarantine.csv", _QUARANTINE)
        self.quarantined += len(misfits)
        self._quarantine.write(
            (
                *(article.id, article.title, self._names.coders[each.coder_id], each.id),
                *(self._names.layers[each.code_id], self._names.codes[each.code_id], position),
                *(fragment.span.start, fragment.span.end, fragment.quote, fragment.span.quote(text)),
            )
            for each in misfits
            for position, fragment in enumerate(each.fragments, start=1)
        )

    def _article_row(self, article: Article, offsets: OffsetMap) -> Sequence[object]:
        return (
            *(article.id, article.position + 1, article.title, article.source, article.date, article.url),
            *(article.author, article.reference, article.length, offsets.utf16_length, offsets.byte_length),
            *(article.sha256, article.imported_at),
            *(article.metadata.get(key, "") for key in self._keys),
        )

    def _review_rows(
        self,
        article: Article,
        annotations: Sequence[Annotation],
        reviews: Mapping[tuple[ArticleId, CoderId], Review],
    ) -> Iterator[Sequence[object]]:
        layers = self._names.layer_ids
        counts = Counter((each.coder_id, layers[each.code_id]) for each in annotations)
        lacking: Counter[CoderId] = Counter()
        for each in annotations:
            lacking[each.coder_id] += len(still_open(self._names.questions[each.code_id], each.answers))
        for coder_id in self._coders:
            unopened = Review(article_id=article.id, coder_id=coder_id)
            review = reviews.get((article.id, coder_id), unopened)
            unanswered = lacking[coder_id] + len(still_open(self._names.codebook.variables, review.variables))
            by_layer = [counts[coder_id, layer] for layer in self._layers]
            yield (
                *(article.id, article.title, self._names.coders[coder_id], coder_id, review.state.value),
                *(int(review.nothing_found), review.opened_at, review.done_at, review.reason),
                unanswered,
                *(cell(round(review.seconds, 1)), sum(by_layer), *by_layer, review.notes),
                *(cell(review.variables.get(variable)) for variable in self._names.variables),
            )

    def _entity_rows(self) -> Iterator[Sequence[object]]:
        for entity in self._entities.values():
            yield (
                *(entity.id, entity.name, BETWEEN.join(entity.aliases), entity.type, entity.country),
                *(entity.note, self._mentions[entity.id], len(self._mentioning.get(entity.id, ()))),
            )
