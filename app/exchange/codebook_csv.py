"""Codebooks as a table for people with a spreadsheet: a row for every code, attribute and article variable."""

import csv
import io
from collections.abc import Sequence

from app.domain.codebook import Attribute, Code, Codebook
from app.exchange.codebook_cells import BETWEEN, default_cell, guarded, joined, path_cell
from app.exchange.codebook_identities import Identities
from app.exchange.codebook_rows import COLUMNS, read_rows
from app.exchange.codebook_table import TableReader
from app.exchange.formats import CodebookReading, Press


class CsvCodebook:
    """Reads and writes codebooks as CSV; also reads tables that people made themselves."""

    name = "csv"
    title = "CSV table"
    about = "Everything, a row for each code and question, for Excel and other spreadsheets."
    extensions = (".csv",)
    can_read = True
    can_write = True

    def read(self, data: bytes, known: Codebook) -> CodebookReading:
        """Read a table; UserError with the row where something is wrong.

        Columns that are not in the file leave codes of the project as they are.
        """
        table = read_rows(data)
        identities = Identities(known)
        reader = TableReader(table.columns, identities, known)
        codebook = reader.codebook(table.rows)
        return CodebookReading(codebook, (*table.notes, *reader.notes, *identities.notes()))

    def write(self, codebook: Codebook, press: Press) -> bytes:
        """Return a codebook as CSV as Excel takes it: UTF-8 with a byte order mark, comma, CR LF.

        Reading it again gives an equal codebook.
        """
        del press
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\r\n")
        writer.writeheader()
        writer.writerow({"row": "codebook", "name": guarded(codebook.name), "version": str(codebook.version)})
        for _depth, code in codebook.walk():
            path = path_cell([each.name for each in codebook.path(code.id)])
            writer.writerow(_code_cells(code, path))
            writer.writerows(_question_cells(each, "attribute", path) for each in code.attributes)
        writer.writerows(_question_cells(each, "variable", "") for each in codebook.variables)
        return b"\xef\xbb\xbf" + text.getvalue().encode()

    def losses(self, codebook: Codebook) -> tuple[str, ...]:
        """The table holds everything."""
        del codebook
        return ()


def _code_cells(code: Code, path: str) -> dict[str, str]:
    return {
        "row": "code",
        "path": guarded(path),
        "name": guarded(code.name),
        "colour": code.colour,
        "shortcut": code.shortcut,
        "definition": guarded(code.definition),
        "when": guarded(code.when),
        "when not": guarded(code.when_not),
        "examples": _list(code.examples, "\n"),
        "exclusive": "yes" if code.exclusive else "",
        "id": code.id,
    }


def _question_cells(attribute: Attribute, row: str, path: str) -> dict[str, str]:
    return {
        "row": row,
        "path": guarded(path),
        "name": guarded(attribute.name),
        "kind": attribute.kind.value,
        "required": "yes" if attribute.required else "",
        "default": default_cell(attribute.default),
        "help": guarded(attribute.help),
        "choices": _list(attribute.choices, BETWEEN),
        "targets": _list(attribute.targets, BETWEEN),
        "id": attribute.id,
    }


def _list(items: Sequence[str], between: str) -> str:
    return guarded(joined(items, between))
