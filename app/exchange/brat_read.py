"""brat standoff on its way in: a folder of `.txt` and `.ann` files by one or several coders."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Protocol

from app.domain.articles import Draft, canonical, legible, title_from
from app.domain.coders import Coder
from app.domain.entities import Entity
from app.domain.errors import UserError
from app.domain.ids import AnnotationId, ArticleId, CoderId
from app.domain.progress import Progress
from app.domain.spans import Span
from app.exchange.brat_conf import configuration
from app.exchange.brat_folder import AnnFile, BratFolder, take_apart
from app.exchange.brat_found import FoundTerms
from app.exchange.brat_manifest import FORMAT, manifest_of
from app.exchange.brat_marks import Mark, Marks, marks_of
from app.exchange.brat_ours import OurSource
from app.exchange.brat_terms import Terms
from app.exchange.coded import (
    CodedAnnotation,
    CodedArticle,
    CodedOptions,
    CodedReading,
    CodedReview,
)

_LARGEST = 80_000_000
"""Bytes of one file: the longest article in the widest encoding."""


class _Source(Protocol):
    """What is known of a folder beside the files of brat."""

    name: str
    folder: BratFolder
    terms: Terms
    entities: tuple[Entity, ...]
    note: str

    def coder(self, file: AnnFile) -> Coder | None:
        """Return whose a file is; None if nobody's."""
        ...

    def is_consensus(self, file: AnnFile) -> bool:
        """Tell whether a file holds what was agreed on."""
        ...

    def is_done(self, file: AnnFile) -> bool:
        """Tell whether the coder is done with the article of a file."""
        ...

    def article(self, name: str, text: str) -> CodedArticle:
        """Return the article of a text."""
        ...

    def identity(self, file: AnnFile, mark: str) -> AnnotationId:
        """Return the id of a mark."""
        ...

    def spans(self, file: AnnFile, mark: Mark, text: str) -> tuple[Span, ...]:
        """Return what a mark covers."""
        ...


class BratReader:
    """Reads a brat folder: text-bounds and events become annotations, relations and roles links, notes memos."""

    name = FORMAT
    title = "brat standoff"
    about = "a folder with .txt and .ann files, with a folder a coder or the coder at the end of file names"

    def recognises(self, path: Path) -> bool:
        """Tell whether annotation files lie in a folder, or in a folder of it."""
        patterns = ("*.ann", "*/*.ann")
        return path.is_dir() and any(next(path.glob(each), None) is not None for each in patterns)

    def read(self, path: Path, options: CodedOptions, progress: Progress) -> CodedReading:
        """Read the whole folder; broken lines and words that are not in the text are problems, and left out."""
        manifest = manifest_of(path)
        if manifest is not None:
            return _Reading(OurSource(path, manifest, done=options.done)).read(progress)
        return _Reading(_FoundSource(path, options)).read(progress)


class _FoundSource:
    """A folder of other people, of which nothing is known but what is in it."""

    def __init__(self, top: Path, options: CodedOptions) -> None:
        conf = top / "annotation.conf"
        self.name = legible(top.resolve().name)
        self.folder = take_apart(top, options.layout)
        self.terms: Terms = FoundTerms(configuration(_conf_text(conf) if conf.is_file() else ""))
        self.entities: tuple[Entity, ...] = ()
        self._done = options.done
        self.note = (
            ""
            if self._done
            else "nothing in it says who is done with which article, so nobody is unless you say so"
        )

    def coder(self, file: AnnFile) -> Coder | None:
        # A folder may be named after a UUID, and still is nobody's identity.
        return Coder(id=CoderId(f"coder:{file.coder}"), name=file.coder)

    def is_consensus(self, file: AnnFile) -> bool:
        del file
        return False

    def is_done(self, file: AnnFile) -> bool:
        del file
        return self._done

    def article(self, name: str, text: str) -> CodedArticle:
        draft = Draft(text=text, title=title_from(text), reference=legible(name.rpartition("/")[2]))
        return CodedArticle(id=ArticleId(f"text:{name}"), draft=draft)

    def identity(self, file: AnnFile, mark: str) -> AnnotationId:
        return AnnotationId(f"{file.name}#{mark}")

    def spans(self, file: AnnFile, mark: Mark, text: str) -> tuple[Span, ...]:
        del file, text
        return mark.spans


class _Reading:
    """Walks the files of a folder twice: what occurs, and what it means."""

    def __init__(self, source: _Source) -> None:
        self._source, self._folder = source, source.folder
        self._problems = list(source.folder.problems)
        self._notes = [*source.folder.notes, *filter(None, (source.note,))]
        self._articles: dict[str, CodedArticle] = {}

    def read(self, progress: Progress) -> CodedReading:
        """Return everything that can be taken."""
        source, raws = self._source, self._read_texts()
        read: list[tuple[AnnFile, Coder, Marks]] = []
        for at, file in enumerate(self._folder.files):
            progress(at, len(self._folder.files))
            marks = self._read_marks(file, raws[file.text]) if file.text in raws else None
            coder = source.coder(file)
            if marks is not None and coder is not None:
                source.terms.show(marks.marks)
                read.append((file, coder, marks))
            elif marks is not None and marks.marks:
                self._problems.append(f"{file.name}.ann lies in a folder that is no coder's")
        annotations = [each for file, coder, marks in read for each in self._understood(file, coder, marks)]
        return CodedReading(
            source=source.name,
            articles=tuple(self._articles.values()),
            coders=tuple({coder.id: coder for _file, coder, _marks in read}.values()),
            codebook=source.terms.codebook(source.name),
            entities=source.entities,
            annotations=tuple(annotations),
            reviews=tuple(
                CodedReview(
                    article_id=self._articles[file.text].id,
                    coder_id=coder.id,
                    done=source.is_done(file),
                )
                for file, coder, _marks in read
            ),
            notes=tuple(self._notes),
            problems=tuple(self._problems),
        )

    def _read_texts(self) -> Mapping[str, str]:
        """Return the texts as they were decoded, which is how offsets count them, and make articles of them."""
        raws: dict[str, str] = {}
        for name, path in self._folder.texts.items():
            try:
                raw = _text(path)
                text, changed = canonical(raw)
            except UserError as error:
                self._problems.append(f"{name}.txt: {error}")
                continue
            if not text.strip():
                self._problems.append(f"{name}.txt: the file is empty")
                continue
            raws[name] = raw
            self._notes += [f"{name}.txt: {each}" for each in changed]
            self._articles[name] = self._source.article(name, text)
        return raws

    def _read_marks(self, file: AnnFile, raw: str) -> Marks | None:
        try:
            marks = marks_of(_text(file.path), raw)
        except UserError as error:
            self._problems.append(f"{file.name}.ann: {error}")
            return None
        self._problems += [f"{file.name}.ann, {each}" for each in marks.problems]
        if marks.counting != "code points":
            self._notes.append(f"{file.name}.ann counts {marks.counting}")
        return marks

    def _understood(self, file: AnnFile, coder: Coder, marks: Marks) -> list[CodedAnnotation]:
        source, article = self._source, self._articles[file.text]
        found: list[CodedAnnotation] = []
        for mark in marks.marks:
            meaning = source.terms.understand(mark, partial(source.identity, file))
            self._problems += [f"{file.name}.ann: {each}" for each in meaning.problems]
            if meaning.code_id is None:
                continue
            found.append(
                CodedAnnotation(
                    id=source.identity(file, mark.key),
                    article_id=article.id,
                    coder_id=coder.id,
                    code_id=meaning.code_id,
                    spans=source.spans(file, mark, article.draft.text),
                    answers=meaning.answers,
                    memo=meaning.memo,
                    discuss=meaning.discuss,
                    consensus=source.is_consensus(file),
                )
            )
        return found


def _conf_text(path: Path) -> str:
    """Return the configuration, without which no code would be in its place; UserError says what to do without."""
    try:
        return _text(path)
    except UserError as error:
        raise UserError(f"{path.name}: {error}. Mend it, or remove it to do without.") from error


def _text(path: Path) -> str:
    """Return a file in UTF-8, the only encoding that brat knows, with nothing else done to it."""
    try:
        if path.stat().st_size > _LARGEST:
            raise UserError("the file is too large to be an article")
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise UserError(f"this is not UTF-8 (byte {error.start}), which brat files are") from error
    except OSError as error:
        raise UserError(f"the file cannot be read ({error.strerror})") from error
