"""The palette of codes: colour, name, key; a click codes what is selected, the definition stands below."""

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPoint,
    Qt,
    Slot,
)
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QLabel,
    QListView,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.domain.ids import CodeId
from app.system.settings import CODES_AT_SELECTION, Settings
from app.ui.bridge import Bridge, Notice
from app.ui.code_rows import ID_ROLE, CodeDelegate, code_in_words, code_item
from app.ui.codes.popup import CodePopup
from app.ui.theme import Theme


class CodesPanel(QWidget):
    """Every code of the codebook in the lead's order."""

    def __init__(self, bridge: Bridge, settings: Settings, theme: Theme) -> None:
        super().__init__()
        self._bridge, self._settings = bridge, settings
        self._model = QStandardItemModel()
        self._delegate = CodeDelegate(theme)
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
        self._popup.code_pointed.connect(self._on_code_pointed)
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
            self._model.appendRow(code_item(code, depth))
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
    def _on_code_pointed(self, code_id: CodeId | None) -> None:
        project = self._bridge.project
        if code_id is None or project is None:
            self._on_annotation_selected(self._bridge.annotation)
        else:
            self._words.setText(code_in_words(project.codebook().code(code_id)))

    @Slot(object)
    def _on_code_chosen(self, code_id: CodeId) -> None:
        self._bridge.apply_code(code_id, self)

    @Slot(object)
    def _on_popup_outdated(self, _what: object) -> None:
        self._popup.hide()

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self._bridge.apply_code(CodeId(index.data(ID_ROLE)), self)

    @Slot(QModelIndex)
    def _describe(self, index: QModelIndex) -> None:
        project = self._bridge.project
        if project is not None and index.isValid():
            self._words.setText(code_in_words(project.codebook().code(CodeId(index.data(ID_ROLE)))))

    @Slot(object)
    def _on_annotation_selected(self, annotation_id: object) -> None:
        project = self._bridge.project
        if project is None:
            return
        if self._bridge.annotation is not None and annotation_id is not None:
            code_id = project.annotation(self._bridge.annotation).code_id
            self._words.setText(code_in_words(project.codebook().code(code_id)))
        elif self._model.rowCount():
            self._words.setText("Select words in the text and press a code's key, or click the code.")
        else:
            self._words.setText("This project has no codes yet.")
