"""Which formats there are."""

from pathlib import Path

from app.domain.errors import UserError
from app.exchange.analysis_csv import AnalysisCsv
from app.exchange.brat_read import BratReader
from app.exchange.brat_write import BratExport
from app.exchange.delimited import DelimitedTable
from app.exchange.docx_file import WordDocument
from app.exchange.formats import ArticleFormat, CodedFormat, ProjectFormat
from app.exchange.html import WebPage
from app.exchange.jsonl import JsonLines
from app.exchange.pdf import PdfFile
from app.exchange.project_jsonl import ProjectJsonl
from app.exchange.text_file import TextFile
from app.exchange.xlsx import Workbook

ARTICLE_FORMATS: tuple[ArticleFormat, ...] = (
    TextFile(),
    DelimitedTable("csv", "CSV table", (".csv",)),
    DelimitedTable("tsv", "TSV table", (".tsv", ".tab")),
    JsonLines(),
    Workbook(),
    WordDocument(),
    PdfFile(),
    WebPage(),
)

_WAYS_OUT = {
    ".doc": "an old Word document; save it as .docx",
    ".rtf": "an RTF document; save it as .docx",
    ".odt": "an OpenDocument text; save it as .docx",
    ".xls": "an old Excel workbook; save it as .xlsx",
    ".ods": "an OpenDocument table; save it as .xlsx",
    ".mht": "a web archive; save the page as “Web page, HTML only”",
    ".mhtml": "a web archive; save the page as “Web page, HTML only”",
    ".zip": "an archive; unpack it and import the folder",
    ".epub": "a book; save it as text",
    ".rubric": "a project; open it with File > Open project",
}
"""What people have instead of what can be read, and what they can do."""

PROJECT_FORMATS: tuple[ProjectFormat, ...] = (AnalysisCsv(), ProjectJsonl(), BratExport())


CODED_FORMATS: tuple[CodedFormat, ...] = (BratReader(),)


def coded_format(name: str) -> CodedFormat | None:
    """Return a format that brings coded articles, by name; None if there is none."""
    return next((each for each in CODED_FORMATS if each.name == name), None)


def coded_format_of(path: Path) -> CodedFormat | None:
    """Return the format of which a file or folder looks to be a source of coded articles; None if of none."""
    return next((each for each in CODED_FORMATS if each.recognises(path)), None)


def article_format(name: str) -> ArticleFormat:
    """Return a format that articles come in, by name; UserError if there is none."""
    for each in ARTICLE_FORMATS:
        if each.name == name:
            return each
    known = ", ".join(each.name for each in (*ARTICLE_FORMATS, *CODED_FORMATS))
    raise UserError(f"“{name}” is not a format to import; these are: {known}.")


def article_format_for(path: Path) -> ArticleFormat:
    """Return the format of a file by its ending; UserError for an ending that none has."""
    ending = path.suffix.lower()
    for each in ARTICLE_FORMATS:
        if ending in each.extensions:
            return each
    if ending in _WAYS_OUT:
        raise UserError(f"this is {_WAYS_OUT[ending]}.")
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
