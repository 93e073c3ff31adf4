"""The page that the window shows while no project is open."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, SignalInstance, Slot
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

_WIDTH = 420


class WelcomePage(QWidget):
    """Says what can be done first: a new project, an old one, the demo."""

    new_requested = Signal()
    open_requested = Signal()
    demo_requested = Signal()
    recent_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        title = QLabel("Rubricator")
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 2.2)
        title.setFont(font)
        words = QLabel(
            "Code news articles: highlight words, give them a code, and find everything saved in one file."
        )
        words.setWordWrap(True)
        new = self._button("&New project…", self.new_requested, "Make an empty project with a codebook")
        new.setDefault(True)
        old = self._button("&Open a project…", self.open_requested, "Open a .rubric file")
        demo = self._button("&Try the demo", self.demo_requested, "Eight short articles, some of them coded")
        self._recent = QListWidget()
        self._recent.setObjectName("recent")
        self._recent.setAccessibleName("Recent projects")
        self._recent.itemActivated.connect(self._on_item_activated)
        self._recent.itemClicked.connect(self._on_item_activated)
        self._recent_title = QLabel("Recent projects")
        column = QWidget()
        column.setFixedWidth(_WIDTH)
        inside = QVBoxLayout(column)
        inside.setSpacing(8)
        for widget in (title, words, new, old, demo, self._recent_title, self._recent):
            inside.addWidget(widget)
        inside.insertSpacing(2, 16)
        inside.insertSpacing(6, 16)
        inside.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(column, 4, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)

    def show_recent(self, paths: Sequence[str]) -> None:
        """List the projects that were opened last and are still there."""
        self._recent.clear()
        for path in paths:
            item = QListWidgetItem(f"{Path(path).stem}\n{Path(path).parent}")
            item.setData(Qt.ItemDataRole.UserRole, path)
            item.setToolTip(path)
            self._recent.addItem(item)
        self._recent.setVisible(bool(paths))
        self._recent_title.setVisible(bool(paths))

    @Slot(QListWidgetItem)
    def _on_item_activated(self, item: QListWidgetItem) -> None:
        self.recent_requested.emit(item.data(Qt.ItemDataRole.UserRole))

    @staticmethod
    def _button(text: str, wish: SignalInstance, meaning: str) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(meaning)
        button.setMinimumHeight(36)
        button.clicked.connect(wish)
        return button
