"""Which articles are compared: all that two coders have done, those of a sample, or some that are ticked."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.counting import counted
from app.domain.ids import ArticleId, SampleId
from app.domain.sampling import Sample
from app.ui.room import room_for

Titles = Callable[[], Sequence[tuple[ArticleId, str]]]
"""Gives id and title of every article that two coders have done, in the coder's order."""

_SOME = "some"
_SIZE = (560, 520)


class ArticlesDialog(QDialog):
    """Ticks some articles; what a filter shows can be ticked at once."""

    def __init__(
        self, titles: Sequence[tuple[ArticleId, str]], chosen: Sequence[ArticleId], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Articles to compare")
        self.resize(room_for(*_SIZE))
        self._filter = QLineEdit()
        self._filter.setObjectName("articles-filter")
        self._filter.setPlaceholderText("Filter titles…")
        self._filter.setAccessibleName("Filter titles")
        self._filter.setClearButtonEnabled(True)
        self._list = QListWidget()
        self._list.setObjectName("articles-ticked")
        self._list.setAccessibleName("Articles that two coders have done")
        self._told = QLabel()
        held = set(chosen)
        for article_id, title in titles:
            item = QListWidgetItem(title, self._list)
            item.setData(Qt.ItemDataRole.UserRole, article_id)
            ticked = not held or article_id in held
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self._go = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._turn = buttons.addButton("&Tick or untick all shown", QDialogButtonBox.ButtonRole.ActionRole)
        self._turn.setObjectName("tick-shown")
        layout = QVBoxLayout(self)
        for widget in (self._filter, self._list, self._told, buttons):
            layout.addWidget(widget)
        self._filter.textChanged.connect(self._on_filtered)
        self._list.itemChanged.connect(self._tell)
        self._turn.clicked.connect(self._on_turned)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._tell()

    def chosen(self) -> tuple[ArticleId, ...]:
        """Return the articles that are ticked."""
        ticked = [each for each in self._items() if each.checkState() is Qt.CheckState.Checked]
        return tuple(ArticleId(each.data(Qt.ItemDataRole.UserRole)) for each in ticked)

    def _items(self) -> list[QListWidgetItem]:
        return [self._list.item(at) for at in range(self._list.count())]

    @Slot(str)
    def _on_filtered(self, words: str) -> None:
        for item in self._items():
            item.setHidden(words.casefold() not in item.text().casefold())

    @Slot()
    def _on_turned(self) -> None:
        shown = [each for each in self._items() if not each.isHidden()]
        every = all(each.checkState() is Qt.CheckState.Checked for each in shown)
        with QSignalBlocker(self._list):
            for each in shown:
                each.setCheckState(Qt.CheckState.Unchecked if every else Qt.CheckState.Checked)
        self._list.viewport().update()
        self._tell()

    @Slot()
    def _tell(self) -> None:
        count = len(self.chosen())
        self._told.setText(f"{count:,} of {counted(self._list.count(), 'article')} ticked")
        self._go.setEnabled(count > 0)


class ArticlesBox(QComboBox):
    """Offers all articles, every sample, and to tick some."""

    changed = Signal()
    """Other articles are wanted."""

    def __init__(self) -> None:
        super().__init__()
        hint = "Which articles are compared"
        self.setObjectName("agreement-articles")
        self.setToolTip(hint)
        self.setAccessibleName(hint)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(16)
        self._titles: Titles = tuple
        self._ticked: tuple[ArticleId, ...] = ()
        self._before = 0
        self.activated.connect(self._on_activated)

    def offer(self, samples: Sequence[Sample], titles: Titles) -> None:
        """Offer what the project has now; what was chosen stays so, if it is still there."""
        chosen, self._titles = self.currentData(), titles
        self.clear()
        self.addItem("All articles", "")
        for each in samples:
            self.addItem(f"Sample “{each.name}”", each.id)
        self.addItem("Some articles…", _SOME)
        self.setCurrentIndex(max(0, self.findData(chosen)))
        self._before = self.currentIndex()
        self._name()

    def sample_id(self) -> SampleId | None:
        """Return the sample that is chosen, None for all articles or some."""
        chosen = self.currentData()
        return SampleId(chosen) if chosen and chosen != _SOME else None

    def ticked(self) -> tuple[ArticleId, ...]:
        """Return the articles that are ticked, none unless those are chosen."""
        return self._ticked if self.currentData() == _SOME else ()

    @Slot(int)
    def _on_activated(self, row: int) -> None:
        if self.itemData(row) == _SOME:
            dialog = ArticlesDialog(self._titles(), self._ticked, self)
            if not dialog.exec():
                self.setCurrentIndex(self._before)
                return
            self._ticked = dialog.chosen()
            self._name()
        elif row == self._before:
            return
        self._before = row
        self.changed.emit()

    def _name(self) -> None:
        words = f"{counted(len(self._ticked), 'article')}…" if self.ticked() else "Some articles…"
        self.setItemText(self.count() - 1, words)
