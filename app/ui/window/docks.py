"""The panels beside the text: where they stand, how wide they are, and that they stand there again next time."""

from PySide6.QtCore import QByteArray, QObject, QSettings, Qt, Slot
from PySide6.QtWidgets import QDockWidget, QLabel, QMainWindow, QWidget

from app.ui.room import room_for

_SIZE = (1280, 800)
_SIDES = [260, 300]
_GEOMETRY, _STATE = "geometry", "state"
_LEFT, _RIGHT = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea


class Docks(QObject):
    """Stands panels around the text of a window; the user moves them, and gets the first order back on demand."""

    def __init__(
        self,
        window: QMainWindow,
        store: QSettings,
        *,
        articles: QWidget,
        codes: QWidget,
        inspector: QWidget,
        annotations: QWidget,
        cards: QWidget,
    ) -> None:
        super().__init__(window)
        self._window, self._store = window, store
        self._arranged = False
        self._articles = self._dock("Articles", articles)
        self._codes = self._dock("Codes", codes)
        self._inspector = self._dock("Inspector", inspector)
        self._annotations = self._dock("Annotations", annotations)
        self._cards = self._dock("Cards", cards)
        self._left = (self._articles, self._annotations, self._cards)
        self._right = (self._codes, self._inspector)

    def restore(self) -> None:
        """Put the window and all panels where they were when the program was closed."""
        self.reset()
        geometry, state = self._store.value(_GEOMETRY), self._store.value(_STATE)
        if isinstance(geometry, QByteArray) and isinstance(state, QByteArray):
            self._window.restoreGeometry(geometry)
            self._window.restoreState(state)
            self._arranged = True

    def remember(self) -> None:
        """Note where everything is, for the next time."""
        self._store.setValue(_GEOMETRY, self._window.saveGeometry())
        self._store.setValue(_STATE, self._window.saveState())
        # Left to itself, Qt writes at some later moment, when the folder may be gone or another program looks.
        self._store.sync()

    def show(self, *, shown: bool) -> None:
        """Show the panels, or hide them all."""
        for dock in (*self._left, *self._right):
            dock.setVisible(shown)
        if shown and not self._arranged:
            # Only docks that are shown can be given a size.
            self._arranged = True
            self._size()

    @Slot()
    def reset(self) -> None:
        """Put the window and all panels where they were the first time."""
        window = self._window
        window.resize(room_for(*_SIZE))
        for area, docks in ((_LEFT, self._left), (_RIGHT, self._right)):
            for dock in docks:
                window.addDockWidget(area, dock)
        window.splitDockWidget(self._articles, self._annotations, Qt.Orientation.Vertical)
        window.tabifyDockWidget(self._annotations, self._cards)
        self._annotations.raise_()
        window.splitDockWidget(self._codes, self._inspector, Qt.Orientation.Vertical)
        self._size()

    def _size(self) -> None:
        window, upright = self._window, Qt.Orientation.Vertical
        window.resizeDocks([self._articles, self._codes], _SIDES, Qt.Orientation.Horizontal)
        window.resizeDocks([self._articles, self._annotations], [380, 320], upright)
        window.resizeDocks([self._codes, self._inspector], [340, 360], upright)

    def _dock(self, title: str, panel: QWidget) -> QDockWidget:
        dock = QDockWidget(title, self._window)
        # By this name Qt knows the panel again in what it remembered.
        dock.setObjectName(title)
        dock.setWidget(panel)
        head = QLabel(title)
        head.setObjectName("dock-title")
        dock.setTitleBarWidget(head)
        dock.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetMovable)
        return dock
