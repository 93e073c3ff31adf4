"""The articles as a list model: titles and how far the coder at work is with each."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from app.domain.articles import ArticleLine
from app.domain.ids import ArticleId
from app.domain.reviews import ReviewState, done_in_words, open_in_words

AnyIndex = QModelIndex | QPersistentModelIndex

LINE_ROLE = Qt.ItemDataRole.UserRole + 1
OPEN_ROLE = Qt.ItemDataRole.UserRole + 2


class ArticleModel(QAbstractListModel):
    """One row an article, in the coder's order; only those that the filter lets through."""

    def __init__(self, count_open: Callable[[ArticleId], int]) -> None:
        """`count_open` tells how many required questions an article has open; it is asked when a row is looked at."""
        super().__init__()
        self._count_open = count_open
        self._lacking: dict[ArticleId, int] = {}
        self._lines: list[ArticleLine] = []
        self._at: dict[ArticleId, int] = {}
        self._shown: list[int] = []
        self._row: dict[int, int] = {}
        self._filter = ""
        self._only_open = False
        self.done = 0
        self.seconds = 0.0

    def set_lines(self, lines: Sequence[ArticleLine]) -> None:
        """Show other articles."""
        self._lines = list(lines)
        self._lacking.clear()
        self._at = {line.id: number for number, line in enumerate(self._lines)}
        self.done = sum(line.state is ReviewState.DONE for line in self._lines)
        self.seconds = sum(line.seconds for line in self._lines)
        self._sift()

    def set_line(self, line: ArticleLine) -> None:
        """Show one article anew; it stays in sight, whatever the filter says of it now."""
        number = self._at.get(line.id)
        if number is None:
            return
        before = self._lines[number]
        self._lacking.pop(line.id, None)
        self._lines[number] = line
        self.done += (line.state is ReviewState.DONE) - (before.state is ReviewState.DONE)
        self.seconds += line.seconds - before.seconds
        row = self._row.get(number)
        if row is not None:
            self.dataChanged.emit(self.index(row), self.index(row))

    def ask_anew(self) -> None:
        """Count open questions anew: others are asked now."""
        self._lacking.clear()
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(len(self._shown) - 1))

    def lacking(self, article_id: ArticleId | None) -> int:
        """Return how many required questions are open in an article that is done; 0 for any other."""
        number = self.number_of(article_id)
        if number < 0 or self._lines[number].state is not ReviewState.DONE:
            return 0
        line = self._lines[number]
        if line.id not in self._lacking:
            self._lacking[line.id] = self._count_open(line.id)
        return self._lacking[line.id]

    def set_filter(self, words: str, *, only_open: bool) -> None:
        """Show only the articles in which these words occur, in title, outlet, date, author or reference.

        With `only_open`, only those of them that are not done.
        """
        self._filter, self._only_open = words.casefold().strip(), only_open
        self._sift()

    def lines(self) -> Sequence[ArticleLine]:
        """Every article in order, shown or not."""
        return self._lines

    def number_of(self, article_id: ArticleId | None) -> int:
        """Return the place of an article among all, from 0; -1 if it is not there."""
        return -1 if article_id is None else self._at.get(article_id, -1)

    def row_of(self, article_id: ArticleId | None) -> int:
        """Return the row of an article, -1 if it is not shown."""
        return self._row.get(self.number_of(article_id), -1)

    def line_at(self, row: int) -> ArticleLine | None:
        """Return what a row shows, None beyond the ends."""
        return self._lines[self._shown[row]] if 0 <= row < len(self._shown) else None

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """The number of articles that are shown."""
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What the delegate paints and a screen reader says."""
        line = self.line_at(index.row())
        if line is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.title
            case Qt.ItemDataRole.ToolTipRole:
                return f"{line.title}\n{about(line)}\n{self._progress(line)}"
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{line.title}, {self._progress(line)}"
            case _ if role == LINE_ROLE:
                return line
            case _ if role == OPEN_ROLE:
                return open_in_words(self.lacking(line.id))
            case _:
                return None

    def _progress(self, line: ArticleLine) -> str:
        return progress_in_words(line, self.lacking(line.id))

    def _sift(self) -> None:
        self.beginResetModel()
        words = self._filter
        self._shown = [
            number
            for number, line in enumerate(self._lines)
            if not (self._only_open and line.state is ReviewState.DONE)
            and (not words or words in _searched(line))
        ]
        self._row = {number: row for row, number in enumerate(self._shown)}
        self.endResetModel()


def _searched(line: ArticleLine) -> str:
    return f"{line.title}\n{line.source} {line.date}\n{line.author}\n{line.reference}".casefold()


def progress_in_words(line: ArticleLine, lacking: int = 0) -> str:
    """Say how far the coder is with an article, what is open and was found, and how long it took."""
    parts = [done_in_words(line.state, nothing_found=line.nothing_found, lacking=lacking)]
    if line.annotations and not line.nothing_found:
        parts.append(f"{line.annotations} annotation{'' if line.annotations == 1 else 's'}")
    if line.noted:
        parts.append("with notes")
    if line.seconds >= 1:
        parts.append(time_in_words(line.seconds))
    return ", ".join(parts)


def time_in_words(seconds: float) -> str:
    """Return a time as people say it: 40 s, 12 min, 3 h 05 min."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} min"


def about(line: ArticleLine) -> str:
    """Say where and when an article appeared."""
    return " · ".join(part for part in (line.source, line.date) if part)
