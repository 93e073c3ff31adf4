"""The palette: type the beginning of a name, press Enter."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from app.ui.palette.delegate import ChoiceDelegate
from app.ui.palette.model import CHOICE_ROLE, NOTHING, Choice, Offer, PaletteModel
from app.ui.rows import RowsView
from app.ui.theme import Theme

_WIDTH = 560
_FROM_TOP = 48
_MARGIN = 8
_ROWS = 10
_LINES = 8
"""Lines of explanation below the list."""

_STEPS = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Backtab: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Tab: 1,
    Qt.Key.Key_PageUp: -_ROWS,
    Qt.Key.Key_PageDown: _ROWS,
}
_LEAVES_OPEN = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason)


class Palette(QFrame):
    """A field and a list over the middle of a window. It closes on Esc and when it loses the keyboard."""

    chosen = Signal(int)
    """The place of what was chosen in the offer; the palette is closed already."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self.setObjectName("palette")
        self.setAccessibleName("Palette")
        self._before: QWidget | None = None
        self._model = PaletteModel()
        self._delegate = ChoiceDelegate(theme)
        self._list = RowsView("palette-list", "Choices", self._model, self._delegate)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._field = QLineEdit()
        self._field.setObjectName("palette-field")
        self._empty = QLabel()
        self._empty.setObjectName("empty")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words = QLabel()
        self._words.setObjectName("palette-words")
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._words.hide()
        self._sheets = QStackedLayout()
        self._sheets.addWidget(self._list)
        self._sheets.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        layout.setSpacing(_MARGIN)
        layout.addWidget(self._field)
        layout.addLayout(self._sheets)
        layout.addWidget(self._words)
        self._field.textChanged.connect(self._model.search)
        self._model.modelReset.connect(self._on_found)
        self._list.clicked.connect(self._on_clicked)
        self._list.entered.connect(self._explain)
        self._offer = NOTHING
        self._over = QRect()
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Change colours with the rest of the window."""
        self._delegate.theme = theme
        self._list.viewport().update()

    def open(self, offer: Offer, over: QRect) -> None:
        """Offer something, centred over a rectangle of the window; open already, it offers this instead."""
        self._offer = offer
        self._field.setPlaceholderText(offer.prompt)
        self._field.setAccessibleName(offer.prompt)
        self._field.blockSignals(True)
        self._field.clear()
        self._field.blockSignals(False)
        self._over = over
        self._model.offer(offer)
        if not self.isVisible():
            self._before = QApplication.focusWidget()
            self.show()
            application = QApplication.instance()
            if application is not None:
                application.installEventFilter(self)
        self.raise_()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_palette(self, *, give_back: bool) -> None:
        """Close; the keyboard goes back to what had it, unless something else has it already."""
        if not self.isVisible():
            return
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        if give_back and self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While the palette is open: take the keys, and close when the keyboard or a click goes elsewhere."""
        kind = event.type()
        if watched is self._field:
            if kind is QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if isinstance(event, QKeyEvent) and kind is QEvent.Type.KeyPress:
                return self._take(event)
            if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in _LEAVES_OPEN:
                self.close_palette(give_back=False)
        elif kind is QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            if watched.window() is self.window() and watched is not self and not self.isAncestorOf(watched):
                self.close_palette(give_back=True)
        elif kind is QEvent.Type.Resize and watched is self.window():
            self.close_palette(give_back=True)
        return False

    def _take(self, event: QKeyEvent) -> bool:
        """Take a key that moves, chooses or closes; all others are typed."""
        key = Qt.Key(event.key())
        if key is Qt.Key.Key_Escape:
            self.close_palette(give_back=True)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self._list.currentIndex().row())
        elif key in _STEPS:
            row = self._list.currentIndex().row() + _STEPS[key]
            self._show_row(min(max(0, row), self._model.rowCount() - 1))
        else:
            return False
        return True

    def _choose(self, row: int) -> None:
        place = self._model.place_at(row)
        if place is not None:
            self.close_palette(give_back=True)
            self.chosen.emit(place)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self._choose(index.row())

    @Slot()
    def _on_found(self) -> None:
        """Begin at the best; say so where there is none."""
        count = self._model.rowCount()
        if not self._offer.names:
            self._empty.setText(self._offer.empty)
        elif self._model.searching:
            self._empty.setText("Searching…")
        else:
            self._empty.setText(f"Nothing matches “{self._field.text().strip()}”.")
        self._sheets.setCurrentWidget(self._list if count else self._empty)
        self._place()
        self._show_row(0 if count else -1)

    def _show_row(self, row: int) -> None:
        self._list.show_row(row)
        index = self._model.index(row, 0)
        spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
        self._field.setAccessibleDescription(spoken or self._empty.text())
        self._explain(index)

    @Slot(QModelIndex)
    def _explain(self, index: QModelIndex) -> None:
        """Say below the list what the code is for that the keyboard or the pointer has come to."""
        choice = index.data(CHOICE_ROLE)
        self._words.setText(choice.words if isinstance(choice, Choice) else "")

    def _place(self) -> None:
        """Take the middle of the rectangle, no more than its room, and as many rows as there are, up to ten."""
        over = self._over
        row = self._delegate.height(self._list.fontMetrics())
        rows = min(max(self._model.rowCount(), 2), _ROWS)
        width = min(_WIDTH, over.width() - 2 * _MARGIN)
        top = over.top() + min(_FROM_TOP, over.height() // 8)
        height = self._field.sizeHint().height() + 3 * _MARGIN + rows * row + 2
        explained = bool(self._offer.names and self._offer.describe(0).words)
        self._words.setVisible(explained)
        if explained:
            self._words.setFixedHeight(_LINES * self._words.fontMetrics().lineSpacing())
            height += self._words.height() + _MARGIN
        height = min(height, over.bottom() - top - _MARGIN)
        self.setGeometry(over.left() + (over.width() - width) // 2, top, width, height)
