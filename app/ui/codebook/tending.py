"""What is done in the tree: adding, naming, moving, merging and deleting codes and questions."""

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.domain.codebook import Codebook
from app.domain.errors import UserError
from app.project.commands_codebook import Redesign, RemoveAttribute, RemoveCode
from app.ui.bridge import Bridge
from app.ui.codebook.arranging import made, moved_by_drop, moved_by_key, neighbour, renamed
from app.ui.codebook.designer import Designer
from app.ui.codebook.losses import MergeDialog
from app.ui.codebook.nodes import VARIABLES, Dropped, Node, place_of
from app.ui.codebook.tree import CodebookTree, Naming


class Tending(QObject):
    """Turns what is wished in the tree into commands, and selects what came of it."""

    refused = Signal(str)
    """A sentence: why something could not be done."""
    outdated = Signal()
    """The tree shows what is not in the codebook."""
    leaving = Signal()
    """What stands in the form should be kept first."""

    def __init__(self, bridge: Bridge, tree: CodebookTree, designer: Designer, window: QWidget) -> None:
        super().__init__(window)
        self._bridge, self.tree, self._designer, self._window = bridge, tree, designer, window
        tree.named.connect(self._on_named)
        tree.dropped.connect(self._on_dropped)
        tree.shifted.connect(self._on_shifted)
        tree.delete_requested.connect(self.delete)
        tree.code_requested.connect(self.add_code)
        tree.child_requested.connect(self.add_child)
        tree.question_requested.connect(self.add_question)

    @Slot()
    def add_code(self) -> None:
        """Ask for the name of a code beside the selected one."""
        node, codebook = self.at_code(), self._codebook()
        if node is not None:
            self._name_new(place_of(codebook, node), node, question=False)
        else:
            self._name_new(None, None, question=False)

    @Slot()
    def add_child(self) -> None:
        """Ask for the name of a code below the selected one."""
        self._name_new(self.at_code(), None, question=False)

    @Slot()
    def add_question(self) -> None:
        """Ask for the name of an attribute of the selected code, or of an article variable."""
        node = self.tree.node()
        if node is not None and node.question is not None:
            self._name_new(place_of(self._codebook(), node), node, question=True)
        elif node is not None:
            self._name_new(node, None, question=True)

    @Slot()
    def merge(self) -> None:
        """Ask which code takes over the selected one."""
        node = self.tree.node()
        if node is not None and node.code is not None and self._writing():
            self._merge(node, "")

    @Slot()
    def delete(self) -> None:
        """Delete what is selected; a code in use is offered to another."""
        node, codebook = self.tree.node(), self._codebook()
        if node is None or node == VARIABLES or not self._writing():
            return
        near = neighbour(codebook, node)
        wish = RemoveCode(id=node.code) if node.code else None
        if node.question is not None:
            wish = RemoveAttribute(id=node.question)
        if wish is None:
            return
        said = self._designer.apply(wish)
        if said and node.code is not None and self._users(node):
            self._merge(node, said)
        elif said:
            self._say(said)
        else:
            self._go_to(near)

    def _codebook(self) -> Codebook:
        return self._bridge.project.codebook() if self._bridge.project else Codebook()

    def _writing(self) -> bool:
        return self._bridge.project is not None and not self._bridge.project.read_only

    def _wish(self, wish: Redesign | None) -> None:
        if wish is not None and self._writing():
            self._say(self._designer.apply(wish))

    def _say(self, sentence: str) -> str:
        if sentence:
            self.refused.emit(sentence)
        return sentence

    def _users(self, node: Node) -> str:
        project = self._bridge.project
        return project.design.use_in_words(node.code) if project and node.code else ""

    def at_code(self) -> Node | None:
        """Return the selected code, or that of the selected attribute; None among the article variables."""
        node = self.tree.node()
        if node is not None and node.question is not None:
            node = place_of(self._codebook(), node)
        return node if node != VARIABLES else None

    def _name_new(self, into: Node | None, after: Node | None, *, question: bool) -> None:
        if self._writing():
            self.leaving.emit()
            self.tree.setFocus(Qt.FocusReason.OtherFocusReason)
            self.tree.name_new(into, after, question=question)

    def _merge(self, node: Node, why: str) -> None:
        project = self._bridge.project
        if project is None or node.code is None:
            return
        dialog = MergeDialog(project, node.code, why, self._window)
        if dialog.exec():
            command = dialog.command()
            if not self._say(self._designer.apply(command)):
                self._go_to(Node(command.into))

    def _go_to(self, node: Node) -> None:
        """Select what stands there now; the button that was pressed lost the keyboard with what it was for."""
        self.tree.select(node)
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_named(self, naming: Naming) -> None:
        """Add or rename what was named in the tree; nothing typed is nothing wished."""
        codebook = self._codebook()
        if not naming.text.strip():
            self.outdated.emit()
            return
        try:
            if naming.node is not None:
                self._wish(renamed(codebook, naming.node, naming.text))
                return
            wish, node = made(codebook, naming)
        except UserError as error:
            self._say(str(error))
            return
        self._designer_says(self._designer.apply(wish), node, naming)

    def _designer_says(self, said: str, node: Node, naming: Naming) -> None:
        """Select what was made; what could not be made is said and leaves the tree as it was."""
        if not said:
            self.tree.select(node)
            return
        self.outdated.emit()
        self._say(said)
        if naming.after or naming.into:
            self.tree.select(naming.after or naming.into or VARIABLES)

    @Slot(object)
    def _on_dropped(self, dropped: Dropped) -> None:
        self._wish(moved_by_drop(self._codebook(), dropped))

    @Slot(object)
    def _on_shifted(self, key: Qt.Key) -> None:
        node = self.tree.node()
        if node is not None:
            self._wish(moved_by_key(self._codebook(), node, key))
