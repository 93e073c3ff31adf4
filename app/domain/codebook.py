"""The codebook: codes in layers, the typed questions on them, and the questions on a whole article."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Self

from pydantic import Field, field_validator, model_validator

from app.domain.ids import AttributeId, CodeId
from app.domain.values import Value

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_SHORTCUT = re.compile(r"[a-z0-9]{1,3}")


class AttributeKind(StrEnum):
    """The nine kinds of question."""

    CHOICE = "choice"
    ORDERED = "ordered choice"
    MULTIPLE = "multiple choice"
    YES_NO = "yes/no"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"
    ENTITY = "entity"
    LINK = "link"


WITH_CHOICES = frozenset({AttributeKind.CHOICE, AttributeKind.ORDERED, AttributeKind.MULTIPLE})
POINTING = frozenset({AttributeKind.ENTITY, AttributeKind.LINK})
"""Kinds whose value points at entities or annotations instead of holding something itself."""


class Attribute(Value):
    """A typed question on a code or, as an article variable, on an article.

    `choices` are the answers in the lead's order, which for an ordered choice runs from low to high.
    `targets` names the layers whose annotations a link may point to; empty means any.
    `default` is an answer as `app.domain.answers` writes it.
    """

    id: AttributeId
    name: str = Field(min_length=1, max_length=100)
    kind: AttributeKind
    required: bool = False
    default: str | bool | float | tuple[str, ...] | None = None
    help: str = ""
    choices: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _choices_fit_the_kind(self) -> Self:
        if self.kind in WITH_CHOICES:
            if not self.choices:
                raise ValueError(f"the attribute “{self.name}” is a {self.kind} and needs choices")
            if len(set(self.choices)) != len(self.choices) or "" in self.choices:
                raise ValueError(f"the choices of “{self.name}” must differ and none may be empty")
            if any("|" in choice for choice in self.choices):
                raise ValueError(f"a choice of “{self.name}” holds “|”, which separates answers in exports")
        elif self.choices:
            raise ValueError(f"the attribute “{self.name}” is a {self.kind} and has no choices")
        if self.targets and self.kind is not AttributeKind.LINK:
            raise ValueError(f"the attribute “{self.name}” is a {self.kind} and links to nothing")
        return self


class Code(Value):
    """A category. Without a `parent` it is a layer, with everything under it.

    `colour` is `#rrggbb`; `shortcut` is the key, or up to three keys typed one after the other, or empty.
    `exclusive` (layers only) declares that one coder's annotations of this layer do not overlap.
    """

    id: CodeId
    name: str = Field(min_length=1, max_length=100)
    parent: CodeId | None = None
    colour: str
    shortcut: str = ""
    definition: str = ""
    when: str = ""
    when_not: str = ""
    examples: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    exclusive: bool = False

    @field_validator("colour")
    @classmethod
    def _is_a_colour(cls, value: str) -> str:
        if not _COLOUR.fullmatch(value):
            raise ValueError(f"“{value}” is not a colour like #0072B2")
        return value.upper()

    @field_validator("shortcut")
    @classmethod
    def _is_a_shortcut(cls, value: str) -> str:
        if value and not _SHORTCUT.fullmatch(value.lower()):
            raise ValueError(f"“{value}” is not a shortcut: one to three letters or digits")
        return value.lower()


MOST_VERSIONS = 1_000_000
"""The highest number of a version; a file that says more is none of ours."""


class Codebook(Value):
    """The versioned set of codes, attributes and article variables.

    `codes` are in the lead's order, every code somewhere after its parent. Names are unique among the codes of
    one parent, shortcuts in the whole codebook, attribute names along a path from a layer down.
    """

    name: str = ""
    version: int = Field(default=1, ge=1, le=MOST_VERSIONS)
    codes: tuple[Code, ...] = ()
    variables: tuple[Attribute, ...] = ()

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        seen: dict[CodeId, Code] = {}
        shortcuts: dict[str, str] = {}
        for code in self.codes:
            self._check_place(code, seen)
            self._check_shortcut(code, shortcuts)
            seen[code.id] = code
        ids = [attribute.id for code in self.codes for attribute in code.attributes]
        ids += [variable.id for variable in self.variables]
        if len(set(ids)) != len(ids):
            raise ValueError("two attributes of the codebook share one id")
        for code in self.codes:
            _check_names([each.name for each in code.attributes], f"the code “{code.name}”")
            self._check_not_asked_above(code)
        _check_names([each.name for each in self.variables], "the article variables")
        self._check_targets()
        return self

    @staticmethod
    def _check_place(code: Code, seen: dict[CodeId, Code]) -> None:
        if code.id in seen:
            raise ValueError(f"two codes share the id of “{code.name}”")
        if code.parent is not None and code.parent not in seen:
            raise ValueError(f"the code “{code.name}” stands before its parent, or its parent is missing")
        if code.parent is not None and code.exclusive:
            raise ValueError(f"“{code.name}” is not a layer, and only layers can be exclusive")
        for other in seen.values():
            if other.parent == code.parent and other.name.casefold() == code.name.casefold():
                raise ValueError(f"two codes beside each other are named “{code.name}”")

    @staticmethod
    def _check_shortcut(code: Code, shortcuts: dict[str, str]) -> None:
        for key, owner in shortcuts.items():
            if code.shortcut and (key.startswith(code.shortcut) or code.shortcut.startswith(key)):
                raise ValueError(f"the shortcut “{code.shortcut}” of “{code.name}” is taken by “{owner}”")
        if code.shortcut:
            shortcuts[code.shortcut] = code.name

    def _check_targets(self) -> None:
        layers = {layer.name for layer in self.layers()}
        for code in self.codes:
            for attribute in code.attributes:
                for target in attribute.targets:
                    if target not in layers:
                        raise ValueError(f"“{attribute.name}” links to “{target}”, which is not a layer")

    def code(self, code_id: CodeId) -> Code:
        """Return the code with that id; KeyError if there is none."""
        for code in self.codes:
            if code.id == code_id:
                return code
        raise KeyError(code_id)

    def layers(self) -> tuple[Code, ...]:
        """Return the top-level codes in order."""
        return tuple(code for code in self.codes if code.parent is None)

    def path(self, code_id: CodeId) -> tuple[Code, ...]:
        """Return the codes from the layer down to the code itself."""
        path: list[Code] = []
        at: CodeId | None = code_id
        while at is not None:
            code = self.code(at)
            path.append(code)
            at = code.parent
        return tuple(reversed(path))

    def layer(self, code_id: CodeId) -> Code:
        """Return the layer that the code belongs to."""
        return self.path(code_id)[0]

    def walk(self, parent: CodeId | None = None, depth: int = 0) -> Iterator[tuple[int, Code]]:
        """Yield every code with its depth, each layer followed by everything under it."""
        for code in self.codes:
            if code.parent == parent:
                yield depth, code
                yield from self.walk(code.id, depth + 1)

    def _check_not_asked_above(self, code: Code) -> None:
        own = {each.name.casefold(): each.name for each in code.attributes}
        for above in self.path(code.id)[:-1]:
            for name in (own[key] for each in above.attributes if (key := each.name.casefold()) in own):
                raise ValueError(
                    f"“{code.name}” asks for “{name}”, which “{above.name}” above it asks for already"
                )

    def questions(self, code_id: CodeId) -> tuple[Attribute, ...]:
        """Return the attributes asked on a code: those of its layer first, its own last."""
        return tuple(attribute for code in self.path(code_id) for attribute in code.attributes)

    def attribute(self, attribute_id: AttributeId) -> Attribute:
        """Return the attribute or article variable with that id; KeyError if there is none."""
        for code in self.codes:
            for attribute in code.attributes:
                if attribute.id == attribute_id:
                    return attribute
        for variable in self.variables:
            if variable.id == attribute_id:
                return variable
        raise KeyError(attribute_id)


def _check_names(names: list[str], where: str) -> None:
    folded = [name.casefold() for name in names]
    for name in names:
        if folded.count(name.casefold()) > 1:
            raise ValueError(f"two attributes of {where} are named “{name}”")
