"""The smallest file of every format that articles come in, made where it is read: the self-test brings none along."""

import json
from pathlib import Path

from app.exchange.formats import Press, Printout, Section

_BODY = (
    "The minister said that the gate would open before winter. Aid groups called the camp unfit for children, "
    "and pickers said that they had not been paid since May."
)


def write_source(name: str, target: Path, press: Press) -> None:
    """Write a file with one article of a format, in words that no other format's file has."""
    title = f"What the minister said in {name}"
    text = f"{title}. {_BODY}"
    match name:
        case "csv" | "tsv":
            comma = "\t" if name == "tsv" else ";"
            rows = (("title", "date", "text"), (title, "2025-05-12", f'"{text}"'))
            target.write_text("".join(f"{comma.join(row)}\n" for row in rows), encoding="utf-8")
        case "jsonl":
            target.write_text(json.dumps({"title": title, "text": text}) + "\n", encoding="utf-8")
        case "xlsx":
            _workbook(title, text, target)
        case "docx":
            _word(title, text, target)
        case "pdf":
            section = Section("a", 0, title, "", "", "#0072B2", 0, f"<p>{text}</p>")
            target.write_bytes(press(Printout(title, "", (section,))))
        case "html":
            page = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>"
            paragraphs = "".join(f"<p>{text}</p>" for _ in range(3))
            target.write_text(f"{page}{paragraphs}</article></body></html>", encoding="utf-8")
        case _:
            # An encoding older than Unicode, so that recognising it is tried as well.
            target.write_text(f"{title}\n\n{text} Žena z Hořic říkala, že přijede.", encoding="cp1250")


def _workbook(title: str, text: str, target: Path) -> None:
    import openpyxl  # Like the next one, loaded where such a file is made.

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(("title", "text"))
    sheet.append((title, text))
    book.save(target)


def _word(title: str, text: str, target: Path) -> None:
    import docx

    document = docx.Document()
    document.add_heading(title)
    document.add_paragraph(text)
    document.save(str(target))
