"""One article with the work of all who have done it: what agrees, what differs, and who said what."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QByteArray, QSettings, Qt, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QLabel, QSplitter, QVBoxLayout, QWidget

from app.domain.articles import Article
from app.domain.errors import UserError
from app.domain.ids import ArticleId, CoderId
from app.domain.side_by_side import Site
from app.project.project import Project
from app.project.side_by_side import SideReader
from app.project.site_words import compared
from app.system.settings import Settings
from app.ui.bridge import Bridge, Notice
from app.ui.comparing.coders import CodersPanel
from app.ui.comparing.head import ArticleHead, Lines
from app.ui.comparing.list import PlacesPanel
from app.ui.comparing.outcome import NOTHING, Outcome, Wish, compare
from app.ui.comparing.places import SiteWords
from app.ui.comparing.reading import Reading
from app.ui.comparing.saying import nothing_listed, site_words, summary
from app.ui.room import stand_alone
from app.ui.search import Search
from app.ui.theme import Theme

_SIZE = (1180, 720)
_PARTS = [780, 400]
_KEYS = (
    "F8: next place, Shift+F8: previous. Alt+PgDown: next article, Ctrl+PgDown: next that several have done."
)


class ComparingWindow(QDialog):
    """Shows one article at a time and changes nothing in it."""

    def __init__(
        self,
        bridge: Bridge,
        project: Project,
        settings: Settings,
        theme: Theme,
        lines: Lines,
        store: QSettings,
    ) -> None:
        super().__init__()
        self._bridge, self._project, self._theme, self._store = bridge, project, theme, store
        self._article: Article | None = None
        self._outcome: Outcome = NOTHING
        self._site: Site | None = None
        self._goal: tuple[int, int] | None = None
        self._stale = True
        stand_alone(self, "Compare coders", *_SIZE)
        self.head = ArticleHead(lines, project.collection.done_by_several)
        self.coders = CodersPanel()
        self.reading = Reading(settings, theme, self.coders, self)
        self.places = PlacesPanel(theme, self._tell)
        self._search, self._sides = Search(self), SideReader(project.path)
        self._told = QLabel(_KEYS)
        self._parts = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        self._restore()
        self._connect()
        self.head.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Change colours with the rest of the program."""
        self._theme = theme
        self.head.set_theme(theme)
        self.places.set_theme(theme)
        self._restyle()
        self._show_site()

    def release(self) -> None:
        """Let what goes on come to its end; the project is about to be closed."""
        self._search.wait()
        self._sides.close()

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember place and size."""
        self._store.setValue("comparing/geometry", self.saveGeometry())
        self._store.setValue("comparing/parts", self._parts.saveState())
        super().hideEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Lead the keyboard to the text."""
        self.reading.reader.setFocus(Qt.FocusReason.OtherFocusReason)
        super().showEvent(event)

    def show_article(self, article_id: ArticleId | None) -> None:
        """Show an article from its start, or as it is now if it is shown already."""
        if self._stale or self._article is None or article_id != self._article.id:
            self._restyle()
            self._load(article_id)

    def show_place(self, article_id: ArticleId, start: int, end: int, coders: Sequence[CoderId]) -> None:
        """Show a place of an article, and these coders only; all, if none are named."""
        self._restyle()
        self.coders.show_only(coders)
        self._load(article_id)
        self._goal = (start, end)

    @Slot(object)
    def _load(self, article_id: ArticleId | None) -> None:
        """Show a text at once, and everybody's work as soon as it is compared."""
        self._stale, self._goal, self._site = False, None, None
        self._article, self._outcome, text = None, NOTHING, ""
        self._told.setText(_KEYS)
        try:
            self._article = self._project.article(article_id) if article_id else None
            text = self._project.text(self._article) if self._article else ""
        except UserError as error:
            self._told.setText(str(error))
        self.reading.show_article(text, self._article)
        self.places.show_sites(())
        self.places.explain("")
        self.head.summary.clear()
        self.head.show_where(article_id)
        self._show_site()
        self._compare(anew=True)

    def _forget(self) -> None:
        """Show nobody's work until it is compared anew: codes that are gone have no name and no colour."""
        self._outcome = NOTHING
        self.reading.show_outcome(NOTHING)
        self.places.show_sites(())
        self._set_site(None)

    def _compare(self, *, anew: bool) -> None:
        """Compare in the background, with what everybody did read `anew` or as it is known."""
        if self._article is None:
            self._search.stop()
            self.coders.show_sides(())
            return
        codebook = self._project.codebook()
        wish = Wish(
            article_id=self._article.id,
            hidden=self.coders.hidden,
            tolerance=self.coders.tolerance,
            order=self.coders.order,
            layers={code.id: codebook.layer(code.id).id for code in codebook.codes},
        )
        known = None if anew or not self._outcome.sides else self._outcome.sides
        self._search.start(partial(compare, self._sides, wish, known))

    @Slot(object)
    def _on_compared(self, outcome: Outcome) -> None:
        before, self._outcome = self._site, outcome
        self.coders.show_sides(outcome.sides)
        self.reading.show_outcome(outcome)
        self.places.show_sites(outcome.sites)
        self.head.summary.setText(summary(outcome))
        if self._goal is not None:
            (start, end), self._goal = self._goal, None
            self._go_to(start, end)
        else:
            # The same place may be another now, or gone.
            self._point(self._nearest(before.start, before.end) if before else None)
        self._explain()

    def _go_to(self, start: int, end: int) -> None:
        """Lead to the place that covers most of a range; where there is none, to the range itself."""
        site = self._nearest(start, end)
        if site is not None and self.places.model.row_of(site) < 0:
            self.places.list_all()
        self.reading.show_place(*((start, end) if site is None else (site.start, site.end)))
        self._set_site(site)

    def _nearest(self, start: int, end: int) -> Site | None:
        """Return the place that shares most with a range and has least beside it, a different one first."""

        def fit(site: Site) -> tuple[int, bool, int]:
            return min(end, site.end) - max(start, site.start), not site.agreed, site.start - site.end

        touching = [site for site in self._outcome.sites if site.start < end and start < site.end]
        return max(touching, key=fit, default=None)

    @Slot(object)
    def _on_place_chosen(self, site: Site) -> None:
        self._site = site
        self.reading.show_place(site.start, site.end)
        self._show_site()

    @Slot(object)
    def _point(self, site: Site | None) -> None:
        """Make a place the current one without moving the text."""
        self.reading.frame(site)
        self._set_site(site)

    def _set_site(self, site: Site | None) -> None:
        self._site = site
        self.places.choose(site)
        self._show_site()

    def _show_site(self) -> None:
        """Show what was said at the current place."""
        site = self._site
        rows = compared(site, self._project.codebook(), self._outcome.spans) if site else ()
        self.places.show_compared(rows, self.coders.marks_of)

    @Slot(int)
    def _step(self, step: int) -> None:
        site = self.places.neighbour(self._site, self.reading.reader.offset, step)
        if site is None:
            edge = "last" if step > 0 else "first"
            there = f"This is the {edge} place that is listed." if self.places.model.rowCount() else ""
            self._told.setText(f"{there} {_KEYS}".strip())
            return
        self._told.setText(_KEYS)
        self.places.choose(site)
        self._on_place_chosen(site)
        self.reading.voice.say(self._tell(site).spoken)

    @Slot()
    def next_place(self) -> None:
        """Go to the next place that is listed."""
        self._step(1)

    @Slot()
    def previous_place(self) -> None:
        """Go to the place that is listed before."""
        self._step(-1)

    @Slot()
    def _go_to_text(self) -> None:
        self.reading.reader.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, site: Site) -> SiteWords:
        text, codebook = self.reading.reader.page.text, self._project.codebook()
        return site_words(site, text, codebook, self.coders.marks, self.coders.name)

    @Slot()
    def _explain(self) -> None:
        """Say why nothing is listed, where nothing is, and keep the current place in sight."""
        listed, by_code = self.places.chosen, self.places.by_code
        self.places.explain(nothing_listed(self._outcome, listed, self.coders.name, by_code=by_code))
        self.places.choose(self._site)

    @Slot()
    def _restyle(self) -> None:
        """Show coders, codes and the text as they are called and look now."""
        codebook = self._project.codebook()
        if not self._outcome.codes <= {code.id for code in codebook.codes}:
            self._forget()
        self.coders.set_coders(self._project.coders(), self._project.about().id)
        self.places.set_codebook(codebook)
        self.reading.restyle(self._theme, codebook, self.coders.marks)

    @Slot()
    def _on_coders_changed(self) -> None:
        self._compare(anew=False)

    @Slot()
    def _on_renamed(self) -> None:
        self._store.setValue("comparing/anonymous", "yes" if self.coders.anonymous.isChecked() else "no")
        self._restyle()
        self._compare(anew=False)

    @Slot(object)
    def _on_project_changed(self, notice: Notice) -> None:
        changes, here = notice.changes, self._article.id if self._article else None
        if not self.isVisible():
            self._stale = True
            return
        if changes.coders or changes.codebook:
            self._restyle()
        if here in changes.articles:
            self._load(here)
        elif changes.coders or changes.codebook or here in changes.coded | changes.reviewed:
            self._compare(anew=True)
        if changes.articles:
            self.head.show_where(here)

    def _lay_out(self) -> None:
        side = QWidget()
        beside = QVBoxLayout(side)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(self.coders)
        beside.addWidget(self.places, 1)
        self._parts.setChildrenCollapsible(False)
        self._parts.addWidget(self.reading.reader)
        self._parts.addWidget(side)
        self._parts.setStretchFactor(0, 1)
        self._parts.setSizes(_PARTS)
        self._told.setObjectName("place")
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        self._told.setContentsMargins(4, 6, 4, 8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.head)
        layout.addWidget(self._parts, 1)
        layout.addWidget(self._told)

    def _restore(self) -> None:
        geometry, parts = self._store.value("comparing/geometry"), self._store.value("comparing/parts")
        if isinstance(geometry, QByteArray) and isinstance(parts, QByteArray):
            self.restoreGeometry(geometry)
            self._parts.restoreState(parts)
        self.coders.anonymous.setChecked(self._store.value("comparing/anonymous") == "yes")

    def _connect(self) -> None:
        self.head.article_wanted.connect(self._load)
        self.head.refused.connect(self._told.setText)
        self.coders.changed.connect(self._on_coders_changed)
        self.coders.renamed.connect(self._on_renamed)
        self.places.place_chosen.connect(self._on_place_chosen)
        self.places.place_entered.connect(self._go_to_text)
        self.places.narrowed.connect(self._explain)
        self.places.step_wanted.connect(self._step)
        self.reading.place_pointed.connect(self._point)
        self.reading.step_wanted.connect(self._step)
        self._search.ended.connect(self._on_compared)
        self._search.failed.connect(self._told.setText)
        self._bridge.project_changed.connect(self._on_project_changed)
        self._bridge.view_changed.connect(self._restyle)
        for keys, act in (
            *(("F8", self.next_place), ("Shift+F8", self.previous_place), ("F6", self._go_to_text)),
            *(("Alt+PgDown", self.head.next), ("Alt+PgUp", self.head.previous)),
            *(("Ctrl+PgDown", self.head.next_shared), ("Ctrl+PgUp", self.head.previous_shared)),
        ):
            self._key(keys, act)

    def _key(self, keys: str, act: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(act)
