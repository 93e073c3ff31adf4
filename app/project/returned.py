"""A returned file as a merge sees it: its records, held against the articles and the codebook of the project."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from app import __version__
from app.domain.articles import legible
from app.domain.codebook_diff import differences
from app.domain.errors import UserError
from app.domain.ids import ProjectId
from app.project.scope import Scope, shorten
from app.storage.backups import copy_database
from app.storage.columns import Columns
from app.storage.project_file import ProjectFile
from app.storage.records import KINDS, Content, Key, State
from app.storage.soundness import DAMAGE, is_sound


class Frame:
    """What belongs to the lead, and what records must fit: articles with their texts, and the codebook."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.study: ProjectId = scope.file.project().id
        self.codebook = scope.codebook()
        self.titles = {str(each): title for each, title, _sha256 in scope.file.articles.hashes()}
        self.hashes = {str(each): sha256 for each, _title, sha256 in scope.file.articles.hashes()}
        self.codes = {str(code.id) for code in self.codebook.codes}
        self.questions = {str(each.id) for code in self.codebook.codes for each in code.attributes}
        self.variables = {str(each.id) for each in self.codebook.variables}

    def objection(self, key: Key, content: Content) -> str:
        """Say why a record does not fit the project; nothing if it does."""
        row = content[key.kind][0]
        article_id = row.get("article_id")
        if article_id is not None and article_id not in self.hashes:
            return "its article is not in this project"
        if key.kind == "variable":
            return "" if row["attribute_id"] in self.variables else "the codebook does not ask for it"
        if key.kind != "annotation" or article_id is None:
            return ""
        if row["code_id"] not in self.codes:
            return "its code is not in the codebook of this project"
        asked = {each["attribute_id"] for table in ("answer", "link") for each in content[table]}
        if not asked <= self.questions:
            return "it answers a question that the codebook of this project does not ask"
        return "" if self._fits(article_id, content) else "its quote is not what the text says there"

    def question(self, attribute_id: str) -> str:
        """Return the name of a question or article variable."""
        asked = [each for code in self.codebook.codes for each in code.attributes]
        names = [each.name for each in (*asked, *self.codebook.variables) if each.id == attribute_id]
        return names[0] if names else "a question"

    def _fits(self, article_id: str, content: Content) -> bool:
        text, end = self.scope.text(self.hashes[article_id]), -1
        for row in content["fragment"]:
            if row["article_id"] != article_id or not end < row["start"] < row["end"]:
                return False
            if text[row["start"] : row["end"]] != row["quote"]:
                return False
            end = row["end"]
        return end > 0


class Returned(NamedTuple):
    """What one file holds: its records that fit, those that do not, and what differs from the project."""

    path: Path
    coders: tuple[str, ...]
    done: int
    open: int
    records: Mapping[Key, State]
    left_out: tuple[str, ...]
    codebook: tuple[str, ...]
    texts: tuple[str, ...]
    visits: list[tuple[str, str, str, float, int]]


def read_returned(path: Path, frame: Frame, columns: Columns, heard: Callable[[], None]) -> Returned:
    """Read a returned file, from a copy: it may be open, older, or on a stick that cannot be written.

    `heard` is called now and then and may raise to stop.

    Raises UserError for what is no project, is newer or damaged, or belongs to another study.
    """
    if path.exists() and path.samefile(frame.scope.file.path):
        raise UserError(f"{path.name} is this project itself. Choose the files that coders returned.")
    if not path.is_file():
        raise UserError(f"There is no file {path}. Check the name and the folder.")
    with TemporaryDirectory(prefix="rubricator-") as folder:
        copy = Path(folder) / path.name
        try:
            copy_database(path, copy)
            file = ProjectFile.open(copy, program=__version__)
        except DAMAGE as error:
            said = str(error) if isinstance(error, UserError) else f"{path.name} is damaged."
            raise UserError(legible(said)) from error
        try:
            return _read(path, file, frame, columns, heard)
        except UserError:
            raise
        except DAMAGE as error:
            raise UserError(
                f"{path.name} is damaged. Run “rubricator check” on it and merge what it repairs."
            ) from error
        finally:
            file.close()


def _read(
    path: Path, file: ProjectFile, frame: Frame, columns: Columns, heard: Callable[[], None]
) -> Returned:
    if file.project().id != frame.study:
        raise UserError(f"{path.name} belongs to another study and was not merged.")
    records = file.merged.records()
    taken: dict[Key, State] = {}
    left_out: list[str] = []
    for kind in KINDS:
        states = records.all_of(kind).items()
        for key, state in sorted(states, key=_by_article):
            heard()
            reason = _objection(key, state, frame, columns)
            if not reason:
                taken[key] = state
            elif kind == "annotation":
                left_out.append(f"{told(key, state.content, frame)}: {reason}")
    packet = file.packets.read()
    coders = {each.id: each.name for each in file.coders}
    marks = [each.state for each in file.reviews if packet is None or each.coder_id == packet.coder_id]
    done = sum(state == "done" for state in marks)
    return Returned(
        path,
        tuple(sorted(coders.values())),
        done,
        max(0, file.articles.count() * max(1, len(coders)) - done),
        taken,
        tuple(left_out),
        tuple(each.words for each in differences(frame.codebook, file.codebooks.read())),
        tuple(_texts(file, frame)),
        file.merged.visits(),
    )


def _by_article(item: tuple[Key, State]) -> tuple[str, str]:
    """Put records of one article together, so that its text is read once."""
    key, state = item
    row = state.content[key.kind][0] if state.content else {}
    return str(row.get("article_id", "")), key.ids


def _objection(key: Key, state: State, frame: Frame, columns: Columns) -> str:
    if state.content is None:
        return ""
    for table, rows in state.content.items():
        if not all(is_sound(table, row, columns) for row in rows):
            return "it cannot be what was written"
    return frame.objection(key, state.content)


def _texts(file: ProjectFile, frame: Frame) -> Iterator[str]:
    for article_id, title, sha256 in file.articles.hashes():
        known = frame.hashes.get(article_id)
        if known is None:
            yield f"“{shorten(legible(title))}” is not in this project"
        elif known != sha256:
            yield f"“{shorten(legible(title))}” has another text than in this project"


def told(key: Key, content: Content | None, frame: Frame) -> str:
    """Return a version of a record in words, for people."""
    if content is None:
        return "deleted"
    row = content[key.kind][0]
    title = shorten(frame.titles.get(row.get("article_id", ""), ""))
    if key.kind == "annotation":
        quote = shorten(legible(" … ".join(each["quote"] for each in content["fragment"])), 80)
        names = [code.name for code in frame.codebook.codes if code.id == row["code_id"]]
        said = [f"{names[0] if names else 'a code'} “{quote}” in “{title}”"]
        said += [f"{frame.question(each['attribute_id'])} {each['content']}" for each in content["answer"]]
        said += [f"memo “{shorten(legible(row['memo']))}”"] if row["memo"] else []
        return ", ".join(said)
    if key.kind == "review":
        notes = f", notes “{shorten(legible(row['notes']))}”" if row["notes"] else ""
        return f"“{title}” {'done' if row['done'] else 'not done'}{notes}"
    if key.kind == "variable":
        return f"{frame.question(row['attribute_id'])} {row['content']} for “{title}”"
    return f"{key.kind} {shorten(legible(row['name']))}"
