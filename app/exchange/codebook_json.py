"""Codebooks as JSON, for programs."""

import json
from typing import Any

from app.domain.codebook import Codebook
from app.domain.errors import UserError
from app.exchange.codebook_identities import Identities
from app.exchange.codebook_model import SCHEMA_NAME, from_raw, to_raw
from app.exchange.formats import CodebookReading, Press


class JsonCodebook:
    """Reads and writes codebooks as JSON; the same values as in YAML."""

    name = "json"
    title = "JSON"
    about = "Everything, for programs; it names its schema."
    extensions = (".json",)
    can_read = True
    can_write = True

    def read(self, data: bytes, known: Codebook) -> CodebookReading:
        """Read JSON; UserError with the line, or with the path to the entry, where something is wrong."""
        try:
            raw: Any = json.loads(data.decode(json.detect_encoding(data)), parse_constant=_refuse)
        except UnicodeDecodeError as error:
            raise UserError("this is not UTF-8 text. Save it as UTF-8 and try again.") from error
        except json.JSONDecodeError as error:
            raise UserError(f"this is not valid JSON in line {error.lineno}: {error.msg}.") from error
        except ValueError as error:  # Numbers with more digits than Python reads.
            raise UserError(f"this is not valid JSON ({error}).") from error
        identities = Identities(known)
        return CodebookReading(from_raw(raw, identities), identities.notes())

    def write(self, codebook: Codebook, press: Press) -> bytes:
        """Return a codebook as JSON in UTF-8; reading it again gives an equal codebook."""
        del press
        raw = {"$schema": SCHEMA_NAME, **to_raw(codebook)}
        return (json.dumps(raw, ensure_ascii=False, indent=2) + "\n").encode()

    def losses(self, codebook: Codebook) -> tuple[str, ...]:
        """JSON holds everything."""
        del codebook
        return ()


def _refuse(word: str) -> Any:
    raise ValueError(f"{word} is not a number")
