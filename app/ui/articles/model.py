"""The articles as a list model: titles and how far the coder at work is with each."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from app.domain.articles import Article
from app.domain.ids import ArticleId
from app.domain.reviews import Review, ReviewState

AnyIndex = QModelIndex | QPersistentModelIndex

STATE_ROLE = Qt.ItemDataRole.UserRole + 1
ABOUT_ROLE = Qt.ItemDataRole.UserRole + 2
COUNT_ROLE = Qt.ItemDataRole.UserRole + 3
FILTER_ROLE = Qt.ItemDataRole.UserRole + 4

STATE_WORDS = {
    ReviewState.NOT_OPENED: "not opened",
    ReviewState.IN_PROGRESS: "in progress",
    ReviewState.DONE: "done",
}


class ArticleRow(NamedTuple):
    """One article as the list shows it."""

    article: Article
    review: Review | None
    annotations: int


class ArticleModel(QAbstractListModel):
    """One row an article, in the coder's order."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[ArticleRow] = []
        self._at: dict[ArticleId, int] = {}

    def set_rows(self, rows: Sequence[ArticleRow]) -> None:
        """Show other articles."""
        self.beginResetModel()
        self._rows = list(rows)
        self._at = {row.article.id: number for number, row in enumerate(self._rows)}
        self.endResetModel()

    def set_row(self, row: ArticleRow) -> None:
        """Show one article anew."""
        number = self._at.get(row.article.id)
        if number is not None:
            self._rows[number] = row
            index = self.index(number)
            self.dataChanged.emit(index, index)

    def rows(self) -> Sequence[ArticleRow]:
        """The rows in order."""
        return self._rows

    def row_of(self, article_id: ArticleId | None) -> int:
        """Return the row of an article, -1 if it is not there."""
        return -1 if article_id is None else self._at.get(article_id, -1)

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """The number of articles."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What the delegate paints and a screen reader says."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        state = row.review.state if row.review else ReviewState.NOT_OPENED
        about = " · ".join(part for part in (row.article.source, row.article.date) if part)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.article.title
            case Qt.ItemDataRole.ToolTipRole:
                nothing = " with nothing found" if row.review and row.review.nothing_found else ""
                return f"{row.article.title}\n{about}\n{STATE_WORDS[state]}{nothing}"
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{row.article.title}, {STATE_WORDS[state]}, {row.annotations} annotations"
            case _ if role == STATE_ROLE:
                return state
            case _ if role == ABOUT_ROLE:
                return about
            case _ if role == COUNT_ROLE:
                return row.annotations
            case _ if role == FILTER_ROLE:
                return f"{row.article.title}\n{about}\n{row.article.author}\n{row.article.reference}"
            case _:
                return None
