"""The tree of the codebook: walked, named, nested and put in order by keyboard, or dragged."""

from typing import NamedTuple

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QStandardItem
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTreeView, QWidget

from app.domain.codebook import Codebook
from app.ui.codebook.nodes import NODE_ROLE, Node, NodesModel
from app.ui.theme import Theme

_ALT = Qt.KeyboardModifier.AltModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class Naming(NamedTuple):
    """A name that was typed: for a node, or for a new one below `into` (None: a layer) and after another."""

    text: str
    node: Node | None
    into: Node | None
    after: Node | None
    question: bool


class CodebookTree(QTreeView):
    """Shows the codebook and tells what is wished; it changes nothing itself."""

    chosen = Signal(object)
    """The `Node` that is current now, or None."""
    named = Signal(object)
    """A `Naming`."""
    dropped = Signal(object)
    """A `Dropped`, by mouse."""
    shifted = Signal(object)
    """The key with which the current node is to move: up, down, left for out of its parent, right for nesting."""
    delete_requested = Signal()
    form_requested = Signal()
    """The keyboard is to go to the form."""
    code_requested = Signal()
    child_requested = Signal()
    question_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.nodes = NodesModel()
        self._collapsed: set[Node] = set()
        self._naming: Naming | None = None
        self._filling = False
        self.setModel(self.nodes)
        self.setObjectName("codebook-tree")
        self.setAccessibleName("Codes, attributes and article variables")
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setIndentation(18)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.header().setStretchLastSection(False)
        self.nodes.named.connect(self._on_named)
        # What follows on a drop or a name fills the tree anew, which it must not do while it is busy with either.
        self.nodes.dropped.connect(self.dropped, Qt.ConnectionType.QueuedConnection)
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    def show_codebook(self, codebook: Codebook, theme: Theme, *, writing: bool) -> None:
        """Show a codebook; what is open stays open and the current node current, if they are still there."""
        node, place = self.node(), self.verticalScrollBar().value()
        self._note_collapsed(self.rootIndex())
        self._naming = None
        self.nodes.writing = writing
        self._filling = True
        self.nodes.fill(codebook, theme)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.expandAll()
        for each in self._collapsed:
            self.collapse(self.index_of(each))
        if node is not None:
            self.setCurrentIndex(self.index_of(node))
        self.verticalScrollBar().setValue(place)
        self._filling = False

    def node(self) -> Node | None:
        """The current node."""
        index = self.currentIndex()
        return index.siblingAtColumn(0).data(NODE_ROLE) if index.isValid() else None

    def select(self, node: Node) -> None:
        """Make a node the current one."""
        index = self.index_of(node)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def walk(self, step: int) -> None:
        """Go some lines on, or back."""
        index = self.currentIndex()
        for _line in range(abs(step)):
            beside = self.indexBelow(index) if step > 0 else self.indexAbove(index)
            index = beside if beside.isValid() else index
        self.setCurrentIndex(index.siblingAtColumn(0))

    def index_of(self, node: Node, below: QModelIndex | None = None) -> QModelIndex:
        """Return where a node stands, an invalid index if it does not."""
        parent = below or QModelIndex()
        for row in range(self.nodes.rowCount(parent)):
            index = self.nodes.index(row, 0, parent)
            if index.data(NODE_ROLE) == node:
                return index
            inner = self.index_of(node, index)
            if inner.isValid():
                return inner
        return QModelIndex()

    def name_new(self, into: Node | None, after: Node | None, *, question: bool) -> None:
        """Ask for the name of a new node below another (None: a layer), after one of its children or last."""
        parent = self.index_of(into) if into is not None else QModelIndex()
        item = self.nodes.itemFromIndex(parent) if parent.isValid() else self.nodes.invisibleRootItem()
        self.expand(parent)
        line = self.nodes.line("", None, "")
        line[0].setEditable(True)
        item.insertRow(self._row_after(item, after, question=question), line)
        index = self.nodes.indexFromItem(line[0])
        self._filling = True
        self.setCurrentIndex(index)
        self._filling = False
        self._naming = Naming("", None, into, after, question)
        self.scrollTo(index)
        self.edit(index)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Tell what was typed once the field is gone; nothing typed is no new node."""
        super().closeEditor(editor, hint)
        if self._naming is not None:
            naming, self._naming = self._naming, None
            QTimer.singleShot(0, self, lambda: self.named.emit(naming))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, add, name and delete by keyboard."""
        key, bare = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self.state() is QAbstractItemView.State.EditingState:
            # The field in which a name is typed passes Return on.
            return
        arrows = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)
        if bare == _ALT and key in arrows:
            self.shifted.emit(key)
        elif key == Qt.Key.Key_Insert and bare == _ALT:
            self.question_requested.emit()
        elif key == Qt.Key.Key_Insert:
            (self.child_requested if bare == _SHIFT else self.code_requested).emit()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_requested.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.form_requested.emit()
        else:
            super().keyPressEvent(event)

    @Slot(str)
    def _on_named(self, text: str) -> None:
        if self._naming is None:
            self._naming = Naming(text, self.node(), None, None, False)
        else:
            self._naming = self._naming._replace(text=text)

    @Slot(QModelIndex)
    def _on_current_changed(self, _index: QModelIndex) -> None:
        if not self._filling:
            self.chosen.emit(self.node())

    def _row_after(self, parent: QStandardItem, after: Node | None, *, question: bool) -> int:
        """Return the row for a new line: after a sibling, or behind the last of its kind."""
        rows = [parent.child(row).data(NODE_ROLE) for row in range(parent.rowCount())]
        if after in rows:
            return rows.index(after) + 1
        if question:
            return sum(each.question is not None for each in rows)
        return len(rows)

    def _note_collapsed(self, parent: QModelIndex) -> None:
        for row in range(self.nodes.rowCount(parent)):
            index = self.nodes.index(row, 0, parent)
            node: Node | None = index.data(NODE_ROLE)
            if node is None or not self.nodes.rowCount(index):
                continue
            if self.isExpanded(index):
                self._collapsed.discard(node)
            else:
                self._collapsed.add(node)
            self._note_collapsed(index)
