"""Articles on their way in: files are read and looked at first, then enter in one step or not at all."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from app.domain.articles import Draft, legible, text_hash, title_from
from app.domain.errors import UserError
from app.domain.progress import Progress, unheard
from app.domain.values import Value
from app.exchange.encodings import check_encoding
from app.exchange.formats import AS_FOUND, NoArticles, Reading, ReadOptions, Table
from app.exchange.project_jsonl import looks_like_project
from app.exchange.registry import ARTICLE_FORMATS, article_format, article_format_for
from app.project.commands import ImportArticles
from app.project.import_report import FileReport

_PAGES = (".html", ".htm", ".xhtml")
_BESIDE = ("_files", "_file", "-Dateien", "_fichiers", "_archivos", "_soubory", "_pliki", ".files")
"""What browsers call the folder with the pictures and frames of a saved page, after its name."""


class FileRead(NamedTuple):
    """One file as it was read: a reading, or a sentence that says why there is none.

    `table` shows the columns where other columns or another sheet may help; `options` are those it was read with.
    """

    path: Path
    format: str
    options: ReadOptions
    reading: Reading | None = None
    error: str = ""
    table: Table | None = None
    encoding: str = ""


class Staged(Value):
    """Articles that are ready to enter, and the report on every file.

    `origins` has, for every draft, the number of its report. Reports on folders come after those on files.
    """

    drafts: tuple[Draft, ...]
    reports: tuple[FileReport, ...]
    origins: tuple[int, ...] = ()

    @property
    def command(self) -> ImportArticles | None:
        """The one step that lets them in; None if nothing is new."""
        return ImportArticles(drafts=self.drafts) if self.drafts else None

    def leaving_out(self, reasons: Mapping[int, str]) -> "Staged":
        """Return the same without some drafts; `reasons` has a sentence for the number of each, for the report."""
        reports = list(self.reports)
        for number in sorted(reasons):
            report = reports[self.origins[number]]
            reports[self.origins[number]] = report.model_copy(
                update={"new": report.new - 1, "left_out": (*report.left_out, reasons[number])}
            )
        kept = [number for number in range(len(self.drafts)) if number not in reasons]
        return Staged(
            drafts=tuple(self.drafts[number] for number in kept),
            origins=tuple(self.origins[number] for number in kept),
            reports=tuple(reports),
        )

    def telling(self, folders: Sequence[FileReport]) -> "Staged":
        """Return the same with reports on folders below those on files."""
        return self.model_copy(update={"reports": (*self.reports, *folders)})

    def flagging(self, sentences: Mapping[int, str]) -> "Staged":
        """Return the same with a sentence in the report on some drafts that enter."""
        reports = list(self.reports)
        for number in sorted(sentences):
            report = reports[self.origins[number]]
            flagged = (*report.flagged, sentences[number])
            reports[self.origins[number]] = report.model_copy(update={"flagged": flagged})
        return self.model_copy(update={"reports": tuple(reports)})


class Below(NamedTuple):
    """The files that are to be read, each once, and for every folder that was named those that nothing reads."""

    files: list[Path]
    skipped: Mapping[Path, list[Path]]

    def reports(self) -> list[FileReport]:
        """Return a report on every folder in which something was passed over or nothing was found."""
        found: list[FileReport] = []
        for folder, skipped in self.skipped.items():
            path, names = legible(str(folder)), tuple(legible(str(each)) for each in skipped)
            if not any(file.is_relative_to(folder) for file in self.files):
                sentence = f"{legible(folder.name or path)}: the folder holds no file that can be imported."
                found.append(FileReport(path=path, error=sentence, skipped=names))
            elif skipped:
                found.append(FileReport(path=path, skipped=names))
        return found


def files_below(paths: Sequence[Path]) -> Below:
    """Return the files named and, for folders, every file below that some format reads, by name.

    Hidden files and folders are passed over, and what browsers save beside a page. Other files of which no ending
    is known are told.
    """
    known = {extension for each in ARTICLE_FORMATS for extension in each.extensions}
    found: dict[Path, None] = {}
    skipped: dict[Path, list[Path]] = {}
    for path in paths:
        if not path.is_dir():
            found.setdefault(path)
            continue
        unknown = skipped.setdefault(path, [])
        for below in sorted(path.rglob("*")):
            inside = below.relative_to(path).parts
            hidden = any(part.startswith((".", "~$")) for part in inside)
            if hidden or not below.is_file() or _belongs_to_page(below, path):
                continue
            if below.suffix.lower() in known:
                found.setdefault(below)
            else:
                unknown.append(below)
    return Below(list(found), skipped)


def _belongs_to_page(file: Path, top: Path) -> bool:
    """Tell whether a file lies in a folder that a browser made for a page that stands beside it."""
    for folder in file.parents:
        if folder == top:
            return False
        for ending in _BESIDE:
            stem = folder.name.removesuffix(ending)
            if stem != folder.name and any((folder.parent / f"{stem}{page}").exists() for page in _PAGES):
                return True
    return False


def read_file(
    path: Path, *, format_name: str = "", options: ReadOptions = AS_FOUND, progress: Progress = unheard
) -> FileRead:
    """Read one file; what stands against it is a sentence with its name."""
    name, shown = "", legible(path.name)
    try:
        path.stat()  # A file that is not there is not of the wrong kind.
        reader = article_format(format_name) if format_name else article_format_for(path)
        name = reader.name
        if any(options.columns.values()) and not reader.takes_mapping:
            raise UserError(f"a {reader.title} file has no columns to map.")
        if name == "jsonl" and looks_like_project(path):
            raise UserError("this is a whole project as JSON Lines; open it with File > Open project.")
        return FileRead(path, name, options, reader.read(path, options, progress))
    except NoArticles as error:
        sentence = f"{shown}: {error}"
        return FileRead(path, name, options, None, sentence, error.table, error.encoding)
    except UserError as error:
        return FileRead(path, name, options, None, f"{shown}: {error}")
    except FileNotFoundError:
        return FileRead(path, name, options, None, f"{shown}: there is no such file.")
    except OSError as error:
        return FileRead(path, name, options, None, f"{shown}: the file cannot be read ({error.strerror}).")


def read_files(
    paths: Sequence[Path],
    *,
    format_name: str = "",
    options: ReadOptions = AS_FOUND,
    progress: Progress = unheard,
) -> list[FileRead]:
    """Read files with the same options; a single one tells how far it is itself."""
    reads: list[FileRead] = []
    for at, path in enumerate(paths):
        progress(at, len(paths))

        def heard(_done: int, _total: int, at: int = at) -> None:
            # A long file among many moves nothing, but can be stopped.
            progress(at, len(paths))

        told = progress if len(paths) == 1 else heard
        reads.append(read_file(path, format_name=format_name, options=options, progress=told))
    progress(len(paths), len(paths))
    return reads


def gather(reads: Sequence[FileRead], known: Mapping[str, str]) -> Staged:
    """Put together what files gave; `known` gives the title for the hash of every text that is there already."""
    drafts: list[Draft] = []
    origins: list[int] = []
    reports: list[FileReport] = []
    seen, files = dict(known), dict[str, str]()
    for number, read in enumerate(reads):
        report = FileReport(
            path=legible(str(read.path)), format=read.format, encoding=read.encoding, error=read.error
        )
        if read.reading is not None:
            report, fresh = _taken(read, read.reading, seen, files)
            drafts.extend(fresh)
            origins.extend([number] * len(fresh))
        reports.append(report)
    return Staged(drafts=tuple(drafts), reports=tuple(reports), origins=tuple(origins))


def _taken(
    read: FileRead, reading: Reading, seen: dict[str, str], files: dict[str, str]
) -> tuple[FileReport, list[Draft]]:
    """Keep apart what is new; `seen` has the titles of all texts so far, `files` where those of this import are."""
    fresh: list[Draft] = []
    duplicates: list[str] = []
    twice = _twice(reading, seen)
    for draft in reading.drafts:
        sha256 = text_hash(draft.text)
        title = draft.title or title_from(draft.text)
        if sha256 in seen:
            duplicates.append(_same(title, seen[sha256], files.get(sha256, "")))
        else:
            seen[sha256], files[sha256] = title, legible(read.path.name)
            fresh.append(draft)
    report = FileReport(
        path=legible(str(read.path)),
        format=read.format,
        encoding=reading.encoding,
        new=len(fresh),
        duplicates=tuple(duplicates),
        notes=reading.notes,
        problems=(*twice, *reading.problems) if fresh else reading.problems,
    )
    return report, fresh


def _same(title: str, other: str, file: str) -> str:
    """Return what is said of a text that is there already, in a file of this import or else in the project."""
    if file:
        return f"“{title}” has the same text as “{other}” in {file}"
    if title == other:
        return f"“{title}” is in the project already"
    return f"“{title}” has the same text as “{other}” in the project"


def _twice(reading: Reading, seen: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence if the texts of a file are there already the other way: as one article, or as many."""
    there = [seen[sha256] for sha256 in dict.fromkeys(reading.otherwise) if sha256 in seen]
    if there and reading.split:
        count = len(reading.drafts)
        these = "the text of this one" if count == 1 else f"the texts of these {count:,}"
        yield f"“{there[0]}” is one article that holds {these}; keep either, or they stand there twice"
    elif there:
        some = (
            "“{}” is an article with a part of this text"
            if len(there) == 1
            else (f"{len(there):,} articles hold parts of this text, such as “{{}}”")
        )
        yield f"{some.format(there[0])}; keep either, or they stand there twice"


def stage(
    paths: Sequence[Path],
    known: Mapping[str, str],
    *,
    format_name: str = "",
    options: ReadOptions = AS_FOUND,
    progress: Progress = unheard,
) -> Staged:
    """Read files and folders, all with the same options, and put together what they gave.

    A file that cannot be read gets its sentence in the report; the others still enter. Raises UserError if there is
    no encoding or no format of the name that was chosen.
    """
    if options.encoding:
        check_encoding(options.encoding)
    if format_name:
        article_format(format_name)
    below = files_below(paths)
    reads = read_files(below.files, format_name=format_name, options=options, progress=progress)
    return gather(reads, known).telling(below.reports())
