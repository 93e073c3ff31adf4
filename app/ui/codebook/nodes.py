"""What stands in the tree of the codebook: codes, the questions on them, and the article variables."""

from typing import NamedTuple

from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QStandardItem, QStandardItemModel

from app.domain.codebook import Attribute, Code, Codebook
from app.domain.editing import owner
from app.domain.errors import UserError
from app.domain.ids import AttributeId, CodeId
from app.ui.theme import Theme

NODE_ROLE = Qt.ItemDataRole.UserRole + 1
_MIME = "application/x-rubricator-codebook"
_CHIP = 12


class Node(NamedTuple):
    """One line of the tree: a code, a question, or the head of the article variables, which is neither."""

    code: CodeId | None = None
    question: AttributeId | None = None


VARIABLES = Node()
"""The head of the article variables."""


class Dropped(NamedTuple):
    """What was dragged where: into a node, or None for among the layers, ahead of another node or last."""

    node: Node
    into: Node | None
    before: Node | None


def place_of(codebook: Codebook, node: Node) -> Node | None:
    """Return the node that stands above another, None for layers and the head of the variables.

    KeyError or UserError if the node is not in the codebook.
    """
    if node.question is not None:
        code_id = owner(codebook, node.question)
        return Node(code_id) if code_id else VARIABLES
    parent = codebook.code(node.code).parent if node.code else None
    return Node(parent) if parent else None


def is_there(codebook: Codebook, node: Node) -> bool:
    """Tell whether a node is still in the codebook."""
    try:
        place_of(codebook, node)
    except (KeyError, UserError):
        return False
    return True


class NodesModel(QStandardItemModel):
    """The codebook as a tree. It changes nothing itself."""

    dropped = Signal(object)
    """A `Dropped`."""
    named = Signal(str)
    """What was typed for the node that is being named."""

    def __init__(self) -> None:
        super().__init__()
        self.writing = False
        self._dragged: Node | None = None
        self._theme: Theme | None = None

    def fill(self, codebook: Codebook, theme: Theme) -> None:
        """Show a codebook."""
        self._theme = theme
        self.clear()
        self.setColumnCount(2)
        head = self.line("Article variables", VARIABLES, "")
        head[0].setEditable(False)
        for variable in codebook.variables:
            head[0].appendRow(self._question(variable))
        self.appendRow(head)
        for layer in codebook.layers():
            self.appendRow(self._code(codebook, layer))

    def line(
        self, words: str, node: Node | None, beside: str, icon: QIcon | None = None
    ) -> list[QStandardItem]:
        """Return the two items of a line; without a node it is one that is still to be named."""
        item, second = QStandardItem(words), QStandardItem(beside)
        item.setData(node, NODE_ROLE)
        item.setEditable(self.writing)
        item.setDropEnabled(self.writing and (node is None or node.question is None))
        item.setDragEnabled(self.writing and node not in (None, VARIABLES))
        if icon:
            item.setIcon(icon)
        second.setEditable(False)
        second.setDropEnabled(False)
        second.setDragEnabled(False)
        second.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if self._theme:
            second.setForeground(self._theme.quiet)
            if node is not None and node.code is None:
                item.setForeground(self._theme.quiet)
        return [item, second]

    def _code(self, codebook: Codebook, code: Code) -> list[QStandardItem]:
        line = self.line(code.name, Node(code.id), code.shortcut.upper(), _chip(code.colour))
        key = f", key {code.shortcut.upper()}" if code.shortcut else ""
        line[0].setData(f"{code.name}{key}", Qt.ItemDataRole.AccessibleTextRole)
        for attribute in code.attributes:
            line[0].appendRow(self._question(attribute))
        for child in codebook.codes:
            if child.parent == code.id:
                line[0].appendRow(self._code(codebook, child))
        return line

    def _question(self, attribute: Attribute) -> list[QStandardItem]:
        beside = f"{attribute.kind}, required" if attribute.required else str(attribute.kind)
        line = self.line(attribute.name, Node(question=attribute.id), beside)
        line[0].setData(f"{attribute.name}, {beside}", Qt.ItemDataRole.AccessibleTextRole)
        return line

    def setData(
        self, index: QModelIndex | QPersistentModelIndex, value: object, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Tell what was typed for a name; the name changes with the codebook."""
        if role == Qt.ItemDataRole.EditRole and index.column() == 0:
            self.named.emit(str(value))
            return False
        return super().setData(index, value, role)

    def mimeTypes(self) -> list[str]:
        """Only lines of this tree can be dropped on it."""
        return [_MIME]

    def mimeData(self, indexes: list[QModelIndex]) -> QMimeData:  # type: ignore[override]
        """Note what is dragged."""
        self._dragged = indexes[0].data(NODE_ROLE) if indexes else None
        data = QMimeData()
        data.setData(_MIME, b"1")
        return data

    def supportedDropActions(self) -> Qt.DropAction:
        """Lines are moved."""
        return Qt.DropAction.MoveAction

    def dropMimeData(
        self,
        data: QMimeData,
        action: Qt.DropAction,
        row: int,
        column: int,
        parent: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Tell what was dropped where; the tree changes with the codebook."""
        del data, action, column
        if self._dragged is not None:
            beside = self._node(row, parent) if row >= 0 else None
            into = parent.data(NODE_ROLE) if parent.isValid() else None
            self.dropped.emit(Dropped(self._dragged, into, beside))
            self._dragged = None
        return False

    def _node(self, row: int, parent: QModelIndex | QPersistentModelIndex) -> Node | None:
        """Return the first line of the kind that is dragged at a row or below it."""
        for at in range(row, self.rowCount(parent)):
            found: Node = self.index(at, 0, parent).data(NODE_ROLE)
            if self._dragged and (found.question is None) == (self._dragged.question is None):
                return found
        return None


def _chip(colour: str) -> QIcon:
    picture = QPixmap(_CHIP, _CHIP)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(0, 0, _CHIP, _CHIP, 3, 3)
    painter.end()
    icon = QIcon(picture)
    # Else Qt would tint the colour where the line is selected.
    icon.addPixmap(picture, QIcon.Mode.Selected)
    return icon
