"""The list of articles: filter, state, progress; a click or Enter opens one."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from app.domain.articles import ArticleLine
from app.domain.ids import ArticleId
from app.domain.reviews import ReviewState, open_in_words
from app.ui.articles.delegate import ArticleDelegate
from app.ui.articles.model import ArticleModel, time_in_words
from app.ui.bridge import Bridge, Notice
from app.ui.filter_field import FilterField
from app.ui.rows import RowsView
from app.ui.theme import Theme

_ONE_BY_ONE = 200
"""Articles up to which it is quicker to look at those that changed than at all."""


class ArticlesPanel(QWidget):
    """The articles of the project with the state that the coder at work has brought them to."""

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self._bridge = bridge
        self._model = ArticleModel(self._count_open)
        self._delegate = ArticleDelegate(theme)
        self._list = RowsView("articles", "Articles", self._model, self._delegate)
        self._filter = FilterField("article-filter", "Filter articles")
        self._only_open = QToolButton()
        self._only_open.setText("Open")
        self._only_open.setObjectName("only-open")
        self._only_open.setAccessibleName("Only open articles")
        self._only_open.setToolTip("Show only articles that are not done")
        self._only_open.setCheckable(True)
        self._only_open.toggled.connect(self._on_filter_changed)
        self._progress = QLabel()
        self._progress.setContentsMargins(12, 4, 12, 8)
        self._progress.setWordWrap(True)
        self._lay_out()
        self._filter.textChanged.connect(self._on_filter_changed)
        self._list.selectionModel().currentChanged.connect(self._on_current_changed)
        bridge.project_opened.connect(self._reload)
        bridge.project_closed.connect(self._reload)
        bridge.article_opened.connect(self._on_article_opened)
        bridge.article_left.connect(self._on_article_left)
        bridge.project_changed.connect(self._on_project_changed)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(8, 0, 8, 4)
        head.setSpacing(4)
        head.addWidget(self._filter, 1)
        head.addWidget(self._only_open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._list, 1)
        layout.addWidget(self._progress)

    def set_theme(self, theme: Theme) -> None:
        """Change colours with the rest of the window."""
        self._delegate.theme = theme
        self._list.viewport().update()

    def focus_filter(self) -> None:
        """Let the coder type a part of a title."""
        self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._filter.selectAll()

    def show_only_open(self, only: bool) -> None:
        """Show only the articles that are not done, or all."""
        self._only_open.setChecked(only)

    def lines(self) -> Sequence[ArticleLine]:
        """Every article in order, whatever the filter says."""
        return self._model.lines()

    def neighbour(self, step: int) -> ArticleId | None:
        """Return the article `step` rows on in what the filter shows, or None at the end."""
        line = self._model.line_at(self._model.row_of(self._bridge.article) + step)
        return line.id if line else None

    def next_open(self) -> ArticleId | None:
        """Return the next article that is not done, beginning again at the top; None if all are done."""
        lines = self._model.lines()
        start = self._model.number_of(self._bridge.article)
        for line in (*lines[start + 1 :], *lines[: max(0, start)]):
            if line.state is not ReviewState.DONE:
                return line.id
        return None

    def place_in_words(self) -> str:
        """Say which article is open and how many are done."""
        at = self._model.number_of(self._bridge.article)
        count = len(self._model.lines())
        if at < 0:
            return ""
        lacking = open_in_words(self._model.lacking(self._bridge.article))
        here = f" · This one: {lacking}" if lacking else ""
        return f"Article {at + 1:,} of {count:,} · Done {self._model.done:,}{here}"

    @Slot()
    def _reload(self) -> None:
        project = self._bridge.project
        self._model.set_lines(project.article_lines() if project else ())
        self._tell_progress()
        self._list.show_row(self._model.row_of(self._bridge.article))

    @Slot(object)
    def _on_project_changed(self, notice: Notice) -> None:
        changes = notice.changes
        worked_on = changes.coded | changes.reviewed
        if changes.articles or changes.coders or len(worked_on) > _ONE_BY_ONE:
            self._reload()
            return
        for article_id in worked_on:
            self._renew(article_id)
        if changes.codebook:
            self._model.ask_anew()
        self._tell_progress()

    def _count_open(self, article_id: ArticleId) -> int:
        project = self._bridge.project
        return project.collection.open_count(article_id) if project else 0

    def _renew(self, article_id: ArticleId) -> None:
        project = self._bridge.project
        line = project.article_line(article_id) if project else None
        if line is not None:
            self._model.set_line(line)

    @Slot(object)
    def _on_article_opened(self, article_id: ArticleId | None) -> None:
        if article_id is not None:
            self._renew(article_id)
        self._list.show_row(self._model.row_of(article_id))

    @Slot(object)
    def _on_article_left(self, article_id: ArticleId) -> None:
        self._renew(article_id)
        self._tell_progress()

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        line = self._model.line_at(current.row())
        if line is not None:
            self._bridge.open_article(line.id)

    @Slot()
    def _on_filter_changed(self) -> None:
        self._model.set_filter(self._filter.text(), only_open=self._only_open.isChecked())
        self._list.show_row(self._model.row_of(self._bridge.article))
        self._tell_progress()

    def _tell_progress(self) -> None:
        count = len(self._model.lines())
        if not count:
            self._progress.setText("No articles yet. File > Import articles brings them in.")
        elif not self._model.rowCount():
            self._progress.setText(self._nothing_fits())
        else:
            spent = f" · {time_in_words(self._model.seconds)}" if self._model.seconds >= 1 else ""
            self._progress.setText(f"Done {self._model.done:,} of {count:,}{spent}")

    def _nothing_fits(self) -> str:
        if self._filter.text():
            return f"No article matches “{self._filter.text()}”."
        return "Every article is done."
