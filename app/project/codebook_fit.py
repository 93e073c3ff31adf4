"""Somebody else's codebook beside the project's: which codes and questions are the same, and which are new."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from app.domain.codebook import Attribute, Code, Codebook
from app.domain.errors import UserError
from app.domain.ids import AttributeId, CodeId, is_id
from app.exchange.codebook_cells import path_cell

_APART = re.compile(r"[\s_\-]+")

MakeId = Callable[[str, str], str]
"""Makes the id of a new thing from its sort and its id in the source."""


class Fit(NamedTuple):
    """The project's codebook with what is new, and what each code and question of the source is in it."""

    codebook: Codebook
    codes: Mapping[CodeId, CodeId]
    questions: Mapping[AttributeId, AttributeId]
    added: tuple[str, ...]
    matched: tuple[str, ...]


def fit_codebook(theirs: Codebook, ours: Codebook, wanted: Mapping[str, str], make_id: MakeId) -> Fit:
    """Find every code of a source in the project's codebook, or add it.

    A code is the one that `wanted` names for its name or path, else the one with its UUID, else the one of its path,
    or of its name where only one has that; case, spaces, hyphens and underscores do not tell names apart.
    Raises UserError where `wanted` names what is not there.
    """
    return _Fitting(theirs, ours, wanted, make_id).fit()


class _Fitting:
    """Walks the codes of the source, each after its parent."""

    def __init__(self, theirs: Codebook, ours: Codebook, wanted: Mapping[str, str], make_id: MakeId) -> None:
        self._theirs, self._ours, self._make_id = theirs, ours, make_id
        self._book: dict[CodeId, Code] = {code.id: code for code in ours.codes}
        self._known = {each.id for code in ours.codes for each in code.attributes}
        self._known.update(each.id for each in ours.variables)
        self._wanted = {self._their_code(name): self._our_code(path) for name, path in wanted.items()}
        self._codes: dict[CodeId, CodeId] = {}
        self._questions: dict[AttributeId, AttributeId] = {}
        self._added: list[str] = []
        self._matched: list[str] = []

    def fit(self) -> Fit:
        """Return what came of it."""
        walked = [code for _depth, code in self._theirs.walk()]
        for code in walked:
            found = self._found(code)
            if found is None:
                self._codes[code.id] = self._add(code)
            else:
                self._codes[code.id] = found
                path = path_cell([each.name for each in self._path(found)])
                if path != (told := self._told(code)):
                    self._matched.append(f"“{told}” is the project's “{path}”")
        for code in walked:
            for attribute in code.attributes:
                self._ask(code, attribute)
        codes = tuple(self._book.values())
        variables = (*self._ours.variables, *self._new_variables())
        book = Codebook(
            name=self._ours.name or self._theirs.name,
            version=self._ours.version,
            codes=codes,
            variables=variables,
        )
        return Fit(book, self._codes, self._questions, tuple(self._added), tuple(self._matched))

    def _their_code(self, name: str) -> CodeId:
        fitting = [each.id for each in self._theirs.codes if name in (each.name, self._told(each))]
        if len(fitting) == 1:
            return fitting[0]
        known = ", ".join(dict.fromkeys(self._told(each) for each in self._theirs.codes)) or "none"
        raise UserError(f"There is no single code “{name}” in what is imported; these are: {known}.")

    def _our_code(self, name: str) -> CodeId:
        fitting = [
            each.id
            for each in self._ours.codes
            if name in (each.name, path_cell([step.name for step in self._ours.path(each.id)]))
        ]
        if len(fitting) == 1:
            return fitting[0]
        raise UserError(f"There is no single code “{name}” in this project; give its path, as Layer > Code.")

    def _told(self, code: Code) -> str:
        return path_cell([each.name for each in self._theirs.path(code.id)])

    def _path(self, code_id: CodeId) -> tuple[Code, ...]:
        path: list[Code] = []
        at: CodeId | None = code_id
        while at is not None:
            path.append(self._book[at])
            at = self._book[at].parent
        return tuple(reversed(path))

    def _found(self, code: Code) -> CodeId | None:
        if code.id in self._wanted:
            return self._wanted[code.id]
        if is_id(code.id) and code.id in self._book:
            return code.id
        parent = self._codes[code.parent] if code.parent else None
        beside = [each for each in self._theirs.codes if each.parent == code.parent]
        old = [each for each in self._ours.codes if each.parent == parent]
        same = _named(code, old, beside)
        if same is None and parent is None:
            same = _named(code, self._ours.codes, beside)
        return same.id if same else None

    def _add(self, code: Code) -> CodeId:
        new = CodeId(code.id if is_id(code.id) else self._make_id("code", code.id))
        taken = [each.shortcut for each in self._book.values() if each.shortcut]
        clash = any(key.startswith(code.shortcut) or code.shortcut.startswith(key) for key in taken)
        self._book[new] = code.model_copy(
            update={
                "id": new,
                "parent": self._codes[code.parent] if code.parent else None,
                "shortcut": "" if clash else code.shortcut,
                "attributes": (),
            }
        )
        self._added.append(f"new code “{path_cell([each.name for each in self._path(new)])}”")
        return new

    def _ask(self, code: Code, attribute: Attribute) -> None:
        target = self._codes[code.id]
        asked = [each for step in self._path(target) for each in step.attributes]
        found = self._same(attribute, asked, code.attributes)
        if found is not None and found.choices and not self._is_ours(found):
            found = self._widen(target, found, attribute.choices)
        if found is None:
            below = [
                each
                for step in self._book.values()
                if self._is_below(step, target)
                for each in step.attributes
            ]
            layers = {
                layer.name: self._path(self._codes[layer.id])[0].name for layer in self._theirs.layers()
            }
            everywhere = {each.id for step in self._book.values() for each in step.attributes}
            own = is_id(attribute.id) and attribute.id not in everywhere
            found = attribute.model_copy(
                update={
                    "id": attribute.id if own else self._make_id("attribute", f"{target}/{attribute.id}"),
                    "name": _free_name(attribute.name, (*asked, *below)),
                    "targets": tuple(dict.fromkeys(layers[each] for each in attribute.targets)),
                }
            )
            known = self._book[target]
            self._book[target] = known.model_copy(update={"attributes": (*known.attributes, found)})
            self._added.append(f"new attribute “{found.name}” on “{known.name}”")
        self._questions[attribute.id] = found.id

    def _same(
        self, attribute: Attribute, asked: Sequence[Attribute], beside: Sequence[Attribute]
    ) -> Attribute | None:
        """Return the question that one is: that with its UUID, else that of its name."""
        if is_id(attribute.id):
            for each in asked:
                if each.id == attribute.id:
                    return each
        alike = [each for each in asked if each.kind is attribute.kind or self._is_ours(each)]
        return _named(attribute, [each for each in alike if self._is_ours(each)], beside) or next(
            (each for each in alike if each.name.casefold() == attribute.name.casefold()), None
        )

    def _is_ours(self, attribute: Attribute) -> bool:
        return attribute.id in self._known

    def _widen(self, target: CodeId, question: Attribute, choices: Iterable[str]) -> Attribute:
        """Let a question that is new too have the choices of another one that is the same."""
        wider = question.model_copy(update={"choices": tuple(dict.fromkeys((*question.choices, *choices)))})
        for code in self._path(target):
            changed = tuple(wider if each.id == wider.id else each for each in code.attributes)
            self._book[code.id] = code.model_copy(update={"attributes": changed})
        return wider

    def _is_below(self, code: Code, other: CodeId) -> bool:
        return code.id != other and any(each.id == other for each in self._path(code.id))

    def _new_variables(self) -> Iterable[Attribute]:
        for variable in self._theirs.variables:
            if self._same(variable, self._ours.variables, self._theirs.variables) is None:
                self._added.append(f"new article variable “{variable.name}”")
                own = variable.id if is_id(variable.id) else self._make_id("variable", variable.id)
                yield variable.model_copy(update={"id": own})


_Named = TypeVar("_Named", Code, Attribute)


def _named(wanted: _Named, known: Sequence[_Named], beside: Sequence[_Named]) -> _Named | None:
    """Return the only one of a name; where the source has two names that are alike, case alone may differ."""
    exact = [each for each in known if each.name.casefold() == wanted.name.casefold()]
    if exact:
        return exact[0] if len(exact) == 1 else None
    name = folded_name(wanted.name)
    alike = [each for each in known if folded_name(each.name) == name]
    twins = sum(folded_name(each.name) == name for each in beside)
    return alike[0] if len(alike) == 1 and twins == 1 else None


def _free_name(name: str, taken: Iterable[Attribute]) -> str:
    names = {each.name.casefold() for each in taken}
    number, free = 2, name
    while free.casefold() in names:
        free, number = f"{name[:94]} ({number})", number + 1
    return free


def folded_name(name: str) -> str:
    """Return a name as it is compared between sources: without case and what stands between its words."""
    return _APART.sub(" ", name).strip().casefold()
