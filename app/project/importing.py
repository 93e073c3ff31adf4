"""Articles on their way in: files are read and looked at first, then enter in one step or not at all."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from app.domain.articles import Draft, text_hash, title_from
from app.domain.errors import UserError
from app.domain.progress import Progress, unheard
from app.domain.values import Value
from app.exchange.encodings import check_encoding
from app.exchange.formats import ArticleFormat, Reading
from app.exchange.registry import ARTICLE_FORMATS, article_format, article_format_for
from app.project.commands import ImportArticles


class FileReport(Value):
    """What became of one file: how many articles are new, which were there already, what was noticed.

    `error` is the sentence for a file from which nothing can be taken.
    """

    path: str
    format: str = ""
    encoding: str = ""
    new: int = 0
    duplicates: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    error: str = ""


class Staged(Value):
    """Articles that are ready to enter, and the report on every file. `command` is None if nothing is new."""

    drafts: tuple[Draft, ...]
    reports: tuple[FileReport, ...]

    @property
    def command(self) -> ImportArticles | None:
        """The one step that lets them in."""
        return ImportArticles(drafts=self.drafts) if self.drafts else None


def files_below(paths: Sequence[Path]) -> list[Path]:
    """Return the files named and, for folders, every file below that some format reads, by name.

    Hidden files and folders are passed over.
    """
    known = {extension for each in ARTICLE_FORMATS for extension in each.extensions}
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        for below in sorted(path.rglob("*")):
            hidden = any(part.startswith(".") for part in below.relative_to(path).parts)
            if below.suffix.lower() in known and not hidden and below.is_file():
                found.append(below)
    return found


def stage(
    paths: Sequence[Path],
    known: Mapping[str, str],
    *,
    format_name: str = "",
    columns: Mapping[str, str] | None = None,
    encoding: str = "",
    progress: Progress = unheard,
) -> Staged:
    """Read files and folders; `known` gives the title for the hash of every text that is there already.

    `encoding` names the encoding of all of them; without it, each is recognised. A file that cannot be read gets
    its sentence in the report; the others still enter. Raises UserError if there is no encoding of that name.
    """
    if encoding:
        check_encoding(encoding)
    drafts: list[Draft] = []
    reports: list[FileReport] = []
    seen = dict(known)
    files = files_below(paths)
    for at, path in enumerate(files):
        progress(at, len(files))
        try:
            reader = article_format(format_name) if format_name else article_format_for(path)
            if columns and not reader.takes_mapping:
                raise UserError(f"a {reader.title} file has no columns to map.")
            heard = progress if len(files) == 1 else unheard
            report, fresh = _taken(path, reader, _read(path, reader, columns or {}, encoding, heard), seen)
        except UserError as error:
            report, fresh = FileReport(path=str(path), error=f"{path.name}: {error}"), []
        drafts.extend(fresh)
        reports.append(report)
    for path in paths:
        if path.is_dir() and not any(file.is_relative_to(path) for file in files):
            sentence = f"{path.name}: the folder holds no file that can be imported."
            reports.append(FileReport(path=str(path), error=sentence))
    progress(len(files), len(files))
    return Staged(drafts=tuple(drafts), reports=tuple(reports))


def _read(
    path: Path, reader: ArticleFormat, columns: Mapping[str, str], encoding: str, progress: Progress
) -> Reading:
    try:
        return reader.read(path, columns, progress, encoding)
    except FileNotFoundError:
        raise UserError("there is no such file.") from None
    except OSError as error:
        raise UserError(f"the file cannot be read ({error.strerror}).") from error


def _taken(
    path: Path, reader: ArticleFormat, reading: Reading, seen: dict[str, str]
) -> tuple[FileReport, list[Draft]]:
    fresh: list[Draft] = []
    duplicates: list[str] = []
    for draft in reading.drafts:
        sha256 = text_hash(draft.text)
        title = draft.title or title_from(draft.text)
        if sha256 in seen:
            duplicates.append(f"“{title}” has the same text as “{seen[sha256]}”")
        else:
            seen[sha256] = title
            fresh.append(draft)
    report = FileReport(
        path=str(path),
        format=reader.name,
        encoding=reading.encoding,
        new=len(fresh),
        duplicates=tuple(duplicates),
        notes=reading.notes,
        problems=reading.problems,
    )
    return report, fresh


def sentences(report: FileReport, longest_list: int = 3) -> Iterator[str]:
    """Yield in words what became of a file, for people; long lists are cut."""
    name = Path(report.path).name
    if report.error:
        yield report.error
        return
    noun = "article" if report.new == 1 else "articles"
    details = ", ".join(part for part in (report.encoding, *report.notes) if part)
    yield f"{name}: {report.new} new {noun}" + (f" ({details})" if details else "")
    yield from _cut(report.duplicates, longest_list, lambda each: f"{name}: left out, {each}")
    yield from _cut(report.problems, longest_list, lambda each: f"{name}: {each}")


def _cut(items: Sequence[str], longest: int, say: Callable[[str], str]) -> Iterator[str]:
    for item in items[:longest]:
        yield say(item)
    if len(items) > longest:
        yield say(f"and {len(items) - longest} more")
