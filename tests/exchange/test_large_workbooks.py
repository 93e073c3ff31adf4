"""Workbooks that were made to fill the memory are refused before openpyxl sees them."""

import random

import openpyxl
import pytest

from app.domain.errors import UserError
from app.domain.progress import unheard
from app.exchange.formats import AS_FOUND
from app.exchange.registry import article_format_for
from tests.papers import changed


def read(path):
    return article_format_for(path).read(path, AS_FOUND, unheard)


def refusal(path):
    with pytest.raises(UserError) as caught:
        read(path)
    return str(caught.value)


@pytest.fixture
def sheet(tmp_path):
    """A workbook with one article."""
    book = openpyxl.Workbook()
    for row in (["text"], ["words"]):
        book.active.append(row)
    book.save(tmp_path / "t.xlsx")
    return tmp_path / "t.xlsx"


STRINGS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"


@pytest.mark.parametrize("name", ["xl/sharedStrings.xml", "xl/worksheets/hidden.bin"])
def test_texts_of_a_workbook_that_would_fill_the_memory_are_refused_before_they_are_read(sheet, name):
    chance = random.Random(1)
    noise = chance.randbytes(30_000).hex().encode()
    declared = f'<Override PartName="/{name}" ContentType="{STRINGS}"/></Types>'.encode()
    changed(sheet, "[Content_Types].xml", lambda data: data.replace(b"</Types>", declared))
    strings = b"<sst><!--" + noise + b"-->" + b"<si/>" * 41_000
    changed(sheet, name, lambda _: strings * 100 + b"</sst>")
    assert refusal(sheet) == "its text has more than 4,000,000 tags; that many can be read, so split it."


def test_styles_that_would_fill_the_memory_are_refused_before_they_are_read(sheet):
    letters = random.Random(1).randbytes(300_000).hex().encode()
    changed(
        sheet, "xl/styles.xml", lambda data: data.replace(b"<fonts", b"<!--" + letters * 52 + b"--><fonts", 1)
    )
    assert refusal(sheet) == "its text unpacks to 31 MB; up to 30 MB can be read, so split it."
