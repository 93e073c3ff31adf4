"""What a key or a drop in the tree means for the codebook."""

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import Qt

from app.domain.codebook import Attribute, AttributeKind, Code, Codebook
from app.domain.editing import next_colour, owner, with_values
from app.domain.ids import AttributeId, CodeId, new_id
from app.project.commands_codebook import MoveAttribute, MoveCode, Redesign, SaveAttribute, SaveCode
from app.ui.codebook.nodes import VARIABLES, Dropped, Node
from app.ui.codebook.tree import Naming

_Id = TypeVar("_Id", bound=str)


def moved_by_key(codebook: Codebook, node: Node, key: Qt.Key) -> Redesign | None:
    """Return what Alt and an arrow do: up and down among siblings, left out of the parent, right below the one above.

    None where there is no way.
    """
    if node.question is not None:
        return _question_by_key(codebook, node.question, key)
    if node.code is None:
        return None
    code = codebook.code(node.code)
    siblings = [each.id for each in codebook.codes if each.parent == code.parent]
    at = siblings.index(code.id)
    if key == Qt.Key.Key_Left:
        if code.parent is None:
            return None
        parent = codebook.code(code.parent)
        uncles = [each.id for each in codebook.codes if each.parent == parent.parent]
        return MoveCode(id=code.id, parent=parent.parent, before=_after(uncles, parent.id))
    if key == Qt.Key.Key_Right:
        return MoveCode(id=code.id, parent=siblings[at - 1]) if at else None
    place = _shifted(siblings, at, key)
    return MoveCode(id=code.id, parent=code.parent, before=place[0]) if place else None


def moved_by_drop(codebook: Codebook, dropped: Dropped) -> Redesign | None:
    """Return what a drop does; None where nothing can lie."""
    node, into, before = dropped
    if node.question is not None:
        if into is None or into.question is not None:
            return None
        return MoveAttribute(id=node.question, code_id=into.code, before=before and before.question)
    if node.code is None or into == VARIABLES:
        return None
    target = before.code if before else None
    if target == node.code:
        siblings = [each.id for each in codebook.codes if each.parent == codebook.code(node.code).parent]
        target = _after(siblings, node.code)
    return MoveCode(id=node.code, parent=into.code if into else None, before=target)


def made(codebook: Codebook, naming: Naming) -> tuple[Redesign, Node]:
    """Return what adds a node that was named, and the node; UserError if it cannot be called so."""
    name = " ".join(naming.text.split())
    if naming.question:
        question = AttributeId(new_id())
        bare = Attribute.model_construct(id=question, kind=AttributeKind.TEXT)
        wish = SaveAttribute(
            code_id=naming.into.code if naming.into else None,
            attribute=with_values(bare, name=name),
            after=naming.after and naming.after.question,
        )
        return wish, Node(question=question)
    code_id, parent = CodeId(new_id()), naming.into.code if naming.into else None
    bare_code = Code.model_construct(id=code_id, parent=parent, colour=next_colour(codebook, parent))
    code = with_values(bare_code, name=name)
    return SaveCode(code=code, after=naming.after and naming.after.code), Node(code_id)


def renamed(codebook: Codebook, node: Node, text: str) -> Redesign | None:
    """Return what gives a node another name; UserError if it cannot be called so."""
    name = " ".join(text.split())
    if node.code is not None:
        return SaveCode(code=with_values(codebook.code(node.code), name=name))
    if node.question is not None:
        attribute = with_values(codebook.attribute(node.question), name=name)
        return SaveAttribute(code_id=owner(codebook, node.question), attribute=attribute)
    return None


def neighbour(codebook: Codebook, node: Node) -> Node:
    """Return what is to be current when a node is gone: the next of its kind, the one before, or what is above."""
    if node.question is not None:
        code_id = owner(codebook, node.question)
        asked = codebook.variables if code_id is None else codebook.code(code_id).attributes
        ids = [each.id for each in asked]
        beside = _beside(ids, node.question)
        return Node(question=beside) if beside else Node(code_id)
    if node.code is None:
        return VARIABLES
    parent = codebook.code(node.code).parent
    near = _beside([each.id for each in codebook.codes if each.parent == parent], node.code)
    return Node(near) if near else Node(parent)


def _question_by_key(codebook: Codebook, question: AttributeId, key: Qt.Key) -> Redesign | None:
    """Return what moves a question: within its code, left to the code above it, right to the first code below."""
    code_id = owner(codebook, question)
    if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
        asked = codebook.variables if code_id is None else codebook.code(code_id).attributes
        ids = [each.id for each in asked]
        place = _shifted(ids, ids.index(question), key)
        return MoveAttribute(id=question, code_id=code_id, before=place[0]) if place else None
    if code_id is None:
        return None
    if key == Qt.Key.Key_Left:
        parent = codebook.code(code_id).parent
        return MoveAttribute(id=question, code_id=parent) if parent else None
    below = next((code.id for code in codebook.codes if code.parent == code_id), None)
    return MoveAttribute(id=question, code_id=below) if below else None


def _shifted(ids: Sequence[_Id], at: int, key: Qt.Key) -> tuple[_Id | None] | None:
    """Return what something comes ahead of when it goes one up or down, in a tuple; None if it cannot."""
    if key == Qt.Key.Key_Up:
        return (ids[at - 1],) if at else None
    if at + 1 >= len(ids):
        return None
    return (ids[at + 2] if at + 2 < len(ids) else None,)


def _after(ids: Sequence[_Id], one: _Id) -> _Id | None:
    at = ids.index(one) + 1
    return ids[at] if at < len(ids) else None


def _beside(ids: Sequence[_Id], one: _Id) -> _Id | None:
    at = ids.index(one)
    return ids[at + 1] if at + 1 < len(ids) else ids[at - 1] if at else None
