"""Where one entity is mentioned: a head, a button to split, and the mentions in context."""

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.domain.changes import Changes
from app.domain.entities import EntityLine, Mention
from app.domain.errors import UserError
from app.domain.ids import AttributeId, CoderId
from app.project.context import Context
from app.ui.bridge import Bridge
from app.ui.entities.delegate import MentionDelegate
from app.ui.entities.mentions import MentionModel, Said
from app.ui.rows import RowsView
from app.ui.theme import Theme


class MentionsPanel(QWidget):
    """Lists the mentions of one entity; Enter or a double click asks to go to one, Space ticks it."""

    jump_requested = Signal(object)
    """A `Mention`."""
    split_requested = Signal()
    ticked_changed = Signal()

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self._bridge = bridge
        self._line: EntityLine | None = None
        self._coders: dict[CoderId, str] = {}
        self._attributes: dict[AttributeId, str] = {}
        self.model = MentionModel(self._look)
        self._delegate = MentionDelegate(theme)
        self._list = _MentionsView("mentions", "Mentions", self.model, self._delegate)
        self._head = QLabel()
        self._head.setObjectName("mentions-head")
        self._head.setTextFormat(Qt.TextFormat.PlainText)
        self.split = QPushButton("&Split…")
        self.split.setObjectName("entity-split")
        self.split.setAutoDefault(False)
        self.split.setToolTip("Move the ticked mentions to another entity")
        self._lay_out()
        self._list.doubleClicked.connect(self._on_double_clicked)
        self._list.entered_key.connect(self._on_enter)
        self.model.dataChanged.connect(self.ticked_changed)
        self.model.modelReset.connect(self.ticked_changed)
        self.split.clicked.connect(self.split_requested)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 8, 8)
        head.addWidget(self._head, 1)
        head.addWidget(self.split)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._list, 1)
        self._tell()

    def set_theme(self, theme: Theme) -> None:
        """Change colours with the rest of the window."""
        self._delegate.theme = theme
        self._list.viewport().update()

    def show_entity(self, line: EntityLine | None) -> None:
        """Show where an entity is mentioned; None for none."""
        before, self._line = self._line, line
        if (before and before.entity.id) != (line and line.entity.id):
            self.reload()
        self._tell()

    def follow(self, changes: Changes) -> None:
        """Look again, if a step changed what is shown."""
        mine = self._line.entity.id if self._line else None
        touched = mine in changes.mentioned or changes.articles or changes.coders or changes.codebook
        if mine is not None and (touched or self.model.shows(changes.annotations)):
            self.reload()

    def reload(self) -> None:
        """Read the mentions anew; the row stays the current one if it is still there."""
        project = self._bridge.project
        at = self.model.mention_at(self._list.currentIndex().row())
        mentions: list[Mention] = []
        tickable = False
        if project is not None and self._line is not None:
            mentions = project.register.mentions(self._line.entity.id)
            tickable = not project.read_only
            self._coders = {coder.id: coder.name for coder in project.coders()}
            self._attributes = {
                each.id: each.name for code in project.codebook().codes for each in code.attributes
            }
        self.model.set_mentions(mentions, tickable=tickable)
        self._list.show_row(self.model.row_of(at.link) if at else -1)

    def _tell(self) -> None:
        line = self._line
        if line is None:
            self._head.setText("Select an entity to see where it is mentioned.")
        elif not line.mentions:
            self._head.setText(f"{line.entity.name} is not mentioned yet.")
        else:
            times = "once" if line.mentions == 1 else f"{line.mentions:,} times"
            articles = f"{line.articles:,} article{'' if line.articles == 1 else 's'}"
            self._head.setText(f"{line.entity.name} is mentioned {times} in {articles}")

    def _look(self, mention: Mention) -> Said:
        project = self._bridge.project
        attribute = self._attributes.get(mention.link.attribute_id, "")
        head = " · ".join(filter(None, (mention.title, self._coders.get(mention.coder_id), attribute)))
        try:
            context = project.register.context(mention) if project else Context("", "", "")
        except UserError:
            # The list is drawn once more between a step and the look at what it changed.
            context = Context("", "", "")
        return Said(head, context)

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        self._ask_to_jump(index.row())

    @Slot()
    def _on_enter(self) -> None:
        self._ask_to_jump(self._list.currentIndex().row())

    def _ask_to_jump(self, row: int) -> None:
        mention = self.model.mention_at(row)
        if mention is not None:
            self.jump_requested.emit(mention)


class _MentionsView(RowsView):
    entered_key = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter asks to go to the current mention."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_key.emit()
        else:
            super().keyPressEvent(event)
