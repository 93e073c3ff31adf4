"""The line above the article: which one it is, how far coders agree in it, and the way to others."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from app.domain.articles import ArticleLine
from app.domain.ids import ArticleId
from app.ui.icons import tinted_icon
from app.ui.theme import Theme, blend

Lines = Callable[[], Sequence[ArticleLine]]
Shared = Callable[[], frozenset[ArticleId]]


class ArticleHead(QWidget):
    """Leads from article to article in the order of the project."""

    article_wanted = Signal(object)
    """The `ArticleId` of the article to go to."""
    refused = Signal(str)
    """A sentence: there is none."""

    def __init__(self, lines: Lines, shared: Shared) -> None:
        super().__init__()
        self._lines, self._shared = lines, shared
        self._article: ArticleId | None = None
        self._previous = self._arrow("previous", "Previous article (Alt+PgUp)", self.previous)
        self._next = self._arrow("next", "Next article (Alt+PgDown)", self.next)
        self._place = QLabel()
        self._place.setObjectName("place")
        self.summary = QLabel()
        self.summary.setObjectName("comparing-summary")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 6, 16, 6)
        layout.setSpacing(4)
        for widget in (self._previous, self._next, self._place):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self.summary)

    def set_theme(self, theme: Theme) -> None:
        """Tint the arrows."""
        faint = blend(theme.quiet, theme.window, 0.45)
        for name, arrow in (("previous", self._previous), ("next", self._next)):
            arrow.setIcon(tinted_icon(name, theme.ink, faint))

    def show_where(self, article_id: ArticleId | None) -> None:
        """Say which article is shown."""
        self._article = article_id
        ids = self._ids()
        at = ids.index(article_id) if article_id and article_id in ids else -1
        self._place.setText(f"Article {at + 1:,} of {len(ids):,}" if at >= 0 else "")
        self._previous.setEnabled(at > 0)
        self._next.setEnabled(0 <= at < len(ids) - 1)

    @Slot()
    def next(self) -> None:
        """Go to the next article."""
        self._go(self._after(), "There is no article after this one.")

    @Slot()
    def previous(self) -> None:
        """Go to the article before."""
        self._go(self._before(), "There is no article before this one.")

    @Slot()
    def next_shared(self) -> None:
        """Go to the next article that several coders have done."""
        shared = self._shared()
        found = [each for each in self._after() if each in shared]
        self._go(found, "There is no article after this one that several coders have done.")

    @Slot()
    def previous_shared(self) -> None:
        """Go to the nearest article before that several coders have done."""
        shared = self._shared()
        found = [each for each in self._before() if each in shared]
        self._go(found, "There is no article before this one that several coders have done.")

    def _go(self, ahead: Sequence[ArticleId], otherwise: str) -> None:
        if ahead:
            self.article_wanted.emit(ahead[0])
        else:
            self.refused.emit(otherwise)

    def _ids(self) -> list[ArticleId]:
        return [line.id for line in self._lines()]

    def _after(self) -> list[ArticleId]:
        ids = self._ids()
        return ids[ids.index(self._article) + 1 :] if self._article and self._article in ids else ids

    def _before(self) -> list[ArticleId]:
        ids = self._ids()
        return ids[: ids.index(self._article)][::-1] if self._article and self._article in ids else []

    @staticmethod
    def _arrow(name: str, words: str, act: Callable[[], None]) -> QToolButton:
        arrow = QToolButton()
        arrow.setObjectName(f"comparing-{name}")
        arrow.setIconSize(QSize(18, 18))
        arrow.setToolTip(words)
        arrow.setAccessibleName(words)
        arrow.clicked.connect(act)
        return arrow
