"""Links and entities: picked by number, by words, or made new."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout

from app.domain.answers import AnnotationTarget, Answer, EntityTarget, NotInText, Target
from app.domain.codebook import Attribute
from app.ui.answering.field import Field
from app.ui.answering.options import Option, Options

_ROWS = 7


class TargetField(Field):
    """A line with a list of what fits it below, which is there while the field has the keyboard."""

    numbers_shown = Signal(object)
    """The tuple of annotation ids that can be picked by number now; empty when the field is left."""
    entity_wanted = Signal(str)
    """The name of an entity that is to be made and linked to."""

    def __init__(self, attribute: Attribute, make_options: Callable[[Attribute], Options | None]) -> None:
        super().__init__(attribute)
        self._make_options = make_options
        self._options: Options | None = None
        self._targets: tuple[Target, ...] = ()
        self._offered: tuple[Target, ...] = ()
        self._edit = QLineEdit()
        self._edit.setAccessibleName(self.accessibleName())
        self._edit.setPlaceholderText("number, name or words")
        self._edit.installEventFilter(self)
        self._edit.textEdited.connect(self._on_text_edited)
        self._list = QListWidget()
        self._list.setAccessibleName(f"Answers for {attribute.name}")
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.hide()
        self._list.itemClicked.connect(self._on_item_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._edit)
        layout.addWidget(self._list)
        self.setFocusProxy(self._edit)

    def show_answer(self, answer: Answer | None) -> None:
        """Show what is linked."""
        self._targets = _as_targets(answer)
        options = self._make_options(self.attribute) if self._targets else None
        words = [options.words_of(target) for target in self._targets] if options else []
        self._edit.setText("; ".join(words))
        self._edit.setCursorPosition(0)

    def offer(self, answer: Answer | None) -> None:
        """Offer first what was linked the last time; annotations of another article are none."""
        self._offered = tuple(each for each in _as_targets(answer) if not isinstance(each, AnnotationTarget))

    def is_typed_in(self) -> bool:
        """Whether something was typed here."""
        return self._edit.isUndoAvailable() or self._edit.isRedoAvailable()

    def takes(self, event: QEvent) -> bool:
        """Open the list with the keyboard, walk in it, pick from it."""
        if event.type() is QEvent.Type.FocusIn:
            self._open()
        elif event.type() is QEvent.Type.FocusOut:
            self._close()
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                row = self._list.currentRow() + (1 if key == Qt.Key.Key_Down else -1)
                self._list.setCurrentRow(max(0, min(row, self._list.count() - 1)))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._on_return(further=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
                return True
        return super().takes(event)

    def _open(self) -> None:
        self._options = self._make_options(self.attribute)
        self._edit.selectAll()
        self._fill("")
        if self._options is not None:
            self.numbers_shown.emit(self._options.numbered)

    def _close(self) -> None:
        self._list.hide()
        self.numbers_shown.emit(())
        self.show_answer(self._targets or None)

    def _fill(self, typed: str) -> None:
        self._list.clear()
        if self._options is None:
            return
        found = self._options.matching(typed)
        if not typed:
            again = [Option(f"again: {self._options.words_of(each)}", "", each) for each in self._offered]
            found = [*again, *found]
        for option in found:
            entry = QListWidgetItem(f"{option.number}  {option.words}" if option.number else option.words)
            entry.setData(Qt.ItemDataRole.UserRole, option)
            self._list.addItem(entry)
        # Return takes what is marked, and goes on where nobody has typed or gone anywhere.
        self._list.setCurrentRow(0 if typed.strip() else -1)
        rows = min(_ROWS, len(found))
        self._list.setFixedHeight(rows * max(1, self._list.sizeHintForRow(0)) + 4 if rows else 0)
        self._list.setVisible(bool(found))
        self.attended.emit()

    @Slot(str)
    def _on_text_edited(self, typed: str) -> None:
        self._fill(typed)
        number = typed.strip()
        if number.isdigit() and self._list.count() == 1:
            self._pick(self._list.item(0), further=False)

    @Slot(QListWidgetItem)
    def _on_item_clicked(self, item: QListWidgetItem) -> None:
        self._pick(item, further=False)

    def _on_return(self, *, further: bool) -> None:
        entry = self._list.currentItem()
        if not self._edit.text().strip() and self._targets:
            self._targets = ()
            self.answered.emit(None)
            self.finished.emit()
        elif entry is not None:
            self._pick(entry, further=further)
        else:
            self.finished.emit()

    def _pick(self, item: QListWidgetItem, *, further: bool) -> None:
        option: Option = item.data(Qt.ItemDataRole.UserRole)
        if option.target is None:
            self.entity_wanted.emit(self._edit.text().strip())
            return
        kept = self._targets if further and NotInText() not in self._targets else ()
        self._targets = tuple(dict.fromkeys((*kept, option.target)))
        self.answered.emit(self._targets)
        self.finished.emit()


def _as_targets(answer: Answer | None) -> tuple[Target, ...]:
    if not isinstance(answer, tuple):
        return ()
    return tuple(each for each in answer if isinstance(each, AnnotationTarget | EntityTarget | NotInText))
