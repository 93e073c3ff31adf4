"""The palette of codes: colour, name, key; a click codes what is selected, the definition stands below."""

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Slot,
)
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QLabel,
    QListView,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.codebook import Code
from app.domain.ids import CodeId
from app.system.settings import CODES_AT_SELECTION, Settings
from app.ui.bridge import Bridge, Notice
from app.ui.codes.popup import CodePopup
from app.ui.theme import Theme, blend

_ID_ROLE = Qt.ItemDataRole.UserRole + 1
_DEPTH_ROLE = Qt.ItemDataRole.UserRole + 2
_COLOUR_ROLE = Qt.ItemDataRole.UserRole + 3
_KEY_ROLE = Qt.ItemDataRole.UserRole + 4

_ROW = 30
_CHIP = 12.0
_INDENT = 18.0


class CodesPanel(QWidget):
    """Every code of the codebook in the lead's order."""

    def __init__(self, bridge: Bridge, settings: Settings, theme: Theme) -> None:
        super().__init__()
        self._bridge, self._settings = bridge, settings
        self._model = QStandardItemModel()
        self._delegate = _CodeDelegate(theme)
        self._list = QListView()
        self._list.setObjectName("codes")
        self._list.setAccessibleName("Codes")
        self._list.setModel(self._model)
        self._list.setItemDelegate(self._delegate)
        self._list.setMouseTracking(True)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A click codes and leaves the keyboard with the text; Tab still leads here.
        self._list.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._popup = CodePopup(theme, self)
        self._words = QLabel()
        self._lay_out()
        self._list.clicked.connect(self._on_clicked)
        self._list.activated.connect(self._on_clicked)
        self._list.entered.connect(self._describe)
        self._list.selectionModel().currentChanged.connect(self._describe)
        self._list.viewport().installEventFilter(self)
        self._popup.code_chosen.connect(self._on_code_chosen)
        bridge.codes_wanted.connect(self._on_codes_wanted)
        bridge.spans_selected.connect(self._on_popup_outdated)
        bridge.annotation_selected.connect(self._on_popup_outdated)
        bridge.article_opened.connect(self._on_popup_outdated)
        bridge.project_opened.connect(self._reload)
        bridge.project_closed.connect(self._reload)
        bridge.project_changed.connect(self._on_project_changed)
        bridge.annotation_selected.connect(self._on_annotation_selected)

    def _lay_out(self) -> None:
        self._words.setObjectName("definition")
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._words.setContentsMargins(12, 8, 12, 8)
        room = QScrollArea()
        room.setWidget(self._words)
        room.setWidgetResizable(True)
        room.setMinimumHeight(96)
        room.setAccessibleName("Definition of the code")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._list, 5)
        layout.addWidget(room, 2)

    def set_theme(self, theme: Theme) -> None:
        """Change colours with the rest of the window."""
        self._delegate.theme = self._popup.theme = theme
        self._list.viewport().update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """When the pointer leaves, describe again what is selected."""
        if event.type() is QEvent.Type.Leave:
            self._on_annotation_selected(self._bridge.annotation)
        return super().eventFilter(watched, event)

    @Slot()
    def _reload(self) -> None:
        self._model.clear()
        project = self._bridge.project
        if project is None:
            self._words.clear()
            return
        for depth, code in project.codebook().walk():
            item = QStandardItem(code.name)
            item.setData(code.id, _ID_ROLE)
            item.setData(depth, _DEPTH_ROLE)
            item.setData(QColor(code.colour), _COLOUR_ROLE)
            item.setData(code.shortcut.upper(), _KEY_ROLE)
            key = f", key {code.shortcut.upper()}" if code.shortcut else ""
            item.setData(f"{code.name}{key}", Qt.ItemDataRole.AccessibleTextRole)
            self._model.appendRow(item)
        self._on_annotation_selected(None)

    @Slot(object)
    def _on_project_changed(self, notice: Notice) -> None:
        if notice.changes.codebook:
            self._reload()

    @Slot(object)
    def _on_codes_wanted(self, place: QPoint) -> None:
        project = self._bridge.project
        if project is None or project.read_only or self._settings.text(CODES_AT_SELECTION) == "no":
            return
        self._popup.offer([code for _depth, code in project.codebook().walk()], place)

    @Slot(object)
    def _on_code_chosen(self, code_id: CodeId) -> None:
        self._bridge.apply_code(code_id, self)

    @Slot(object)
    def _on_popup_outdated(self, _what: object) -> None:
        self._popup.hide()

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self._bridge.apply_code(CodeId(index.data(_ID_ROLE)), self)

    @Slot(QModelIndex)
    def _describe(self, index: QModelIndex) -> None:
        project = self._bridge.project
        if project is not None and index.isValid():
            self._words.setText(_in_words(project.codebook().code(CodeId(index.data(_ID_ROLE)))))

    @Slot(object)
    def _on_annotation_selected(self, annotation_id: object) -> None:
        project = self._bridge.project
        if project is None:
            return
        if self._bridge.annotation is not None and annotation_id is not None:
            code_id = project.annotation(self._bridge.annotation).code_id
            self._words.setText(_in_words(project.codebook().code(code_id)))
        elif self._model.rowCount():
            self._words.setText("Select words in the text and press a code's key, or click the code.")
        else:
            self._words.setText("This project has no codes yet.")


def _in_words(code: Code) -> str:
    """Return name, definition, rules and examples as rich text."""
    parts = [f"<b>{_escaped(code.name)}</b>", _escaped(code.definition)]
    if code.when:
        parts.append(f"✓ {_escaped(code.when)}")
    if code.when_not:
        parts.append(f"✗ {_escaped(code.when_not)}")
    parts += [f"“{_escaped(example)}”" for example in code.examples]
    return "".join(f"<p style='margin: 0 0 6px 0'>{part}</p>" for part in parts if part)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class _CodeDelegate(QStyledItemDelegate):
    """Paints one code: chip, name, key."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One line with room around."""
        del index
        return QSize(140, max(_ROW, option.fontMetrics.lineSpacing() + 10))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint chip, name and key."""
        theme, rect = self.theme, QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.hover)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(rect, blend(theme.accent, theme.panel, 0.18))
        colour = index.data(_COLOUR_ROLE)
        chip = QRectF(rect.left() + 12 + _INDENT * index.data(_DEPTH_ROLE), 0, _CHIP, _CHIP)
        chip.moveTop(rect.center().y() - _CHIP / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(chip, 3, 3)
        right = self._paint_key(painter, rect, index.data(_KEY_ROLE))
        painter.setPen(theme.ink)
        room = QRectF(chip.right() + 10, rect.top(), right - chip.right() - 18, rect.height())
        name = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)
        painter.restore()

    def _paint_key(self, painter: QPainter, rect: QRectF, key: str) -> float:
        """Paint the key as a key cap at the right edge; return where it begins."""
        if not key:
            return rect.right()
        width = max(20.0, QFontMetricsF(painter.font()).horizontalAdvance(key) + 10)
        cap = QRectF(rect.right() - 10 - width, rect.center().y() - 10, width, 20)
        painter.setPen(QPen(self.theme.line, 1))
        painter.setBrush(self.theme.key)
        painter.drawRoundedRect(cap, 4, 4)
        painter.setPen(self.theme.quiet)
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
        return cap.left()
