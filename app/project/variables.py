"""The variables of a codebook: everything on which coders can agree or not, in the codebook's order."""

from collections.abc import Iterator

from app.domain.codebook import Attribute, AttributeKind, Code, Codebook
from app.domain.comparing import Variable, VariableKind
from app.domain.ids import CodeId

BETWEEN = " > "
"""Stands between the names of a path of codes."""


def variables_of(codebook: Codebook) -> tuple[Variable, ...]:
    """Return every variable: of each layer what is marked, which code, each code, each question; then all codes
    together, and the article variables.

    Free text is no variable: two people hardly ever write the same, and if they do it says little.
    """
    found: list[Variable] = []
    for layer in codebook.layers():
        found += _of_layer(codebook, layer)
        found += _questions(codebook, layer)
    if len(codebook.layers()) > 1:
        found.append(_all_codes(codebook))
    for attribute in codebook.variables:
        if attribute.kind is not AttributeKind.TEXT:
            found.append(
                Variable(
                    key=f"article:{attribute.id}",
                    kind=VariableKind.ARTICLE,
                    name=attribute.name,
                    attribute=attribute,
                )
            )
    return tuple(found)


def _all_codes(codebook: Codebook) -> Variable:
    """Return which code of all, whatever the layer: for codebooks that are one list, and for a total."""
    return Variable(
        key="codes:all",
        kind=VariableKind.CODES,
        name="All codes: which code",
        codes=tuple(code.id for code in codebook.codes),
        names=tuple(path_of(codebook, code.id) for code in codebook.codes),
    )


def free_texts(codebook: Codebook) -> list[str]:
    """Return the names of the questions that are answered with free text."""
    asked = [(path_of(codebook, code.id), each) for code in codebook.codes for each in code.attributes]
    return [
        *(f"{path}: {each.name}" for path, each in asked if each.kind is AttributeKind.TEXT),
        *(each.name for each in codebook.variables if each.kind is AttributeKind.TEXT),
    ]


def path_of(codebook: Codebook, code_id: CodeId) -> str:
    """Return the names of the codes from the layer down, as people read them."""
    return BETWEEN.join(code.name for code in codebook.path(code_id))


def _under(codebook: Codebook, code: Code) -> tuple[Code, ...]:
    """Return a code and everything under it, in order."""
    return (code, *(each for _depth, each in codebook.walk(code.id)))


def _of_layer(codebook: Codebook, layer: Code) -> Iterator[Variable]:
    codes = tuple(each.id for each in _under(codebook, layer))
    names = tuple(path_of(codebook, each) for each in codes)
    yield Variable(
        key=f"layer:{layer.id}",
        kind=VariableKind.LAYER,
        name=layer.name,
        layer=layer.name,
        codes=codes,
        names=names,
    )
    if len(codes) < 2:
        return
    yield Variable(
        key=f"codes:{layer.id}",
        kind=VariableKind.CODES,
        name=f"{layer.name}: which code",
        layer=layer.name,
        codes=codes,
        names=names,
    )
    for code_id, name in zip(codes, names, strict=True):
        yield Variable(
            key=f"code:{code_id}",
            kind=VariableKind.CODE,
            name=name if code_id != layer.id else f"{name} (without sub-code)",
            layer=layer.name,
            codes=(code_id,),
            names=(name,),
        )


def _questions(codebook: Codebook, layer: Code) -> Iterator[Variable]:
    for code in _under(codebook, layer):
        for attribute in code.attributes:
            if attribute.kind is AttributeKind.TEXT:
                continue
            codes = tuple(each.id for each in _under(codebook, code))
            yield Variable(
                key=f"{_kind(attribute).value}:{attribute.id}",
                kind=_kind(attribute),
                name=f"{path_of(codebook, code.id)}: {attribute.name}",
                layer=layer.name,
                codes=codes,
                names=tuple(path_of(codebook, each) for each in codes),
                attribute=attribute,
            )


def _kind(attribute: Attribute) -> VariableKind:
    pointing = attribute.kind in (AttributeKind.LINK, AttributeKind.ENTITY)
    return VariableKind.LINK if pointing else VariableKind.ATTRIBUTE
