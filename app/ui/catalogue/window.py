"""All articles with everything known about them: a window of its own, true while coding goes on."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSettings, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
)

from app.domain.catalogue import ArticleFilter, Listing, Sorting, head_of
from app.domain.ids import CodeId, CoderId
from app.domain.progress import Progress
from app.domain.sampling import Sample
from app.project.catalogue import ArticleTable, TextSearch, with_sub_codes
from app.project.project import Project
from app.ui.bridge import Bridge, Notice
from app.ui.catalogue.changing import ChangingBar
from app.ui.catalogue.filters import FilterBar, FilterDialog
from app.ui.catalogue.model import CatalogueModel
from app.ui.catalogue.table import TableView
from app.ui.catalogue.texts import TextsPanel
from app.ui.filter_field import FilterField
from app.ui.room import stand_alone
from app.ui.search import Search
from app.ui.tasks import TaskRunner
from app.ui.theme import Theme

_SIZE = (1180, 720)
_FIRST = 100
"""Rows that are shown at once, while all are being read."""

_PAINTED = 30
"""Milliseconds after which a window that is shown has been painted."""

_NONE_YET = "No articles yet.\n\nFile > Import articles brings them in."
_EVERYTHING = ArticleFilter()


class CatalogueWindow(QDialog):
    """Narrows, orders and shows all articles of one project."""

    article_wanted = Signal(object)
    """The `ArticleId` of an article that is to be opened."""
    hit_wanted = Signal(object)
    """The `Hit` that is to be opened and selected."""

    def __init__(
        self, bridge: Bridge, project: Project, tasks: TaskRunner, store: QSettings, theme: Theme
    ) -> None:
        super().__init__()
        self._bridge, self._project = bridge, project
        self._articles, self._searched = ArticleTable(project.path), TextSearch(project.path)
        self._listing = Listing([], {}, (), {})
        self._asked = _EVERYTHING
        self._complete = False
        stand_alone(self, "Articles", *_SIZE)
        self._model = CatalogueModel(project.collection.rows)
        self.table = TableView(self._model, store)
        self.texts = TextsPanel(self._searched, theme)
        self.changing = ChangingBar(bridge, project, tasks, self.table, self._model)
        self._search = Search(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_PAINTED)
        self._filter = FilterField("catalogue-filter", "Filter by title, outlet or any other metadata")
        self._parts = FilterBar()
        self._columns = QMenu(self)
        self._empty = QLabel()
        self._empty.setObjectName("empty")
        self._empty.setContentsMargins(64, 0, 64, 0)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setTextFormat(Qt.TextFormat.PlainText)
        self._empty.setWordWrap(True)
        self._lay_out()
        self._connect()

    def set_theme(self, theme: Theme) -> None:
        """Change colours with the rest of the program."""
        self.texts.set_theme(theme)

    def release(self) -> None:
        """Let searches end and forget what they read; the project is about to be closed."""
        self._soon.stop()
        self._search.wait()
        self.texts.wait()
        self._articles.close()
        self._searched.close()

    def showEvent(self, event: QShowEvent) -> None:
        """Show the first rows at once and read the rest: while it is closed it only notes what changed."""
        if not self._complete:
            ids = self._project.collection.first(_FIRST)
            self._model.set_ids(ids, {each: at for at, each in enumerate(ids, start=1)})
        self._model.forget()
        self.changing.tell("")  # What was told last time may not be so any longer.
        # What is shown already is painted before all others are read.
        self._soon.start()
        super().showEvent(event)

    @Slot()
    def refresh(self) -> None:
        """Ask for the articles that fit, in order; they are shown when they are there."""
        coder = self._project.coder
        codes = with_sub_codes(self._project.codebook(), self._asked.code_id)
        coder_id = coder.id if coder else CoderId("")
        work = partial(_list, self._articles, self._asked, codes, self._model.sorting, coder_id)
        self._search.start(work)
        self._parts.show_parts(self._project.collection.parts(self._asked))

    @Slot(object)
    def ask(self, asked: ArticleFilter) -> None:
        """Narrow the table otherwise."""
        self._asked = asked
        if self._filter.text() != asked.text:
            self._filter.setText(asked.text)
        else:
            self.refresh()

    @Slot()
    def ask_more(self) -> None:
        """Ask for outlet, dates, state, code, field and sample."""
        dialog = FilterDialog(self._project, self._listing, self._asked, self)
        if dialog.exec():
            self.ask(dialog.asked())
        dialog.deleteLater()

    @Slot(object)
    def show_sample(self, sample: Sample) -> None:
        """Show the articles of a sample and no others."""
        self.ask(ArticleFilter(sample_id=sample.id))

    def _lay_out(self) -> None:
        hint = "By outlet, date, state, coder, code, field or sample"
        more = self._button("&Filter…", "catalogue-more", hint)
        more.clicked.connect(self.ask_more)
        columns = self._button("&Columns", "catalogue-columns", "Which columns are shown")
        columns.setMenu(self._columns)
        head = QHBoxLayout()
        head.setContentsMargins(8, 8, 8, 8)
        head.setSpacing(8)
        for widget in (self._filter, more, columns):
            head.addWidget(widget, int(widget is self._filter))
        self._pages = QStackedWidget()
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._empty)
        self._halves = QSplitter(Qt.Orientation.Vertical)
        self._halves.setChildrenCollapsible(False)
        self._halves.addWidget(self._pages)
        self._halves.addWidget(self.texts)
        self._halves.setStretchFactor(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._parts)
        layout.addWidget(self._halves, 1)
        layout.addWidget(self.changing)

    @staticmethod
    def _button(words: str, name: str, hint: str) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(name)
        button.setToolTip(hint)
        button.setAccessibleDescription(hint)
        button.setAutoDefault(False)
        return button

    def _connect(self) -> None:
        self._filter.textChanged.connect(self._on_filter_changed)
        self._filter.returnPressed.connect(self._on_filter_entered)
        self._parts.asked.connect(self.ask)
        self._model.sorting_changed.connect(self.refresh)
        self._soon.timeout.connect(self.refresh)
        self._search.ended.connect(self._on_listed)
        self._search.failed.connect(self.changing.tell)
        self._columns.aboutToShow.connect(self._offer_columns)
        self._columns.triggered.connect(self._on_column_triggered)
        self.table.opened.connect(self.article_wanted)
        self.texts.hit_chosen.connect(self.hit_wanted)
        self.texts.began.connect(self._make_room)
        self.changing.sample_wanted.connect(self.show_sample)
        self._bridge.project_changed.connect(self._on_project_changed)
        self._key(QKeySequence(QKeySequence.StandardKey.Find), self._filter.setFocus)
        self._key(QKeySequence("Ctrl+Shift+F"), self.texts.field.setFocus)

    def _key(self, key: QKeySequence, act: Callable[[], None]) -> None:
        QShortcut(key, self).activated.connect(act)

    @Slot()
    def _make_room(self) -> None:
        """Give hits nearly half of the height, from which the person may move on."""
        height = self._halves.height()
        self._halves.setSizes([height * 5 // 9, height * 4 // 9])

    @Slot(str)
    def _on_filter_changed(self, text: str) -> None:
        self._asked = self._asked.model_copy(update={"text": text})
        self.refresh()

    @Slot()
    def _on_filter_entered(self) -> None:
        """Go from the filter to the first of what it shows."""
        if self._model.rowCount() and not self.table.selected():
            self.table.selectRow(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_listed(self, listing: Listing) -> None:
        before, self._listing, self._complete = self._listing, listing, True
        self.table.set_extras(tuple(listing.extras))
        if listing.ids != before.ids or listing.places != before.places or not before.places:
            self._model.set_ids(listing.ids, listing.places)
        narrowed = len(listing.ids) < len(listing.places)
        self.texts.look_in(frozenset(listing.ids) if narrowed else None)
        self._pages.setCurrentIndex(0 if listing.ids else 1)
        self._empty.setText(self._nothing_fits() if listing.places else _NONE_YET)
        drawn_from = ", ".join(part.words for part in self._project.collection.parts(self._asked))
        self.changing.follow(listing, drawn_from if narrowed else "")

    def _nothing_fits(self) -> str:
        parts = [part.words for part in self._project.collection.parts(self._asked)]
        advice = "Take one of the filters above away." if len(parts) > 1 else "Take the filter above away."
        return f"No article fits {' and '.join(parts)}.\n\n{advice}"

    @Slot(object)
    def _on_project_changed(self, notice: Notice) -> None:
        changes, asked = notice.changes, self._asked
        if changes.articles:
            self._articles.note(changes.articles)
            self._searched.note()
        if not self.isVisible():
            return
        self.changing.tell(notice.words)
        if changes.coders or changes.codebook or (changes.samples and asked.sample_id is not None):
            self._model.forget()
        else:
            self._model.forget(changes.articles | changes.coded | changes.reviewed)
        by_work = asked.state is not None or asked.code_id is not None or asked.coder_id is not None
        if changes.articles or changes.samples or changes.codebook or changes.coders or by_work:
            self.refresh()

    @Slot()
    def _offer_columns(self) -> None:
        self._columns.clear()
        shown = set(self._model.columns())
        for column in self.table.every_column():
            action = self._columns.addAction(head_of(column).replace("&", "&&"))
            action.setData(column)
            action.setCheckable(True)
            action.setChecked(column in shown)
            action.setEnabled(column not in shown or len(shown) > 1)

    @Slot(QAction)
    def _on_column_triggered(self, action: QAction) -> None:
        self.table.show_column(action.data(), show=action.isChecked())


def _list(
    articles: ArticleTable,
    asked: ArticleFilter,
    codes: tuple[CodeId, ...],
    sorting: Sorting,
    coder_id: CoderId,
    progress: Progress,
) -> Listing:
    return articles.listing(asked, codes, sorting, coder_id, progress)
