"""Which code or question of a project a file means: by id, and by its path only where the file gives no id."""

from collections.abc import Iterable
from uuid import UUID

from app.domain.codebook import Codebook
from app.domain.errors import UserError
from app.domain.ids import AttributeId, CodeId, new_id

Path = tuple[str, ...]


class Identities:
    """Gives the codes and questions of one file their ids: those in the file, those of the project, or new ones."""

    def __init__(self, known: Codebook) -> None:
        self._any_known = bool(known.codes or known.variables)
        self._colours = {code.id: code.colour for code in known.codes}
        self._codes: dict[Path, str] = {}
        self._questions: dict[tuple[Path, str], str] = {}
        for code in known.codes:
            path = _folded([each.name for each in known.path(code.id)])
            self._codes[path] = code.id
            for attribute in code.attributes:
                self._questions[path, attribute.name.casefold()] = attribute.id
        for variable in known.variables:
            self._questions[(), variable.name.casefold()] = variable.id
        self._matched = self._made = 0

    def claim(self, given: Iterable[str]) -> None:
        """Note the ids that the file gives: what they name can be meant by no path besides."""
        claimed = {_canonical(each) for each in given if each}
        self._codes = {path: each for path, each in self._codes.items() if each not in claimed}
        self._questions = {path: each for path, each in self._questions.items() if each not in claimed}

    def code(self, given: str, path: Path) -> CodeId:
        """Return the id of a code with the names from its layer down to its own."""
        return CodeId(_canonical(given) if given else self._found(self._codes.pop(_folded(path), "")))

    def colour(self, code_id: CodeId, spare: str) -> str:
        """Return the colour that a code has in the project, for a file that gives none; `spare` if it is new."""
        return self._colours.get(code_id, spare)

    def question(self, given: str, path: Path, name: str) -> AttributeId:
        """Return the id of a question on the code with that path; an article variable has the empty path."""
        if given:
            return AttributeId(_canonical(given))
        return AttributeId(self._found(self._questions.pop((_folded(path), name.casefold()), "")))

    def notes(self) -> tuple[str, ...]:
        """Say what was matched by its path or made anew; nothing where there was nothing to match."""
        if not self._any_known:
            return ()
        notes: list[str] = []
        if self._matched:
            notes.append(
                f"{_some(self._matched)} without an id in the file {_be(self._matched)} matched to the project's "
                "by path and name"
            )
        if self._made:
            notes.append(f"{_some(self._made)} without an id in the file {_be(self._made)} made new")
        return tuple(notes)

    def _found(self, known: str) -> str:
        if known:
            self._matched += 1
        else:
            self._made += 1
        return known or new_id()


def _folded(path: Iterable[str]) -> Path:
    return tuple(name.strip().casefold() for name in path)


def _canonical(given: str) -> str:
    """Return an id as it is written here; other programs write it in capitals, some in braces."""
    try:
        return str(UUID(given.strip()))
    except ValueError:
        raise UserError(f"“{given}” is not an id: leave ids out, or copy them from an export.") from None


def _some(count: int) -> str:
    return "1 code or question" if count == 1 else f"{count} codes and questions"


def _be(count: int) -> str:
    return "was" if count == 1 else "were"
