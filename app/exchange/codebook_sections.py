"""A codebook cut into the sections of its printed form, each a piece of plain HTML.

Only elements that browsers and Qt's rich text both know stand in it, and every word from the codebook is escaped.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape

from app.domain.answers import in_words
from app.domain.codebook import Attribute, Code, Codebook
from app.exchange.formats import Printout, Section

VARIABLES = "Article variables"

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def printout(codebook: Codebook) -> Printout:
    """Return a codebook for paper, layer by layer in the lead's order, article variables last."""
    layers = [layer.id for layer in codebook.layers()]
    sections = [
        Section(
            anchor=f"code-{number}",
            depth=depth,
            title=code.name,
            above=" › ".join(each.name for each in codebook.path(code.id)[:-1]),
            key=code.shortcut.upper(),
            colour=code.colour,
            layer=layers.index(codebook.layer(code.id).id),
            body="\n".join(_code(codebook, code)),
        )
        for number, (depth, code) in enumerate(codebook.walk(), start=1)
    ]
    if codebook.variables:
        body = "\n".join(("<p>Asked once on every article.</p>", *_questions(codebook.variables)))
        sections.append(Section("variables", 0, VARIABLES, "", "", "", 0, body))
    return Printout(codebook.name or "Codebook", _subtitle(codebook), tuple(sections))


def text_html(text: str) -> str:
    """Return a text for HTML, its line breaks kept."""
    return "<br>".join(line_html(line) for line in re.split("\r\n|\r|\n", text))


def line_html(text: str) -> str:
    """Return one line for HTML; characters that HTML forbids are shown as missing."""
    return escape(_UNPRINTABLE.sub("\ufffd", text))


def _subtitle(codebook: Codebook) -> str:
    counts = (
        (len(codebook.layers()), "layer", "layers"),
        (len(codebook.codes), "code", "codes"),
        (sum(len(code.attributes) for code in codebook.codes), "attribute", "attributes"),
        (len(codebook.variables), "article variable", "article variables"),
    )
    listed = [f"{count} {one if count == 1 else many}" for count, one, many in counts if count]
    return ", ".join((f"Version {codebook.version}", *(listed or ["no codes yet"])))


def _code(codebook: Codebook, code: Code) -> Iterator[str]:
    if code.definition:
        yield f'<p dir="auto">{text_html(code.definition)}</p>'
    if code.exclusive:
        yield "<p><i>Annotations of this layer may not overlap.</i></p>"
    for label, text in (("When to use", code.when), ("When not to use", code.when_not)):
        if text:
            yield f'<p class="label"><b>{label}</b></p>\n<p dir="auto">{text_html(text)}</p>'
    if code.examples:
        items = "".join(f'<li dir="auto">{text_html(example)}</li>' for example in code.examples)
        yield f'<p class="label"><b>Examples</b></p>\n<ul>{items}</ul>'
    if not (code.definition or code.when or code.when_not or code.examples):
        yield "<p><i>Not defined yet.</i></p>"
    if code.attributes:
        yield '<p class="label"><b>Questions</b></p>'
        yield from _questions(code.attributes)
    if above := [each.name for each in codebook.questions(code.id) if each not in code.attributes]:
        names = ", ".join(f"<bdi>{line_html(name)}</bdi>" for name in above)
        yield f"<p>Also asked here, from above: {names}.</p>"


def _questions(attributes: Sequence[Attribute]) -> Iterator[str]:
    yield '<table class="questions" width="100%" cellspacing="0" cellpadding="4">'
    for attribute in attributes:
        kind = f"{attribute.kind.value}{', required' if attribute.required else ''}"
        yield f'<tr><td width="30%" valign="top"><b><bdi>{line_html(attribute.name)}</bdi></b><br>{kind}</td>'
        yield f'<td valign="top">{"".join(_answers(attribute)) or "&nbsp;"}</td></tr>'
    yield "</table>"


def _answers(attribute: Attribute) -> Iterator[str]:
    """Yield the help, and the choices with the numbers by which they are taken."""
    if attribute.help:
        yield f'<p dir="auto">{text_html(attribute.help)}</p>'
    if attribute.choices:
        yield (
            "<ol>" + "".join(f'<li dir="auto">{line_html(each)}</li>' for each in attribute.choices) + "</ol>"
        )
    if attribute.targets:
        yield f"<p>Links to: {', '.join(f'<bdi>{line_html(each)}</bdi>' for each in attribute.targets)}</p>"
    if attribute.default is not None:
        yield f"<p>Begins as: <bdi>{line_html(in_words(attribute.default))}</bdi></p>"
