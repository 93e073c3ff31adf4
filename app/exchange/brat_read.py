"""brat standoff on its way in: a folder of `.txt` and `.ann` files by one or several coders."""

from collections.abc import Mapping
from pathlib import Path

from app.domain.articles import Draft, canonical, legible, title_from
from app.domain.coders import Coder
from app.domain.errors import UserError
from app.domain.ids import AnnotationId, ArticleId, CoderId
from app.domain.progress import Progress
from app.exchange.brat_conf import configuration
from app.exchange.brat_folder import AnnFile, BratFolder, take_apart
from app.exchange.brat_found import Terms
from app.exchange.brat_marks import Marks, marks_of
from app.exchange.coded import (
    CodedAnnotation,
    CodedArticle,
    CodedOptions,
    CodedReading,
    CodedReview,
)

_LARGEST = 80_000_000
"""Bytes of one file: the longest article in the widest encoding."""


class BratReader:
    """Reads a brat folder: text-bounds and events become annotations, relations and roles links, notes memos."""

    name = "brat"
    title = "brat standoff"
    about = "a folder with .txt and .ann files, with a folder a coder or the coder at the end of file names"

    def read(self, path: Path, options: CodedOptions, progress: Progress) -> CodedReading:
        """Read the whole folder; broken lines and words that are not in the text are problems, and left out."""
        return _Reading(path, take_apart(path, options.layout), options).read(progress)


class _Reading:
    """Walks the files of a folder twice: what occurs, and what it means."""

    def __init__(self, top: Path, folder: BratFolder, options: CodedOptions) -> None:
        self._top, self._folder, self._options = top, folder, options
        self._problems = list(folder.problems)
        self._notes: list[str] = list(folder.notes)
        self._articles: dict[str, CodedArticle] = {}

    def read(self, progress: Progress) -> CodedReading:
        """Return everything that can be taken."""
        raws = self._read_texts()
        conf = self._top / "annotation.conf"
        terms = Terms(configuration(_text(conf) if conf.is_file() else ""))
        read: list[tuple[AnnFile, Marks]] = []
        for at, file in enumerate(self._folder.files):
            progress(at, len(self._folder.files))
            marks = self._read_marks(file, raws[file.text]) if file.text in raws else None
            if marks is not None:
                terms.show(marks.marks)
                read.append((file, marks))
        annotations = [each for file, marks in read for each in self._understood(file, marks, terms)]
        if not self._options.done:
            self._notes.append("nothing in it says who is done with which article (--done takes all as done)")
        source = self._top.resolve().name
        return CodedReading(
            source=legible(source),
            articles=tuple(self._articles.values()),
            coders=tuple(_coder(name) for name in dict.fromkeys(file.coder for file, _marks in read)),
            codebook=terms.codebook(legible(source)),
            entities=terms.entities,
            annotations=tuple(annotations),
            reviews=tuple(
                CodedReview(
                    article_id=_article(file.text),
                    coder_id=_coder(file.coder).id,
                    done=self._options.done,
                )
                for file, _marks in read
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
            draft = Draft(text=text, title=title_from(text), reference=legible(name.rpartition("/")[2]))
            self._articles[name] = CodedArticle(id=_article(name), draft=draft)
        return raws

    def _read_marks(self, file: AnnFile, raw: str) -> Marks | None:
        try:
            marks = marks_of(_text(self._top / f"{file.name}.ann"), raw)
        except UserError as error:
            self._problems.append(f"{file.name}.ann: {error}")
            return None
        self._problems += [f"{file.name}.ann, {each}" for each in marks.problems]
        if marks.counting != "code points":
            self._notes.append(f"{file.name}.ann counts {marks.counting}")
        return marks

    def _understood(self, file: AnnFile, marks: Marks, terms: Terms) -> list[CodedAnnotation]:
        prefix = f"{file.name}#"
        found: list[CodedAnnotation] = []
        for mark in marks.marks:
            meaning = terms.understand(mark, prefix)
            self._problems += [f"{file.name}.ann: {each}" for each in meaning.problems]
            found.append(
                CodedAnnotation(
                    id=AnnotationId(prefix + mark.key),
                    article_id=_article(file.text),
                    coder_id=_coder(file.coder).id,
                    code_id=meaning.code_id,
                    spans=mark.spans,
                    answers=meaning.answers,
                    memo=meaning.memo,
                    discuss=meaning.discuss,
                )
            )
        return found


def _coder(name: str) -> Coder:
    # A folder may be named after a UUID, and still is nobody's identity.
    return Coder(id=CoderId(f"coder:{name}"), name=name)


def _article(name: str) -> ArticleId:
    return ArticleId(f"text:{name}")


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
