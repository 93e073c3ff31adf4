"""Word documents: one file, one article, or a download from a news database with many."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from app.domain.articles import Draft, canonical, legible, title_from
from app.domain.errors import UserError
from app.domain.progress import Progress
from app.exchange.docx_text import Word, words_of
from app.exchange.formats import Reading, ReadOptions
from app.exchange.news_export import take_apart
from app.exchange.office import DAMAGED, opened, part

_KIND = "Word document (.docx)"
_TITLE_AMONG = 5
"""Paragraphs at the beginning among which a title stands."""

_OWN_WORDS = {"title": "file title", "creator": "file author", "created": "file created"}


class WordDocument:
    """Reads the paragraphs and tables of a document in their order; heads and feet of pages are left out."""

    name = "docx"
    title = "Word document"
    extensions = (".docx", ".docm")
    takes_mapping = False
    takes_encoding = False

    def read(self, path: Path, options: ReadOptions, progress: Progress) -> Reading:
        """Read the document; raises UserError if it is none, is locked or holds no text."""
        with opened(path, _KIND) as archive:
            try:
                word, properties = _read(archive, progress)
            except DAMAGED as error:
                raise UserError(f"this is no {_KIND}, or it is damaged.") from error
        text, changed = canonical("\n".join(word.lines).strip("\n"))
        if not text.strip():
            raise UserError("the document holds no text, only pictures perhaps.")
        whole = Draft(
            text=legible(text),
            title=_title(word, properties.get("file title", "")) or title_from(text),
            reference=legible(path.stem),
            metadata={key: legible(value) for key, value in properties.items() if value},
        )
        taken = take_apart(whole, options)
        return Reading(
            drafts=taken.drafts,
            encoding="",
            notes=(*changed, *word.notes(), *taken.notes),
            problems=taken.problems,
            parts=taken.parts,
            split=taken.split,
            otherwise=taken.otherwise,
        )


def _read(archive: ZipFile, progress: Progress) -> tuple[Word, dict[str, str]]:
    document = part(archive, "word/document.xml")
    body = document[0] if document is not None and len(document) else None
    if body is None:
        raise UserError(f"this is no {_KIND}, or it is damaged.")
    notes = (part(archive, "word/footnotes.xml"), part(archive, "word/endnotes.xml"))
    word = words_of(body, notes, progress)
    return word, dict(_properties(part(archive, "docProps/core.xml")))


def _properties(core: Element | None) -> Iterator[tuple[str, str]]:
    """Yield what the file says of itself, under names that nobody takes for what is known of the article.

    Whoever saved a document is not who wrote the article, and the day of saving is not that of the article.
    """
    for each in core if core is not None else ():
        name = _OWN_WORDS.get(each.tag.rpartition("}")[2], "")
        if name and each.text and each.text.strip():
            yield name, " ".join(each.text.split())


def _title(word: Word, said: str) -> str:
    """Return a title that is styled as one or that the file states and the text bears out; else nothing."""
    first = [line for line in word.lines if line.strip()][:_TITLE_AMONG]
    if word.heading and word.heading in first:
        return " ".join(word.heading.split())
    plain = [" ".join(line.split()).casefold() for line in first]
    return said if said and said.casefold() in plain else ""
