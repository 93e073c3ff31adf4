"""Codebook files in and out: the one door through which every format goes."""

import os
import tempfile
from pathlib import Path

from pydantic_core import PydanticSerializationError

from app.domain.answers import check_defaults
from app.domain.codebook import Codebook
from app.domain.errors import UserError
from app.exchange.codebook_csv import CsvCodebook
from app.exchange.codebook_html import GENERATOR, HtmlCodebook, PdfCodebook
from app.exchange.codebook_json import JsonCodebook
from app.exchange.codebook_qdc import QdcCodebook
from app.exchange.codebook_yaml import YamlCodebook
from app.exchange.formats import CodebookFormat, CodebookReading, Press

CODEBOOK_FORMATS: tuple[CodebookFormat, ...] = (
    YamlCodebook(),
    JsonCodebook(),
    CsvCodebook(),
    QdcCodebook(),
    HtmlCodebook(),
    PdfCodebook(),
)

_LARGEST = 10_000_000
"""Bytes of a codebook file; real ones have some thousands."""

_HEAD = 400
"""Bytes at the start of a file on which it is recognised."""


def codebook_format(name: str) -> CodebookFormat:
    """Return a format of codebook files by name; UserError if there is none."""
    for each in CODEBOOK_FORMATS:
        if each.name == name:
            return each
    known = ", ".join(each.name for each in CODEBOOK_FORMATS)
    raise UserError(f"“{name}” is not a format of codebooks; these are: {known}.")


def format_of(path: Path, format_name: str = "") -> CodebookFormat:
    """Return the format of a file, by the name that was given or else by its ending; UserError for neither."""
    if format_name:
        return codebook_format(format_name)
    for each in CODEBOOK_FORMATS:
        if path.suffix.lower() in each.extensions:
            return each
    known = " ".join(extension for each in CODEBOOK_FORMATS for extension in each.extensions)
    raise UserError(f"{path.name} has no ending of a codebook file; these are: {known}.")


def read_codebook(path: Path, known: Codebook | None = None, format_name: str = "") -> CodebookReading:
    """Read a codebook file for a project whose codebook is `known`.

    Raises UserError with the name of the file and, where it can be said, the place in it.
    """
    chosen = format_of(path, format_name)
    if not chosen.can_read:
        raise UserError(
            f"{path.name} cannot be imported: {chosen.title} is for paper. Export YAML or CSV too."
        )
    try:
        if path.stat().st_size > _LARGEST:
            raise UserError(f"{path.name} is far too large for a codebook.")
        reading = chosen.read(path.read_bytes(), known or Codebook())
        check_defaults(reading.codebook)
        reading.codebook.model_dump_json()  # Raises for half of a character, which no project can keep.
    except OSError as error:
        raise UserError(f"{path.name} cannot be read: {error.strerror}.") from error
    except PydanticSerializationError as error:
        raise UserError(
            f"{path.name} holds half of a character (a lone surrogate). Write it whole."
        ) from error
    except RecursionError as error:
        raise UserError(f"{path.name} is nested far too deeply for a codebook.") from error
    except UserError as error:
        sentence = str(error)
        raise UserError(sentence if path.name in sentence else f"{path.name}: {sentence}") from error
    return reading


def save_codebook(codebook: Codebook, target: Path, press: Press, format_name: str = "") -> tuple[str, ...]:
    """Write a codebook file, which replaces an older one, whole or not at all; returns what it does not hold.

    Raises UserError if anything else is there, the format cannot hold the codebook, or the disk refuses.
    """
    chosen = format_of(target, format_name)
    staging = ""
    try:
        if target.exists() and not _may_be_replaced(target, chosen):
            raise UserError(f"{target} is there already and is not a codebook file. Choose another name.")
        data = chosen.write(codebook, press)
        handle, staging = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(staging).chmod(0o644)
        Path(staging).replace(target)
    except OSError as error:
        raise UserError(f"{target} cannot be written: {error.strerror}.") from error
    finally:
        if staging:
            Path(staging).unlink(missing_ok=True)
    return chosen.losses(codebook)


def _may_be_replaced(target: Path, chosen: CodebookFormat) -> bool:
    """Tell whether what is there is an older codebook file of this format."""
    if target.suffix.lower() not in chosen.extensions:
        return False
    marks = {"pdf": b"%PDF-", "html": GENERATOR.encode(), "csv": b"definition"}
    if chosen.name in marks:
        # Any table with a column of titles could be read as a codebook.
        with target.open("rb") as file:
            return marks[chosen.name] in file.read(_HEAD)
    try:
        read_codebook(target, None, chosen.name)
    except UserError:
        return False
    return True
