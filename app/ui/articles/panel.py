"""The list of articles: filter, state, progress; a click or Enter opens one."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSortFilterProxyModel, Qt, Slot
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from app.domain.errors import UserError
from app.domain.ids import ArticleId, CoderId
from app.domain.reviews import ReviewState
from app.ui.articles.delegate import ArticleDelegate
from app.ui.articles.model import FILTER_ROLE, ArticleModel, ArticleRow
from app.ui.bridge import Bridge, Notice
from app.ui.theme import Theme


class ArticlesPanel(QWidget):
    """The articles of the project with the state that the coder at work has brought them to."""

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self._bridge = bridge
        self._model = ArticleModel()
        self._filtered = QSortFilterProxyModel()
        self._filtered.setSourceModel(self._model)
        self._filtered.setFilterRole(FILTER_ROLE)
        self._filtered.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._delegate = ArticleDelegate(theme)
        self._list = QListView()
        self._list.setObjectName("articles")
        self._list.setAccessibleName("Articles")
        self._list.setModel(self._filtered)
        self._list.setItemDelegate(self._delegate)
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._filter = QLineEdit()
        self._filter.setObjectName("article-filter")
        self._filter.setPlaceholderText("Filter articles")
        self._filter.setAccessibleName("Filter articles")
        self._filter.setClearButtonEnabled(True)
        self._progress = QLabel()
        self._progress.setContentsMargins(12, 4, 12, 8)
        self._progress.setWordWrap(True)
        self._lay_out()
        self._filter.textChanged.connect(self._on_filter_changed)
        self._list.selectionModel().currentChanged.connect(self._on_current_changed)
        bridge.project_opened.connect(self._reload)
        bridge.project_closed.connect(self._reload)
        bridge.article_opened.connect(self._on_article_opened)
        bridge.project_changed.connect(self._on_project_changed)

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(8, 0, 8, 4)
        head.addWidget(self._filter)
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

    def neighbour(self, step: int) -> ArticleId | None:
        """Return the article `step` rows on in what the filter shows, or None at the end."""
        shown = self._filtered.mapFromSource(self._model.index(self._model.row_of(self._bridge.article)))
        wanted = self._filtered.index(shown.row() + step, 0)
        return self._id_at(wanted) if wanted.isValid() else None

    def next_open(self) -> ArticleId | None:
        """Return the next article that is not done, beginning again at the top; None if all are done."""
        rows = self._model.rows()
        start = self._model.row_of(self._bridge.article)
        for row in (*rows[start + 1 :], *rows[: max(0, start)]):
            if row.review is None or row.review.state is not ReviewState.DONE:
                return row.article.id
        return None

    def place_in_words(self) -> str:
        """Say which article is open and how many are done."""
        rows = self._model.rows()
        at = self._model.row_of(self._bridge.article)
        done = sum(1 for row in rows if row.review is not None and row.review.state is ReviewState.DONE)
        return f"Article {at + 1:,} of {len(rows):,} · Done {done:,}" if at >= 0 else ""

    @Slot()
    def _reload(self) -> None:
        project = self._bridge.project
        rows: list[ArticleRow] = []
        if project is not None:
            me = self._me()
            counts = project.annotation_counts()
            reviews = {review.article_id: review for review in project.reviews() if review.coder_id == me}
            rows = [
                ArticleRow(article, reviews.get(article.id), counts.get((article.id, me), 0))
                for article in project.articles()
            ]
        self._model.set_rows(rows)
        self._tell_progress()
        self._on_article_opened(self._bridge.article)

    @Slot(object)
    def _on_project_changed(self, notice: Notice) -> None:
        changes, project = notice.changes, self._bridge.project
        if changes.articles or changes.coders or project is None:
            self._reload()
            return
        for article_id in changes.coded | changes.reviewed:
            self._renew(article_id)
        self._tell_progress()

    def _renew(self, article_id: ArticleId) -> None:
        project = self._bridge.project
        if project is None:
            return
        try:
            article = project.article(article_id)
        except UserError:
            return
        me = self._me()
        mine = [passage.annotation_id for passage in project.passages(article_id) if passage.coder_id == me]
        self._model.set_row(ArticleRow(article, project.review(article_id, me), len(set(mine))))

    @Slot(object)
    def _on_article_opened(self, article_id: ArticleId | None) -> None:
        if article_id is not None:
            self._renew(article_id)
        index = self._filtered.mapFromSource(self._model.index(self._model.row_of(article_id)))
        selection = self._list.selectionModel()
        selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if index.isValid():
            self._list.scrollTo(index)

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        article_id = self._id_at(current)
        if article_id is not None and article_id != self._bridge.article:
            self._bridge.open_article(article_id)

    @Slot(str)
    def _on_filter_changed(self, text: str) -> None:
        self._filtered.setFilterFixedString(text)
        self._tell_progress()

    def _id_at(self, index: QModelIndex) -> ArticleId | None:
        source = self._filtered.mapToSource(index)
        return self._model.rows()[source.row()].article.id if source.isValid() else None

    def _me(self) -> CoderId:
        project = self._bridge.project
        return project.coder.id if project and project.coder else CoderId("")

    def _tell_progress(self) -> None:
        rows = self._model.rows()
        done = sum(1 for row in rows if row.review is not None and row.review.state is ReviewState.DONE)
        if not rows:
            self._progress.setText("No articles yet. File > Import articles brings them in.")
        elif self._filter.text() and not self._filtered.rowCount():
            self._progress.setText(f"No article matches “{self._filter.text()}”.")
        else:
            self._progress.setText(f"Done {done} of {len(rows)}")
