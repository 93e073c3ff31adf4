"""Saved web pages: the article of a page, without menus, banners and comments."""

import logging
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial
from pathlib import Path
from typing import Any

from app.domain.articles import Draft, canonical, legible, title_from
from app.domain.counting import counted
from app.domain.errors import UserError
from app.domain.progress import Progress
from app.exchange.encodings import check_encoding, decode, read_bytes
from app.exchange.formats import Reading, ReadOptions

_LARGEST = 30_000_000
_MOST_TAGS = 100_000
"""trafilatura cannot be stopped, only be left behind, and its time grows faster than a page: 7 seconds for as many,
25 for twice as many. Front pages have some ten thousand."""

_MOST_SIGNS = 5_000_000
"""Besides pictures in the file: in one paragraph they take 900 MB of memory, twice as many 1,800."""

_PICTURE = re.compile(r"(?<=[\"'(=])data:[\w/+.;=-]{1,100};base64,[A-Za-z0-9+/=]*+")
_HEAD = 4_096
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_XML = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_TAG = re.compile(r"<(?:html|head|body|div|p|article|meta|title|!doctype)\b", re.IGNORECASE)
_ARCHIVE = re.compile(rb"^(?:From: <Saved by|MIME-Version:)", re.MULTILINE)
_TOLD_EVERY = 0.1
"""Seconds between two looks at whether somebody wants to stop."""

_FEW = 40
"""Words below which somebody should look whether it is the article."""

_LATIN = {"iso8859-1": "cp1252", "ascii": "cp1252"}
"""What browsers read for what pages say: the older names mean the Windows encoding."""


class WebPage:
    """Reads the article of a saved page, with what the page says of title, author, day and site."""

    name = "html"
    title = "Saved web page"
    extensions = (".html", ".htm", ".xhtml")
    takes_mapping = False
    takes_encoding = True

    def read(self, path: Path, options: ReadOptions, progress: Progress) -> Reading:
        """Read one article; raises UserError if the page holds none or is no page."""
        data = read_bytes(path, _LARGEST)
        if _ARCHIVE.search(data[:1_000]):
            raise UserError("this is a web archive (.mht); save the page as “Web page, HTML only” instead.")
        progress(0, 2)
        page, encoding, said = _decoded(data, options.encoding)
        if not _TAG.search(page):
            raise UserError("this is no web page: it holds no HTML.")
        _check_size(page)
        found = _waited_for(partial(_extracted, page), lambda: progress(1, 2))
        progress(2, 2)
        text, changed = canonical(legible(str((found and found.text) or "")))
        if not text.strip():
            raise UserError(
                "no article was found on this page. It may be a list of articles, or one that is filled in by "
                "scripts; copy the text from the browser and save it as a text file."
            )
        meta = {name: " ".join(legible(str(getattr(found, name, None) or "")).split()) for name in _METADATA}
        draft = Draft(
            text=text,
            title=meta["title"] or title_from(text),
            source=meta["sitename"] or meta["hostname"],
            date=meta["date"],
            url=meta["url"],
            author=meta["author"],
            reference=legible(path.stem),
            metadata={"description": meta["description"]} if meta["description"] else {},
        )
        problems = [f"the article has only {counted(len(text.split()), 'word')}; look whether it is all"] * (
            len(text.split()) < _FEW and not re.search("[\u3040-\u9fff\uac00-\ud7af\u0e00-\u0eff]", text)
        )
        return Reading(drafts=(draft,), encoding=encoding, notes=(*said, *changed), problems=tuple(problems))


_METADATA = ("title", "author", "date", "url", "sitename", "hostname", "description")


def _decoded(data: bytes, chosen: str) -> tuple[str, str, tuple[str, ...]]:
    """Return the page, its encoding, and a note: what was chosen, else what the page says, else what is recognised."""
    said = "" if chosen else _said(data)
    if said:
        try:
            text, name = decode(data, said)
            return text, name, ()
        except UserError:
            text, name = decode(data)
            return text, name, (f"the page says it is {said}, which it is not",)
    text, name = decode(data, chosen)
    return text, name, ()


def _said(data: bytes) -> str:
    """Return the encoding that a page states; nothing if it states none, or a mark at its beginning knows better."""
    if data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return ""
    hit = _XML.search(data[:_HEAD]) or _CHARSET.search(data[: 4 * _HEAD])
    try:
        name = check_encoding(hit[1].decode("ascii")) if hit else ""
    except UserError:
        return ""
    # A page that can say so in ASCII is in no encoding with two bytes a letter.
    return "" if name.startswith(("utf-16", "utf-32")) else _LATIN.get(name, name)


def _check_size(page: str) -> None:
    """Raise UserError for a page that would keep the machine busy for minutes, or fill its memory."""
    tags, signs = page.count("<"), len(_PICTURE.sub("", page))
    for count, most, words in ((tags, _MOST_TAGS, "tags"), (signs, _MOST_SIGNS, "characters")):
        if count > most:
            raise UserError(
                f"the page has {count:,} {words}; up to {most:,} can be read. "
                "Copy the article from the browser and save it as a text file."
            )


def _waited_for(work: Callable[[], Any], tell: Callable[[], None]) -> Any:
    """Return what some work gives that cannot be stopped, while `tell` says now and then that it goes on.

    What `tell` raises is raised at once; the work is left to come to its end by itself, and what it gives is dropped.
    """
    executor = ThreadPoolExecutor(1)
    try:
        done = executor.submit(work)
        while not done.done():
            tell()
            wait((done,), timeout=_TOLD_EVERY)
        return done.result()
    finally:
        executor.shutdown(wait=False)


def _extracted(page: str) -> Any:
    """Return what trafilatura takes for the article, or None."""
    import trafilatura

    log = logging.getLogger("trafilatura")
    log.setLevel(logging.CRITICAL)  # It reports on pages without articles; we say that ourselves.
    extract: Any = trafilatura.bare_extraction
    return extract(
        page,
        include_comments=False,
        include_tables=True,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
