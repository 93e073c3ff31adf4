"""Every key on one page, and the place to change them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.matching import Typed
from app.ui.filter_field import FilterField
from app.ui.keys.field import KeyField
from app.ui.room import room_for

_ROW = Qt.ItemDataRole.UserRole + 1
_HELP = "Choose an action and press Enter, then the new key. Faint is what makes no sense at the moment."


class KeyRow(NamedTuple):
    """What one key does; keys are as this system writes them.

    `id` names the action, empty where the key cannot be changed here; `usual` is the key that it had first,
    empty where it still has that; `now` tells whether it makes sense at the moment.
    """

    words: str
    key: str
    id: str = ""
    now: bool = True
    usual: str = ""


class KeyWish(NamedTuple):
    """Another key for an action, as Qt writes keys; none if it is empty."""

    id: str
    key: str


class KeysDialog(QDialog):
    """Shows groups of keys, each under its title, and asks for others. It changes nothing itself."""

    key_requested = Signal(object)
    """A `KeyWish`."""
    reset_requested = Signal(str)
    """The id of an action that is to have its usual key again."""
    reset_all_requested = Signal()

    def __init__(self, groups: Mapping[str, Sequence[KeyRow]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        self.resize(room_for(720, 620))
        self._filter = FilterField("key-filter", "Filter keys", "Filter by what it does, or by key")
        self._tree = _make_tree()
        self._groups: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        self._field = KeyField()
        self._said = QLabel(_HELP)
        self._said.setObjectName("said")
        self._said.setWordWrap(True)
        self._away = self._button("Take the key &away", "take-away")
        self._reset = self._button("&Reset", "reset")
        self._reset_all = self._button("Reset a&ll", "reset-all")
        self._lay_out()
        self._filter.textChanged.connect(self._sift)
        self._filter.installEventFilter(self)
        self._tree.installEventFilter(self)
        self._tree.currentItemChanged.connect(self._on_current_changed)
        self._tree.itemDoubleClicked.connect(self._begin)
        self._field.pressed.connect(self._on_pressed)
        self._field.left.connect(self._end)
        self._away.clicked.connect(self._take_away)
        self._reset.clicked.connect(self._on_reset)
        self._reset_all.clicked.connect(self.reset_all_requested)
        self.show_groups(groups)
        self._filter.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_groups(self, groups: Mapping[str, Sequence[KeyRow]]) -> None:
        """Show keys; the action that was chosen stays chosen."""
        chosen = self._row()
        self._groups.clear()
        self._tree.clear()
        current: QTreeWidgetItem | None = None
        for title, rows in groups.items():
            head = QTreeWidgetItem(self._tree, [title])
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = head.font(0)
            font.setBold(True)
            head.setFont(0, font)
            items: list[QTreeWidgetItem] = []
            self._groups.append((head, items))
            for row in rows:
                item = self._add(head, row)
                items.append(item)
                if chosen is not None and (row.id, row.words) == (chosen.id, chosen.words):
                    current = item
            head.setExpanded(True)
        self._sift()
        if current is not None:
            self._tree.setCurrentItem(current)
            self._tree.scrollToItem(current)
        self._on_current_changed()

    def show_changed(self, groups: Mapping[str, Sequence[KeyRow]]) -> None:
        """Show keys after a wish was granted, and give the keyboard back to the list."""
        self.show_groups(groups)
        row = self._row()
        if row is not None:
            self.say(
                f"“{row.words}” has the key {row.key} now." if row.key else f"“{row.words}” has no key now."
            )
        self._tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, sentence: str) -> None:
        """Say what became of the last wish."""
        self._said.setText(sentence)
        self._said.setAccessibleName(sentence)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down leads from the filter to the list; there Enter changes a key and Del takes it away."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            key = event.key()
            if watched is self._filter and key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._go_to_list()
                return True
            if watched is self._tree and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
                self._begin()
                return True
            if watched is self._tree and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                self._take_away()
                return True
        return super().eventFilter(watched, event)

    def _button(self, words: str, name: str) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(name)
        button.setAutoDefault(False)
        return button

    def _lay_out(self) -> None:
        changing = QHBoxLayout()
        changing.setSpacing(8)
        name = QLabel("&New key:")
        name.setBuddy(self._field)
        for widget in (name, self._field, self._away, self._reset, self._reset_all):
            changing.addWidget(widget)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addWidget(self._filter)
        layout.addWidget(self._tree, 1)
        layout.addWidget(self._said)
        layout.addLayout(changing)
        layout.addWidget(buttons)

    def _add(self, head: QTreeWidgetItem, row: KeyRow) -> QTreeWidgetItem:
        item = QTreeWidgetItem(head, [row.words, row.key, f"usually {row.usual}" if row.usual else ""])
        item.setData(0, _ROW, row)
        key = row.key or "no key"
        item.setData(
            0, Qt.ItemDataRole.AccessibleTextRole, f"{row.words}, {key}{'' if row.now else ', not now'}"
        )
        if not row.now:
            for column in range(3):
                item.setForeground(
                    column, self.palette().brush(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
                )
        return item

    def _row(self) -> KeyRow | None:
        item = self._tree.currentItem()
        return item.data(0, _ROW) if item is not None else None

    @Slot()
    def _sift(self) -> None:
        """Show what fits the filter, and say so where nothing does."""
        text = self._filter.text().strip()
        typed, folded = Typed(text), text.casefold()
        anything = False
        for head, items in self._groups:
            shown = 0
            for item in items:
                row: KeyRow = item.data(0, _ROW)
                fits = typed.match(row.words) is not None or folded in row.key.casefold()
                item.setHidden(not fits)
                shown += fits
            head.setHidden(not shown)
            anything = anything or shown > 0
        self.say(_HELP if anything else f"Nothing that a key does matches “{text}”.")

    @Slot()
    def _on_current_changed(self) -> None:
        row = self._row()
        changeable = row is not None and bool(row.id)
        self._field.setEnabled(changeable)
        self._field.setPlaceholderText("Press the new key here" if changeable else "Choose an action above")
        self._away.setEnabled(changeable and row is not None and bool(row.key))
        self._reset.setEnabled(changeable and row is not None and bool(row.usual))

    def _go_to_list(self) -> None:
        item = self._tree.currentItem()
        if item is None or item.isHidden() or item.data(0, _ROW) is None:
            item = self._first_shown()
        if item is not None:
            self._tree.setCurrentItem(item)
            self._tree.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _first_shown(self) -> QTreeWidgetItem | None:
        items = (item for _head, items in self._groups for item in items)
        return next((item for item in items if not item.isHidden()), None)

    @Slot()
    def _begin(self) -> None:
        row = self._row()
        if row is None:
            return
        if not row.id:
            self.say("This key cannot be changed here; keys of codes belong to the codebook.")
            return
        self.say(f"Press the new key for “{row.words}”. Esc leaves it as it is.")
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _end(self) -> None:
        self.say(_HELP)
        self._tree.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(str)
    def _on_pressed(self, key: str) -> None:
        row = self._row()
        if row is not None and row.id:
            self.key_requested.emit(KeyWish(row.id, key))

    @Slot()
    def _take_away(self) -> None:
        row = self._row()
        if row is not None and row.id and row.key:
            self.key_requested.emit(KeyWish(row.id, ""))

    @Slot()
    def _on_reset(self) -> None:
        row = self._row()
        if row is not None and row.id:
            self.reset_requested.emit(row.id)


def _make_tree() -> QTreeWidget:
    tree = QTreeWidget()
    tree.setObjectName("keys")
    tree.setAccessibleName("Keys")
    tree.setHeaderLabels(["Does", "Key", ""])
    tree.setRootIsDecorated(False)
    tree.setUniformRowHeights(True)
    tree.setExpandsOnDoubleClick(False)
    tree.setAllColumnsShowFocus(True)
    header = tree.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
    return tree
