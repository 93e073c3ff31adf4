"""The register of entities: a window of its own beside the article, true while coding goes on."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
)

from app.domain.entities import Mention
from app.project.commands import MergeEntities, RemoveEntities, SaveEntity, SplitEntity
from app.ui.bridge import Bridge, Notice
from app.ui.buttons import Button
from app.ui.entities.editor import EntityEditor, MergeDialog, SplitDialog
from app.ui.entities.mentions_panel import MentionsPanel
from app.ui.entities.model import EntityModel
from app.ui.entities.table import EntityTable
from app.ui.filter_field import FilterField
from app.ui.room import stand_alone
from app.ui.theme import Theme

_SIZE = (920, 640)
_NONE_YET = (
    "No entities yet.\n\nAn entity is one actor in the world, such as a person, a ministry or an aid group, with "
    "every name it goes by. Enter it once, and every annotation that means it can link to it, whatever the "
    "article calls it.\n\nPress New to enter the first."
)


class EntitiesWindow(QDialog):
    """Lists entities and their mentions, and asks the bridge for what is to change."""

    mention_shown = Signal()
    """A mention was selected in its article."""

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self._bridge = bridge
        stand_alone(self, "Entities", *_SIZE)
        self._model = EntityModel()
        self.table = EntityTable(self._model)
        self.mentions = MentionsPanel(bridge, theme)
        self._filter = FilterField(
            "entity-filter", "Filter entities", "Filter by name, alias, type or country"
        )
        self._new = self._button("&New…", self.add)
        self._edit = self._button("&Edit…", self.edit)
        self._merge = self._button("&Merge…", self.merge)
        self._delete = self._button("&Delete", self.delete)
        self._empty = QLabel()
        self._empty.setObjectName("empty")
        self._empty.setContentsMargins(64, 0, 64, 0)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setTextFormat(Qt.TextFormat.PlainText)
        self._empty.setWordWrap(True)
        self._told = QLabel()
        self._told.setObjectName("place")
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        self._lay_out()
        self._connect()

    def set_theme(self, theme: Theme) -> None:
        """Change colours with the rest of the program."""
        self.mentions.set_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        """Read the register: while it is closed it follows nothing, so that coding costs no more."""
        project = self._bridge.project
        self._model.set_lines(project.register.lines() if project else ())
        self.mentions.reload()
        self._told.clear()
        self._show_state()
        super().showEvent(event)

    @Slot()
    def add(self) -> None:
        """Ask for a new entity."""
        editor = EntityEditor(None, self._model.lines(), self)
        if editor.exec():
            entity = editor.entity()
            if self._bridge.apply(SaveEntity(entity=entity), self):
                self._filter.clear()
                self.table.select(entity.id)
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def edit(self) -> None:
        """Ask for all fields of the current entity."""
        line = self.table.current()
        if line is None or not self._edit.isEnabled():
            return
        editor = EntityEditor(line.entity, self._model.lines(), self)
        if editor.exec():
            self._bridge.apply(SaveEntity(entity=editor.entity(), keep_name=editor.keeps_name()), self)

    @Slot()
    def merge(self) -> None:
        """Ask which name stays and make the selected entities one."""
        lines = self.table.selected()
        dialog = MergeDialog(lines, self)
        if dialog.exec():
            survivor = dialog.survivor()
            others = tuple(line.entity.id for line in lines if line.entity.id != survivor)
            if self._bridge.apply(MergeEntities(survivor=survivor, others=others), self):
                self.table.select(survivor)

    @Slot()
    def split(self) -> None:
        """Ask where the ticked mentions move to, and move them."""
        line, links = self.table.current(), tuple(self.mentions.model.ticked())
        if line is None or not links:
            return
        others = [each.entity for each in self._model.lines() if each.entity.id != line.entity.id]
        dialog = SplitDialog(line.entity, len(links), others, self)
        if dialog.exec():
            self._bridge.apply(SplitEntity(id=line.entity.id, links=links, to=dialog.target()), self)

    @Slot()
    def delete(self) -> None:
        """Take the selected entities out of the register."""
        if self._delete.isEnabled():
            ids = tuple(line.entity.id for line in self.table.selected())
            self._bridge.apply(RemoveEntities(ids=ids), self)

    def _button(self, words: str, on_click: Callable[[], None]) -> Button:
        return Button(f"entity-{words.strip('&…').lower()}", words, on_click)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(8, 8, 8, 8)
        bar.setSpacing(8)
        bar.addWidget(self._filter, 1)
        for button in (self._new, self._edit, self._merge, self._delete):
            bar.addWidget(button)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._empty)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self._pages)
        parts.addWidget(self.mentions)
        parts.setSizes([_SIZE[1] // 2, _SIZE[1] // 2])
        foot = QHBoxLayout()
        foot.setContentsMargins(4, 4, 4, 8)
        foot.addWidget(self._told, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(parts, 1)
        layout.addLayout(foot)

    def _connect(self) -> None:
        bridge = self._bridge
        self._filter.textChanged.connect(self._on_filter_changed)
        self._filter.returnPressed.connect(self._on_filter_entered)
        self.table.chosen.connect(self._show_state)
        self.table.edit_requested.connect(self.edit)
        self.mentions.ticked_changed.connect(self._enable)
        self.mentions.split_requested.connect(self.split)
        self.mentions.jump_requested.connect(self._on_jump_requested)
        bridge.project_changed.connect(self._on_project_changed)
        bridge.refused.connect(self._told.setText)
        deleting = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.table)
        deleting.setContext(Qt.ShortcutContext.WidgetShortcut)
        deleting.activated.connect(self.delete)
        finding = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        finding.activated.connect(self._filter.setFocus)

    @Slot(object)
    def _on_project_changed(self, notice: Notice) -> None:
        project, changes = self._bridge.project, notice.changes
        if project is None or not self.isVisible():
            return
        for entity_id in changes.entities | changes.mentioned:
            self._model.set_line(entity_id, project.register.line(entity_id))
        self.mentions.follow(changes)
        self._told.setText(changes.step)
        self._show_state()

    @Slot(str)
    def _on_filter_changed(self, text: str) -> None:
        self._model.set_filter(text)
        self._show_state()

    @Slot()
    def _on_filter_entered(self) -> None:
        """Go from the filter to the best of what it shows."""
        if self.table.current() is None:
            self.table.selectRow(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_jump_requested(self, mention: Mention) -> None:
        bridge = self._bridge
        coder = bridge.project.coder if bridge.project else None
        bridge.open_article(mention.article_id)
        if not bridge.everybody and coder is not None and coder.id != mention.coder_id:
            bridge.show_everybody(True)
        bridge.select_annotation(mention.link.annotation_id)
        self.mention_shown.emit()

    @Slot()
    def _show_state(self) -> None:
        """Show what fits the selection and the filter, and enable what makes sense now."""
        self.mentions.show_entity(self.table.current())
        self.mentions.setVisible(self._model.rowCount() > 0)
        self._pages.setCurrentIndex(0 if self._model.rowCount() else 1)
        unknown = f"No entity matches “{self._filter.text().strip()}”."
        self._empty.setText(unknown if self._model.lines() else _NONE_YET)
        self._enable()

    @Slot()
    def _enable(self) -> None:
        project = self._bridge.project
        writing = project is not None and not project.read_only
        line, count = self.table.current(), len(self.table.selected())
        self._new.setEnabled(writing)
        self._edit.setEnabled(writing and line is not None)
        self._merge.setEnabled(writing and count > 1)
        self._delete.setEnabled(writing and count > 0)
        self.mentions.split.setEnabled(writing and bool(self.mentions.model.ticked()))
