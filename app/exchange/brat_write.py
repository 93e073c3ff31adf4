"""A project as a brat folder: a folder for each coder, and beside brat's files a manifest with what they cannot say."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from app.domain.annotations import Annotation, told_apart
from app.domain.answers import AnnotationTarget, EntityTarget, NotInText
from app.domain.articles import Article
from app.domain.codebook import Codebook
from app.domain.coders import Coder
from app.domain.entities import Entity
from app.domain.errors import UserError
from app.domain.ids import AnnotationId, AttributeId, CoderId, EntityId
from app.domain.progress import Progress
from app.domain.reviews import ReviewState
from app.domain.spans import Span
from app.exchange.brat_manifest import ArticleFacts, BratManifest, CoderFolder, Identity
from app.exchange.brat_marks import MEMO
from app.exchange.brat_names import (
    AS_NOTE,
    BratNames,
    annotation_conf,
    escaped,
    free_name,
    names_for,
    stem,
    visual_conf,
)
from app.exchange.csv_folder import MANIFEST, Folder, file_hash, staged_folder
from app.exchange.formats import Contents, ExportOptions, Written

DATABASE = "Rubricator"
"""What `N` lines of ours call the register of entities."""

_UNCODED = "articles"


class BratExport:
    """Writes brat standoff, which is edited with brat and read back with everything that brat can hold."""

    name = "brat"
    title = "brat standoff (a folder)"
    about = "One folder with a folder for each coder, to be worked on in brat and imported again."
    has_tables = False
    extension = "-brat"

    def write(self, contents: Contents, target: Path, options: ExportOptions, progress: Progress) -> Written:
        """Write the folder; what was changed in an older export since is never overwritten."""
        _check_untouched(target)
        with staged_folder(target, options) as folder:
            writer = _Writer(contents, folder, options)
            writer.write(progress)
            return Written(folder.counts(), writer.quarantined)


class _Writer:
    """Walks the articles once."""

    def __init__(self, contents: Contents, folder: Folder, options: ExportOptions) -> None:
        self._contents, self._folder = contents, folder
        self._book = contents.codebook()
        self._names = names_for(self._book)
        self._entities = {each.id: each for each in contents.entities()}
        self._coders = {
            each.id: each for each in contents.coders() if not options.coders or each.id in options.coders
        }
        self._folders: dict[tuple[CoderId, bool], str] = {}
        self._annotations: dict[str, dict[str, Mapping[str, Identity]]] = {}
        self._done: dict[str, list[str]] = {}
        self._misfits: list[Annotation] = []
        self.quarantined = 0

    def write(self, progress: Progress) -> None:
        """Write everything."""
        count = self._contents.article_count()
        seen: dict[str, dict[CoderId, bool]] = {}
        for review in self._contents.reviews():
            if review.coder_id in self._coders and review.state is not ReviewState.NOT_OPENED:
                seen.setdefault(review.article_id, {})[review.coder_id] = review.state is ReviewState.DONE
        articles: dict[str, ArticleFacts] = {}
        for at, article in enumerate(self._contents.articles()):
            progress(at, count)
            name = stem(at + 1, count, article.title)
            articles[name] = ArticleFacts(**article.model_dump(include=set(ArticleFacts.model_fields)))
            self._write_article(name, article, seen.get(article.id, {}))
        if self._misfits:
            lines = (each.model_dump_json() + "\n" for each in self._misfits)
            self._folder.write_text("quarantine.jsonl", "".join(lines), len(self._misfits))
            self.quarantined = len(self._misfits)
        self._folder.write_text("annotation.conf", annotation_conf(self._book, self._names), 0)
        self._folder.write_text("visual.conf", visual_conf(self._book, self._names), 0)
        self._folder.write_manifest({"brat": self._manifest(articles).model_dump(mode="json")})

    def _manifest(self, articles: Mapping[str, ArticleFacts]) -> BratManifest:
        head = self._contents.head
        folders = {
            name: CoderFolder(
                coder=self._coders.get(coder_id),
                consensus=consensus,
                done=tuple(self._done.get(name, ())),
                annotations=self._annotations.get(name, {}),
            )
            for (coder_id, consensus), name in self._folders.items()
        }
        return BratManifest(
            project=head["id"],
            name=head["name"],
            codebook=self._book,
            names=self._names,
            articles=articles,
            folders=folders,
            entities=tuple(self._entities.values()),
        )

    def _write_article(self, name: str, article: Article, reviews: Mapping[CoderId, bool]) -> None:
        text = self._contents.text(article)
        wanted = (each for each in self._contents.annotations(article.id) if each.coder_id in self._coders)
        fitting, misfits = told_apart(wanted, text)
        self._misfits += misfits
        by_folder: dict[tuple[CoderId, bool], list[Annotation]] = {(each, False): [] for each in reviews}
        for each in fitting:
            by_folder.setdefault((each.coder_id, each.consensus), []).append(each)
        for key, annotations in (by_folder or {(CoderId(""), False): []}).items():
            folder = self._folder_of(*key)
            lines, identities = AnnWriter(self._book, self._names, self._entities).lines(annotations, text)
            self._folder.write_text(f"{folder}/{name}.txt", text, 1)
            ann = "".join(f"{line}\n" for line in lines)
            self._folder.write_text(f"{folder}/{name}.ann", ann, len(identities))
            self._annotations.setdefault(folder, {})[name] = identities
            if reviews.get(key[0]) and not key[1]:
                self._done.setdefault(folder, []).append(name)

    def _folder_of(self, coder_id: CoderId, consensus: bool) -> str:
        key = coder_id, consensus
        if key not in self._folders:
            coder: Coder | None = self._coders.get(coder_id)
            wanted = f"{coder.name}{'-consensus' if consensus else ''}" if coder else _UNCODED
            self._folders[key] = free_name(wanted, self._folders.values(), fallback="coder")
        return self._folders[key]


class AnnWriter:
    """Writes the lines of one `.ann` file."""

    def __init__(self, book: Codebook, names: BratNames, entities: Mapping[EntityId, Entity]) -> None:
        self._names, self._entities = names, entities
        self._types = names.type_of()
        self._kinds = {each.id: each.kind for code in book.codes for each in code.attributes}
        self._counts: dict[str, int] = {}
        self._lines: list[str] = []
        self._keys: dict[AnnotationId, str] = {}

    def lines(self, annotations: Sequence[Annotation], text: str) -> tuple[list[str], dict[str, Identity]]:
        """Return the lines, and for each text-bound which annotation it is.

        What covers line ends alone cannot be said in brat and is not written.
        """
        identities: dict[str, Identity] = {}
        kept: list[Annotation] = []
        for each in annotations:
            spans = [fragment.span for fragment in each.fragments]
            pieces = cut_at_line_ends(spans, text)
            if not pieces:
                continue
            places = ";".join(f"{start} {end}" for start, end in pieces)
            words = " ".join(text[start:end] for start, end in pieces)
            key = self._line("T", f"{self._types[each.code_id]} {places}\t{words}")
            own = tuple((span.start, span.end) for span in spans)
            identities[key] = Identity(id=each.id, spans=() if own == tuple(pieces) else own)
            self._keys[each.id] = key
            kept.append(each)
        for each in kept:
            self._say(each)
        return self._lines, identities

    def _say(self, annotation: Annotation) -> None:
        key = self._keys[annotation.id]
        for attribute_id, answer in annotation.answers.items():
            self._answer(key, attribute_id, answer)
        if annotation.discuss:
            self._line("A", f"{self._names.discuss} {key}")
        if annotation.memo:
            self._line("#", f"{MEMO} {key}\t{escaped(annotation.memo)}")

    def _answer(self, key: str, attribute_id: AttributeId, answer: Any) -> None:
        kind = self._kinds[attribute_id]
        for name, term in self._names.terms.items():
            if term.attribute != attribute_id:
                continue
            if term.choice is not None:
                if term.choice in answer:
                    self._line("A", f"{name} {key}")
            elif kind in AS_NOTE:
                self._line("#", f"{name} {key}\t{escaped(str(answer))}")
            elif term.values:
                value = next(each for each, meaning in term.values.items() if meaning == answer)
                self._line("A", f"{name} {key} {value}")
            elif term.absent:
                if NotInText() in answer:
                    self._line("A", f"{name} {key}")
            else:
                self._targets(key, name, answer)

    def _targets(self, key: str, name: str, targets: Iterable[Any]) -> None:
        for target in targets:
            if isinstance(target, AnnotationTarget) and target.annotation in self._keys:
                self._line("R", f"{name} Arg1:{key} Arg2:{self._keys[target.annotation]}")
            elif isinstance(target, EntityTarget):
                label = escaped(self._entities[target.entity].name)
                self._line("N", f"{name} {key} {DATABASE}:{target.entity}\t{label}")

    def _line(self, letter: str, rest: str) -> str:
        self._counts[letter] = self._counts.get(letter, 0) + 1
        key = f"{letter}{self._counts[letter]}"
        self._lines.append(f"{key}\t{rest}")
        return key


def cut_at_line_ends(spans: Iterable[Span], text: str) -> list[tuple[int, int]]:
    """Return the ranges as brat must have them: none has a line end in it, and none is empty."""
    pieces: list[tuple[int, int]] = []
    for span in spans:
        start = span.start
        for line in span.quote(text).split("\n"):
            if line:
                pieces.append((start, start + len(line)))
            start += len(line) + 1
    return pieces


def _check_untouched(target: Path) -> None:
    """Raise UserError where somebody has annotated in an older export, which must be imported first."""
    try:
        files: Any = json.loads((target / MANIFEST).read_text(encoding="utf-8"))["files"]
        for name, facts in dict(files).items():
            path = target / name
            if path.suffix == ".ann" and path.is_file() and file_hash(path) != facts["sha256"]:
                raise UserError(
                    f"{name} in {target} was changed since it was exported and is never replaced. "
                    "Import the folder if the changes count, and export to another one."
                )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return
