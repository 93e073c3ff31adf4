"""REFI-QDA codebooks (.qdc), by which programs for qualitative analysis hand codes to each other."""

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from app import __version__
from app.domain.codebook import Attribute, Code, Codebook
from app.domain.counting import counted
from app.domain.errors import UserError
from app.exchange.codebook_description import Description, one_text, taken_apart
from app.exchange.codebook_identities import Identities
from app.exchange.codebook_model import (
    DEEPEST,
    MOST_ENTRIES,
    CodebookEntry,
    CodeEntry,
    from_entry,
    problem_in_words,
    too_deep,
    too_many,
)
from app.exchange.formats import CodebookReading, Press

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_NAMESPACE = "urn:QDA-XML:codebook:1.0"
_PROGRAM = "Rubricator"
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SHORT_COLOUR = re.compile("#([0-9a-fA-F])([0-9a-fA-F])([0-9a-fA-F])")
_IN_TEXT = {"\r": "&#13;"}
_IN_ATTRIBUTES = {**_IN_TEXT, "\n": "&#10;", "\t": "&#9;"}
_MOST_NAMED = 3


class QdcCodebook:
    """Reads and writes codes with names, colours, descriptions and nesting; a top-level code is a layer."""

    name = "qdc"
    title = "REFI-QDA codebook"
    about = "Codes with descriptions and colours, for NVivo, MAXQDA, ATLAS.ti, QualCoder and others."
    extensions = (".qdc",)
    can_read = True
    can_write = True

    def read(self, data: bytes, known: Codebook) -> CodebookReading:
        """Read codes; UserError with the line where it is no XML, or none that a codebook needs.

        Questions and shortcuts of codes that the project has stay as they are, for the format has none.
        """
        root = _root(data)
        elements = [each for each in root.iter() if _tag(each) == "Code"]
        if not elements:
            raise UserError("this holds no codes.")
        if len(elements) > MOST_ENTRIES:
            raise too_many()
        ours = root.get("origin", "").startswith(_PROGRAM)
        identities = Identities(known)
        entry = CodebookEntry(
            name=known.name,
            version=known.version,
            codes=tuple(_entries(_child(root, "Codes"), ours, 1)),
        )
        read = from_entry(entry, identities)
        codebook = _with_known(read, known)
        return CodebookReading(
            codebook, (*_left_aside(root, elements), *_kept(codebook), *identities.notes())
        )

    def write(self, codebook: Codebook, press: Press) -> bytes:
        """Return the codes as XML in UTF-8; UserError for a codebook without any, which the format forbids."""
        del press
        if not codebook.codes:
            raise UserError("This codebook has no codes, and a .qdc file must have one. Add a code first.")
        lines = [
            '<?xml version="1.0" encoding="utf-8"?>',
            f'<CodeBook xmlns="{_NAMESPACE}" origin="{_PROGRAM} {__version__}">',
            "  <Codes>",
            *(line for layer in codebook.layers() for line in _element(codebook, layer, "    ")),
            "  </Codes>",
            "</CodeBook>",
        ]
        return ("\n".join(lines) + "\n").encode()

    def losses(self, codebook: Codebook) -> tuple[str, ...]:
        """Count what there is no room for."""
        codes = codebook.codes
        counts = (
            (sum(len(code.attributes) for code in codes), "attribute", "attributes"),
            (len(codebook.variables), "article variable", "article variables"),
            (sum(bool(code.shortcut) for code in codes), "shortcut", "shortcuts"),
            (sum(code.exclusive for code in codes), "layer’s exclusiveness", "layers’ exclusiveness"),
        )
        lost = [f"{count} {one if count == 1 else many}" for count, one, many in counts if count]
        lost.append(
            f"the name and version of the codebook ({codebook.name or 'without a name'}, {codebook.version})"
        )
        losses = [f"A .qdc file has no room for {', '.join(lost)}."]
        if broken := [code.name for code in codes if any(map(_UNWRITABLE.search, _texts(code)))]:
            losses.append(
                f"XML has no room for the control characters in {_named(broken)}; “\ufffd” stands there."
            )
        return tuple(losses)


def _texts(code: Code) -> tuple[str, ...]:
    return (code.name, code.definition, code.when, code.when_not, *code.examples)


def _element(codebook: Codebook, code: Code, margin: str) -> Iterator[str]:
    text = one_text(Description(code.definition, code.when, code.when_not, code.examples))
    below = [each for each in codebook.codes if each.parent == code.id]
    name = _escaped(code.name, _IN_ATTRIBUTES)
    start = f'{margin}<Code guid="{code.id.upper()}" name="{name}" isCodable="true" color="{code.colour}"'
    if not text and not below:
        yield f"{start}/>"
        return
    yield f"{start}>"
    if text:
        yield f"{margin}  <Description>{_escaped(text, _IN_TEXT)}</Description>"
    for each in below:
        yield from _element(codebook, each, margin + "  ")
    yield f"{margin}</Code>"


def _escaped(text: str, breaks: Mapping[str, str]) -> str:
    """Return a text for XML; readers would make spaces and line feeds of breaks that are not spelled out."""
    written = escape(_UNWRITABLE.sub("\ufffd", text))
    for sign, spelled in breaks.items():
        written = written.replace(sign, spelled)
    return written


def _root(data: bytes) -> "Element":
    """Return the code book in a file that may come from anybody: no entities, no document type, no network."""
    from xml.etree.ElementTree import ParseError

    import defusedxml  # Loaded where a file is at hand, not whenever the program starts.
    from defusedxml import ElementTree

    try:
        root: Any = ElementTree.fromstring(data, forbid_dtd=True)
    except ParseError as error:
        raise UserError(f"this is not valid XML in line {error.position[0]}.") from error
    except defusedxml.DefusedXmlException as error:
        raise UserError("this declares a document type or entities, which a codebook never needs.") from error
    except (ValueError, LookupError) as error:
        raise UserError(f"this is not valid XML ({error}).") from error
    found = root if _tag(root) == "CodeBook" else _child(root, "CodeBook")
    if found is None or _child(found, "Codes") is None:
        raise UserError("this is not a REFI-QDA codebook: it has no list of codes.")
    return found


def _tag(element: "Element") -> str:
    """Return the name of an element without its namespace, with which programs are not at one."""
    return element.tag.rpartition("}")[2]


def _child(element: "Element", tag: str) -> "Element | None":
    return next((each for each in element if _tag(each) == tag), None)


def _entries(above: "Element | None", ours: bool, depth: int) -> Iterator[CodeEntry]:
    if depth > DEEPEST:
        raise too_deep()
    for element in above if above is not None else ():
        if _tag(element) != "Code":
            continue
        described = _child(element, "Description")
        text = (described.text or "") if described is not None else ""
        parts = taken_apart(text if ours else text.replace("\r\n", "\n").strip())
        try:
            yield CodeEntry(
                id=element.get("guid", "").strip(),
                name=element.get("name", ""),
                colour=_colour(element.get("color", "")),
                codes=tuple(_entries(element, ours, depth + 1)),
                **parts._asdict(),
            )
        except ValidationError as error:
            raise UserError(problem_in_words(error, f"code “{element.get('name', '')}”")) from error


def _colour(given: str) -> str:
    """Return a colour with six digits; one digit for each of red, green and blue is allowed too."""
    short = _SHORT_COLOUR.fullmatch(given.strip())
    return "#" + "".join(2 * digit for digit in short.groups()) if short else given.strip()


def _with_known(read: Codebook, known: Codebook) -> Codebook:
    """Return the codes with what only the project says of them."""
    held = {code.id: code for code in known.codes}
    names = {layer.name: code.name for layer in known.layers() for code in read.codes if code.id == layer.id}
    codes: list[Code] = []
    for code in read.codes:
        if (old := held.get(code.id)) is not None:
            kept: dict[str, Any] = {
                "shortcut": old.shortcut,
                "exclusive": old.exclusive and code.parent is None,
                "attributes": tuple(_retargeted(each, names) for each in old.attributes),
            }
            code = code.model_copy(update=kept)
        codes.append(code)
    try:
        return Codebook(name=read.name, version=read.version, codes=tuple(codes), variables=known.variables)
    except ValidationError as error:
        raise UserError(problem_in_words(error)) from error


def _retargeted(attribute: Attribute, names: Mapping[str, str]) -> Attribute:
    """Return a question whose links point to layers by the names that they have now."""
    return attribute.model_copy(
        update={"targets": tuple(names.get(each, each) for each in attribute.targets)}
    )


def _kept(codebook: Codebook) -> Iterator[str]:
    asked = sum(len(code.attributes) for code in codebook.codes) + len(codebook.variables)
    keys = sum(bool(code.shortcut) for code in codebook.codes)
    if asked or keys:
        kept = f"{counted(asked, 'question')}, {counted(keys, 'shortcut')}"
        yield f"kept from the project, because a .qdc file has none: {kept}"


def _left_aside(root: "Element", elements: list["Element"]) -> Iterator[str]:
    """Say what the file holds that a codebook here does not."""
    sets = [each.get("name", "") for each in root.iter() if _tag(each) == "Set"]
    if sets:
        yield f"sets of codes left aside: {_named(sets)}"
    headings = [
        each.get("name", "") for each in elements if each.get("isCodable", "").strip() in ("false", "0")
    ]
    if headings:
        yield f"codes that were only headings can be applied here: {_named(headings)}"


def _named(names: list[str]) -> str:
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return ", ".join(f"“{name}”" for name in names[:_MOST_NAMED]) + more
