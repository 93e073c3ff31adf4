"""The word list as a plain text file: one term a line, `/…/` is a regular expression."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from app.domain.errors import UserError
from app.domain.ids import TermId, new_id
from app.domain.words import MOST_TERMS, TERM_COLOURS, Term, check_term
from app.exchange.encodings import decode, read_bytes

_LARGEST = 1_000_000
_ESCAPED = frozenset(r"\.^$*+?{}[]|()/")


def read_words(path: Path, after: int = 0) -> tuple[Term, ...]:
    """Return the terms of a file; a plain text is a whole word, an expression need not be.

    They are coloured in turn, going on `after` so many terms that are there already.

    Raises UserError that names the line of a broken expression, or says why the file cannot be read.
    """
    try:
        text = decode(read_bytes(path, _LARGEST)).text
    except OSError as error:
        raise UserError(f"{path.name} cannot be read: {error.strerror}.") from error
    except UserError as error:
        raise UserError(f"{path.name} was not imported: {error}") from error
    terms: list[Term] = []
    for number, line in enumerate(_lines(text), start=1):
        if not line.strip():
            continue
        if len(terms) == MOST_TERMS:
            raise UserError(f"{path.name} has more than {MOST_TERMS} terms. Take some of them out.")
        try:
            term = _term(line.strip(), TERM_COLOURS[(after + len(terms)) % len(TERM_COLOURS)])
            check_term(term)
        except ValidationError as error:
            reason = str(error.errors()[0]["msg"])
            raise UserError(f"{path.name}, line {number}: {reason}. Correct the line.") from error
        except UserError as error:
            raise UserError(f"{path.name}, line {number}: {error}") from error
        terms.append(term)
    return tuple(terms)


def write_words(terms: Sequence[Term], path: Path) -> None:
    """Write the terms to a file in UTF-8; UserError if the disk refuses."""
    try:
        path.write_text("".join(f"{_line(term)}\n" for term in terms), encoding="utf-8", newline="\n")
    except OSError as error:
        raise UserError(f"{path.name} cannot be written: {error.strerror}.") from error


def _lines(text: str) -> list[str]:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _term(line: str, colour: str) -> Term:
    regular = _is_expression(line)
    pattern = line[1:-1] if regular else line
    return Term(id=TermId(new_id()), pattern=pattern, regular=regular, whole_words=not regular, colour=colour)


def _line(term: Term) -> str:
    if term.regular:
        return f"/{term.pattern}/"
    if not _is_expression(term.pattern.strip()):
        return term.pattern
    # A plain text between strokes is written as the expression that finds it.
    return "/" + "".join(f"\\{each}" if each in _ESCAPED else each for each in term.pattern) + "/"


def _is_expression(line: str) -> bool:
    return len(line) > 2 and line.startswith("/") and line.endswith("/")
