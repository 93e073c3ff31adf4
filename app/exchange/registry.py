"""Which formats there are."""

from pathlib import Path

from app.domain.errors import UserError
from app.exchange.analysis_csv import AnalysisCsv
from app.exchange.codebook_csv import CsvCodebook
from app.exchange.codebook_html import HtmlCodebook, PdfCodebook
from app.exchange.codebook_json import JsonCodebook
from app.exchange.codebook_qdc import QdcCodebook
from app.exchange.codebook_yaml import YamlCodebook
from app.exchange.delimited import DelimitedTable
from app.exchange.formats import ArticleFormat, CodebookFormat, ProjectFormat
from app.exchange.jsonl import JsonLines
from app.exchange.project_jsonl import ProjectJsonl
from app.exchange.text_file import TextFile

ARTICLE_FORMATS: tuple[ArticleFormat, ...] = (
    TextFile(),
    DelimitedTable("csv", "CSV table", (".csv",)),
    DelimitedTable("tsv", "TSV table", (".tsv", ".tab")),
    JsonLines(),
)

PROJECT_FORMATS: tuple[ProjectFormat, ...] = (AnalysisCsv(), ProjectJsonl())

CODEBOOK_FORMATS: tuple[CodebookFormat, ...] = (
    YamlCodebook(),
    JsonCodebook(),
    CsvCodebook(),
    QdcCodebook(),
    HtmlCodebook(),
    PdfCodebook(),
)


def article_format(name: str) -> ArticleFormat:
    """Return a format that articles come in, by name; UserError if there is none."""
    for each in ARTICLE_FORMATS:
        if each.name == name:
            return each
    known = ", ".join(each.name for each in ARTICLE_FORMATS)
    raise UserError(f"“{name}” is not a format to import; these are: {known}.")


def article_format_for(path: Path) -> ArticleFormat:
    """Return the format of a file by its ending; UserError for an ending that none has."""
    ending = path.suffix.lower()
    for each in ARTICLE_FORMATS:
        if ending in each.extensions:
            return each
    known = " ".join(extension for each in ARTICLE_FORMATS for extension in each.extensions)
    what = f"files ending in {ending}" if ending else "files without an ending"
    raise UserError(f"{what} cannot be imported; these can: {known}.")


def project_format(name: str) -> ProjectFormat:
    """Return a format that a project is written to, by name; UserError if there is none."""
    for each in PROJECT_FORMATS:
        if each.name == name:
            return each
    known = ", ".join(each.name for each in PROJECT_FORMATS)
    raise UserError(f"“{name}” is not a format to export; these are: {known}.")


def codebook_format(name: str) -> CodebookFormat:
    """Return a format of codebook files by name; UserError if there is none."""
    for each in CODEBOOK_FORMATS:
        if each.name == name:
            return each
    known = ", ".join(each.name for each in CODEBOOK_FORMATS)
    raise UserError(f"“{name}” is not a format of codebooks; these are: {known}.")


def codebook_format_for(path: Path) -> CodebookFormat:
    """Return the format of a codebook file by its ending; UserError for an ending that none has."""
    for each in CODEBOOK_FORMATS:
        if path.suffix.lower() in each.extensions:
            return each
    known = " ".join(extension for each in CODEBOOK_FORMATS for extension in each.extensions)
    raise UserError(f"{path.name} has no ending of a codebook file; these are: {known}.")
